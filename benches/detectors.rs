//! Every stage of a review, over made-up chat, the longest message and hostile ones; how the detectors grow with a message; and
//! what it takes to read rules: `cargo bench --bench detectors`, on one core `taskset -c 1 cargo bench --bench detectors`.
//!
//! Candidates and verification are timed together, as `terms`: both are the library's own affair. `room-review bench` counts the
//! candidates that are verified.
//!
//! Each benchmark asserts what it finds or decides. Hostile pieces are repeated to several sizes; the bytes per second stay what
//! they are where work is linear.

#[path = "../src/bin/room-review/bench/corpus.rs"]
mod corpus;
mod hostile;

use corpus::{Corpus, Kind, Random};
use divan::counter::{BytesCount, ItemsCount};
use divan::{Bencher, black_box};
use room_review::detect::terms::{self, Effort};
use room_review::detect::{Hit, flood, links, pii};
use room_review::event::{ReviewRequest, ReviewResponse};
use room_review::handler::respond;
use room_review::review::{Decision, Finding, review};
use room_review::rewrite::{Rewritten, rewrite};
use room_review::rules::Ruleset;
use room_review::text::Text;
use std::collections::BTreeSet;
use std::fmt::Write;
use std::fs;
use std::ops::RangeInclusive;
use std::path::PathBuf;
use std::sync::LazyLock;

static RULES: LazyLock<Ruleset> = LazyLock::new(Ruleset::builtin);

/// Messages of made-up chat, so many that a time in microseconds is one in nanoseconds for each.
static CHAT: LazyLock<Vec<String>> = LazyLock::new(|| Corpus::new(1).take(1_000).collect());

/// A request as IVS Chat sends it, but for its content.
const REQUEST: &str = r#"{"Content":"what a clean shot, well played","MessageId":"Xx0x0xXXXxXX","RoomArn":
"arn:aws:ivschat:us-west-2:123456789012:room/AbCdEfGhIjKl","Attributes":{"color":"teal"},
"Sender":{"UserId":"u1","Attributes":{"role":"viewer"},"Ip":"192.0.2.1"}}"#;

/// Its answer.
const ANSWER: &str =
    r#"{"ReviewResult":"ALLOW","Content":"what a clean shot, well played","Attributes":{"color":"teal"}}"#;

/// In bytes.
const SIZES: [usize; 4] = [500, 5_000, 50_000, 100_000];

fn main() {
    divan::main();
}

fn request(content: &str) -> ReviewRequest<'_> {
    ReviewRequest { content: content.into(), ..ReviewRequest::default() }
}

/// The decision in a word.
fn decided(decision: &Decision) -> &'static str {
    match decision {
        Decision::Allow => "allow",
        Decision::Rewrite { .. } => "rewrite",
        Decision::Deny { .. } => "deny",
    }
}

/// Times `run` over all of the chat; asserts for how many of its 1,000 messages it says yes.
fn over_chat(bencher: Bencher, expected: RangeInclusive<usize>, run: impl Fn(&str, &Text) -> bool + Sync) {
    let texts: Vec<Text> = CHAT.iter().map(|content| Text::fold(content)).collect();
    bencher.counter(ItemsCount::new(CHAT.len())).bench(|| {
        let yes = CHAT.iter().zip(&texts).filter(|(content, text)| run(black_box(content), text)).count();
        assert!(expected.contains(&yes), "{yes} messages, not {expected:?}");
    });
}

/// Times `run`, which counts hits, over each piece that makes a detector work, at every size; asserts in which it finds any.
fn by_size(bencher: Bencher, size: usize, pieces: &[(&str, bool)], run: impl Fn(&str, &Text) -> usize + Sync) {
    let messages: Vec<(String, Text, &(&str, bool))> = pieces
        .iter()
        .map(|piece| {
            let content = hostile::bytes(piece.0, size);
            let text = Text::fold(&content);
            (content, text, piece)
        })
        .collect();
    let bytes: usize = messages.iter().map(|(content, ..)| content.len()).sum();
    bencher.counter(BytesCount::new(bytes)).bench(|| {
        for (content, text, (piece, found)) in &messages {
            assert_eq!(run(black_box(content), text) > 0, *found, "{piece:?} to {size} bytes");
        }
    });
}

