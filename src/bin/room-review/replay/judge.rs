//! Judges the records of a batch: one of these on each thread.

use super::change;
use super::logs::room_of;
use super::read::Batch;
use super::tally::{Message, Tally, strictest};
use room_review::event::{LogRecord, Logged, ReviewRequest, objects};
use room_review::policy::Action;
use room_review::review::{Finding, Verdict, review};
use room_review::rules::Ruleset;
use std::borrow::Cow;
use std::panic::{AssertUnwindSafe, catch_unwind};

/// What to do with messages.
pub struct Task<'r> {
    /// The rules.
    pub rules: &'r Ruleset,
    /// Those that verdicts are compared with.
    pub against: Option<&'r Ruleset>,
    /// The room of all records, whatever their log's name says.
    pub room: Option<&'r str>,
    /// How many samples a rule gets.
    pub samples: usize,
    /// Whether nobody is to read messages.
    pub redact: bool,
}

/// Judges and counts.
pub struct Judge<'r> {
    task: &'r Task<'r>,
    /// What a masked word looks like, or what stands in its place.
    masks: Vec<String>,
    pub tally: Tally<'r>,
    strictest: Vec<(Finding<'r>, Action)>,
}

/// Where a record stands.
struct Place<'b> {
    batch: &'b Batch,
    number: u64,
}

impl<'r> Judge<'r> {
    /// One that has seen nothing yet.
    pub fn new(task: &'r Task<'r>) -> Self {
        let mask = &task.rules.policy().mask;
        let stars = String::from_iter([mask.character; 3]);
        let masks = mask.word.iter().map(|word| word.get_ref().clone()).chain([stars]).collect();
        Self { task, masks, tally: Tally::default(), strictest: Vec::new() }
    }

    /// Judges every record; what has to keep its order goes back into the batch.
    pub fn batch(&mut self, batch: &mut Batch) {
        let mut changes = std::mem::take(&mut batch.changes);
        let mut malformed = std::mem::take(&mut batch.malformed);
        for (number, line) in (batch.first..).zip(batch.records.split(|&byte| byte == b'\n')) {
            let place = Place { batch, number };
            if let Err(reason) = self.line(&place, line.trim_ascii(), &mut changes) {
                malformed.push((number, reason));
            }
        }
        batch.changes = changes;
        batch.malformed = malformed;
    }

    fn line(&mut self, place: &Place, line: &[u8], changes: &mut Vec<u8>) -> Result<(), String> {
        let line = str::from_utf8(line).map_err(|_| "record: expected UTF-8, found other bytes".to_owned())?;
        let Some(at) = line.find('{') else {
            let is_blank = line.is_empty() || is_heading(line);
            return if is_blank { Ok(()) } else { Err("record: expected an object, found no JSON".to_owned()) };
        };
        let (before, json) = line.split_at(at);
        if before.is_empty() {
            return self.records(place, None, json, changes);
        }
        if !is_cloudwatch(before) {
            return Err("record: expected an object, found no JSON".to_owned());
        }
        let room = room_of(before);
        match before.strip_suffix('"').and(json.strip_suffix('"')) {
            Some(quoted) => self.records(place, room.as_deref(), &quoted.replace("\"\"", "\""), changes),
            None => self.records(place, room.as_deref(), json, changes),
        }
    }

    /// One record or, as Firehose joins them, several.
    fn records(&mut self, place: &Place, room: Option<&str>, json: &str, changes: &mut Vec<u8>) -> Result<(), String> {
        match LogRecord::from_json(json) {
            Ok(record) => self.record(place, room, record, changes),
            Err(error) => {
                if objects(json).nth(1).is_none() {
                    return Err(error.to_string());
                }
                let mut problem = Ok(());
                for object in objects(json) {
                    let record = object.and_then(LogRecord::from_json).map_err(|error| error.to_string());
                    let judged = record.and_then(|record| self.record(place, room, record, changes));
                    problem = problem.and(judged);
                }
                problem
            }
        }
    }

    fn record(
        &mut self,
        place: &Place,
        room: Option<&str>,
        record: LogRecord,
        changes: &mut Vec<u8>,
    ) -> Result<(), String> {
        match record.logged {
            Logged::Message(mut request) => {
                let log = &*place.batch.log;
                request.room_arn = Cow::Borrowed(self.task.room.or(room).unwrap_or(&log.room));
                let message = Message {
                    log,
                    order: (place.batch.number, place.number),
                    time: &record.time,
                    request: &request,
                    redact: self.task.redact,
                };
                self.message(&message, changes)
            }
            Logged::Event => {
                self.tally.events += 1;
                Ok(())
            }
            Logged::Other => Err("record: expected a chat record, found another object".to_owned()),
        }
    }

    fn message(&mut self, message: &Message, changes: &mut Vec<u8>) -> Result<(), String> {
        let task = self.task;
        let verdict = judge(task.rules, message.request)?;
        strictest(&verdict.findings, &mut self.strictest);
        self.tally.message(message, &verdict, &self.strictest, task.samples);
        self.tally.masked_before += u64::from(self.masks.iter().any(|mask| message.request.content.contains(mask)));
        if let Some(against) = task.against {
            let before = judge(against, message.request)?;
            if before.decision != verdict.decision {
                change::note(message, &before, &verdict, task.samples, &mut self.tally, changes);
            }
        }
        Ok(())
    }
}

/// A review never panics; should one all the same, a day of logs is not lost over it.
fn judge<'r>(rules: &'r Ruleset, request: &ReviewRequest) -> Result<Verdict<'r>, String> {
    // Unwind safe: rules are never written to, and what a review builds dies with it.
    let verdict = catch_unwind(AssertUnwindSafe(|| review(rules, request)));
    verdict.map_err(|_| "the review failed: that is a fault of room-review".to_owned())
}

/// Whether `before`, what stands before a record on its line, is how CloudWatch Logs writes a time, a stream or both.
fn is_cloudwatch(before: &str) -> bool {
    before.starts_with(|c: char| c.is_ascii_digit()) || before.contains("IVSChatLogs") || before.trim() == ""
}

/// Whether it is the first line of what the console saves as CSV.
fn is_heading(line: &str) -> bool {
    ["timestamp,message", "@timestamp,@message"].contains(&line)
}
