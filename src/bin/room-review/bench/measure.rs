//! Times and counts over made-up chat.

use room_review::detect::terms::tried;
use room_review::event::ReviewRequest;
use room_review::review::{Decision, review};
use room_review::rules::{Layer, Mistakes, Ruleset};
use room_review::text::Text;
use std::collections::HashMap;
use std::hint::black_box;
use std::path::Path;
use std::time::{Duration, Instant};

/// How often everything is timed. The fastest counts: what disturbs only ever slows down.
const ROUNDS: usize = 5;

/// What a set of rules costs.
pub struct Cost {
    /// The time of each message, sorted.
    pub messages: Vec<Duration>,
    /// The time from nothing to rules that are ready.
    pub start: Duration,
    /// How many messages are masked or denied.
    pub stopped: usize,
}

impl Cost {
    /// The time of a message on average.
    pub fn mean(&self) -> Duration {
        self.messages.iter().sum::<Duration>() / u32::try_from(self.messages.len()).unwrap_or(u32::MAX).max(1)
    }

    /// The time that so many of 1,000 messages do not exceed.
    pub fn within(&self, thousandths: usize) -> Duration {
        self.messages.get(self.messages.len().saturating_sub(1) * thousandths / 1000).copied().unwrap_or_default()
    }
}

/// What the built-in rules cost, and in the same rounds those of a folder over them.
///
/// # Errors
/// Every mistake in the folder, when it is read again.
pub fn costs(folder: Option<(&Ruleset, &Path)>, chat: &[String]) -> Result<(Cost, Option<Cost>), Mistakes> {
    let builtin = Ruleset::builtin();
    let requests: Vec<ReviewRequest> =
        chat.iter().map(|content| ReviewRequest { content: content.into(), ..ReviewRequest::default() }).collect();
    let none = |rules| Cost {
        messages: vec![Duration::MAX; requests.len()],
        start: Duration::MAX,
        stopped: requests.iter().filter(|request| review(rules, request).decision != Decision::Allow).count(),
    };
    let (mut before, mut with) = (none(&builtin), folder.map(|(rules, _)| none(rules)));
    for _ in 0..ROUNDS {
        let start = Instant::now();
        black_box(Ruleset::builtin());
        before.start = start.elapsed().min(before.start);
        round(&builtin, &requests, &mut before.messages);
        if let (Some((rules, dir)), Some(with)) = (folder, &mut with) {
            let start = Instant::now();
            black_box(Ruleset::load(Some(dir))?);
            with.start = start.elapsed().min(with.start);
            round(rules, &requests, &mut with.messages);
        }
    }
    for cost in [Some(&mut before), with.as_mut()].into_iter().flatten() {
        cost.messages.sort_unstable();
    }
    Ok((before, with))
}

fn round(rules: &Ruleset, requests: &[ReviewRequest], fastest: &mut [Duration]) {
    for (request, fastest) in requests.iter().zip(fastest) {
        let start = Instant::now();
        black_box(review(rules, black_box(request)));
        *fastest = start.elapsed().min(*fastest);
    }
}

/// How often a rule was tried.
pub struct Tries<'r> {
    /// The id of the rule.
    pub rule: &'r str,
    /// Places where one of its terms was compared with a message letter by letter.
    pub tried: usize,
    /// Those of them where it stands.
    pub found: usize,
    /// Messages with such a place.
    pub messages: usize,
    /// How often one of its regular expressions went through a message.
    pub regexes: usize,
    /// Its terms that were tried, the most tried first.
    pub terms: Vec<Term>,
}

/// How often a term was tried.
pub struct Term {
    /// The term, folded.
    pub term: String,
    /// Places where it was compared.
    pub tried: usize,
    /// Those of them where it stands.
    pub found: usize,
}

/// What one rule was tried so far.
#[derive(Default)]
struct Tally {
    tried: usize,
    found: usize,
    messages: usize,
    regexes: usize,
    /// The number of the last message with a place, plus one.
    last: usize,
    /// That of the last that its regular expressions went through.
    searched: usize,
    /// How often each term was tried and found.
    terms: HashMap<String, [usize; 2]>,
}

/// The rules of these layers that were tried anywhere in the chat, the most tried first.
pub fn tries<'r>(rules: &Ruleset, layers: &'r [Layer], chat: &[String]) -> Vec<Tries<'r>> {
    let mut tallies: HashMap<&str, Tally> = HashMap::new();
    for (number, content) in (1..).zip(chat) {
        let text = Text::fold(content);
        for one in layers.iter().flat_map(|layer| tried(content, &text, layer, rules.words())) {
            let tally = tallies.entry(one.rule).or_default();
            tally.tried += 1;
            tally.found += usize::from(one.found);
            tally.messages += usize::from(tally.last != number);
            tally.last = number;
            // However often its terms stand in a message, each goes through it once.
            if one.regexes > 0 && tally.searched != number {
                (tally.searched, tally.regexes) = (number, tally.regexes + one.regexes);
            }
            let of_term = tally.terms.entry(one.term).or_default();
            of_term[0] += 1;
            of_term[1] += usize::from(one.found);
        }
    }
    let each = tallies.into_iter().map(|(rule, Tally { tried, found, messages, regexes, terms, .. })| {
        let terms = terms.into_iter().map(|(term, [tried, found])| Term { term, tried, found });
        let mut terms: Vec<Term> = terms.collect();
        terms.sort_by(|a, b| (b.tried, b.found, &a.term).cmp(&(a.tried, a.found, &b.term)));
        Tries { rule, tried, found, messages, regexes, terms }
    });
    let mut all: Vec<Tries> = each.collect();
    all.sort_by(|a, b| (b.tried, a.rule).cmp(&(a.tried, b.rule)));
    all
}
