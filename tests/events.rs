//! The sample requests under events/, reviewed in process.

mod support;

use room_review::event::ReviewRequest;
use room_review::handler::respond;
use room_review::review::review;
use room_review::rules::Ruleset;
use support::events;

#[test]
fn every_sample_event_gets_its_exact_response() {
    let rules = Ruleset::builtin();
    let mut wrong = Vec::new();
    for (file, payload, expected) in events() {
        let request = ReviewRequest::from_json(&payload).unwrap_or_else(|error| panic!("{}: {error}", file.display()));
        let response = respond(&request, review(&rules, &request).decision);
        let response = serde_json::to_string(&response).expect("strings only");
        if response != expected.trim_end() {
            wrong.push(format!("{}\n  expected {expected}  got      {response}", file.display()));
        }
    }
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
}

#[test]
fn there_are_at_least_fourteen_and_one_has_the_longest_content_a_room_takes() {
    let events = events();
    assert!(events.len() >= 14);
    let longest = events.iter().map(|(file, payload, _)| {
        let request = ReviewRequest::from_json(payload).unwrap_or_else(|error| panic!("{}: {error}", file.display()));
        request.content.chars().count()
    });
    assert_eq!(longest.max(), Some(500));
}