fn hits<'r>(find: impl FnOnce(&mut Vec<Hit<'r>>)) -> usize {
    let mut hits = Vec::new();
    find(&mut hits);
    black_box(hits).len()
}

mod chat_of_1000_messages {
    use super::{
        Bencher, CHAT, Decision, Effort, Finding, ItemsCount, REQUEST, RULES, ReviewRequest, Rewritten, Text,
        black_box, flood, hits, over_chat, pii, request, respond, review, rewrite,
    };

    #[divan::bench]
    fn fold(bencher: Bencher) {
        let mut room = Text::default();
        let expected: usize = CHAT.iter().map(|content| Text::fold(content).glyphs.len()).sum();
        bencher.counter(ItemsCount::new(CHAT.len())).bench_local(|| {
            let mut glyphs = 0;
            for content in CHAT.iter() {
                room.refill(black_box(content));
                glyphs += room.glyphs.len();
            }
            assert_eq!(glyphs, expected);
        });
    }

    #[divan::bench]
    fn terms(bencher: Bencher) {
        over_chat(bencher, 80..=150, |content, text| {
            hits(|hits| super::terms::find(content, text, &RULES, &Effort::boundless(), hits)) > 0
        });
    }

    #[divan::bench]
    fn links(bencher: Bencher) {
        over_chat(bencher, 35..=65, |content, text| {
            hits(|hits| super::links::find(content, text, RULES.links(), hits)) > 0
        });
    }

    #[divan::bench]
    fn personal_data(bencher: Bencher) {
        over_chat(bencher, 1..=20, |content, text| hits(|hits| pii::find(content, text, hits)) > 0);
    }

    #[divan::bench]
    fn flooding(bencher: Bencher) {
        over_chat(bencher, 1..=30, |content, text| {
            hits(|hits| flood::find(content, text, RULES.policy().flood(), hits)) > 0
        });
    }

    /// What is said of each hit: some for every tenth message.
    #[divan::bench]
    fn policy(bencher: Bencher) {
        let requests: Vec<ReviewRequest> = CHAT.iter().map(|content| request(content)).collect();
        let findings: Vec<Finding> = requests.iter().flat_map(|request| review(&RULES, request).findings).collect();
        bencher.counter(ItemsCount::new(findings.len())).bench(|| {
            for Finding { rule, category, severity, .. } in black_box(&findings) {
                let judged = RULES.policy().judge(None, rule, *category, *severity);
                assert_eq!(judged.0, *severity);
            }
        });
    }

    /// Masking alone, of the messages that are masked. The second look at what comes out is a review like any other.
    #[divan::bench(name = "rewrite")]
    fn masking(bencher: Bencher) {
        let requests: Vec<ReviewRequest> = CHAT.iter().map(|content| request(content)).collect();
        let masked: Vec<(&str, Vec<Finding>)> = requests
            .iter()
            .map(|request| (&*request.content, review(&RULES, request)))
            .filter(|(_, verdict)| matches!(verdict.decision, Decision::Rewrite { .. }))
            .map(|(content, verdict)| (content, verdict.findings))
            .collect();
        assert!(masked.len() > 50, "{} messages are masked", masked.len());
        bencher.counter(ItemsCount::new(masked.len())).bench(|| {
            for (content, findings) in &masked {
                let done = rewrite(black_box(content), findings, &RULES.policy().mask, |_| Vec::new());
                assert!(matches!(done, Rewritten::To(_)));
            }
        });
    }

    #[divan::bench]
    fn whole_review(bencher: Bencher) {
        let requests: Vec<ReviewRequest> = CHAT.iter().map(|content| request(content)).collect();
        bencher.counter(ItemsCount::new(requests.len())).bench(|| {
            let verdicts = requests.iter().map(|request| review(&RULES, black_box(request)));
            let stopped = verdicts.filter(|verdict| verdict.decision != Decision::Allow).count();
            assert!((100..=250).contains(&stopped), "{stopped} messages are stopped");
        });
    }

