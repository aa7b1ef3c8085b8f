//! The gates of the evaluation. `cargo run --release --example evaluate` prints the table behind them.

#[path = "evaluation/mod.rs"]
mod evaluation;

use evaluation::{Share, evaluate};
use std::fmt::Write;

/// The least share of disguised terms that is found, in hundredths.
const RECALL: f64 = 99.5;
/// The least share in any one kind of disguise.
const RECALL_OF_A_KIND: f64 = 90.0;
/// The greatest share of harmless messages that is flagged. The aim is 0.5: most of what is above it are words hidden in
/// part, of which a reader too sees only what is left (`ass*rt`).
const FALSE_ALARMS: f64 = 0.65;
/// Kinds of disguise that are not read yet. One that is found more often than [`RECALL_OF_A_KIND`] has to leave the list.
const UNREAD: [&str; 1] = ["spaces + repeats"];

#[test]
fn disguised_terms_are_found_and_harmless_words_are_not() {
    let rows = evaluate();
    let mut wrong = String::new();
    for row in &rows {
        let found = row.recall.percent();
        let unread = UNREAD.contains(&row.kind);
        if unread && found >= RECALL_OF_A_KIND {
            let _ = writeln!(wrong, "{}: is read now ({found:.1}%): take it off the list", row.kind);
        }
        if !unread && found < RECALL_OF_A_KIND {
            let some: Vec<&String> = row.missed.iter().take(5).collect();
            let _ = writeln!(wrong, "{}: finds {found:.1}% < {RECALL_OF_A_KIND}%; not {some:?}", row.kind);
        }
    }
    let read = rows.iter().filter(|row| !UNREAD.contains(&row.kind));
    let recall = Share::sum(read.map(|row| row.recall)).percent();
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
