//! The time a message takes, beside what a user would pick instead: rustrict. One table, both in the same run.
//!
//! `cargo bench --bench compare`, on one core: `taskset -c 1 cargo bench --bench compare`. With `-- ours`, only our
//! reviews, once each, or with `-- ours a.co.` of that hostile piece: for `valgrind --tool=callgrind`.

#[path = "../src/bin/room-review/bench/corpus.rs"]
#[allow(dead_code, reason = "of the generator, its kinds are not asked here")]
mod corpus;
mod hostile;

use room_review::event::ReviewRequest;
use room_review::review::{Decision, review};
use room_review::rules::Ruleset;
use rustrict::CensorStr;
use std::hint::black_box;
use std::time::{Duration, Instant};

/// Messages of the corpus.
const MESSAGES: usize = 4_000;

/// How often each is timed; the fastest counts, as what disturbs only ever slows down. `cargo test --bench compare` asks for no
/// times, only whether it runs.
fn rounds() -> usize {
    if std::env::args().any(|arg| arg == "--bench") { 7 } else { 1 }
}

fn main() {
    let rules = Ruleset::builtin();
    let chat = chat();
    let ours = |content: &str| {
        let request = ReviewRequest { content: content.into(), ..ReviewRequest::default() };
        black_box(review(&rules, black_box(&request)));
    };
    let mut args = std::env::args().skip_while(|arg| arg != "ours");
    if args.next().is_some() {
        match args.find_map(|name| hostile::PIECES.iter().find(|(known, _)| *known == name)) {
            Some((_, piece)) => ours(&hostile::code_points(piece, 500)),
            None => chat.iter().for_each(|content| ours(content)),
        }
        return;
    }
    let denied = chat.iter().filter(|content| decision(&rules, content) != Decision::Allow).count();
    let share = denied * 100 / MESSAGES;
    assert!((10..=25).contains(&share), "{share}% of the corpus do not pass: it is not the chat it was");
    let theirs = |content: &str| {
        black_box(black_box(content).is_inappropriate());
    };
    let characters: usize = chat.iter().map(|content| content.chars().count()).sum();
    let long = characters / MESSAGES;
    println!("chat corpus: {MESSAGES} messages of {long} characters on average, {share}% masked or denied");
    let [ours_chat, theirs_chat] = times(&chat, [&ours, &theirs]);
    row("", ["mean", "median", "99%", "slowest"].map(String::from));
    row("room-review", figures(&ours_chat));
    row("rustrict", figures(&theirs_chat));
    let ratio = |at: fn(&[Duration]) -> Duration| {
        format!("1/{:.1}", at(&theirs_chat).as_secs_f64() / at(&ours_chat).as_secs_f64())
    };
    row("ratio", [ratio(mean), ratio(|all| share_of(all, 500)), ratio(|all| share_of(all, 990)), ratio(slowest)]);
    println!("\nhostile, 500 code points and 100,000 bytes");
    row("", ["room-review", "rustrict", "ours long", "ns a byte"].map(String::from));
    for (name, piece) in hostile::PIECES {
        let short = [hostile::code_points(piece, 500)];
        let long = hostile::bytes(piece, 100_000);
        // Apart, as these are no ratios: one of theirs, which takes up to 0.1 s, would empty the caches for the next of ours.
        let [ours_short] = times(&short, [&ours]).map(|times| times[0]);
        let [theirs_short] = times(&short, [&theirs]).map(|times| times[0]);
        let [ours_long] = times(std::slice::from_ref(&long), [&ours]).map(|times| times[0]);
        let a_byte = ours_long.as_nanos() / long.len() as u128;
        row(name, [show(ours_short), show(theirs_short), show(ours_long), a_byte.to_string()]);
    }
}

fn decision(rules: &Ruleset, content: &str) -> Decision {
    review(rules, &ReviewRequest { content: content.into(), ..ReviewRequest::default() }).decision
}

fn chat() -> Vec<String> {
    let mut corpus = corpus::Corpus::new(1);
    let mut next = || {
        let mut content = String::new();
        corpus.next_into(&mut content);
        content
    };
    (0..MESSAGES).map(|_| next()).collect()
}

/// The time of each message, sorted, for each of some runs. They take turns, so that a change of the clock's speed meets all.
fn times<const N: usize>(messages: &[String], runs: [&dyn Fn(&str); N]) -> [Vec<Duration>; N] {
    let mut fastest = runs.map(|_| vec![Duration::MAX; messages.len()]);
    for _ in 0..rounds() {
        for (run, fastest) in runs.iter().zip(&mut fastest) {
            for (content, fastest) in messages.iter().zip(fastest) {
                let start = Instant::now();
                run(content);
                *fastest = start.elapsed().min(*fastest);
            }
        }
    }
    fastest.iter_mut().for_each(|times| times.sort_unstable());
    fastest
}

fn mean(sorted: &[Duration]) -> Duration {
    sorted.iter().sum::<Duration>() / sorted.len() as u32
}

/// The time that `thousandths` of the messages do not exceed.
fn share_of(sorted: &[Duration], thousandths: usize) -> Duration {
    sorted[(sorted.len() - 1) * thousandths / 1_000]
}

fn slowest(sorted: &[Duration]) -> Duration {
    share_of(sorted, 1_000)
}

fn figures(sorted: &[Duration]) -> [String; 4] {
    [mean(sorted), share_of(sorted, 500), share_of(sorted, 990), slowest(sorted)].map(show)
}

fn show(time: Duration) -> String {
    format!("{:.1} µs", time.as_secs_f64() * 1e6)
}

fn row(name: &str, cells: [String; 4]) {
    let [a, b, c, d] = cells;
    println!("{name:24} {a:>12} {b:>12} {c:>12} {d:>12}");
}
