//! Requests as IVS Chat sends them, each with the answer that it has to get: what the library itself says.

use crate::driver::Message;
use room_review::handler::{Handler, Payload};
use room_review::rules::Ruleset;
use room_review::telemetry::Telemetry;
use serde_json::json;
use std::io;

#[path = "../../src/bin/room-review/bench/corpus.rs"]
#[allow(dead_code, reason = "of the generator, its kinds are not asked here")]
mod corpus;

/// The first messages of the made-up chat.
///
/// # Panics
/// Never: what is made here is JSON, and a request.
pub fn chat(count: usize) -> Vec<Message> {
    let handler = Handler::new(Ruleset::builtin(), Telemetry::new(Box::new(io::sink()), 128));
    let mut corpus = corpus::Corpus::new(1);
    let mut content = String::new();
    let message = |number: usize| {
        corpus.next_into(&mut content);
        let request = json!({
            "Content": content,
            "MessageId": format!("AYk6xKitV{number:04}"),
            "RoomArn": "arn:aws:ivschat:us-west-2:123456789012:room/g1H2I3j4k5L6",
            "Attributes": { "color": "#9147ff" },
            "Sender": { "UserId": format!("user-{}", number % 97), "Ip": "192.0.2.1", "Attributes": { "tier": "2" } },
        });
        let payload = request.to_string().into_bytes();
        let read: Payload = serde_json::from_slice(&payload).expect("it was just written");
        let answer = handler.handle(&read).expect("it has content").get().to_owned();
        Message { payload, answer: Some(answer) }
    };
    (0..count).map(message).collect()
}
