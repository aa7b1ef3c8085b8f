//! A review request.

use super::json::{Members, Text, kind};
use serde::Serialize;
use serde::ser::{SerializeStruct, Serializer};
use serde_json::value::RawValue;
use std::borrow::Cow;
use std::fmt;

/// A message that waits for a verdict. Borrows from the payload wherever that holds no escapes.
///
/// Only `Content` has to be there. A request that can not be decoded goes unreviewed into any room whose fallback is ALLOW,
/// so nothing is demanded that the review can do without: absent or null fields are empty, and unknown fields are skipped.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct ReviewRequest<'a> {
    /// The message, at least one code point.
    pub content: Cow<'a, str>,
    /// The id that the message will have in the room.
    pub message_id: Cow<'a, str>,
    /// The room.
    pub room_arn: Cow<'a, str>,
    /// What the sender's client sent with the message: untrusted.
    pub attributes: Attributes<'a>,
    /// Who sent it.
    pub sender: Sender<'a>,
}

/// Who sent a message.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Sender<'a> {
    /// The id that the application gave the user.
    pub user_id: Cow<'a, str>,
    /// What the application said about the user when it made the chat token: trusted.
    pub attributes: Attributes<'a>,
    /// The sender's address: personal data, never logged.
    pub ip: Cow<'a, str>,
}

/// String to string, in the order of the JSON, repeated keys included: what is delivered is what was reviewed.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Attributes<'a> {
    pairs: Vec<(Cow<'a, str>, Cow<'a, str>)>,
    given: bool,
}

impl<'a> Attributes<'a> {
    /// These pairs.
    pub const fn new(pairs: Vec<(Cow<'a, str>, Cow<'a, str>)>) -> Self {
        Self { pairs, given: true }
    }

    /// Every pair in order.
    pub fn pairs(&self) -> &[(Cow<'a, str>, Cow<'a, str>)] {
        &self.pairs
    }

    /// The value of `key`; where it is repeated the last one, as JSON parsers agree.
    pub fn get(&self, key: &str) -> Option<&str> {
        self.pairs.iter().rfind(|(name, _)| name == key).map(|(_, value)| value.as_ref())
    }

    /// Whether the request had the object at all, if only an empty one: what was absent stays absent in the response.
    pub const fn is_given(&self) -> bool {
        self.given
    }
}

impl<'a> ReviewRequest<'a> {
    /// Decodes the payload of an invocation.
    ///
    /// ```
    /// use room_review::event::ReviewRequest;
    /// let request = ReviewRequest::from_json(r#"{"Content": "hi", "Attributes": null, "New": [1]}"#)?;
    /// assert_eq!(request.content, "hi");
    ///
    /// let error = ReviewRequest::from_json(r#"{"Content": "hi", "Sender": {"UserId": 5}}"#).unwrap_err();
    /// assert_eq!(error.to_string(), "Sender.UserId: expected a string, found a number");
    /// # Ok::<(), room_review::event::InvalidReviewRequest>(())
    /// ```
    ///
    /// # Errors
    /// The first field that is not what the contract says.
    pub fn from_json(payload: &'a str) -> Result<Self, InvalidReviewRequest> {
        let members = object(payload, "payload")?;
        Self::from_members(&members, "MessageId", "MessageId")
    }

    /// The request in an object whose member `id` is the id of the message.
    pub(super) fn from_members(
        members: &Members<'a>,
        id: &str,
        id_field: &'static str,
    ) -> Result<Self, InvalidReviewRequest> {
        let content = text(members.get("Content"), "Content")?;
        if content.is_empty() {
            return Err(InvalidReviewRequest::new("Content", "at least 1 code point", "an empty string"));
        }
        let sender = match given(members, "Sender") {
            Some(raw) => object(raw.get(), "Sender")?,
            None => Members::default(),
        };
        Ok(Self {
            content,
            message_id: optional_text(members, id, id_field)?,
            room_arn: optional_text(members, "RoomArn", "RoomArn")?,
            attributes: attributes(members, "Attributes")?,
            sender: Sender {
                user_id: optional_text(&sender, "UserId", "Sender.UserId")?,
                attributes: attributes(&sender, "Sender.Attributes")?,
                ip: optional_text(&sender, "Ip", "Sender.Ip")?,
            },
        })
    }
}

/// The member `key` unless it is absent or null.
fn given<'a>(members: &Members<'a>, key: &str) -> Option<&'a RawValue> {
    members.get(key).filter(|raw| raw.get() != "null")
}

pub(super) fn object<'a>(json: &'a str, field: &'static str) -> Result<Members<'a>, InvalidReviewRequest> {
    match kind(json) {
        "an object" => serde_json::from_str(json).map_err(|_| InvalidReviewRequest::syntax(field)),
        found => Err(InvalidReviewRequest::new(field, "an object", found)),
    }
}

fn text<'a>(raw: Option<&'a RawValue>, field: &'static str) -> Result<Cow<'a, str>, InvalidReviewRequest> {
    let json = raw.map_or("", RawValue::get);
    match kind(json) {
        "a string" => {
            let Text(text) = serde_json::from_str(json).map_err(|_| InvalidReviewRequest::syntax(field))?;
            Ok(text)
        }
        found => Err(InvalidReviewRequest::new(field, "a string", found)),
    }
}

pub(super) fn optional_text<'a>(
    members: &Members<'a>,
    key: &str,
    field: &'static str,
) -> Result<Cow<'a, str>, InvalidReviewRequest> {
    given(members, key).map_or(Ok(Cow::default()), |raw| text(Some(raw), field))
}

