//! The gates of the evaluation. `cargo run --release --example evaluate` prints the table behind them.

#[path = "evaluation/mod.rs"]
mod evaluation;

use evaluation::{Share, evaluate};
use room_review::event::ReviewRequest;
use room_review::review::{Decision, review};
use room_review::rules::Ruleset;
use std::fmt::Write;
use std::fs;
use std::path::Path;

/// The least share of disguised terms that is found, in hundredths.
const RECALL: f64 = 99.9;
/// The least share in any one kind of disguise.
const RECALL_OF_A_KIND: f64 = 98.0;
/// The greatest share of harmless messages that is flagged. What is left are words hidden in part, of which a reader too
/// sees only what is left (`hotsh*t`).
const FALSE_ALARMS: f64 = 0.25;

#[test]
fn disguised_terms_are_found_and_harmless_words_are_not() {
    let rows = evaluate();
    let mut wrong = String::new();
    for row in &rows {
        let found = row.recall.percent();
        if found < RECALL_OF_A_KIND {
            let some: Vec<&String> = row.missed.iter().take(5).collect();
            let _ = writeln!(wrong, "{}: finds {found:.1}% < {RECALL_OF_A_KIND}%; not {some:?}", row.kind);
        }
    }
    let recall = Share::sum(rows.iter().map(|row| row.recall)).percent();
    if recall < RECALL {
        let _ = writeln!(wrong, "all kinds: finds {recall:.2}% < {RECALL}%");
    }
    let alarms = Share::sum(rows.iter().map(|row| row.alarms)).percent();
    if alarms > FALSE_ALARMS {
        let some: Vec<&String> = rows.iter().flat_map(|row| row.flagged.iter().take(1)).take(10).collect();
        let _ =
            writeln!(wrong, "all kinds: flags {alarms:.2}% > {FALSE_ALARMS}% of what is harmless, such as {some:?}");
    }
    assert!(wrong.is_empty(), "{wrong}");
}

/// Everyday words that are another language's insult where nothing stands beside them to say which: how, end, stop, how.
const INSULTS_ELSEWHERE: [(&str, &str); 4] = [("nl", "hoe"), ("no", "slutt"), ("ro", "cum"), ("sv", "slut")];

#[test]
fn everyday_words_of_no_language_are_hits() {
    let rules = Ruleset::builtin();
    let mut wrong = Vec::new();
    for file in fs::read_dir(Path::new(env!("CARGO_MANIFEST_DIR")).join("rules/languages")).expect("the word lists") {
        let path = file.expect("a file").path();
        let language = path.file_stem().and_then(|stem| stem.to_str()).expect("a language").to_owned();
        for word in fs::read_to_string(&path).expect("text").lines() {
            let request = ReviewRequest { content: word.into(), ..ReviewRequest::default() };
            let verdict = review(&rules, &request);
            if verdict.decision != Decision::Allow && !INSULTS_ELSEWHERE.contains(&(&language, word)) {
                wrong.push(format!("{language} {word}: {}", verdict.findings[0].rule));
            }
        }
    }
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
}
