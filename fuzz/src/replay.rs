//! `room-review replay` without its command: its own modules, from a file to the reports.
#![allow(dead_code)] // the command itself uses the rest

#[path = "../../src/bin/room-review/replay/change.rs"]
mod change;
#[path = "../../src/bin/room-review/replay/charts.rs"]
mod charts;
#[path = "../../src/bin/room-review/replay/documents.rs"]
mod documents;
#[path = "../../src/bin/room-review/replay/html.rs"]
mod html;
#[path = "../../src/bin/room-review/replay/judge.rs"]
mod judge;
#[path = "../../src/bin/room-review/replay/logs.rs"]
mod logs;
#[path = "../../src/bin/room-review/replay/machine.rs"]
mod machine;
#[path = "../../src/bin/room-review/replay/pipeline.rs"]
mod pipeline;
#[path = "../../src/bin/room-review/replay/read.rs"]
mod read;
#[path = "../../src/bin/room-review/replay/report.rs"]
mod report;
#[path = "../../src/bin/room-review/replay/tally.rs"]
mod tally;
#[path = "../../src/bin/room-review/replay/text.rs"]
mod text;

use indicatif::ProgressBar;
use judge::Task;
use report::{Report, RulesShown};
use room_review::rules::Ruleset;
use std::path::PathBuf;

/// How much a report shows.
struct Limits {
    top: usize,
    changes: usize,
}

/// Replays a log against `rules` and `others`, and writes every report of it.
pub fn replay(log: PathBuf, rules: &Ruleset, others: &Ruleset, redact: bool) {
    let task = Task { rules, against: Some(others), room: None, samples: 3, redact };
    let replayed = pipeline::run(&task, &[log], 1, &ProgressBar::hidden()).expect("memory holds what was found");
    let failed = replayed.malformed.named.iter().find(|(_, reason)| reason.contains("fault of room-review"));
    assert!(failed.is_none(), "{failed:?}");
    let shown = || RulesShown { name: "some".into(), version: rules.version().into(), observes: false };
    let (report, mut changes) = Report::new(replayed, shown(), Some(shown()));
    let all = &report.verdicts;
    assert_eq!(all.messages, all.allowed + all.rewritten + all.denied);

    let mut json = Vec::new();
    machine::json(&mut json, &report, &mut changes).expect("memory can be written to");
    let json: serde_json::Value = serde_json::from_slice(&json).expect("a report is JSON");
    assert_eq!(json["changes"].as_array().map(|all| all.len() as u64), json["against"]["changed"].as_u64());
    machine::csv(&mut Vec::new(), &report, &mut changes).expect("memory can be written to");
    let mut page = Vec::new();
    html::write(&mut page, &report, &mut changes, &Limits { top: 20, changes: 100 }).expect("memory can be written to");
    assert!(!String::from_utf8_lossy(&page).to_lowercase().contains("<script"), "a page runs nothing");
}
