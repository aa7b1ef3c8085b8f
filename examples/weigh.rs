//! Learns how much each word speaks for a scam, of the messages in `rules/weights/`, and writes `rules/weights/words.txt`:
//!
//! ```text
//! cargo run --release --example weigh [-- --try]
//! ```
//!
//! `--try` writes nothing: it learns ten times without a tenth of the messages, and prints what is found of that tenth.

use room_review::detect::weights::enough;
use room_review::text::{Text, tokens};
use std::collections::{BTreeMap, BTreeSet, HashMap};
use std::fmt::Write;
use std::{env, fs};

/// A message of which it is known what it is.
struct Message {
    text: String,
    is_scam: bool,
    /// The numbers of its words, each once.
    words: Vec<usize>,
    /// How many words it has.
    length: usize,
}

/// A word that can be weighed.
#[derive(Default)]
struct Word {
    /// How it is written, and how often.
    written: BTreeMap<String, usize>,
    /// In how many messages it stands.
    messages: usize,
}

/// The inverse of how much large weights cost.
const TRUST: f64 = 1.0;
/// How often the weights are improved: more changes none by one per cent.
const STEPS: usize = 400;
/// The logarithm of the odds at which a message is one of scams.
const SURE: f64 = 2.4;
/// The least weight that is written.
const LEAST: f64 = 4.0;

fn main() -> Result<(), String> {
    let (messages, words) = read()?;
    if env::args().nth(1).is_some_and(|option| option == "--try") {
        try_out(&messages, &words);
        return Ok(());
    }
    let all: Vec<&Message> = messages.iter().collect();
    let weights = learn(&all, &words);
    let mut lines: Vec<String> = words
        .iter()
        .zip(&weights)
        .filter(|(_, weight)| **weight != 0)
        .map(|(word, weight)| {
            let written = word.written.iter().max_by_key(|(written, count)| (**count, std::cmp::Reverse(*written)));
            format!("{} {weight}\n", written.map_or("", |(written, _)| written))
        })
        .collect();
    lines.sort();
    println!("{} words", lines.len());
    fs::write("rules/weights/words.txt", lines.concat()).map_err(|error| format!("rules/weights/words.txt: {error}"))
}

/// The messages, and the words that stand in them.
fn read() -> Result<(Vec<Message>, Vec<Word>), String> {
    let mut messages = Vec::new();
    let (mut numbers, mut words) = (HashMap::new(), Vec::<Word>::new());
    for (name, is_scam) in [("rules/weights/scams.txt", true), ("rules/weights/chat.txt", false)] {
        let lines = fs::read_to_string(name).map_err(|error| format!("{name}: {error}"))?;
        for line in lines.lines().filter(|line| !line.is_empty() && !line.starts_with("# ")) {
            let text = Text::fold(line);
            let mut numbered = BTreeSet::new();
            for token in tokens(&text) {
                let number = *numbers.entry(token.key).or_insert_with(|| {
                    words.push(Word::default());
                    words.len() - 1
                });
                let span = text.glyphs[token.start].span().start..text.glyphs[token.end - 1].span().end;
                let written = written(&line[span]);
                // What is invisible, or joined by marks, may not be read as the same again.
                if tokens(&Text::fold(&written)).map(|token| token.key).eq([token.key]) {
                    *words[number].written.entry(written).or_default() += 1;
                }
                if numbered.insert(number) {
                    words[number].messages += 1;
                }
            }
            messages.push(Message {
                text: line.to_owned(),
                is_scam,
                words: numbered.into_iter().collect(),
                length: tokens(&text).count(),
            });
        }
    }
    Ok((messages, words))
}