fn attributes<'a>(members: &Members<'a>, field: &'static str) -> Result<Attributes<'a>, InvalidReviewRequest> {
    let Some(raw) = given(members, "Attributes") else { return Ok(Attributes::default()) };
    let pairs = object(raw.get(), field)?.0;
    // The key is the sender's own text, so the message does not name it.
    let pairs = pairs.into_iter().map(|(key, value)| match kind(value.get()) {
        "a string" => Ok((key, text(Some(value), field)?)),
        found => Err(InvalidReviewRequest::new(field, "only strings as values", found)),
    });
    Ok(Attributes::new(pairs.collect::<Result<_, _>>()?))
}

/// The payload is no review request. Says where and what was expected there, and never what anybody wrote.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct InvalidReviewRequest {
    field: &'static str,
    expected: &'static str,
    found: &'static str,
}

impl InvalidReviewRequest {
    /// The `errorType` of the Lambda function error.
    pub const ERROR_TYPE: &'static str = "InvalidReviewRequest";

    pub(super) const fn new(field: &'static str, expected: &'static str, found: &'static str) -> Self {
        Self { field, expected, found }
    }

    /// The payload is broken below the level of the contract: no JSON, or no UTF-8.
    pub const fn unreadable() -> Self {
        Self::syntax("payload")
    }

    const fn syntax(field: &'static str) -> Self {
        Self::new(field, "valid JSON in UTF-8", "a syntax error")
    }
}

impl fmt::Display for InvalidReviewRequest {
    fn fmt(&self, f: &mut fmt::Formatter) -> fmt::Result {
        write!(f, "{}: expected {}, found {}", self.field, self.expected, self.found)
    }
}

impl std::error::Error for InvalidReviewRequest {}

/// As Lambda writes a function error.
impl Serialize for InvalidReviewRequest {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        let mut error = serializer.serialize_struct("Error", 2)?;
        error.serialize_field("errorType", Self::ERROR_TYPE)?;
        error.serialize_field("errorMessage", &self.to_string())?;
        error.end()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_whole_request_is_borrowed_from_the_payload() {
        let request = ReviewRequest::from_json(
            r#" {"Content": "héllo 👋", "MessageId": "AYk6xKitV4On", "RoomArn": "arn:aws:ivschat:us-west-2:123456789012:room/a",
                "Attributes": {"b": "1", "a": "2", "b": "3"}, "Later": {"x": [null]},
                "Sender": {"UserId": "u", "Ip": "192.0.2.1", "Attributes": {"role": "mod\u0065rator"}}} "#,
        );
        let request = request.expect("a valid request");
        assert!(matches!(request.content, Cow::Borrowed("héllo 👋")));
        assert_eq!(request.attributes.pairs().len(), 3);
        assert_eq!(request.attributes.get("b"), Some("3"));
        assert_eq!(request.sender.attributes.get("role"), Some("moderator"));
        assert_eq!((&*request.sender.user_id, &*request.sender.ip), ("u", "192.0.2.1"));
    }

    #[test]
    fn what_review_can_do_without_may_be_absent_or_null() {
        for payload in [
            r#"{"Content":"hi"}"#,
            r#"{"Content":"hi","MessageId":null,"RoomArn":null,"Attributes":null,"Sender":null}"#,
            r#"{"Content":"no","Content":"hi","Sender":{"UserId":null,"Attributes":null,"Ip":null}}"#,
        ] {
            let want = ReviewRequest { content: "hi".into(), ..ReviewRequest::default() };
            assert_eq!(ReviewRequest::from_json(payload), Ok(want), "{payload}");
        }
    }

    #[test]
    fn lone_surrogates_are_read_as_replacement_characters() {
        let request =
            ReviewRequest::from_json(r#"{"Content":"a\ud800b\udc00\ud83d\ude00","Attributes":{"\udfff":"\ud800"}}"#);
        let request = request.expect("a valid request");
        assert_eq!(request.content, "a\u{fffd}b\u{fffd}😀");
        assert_eq!(request.attributes.get("\u{fffd}"), Some("\u{fffd}"));
    }

    #[test]
    fn an_error_names_the_field_and_quotes_nothing() {
        let cases = [
            ("", "payload: expected an object, found nothing"),
            ("secret", "payload: expected an object, found no JSON"),
            (r#"["secret"]"#, "payload: expected an object, found an array"),
            (r#""secret""#, "payload: expected an object, found a string"),
            (r#"{"Content":"secret""#, "payload: expected valid JSON in UTF-8, found a syntax error"),
            (r#"{"Content":"secret"} secret"#, "payload: expected valid JSON in UTF-8, found a syntax error"),
            ("{}", "Content: expected a string, found nothing"),
            (r#"{"Content":null}"#, "Content: expected a string, found null"),
            (r#"{"Content":["secret"]}"#, "Content: expected a string, found an array"),
            (r#"{"Content":""}"#, "Content: expected at least 1 code point, found an empty string"),
            (r#"{"Content":"secret","MessageId":7}"#, "MessageId: expected a string, found a number"),
            (r#"{"Content":"secret","RoomArn":true}"#, "RoomArn: expected a string, found a boolean"),
            (r#"{"Content":"secret","Attributes":[]}"#, "Attributes: expected an object, found an array"),
            (
                r#"{"Content":"x","Attributes":{"secret":null}}"#,
                "Attributes: expected only strings as values, found null",
            ),
            (r#"{"Content":"secret","Sender":"secret"}"#, "Sender: expected an object, found a string"),
            (r#"{"Content":"secret","Sender":{"UserId":-5}}"#, "Sender.UserId: expected a string, found a number"),
            (r#"{"Content":"secret","Sender":{"Ip":{}}}"#, "Sender.Ip: expected a string, found an object"),
        ];
        for (payload, want) in cases {
            let error = ReviewRequest::from_json(payload).expect_err(payload).to_string();
            assert_eq!(error, want, "{payload}");
        }
    }
}
