//! How a report is shown.

use super::support::{Folder, HOUSE, KEY, gzip, message, record_of, room_review, text};
use corpus::Corpus;

#[path = "../../src/bin/room-review/bench/corpus.rs"]
mod corpus;

#[test]
fn a_redacted_report_holds_nothing_that_anybody_wrote() {
    let draft = Folder::new(&[("terms/en/house.toml", HOUSE.as_bytes())]);
    let attributes = r#","Attributes":{"tagline":"Secretive fuck"},"Sender":{"UserId":"Secretive","Attributes":{"displayName":"Secretive"}}"#;
    let lines =
        [message("Secretive fuck voldemort 555-0123", attributes), message("Secretive example.com", "")].join("\n");
    let folder = Folder::new(&[("a.log", lines.as_bytes())]);
    let [rules, log] = [draft.path(""), folder.path("a.log")];
    for format in ["table", "json", "csv", "html"] {
        for against in [&[][..], &["--against", "builtin"]] {
            let mut arguments = vec!["--rules", &rules, "replay", &log, "--redact", "--format", format];
            arguments.extend(against);
            let output = room_review(&arguments, b"");
            let stdout = text(&output.stdout).to_lowercase();
            for word in ["secretive", " fuck", "|fuck", "voldemort", "0123", "tagline", "example.com"] {
                assert!(!stdout.contains(word), "{arguments:?}: {word} in {stdout}");
            }
            assert!(format == "json" || stdout.contains("xxxxxxxxx") || against.is_empty(), "{arguments:?}: {stdout}");
        }
    }
}

#[test]
fn the_page_needs_nothing_else_and_runs_nothing() {
    let nasty = "fuck </q><script>alert(1)</script> <img src=x onerror=alert(1)>";
    let folder = Folder::new(&[(KEY, &gzip(&message(nasty, ""))), ("<b>.log", b"{")]);
    let rules = Folder::new(&[("terms/en/house.toml", HOUSE.replace("voldemort", "onerror").as_bytes())]);
    let [rules, log] = [rules.path(""), folder.path("")];
    let output = room_review(&["--rules", &rules, "replay", &log, "--against", "builtin", "--format", "html"], b"");
    let page = text(&output.stdout);
    assert!(page.starts_with("<!DOCTYPE html>") && page.trim_end().ends_with("</html>"), "{page}");
    for never in ["<script", "<img", "<link", "<b>.log", "src=", "href=", "url(", "@import", "http:", "https:"] {
        let found = page.replace("&lt;img src=x", "");
        assert!(!found.contains(never), "{never} in {page}");
    }
    for present in [
        "<svg",
        "<mark>fuck</mark>",
        "&lt;script&gt;alert(1)",
        "house.rival: nothing before, mask now",
        "Content-Security-Policy",
    ] {
        assert!(page.contains(present), "no {present} in {page}");
    }
}

#[test]
fn a_spreadsheet_takes_no_message_for_a_formula() {
    let draft = Folder::new(&[("terms/en/house.toml", HOUSE.as_bytes())]);
    let folder = Folder::new(&[("a.log", message("=1+1 voldemort, \\\"x\\\"", "").as_bytes())]);
    let [rules, log] = [draft.path(""), folder.path("a.log")];
    let output = room_review(&["--rules", &rules, "replay", &log, "--against", "builtin", "--format", "csv"], b"");
    let want = format!(
        "at,time,room,message,before,after,why,text\n{log}:1,2022-10-14T17:40:00.000Z,(unknown),AYk6xKitV4On,ALLOW,REWRITE,\"house.rival: nothing before, mask now\",\"'=1+1 |voldemort|, \"\"x\"\"\"\n"
    );
    assert_eq!(text(&output.stdout), want);
    let output = room_review(&["--rules", &rules, "replay", &log, "--format", "csv"], b"");
    let want = "table,name,messages,allowed,rewritten,denied,text
all,all,1,0,1,0,
category,profanity,1,0,1,0,
rule,house.rival,1,0,1,0,
room,(unknown),1,0,1,0,
hour,2022-10-14T17,1,0,1,0,
sample,house.rival,,,,,\"'=1+1 |voldemort|, \"\"x\"\"\"
";
    assert_eq!(text(&output.stdout), want);
}

#[test]
fn a_report_is_the_same_on_however_many_threads() {
    let draft = Folder::new(&[("policy.toml", b"disable = [\"en.profanity.fuck\"]\n[actions]\nlink = \"mask\"\n")]);
    let mut corpus = Corpus::new(7);
    let files: Vec<(String, Vec<u8>)> = (0..20)
        .map(|number| {
            let lines: Vec<String> = corpus.by_ref().take(50).map(|content| record_of(&content)).collect();
            let broken = if number % 3 == 0 { "\nbroken" } else { "" };
            (KEY.replace("Room1", &format!("Room{number}")), gzip(&(lines.join("\n") + broken)))
        })
        .collect();
    let files: Vec<(&str, &[u8])> = files.iter().map(|(name, bytes)| (name.as_str(), bytes.as_slice())).collect();
    let folder = Folder::new(&files);
    let [rules, log] = [draft.path(""), folder.path("")];
    for format in ["table", "json", "csv", "html"] {
        let run = |threads: &str| {
            let arguments =
                ["--rules", &rules, "replay", &log, "--against", "builtin", "--format", format, "--threads", threads];
            let output = room_review(&arguments, b"");
            assert!(output.status.success() && output.stderr.is_empty(), "{}", text(&output.stderr));
            output.stdout
        };
        let one = run("1");
        assert!(one == run("2") && one == run("5"), "{format} differs");
    }
}

#[test]
fn arguments_that_make_no_sense_are_errors() {
    for arguments in [
        &["replay"][..],
        &["replay", ".", "--threads", "0"],
        &["replay", ".", "--format", "xml"],
        &["replay", ".", "--against", "no-such-folder"],
    ] {
        assert_eq!(room_review(arguments, b"").status.code(), Some(2), "{arguments:?}");
    }
}
