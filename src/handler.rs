//! One invocation: the bytes of a payload in, the JSON of a response out. Whatever the payload holds, this returns.

use crate::event::{InvalidReviewRequest, ReviewRequest, ReviewResponse};
use crate::review::{Decision, Verdict, is_too_long, review};
use crate::rules::Ruleset;
use crate::telemetry::{Outcome, Record, Telemetry};
use serde::de::{Deserialize, Deserializer};
use serde_json::value::{RawValue, to_raw_value};
use std::panic::{AssertUnwindSafe, catch_unwind};
use std::time::Instant;

/// The payload of an invocation, unread. Takes even what is no JSON: the runtime's own error for that would name another type.
#[derive(Debug)]
pub struct Payload(Option<Box<RawValue>>);

impl Payload {
    /// The JSON.
    ///
    /// # Errors
    /// The payload is none.
    pub fn json(&self) -> Result<&str, InvalidReviewRequest> {
        self.0.as_deref().map(RawValue::get).ok_or(InvalidReviewRequest::unreadable())
    }
}

impl<'de> Deserialize<'de> for Payload {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        Ok(Self(Box::<RawValue>::deserialize(deserializer).ok()))
    }
}

/// What lives from one invocation to the next.
pub struct Handler {
    rules: Ruleset,
    telemetry: Telemetry,
    #[cfg(debug_assertions)]
    panic_on: Option<String>,
    #[cfg(debug_assertions)]
    patient: bool,
}

impl Handler {
    /// A handler that judges by `rules` and writes its log and metrics to `telemetry`.
    pub fn new(rules: Ruleset, telemetry: Telemetry) -> Self {
        Self {
            rules,
            telemetry,
            // For the tests of a panic inside a review. No release build can be talked into one.
            #[cfg(debug_assertions)]
            panic_on: std::env::var("ROOM_REVIEW_TEST_PANIC_ON").ok(),
            // For all others: a machine that stands still for a moment fails none of them.
            #[cfg(debug_assertions)]
            patient: std::env::var_os("ROOM_REVIEW_TEST_PATIENT").is_some_and(|patient| !patient.is_empty()),
        }
    }

    /// Answers one invocation.
    ///
    /// # Errors
    /// The payload is no review request. Nothing else is one: a panic or a late verdict is answered as the policy says, since
    /// an error would let the message through in a room whose fallback is ALLOW.
    pub fn handle(&self, payload: &Payload) -> Result<Box<RawValue>, InvalidReviewRequest> {
        // Our own clock: the deadline in the context is Lambda's timeout, not the 200 ms that IVS waits.
        let start = Instant::now();
        let request = match payload.json().and_then(ReviewRequest::from_json) {
            Ok(request) => request,
            Err(error) => {
                self.telemetry.invalid(&error, start);
                return Err(error);
            }
        };
        let (verdict, outcome) = self.judge(&request, start);
        let response = respond(&request, verdict.decision);
        let json = to_json(&response);
        self.telemetry.record(&Record {
            request: &request,
            result: response.result(),
            findings: &verdict.findings,
            outcome,
            rules: self.rules.version(),
            start,
        });
        Ok(json)
    }

    /// The verdict, or the policy's own where there is none in time.
    fn judge(&self, request: &ReviewRequest, start: Instant) -> (Verdict<'_>, Outcome) {
        let policy = self.rules.policy();
        // Unwind safe: rules are never written to, and what a review builds dies with it.
        match catch_unwind(AssertUnwindSafe(|| self.review(request))) {
            Err(_) => {
                (Verdict::without_review(policy.on_internal_error, policy, &request.room_arn), Outcome::InternalError)
            }
            Ok(_) if self.is_late(start) => {
                (Verdict::without_review(policy.on_timeout, policy, &request.room_arn), Outcome::Timeout)
            }
            Ok(verdict) if is_too_long(request) => (verdict, Outcome::TooLong),
            Ok(verdict) => {
                let outcome = match verdict.decision {
                    Decision::Allow => Outcome::Allow,
                    Decision::Rewrite { .. } => Outcome::Rewrite,
                    Decision::Deny { .. } => Outcome::Deny,
                };
                (verdict, outcome)
            }
        }
    }

    fn is_late(&self, start: Instant) -> bool {
        #[cfg(debug_assertions)]
        if self.patient {
            return false;
        }
        start.elapsed() > self.rules.policy().budget()
    }

