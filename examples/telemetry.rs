//! What the function logs of made-up chat, and what that costs: `cargo run --release --example telemetry [MESSAGES]`.
//!
//! Every message goes through the handler as in the function; the lines go into a pipe that a thread reads, as Lambda does.

#[path = "../src/bin/room-review/bench/corpus.rs"]
#[allow(dead_code, reason = "of the generator, its kinds are not asked here")]
mod corpus;

use corpus::Corpus;
use room_review::event::{ReviewRequest, ReviewResult};
use room_review::handler::{Handler, Payload};
use room_review::review::{Finding, review};
use room_review::rules::Ruleset;
use room_review::telemetry::{Outcome, Record, Telemetry};
use serde_json::json;
use std::env;
use std::error::Error;
use std::io::{self, BufRead, BufReader};
use std::thread;
use std::time::Instant;

/// The lines of one kind.
#[derive(Default)]
struct Lines {
    lines: u64,
    bytes: u64,
}

fn main() -> Result<(), Box<dyn Error>> {
    let messages: u64 = env::args().nth(1).map_or(Ok(1_000_000), |number| number.parse())?;
    let (reader, writer) = io::pipe()?;
    let counting = thread::spawn(move || count(BufReader::new(reader)));
    let handler = Handler::new(Ruleset::builtin(), Telemetry::new(Box::new(writer), 100));
    let mut corpus = Corpus::new(7);
    let mut content = String::new();
    for number in 0..messages {
        corpus.next_into(&mut content);
        let room = "arn:aws:ivschat:us-west-2:123456789012:room/g1H2I3j4k5L6";
        let request = json!({"Content": content, "MessageId": format!("{number:012}"), "RoomArn": room});
        handler.handle(&serde_json::from_str::<Payload>(&request.to_string())?)?;
    }
    drop(handler);
    let [log, metrics] = counting.join().map_err(|_| "the reader panicked")?;
    for (name, Lines { lines, bytes }) in [("log", &log), ("metrics", &metrics)] {
        println!("{name:<8}{lines:>9} lines {bytes:>11} bytes");
    }
    println!("{:<8}{:>9} bytes for 1,000 messages", "all", (log.bytes + metrics.bytes) * 1000 / messages.max(1));
    time("allowed", "what a clean shot, well played")?;
    time("masked", "what the fuck was that")
}

fn count(lines: impl BufRead) -> [Lines; 2] {
    let mut kinds = [Lines::default(), Lines::default()];
    for line in lines.lines().map_while(Result::ok) {
        let kind = &mut kinds[usize::from(line.starts_with("{\"_aws"))];
        kind.lines += 1;
        kind.bytes += line.len() as u64 + 1;
    }
    kinds
}

/// The time that the record of one message takes, on average over many.
fn time(what: &str, content: &str) -> Result<(), Box<dyn Error>> {
    const TIMES: u32 = 200_000;
    let (reader, writer) = io::pipe()?;
    let counting = thread::spawn(move || count(BufReader::new(reader)));
    let telemetry = Telemetry::new(Box::new(writer), 100);
    let rules = Ruleset::builtin();
    let request = ReviewRequest { content: content.into(), ..ReviewRequest::default() };
    let findings: &[Finding<'_>] = &review(&rules, &request).findings;
    let outcome = if findings.is_empty() { Outcome::Allow } else { Outcome::Rewrite };
    let begin = Instant::now();
    for _ in 0..TIMES {
        let (rules, result) = (rules.version(), ReviewResult::Allow);
        telemetry.record(&Record { request: &request, result, findings, outcome, rules, start: begin });
    }
    let took = begin.elapsed() / TIMES;
    drop(telemetry);
    counting.join().map_err(|_| "the reader panicked")?;
    println!("{what:<8}{:>9} ns to record", took.as_nanos());
    Ok(())
}
