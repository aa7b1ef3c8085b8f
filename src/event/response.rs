//! A review response, valid by construction.

use super::request::ReviewRequest;
use serde::Serialize;
use serde::ser::Serializer;
use std::borrow::Cow;

/// The most bytes of UTF-8 that the keys and values of a response's attributes may have together. The guide says 1 KB and not
/// which, so the smaller.
pub const MAX_ATTRIBUTE_BYTES: usize = 1000;

/// The most code points that content can have in any room. A request of IVS Chat has no more.
const MAX_CONTENT: usize = 500;

/// The attribute of a DENY that the sender gets to read.
const REASON: &str = "Reason";

/// The most bytes of UTF-8 that a reason may have: what the attribute's name leaves.
pub const MAX_REASON_BYTES: usize = MAX_ATTRIBUTE_BYTES - REASON.len();

/// Whether the message may go to the room.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize)]
#[serde(rename_all = "UPPERCASE")]
pub enum ReviewResult {
    /// It goes to the room, with the response's content and attributes.
    Allow,
    /// The sender gets error 406 with the reason.
    Deny,
}

/// The answer to a [`ReviewRequest`]. IVS discards an invalid one and lets the room's fallback decide, so there is no way to
/// make one: content has at least one and at most the request's own number of code points, the one length that certainly fits
/// the room, and attributes are strings of at most [`MAX_ATTRIBUTE_BYTES`].
///
/// ```
/// use room_review::event::{ReviewRequest, ReviewResponse};
/// let request = ReviewRequest::from_json(r#"{"Content":"hi"}"#)?;
/// let json = serde_json::to_string(&ReviewResponse::deny(&request, "Be kind.")).unwrap();
/// assert_eq!(json, r#"{"ReviewResult":"DENY","Content":"hi","Attributes":{"Reason":"Be kind."}}"#);
/// # Ok::<(), room_review::event::InvalidReviewRequest>(())
/// ```
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
#[serde(rename_all = "PascalCase")]
pub struct ReviewResponse<'a> {
    review_result: ReviewResult,
    content: Cow<'a, str>,
    #[serde(skip_serializing_if = "Option::is_none", serialize_with = "as_object")]
    attributes: Option<Vec<Pair<'a>>>,
}

/// A key and its value.
pub type Pair<'a> = (Cow<'a, str>, Cow<'a, str>);

impl<'a> ReviewResponse<'a> {
    /// The message goes to the room as it is.
    pub fn allow(request: &'a ReviewRequest<'_>) -> Self {
        Self::rewrite(request, None, None)
    }

    /// The message goes to the room with other content or other attributes; `None` leaves them as they are.
    ///
    /// Content beyond the request's number of code points is cut, and empty content is the mask `*`. Attributes that do not
    /// fit are left out, pair by pair from the end: half a value would be somebody else's.
    pub fn rewrite(
        request: &'a ReviewRequest<'_>,
        content: Option<String>,
        attributes: Option<Vec<(String, String)>>,
    ) -> Self {
        let own = request.attributes.pairs().iter().map(|(key, value)| (Cow::from(&**key), Cow::from(&**value)));
        let attributes = match attributes {
            Some(pairs) => Some(pairs.into_iter().map(|(key, value)| (key.into(), value.into())).collect()),
            None => request.attributes.is_given().then(|| own.collect()),
        };
        Self {
            review_result: ReviewResult::Allow,
            content: content.map_or(Cow::from(&*request.content), |text| fit_content(text, &request.content).into()),
            attributes: attributes.map(fit_attributes),
        }
    }

    /// The message does not go to the room; the sender reads `reason`, cut where it does not fit. Content that fits no room is
    /// cut too: nobody reads it, but a response can have 6 MB at most, as the request.
    pub fn deny(request: &'a ReviewRequest<'_>, reason: &str) -> Self {
        let reason = cut(reason, MAX_REASON_BYTES);
        Self {
            review_result: ReviewResult::Deny,
            content: Cow::from(code_points(&request.content, MAX_CONTENT)),
            attributes: Some(vec![(REASON.into(), reason.to_owned().into())]),
        }
    }

    /// Whether the message may go to the room.
    pub const fn result(&self) -> ReviewResult {
        self.review_result
    }

    /// What the room would get.
    pub fn content(&self) -> &str {
        &self.content
    }

    /// The attributes that the room would get, or that tell the sender why not.
    pub fn attributes(&self) -> &[Pair<'a>] {
        self.attributes.as_deref().unwrap_or_default()
    }

