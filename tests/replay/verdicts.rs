//! What is counted.

use super::support::{Folder, KEY, gzip, message, record, report, room_review, text};
use serde_json::json;

#[test]
fn verdicts_are_counted_by_category_rule_room_and_hour() {
    let log = |room: &str, lines: &[String]| (KEY.replace("Room1", room), gzip(&lines.join("\n")));
    let (one, first) =
        log("One", &[record("17:00", "hi", ""), record("17:59", "fuck, fuck", ""), record("18:00", "damn", "")]);
    let (two, second) = log("Two", &[record("18:30", "fuck example.com", ""), record("18:31", "a ****", "")]);
    let folder = Folder::new(&[(&one, &first), (&two, &second)]);
    let report = report(&["replay", &folder.path(""), "--format", "json"], b"");
    let lines = |table: &str, name: &str| -> Vec<String> {
        let rows = report[table].as_array().into_iter().flatten();
        rows.map(|row| {
            let name = row[name].as_str().unwrap_or_default();
            format!("{name} {} {} {} {}", row["messages"], row["allowed"], row["rewritten"], row["denied"])
        })
        .collect()
    };
    assert_eq!(lines("categories", "name"), ["profanity 3 1 2 0", "link 1 0 0 1"]);
    assert_eq!(
        lines("rules", "rule"),
        ["en.profanity.fuck 2 0 2 0", "en.profanity.damn 1 1 0 0", "link.unlisted 1 0 0 1"]
    );
    assert_eq!(lines("rooms", "name"), ["One 3 2 1 0", "Two 2 1 0 1"]);
    assert_eq!(lines("hours", "name"), ["2022-10-14T17 2 1 1 0", "2022-10-14T18 3 2 0 1"]);
    assert_eq!(report["verdicts"], json!({"messages": 5, "allowed": 3, "rewritten": 1, "denied": 1}));
    assert_eq!(report["input"]["masked_before"], 1);
    let samples = report["rules"][0]["samples"].as_array().expect("samples");
    let mut samples: Vec<String> =
        samples.iter().map(|sample| format!("{} {}", sample["text"], sample["found"])).collect();
    samples.sort();
    assert_eq!(samples, [r#""fuck example.com" [[0,4]]"#, r#""fuck, fuck" [[0,4],[6,10]]"#]);
}

#[test]
fn rules_of_a_room_and_of_a_role_are_those_of_the_message() {
    let rules = Folder::new(&[(
        "policy.toml",
        b"[[rooms]]\narn = \"arn:aws:ivschat:*:room/Quiet\"\nactions = { profanity = \"deny\" }\n",
    )]);
    let link = "see example.com";
    let moderator = r#","Sender":{"UserId":"u","Attributes":{"role":"moderator"}}"#;
    let claims = r#","Attributes":{"role":"moderator"}"#;
    let folder = Folder::new(&[
        (&KEY.replace("Room1", "Quiet"), &gzip(&message("fuck", ""))),
        (&KEY.replace("Room1", "Loud"), &gzip(&message("fuck", ""))),
        ("roles.log", format!("{}\n{}\n", message(link, moderator), message(link, claims)).as_bytes()),
    ]);
    let run = |more: &[&str]| {
        let path = folder.path("");
        let mut arguments = vec!["--rules", "RULES", "replay", &path, "--format", "json"];
        let rules = rules.path("");
        arguments[1] = &rules;
        arguments.extend(more);
        let report = report(&arguments, b"");
        ["rewritten", "denied", "allowed"].map(|verdict| report["verdicts"][verdict].clone())
    };
    assert_eq!(run(&[]), [json!(1), json!(2), json!(1)]);
    assert_eq!(run(&["--room", "arn:aws:ivschat:eu-west-1:1:room/Quiet"]), [json!(0), json!(3), json!(1)]);
}

#[test]
fn rules_that_only_observe_are_shown_as_if_they_did_not() {
    let rules = Folder::new(&[("policy.toml", b"mode = \"observe\"\n")]);
    let folder = Folder::new(&[("a.log", message("fuck", "").as_bytes())]);
    let [rules, log] = [rules.path(""), folder.path("a.log")];
    let output = room_review(&["--rules", &rules, "replay", &log], b"");
    let stdout = text(&output.stdout);
    assert!(stdout.contains("only observe: shown is what they would do.\n"), "{stdout}");
    assert!(
        stdout.contains("\nen.profanity.fuck            1           0           1           0   100.0%\n"),
        "{stdout}"
    );
}