    /// The whole review, and from JSON to JSON.
    #[divan::bench]
    fn decode_review_encode(bencher: Bencher) {
        let quoted = |content: &String| serde_json::to_string(content).expect("a string");
        let payloads: Vec<String> = CHAT
            .iter()
            .map(|content| REQUEST.replace("\"what a clean shot, well played\"", &quoted(content)))
            .collect();
        bencher.counter(ItemsCount::new(payloads.len())).bench(|| {
            for payload in &payloads {
                let request = ReviewRequest::from_json(black_box(payload)).expect("a good request");
                let response = respond(&request, review(&RULES, &request).decision);
                let answer = serde_json::to_string(&response).expect("a response is strings");
                assert!(answer.starts_with("{\"ReviewResult\":\""));
            }
        });
    }
}

mod one_message {
    use super::{
        ANSWER, Bencher, REQUEST, RULES, ReviewRequest, ReviewResponse, black_box, decided, longest, request, review,
    };

    #[divan::bench]
    fn decode() {
        let request = ReviewRequest::from_json(black_box(REQUEST)).expect("a good request");
        assert_eq!(black_box(request).content, "what a clean shot, well played");
    }

    #[divan::bench]
    fn encode(bencher: Bencher) {
        let request = ReviewRequest::from_json(REQUEST).expect("a good request");
        bencher.bench(|| {
            let response = ReviewResponse::allow(black_box(&request));
            assert_eq!(serde_json::to_string(&response).expect("a response is strings"), ANSWER);
        });
    }

    #[divan::bench(args = ["what a clean shot, well played", "what the fuck was that", "go look at evil.example.com now"])]
    fn whole_review(bencher: Bencher, content: &str) {
        let expected = match content {
            _ if content.contains("clean") => "allow",
            _ if content.contains("fuck") => "rewrite",
            _ => "deny",
        };
        let request = request(content);
        bencher.bench(|| assert_eq!(decided(&review(&RULES, black_box(&request)).decision), expected));
    }

    /// Everyday chat, as much of it as a message may have.
    #[divan::bench]
    fn review_of_the_longest(bencher: Bencher) {
        let content = longest();
        let request = request(&content);
        bencher.bench(|| assert_eq!(decided(&review(&RULES, black_box(&request)).decision), "allow"));
    }
}

/// 500 code points of plain messages.
fn longest() -> String {
    let (mut corpus, mut content, mut all) = (Corpus::new(2), String::new(), String::new());
    while all.chars().count() < 500 {
        if corpus.next_into(&mut content) == Kind::Plain {
            all.push_str(&content);
            all.push_str(". ");
        }
    }
    all.chars().take(500).collect()
}

/// Pieces that one stage or another has most to do with, and what is decided of them.
const HOSTILE: [(&str, &str); 8] = [
    ("profane", "deny"),
    ("slurs and exceptions", "rewrite"),
    ("every letter", "allow"),
    ("dots", "rewrite"),
    ("http://a.co/", "deny"),
    ("ligatures", "rewrite"),
    ("only marks", "deny"),
    ("1!|l", "rewrite"),
];

#[divan::bench(args = HOSTILE.map(|one| one.0))]
fn review_of_500_hostile_code_points(bencher: Bencher, name: &str) {
    let piece = hostile::PIECES.iter().find(|known| known.0 == name).expect("a piece").1;
    let expected = HOSTILE.iter().find(|known| known.0 == name).expect("listed").1;
    let content = hostile::code_points(piece, 500);
    let request = request(&content);
    bencher.bench(|| assert_eq!(decided(&review(&RULES, black_box(&request)).decision), expected));
}

mod by_size {
    use super::{Bencher, Effort, RULES, SIZES, Text, black_box, flood, hits, hostile, links, pii, terms};

    #[divan::bench(args = SIZES)]
    fn links_in_dots_schemes_and_hosts(bencher: Bencher, size: usize) {
        let pieces = [(".", false), ("a.", false), ("http://", true), ("@", false), ("http://a.co/ ", true)];
        super::by_size(bencher, size, &pieces, |content, text| {
            hits(|hits| links::find(content, text, RULES.links(), hits))
        });
    }

