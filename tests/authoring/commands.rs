//! `rules`, `test`, `new-rule`, `completions` and `man`.

use super::support::{folder, room_review_in};
use serde_json::Value;

const RULE: &str = r#"language = "en"
category = "profanity"

[[rule]]
id = "house.rival"
severity = "mild"
terms = ["voldemort"]
except = ["voldemort cosplay"]
hits = ["do not say |voldemort|"]
misses = ["what a volley", "nice voldemort cosplay"]
why = "He who must not be named in this room."
"#;

#[test]
fn rules_lists_by_filters() {
    let dir = folder("rules", &[("terms/en/house.toml", RULE), ("policy.toml", "disable = [\"en.profanity.fuck\"]\n")]);
    // The arguments, the number of rules at least and at most, and a line of the list.
    let cases = [
        (&[][..], 1000..=9999, "link.invite "),
        (&["--own"][..], 1..=1, "house.rival  en  profanity  mild    allow  He who must not be named in this room."),
        (&["house"], 1..=1, "house.rival  en  profanity  mild    allow  He who must not be named in this room."),
        (&["--text", "COSPLAY"], 1..=1, "house.rival "),
        (&["--text", "say voldemort"], 1..=1, "house.rival "),
        (&["--language", "de", "--category", "threat", "--severity", "severe"], 2..=99, "de.threat.kill "),
        (&["-l", "*"], 24..=999, "pii.email "),
        (&["link"], 7..=7, "link.ip         *   link  strong  deny   Addresses of a computer by its number."),
        (&["en.hate"], 10..=999, "en.hate."),
    ];
    let mut wrong = Vec::new();
    for (filters, range, line) in cases {
        let said = room_review_in(&dir, &[&["--rules", ".", "rules"], filters].concat());
        let count = said.out.lines().count().saturating_sub(1);
        let last = said.out.lines().last().unwrap_or_default().replace(',', "");
        if !range.contains(&count)
            || !said.out.lines().any(|listed| listed.starts_with(line))
            || !last.starts_with(&format!("{count} rule"))
        {
            wrong.push(format!("{filters:?}: {count}\n{}", said.out));
        }
    }
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
    let off = room_review_in(&dir, &["--rules", ".", "rules", "--json", "en.profanity.fuck"]);
    assert_eq!(serde_json::from_str::<Value>(&off.out).unwrap()["action"], "off");
}

#[test]
fn rules_shows_one_with_everything_it_says() {
    let dir = folder("rule", &[("terms/en/house.toml", RULE)]);
    let said = room_review_in(&dir, &["--rules", ".", "rules", "house.rival"]);
    let expected = "house.rival
  why           He who must not be named in this room.
  category      profanity
  severity      mild
  action        allow
  file          ./terms/en/house.toml:5
  language      en
  endings       noun
  terms         voldemort
  except        voldemort cosplay
  hits          do not say |voldemort|
  misses        what a volley
                nice voldemort cosplay
";
    assert_eq!((said.code, said.out.as_str()), (0, expected));
    let said = room_review_in(&dir, &["rules", "--json", "en.profanity.ass"]);
    let one: Value = serde_json::from_str(&said.out).unwrap();
    assert_eq!(one["file"], "rules/terms/en/profanity.toml");
    assert_eq!(one["harmless_in"][0], "de");
    let schema: Value = serde_json::from_str(include_str!("../../rules/schema/pack.json")).unwrap();
    let keys = schema["definitions"]["rule"]["properties"].as_object().unwrap().keys();
    let missing: Vec<&String> = keys.filter(|key| one.get(key).is_none()).collect();
    assert!(missing.is_empty(), "a rule may say these, and they are not shown: {missing:?}");
    let said = room_review_in(&dir, &["rules", "en.profnity.ass"]);
    let none =
        "there is no rule \"en.profnity.ass\", and none whose id begins like that; did you mean en.profanity.ass?\n";
    assert_eq!((said.code, said.err.as_str()), (2, none));
    assert_eq!(room_review_in(&dir, &["rules", "link.ip", "--own"]).code, 0, "one rule is shown whatever the filters");
    assert_eq!(room_review_in(&dir, &["rules", "--text", "no rule says this"]).code, 1);
}

