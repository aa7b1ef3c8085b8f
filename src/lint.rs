//! Holds rule files to what they say: every example, near miss, term and exception is tried.

use crate::detect::{Hit, terms};
use crate::rules::{Mistake, Mistakes, Pack, RuleSource, Ruleset, Source, Spanned, pack_files, terms_of};
use crate::text::{Span, Text};
use std::path::Path;

/// Every mistake in the rule files of `dir`: what [`Ruleset::load`] finds, and if that finds nothing, every example that
/// is not caught as drawn, every near miss that is caught, every term that can not be found and every exception that
/// excuses nothing. Sorted by file and line.
pub fn lint(dir: &Path) -> Vec<Mistake> {
    let rules = match Ruleset::load_alone(dir) {
        Ok(rules) => rules,
        Err(Mistakes(mistakes)) => return mistakes,
    };
    let mut mistakes = Vec::new();
    for path in pack_files(dir) {
        let Ok(source) = Source::read(&path, &path) else { continue };
        let Ok(pack) = source.toml::<Pack>() else { continue };
        for rule in &pack.rules {
            Lint { source: &source, rules: &rules, rule, mistakes: &mut mistakes }.rule();
        }
    }
    mistakes.sort_by(|a, b| (&a.file, a.line).cmp(&(&b.file, b.line)));
    mistakes
}

/// One rule while it is looked at.
struct Lint<'a> {
    source: &'a Source,
    rules: &'a Ruleset,
    rule: &'a RuleSource,
    mistakes: &'a mut Vec<Mistake>,
}

impl Lint<'_> {
    fn wrong(&mut self, at: &Spanned<String>, message: String) {
        self.mistakes.push(self.source.mistake(at.span().start, Some(self.rule.id.get_ref()), message));
    }

    fn rule(&mut self) {
        let rule = self.rule;
        if rule.hits.is_empty() {
            self.wrong(&rule.id, "`hits` needs at least one example that the rule must catch".into());
        }
        if rule.misses.is_empty() {
            self.wrong(&rule.id, "`misses` needs at least one near miss that the rule must leave alone".into());
        }
        for example in &rule.hits {
            self.example(example);
        }
        for miss in &rule.misses {
            let caught = self.spans(miss.get_ref()).0;
            if !caught.is_empty() {
                self.wrong(miss, format!("this near miss is caught: {:?}", draw(miss.get_ref(), &caught)));
            }
        }
        for term in &rule.terms {
            self.term(term);
        }
        for except in &rule.except {
            self.except(except);
        }
    }

    /// Where this rule hits in `content`, and which other rules do.
    fn spans(&self, content: &str) -> (Vec<Span>, Vec<String>) {
        let mut hits: Vec<Hit<'_>> = Vec::new();
        terms::find(content, &Text::fold(content), self.rules, &mut hits);
        let own = |hit: &&Hit<'_>| hit.rule == self.rule.id.get_ref();
        let mut spans: Vec<Span> = hits.iter().filter(own).map(|hit| hit.span).collect();
        spans.sort_unstable();
        (spans, hits.iter().filter(|hit| !own(hit)).map(|hit| hit.rule.to_owned()).collect())
    }

    fn example(&mut self, drawn: &Spanned<String>) {
        let content = drawn.get_ref().replace('|', "");
        if drawn.get_ref().matches('|').count() % 2 == 1 || content.len() == drawn.get_ref().len() {
            self.wrong(drawn, "draw bars around what is to be masked: \"a |word| here\"".into());
            return;
        }
        let (spans, others) = self.spans(&content);
        let got = draw(&content, &spans);
        if got == *drawn.get_ref() {
            return;
        }
        self.wrong(
            drawn,
            match (spans.is_empty(), others.first()) {
                (true, Some(other)) => format!("this example is not caught by its own rule, but by {other}"),
                (true, None) => "this example is not caught".into(),
                (false, _) => format!("this example is caught as {got:?}"),
            },
        );
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
        let excuses = |plain: &String| !terms::matches(plain, self.rules, self.rule.id.get_ref()).1.is_empty();
        if !terms_of(written.get_ref()).iter().any(excuses) {
            let message =
                format!("the exception {:?} excuses nothing: no term of the rule is found in it", written.get_ref());
            self.wrong(written, message);
        }
    }
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