    #[divan::bench(args = SIZES)]
    fn personal_data_in_digits_and_signs(bencher: Bencher, size: usize) {
        let pieces = [("4", false), ("1234567 ", false), ("4111 1111 1111 1111 ", true), ("@", false), ("a@b ", false)];
        super::by_size(bencher, size, &pieces, |content, text| hits(|hits| pii::find(content, text, hits)));
    }

    #[divan::bench(args = SIZES)]
    fn flooding_with_one_emoji_and_marks(bencher: Bencher, size: usize) {
        let pieces = [("😀", true), ("a\u{301}\u{301}\u{301}", true), ("\u{301}", true), (".", true), ("a ", true)];
        super::by_size(bencher, size, &pieces, |content, text| {
            hits(|hits| flood::find(content, text, RULES.policy().flood(), hits))
        });
    }

    #[divan::bench(args = SIZES)]
    fn terms_in_profanity(bencher: Bencher, size: usize) {
        let pieces = [("fuck ", true), ("f.v.c.k $h1t ", true), ("kill your self ", true), ("1!|l", false)];
        super::by_size(bencher, size, &pieces, |content, text| {
            hits(|hits| terms::find(content, text, &RULES, &Effort::boundless(), hits))
        });
    }

    #[divan::bench(args = SIZES)]
    fn folding_of_everything(bencher: Bencher, size: usize) {
        let pieces = hostile::PIECES.map(|(name, piece)| (piece, name != "only marks"));
        super::by_size(bencher, size, &pieces, |content, _| black_box(Text::fold(content)).glyphs.len());
    }
}

mod set_up {
    use super::{Bencher, ItemsCount, RULES, Ruleset, decided, packs, request, review, words};

    #[divan::bench]
    fn of_the_built_in_rules() -> Ruleset {
        let rules = Ruleset::builtin();
        assert!(!rules.layers().is_empty());
        rules
    }

    /// Reading, checking and compiling 20 packs.
    #[divan::bench(args = [1_000, 2_000, 5_000, 10_000, 20_000], sample_count = 20)]
    fn of_an_operators_terms(bencher: Bencher, count: usize) {
        let words = words(count);
        let dir = packs(&words);
        let load = || Ruleset::load(Some(&dir)).expect("rules without mistakes");
        let rules = load();
        for word in words.iter().step_by(count / 10) {
            let content = format!("such a {word}");
            assert_eq!(decided(&review(&RULES, &request(&content)).decision), "allow", "{word} is made up");
            assert_eq!(decided(&review(&rules, &request(&content)).decision), "rewrite", "{word} is a term");
        }
        bencher.counter(ItemsCount::new(count)).bench(load);
    }
}

/// Words that no language has, of six to twelve letters.
fn words(count: usize) -> Vec<String> {
    let mut random = Random::new("words", "of an operator");
    let mut words = BTreeSet::new();
    while words.len() < count {
        let syllables = 3 + random.below(2);
        let mut word = String::new();
        for _ in 0..syllables {
            word.push_str(random.pick(&["b", "d", "f", "g", "k", "l", "m", "n", "p", "r", "t", "v", "w", "z"]));
            word.push_str(random.pick(&["a", "e", "i", "o", "u", "au", "or"]));
        }
        words.insert(word);
    }
    words.into_iter().collect()
}

/// A folder with these terms in 20 packs, ten in each rule.
fn packs(words: &[String]) -> PathBuf {
    let dir = PathBuf::from(env!("CARGO_TARGET_TMPDIR")).join(format!("set-up-{}", words.len()));
    let terms = dir.join("terms/en");
    fs::create_dir_all(&terms).expect("a folder for packs");
    for (number, words) in words.chunks(words.len().div_ceil(20)).enumerate() {
        let mut pack = "language = \"en\"\ncategory = \"profanity\"\n".to_owned();
        for (rule, words) in words.chunks(10).enumerate() {
            let first = &words[0];
            write!(
                pack,
                "\n[[rule]]\nid = \"pack{number}.rule{rule}\"\nseverity = \"strong\"\nterms = {words:?}\n\
                 hits = [\"such a |{first}|\"]\nmisses = [\"nothing\"]\nwhy = \"Made up.\"\n"
            )
            .expect("a string takes all");
        }
        fs::write(terms.join(format!("pack{number}.toml")), pack).expect("a pack can be written");
    }
    dir
}