    /// The reason of a DENY.
    pub fn reason(&self) -> Option<&str> {
        let mut pairs = self.attributes().iter().filter(|_| self.review_result == ReviewResult::Deny);
        pairs.find(|(key, _)| key == REASON).map(|(_, value)| value.as_ref())
    }
}

/// The first `count` code points of `text`.
fn code_points(text: &str, count: usize) -> &str {
    text.char_indices().nth(count).map_or(text, |(end, _)| &text[..end])
}

/// `text` brought within 1 to the number of code points of `original`.
fn fit_content(mut text: String, original: &str) -> String {
    text.truncate(code_points(&text, original.chars().count()).len());
    if text.is_empty() { "*".to_owned() } else { text }
}

/// The leading pairs that fit together.
fn fit_attributes(mut pairs: Vec<Pair>) -> Vec<Pair> {
    let mut bytes = 0;
    let fitting = pairs.iter().take_while(|(key, value)| {
        bytes += key.len() + value.len();
        bytes <= MAX_ATTRIBUTE_BYTES
    });
    let count = fitting.count();
    pairs.truncate(count);
    pairs
}

/// The longest beginning of `text` that has at most `bytes` bytes and cuts no character.
fn cut(text: &str, bytes: usize) -> &str {
    let end = (0..=bytes.min(text.len())).rev().find(|&at| text.is_char_boundary(at));
    &text[..end.unwrap_or(0)]
}

// serde hands over the field as it is.
#[allow(clippy::ref_option)]
fn as_object<S: Serializer>(pairs: &Option<Vec<Pair>>, serializer: S) -> Result<S::Ok, S::Error> {
    serializer.collect_map(pairs.iter().flatten().map(|(key, value)| (key, value)))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn request(payload: &str) -> ReviewRequest<'_> {
        ReviewRequest::from_json(payload).expect("a valid request")
    }

    fn json(response: &ReviewResponse) -> String {
        serde_json::to_string(response).expect("strings only")
    }

    #[test]
    fn an_allowed_message_comes_back_as_it_went_in() {
        for (given, want) in [
            (r#""Attributes":{"b":"\u00e9","a":"","b":"2"}"#, r#","Attributes":{"b":"é","a":"","b":"2"}"#),
            (r#""Attributes":{}"#, r#","Attributes":{}"#),
            (r#""Attributes":null"#, ""),
            (r#""Other":1"#, ""),
        ] {
            let payload = format!(r#"{{"Content":"a \u0000 \"é\"",{given}}}"#);
            let want = format!(r#"{{"ReviewResult":"ALLOW","Content":"a \u0000 \"é\""{want}}}"#);
            assert_eq!(json(&ReviewResponse::allow(&request(&payload))), want);
        }
    }

    #[test]
    fn rewritten_content_never_outgrows_the_request_and_is_never_empty() {
        let request = request(r#"{"Content":"añ😀"}"#);
        for (content, want) in [("***", "***"), ("**", "**"), ("ééééé", "ééé"), ("", "*")] {
            assert_eq!(ReviewResponse::rewrite(&request, Some(content.into()), None).content(), want);
        }
    }

    #[test]
    fn attributes_that_do_not_fit_are_left_out_whole() {
        let request = request(r#"{"Content":"x"}"#);
        let pair = |key: &str, bytes: usize| (key.to_owned(), "é".repeat(bytes / 2));
        for (pairs, want) in [
            (vec![pair("ab", 998)], 1),
            (vec![pair("abc", 998)], 0),
            (vec![pair("ab", 498), pair("cd", 498), pair("", 2), pair("f", 2)], 2),
        ] {
            let response = ReviewResponse::rewrite(&request, None, Some(pairs));
            assert_eq!(response.attributes.map(|pairs| pairs.len()), Some(want));
        }
    }

    #[test]
    fn a_reason_is_cut_between_characters() {
        let payload = r#"{"Content":"x","Attributes":{"Reason":"mine","k":"v"}}"#;
        let request = request(payload);
        let reason = format!("x{}", "é".repeat(600));
        let response = ReviewResponse::deny(&request, &reason);
        assert_eq!(response.reason().map(str::len), Some(993));
        assert_eq!(ReviewResponse::deny(&request, "No.").reason(), Some("No."));
        assert_eq!(ReviewResponse::allow(&request).reason(), None);
    }

    #[test]
    fn a_denied_message_that_fits_no_room_is_cut() {
        let payload = format!(r#"{{"Content":"{}"}}"#, "é".repeat(501));
        let request = request(&payload);
        assert_eq!(ReviewResponse::deny(&request, "No.").content(), "é".repeat(500));
        assert_eq!(ReviewResponse::allow(&request).content(), "é".repeat(501));
    }
}
