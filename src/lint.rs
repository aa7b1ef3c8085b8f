//! Holds rule files to what they say: every example, near miss, term and exception is tried.

use crate::detect::terms::{self, Effort};
use crate::detect::{Hit, names};
use crate::event::ReviewRequest;
use crate::policy::Action;
use crate::review::review;
use crate::rules::{
    Folder, MOST_MISTAKES, Mistake, Pack, RuleSource, Ruleset, Source, Spanned, compile_regex, files, terms_of,
};
use crate::text::{Span, Text};
use std::fs;
use std::ops::Range;
use std::path::Path;

/// What became of looking through a folder of rules.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Linted {
    /// Every mistake, sorted by file and place.
    pub mistakes: Vec<Mistake>,
    /// The number of rules that could be read.
    pub rules: usize,
    /// The number of their terms, as written.
    pub terms: usize,
}

/// Looks for every mistake in the rule files of `dir`: what [`Ruleset::load`] finds; then of each rule without a mistake
/// every example that is not caught as drawn, every near miss that is caught, every term that can not be found and every
/// exception that excuses nothing; and files that nobody reads.
pub fn lint(dir: &Path) -> Linted {
    let folder = Folder::read(dir);
    let (whole, mut mistakes) = Ruleset::read(&folder);
    folder.part("policy.toml").for_each(|source| policy(source, &whole, &mut mistakes));
    let rules = whole.alone(&folder);
    let wrong: Vec<String> = mistakes.iter().filter_map(|mistake| mistake.rule.clone()).collect();
    let mut linted = Linted { mistakes, ..Linted::default() };
    for source in folder.part("terms") {
        let Some(pack) = Pack::read(source).0 else { continue };
        for rule in &pack.rules {
            linted.rules += 1;
            linted.terms += rule.terms.len();
            if !wrong.contains(rule.id.get_ref()) {
                Lint { source, rules: &rules, rule, mistakes: &mut linted.mistakes }.rule();
            }
        }
    }
    unread(dir, &mut linted.mistakes);
    Mistake::sort(&mut linted.mistakes);
    linted
}

/// What only a review can tell of a policy: exceptions that excuse nothing, and a mask that is a hit itself.
fn policy(source: &Source, rules: &Ruleset, mistakes: &mut Vec<Mistake>) {
    let known: Vec<Range<usize>> =
        mistakes.iter().filter(|known| known.file == source.path).map(|known| known.at.clone()).collect();
    for (name, change) in &rules.policy().rules.0 {
        let all = rules.layers().iter().flat_map(|layer| layer.rules.iter());
        let ids: Vec<&str> =
            all.filter(|rule| names(name.get_ref(), rule.id, rule.category)).map(|rule| rule.id).collect();
        for except in change.except.iter().filter(|except| !known.contains(&except.span())) {
            let excuses = |plain: &String| ids.iter().any(|id| !terms::matches(plain, rules, id).0.is_empty());
            if !terms_of(except.get_ref()).iter().any(excuses) {
                let message =
                    format!("{:?} excuses nothing: nothing of {:?} is found in it", except.get_ref(), name.get_ref());
                mistakes.push(source.mistake(except.span(), None, message));
            }
        }
    }
    if let Some(word) = &rules.policy().mask.word {
        let request = ReviewRequest { content: word.get_ref().into(), ..ReviewRequest::default() };
        let findings = review(rules, &request).findings;
        if let Some(found) = findings.iter().find(|found| found.action != Action::Allow) {
            let message = format!("{:?} finds something in this word: it would be masked again", found.rule);
            mistakes.push(source.mistake(word.span(), None, message));
        }
    }
}

/// The folders that are read, and how the files end that are read there.
const READ: [(&str, &str); 3] = [("terms", "toml"), ("links", "toml"), ("languages", "txt")];

/// Files that look like rules and that nobody reads.
fn unread(dir: &Path, mistakes: &mut Vec<Mistake>) {
    // The folder that Room Review is built from has more, which only a build reads.
    let is_same = |path: &Path, text: &str| fs::read(path).is_ok_and(|found| found == text.as_bytes());
    let is_ours = BUILT_IN.iter().all(|(name, text)| is_same(&dir.join(name), text));
    for path in files(dir, |_| true, &mut Vec::new()) {
        let Ok(inside) = path.strip_prefix(dir) else { continue };
        let built_in = BUILT_IN.iter().any(|(name, text)| inside == Path::new(name) && is_same(&path, text))
            || is_ours && inside.starts_with(WEIGHTS);
        if let Some(instead) = read_instead(inside).filter(|_| !built_in) {
            mistakes.push(Mistake::of_file(&path, format!("nobody reads this file: {instead}")));
        }
    }
}

