//! The detectors and the stages around them, and how they grow with the message: `cargo bench --bench detectors`.
//!
//! Every hostile piece is repeated to several sizes; the bytes per second stay what they are where work is linear.

mod hostile;

use divan::counter::BytesCount;
use divan::{Bencher, black_box};
use room_review::detect::{Hit, flood, links, pii, terms};
use room_review::event::{ReviewRequest, ReviewResponse};
use room_review::review::{Decision, review};
use room_review::rules::Ruleset;
use room_review::text::Text;
use std::sync::LazyLock;

static RULES: LazyLock<Ruleset> = LazyLock::new(Ruleset::builtin);

/// A request as IVS Chat sends it, but for its content.
const REQUEST: &str = r#"{"Content":"what a clean shot, well played","MessageId":"Xx0x0xXXXxXX","RoomArn":
"arn:aws:ivschat:us-west-2:123456789012:room/AbCdEfGhIjKl","Attributes":{"color":"teal"},
"Sender":{"UserId":"u1","Attributes":{"role":"viewer"},"Ip":"192.0.2.1"}}"#;

/// In bytes.
const SIZES: [usize; 4] = [500, 5_000, 50_000, 100_000];

fn main() {
    divan::main();
}

/// Times `run` over each piece that makes `detector` work, at every size.
fn by_size(bencher: Bencher, size: usize, pieces: &[&str], run: impl Fn(&str, &Text) + Sync) {
    let messages: Vec<(String, Text)> = pieces
        .iter()
        .map(|piece| {
            let content = hostile::bytes(piece, size);
            let text = Text::fold(&content);
            (content, text)
        })
        .collect();
    let bytes: usize = messages.iter().map(|(content, _)| content.len()).sum();
    bencher.counter(BytesCount::new(bytes)).bench(|| {
        for (content, text) in &messages {
            run(black_box(content), text);
        }
    });
}

fn collect<'r>(find: impl FnOnce(&mut Vec<Hit<'r>>)) -> Vec<Hit<'r>> {
    let mut hits = Vec::new();
    find(&mut hits);
    black_box(hits)
}

#[divan::bench(args = SIZES)]
fn links_in_dots_schemes_and_hosts(bencher: Bencher, size: usize) {
    by_size(bencher, size, &[".", "a.", "http://", "@", "a.co."], |content, text| {
        collect(|hits| links::find(content, text, RULES.links(), hits));
    });
}

#[divan::bench(args = SIZES)]
fn personal_data_in_digits_and_signs(bencher: Bencher, size: usize) {
    by_size(bencher, size, &["4", "1234567 ", "4111 1111 1111 1111 ", "@", "a@b "], |content, text| {
        collect(|hits| pii::find(content, text, hits));
    });
}

#[divan::bench(args = SIZES)]
fn flooding_with_one_emoji_and_marks(bencher: Bencher, size: usize) {
    by_size(bencher, size, &["😀", "a\u{301}\u{301}\u{301}", "\u{301}", ".", "a "], |content, text| {
        collect(|hits| flood::find(content, text, RULES.policy().flood(), hits));
    });
}

#[divan::bench(args = SIZES)]
fn terms_in_profanity(bencher: Bencher, size: usize) {
    by_size(bencher, size, &["fuck ", "f.v.c.k $h1t ", "kill your self ", "1!|l"], |content, text| {
        collect(|hits| terms::find(content, text, &RULES, hits));
    });
}

#[divan::bench(args = SIZES)]
fn folding_of_everything(bencher: Bencher, size: usize) {
    let pieces: Vec<&str> = hostile::PIECES.iter().map(|(_, piece)| *piece).collect();
    by_size(bencher, size, &pieces, |content, _| {
        black_box(Text::fold(content));
    });
}

#[divan::bench]
fn decode() {
    let request = ReviewRequest::from_json(black_box(REQUEST)).expect("a good request");
    assert_eq!(black_box(request).content, "what a clean shot, well played");
}

#[divan::bench]
fn review_of_a_clean_message(bencher: Bencher) {
    let request = ReviewRequest::from_json(REQUEST).expect("a good request");
    bencher.bench(|| assert_eq!(review(&RULES, black_box(&request)).decision, Decision::Allow));
}

#[divan::bench]
fn encode(bencher: Bencher) {
    let request = ReviewRequest::from_json(REQUEST).expect("a good request");
    bencher.bench(|| {
        let response = ReviewResponse::allow(black_box(&request));
        serde_json::to_string(&response).expect("a response is strings")
    });
}

#[divan::bench]
fn set_up_of_the_built_in_rules() -> Ruleset {
    Ruleset::builtin()
}