#[test]
fn all_rules_that_ship_pass_their_own_test() {
    let dir = folder("shipped", &[]);
    let said = room_review_in(&dir, &["test"]);
    assert_eq!(said.code, 0, "{}", said.out);
    assert!(said.out.starts_with("1,") && said.out.ends_with(": all as they should be\n"), "{}", said.out);
}

#[test]
fn test_tries_rules_and_labelled_messages() {
    let broken = RULE.replace("except = [\"voldemort cosplay\"]\n", "");
    let labelled = "# what moderators said\nallow\thello there\nallow\twhat the fuck\nmask\twhat the fuck\n\
                    deny\twhat the f\\u{200b}uck\nmask\thi\ndeny\tkys\n";
    let files =
        [("terms/en/house.toml", broken.as_str()), ("labelled.txt", labelled), ("policy.toml", "disable = [\"de\"]\n")];
    let dir = folder("test", &files);
    let said = room_review_in(&dir, &["--rules", ".", "test", "labelled.txt"]);
    let lines: Vec<&str> = said.out.lines().collect();
    let expected = [
        "./terms/en/house.toml:5: [house.rival] \"nice voldemort cosplay\": this near miss is caught: \"nice |voldemort| cosplay\"",
        "labelled.txt:3: expected allow, got mask (found: en.profanity.fuck): \"what the fuck\"",
        "labelled.txt:5: expected deny, got mask (found: en.profanity.fuck): \"what the f\u{200b}uck\"",
        "labelled.txt:6: expected mask, got allow (nothing was found): \"hi\"",
    ];
    assert_eq!((said.code, &lines[..4]), (1, &expected[..]));
    assert!(lines[4].contains(" in use, ") && lines[4].ends_with(": 1 not as they should be"), "{}", lines[4]);
    let summary = [
        "labelled.txt: 3 of 6 messages as labelled",
        "      1 let through that should be masked or denied",
        "      1 masked or denied that should go through",
        "      1 masked that should be denied",
        "",
        "  what you said    what the rules do",
        "                    allow   mask   deny",
        "  allow                 1      1      0",
        "  mask                  1      1      0",
        "  deny                  0      1      1",
    ];
    assert_eq!(lines[5..], summary);

    let said = room_review_in(&dir, &["--rules", ".", "test", "--messages-only", "--json", "labelled.txt"]);
    let all: Value = serde_json::from_str(&said.out).unwrap();
    assert_eq!((said.code, &all["examples"]), (1, &Value::Null));
    assert_eq!(all["messages"][0]["labelled"]["deny"], serde_json::json!({"allow": 0, "mask": 1, "deny": 1}));
    assert_eq!(all["messages"][0]["wrong"][0]["line"], 3);
}

#[test]
fn a_file_of_messages_that_can_not_be_read_is_said() {
    let dir = folder("labelled", &[("bad.txt", "allow\thi\nrefuse\thi\ndeny hi\n"), ("empty.txt", "# nothing\n")]);
    let said = room_review_in(&dir, &["test", "--messages-only", "bad.txt", "none.txt", "empty.txt"]);
    let expected = "bad.txt:2: expected `allow`, `mask` or `deny`, a tab, and a message\n\
                    bad.txt:3: expected `allow`, `mask` or `deny`, a tab, and a message\n\
                    none.txt: can not be read: No such file or directory (os error 2)\n\
                    empty.txt: no messages in this file\n\
                    bad.txt: 1 of 1 message as labelled\n";
    assert_eq!((said.code, said.out.as_str()), (2, expected));
    // A sender's role counts as it does for the function.
    let dir = folder("role", &[("admin.txt", "allow\tsee evil.com\n")]);
    let arguments = ["test", "--messages-only", "admin.txt"];
    assert_eq!(room_review_in(&dir, &arguments).code, 1);
    assert_eq!(room_review_in(&dir, &[&arguments[..], &["--sender", "role=admin"]].concat()).code, 0);
}