/// What is read in the place of a file, if it is not read and should have been.
fn read_instead(inside: &Path) -> Option<String> {
    let ending = inside.extension().and_then(|ending| ending.to_str()).unwrap_or_default();
    let is_policy = inside.with_extension("") == Path::new("policy");
    if inside.iter().any(|name| name.as_encoded_bytes().starts_with(b".")) || is_policy && ending == "toml" {
        return None;
    }
    if inside.starts_with(WEIGHTS) {
        return Some("what words weigh comes with Room Review".to_owned());
    }
    match READ.iter().find(|(folder, _)| inside.starts_with(folder)) {
        // Notes may stand anywhere.
        Some((_, wanted)) if [*wanted, "md"].contains(&ending) => None,
        Some((folder, wanted)) => Some(format!("those in {folder}/ end in .{wanted}")),
        None if is_policy || ["toml", "txt"].contains(&ending) => {
            Some("rules stand in terms/, hosts in links/, words in languages/, the policy in policy.toml".to_owned())
        }
        None => None,
    }
}

/// What else stands in the folder of the built-in rules, and only a build reads.
const BUILT_IN: [(&str, &str); 2] =
    [("fold.txt", include_str!("../rules/fold.txt")), ("masked.txt", include_str!("../rules/masked.txt"))];

/// The folder there of what words weigh.
const WEIGHTS: &str = "weights";

/// One rule while it is looked at.
struct Lint<'a> {
    source: &'a Source,
    rules: &'a Ruleset,
    rule: &'a RuleSource,
    mistakes: &'a mut Vec<Mistake>,
}

impl Lint<'_> {
    fn wrong(&mut self, at: &Spanned<String>, message: impl Into<String>) {
        if self.mistakes.len() < MOST_MISTAKES {
            self.mistakes.push(self.source.mistake(at.span(), Some(self.rule.id.get_ref()), message));
        }
    }

    fn rule(&mut self) {
        let (rule, rules) = (self.rule, self.rules);
        if rule.hits.is_empty() {
            self.wrong(&rule.id, "`hits` needs at least one example that the rule must catch");
        }
        if rule.misses.is_empty() {
            self.wrong(&rule.id, "`misses` needs at least one near miss that the rule must leave alone");
        }
        if rule.why.get_ref().trim().is_empty() {
            self.wrong(&rule.why, "say in one line what the words do to people, or why the rule is as it is");
        }
        for hit in &rule.hits {
            example(rules, rule.id.get_ref(), hit.get_ref()).err().into_iter().for_each(|error| self.wrong(hit, error));
        }
        for miss in &rule.misses {
            near_miss(rules, rule.id.get_ref(), miss.get_ref())
                .err()
                .into_iter()
                .for_each(|error| self.wrong(miss, error));
        }
        for term in &rule.terms {
            self.term(term);
        }
        for except in &rule.except {
            self.except(except);
        }
        self.regexes();
    }

    /// Regular expressions are tried where a term stands, so each match needs one, and each term a match.
    fn regexes(&mut self) {
        let rule = self.rule;
        if rule.regex.is_empty() {
            return;
        }
        let shown: Vec<&str> = rule.hits.iter().flat_map(|hit| hit.get_ref().split('|').skip(1).step_by(2)).collect();
        let plain: Vec<String> = rule.terms.iter().flat_map(|term| terms_of(term.get_ref())).collect();
        for written in &rule.regex {
            let Ok(regex) = compile_regex(written.get_ref()) else { continue };
            if !shown.iter().any(|shown| regex.is_match(shown)) {
                self.wrong(written, "no example of `hits` shows what this regular expression finds");
            }
            if !needs_one_of(written.get_ref(), &plain) {
                let message = "this regular expression matches what none of the rule's terms stands in, and there it is \
                               never tried: let every way through it have a word of `terms`";
                self.wrong(written, message);
            }
        }
        let shown = shown.join("\n").to_lowercase();
        for term in &rule.terms {
            let is_shown = |plain: &String| plain.split(' ').all(|word| shown.contains(&word.to_lowercase()));
            if !terms_of(term.get_ref()).iter().any(is_shown) {
                self.wrong(term, "no example of `hits` has this term within what a regular expression matches");
            }
        }
    }

    fn term(&mut self, written: &Spanned<String>) {
        for plain in terms_of(written.get_ref()) {
            if terms::matches(&plain, self.rules, self.rule.id.get_ref()).0.is_empty() {
                self.wrong(written, format!("{plain:?} can not be found even where it stands alone"));
                return;
            }
        }
    }

    fn except(&mut self, written: &Spanned<String>) {
        let excused = |text: &str| !terms::matches(text, self.rules, self.rule.id.get_ref()).1.is_empty();
        // Some words are caught only where they are glued to others.
        let excuses = |plain: &String| excused(plain) || excused(&format!("what{plain}there"));
        if !terms_of(written.get_ref()).iter().any(excuses) {
            let message =
                format!("the exception {:?} excuses nothing: no term of the rule is found in it", written.get_ref());
            self.wrong(written, message);
        }
    }
}

