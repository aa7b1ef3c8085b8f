//! Writes a day of made-up chat as IVS Chat logs it to S3: what `room-review replay` reads.
//!
//! ```text
//! cargo run --release --example sample_logs -- DIR [--messages 100000] [--rooms 12] [--seed 1]
//! ```
//!
//! The first room had a handler: it holds no message that the built-in rules deny, and masked words are masked. The same
//! arguments always write the same files.

#[path = "../src/bin/room-review/bench/corpus.rs"]
mod corpus;

use clap::Parser;
use corpus::{Corpus, Random};
use flate2::Compression;
use flate2::write::GzEncoder;
use room_review::event::{ReviewRequest, ReviewResult};
use room_review::handler::respond;
use room_review::review::review;
use room_review::rules::Ruleset;
use serde_json::{Value, json};
use std::fs::{self, File};
use std::io::{self, BufWriter, Write};
use std::path::{Path, PathBuf};

const ACCOUNT: &str = "123456789012";
const REGION: &str = "us-west-2";

/// How busy each hour of the day is, in UTC: little at night, most in the evening.
const HOURS: [u64; 24] = [6, 4, 3, 2, 2, 2, 3, 4, 5, 6, 7, 8, 9, 9, 10, 11, 13, 16, 19, 22, 24, 22, 16, 10];

/// The most messages in one object; IVS Chat writes one every few minutes.
const OBJECT: u64 = 1000;

/// Write a day of made-up chat as IVS Chat logs it to S3.
#[derive(Parser)]
struct Args {
    /// The folder to write to
    dir: PathBuf,
    /// How many messages
    #[arg(long, default_value_t = 100_000)]
    messages: u64,
    /// How many rooms, each quieter than the one before
    #[arg(long, default_value_t = 12)]
    rooms: u64,
    /// Another seed makes another day
    #[arg(long, default_value_t = 1)]
    seed: u64,
}

fn main() -> io::Result<()> {
    let args = Args::parse();
    let mut day = Day {
        corpus: Corpus::new(args.seed),
        random: Random::new("logs", &args.seed.to_string()),
        rules: Ruleset::builtin(),
    };
    let rooms: Vec<String> = (0..args.rooms).map(|_| day.id()).collect();
    // Every room and hour has its share of the messages; what is left by rounding goes to the next.
    let share = |hour: u64, room: u64| HOURS[hour as usize] * 1000 / (room + 1);
    let all: u64 = (0..24).flat_map(|hour| (0..args.rooms).map(move |room| share(hour, room))).sum();
    let (mut due, mut written) = (0, 0);
    for hour in 0..24 {
        for (number, room) in (0..).zip(&rooms) {
            due += share(hour, number);
            let count = args.messages * due / all - written;
            written += count;
            day.write_hour(&args.dir, room, number == 0, hour, count)?;
        }
    }
    Ok(())
}

struct Day {
    corpus: Corpus,
    random: Random,
    rules: Ruleset,
}

impl Day {
    /// The objects of one room and hour.
    fn write_hour(&mut self, dir: &Path, room: &str, has_handler: bool, hour: u64, count: u64) -> io::Result<()> {
        let objects = count.div_ceil(OBJECT);
        for object in 0..objects {
            let (first, last) = (count * object / objects, count * (object + 1) / objects);
            let minute = 60 * first / count;
            let folder = format!("AWSLogs/{ACCOUNT}/IVSChatLogs/1.0/{REGION}/room_{room}/2026/03/14/{hour:02}");
            let stamp = format!("20260314T{hour:02}{minute:02}Z");
            let name = format!("{ACCOUNT}_IVSChatLogs_1.0_{REGION}_room_{room}_{stamp}_{}.log.gz", self.hash());
            fs::create_dir_all(dir.join(&folder))?;
            let file = BufWriter::new(File::create(dir.join(folder).join(name))?);
            let mut out = GzEncoder::new(file, Compression::default());
            for number in first..last {
                let second = 3600 * number / count;
                let time = format!("2026-03-14T{hour:02}:{:02}:{:02}.000Z", second / 60, second % 60);
                let payload = self.message(&time, has_handler);
                // Now and then, somebody deletes a message by hand.
                let deleted = (self.random.below(200) == 0).then(|| json!({
                    "Type": "EVENT", "Id": self.id(), "RequestId": "", "EventName": "aws:DELETE_MESSAGE", "SendTime": time,
                    "Attributes": {"MessageID": payload["Id"], "Reason": "deleted by a moderator"},
                }));
                write_record(&mut out, &time, &payload)?;
                if let Some(event) = deleted {
                    write_record(&mut out, &time, &event)?;
                }
            }
            out.finish()?.flush()?;
        }
        Ok(())
    }

    /// What clients get of the next message.
    fn message(&mut self, time: &str, has_handler: bool) -> Value {
        let mut content = String::new();
        loop {
            self.corpus.next_into(&mut content);
            if !has_handler {
                break;
            }
            let request = ReviewRequest { content: (&*content).into(), ..ReviewRequest::default() };
            let response = respond(&request, review(&self.rules, &request).decision);
            if response.result() == ReviewResult::Allow {
                content = response.content().to_owned();
                break;
            }
        }
        let user = self.random.below(5000);
        let role = if user.is_multiple_of(100) { "moderator" } else { "viewer" };
        let attributes = if user.is_multiple_of(5) { json!({"color": "teal"}) } else { json!({}) };
        json!({
            "Type": "MESSAGE", "Id": self.id(), "RequestId": "", "Content": content, "Attributes": attributes, "SendTime": time,
            "Sender": {"UserId": format!("user-{user}"), "Attributes": {"displayName": format!("viewer {user}"), "role": role}},
        })
    }

    /// An id of a room or a message.
    fn id(&mut self) -> String {
        const LETTERS: &[u8] = b"ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789";
        (0..12).map(|_| char::from(self.random.pick(LETTERS))).collect()
    }

    fn hash(&mut self) -> String {
        (0..8).map(|_| char::from(self.random.pick(b"0123456789abcdef"))).collect()
    }
}

/// A record, its members in the order that IVS Chat documents.
#[derive(serde::Serialize)]
struct Record<'a> {
    event_timestamp: &'a str,
    r#type: &'a str,
    version: &'a str,
    payload: &'a Value,
}

fn write_record(out: &mut impl Write, time: &str, payload: &Value) -> io::Result<()> {
    let kind = payload["Type"].as_str().unwrap_or_default();
    serde_json::to_writer(&mut *out, &Record { event_timestamp: time, r#type: kind, version: "1.0", payload })?;
    out.write_all(b"\n")
}