    fn review(&self, request: &ReviewRequest) -> Verdict<'_> {
        #[cfg(debug_assertions)]
        assert!(self.panic_on.as_deref() != Some(&*request.content), "a panic made for a test");
        review(&self.rules, request)
    }
}

/// The response that carries out `decision`.
pub fn respond<'a>(request: &'a ReviewRequest<'_>, decision: Decision) -> ReviewResponse<'a> {
    match decision {
        Decision::Allow => ReviewResponse::allow(request),
        Decision::Rewrite { content, attributes } => ReviewResponse::rewrite(request, content, attributes),
        Decision::Deny { reason } => ReviewResponse::deny(request, &reason),
    }
}

fn to_json(response: &ReviewResponse) -> Box<RawValue> {
    to_raw_value(response).expect("a response is strings under string keys, which JSON can hold")
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::telemetry::kept::Kept;
    use std::time::Duration;

    fn handler() -> (Handler, Kept) {
        let log = Kept::default();
        (Handler::new(Ruleset::builtin(), Telemetry::new(Box::new(log.clone()), 1)), log)
    }

    fn payload(json: &str) -> Payload {
        serde_json::from_str(json).unwrap_or(Payload(None))
    }

    const HELLO: &str = r#"{"Content":"wörld","MessageId":"AYk6xKitV4On","RoomArn":"arn:aws:ivschat:us-west-2:1:room/R1",
        "Attributes":{"k":"private"},"Sender":{"UserId":"private","Ip":"192.0.2.1","Attributes":{"k":"private"}}}"#;

    #[test]
    fn a_message_is_answered_and_leaves_two_lines_that_hold_none_of_it() {
        let (handler, log) = handler();
        let response = handler.handle(&payload(HELLO)).expect("a valid request");
        assert_eq!(response.get(), r#"{"ReviewResult":"ALLOW","Content":"wörld","Attributes":{"k":"private"}}"#);
        let log = log.text();
        let lines: Vec<serde_json::Value> = log.lines().map(|line| serde_json::from_str(line).expect("JSON")).collect();
        assert_eq!((lines.len(), &lines[1]["_aws"]["CloudWatchMetrics"][0]["Namespace"]), (2, &"RoomReview".into()));
        assert!(log.contains(r#""room":"R1","message":"AYk6xKitV4On""#), "{log}");
        assert!(!log.contains("wörld") && !log.contains("private") && !log.contains("192.0.2.1"), "{log}");
    }

    #[test]
    fn what_is_no_request_is_an_error_that_is_counted() {
        let (handler, log) = handler();
        for json in ["", "{", "{\"Content\": \"\u{1}\"}"] {
            let error = handler.handle(&payload(json)).expect_err(json).to_string();
            assert_eq!(error, "payload: expected valid JSON in UTF-8, found a syntax error");
        }
        assert_eq!(log.text().matches(r#""Outcome":"invalid""#).count(), 3);
    }

    #[test]
    fn a_late_verdict_is_not_given() {
        let (handler, _) = handler();
        let request = ReviewRequest::from_json(HELLO).expect("a valid request");
        let start = Instant::now();
        let late = start.checked_sub(handler.rules.policy().budget() + Duration::from_millis(1));
        assert!(matches!(handler.judge(&request, start), (_, Outcome::Allow)));
        let (verdict, outcome) = handler.judge(&request, late.expect("the clock is old enough"));
        assert_eq!(outcome, Outcome::Timeout);
        assert!(matches!(verdict.decision, Decision::Deny { .. }));
    }

    #[test]
    fn what_is_too_long_to_review_is_not_let_through_unread() {
        let (handler, log) = handler();
        let attributes = format!(r#""Content":"hi","Attributes":{{{}"":""}}"#, r#""":"","#.repeat(1024));
        let cases = [
            (format!(r#""Content":"{}""#, "x ".repeat(8192)), false),
            (format!(r#""Content":"{}""#, "x ".repeat(131_073)), true),
            (format!(r#""Content":"hi","Attributes":{{"k":"{}"}}"#, "x ".repeat(131_073)), true),
            (attributes, true),
        ];
        for (members, too_long) in cases {
            log.clear();
            let response = handler.handle(&payload(&format!("{{{members}}}"))).expect("a valid request");
            // What is not too long may still be late on a slow machine.
            assert!(!too_long || response.get().contains(r#""DENY""#), "{}", response.get().len());
            assert_eq!(log.text().contains(r#""outcome":"too_long""#), too_long, "{}", log.text());
        }
    }
}