/// Whether whatever a regular expression matches has a word of one of these terms in it.
#[cfg(feature = "cli")]
fn needs_one_of(regex: &str, terms: &[String]) -> bool {
    use regex_syntax::hir::{Hir, HirKind};

    fn has(hir: &Hir, words: &[String]) -> bool {
        match hir.kind() {
            HirKind::Literal(literal) => {
                let letters = String::from_utf8_lossy(&literal.0).to_lowercase();
                words.iter().any(|word| letters.contains(word))
            }
            HirKind::Repetition(repetition) => repetition.min > 0 && has(&repetition.sub, words),
            HirKind::Capture(capture) => has(&capture.sub, words),
            HirKind::Concat(all) => all.iter().any(|one| has(one, words)),
            HirKind::Alternation(all) => all.iter().all(|one| has(one, words)),
            HirKind::Empty | HirKind::Class(_) | HirKind::Look(_) => false,
        }
    }

    let words: Vec<String> = terms.iter().flat_map(|term| term.split(' ')).map(str::to_lowercase).collect();
    let parsed = regex_syntax::ParserBuilder::new().unicode(false).utf8(false).build().parse(regex);
    // What only the other parser can read is left to the examples.
    parsed.map_or(true, |hir| has(&hir, &words))
}

/// The same, for builds without the parser of regular expressions: nobody is told of mistakes there.
#[cfg(not(feature = "cli"))]
fn needs_one_of(_: &str, _: &[String]) -> bool {
    true
}

/// Tries an example of the rule with this id: a message with bars around what the rule must find.
///
/// # Errors
/// What is found instead, or why nothing is.
pub fn example(rules: &Ruleset, id: &str, drawn: &str) -> Result<(), String> {
    let content = drawn.replace('|', "");
    if drawn.matches('|').count() % 2 == 1 || content.len() == drawn.len() {
        return Err("draw bars around what is to be masked: \"a |word| here\"".into());
    }
    let (spans, others) = spans(rules, id, &content);
    let got = draw(&content, &spans);
    match (spans.is_empty(), others.first()) {
        _ if got == drawn => Ok(()),
        (true, Some(other)) => Err(format!("this example is not caught by its own rule, but by {other}")),
        (true, None) => Err(format!("this example is not caught: {}", why_not(rules, id, &content))),
        (false, _) => Err(format!("this example is caught as {got:?}")),
    }
}

/// Tries a near miss of the rule with this id.
///
/// # Errors
/// Where the rule finds something in it.
pub fn near_miss(rules: &Ruleset, id: &str, content: &str) -> Result<(), String> {
    let (caught, _) = spans(rules, id, content);
    if caught.is_empty() { Ok(()) } else { Err(format!("this near miss is caught: {:?}", draw(content, &caught))) }
}

/// Where a rule hits in `content`, and which other rules do.
fn spans(rules: &Ruleset, id: &str, content: &str) -> (Vec<Span>, Vec<String>) {
    let mut hits: Vec<Hit<'_>> = Vec::new();
    terms::find(content, &Text::fold(content), rules, &Effort::boundless(), &mut hits);
    let own = |hit: &&Hit<'_>| hit.rule == id;
    let mut spans: Vec<Span> = hits.iter().filter(own).map(|hit| hit.span).collect();
    spans.sort_unstable();
    (spans, hits.iter().filter(|hit| !own(hit)).map(|hit| hit.rule.to_owned()).collect())
}

/// What speaks against a rule's terms in `content`.
fn why_not(rules: &Ruleset, id: &str, content: &str) -> String {
    let rejected = terms::rejected(content, &Text::fold(content), rules);
    let own = rejected.iter().find(|one| one.rule == id);
    own.map_or_else(|| "no term of the rule stands in it".to_owned(), |one| one.because(content))
}

/// `content` with bars around the spans, which are sorted.
pub fn draw(content: &str, spans: &[Span]) -> String {
    let mut out = String::new();
    let mut next = 0;
    for span in spans {
        let (Some(before), Some(inside)) = (content.get(next..span.start), content.get(span.start..span.end)) else {
            continue;
        };
        out.push_str(before);
        out.push('|');
        out.push_str(inside);
        out.push('|');
        next = span.end;
    }
    out.push_str(content.get(next..).unwrap_or_default());
    out
}
