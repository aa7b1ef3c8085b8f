//! Prints what the built-in rules find of their own English words in every kind of disguise, and what they flag of
//! harmless words in the same disguises:
//!
//! ```text
//! cargo run --release --example evaluate [-- --misses N]
//! ```
//!
//! `--misses` shows up to N messages a kind that went through or were flagged wrongly.

#[path = "../tests/evaluation/mod.rs"]
mod evaluation;

use evaluation::{Row, Share, evaluate};

fn main() -> Result<(), String> {
    let arguments: Vec<String> = std::env::args().skip(1).collect();
    let misses = match arguments.iter().map(String::as_str).collect::<Vec<_>>().as_slice() {
        [] => 0,
        ["--misses", count] => count.parse().map_err(|_| format!("--misses needs a number, not {count:?}"))?,
        _ => return Err("usage: evaluate [--misses N]".into()),
    };
    let rows = evaluate();
    println!("{:<34} {:>20} {:>20}", "disguise", "found", "false alarms");
    for row in &rows {
        line(row.kind, row.recall, row.alarms);
        examples(row, misses);
    }
    let all = |share: fn(&Row) -> Share| Share::sum(rows.iter().map(share));
    line("all", all(|row| row.recall), all(|row| row.alarms));
    Ok(())
}

fn line(name: &str, recall: Share, alarms: Share) {
    let show = |share: Share| format!("{}/{} {:5.1}%", share.part, share.of, share.percent());
    println!("{name:<34} {:>20} {:>20}", show(recall), show(alarms));
}

fn examples(row: &Row, most: usize) {
    for missed in row.missed.iter().take(most) {
        println!("    missed  {missed:?}");
    }
    for flagged in row.flagged.iter().take(most) {
        println!("    flagged {flagged:?}");
    }
}
