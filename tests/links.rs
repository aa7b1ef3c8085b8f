//! Addresses: what is found, what is left alone, and what the lists of hosts make of them.

mod drawn;

use drawn::{cases, report, spans_drawn};
use room_review::detect::{Hit, links};
use room_review::text::Text;

/// The rules that ship.
fn rules() -> links::LinkRules {
    links::LinkRules::default()
}

/// The rules that ship without the hosts they allow.
fn strict() -> links::LinkRules {
    links::LinkRules { allow: Vec::new(), ..rules() }
}

fn found<'r>(content: &str, rules: &'r links::LinkRules) -> Vec<Hit<'r>> {
    let mut hits = Vec::new();
    links::find(content, &Text::fold(content), rules, &mut hits);
    hits
}

fn check(file: &str) {
    let rules = strict();
    report(cases(file).filter_map(|(content, want)| {
        let got = spans_drawn(&content, &found(&content, &rules));
        (got != want).then(|| format!("want {want}\n got {got}"))
    }));
}

#[test]
fn addresses_are_found_whole() {
    check(include_str!("links/found.txt"));
}

#[test]
fn what_is_no_address_is_left_alone() {
    check(include_str!("links/clean.txt"));
}

#[test]
fn there_are_enough_cases_half_of_them_clean() {
    let (found, clean) =
        (cases(include_str!("links/found.txt")).count(), cases(include_str!("links/clean.txt")).count());
    assert!(found + clean >= 400 && clean * 2 >= found + clean, "{found} found, {clean} clean");
}

/// What the shipped lists make of an address; `-` lets it pass.
const POLICY: &[(&str, &str)] = &[
    ("twitch.tv", "-"),
    ("https://www.twitch.tv/somebody", "-"),
    ("TWITCH.TV/x", "-"),
    ("https://twitch.tv🔥", "-"),
    ("https://twitch.tv🔥.evil.com", "link.unlisted"),
    ("clips.twitch.tv/Abc", "-"),
    ("https://m.youtube.com/watch?v=abc&t=10s", "-"),
    ("youtu.be/dQw4w9WgXcQ", "-"),
    ("https://www.amazon.com/dp/B000", "-"),
    ("youtube.com:443/x", "-"),
    ("ｔｗｉｔｃｈ．ｔｖ", "-"),
    ("twitch。tv/x", "-"),
    ("twitch dot tv", "-"),
    ("youtube . com", "-"),
    ("youtube[.]com", "-"),
    ("https://user@twitch.tv/x", "-"),
    ("http://twitch%2etv/x", "-"),
    ("evil.com", "link.unlisted"),
    ("eviltwitch.tv", "link.unlisted"),
    ("twitch.com", "link.unlisted"),
    ("amazon.de", "link.unlisted"),
    ("twitch.tv.evil.com", "link.lookalike"),
    ("http://twitch.tv.evil.com/x", "link.lookalike"),
    ("twitch.tv-login.com", "link.lookalike"),
    ("youtube.com.ru", "link.lookalike"),
    ("http://twitch.tv@evil.com", "link.lookalike"),
    ("https://twitch.tv:pass@evil.com/x", "link.lookalike"),
    ("twitch.tv@evil.com/x", "link.lookalike"),
    ("https://twitch.tv\\@evil.com", "link.lookalike"),
    ("tvvitch.tv", "link.lookalike"),
    ("twltch.tv", "link.lookalike"),
    ("tw1tch.tv", "link.lookalike"),
    ("twittch.tv", "link.lookalike"),
    ("twicth.tv", "link.lookalike"),
    ("y0utube.com", "link.lookalike"),
    ("youtubee.com", "link.lookalike"),
    ("arnazon.com", "link.lookalike"),
    ("amaz0n.com/gift", "link.lookalike"),
    ("twіtch.tv", "link.lookalike"),
    ("https://twítch.tv/x", "link.lookalike"),
    ("youtubе.com", "link.lookalike"),
    ("уоutube.com", "link.lookalike"),
    ("xn--twtch-p2a.tv/x", "link.unlisted"),
    ("discord.gg/abc", "link.invite"),
    ("t.me/abc", "link.invite"),
    ("https://chat.whatsapp.com/x", "link.invite"),
    ("discord(.)gg/abc", "link.invite"),
    ("bit.ly/abc", "link.shortener"),
    ("https://tinyurl.com/abc", "link.shortener"),
    ("http://93.184.216.34/", "link.ip"),
    ("http://3232235521", "link.ip"),
    ("http://[::1]/", "link.ip"),
    ("youtube.com/redirect?q=https://evil.com", "link.unlisted"),
    ("twitch.tv/a,evil.com", "link.unlisted"),
    ("twitch.tv/evil.com", "-"),
    ("discord gg/abc", "link.invite"),
    ("evil dot com", "link.spelled"),
    ("evil[.]com", "link.spelled"),
    ("evil . com", "link.spelled"),
];

