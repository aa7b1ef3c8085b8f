//! What goes wrong with a folder of rules: it stops the start and says where, or changes nothing; and nothing that somebody can write
//! into one keeps a start waiting or takes its memory.
#![cfg(target_os = "linux")]

mod support;

use room_review::lint::lint;
use room_review::rules::Ruleset;
use std::fs::{self, File};
use std::io::Write;
use std::os::unix::fs::symlink;
use std::path::{Path, PathBuf};
use std::process::{Command, Output, Stdio};
use std::thread;
use std::time::{Duration, Instant};
use support::function::{Function, Process};
use support::runtime_api::Answer;

fn message(content: &str) -> Vec<u8> {
    serde_json::json!({"Content": content}).to_string().into_bytes()
}

/// A folder of its own for a test.
fn folder(name: &str) -> PathBuf {
    let folder = Path::new(env!("CARGO_TARGET_TMPDIR")).join("rule_faults").join(name);
    let _ = fs::remove_dir_all(&folder);
    fs::create_dir_all(folder.join("terms")).expect("a folder of ours");
    folder
}

fn stderr(output: &Output) -> String {
    String::from_utf8_lossy(&output.stderr).into_owned()
}

const PACK: &str = "language = \"en\"\ncategory = \"profanity\"\n\n[[rule]]\nid = \"own.word\"\nseverity = \"strong\"\n\
                    terms = [\"frobnicate\"]\nhits = [\"|frobnicate|\"]\nmisses = [\"frob\"]\nwhy = \"A test.\"\n";

/// The function with these rules, which are no good: it ends with an error that says so.
fn refused(rules: &Path, wanted: &str) {
    let env = [("RULES_DIR", rules.to_str().expect("a UTF-8 path")), ("AWS_LAMBDA_RUNTIME_API", "127.0.0.1:1")];
    let output = Function::command(&env).output().expect("it starts");
    assert_eq!(output.status.code(), Some(1), "{}", rules.display());
    assert!(stderr(&output).contains(wanted), "{wanted:?} is not in {:?}", stderr(&output));
}

#[test]
fn rules_that_can_not_be_read_stop_the_start_and_are_named() {
    refused(Path::new("/no/such/folder"), "/no/such/folder: is not a folder that can be read");
    refused(Path::new("/dev/null"), "/dev/null: is not a folder that can be read");
    refused(Path::new(""), "RULES_DIR: is empty: name a folder of rules, or do not set it");

    let rules = folder("unreadable");
    let loops = rules.join("terms/loop.toml");
    symlink(&loops, &loops).expect("a link");
    refused(&rules, "terms/loop.toml: can not be read: ");
    fs::remove_file(&loops).expect("it is ours");

    symlink("/no/such/file", rules.join("policy.toml")).expect("a link");
    refused(&rules, "policy.toml: can not be read: ");
    fs::remove_file(rules.join("policy.toml")).expect("it is ours");

    fs::create_dir(rules.join("policy.toml")).expect("a folder");
    refused(&rules, "policy.toml: can not be read: ");
    fs::remove_dir(rules.join("policy.toml")).expect("it is ours");

    fs::write(rules.join("terms/latin1.toml"), b"language = \"fr\" # fran\xe7ais\n").expect("a file");
    refused(&rules, "terms/latin1.toml: is not UTF-8");
    fs::remove_file(rules.join("terms/latin1.toml")).expect("it is ours");

    fs::remove_dir(rules.join("terms")).expect("it is ours");
    fs::write(rules.join("terms"), "").expect("a file");
    refused(&rules, "terms: can not be read: ");
}

