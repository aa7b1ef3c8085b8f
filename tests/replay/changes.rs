//! Which messages other rules judge differently.

use super::support::{Folder, HOUSE, KEY, gzip, message, record, report, room_review, text};

#[test]
fn a_diff_names_every_message_that_changes_and_why() {
    let draft = Folder::new(&[
        ("terms/en/house.toml", HOUSE.as_bytes()),
        ("policy.toml", b"disable = [\"en.profanity.bitch\"]\n[actions]\nlink = \"mask\"\n[mask]\ncharacter = \"#\"\n"),
    ]);
    let mut wrong = Vec::new();
    for (content, before, after, why, found) in [
        ("hi all", "", "", "", ""),
        ("damn", "", "", "", ""),
        ("do not say voldemort", "ALLOW", "REWRITE", "house.rival null mask", "[[11,20]]"),
        ("b1tch", "REWRITE", "ALLOW", "en.profanity.bitch mask null", "[[0,5]]"),
        ("see example.com", "DENY", "REWRITE", "link.unlisted deny mask", "[[4,15]]"),
        (
            "voldemort, bitch",
            "REWRITE",
            "REWRITE",
            "house.rival null mask, en.profanity.bitch mask null",
            "[[0,9],[11,16]]",
        ),
        ("what the fuck", "REWRITE", "REWRITE", "(policy) null null", "[]"),
    ] {
        let folder = Folder::new(&[("a.log", message(content, "").as_bytes())]);
        let [rules, log] = [draft.path(""), folder.path("a.log")];
        let report = report(&["--rules", &rules, "replay", &log, "--against", "builtin", "--format", "json"], b"");
        let changes = report["changes"].as_array().expect("a list");
        let got = changes.first().map_or_else(Default::default, |change| {
            let why = change["why"].as_array().into_iter().flatten();
            let why = why.map(|why| format!("{} {} {}", why["rule"], why["before"], why["after"]).replace('"', ""));
            let side = |side: &str| change[side]["verdict"].as_str().unwrap_or_default().to_owned();
            (side("before"), side("after"), why.collect::<Vec<_>>().join(", "), change["found"].to_string())
        });
        let want = (before.to_owned(), after.to_owned(), why.to_owned(), found.to_owned());
        let count = u64::from(!before.is_empty());
        if got != want || report["against"]["changed"] != count {
            wrong.push(format!("{content}: {got:?} {}", report["against"]));
        }
    }
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
}

#[test]
fn a_diff_reads_well_on_a_terminal() {
    let draft = Folder::new(&[("terms/en/house.toml", HOUSE.as_bytes())]);
    let lines =
        [record("17:00", "voldemort fuck", ""), record("17:01", "hi", ""), record("17:02", "who is Voldemort", "")];
    let folder = Folder::new(&[(KEY, &gzip(&lines.join("\n")))]);
    let [rules, log] = [draft.path(""), folder.path("")];
    let output = room_review(&["--rules", &rules, "replay", &log, "--against", "builtin", "--changes", "1"], b"");
    let stdout = text(&output.stdout);
    let diff = stdout.split_once("\nCHANGED").map_or(stdout, |(_, diff)| diff);
    let (first, rest) = diff.split_once('\n').expect("more than a line");
    assert!(first.starts_with("  2 messages get another verdict than from builtin rules ("), "{stdout}");
    let mut lines: Vec<&str> = rest.lines().collect();
    // The two samples come in an order of chance.
    lines[5..7].sort_unstable();
    let want = "          1  ALLOW to REWRITE
          1  REWRITE to REWRITE

WHY, what was found between bars
          2  house.rival: nothing before, mask now
             who is |Voldemort|
             |voldemort| fuck

WHICH, in the order of the logs
2022-10-14T17:00:00.000Z room Room1 message AYk6xKitV4On: REWRITE voldemort **** -> REWRITE ********* ****
    |voldemort| fuck
    house.rival: nothing before, mask now
and 1 more changed messages: --format json and csv have all";
    assert_eq!(lines.join("\n"), want, "{stdout}");
}
