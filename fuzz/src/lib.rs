//! What the fuzz targets do with an input: each takes any bytes and panics where something that is promised does not hold. The same
//! functions take the corpora and what was found in `tests/fuzzed.rs`, an ordinary test.

#[path = "../../tests/support/promises.rs"]
mod promises;
mod replay;

use room_review::event::{LogRecord, ReviewRequest, objects};
use room_review::handler::{Handler, Payload};
use room_review::lint::lint;
use room_review::rules::{Mistakes, Ruleset, terms_of};
use room_review::telemetry::Telemetry;
use std::path::{Path, PathBuf};
use std::sync::LazyLock;
use std::{fs, io};

static BUILTIN: LazyLock<Ruleset> = LazyLock::new(Ruleset::builtin);

/// The payload of an invocation, as the function gets it.
///
/// # Panics
/// It is answered with what is no response, or a promise of the review is broken.
pub fn event(bytes: &[u8]) {
    static HANDLER: LazyLock<Handler> =
        LazyLock::new(|| Handler::new(Ruleset::builtin(), Telemetry::new(Box::new(io::sink()), 128)));
    let Ok(payload) = serde_json::from_slice::<Payload>(bytes) else { return };
    match (HANDLER.handle(&payload), payload.json().and_then(ReviewRequest::from_json)) {
        (Ok(response), Ok(request)) => {
            let response: serde_json::Value = serde_json::from_str(response.get()).expect("a response is JSON");
            assert!(response["ReviewResult"].is_string() && response["Content"].is_string());
            keeps(&BUILTIN, &request);
        }
        (Err(error), Err(same)) => assert!(error == same && error.to_string().len() < 200),
        (answer, request) => panic!("{answer:?} to {request:?}"),
    }
    if let Ok(json) = str::from_utf8(bytes) {
        let read: usize = objects(json).filter_map(Result::ok).map(str::len).sum();
        assert!(read <= json.len());
        let _ = LogRecord::from_json(json);
    }
}

/// A message; what follows a NUL is an attribute's value.
///
/// # Panics
/// A promise of the review is broken.
pub fn text(bytes: &[u8]) {
    let text = String::from_utf8_lossy(bytes);
    let (content, attribute) = text.split_once('\0').map_or((&*text, None), |(content, rest)| (content, Some(rest)));
    if !content.is_empty() {
        keeps(&BUILTIN, &request(content, attribute));
    }
}

/// A folder of rules: a pack, then after a NUL each the policy, the hosts, and a list of words.
///
/// # Panics
/// A mistake has no place in the files, or a promise of a review by these rules is broken.
pub fn rules(bytes: &[u8]) {
    static FOLDER: LazyLock<PathBuf> = LazyLock::new(|| scratch("rules"));
    const FILES: [&str; 4] = ["terms/own.toml", "policy.toml", "links/own.toml", "languages/nl.txt"];
    let mut pieces = bytes.split(|&byte| byte == 0);
    let pieces: [&[u8]; 4] = std::array::from_fn(|_| pieces.next().unwrap_or_default());
    for (name, piece) in FILES.iter().zip(pieces) {
        let path = FOLDER.join(name);
        fs::create_dir_all(path.parent().expect("it is in the folder")).expect("a folder of ours");
        fs::write(path, piece).expect("a file of ours");
    }
    let linted = lint(&FOLDER);
    match Ruleset::load(Some(&FOLDER)) {
        Ok(rules) => {
            let term = |line: &str| line.split('"').nth(1).map(terms_of).unwrap_or_default();
            let pack = String::from_utf8_lossy(pieces[0]);
            for word in pack.lines().flat_map(term).take(20).filter(|word| !word.is_empty()) {
                keeps(&rules, &request(&word, Some(&word)));
            }
            keeps(&rules, &request("hello, fuck you all at evil.com", None));
        }
        Err(Mistakes(mistakes)) => {
            assert!(!mistakes.is_empty() && !linted.mistakes.is_empty(), "{linted:?}");
            for mistake in mistakes {
                let is_own = |name: &&str| mistake.file == FOLDER.join(name);
                let name = FILES.iter().position(is_own).expect("one of the files");
                let lines = pieces[name].split(|&byte| byte == b'\n').count();
                assert!(mistake.line <= lines, "{mistake}");
                // Only what is no UTF-8 has no place.
                assert!(mistake.line > 0 || str::from_utf8(pieces[name]).is_err(), "{mistake}");
            }
        }
    }
}

/// A chat log: lines, a document of CloudWatch, or either packed.
///
/// # Panics
/// A review or the replay panics, or a report can not be read.
pub fn logs(bytes: &[u8]) {
    static FOLDER: LazyLock<PathBuf> = LazyLock::new(|| scratch("logs"));
    static NONE: LazyLock<Ruleset> = LazyLock::new(|| {
        let empty = scratch("no_rules");
        Ruleset::load_alone(&empty).expect("an empty folder has no mistake")
    });
    let log = FOLDER.join("123456789012_IVSChatLogs_1.0_us-west-2_room_g1H2_20221014T1740Z_1766dcbc.log");
    fs::write(&log, bytes).expect("a file of ours");
    replay::replay(log, &BUILTIN, &NONE, bytes.len() % 2 == 1);
}

fn keeps(rules: &Ruleset, request: &ReviewRequest<'_>) {
    if let Err(broken) = promises::keeps(rules, request) {
        panic!("{broken}");
    }
}

fn request<'a>(content: &'a str, attribute: Option<&'a str>) -> ReviewRequest<'a> {
    let pairs = attribute.map(|value| vec![("key".into(), value.into())]);
    let attributes = pairs.map(room_review::event::Attributes::new).unwrap_or_default();
    ReviewRequest { content: content.into(), attributes, ..ReviewRequest::default() }
}

/// A folder for this process alone.
fn scratch(name: &str) -> PathBuf {
    let shared = Path::new("/dev/shm");
    let parent = if shared.is_dir() { shared.to_owned() } else { std::env::temp_dir() };
    let folder = parent.join(format!("room-review-fuzz-{}", std::process::id())).join(name);
    fs::create_dir_all(&folder).expect("a folder of ours");
    folder
}