/// Root reads everything, so the function runs as nobody where the test runs as root.
#[test]
fn rules_that_may_not_be_read_stop_the_start_and_are_named() {
    use std::os::unix::fs::{MetadataExt, PermissionsExt, chown};
    let rules = std::env::temp_dir().join(format!("room-review-forbidden-{}", std::process::id()));
    fs::create_dir_all(rules.join("terms")).expect("a folder of ours");
    let function = rules.with_extension("bin");
    fs::copy(env!("CARGO_BIN_EXE_room-review-handler"), &function).expect("room for a copy");
    let root = fs::metadata(&rules).expect("it is ours").uid() == 0;
    fs::write(rules.join("terms/own.toml"), PACK).expect("a file");
    fs::write(rules.join("policy.toml"), "mode = \"observe\"\n").expect("a file");
    for (forbidden, wanted) in [
        ("terms/own.toml", "terms/own.toml: can not be read: "),
        ("policy.toml", "policy.toml: can not be read: "),
        ("terms", "terms: can not be read: "),
        ("", ": can not be read: "),
    ] {
        let path = rules.join(forbidden);
        let before = fs::metadata(&path).expect("it is ours").permissions();
        fs::set_permissions(&path, PermissionsExt::from_mode(0o000)).expect("it is ours");
        let mut command = Command::new(&function);
        if root {
            std::os::unix::process::CommandExt::uid(&mut command, 65534);
            chown(&function, Some(65534), None).expect("root may");
        }
        command.env_clear().env("AWS_LAMBDA_RUNTIME_API", "127.0.0.1:1").env("RULES_DIR", &rules);
        let output = command.output().expect("it starts");
        fs::set_permissions(&path, before).expect("it is ours");
        assert_eq!(output.status.code(), Some(1), "{forbidden}");
        assert!(stderr(&output).contains(wanted), "{forbidden}: {}", stderr(&output));
    }
    fs::remove_dir_all(&rules).expect("it is ours");
    fs::remove_file(&function).expect("it is ours");
}

/// Cut at every byte, the file is refused or is a whole pack without its end; nothing of it is taken by half.
#[test]
fn a_half_written_pack_is_refused_with_its_place() {
    let rules = folder("half");
    let file = rules.join("terms/own.toml");
    let whole = PACK.find("why").expect("the last key") + "why = \"A test.\"".len();
    let mut taken = Vec::new();
    for end in 0..PACK.len() {
        fs::write(&file, &PACK[..end]).expect("a file");
        match Ruleset::load(Some(&rules)) {
            Ok(_) => taken.push(end),
            Err(mistakes) => assert!(mistakes.to_string().contains("own.toml:"), "{mistakes}"),
        }
    }
    let head = PACK.find("\n\n").expect("two lines of head");
    let without_rules = |end: &usize| (head..=head + 2).contains(end) || *end == head + 1;
    let wrong: Vec<&usize> = taken.iter().filter(|end| !without_rules(end) && **end < whole).collect();
    assert!(wrong.is_empty(), "cut to {wrong:?} bytes it was taken");
    fs::write(&file, &PACK[..PACK.len() / 2]).expect("a file");
    refused(&rules, "terms/own.toml:");
}

/// Whatever state of the files a start meets, it takes all of them as they were read, and names them by that; or refuses.
#[test]
fn rules_that_change_while_they_are_read_are_taken_or_refused() {
    let rules = folder("changing");
    let file = rules.join("terms/own.toml");
    // As long as each other and different in one place before the cut: a read that meets two states has all of one or of the other.
    let term = |word: &str| format!("terms = [\"{word}\"]");
    let versions = ["frobnicate", "obfuscated"].map(|word| PACK.replace(&term("frobnicate"), &term(word)));
    let known: Vec<String> = versions
        .iter()
        .map(|pack| {
            fs::write(&file, pack).expect("a file");
            Ruleset::load(Some(&rules)).expect("a good pack").version().to_owned()
        })
        .collect();
    let deadline = Instant::now() + Duration::from_millis(500);
    let writer = thread::spawn(move || {
        for pack in versions.iter().cycle() {
            if Instant::now() > deadline {
                return;
            }
            // In place, as `cp` does it: for a moment the file is empty, then half.
            let mut file = File::create(&file).expect("it is ours");
            let (head, tail) = pack.split_at(pack.find("hits").expect("it has some"));
            file.write_all(head.as_bytes()).and_then(|()| file.write_all(tail.as_bytes())).expect("it is ours");
        }
    });
    let (mut whole, mut refused) = (0, 0);
    while !writer.is_finished() {
        match Ruleset::load(Some(&rules)) {
            Err(_) => refused += 1,
            Ok(taken) => {
                let words: Vec<&str> = taken.layers().iter().skip(1).map(|layer| &*layer.vocabulary.text).collect();
                match words.as_slice() {
                    ["frobnicate"] => assert_eq!(taken.version(), known[0]),
                    ["obfuscated"] => assert_eq!(taken.version(), known[1]),
                    other => panic!("{other:?}"),
                }
                whole += 1;
            }
        }
    }
    writer.join().expect("it only writes");
    println!("{whole} loads took a whole pack, {refused} were refused");
}