#[test]
fn the_lists_decide() {
    let rules = rules();
    report(POLICY.iter().filter_map(|(content, want)| {
        let hits = found(content, &rules);
        let got = hits.first().map_or("-", |hit| hit.rule);
        (got != *want || hits.len() > 1).then(|| format!("{content}: want {want}, got {got}"))
    }));
}

#[test]
fn a_denied_host_is_denied_below_an_allowed_one() {
    let mut rules = rules();
    rules.deny = vec!["clips.twitch.tv".into(), "bad.me".into(), "n0w.it".into()];
    let rule = |content| found(content, &rules).first().map_or("-", |hit| hit.rule).to_owned();
    assert_eq!(rule("https://clips.twitch.tv/a"), "link.denied");
    assert_eq!(rule("a.clips.twitch.tv"), "link.denied");
    assert_eq!(rule("twitch.tv/a"), "-");
    assert_eq!(rule("bad.me"), "link.denied");
    // A 0 that the list has is no disguise.
    assert_eq!(rule("so n0w . it is"), "link.denied");
}

#[test]
fn a_list_is_asked_as_written_and_with_letters_for_digits() {
    let mut rules = rules();
    rules.shorteners.push("s0.to".into());
    for content in ["s0 to/Ab3xk9", "d1scord gg/abc", "disc0rd,gg/abc"] {
        assert_eq!(found(content, &rules).len(), 1, "{content}");
    }
    assert!(found("s0 from/Ab3xk9", &rules).is_empty());
}

#[test]
fn hosts_are_mapped_when_rules_are_read_and_mistakes_refused() {
    let read = |text| toml::from_str::<links::LinkRules>(text);
    assert_eq!(read("allow = ['BÜCHER.de']").expect("a host").allow, ["xn--bcher-kva.de"]);
    assert!(read("allow = ['a b.com']").is_err());
    assert!(read("alow = []").is_err());
}

#[test]
fn the_shipped_lists_are_sorted_and_read_as_toml_reads_them() {
    let rules = rules();
    let parsed = toml::from_str(include_str!("../rules/links/default.toml")).expect("the lists that ship parse");
    assert_eq!(rules, parsed);
    assert_eq!(rules.allow.len(), 4);
    for list in [&rules.allow, &rules.deny, &rules.invites, &rules.shorteners] {
        assert!(list.is_sorted(), "{list:?}");
    }
}

#[test]
fn the_worst_inputs_end() {
    let rules = rules();
    let units = [
        ".",
        "a.",
        "http://",
        "1",
        "@",
        "a@",
        "1 ",
        "a.com ",
        "it.is/",
        "a. ",
        "a .",
        " dot ",
        "a dot com ",
        "(.)",
        "a,",
        "://",
        "h t t p : / / ",
        "%2e",
        "a%2e",
        "a.co.",
        "[",
        "(",
        "http://[",
        "x@y.com",
        "-",
        "_a",
        "。",
        "中.",
        "é.",
        "e v i l . ",
        "d",
        "http://a@",
        "\\",
        "twitch.tv/",
        "www.",
        "punkt ",
        "a.a@",
        "[dot]",
        ": : ",
    ];
    for unit in units {
        for length in [500, 100_000] {
            found(&unit.repeat(length / unit.len() + 1), &rules);
        }
    }
}
