//! Logs that are JSON documents of CloudWatch Logs: what `aws logs filter-log-events` and `get-log-events` print, and what a
//! subscription sends to Firehose. Read event by event, so that a document of any size takes no memory.

use super::logs::Log;
use super::read::{BATCH, Batch, Feed};
use serde::de::{DeserializeSeed, Deserializer, Error, IgnoredAny, MapAccess, SeqAccess, Visitor};
use serde_json::de::IoRead;
use std::fmt;
use std::io::{self, BufRead, Write};
use std::sync::Arc;

/// The members that such documents begin with. Records of a chat begin with none of them.
const FIRST_MEMBERS: [&str; 10] = [
    "events",
    "searchedLogStreams",
    "nextToken",
    "nextForwardToken",
    "nextBackwardToken",
    "messageType",
    "owner",
    "logGroup",
    "logStream",
    "logEvents",
];

/// Whether a log that begins like this is a document.
pub fn is_document(start: &[u8]) -> bool {
    let Some(inside) = start.trim_ascii_start().strip_prefix(b"{") else {
        return start.trim_ascii_start().starts_with(b"[");
    };
    let Some(name) = inside.trim_ascii_start().strip_prefix(b"\"") else { return false };
    FIRST_MEMBERS.iter().any(|member| name.strip_prefix(member.as_bytes()).is_some_and(|rest| rest.starts_with(b"\"")))
}

/// Reads documents that follow one another, and hands their events on as lines: the log stream, then the message.
pub fn read(input: impl BufRead, log: &Arc<Log>, feed: &mut Feed) -> io::Result<()> {
    let mut sink = Sink { log, feed, batch: None, next: 1 };
    let mut documents = serde_json::Deserializer::new(IoRead::new(input));
    let read = loop {
        if documents.end().is_ok() {
            break Ok(());
        }
        if let Err(error) = documents.deserialize_any(Document(&mut sink)) {
            break Err(error);
        }
    };
    sink.flush()?;
    // Without what serde found there: it could quote a message.
    read.map_err(|error| match error.io_error_kind() {
        Some(kind) => kind.into(),
        None => {
            io::Error::other(format!("no JSON of CloudWatch Logs at line {}, column {}", error.line(), error.column()))
        }
    })
}

/// Collects lines into batches.
struct Sink<'s> {
    log: &'s Arc<Log>,
    feed: &'s mut Feed,
    batch: Option<Batch>,
    next: u64,
}

impl Sink<'_> {
    fn push(&mut self, stream: &str, message: &str) -> io::Result<()> {
        let mut batch = match self.batch.take() {
            Some(batch) => batch,
            None => self.feed.take(self.log, self.next)?,
        };
        self.next += 1;
        write!(batch.records, "{stream} ")?;
        // One line an event. Inside of JSON, a line end is white space.
        batch.records.extend(message.bytes().map(|byte| if byte == b'\n' { b' ' } else { byte }));
        batch.records.push(b'\n');
        self.batch = Some(batch);
        if self.batch.as_ref().is_some_and(|batch| batch.records.len() >= BATCH) { self.flush() } else { Ok(()) }
    }

    fn flush(&mut self) -> io::Result<()> {
        self.batch.take().map_or(Ok(()), |batch| self.feed.give(batch))
    }
}

/// A document: an object with a list of events, or the list.
struct Document<'s, 'f>(&'s mut Sink<'f>);

impl<'de> Visitor<'de> for Document<'_, '_> {
    type Value = ();

    fn expecting(&self, f: &mut fmt::Formatter) -> fmt::Result {
        f.write_str("log events")
    }

    fn visit_map<A: MapAccess<'de>>(self, mut members: A) -> Result<(), A::Error> {
        let (mut stream, mut is_control) = (String::new(), false);
        while let Some(name) = members.next_key::<String>()? {
            match name.as_str() {
                "logStream" => stream = members.next_value()?,
                "messageType" => is_control = members.next_value::<String>()? == "CONTROL_MESSAGE",
                // A subscription announces itself with an event that is nobody's.
                "events" | "logEvents" if !is_control => {
                    members.next_value_seed(Events { sink: self.0, stream: &stream })?;
                }
                _ => {
                    members.next_value::<IgnoredAny>()?;
                }
            }
        }
        Ok(())
    }

    fn visit_seq<A: SeqAccess<'de>>(self, events: A) -> Result<(), A::Error> {
        Events { sink: self.0, stream: "" }.visit_seq(events)
    }
}

/// The list of events of one stream.
struct Events<'s, 'f> {
    sink: &'s mut Sink<'f>,
    stream: &'s str,
}

/// One event. What else it has is skipped.
#[derive(serde::Deserialize)]
#[serde(rename_all = "camelCase")]
struct Event {
    #[serde(default)]
    message: String,
    log_stream_name: Option<String>,
}

impl<'de> DeserializeSeed<'de> for Events<'_, '_> {
    type Value = ();

    fn deserialize<D: Deserializer<'de>>(self, deserializer: D) -> Result<(), D::Error> {
        deserializer.deserialize_seq(self)
    }
}

impl<'de> Visitor<'de> for Events<'_, '_> {
    type Value = ();

    fn expecting(&self, f: &mut fmt::Formatter) -> fmt::Result {
        f.write_str("a list of log events")
    }

    fn visit_seq<A: SeqAccess<'de>>(self, mut events: A) -> Result<(), A::Error> {
        while let Some(event) = events.next_element::<Event>()? {
            let stream = event.log_stream_name.as_deref().unwrap_or(self.stream);
            self.sink.push(stream, &event.message).map_err(A::Error::custom)?;
        }
        Ok(())
    }
}
