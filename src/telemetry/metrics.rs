//! Metric lines, and the messages that wait to share one.

use super::line::now;
use std::env;
use std::io::{self, Write};
use std::time::{Duration, Instant, SystemTime};

/// Messages that share a metric line: as many values as the format takes for a metric.
pub const MOST_SHARED: usize = 100;

/// How long the first of them waits for others, unless no message comes at all.
const LONGEST_WAIT: Duration = Duration::from_secs(10);

/// Messages that wait for their metric line, and what all such lines say.
pub struct Metrics {
    /// The name of this function.
    function: String,
    waiting: Vec<Waiting>,
}

/// What is counted of a message.
#[derive(Clone, Copy)]
pub struct Counted {
    pub outcome: &'static str,
    /// That of the finding which the verdict rests on.
    pub category: Option<&'static str>,
    /// From the payload to the answer.
    pub micros: u64,
}

/// Messages of one outcome and category that wait for others.
struct Waiting {
    outcome: &'static str,
    category: Option<&'static str>,
    /// Their microseconds, at most [`MOST_SHARED`].
    times: Vec<u64>,
    /// When the first of them came, by the clock that measures and by the one that tells the time of day.
    since: (Instant, SystemTime),
}

impl Waiting {
    fn new(first: Counted) -> Self {
        let Counted { outcome, category, micros } = first;
        Self { outcome, category, times: vec![micros], since: (Instant::now(), now()) }
    }

    /// A line in CloudWatch's Embedded Metric Format. Nothing in it needs escaping: names of ours, and numbers.
    fn write(&self, out: &mut Vec<u8>, function: &str, cold: bool) -> io::Result<()> {
        let time = self.since.1.duration_since(SystemTime::UNIX_EPOCH).unwrap_or_default().as_millis();
        let (outcome, category, messages) = (self.outcome, self.category.unwrap_or("none"), self.times.len());
        write!(out, r#"{{"_aws":{{"Timestamp":{time},"CloudWatchMetrics":{DIRECTIVES}}},"#)?;
        write!(
            out,
            r#""Function":"{function}","Outcome":"{outcome}","Category":"{category}","Messages":{messages},"ReviewTime":["#
        )?;
        for (number, micros) in self.times.iter().enumerate() {
            write!(out, "{}{micros}", if number > 0 { "," } else { "" })?;
        }
        writeln!(out, r#"],"ColdStarts":{}}}"#, u8::from(cold))
    }
}

impl Metrics {
    pub fn new() -> Self {
        Self { function: function_name(), waiting: Vec::new() }
    }

    /// Lets a message wait for others with the same outcome and category.
    pub fn wait(&mut self, message: Counted) {
        let same = |known: &&mut Waiting| known.outcome == message.outcome && known.category == message.category;
        match self.waiting.iter_mut().find(same) {
            Some(known) => known.times.push(message.micros),
            None => self.waiting.push(Waiting::new(message)),
        }
    }

    /// Adds the line of one message to `out`; `cold` is whether it was the first of this process.
    pub fn write_one(&self, out: &mut Vec<u8>, message: Counted, cold: bool) -> io::Result<()> {
        Waiting::new(message).write(out, &self.function, cold)
    }

    /// The lines that are full, or all of them where one has waited long enough.
    pub fn take_waiting(&mut self, all: bool) -> Vec<Vec<u8>> {
        let all = all || self.waiting.iter().any(|waiting| waiting.since.0.elapsed() >= LONGEST_WAIT);
        let done = self.waiting.extract_if(.., |waiting| all || waiting.times.len() >= MOST_SHARED);
        done.filter_map(|waiting| {
            let mut line = Vec::new();
            waiting.write(&mut line, &self.function, false).ok().map(|()| line)
        })
        .collect()
    }
}

/// Messages are counted by outcome and by category, and all by function; no combination of those, as each costs money.
const DIRECTIVES: &str = concat!(
    r#"[{"Namespace":"RoomReview","Dimensions":[["Function","Outcome"],["Function","Category"]],"Metrics":[{"Name":"Messages","Unit":"Count"}]},"#,
    r#"{"Namespace":"RoomReview","Dimensions":[["Function"]],"Metrics":[{"Name":"ReviewTime","Unit":"Microseconds"},"#,
    r#"{"Name":"ColdStarts","Unit":"Count"}]}]"#,
);

/// The name of this function among the metrics: stacks share an account.
fn function_name() -> String {
    let is_plain = |c: char| c.is_ascii_alphanumeric() || matches!(c, '-' | '_');
    env::var("AWS_LAMBDA_FUNCTION_NAME")
        .ok()
        .filter(|name| name.chars().all(is_plain))
        .unwrap_or_else(|| "room-review".into())
}