/// A word as the file has it: in small letters, and a number that it begins with as 0.
fn written(word: &str) -> String {
    let small = word.to_lowercase();
    let is_number = |ch: char| ch.is_numeric() || matches!(ch, '.' | ',');
    let bare = small.trim_start_matches(|ch: char| !ch.is_alphanumeric());
    let unit = bare.trim_start_matches(is_number);
    match (
        unit.len() < bare.len(),
        bare.len() < small.len() || !unit.is_empty() && !unit.chars().all(char::is_alphanumeric),
    ) {
        (false, _) => small,
        (true, false) => format!("0{unit}"),
        (true, true) => format!("$0{}", unit.trim_start_matches(|ch: char| !ch.is_alphanumeric())),
    }
}

/// The weights of all words, in per cent of what is enough; 0 for most.
fn learn(messages: &[&Message], words: &[Word]) -> Vec<i32> {
    let usual: Vec<bool> = words.iter().map(|word| word.messages > 2 && !word.written.is_empty()).collect();
    let (first, least) = fit(messages, &usual);
    let telling: Vec<bool> = first.iter().map(|weight| (weight * 100.0 / least).abs() >= LEAST).collect();
    let (weights, least) = fit(messages, &telling);
    weights.iter().map(|weight| (weight * 100.0 / least).round().clamp(-127.0, 127.0) as i32).collect()
}

/// Logistic regression: the weights of words that are `used`, and their sum that is enough.
fn fit(messages: &[&Message], used: &[bool]) -> (Vec<f64>, f64) {
    let rows: Vec<Vec<usize>> = messages
        .iter()
        .map(|message| message.words.iter().copied().filter(|&word| used[word]).chain([used.len()]).collect())
        .collect();
    // Each weight moves as far as is safe whatever the others do.
    let mut pace = vec![1.0; used.len() + 1];
    for row in &rows {
        let length: f64 = row.iter().map(|_| 1.0).sum();
        for &word in row {
            pace[word] += TRUST / 4.0 * length;
        }
    }
    let mut weights = vec![0.0; used.len() + 1];
    let (mut ahead, mut momentum) = (weights.clone(), 1.0_f64);
    for _ in 0..STEPS {
        let mut slope = ahead.clone();
        slope[used.len()] = 0.0;
        for (row, message) in rows.iter().zip(messages) {
            let sum: f64 = row.iter().map(|&word| ahead[word]).sum();
            let error = 1.0 / (1.0 + (-sum).exp()) - f64::from(u8::from(message.is_scam));
            for &word in row {
                slope[word] += TRUST * error;
            }
        }
        let next: Vec<f64> = ahead.iter().zip(&slope).zip(&pace).map(|((at, slope), pace)| at - slope / pace).collect();
        let quicker = f64::midpoint(1.0, (1.0 + 4.0 * momentum * momentum).sqrt());
        let push = (momentum - 1.0) / quicker;
        ahead = next.iter().zip(&weights).map(|(next, last)| next + push * (next - last)).collect();
        (weights, momentum) = (next, quicker);
    }
    let least = SURE - weights[used.len()];
    weights.truncate(used.len());
    (weights, least)
}

/// Prints what is found of messages that nothing was learned of.
fn try_out(messages: &[Message], words: &[Word]) {
    let (mut scams, mut found, mut chat, mut touched) = (0, 0, 0, String::new());
    for tenth in 0..10 {
        let (left, right): (Vec<_>, Vec<_>) = messages.iter().enumerate().partition(|(at, _)| at % 10 == tenth);
        let weights = learn(&right.into_iter().map(|(_, message)| message).collect::<Vec<_>>(), words);
        for (_, message) in left {
            let sum: i32 = message.words.iter().map(|&word| weights[word]).sum();
            let is_found = usize::try_from(sum).is_ok_and(|sum| sum >= enough(message.length));
            if message.is_scam {
                scams += 1;
                found += usize::from(is_found);
            } else {
                chat += 1;
                if is_found {
                    let _ = writeln!(touched, "    {}", message.text);
                }
            }
        }
    }
    print!("{touched}");
    println!("scams found   {found}/{scams}");
    println!("chat touched  {}/{chat}", touched.lines().count());
}