#[test]
fn a_new_rule_asks_to_be_filled_in_and_works_when_it_is() {
    let dir = folder("new-rule", &[]);
    let new = |more: &[&str]| {
        let command = ["--rules", "mine", "new-rule", "--language", "en", "--category", "profanity"];
        room_review_in(&dir, &[&command, more].concat())
    };
    let said = new(&["house.rival"]);
    let expected = "wrote house.rival into mine/terms/en/profanity.toml\nnext: room-review lint mine\n";
    assert_eq!((said.code, said.out.as_str()), (0, expected));
    let said = room_review_in(&dir, &["lint", "mine"]);
    assert_eq!(
        (said.code, said.out.matches("error[house.rival]: still to be written: ").count()),
        (1, 4),
        "{}",
        said.out
    );
    // Nor does anything else start with it, or a second rule take its name.
    assert_eq!(room_review_in(&dir, &["--rules", "mine", "explain", "todo"]).code, 2);
    let said = new(&["house.rival"]);
    assert_eq!((said.code, said.err.as_str()), (1, "there is a rule house.rival already\n"));
    assert_eq!(new(&["en.profanity.fuck"]).code, 1);

    std::fs::remove_dir_all(dir.join("mine")).unwrap();
    let filled = ["--term", "voldemort", "--hit", "say |voldemort|", "--miss", "a \"volley\"", "--why", "Not here."];
    assert_eq!(new(&[&["house.rival"], &filled[..]].concat()).code, 0);
    assert_eq!(
        new(&[&["house.snake"], &filled.map(|text| if text == "voldemort" { "nagini" } else { text })[..]].concat())
            .code,
        0
    );
    let text = std::fs::read_to_string(dir.join("mine/terms/en/profanity.toml")).unwrap();
    let expected = "language = \"en\"\ncategory = \"profanity\"\n\n\
                    [[rule]]\nid = \"house.rival\"\nseverity = \"strong\"\nterms = [\"voldemort\"]\n\
                    hits = [\"say |voldemort|\"]\nmisses = ['a \"volley\"']\nwhy = \"Not here.\"\n\n\
                    [[rule]]\nid = \"house.snake\"\n";
    assert!(text.starts_with(expected), "{text}");
    let said = room_review_in(&dir, &["lint", "mine"]);
    assert!(
        said.out.contains("error[house.snake]: this example is not caught by its own rule, but by house.rival"),
        "{}",
        said.out
    );
}

#[test]
fn a_new_rule_goes_only_where_it_belongs() {
    let dir = folder("new-rule-where", &[("mine/terms/en/profanity.toml", &RULE.replace("profanity", "hate"))]);
    let new = |language: &str| {
        room_review_in(&dir, &["--rules", "mine", "new-rule", "x.y", "-l", language, "-c", "profanity"])
    };
    let said = new("en");
    let expected = "mine/terms/en/profanity.toml: has rules of language \"en\" and category \"hate\"\n";
    assert_eq!((said.code, said.err.as_str()), (1, expected));
    let said = new("english");
    assert_eq!((said.code, said.err.as_str()), (2, "unknown language \"english\"; did you mean \"en\"?\n"));
    assert_eq!(new("*").out, "wrote x.y into mine/terms/any/profanity.toml\nnext: room-review lint mine\n");
    let said = room_review_in(&dir, &["new-rule", "x.y", "-l", "en", "-c", "hate"]);
    assert_eq!((said.code, said.err.as_str()), (2, "say where your rules are: room-review --rules DIR new-rule …\n"));
}

#[test]
fn shells_and_readers_get_theirs() {
    let dir = folder("shells", &[]);
    for (shell, has) in
        [("bash", "complete -F _room__review"), ("zsh", "#compdef room-review"), ("fish", "complete -c room-review")]
    {
        let said = room_review_in(&dir, &["completions", shell]);
        assert!(said.code == 0 && said.out.contains(has), "{shell}");
    }
    let page = room_review_in(&dir, &["man"]).out;
    assert!(page.contains(".TH room-review 1") && page.contains("room\\-review\\-new\\-rule(1)"), "{page}");
    assert_eq!(room_review_in(&dir, &["man", "--out", "pages"]).code, 0);
    let lint = std::fs::read_to_string(dir.join("pages/room-review-lint.1")).unwrap();
    assert!(lint.contains("Exits with 1 when there is a mistake"), "{lint}");
}
