//! Load on the built function: messages at a pace, flat out, with little CPU, after freezes; and what a start costs. Everything goes over
//! loopback to a process of its own.
//!
//! `benches/load.sh` and `benches/cold-start.sh` build what is needed and run it; `docs/load.md` has what they said.

mod driver;
mod machine;
mod messages;

use driver::{Message, Pace, Plan, Run, drive};
use std::path::{Path, PathBuf};
use std::process::ExitCode;
use std::sync::Arc;
use std::time::Duration;

/// Messages a second that an account may send, by default.
const QUOTA: u32 = 1000;

/// The share of a CPU that a function of 128 MB gets: 128 of 1,769 MB.
const SMALL: u32 = 7;

/// How many starts are timed.
const STARTS: usize = 25;

fn main() -> ExitCode {
    let args: Vec<String> = std::env::args().skip(1).collect();
    let seconds = args.get(1).and_then(|seconds| seconds.parse().ok()).unwrap_or(60);
    let ok = match args.first().map(String::as_str) {
        Some("load") => load(seconds),
        Some("cold-start") => cold_start(),
        _ => {
            eprintln!("load [SECONDS], or cold-start");
            false
        }
    };
    if ok { ExitCode::SUCCESS } else { ExitCode::FAILURE }
}

/// A program that stands beside this one's folder.
fn built(name: &str) -> PathBuf {
    let own = std::env::current_exe().unwrap_or_default();
    let examples = own.parent().unwrap_or(Path::new(""));
    let beside = examples.join(name);
    if beside.exists() { beside } else { examples.join("..").join(name) }
}

/// Every way of load; whether each message got its answer.
fn load(seconds: u32) -> bool {
    let binary = built("room-review-handler");
    let messages = Arc::new(messages::chat(4000));
    let every = Pace::Every(Duration::from_secs(1) / QUOTA);
    let steady = (QUOTA * seconds) as usize;
    let frozen = Pace::Frozen(Duration::from_millis(100));
    let cases = [
        (format!("{QUOTA}/s"), every, None, steady),
        ("flat out".to_owned(), Pace::FlatOut, None, steady * 5),
        (format!("{QUOTA}/s, {SMALL}% CPU"), every, Some(SMALL), steady),
        (format!("flat out, {SMALL}% CPU"), Pace::FlatOut, Some(SMALL), steady / 2),
        ("frozen 100 ms".to_owned(), frozen, None, seconds as usize * 8),
        (format!("frozen 100 ms, {SMALL}% CPU"), frozen, Some(SMALL), seconds as usize * 8),
    ];
    println!(
        "| | messages | a second | 50% | 90% | 99% | 99.9% | 99.99% | slowest | CPU a message | MiB at 1 s | at the end | peak |"
    );
    println!("|---|---|---|---|---|---|---|---|---|---|---|---|---|");
    let mut ok = true;
    for (name, pace, share, count) in cases {
        match drive(&Plan { binary: &binary, messages: Arc::clone(&messages), count, pace, share }) {
            Ok(run) => {
                println!("| {name} | {} |", figures(&run).join(" | "));
                ok &= is_whole(&run);
            }
            Err(error) => println!("| {name} | could not be run: {error} |"),
        }
    }
    ok
}

/// Says what was lost or wrong.
fn is_whole(run: &Run) -> bool {
    if run.lost > 0 {
        println!("{} messages were not answered", run.lost);
    }
    if run.late > 0 {
        println!(
            "{} messages were denied, as their reviews took longer than the budget: the machine was too busy",
            run.late
        );
    }
    run.wrong.iter().for_each(|wrong| println!("{wrong}"));
    run.lost == 0 && run.wrong.is_empty()
}

fn figures(run: &Run) -> Vec<String> {
    let all = &run.latencies;
    let at = |of_10000: usize| all.get(all.len() * of_10000 / 10_000).or(all.last()).copied().unwrap_or_default();
    let messages = all.len() + 1;
    let mut row = vec![messages.to_string(), (messages as u128 * 1000 / run.took.as_millis().max(1)).to_string()];
    row.extend([5000, 9000, 9900, 9990, 9999, 10_000].map(|share| show(at(share))));
    row.push(show(run.cpu / messages as u32));
    let [first, last] = [run.memory.first(), run.memory.last()].map(|kib| mib(kib.copied().unwrap_or(0)));
    row.extend([first, last, mib(run.peak)]);
    row
}

fn show(time: Duration) -> String {
    match time.as_micros() {
        us @ 0..1000 => format!("{us} µs"),
        us => format!("{}.{:02} ms", us / 1000, us % 1000 / 10),
    }
}

fn mib(kib: u64) -> String {
    format!("{}.{}", kib / 1024, kib % 1024 * 10 / 1024)
}

/// The start of the function beside that of one that does nothing.
fn cold_start() -> bool {
    let any = || vec![Message { payload: br#"{"Content":"hello"}"#.to_vec(), answer: None }];
    let functions = [("bare", Arc::new(any())), ("room-review-handler", Arc::new(messages::chat(1)))];
    println!("| | share of a CPU | exec to first `GET /next` | first answer | warm round trip | resident, peak |");
    println!("|---|---|---|---|---|---|");
    let mut ok = true;
    for share in [None, Some(SMALL)] {
        for (name, messages) in &functions {
            let name_of = if *name == "bare" { "bare" } else { name };
            let binary = built(name_of);
            // With little CPU a round trip is mostly waiting for more of it.
            let count = if share.is_some() { 2 } else { 1000 };
            let plan = Plan { binary: &binary, messages: Arc::clone(messages), count, pace: Pace::FlatOut, share };
            let runs: Result<Vec<Run>, _> = (0..STARTS).map(|_| drive(&plan)).collect();
            let share = share.map_or("all".to_owned(), |percent| format!("{percent}%"));
            match runs {
                Ok(runs) => {
                    ok &= runs.iter().all(is_whole);
                    let warm = |run: &Run| run.latencies[run.latencies.len() / 2];
                    let peak = runs.iter().map(|run| run.peak).max().unwrap_or(0);
                    println!(
                        "| {name} | {share} | {} | {} | {} | {} MiB |",
                        median(&runs, |run| run.to_next),
                        median(&runs, |run| run.first_answer),
                        if count > 2 { median(&runs, warm) } else { String::new() },
                        mib(peak)
                    );
                }
                Err(error) => println!("| {name} | {share} | could not be run: {error} |"),
            }
        }
    }
    println!("\nMedians of {STARTS} starts; in brackets the fastest.");
    ok
}

fn median(runs: &[Run], of: impl Fn(&Run) -> Duration) -> String {
    let mut all: Vec<Duration> = runs.iter().map(of).collect();
    all.sort_unstable();
    format!("{} ({})", show(all[all.len() / 2]), show(all[0]))
}
