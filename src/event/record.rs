//! What IVS Chat logs: one JSON object for each message or event that a room got.

use super::request::{InvalidReviewRequest, ReviewRequest, object, optional_text};
use serde_json::value::RawValue;
use serde_json::{Deserializer, StreamDeserializer};
use std::borrow::Cow;

/// A record of a chat log. It holds what the room got: a message that was denied is in no log, and a word that was masked is
/// masked there.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct LogRecord<'a> {
    /// When IVS Chat received it, as written: `2022-10-14T17:40:00.000Z`. Empty where the record does not say.
    pub time: Cow<'a, str>,
    /// What was logged.
    pub logged: Logged<'a>,
}

/// What a record is about.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Logged<'a> {
    /// A message, as the request that a handler would have got for it; records name no room and no address.
    Message(ReviewRequest<'a>),
    /// An event: a message was deleted, a user disconnected, or one of the application's own.
    Event,
    /// Something else than IVS Chat logs.
    Other,
}

impl<'a> LogRecord<'a> {
    /// Decodes one record.
    ///
    /// ```
    /// use room_review::event::{LogRecord, Logged};
    /// let record = LogRecord::from_json(
    ///     r#"{"event_timestamp":"2022-10-14T17:40:00.000Z","type":"MESSAGE","version":"1.0",
    ///         "payload":{"Type":"MESSAGE","Id":"AYk6xKitV4On","Content":"hi","Sender":{"UserId":"u"}}}"#,
    /// )?;
    /// let Logged::Message(request) = record.logged else { panic!("it is a message") };
    /// assert_eq!((&*request.message_id, &*request.content), ("AYk6xKitV4On", "hi"));
    /// # Ok::<(), room_review::event::InvalidReviewRequest>(())
    /// ```
    ///
    /// # Errors
    /// It is no JSON object, or a message without what every message has. The text quotes nothing that a person wrote.
    pub fn from_json(json: &'a str) -> Result<Self, InvalidReviewRequest> {
        let members = object(json, "record")?;
        let logged = match members.get("type").map(RawValue::get) {
            Some(r#""MESSAGE""#) => {
                let payload = members.get("payload").map_or("", RawValue::get);
                Logged::Message(ReviewRequest::from_members(&object(payload, "payload")?, "Id", "Id")?)
            }
            Some(r#""EVENT""#) => Logged::Event,
            _ => return Ok(Self { time: Cow::default(), logged: Logged::Other }),
        };
        Ok(Self { time: optional_text(&members, "event_timestamp", "event_timestamp")?, logged })
    }
}

/// The JSON objects that follow one another in `text`, with nothing or white space between them: Firehose joins records
/// without a line end. Ends after the first error.
///
/// ```
/// let objects: Result<Vec<&str>, _> = room_review::event::objects(" {\"a\":1}{\"b\":\"}{\"}\n").collect();
/// assert_eq!(objects.unwrap(), ["{\"a\":1}", "{\"b\":\"}{\"}"]);
/// ```
pub fn objects(text: &str) -> impl Iterator<Item = Result<&str, InvalidReviewRequest>> {
    let objects: StreamDeserializer<_, &RawValue> = Deserializer::from_str(text).into_iter();
    objects.map(|object| match object {
        Ok(object) => Ok(object.get()),
        Err(_) => Err(InvalidReviewRequest::new("record", "valid JSON", "a syntax error")),
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_record_is_read_as_the_request_that_it_was() {
        let record = LogRecord::from_json(
            r#"{"event_timestamp":"2022-10-14T17:40:00.000Z","type":"MESSAGE","version":"1.0","payload":{"Type":"MESSAGE",
                "Id":"AYk6xKitV4On","RequestId":"r","Content":"caf\u00e9","Attributes":{"k":"v"},"SendTime":"x",
                "Sender":{"UserId":"u","Attributes":{"role":"admin"}}}}"#,
        );
        let LogRecord { time, logged: Logged::Message(request) } = record.expect("a record") else {
            panic!("it is a message")
        };
        assert_eq!(time, "2022-10-14T17:40:00.000Z");
        assert_eq!((&*request.message_id, &*request.content, &*request.sender.user_id), ("AYk6xKitV4On", "café", "u"));
        assert_eq!((request.attributes.get("k"), request.sender.attributes.get("role")), (Some("v"), Some("admin")));
    }

    #[test]
    fn events_and_other_objects_are_told_apart() {
        for (json, want) in [
            (r#"{"type":"EVENT","payload":{"Type":"EVENT","EventName":"aws:DELETE_MESSAGE"}}"#, Logged::Event),
            (r#"{"type":"EVENT"}"#, Logged::Event),
            (r#"{"event_timestamp":null,"type":"EVENT","payload":7}"#, Logged::Event),
            (r#"{"event_timestamp":7,"type":"ERROR"}"#, Logged::Other),
            (r#"{"type":null,"message":"START"}"#, Logged::Other),
            ("{}", Logged::Other),
        ] {
            assert_eq!(LogRecord::from_json(json), Ok(LogRecord { time: "".into(), logged: want }), "{json}");
        }
    }

    #[test]
    fn what_is_no_record_is_named_and_not_quoted() {
        let cases = [
            ("", "record: expected an object, found nothing"),
            ("secret", "record: expected an object, found no JSON"),
            (r#"{"type":"MESSAGE""#, "record: expected valid JSON in UTF-8, found a syntax error"),
            (r#"{"type":"EVENT"}{"type":"EVENT"}"#, "record: expected valid JSON in UTF-8, found a syntax error"),
            (r#"{"type":"MESSAGE"}"#, "payload: expected an object, found nothing"),
            (r#"{"type":"MESSAGE","payload":"secret"}"#, "payload: expected an object, found a string"),
            (r#"{"type":"MESSAGE","payload":{"Content":7}}"#, "Content: expected a string, found a number"),
            (r#"{"type":"MESSAGE","payload":{"Content":"secret","Id":7}}"#, "Id: expected a string, found a number"),
            (r#"{"type":"EVENT","event_timestamp":7}"#, "event_timestamp: expected a string, found a number"),
        ];
        for (json, want) in cases {
            assert_eq!(LogRecord::from_json(json).expect_err(json).to_string(), want, "{json}");
        }
    }

    #[test]
    fn objects_end_after_the_first_error() {
        let all = |text| objects(text).map(Result::ok).collect::<Vec<_>>();
        assert_eq!(all(r#"{"a":1} {"b":2}"#), [Some(r#"{"a":1}"#), Some(r#"{"b":2}"#)]);
        assert_eq!(all(r#"{"a":1}x{"b":2}"#), [Some(r#"{"a":1}"#), None]);
        assert_eq!(all(" \n"), []);
    }
}