#[test]
fn rules_that_change_after_the_start_change_nothing() {
    let rules = folder("later");
    fs::write(rules.join("terms/own.toml"), PACK).expect("a file");
    let function = Function::start(&[("RULES_DIR", rules.to_str().expect("a UTF-8 path"))]);
    let masked = || Answer::Response(r#"{"ReviewResult":"ALLOW","Content":"do not **********"}"#.into());
    assert_eq!(function.invoke(&message("do not frobnicate")), masked());
    fs::write(rules.join("terms/own.toml"), "broken").expect("a file");
    assert_eq!(function.invoke(&message("do not frobnicate")), masked());
    fs::remove_dir_all(&rules).expect("it is ours");
    assert_eq!(function.invoke(&message("do not frobnicate")), masked());
}

/// Links in circles, pipes and devices in the place of files: nothing is waited for, nothing read without end.
#[test]
fn a_folder_that_never_ends_is_refused() {
    let rules = folder("endless");
    symlink(&rules, rules.join("terms/again")).expect("a link");
    refused(&rules, "lies more than 8 folders deep");
    fs::remove_file(rules.join("terms/again")).expect("it is ours");

    symlink("/dev/zero", rules.join("terms/zero.toml")).expect("a link");
    refused(&rules, "terms/zero.toml: can not be read: it is no file");
    fs::remove_file(rules.join("terms/zero.toml")).expect("it is ours");

    let made = Command::new("mkfifo").arg(rules.join("policy.toml")).status();
    assert!(made.expect("mkfifo is there").success());
    refused(&rules, "policy.toml: can not be read: it is no file");
}

/// A pack with these terms.
fn pack(terms: impl Iterator<Item = String>) -> String {
    let terms: Vec<String> = terms.map(|term| format!("\"{term}\"")).collect();
    PACK.replace("\"frobnicate\"", &terms.join(","))
}

/// As much as somebody might try: a file and what is said of it.
fn too_much() -> Vec<(&'static str, String, &'static str)> {
    let brackets = |count| "(".repeat(count) + "a" + &")".repeat(count);
    let rules = |count, terms: &str| {
        let rule = PACK.split_once("\n\n").expect("a head and a rule").1.replace("\"frobnicate\"", terms);
        let rules: String = (0..count).map(|n| rule.replace("own.word", &format!("own.r{n}"))).collect();
        format!("language = \"en\"\ncategory = \"profanity\"\n\n{rules}")
    };
    vec![
        ("bytes", pack((0..1_000_000).map(|n| format!("word{n}"))), "own.toml: is too large: the files of a folder"),
        ("items", pack((0..700_000).map(|_| "ab".to_owned())), "own.toml:7:1499939: has too much in it from here on"),
        (
            "terms",
            pack((0..150_000).map(|n| format!("w{n}x"))),
            "own.toml:7:988900: [own.word] \"w100000x\": more than 100000",
        ),
        ("same terms", pack((0..290_000).map(|_| "ab".to_owned())), "more than 100000 terms would make every start"),
        (
            "alternatives",
            pack((0..100).map(|n| format!("w{n} (a|b|c|d|e|f|g|h) (a|b|c|d|e|f|g|h) (a|b|c|d|e|f|g|h)"))),
            "",
        ),
        ("ways", pack((0..200).map(|_| "(a|b)".repeat(150))), "more than 1024 alternatives: write several terms"),
        ("brackets", pack(std::iter::once(brackets(200_000))), "own.toml:7:10: [own.word] \"(((((((((("),
        ("words", pack(std::iter::once("word ".repeat(100_000) + "word")), "a term has at most 1000 bytes"),
        ("nesting", format!("a = {}", "[".repeat(300_000)), "own.toml:1:"),
        ("tables in tables", format!("a = {}", "{a=".repeat(300_000)), "own.toml:1:"),
        ("dotted keys", format!("{}a = 1", "a.".repeat(300_000)), "own.toml:1:"),
        ("dotted heads", format!("[{}a]", "a.".repeat(300_000)), "own.toml:1:"),
        ("mistakes", pack((0..100_000).map(|_| "(".to_owned())), "a `(` without its `)`"),
        (
            "wrong values",
            PACK.replace("\"frobnicate\"", &"5,".repeat(10_000)),
            "own.toml:7:10: [own.word] expected text",
        ),
        ("many wrong values", PACK.replace("\"frobnicate\"", &"5,".repeat(290_000)), "own.toml:7:10: [own.word] "),
        ("no TOML", "= \n".repeat(100_000), "own.toml:1:"),
        ("rules", rules(5_000, "\"frobnicate\""), ""),
        ("bad rules", rules(5_000, "\"(\""), "own.toml:7:10: [own.r0] \"(\": a `(` without its `)`"),
        ("an id", PACK.replace("own.word", &"o".repeat(4_000_000)), "own.toml:5:6: an id has at most 200 bytes"),
    ]
}

/// Within the memory of the smallest function it is refused with a place and a reason, or taken.
#[test]
fn rules_that_are_too_many_are_refused_within_the_memory_of_the_smallest_function() {
    let mut wrong = Vec::new();
    for (name, pack, wanted) in too_much() {
        let rules = folder(&format!("many-{}", name.replace(' ', "-")));
        fs::write(rules.join("terms/own.toml"), pack).expect("a file");
        let mut command = Command::new("sh");
        command.args(["-c", "ulimit -v 131072 && exec \"$0\"", env!("CARGO_BIN_EXE_room-review-handler")]);
        command.stdin(Stdio::null()).stdout(Stdio::piped()).stderr(Stdio::piped()).env("RULES_DIR", &rules);
        command.envs(Function::command(&[]).get_envs().filter_map(|(key, value)| Some((key, value?))));
        let begin = Instant::now();
        let output = Process::start(&mut command, "127.0.0.1:1".parse().expect("an address")).output();
        println!("{name}: {} ms", begin.elapsed().as_millis());
        let stderr = stderr(&output);
        if output.status.code() != Some(1) || !stderr.contains(wanted) || stderr.len() > 100_000 {
            let (length, stderr): (_, String) = (stderr.len(), stderr.chars().take(500).collect());
            wrong.push(format!("{name}: {:?}, wanted {wanted:?}, got {length} bytes: {stderr:?}", output.status));
        }
    }
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
}

/// The same files get as far in `lint`, which tries what can be read.
#[test]
fn lint_gets_to_the_end_of_too_many_rules() {
    for (name, pack, _) in too_much() {
        if ["alternatives", "rules", "many wrong values", "terms", "same terms"].contains(&name) {
            continue;
        }
        let rules = folder(&format!("linted-{}", name.replace(' ', "-")));
        fs::write(rules.join("terms/own.toml"), pack).expect("a file");
        let begin = Instant::now();
        let mistakes = lint(&rules).mistakes.len();
        println!("{name}: {mistakes} mistakes, {} ms", begin.elapsed().as_millis());
        assert!((1..=300).contains(&mistakes), "{name}: {mistakes}");
    }
}

#[test]
fn a_policy_with_too_many_ids_or_hosts_is_refused() {
    let rules = folder("policy");
    let ids = |count| (0..count).map(|n| format!("\"no.r{n}\"")).collect::<Vec<_>>().join(",\n");
    fs::write(rules.join("policy.toml"), format!("disable = [\n{}]\n", ids(1001))).expect("a file");
    refused(&rules, "policy.toml:1002:1: more than 1000 names of rules: name groups of them");
    fs::write(rules.join("policy.toml"), "mode = \"observe\"\n").expect("a file");
    fs::create_dir(rules.join("links")).expect("it is ours");
    let hosts = (0..10_001).map(|n| format!("\"h{n}.example\"")).collect::<Vec<_>>().join(",");
    fs::write(rules.join("links/own.toml"), format!("allow = [{hosts}]\n")).expect("a file");
    refused(&rules, "links/own.toml:1:9: more than 10000 hosts would make every link too slow");
}
