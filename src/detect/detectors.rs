//! What the detectors other than the terms can find: for lists of rules. A review never comes here.

use super::Category;

/// A rule that no file has, because a detector knows it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct DetectorRule {
    /// Its id.
    pub id: &'static str,
    /// Its category; its severity is strong.
    pub category: Category,
    /// What it finds.
    pub finds: &'static str,
    /// A text that it finds when it is repeated `times` times; empty where the rule is off by default.
    pub example: &'static str,
    /// How often the example is repeated.
    pub times: usize,
}

const fn rule(
    id: &'static str,
    category: Category,
    finds: &'static str,
    example: &'static str,
    times: usize,
) -> DetectorRule {
    DetectorRule { id, category, finds, example, times }
}

/// All of them, by id.
pub const DETECTOR_RULES: [DetectorRule; 27] = [
    rule("flood.art", Category::Flood, "Pictures made of characters over several lines.", "####_####_####\n", 6),
    rule("flood.bidi", Category::Flood, "Overrides that turn text around.", "\u{202e}cba", 1),
    rule("flood.capitals", Category::Flood, "Messages in capitals; off by default.", "", 0),
    rule("flood.emoji", Category::Flood, "Walls of emoji.", "😀", 30),
    rule("flood.letters", Category::Flood, "One letter over and over.", "a", 40),
    rule(
        "flood.lines",
        Category::Flood,
        "Many blank lines, or a message written downwards.",
        "one\n\n\n\n\n\n\n\n\n\n\n\n\n\n\n\ntwo",
        1,
    ),
    rule(
        "flood.marks",
        Category::Flood,
        "Letters under stacks of marks.",
        "z\u{301}\u{302}\u{303}\u{304}\u{305}\u{306}\u{307}\u{308}",
        1,
    ),
    rule("flood.mentions", Category::Flood, "Calling many people by name.", "@anna @ben @cleo @dan ", 3),
    rule(
        "flood.padding",
        Category::Flood,
        "Long runs of spaces or of invisible characters.",
        "a                                        b",
        1,
    ),
    rule("flood.symbols", Category::Flood, "Walls of symbols.", "!?", 30),
    rule(
        "flood.terms",
        Category::Flood,
        "More words and phrases to look at closely than any message has; looking stops there.",
        "f*ck $h1t ",
        50,
    ),
    rule("flood.word", Category::Flood, "One word or phrase over and over.", "go ", 20),
    rule("link.denied", Category::Link, "Hosts in the `deny` list of links/; empty by default.", "", 0),
    rule("link.invite", Category::Link, "Invitations into other chats.", "discord.gg/abc", 1),
    rule("link.ip", Category::Link, "Addresses of a computer by its number.", "http://1.2.3.4/", 1),
    rule("link.lookalike", Category::Link, "Hosts that look like an allowed one.", "tvvitch.tv/x", 1),
    rule("link.shortener", Category::Link, "Short links, which hide where they go.", "bit.ly/x", 1),
    rule("link.spelled", Category::Link, "Addresses in words.", "example dot com", 1),
    rule(
        "link.unlisted",
        Category::Link,
        "Every other host that is not in the `allow` list of links/.",
        "see example.com",
        1,
    ),
    rule("pii.address", Category::Pii, "Street addresses.", "I live at 12 Baker Street", 1),
    rule("pii.card", Category::Pii, "Numbers of payment cards.", "4111 1111 1111 1111", 1),
    rule("pii.email", Category::Pii, "E-mail addresses.", "mail me at anna@example.com", 1),
    rule("pii.iban", Category::Pii, "Numbers of bank accounts.", "DE89 3704 0044 0532 0130 00", 1),
    rule("pii.ip", Category::Pii, "Somebody's internet address.", "his ip is 84.23.11.9", 1),
    rule("pii.phone", Category::Pii, "Telephone numbers.", "call +1 415 555 2671", 1),
    rule("pii.social", Category::Pii, "Numbers of social security.", "my ssn is 219-09-9998", 1),
    rule(
        "scam.words",
        Category::Scam,
        "Messages whose words together are those of scams, though no other rule names them.",
        "i can teach u my vip strategy, inbox me on whatsapp",
        1,
    ),
];

#[cfg(test)]
mod tests {
    use super::*;
    use crate::event::ReviewRequest;
    use crate::review::review;
    use crate::rules::Ruleset;
    use std::collections::BTreeSet;
    use std::path::Path;

    #[test]
    fn each_finds_its_example() {
        let rules = Ruleset::builtin();
        let finds = |rule: &&DetectorRule| {
            let request = ReviewRequest { content: rule.example.repeat(rule.times).into(), ..ReviewRequest::default() };
            let found = review(&rules, &request).findings;
            rule.times == 0 || found.iter().any(|found| found.rule == rule.id && found.category == rule.category)
        };
        let wrong: Vec<_> = DETECTOR_RULES.iter().filter(|rule| !finds(rule)).map(|rule| rule.id).collect();
        assert!(wrong.is_empty(), "{wrong:?}");
    }

    /// Every id in the detectors' source is in the table, and the other way round.
    #[test]
    fn none_is_forgotten() {
        let own = Path::new(env!("CARGO_MANIFEST_DIR")).join("src/detect");
        let mut known: BTreeSet<String> = BTreeSet::new();
        for folder in ["flood", "links", "pii"] {
            let files = std::fs::read_dir(own.join(folder)).expect("the detector is a folder");
            let files = files.map(|file| file.expect("it can be listed").path());
            // One rule is of all texts together.
            for file in files.chain([own.join("../review.rs"), own.join("weights.rs")]) {
                let text = std::fs::read_to_string(file).expect("UTF-8");
                let is_id = |word: &&str| {
                    let (head, tail) = word.split_once('.').unwrap_or_default();
                    ["flood", "link", "pii", "scam"].contains(&head)
                        && !tail.is_empty()
                        && tail.bytes().all(|b| b.is_ascii_lowercase())
                };
                known.extend(text.split('"').filter(is_id).map(str::to_owned));
            }
        }
        assert!(known.iter().eq(DETECTOR_RULES.iter().map(|rule| rule.id)), "{known:?}");
    }
}
