//! Reads TOML so that every mistake of a file shows at once, not only the first.

use super::source::{Mistake, Source};
use super::value::{Error, Value};
use super::wording;
use serde::de::DeserializeOwned;
use std::ops::Range;
use toml::de::{DeTable, DeValue};

/// The keys that the tables of any file must have: where one is missing, all that are missing there are named.
const REQUIRED: [&[&str]; 4] = [
    &["language", "category"],
    &["id", "severity", "terms", "hits", "misses", "why"],
    &["attribute", "values", "exempt"],
    &["arn"],
];

impl Source {
    /// What the text says as a `T`, as far as it can be read, and every mistake in it.
    ///
    /// A value that can not be read is left out, and so is a table that lacks something. Of a text that is no TOML, or that
    /// lacks something at its top, nothing is read.
    pub fn toml<T: DeserializeOwned>(&self) -> (Option<T>, Vec<Mistake>) {
        let (table, errors) = DeTable::parse_recoverable(&self.text);
        if !errors.is_empty() {
            return (None, self.syntax(&errors));
        }
        match T::deserialize(Value::from(&table)) {
            Ok(value) => (Some(value), Vec::new()),
            Err(first) => Reader { source: self, out: Vec::new(), mistakes: Vec::new() }.rest(first),
        }
    }

    /// What is wrong with a text that is no TOML: one mistake a line, as one often leads to more.
    fn syntax(&self, errors: &[toml::de::Error]) -> Vec<Mistake> {
        let mut mistakes: Vec<Mistake> = Vec::new();
        for error in errors.iter().take(MOST_OF_A_FILE) {
            let at = error.span().unwrap_or(self.text.len()..self.text.len());
            let written = self.text.get(at.clone()).unwrap_or_default();
            let mistake = self.mistake(at, None, wording::of_syntax(error.message(), written));
            if mistakes.iter().all(|known| known.line != mistake.line) {
                mistakes.push(mistake);
            }
        }
        Mistake::sort(&mut mistakes);
        mistakes
    }
}

/// The most mistakes of a file that are told of at once.
const MOST_OF_A_FILE: usize = 50;

/// About how many bytes are parsed again in search of a next mistake; the first is always told.
const MOST_PARSED: usize = 1 << 19;

/// Reads on after a first mistake: what is wrong is taken out, and the rest read again.
struct Reader<'s> {
    source: &'s Source,
    /// What was taken out.
    out: Vec<Out>,
    mistakes: Vec<Mistake>,
}

/// An entry of a table, or an item of a list, that was taken out.
#[derive(Clone, Debug)]
struct Out {
    /// The bytes that name it, as an error does: its key, its value, or the head of its table.
    at: Range<usize>,
    /// Those of the table that it was in.
    owner: Range<usize>,
    /// Its key, if it had one.
    key: String,
}

impl Reader<'_> {
    fn rest<T: DeserializeOwned>(mut self, first: Error) -> (Option<T>, Vec<Mistake>) {
        // Every mistake costs a parse of the whole file.
        let most = (MOST_PARSED / self.source.text.len().max(1)).clamp(1, MOST_OF_A_FILE);
        let mut next = Err(first);
        loop {
            match next {
                Ok(value) => return (Some(value), self.mistakes),
                Err(_) if self.mistakes.len() >= most => return (None, self.mistakes),
                Err(error) => match self.without(&error) {
                    Some(table) => next = T::deserialize(Value::from(&table)),
                    None => return (None, self.mistakes),
                },
            }
        }
    }

    /// Notes what an error says, and gives the document without the place that it is about, if that can be taken out.
    fn without(&mut self, error: &Error) -> Option<toml::Spanned<DeTable<'_>>> {
        let source = self.source;
        let (mut table, _) = DeTable::parse_recoverable(&source.text);
        let at = error.span().unwrap_or_default();
        let rule = rule_at(table.get_ref(), at.start);
        for out in &self.out {
            take(table.get_mut(), &(0..0), &out.at);
        }
        if let Some(missing) = wording::missing(error.message()) {
            let lacks = self.lacks(table.get_ref(), &at, missing);
            if !lacks.is_empty() {
                self.mistakes.push(source.mistake(at.clone(), rule.as_deref(), wording::of_missing(&lacks)));
            }
        } else {
            let written = source.text.get(at.clone()).unwrap_or_default();
            let message = wording::of_value(error.message(), written);
            self.mistakes.push(source.mistake(at.clone(), rule.as_deref(), message));
        }
        self.out.push(take(table.get_mut(), &(0..0), &at)?);
        Some(table)
    }

    /// The keys that a table lacks, one of which is `missing`, but for those that were there and wrong, or misspelt.
    fn lacks<'k>(&self, root: &DeTable<'_>, at: &Range<usize>, missing: &'k str) -> Vec<&'k str> {
        let only = [missing];
        let asked: &[&'k str] = REQUIRED.into_iter().find(|keys| keys.contains(&missing)).unwrap_or(&only);
        let table = if at.is_empty() { Some(root) } else { table_at(root, at) };
        let is_meant = |out: &Out, key: &str| out.owner == *at && wording::nearest(&out.key, &[key]).is_some();
        let was_wrong = |key: &str| self.out.iter().any(|out| is_meant(out, key));
        let lacks = |key: &str| !was_wrong(key) && table.is_none_or(|table| !table.contains_key(key));
        asked.iter().copied().filter(|key| lacks(key)).collect()
    }
}

/// Takes what these bytes name out of a table, which the bytes `owner` name; the innermost, as the head of a first table in
/// a list names the list too.
fn take(table: &mut DeTable<'_>, owner: &Range<usize>, at: &Range<usize>) -> Option<Out> {
    for (_, value) in table.iter_mut() {
        let own = value.span();
        if let Some(out) = take_within(value.get_mut(), &own, at) {
            return Some(out);
        }
    }
    let is_it = |key: Range<usize>, value: Range<usize>| !at.is_empty() && (key == *at || value == *at);
    let key = table.iter().find(|(key, value)| is_it(key.span(), value.span()))?.0.get_ref().to_string();
    table.remove(&*key);
    Some(Out { at: at.clone(), owner: owner.clone(), key })
}

fn take_within(value: &mut DeValue<'_>, own: &Range<usize>, at: &Range<usize>) -> Option<Out> {
    match value {
        DeValue::Table(table) => take(table, own, at),
        DeValue::Array(items) => {
            for item in items.iter_mut() {
                let own = item.span();
                if let Some(out) = take_within(item.get_mut(), &own, at) {
                    return Some(out);
                }
            }
            let before = items.len();
            *items = items.iter().filter(|item| item.span() != *at).cloned().collect();
            (items.len() < before).then(|| Out { at: at.clone(), owner: own.clone(), key: String::new() })
        }
        _ => None,
    }
}

/// The innermost table that these bytes name.
fn table_at<'t, 'i>(table: &'t DeTable<'i>, at: &Range<usize>) -> Option<&'t DeTable<'i>> {
    table.values().find_map(|value| table_within(value, at))
}

fn table_within<'t, 'i>(value: &'t toml::Spanned<DeValue<'i>>, at: &Range<usize>) -> Option<&'t DeTable<'i>> {
    match value.get_ref() {
        DeValue::Table(table) => table_at(table, at).or((value.span() == *at).then_some(table)),
        DeValue::Array(items) => items.iter().find_map(|item| table_within(item, at)),
        _ => None,
    }
}

/// The id of the `[[rule]]` in which a byte stands.
fn rule_at(root: &DeTable<'_>, byte: usize) -> Option<String> {
    let rules = root.get("rule")?.get_ref().as_array()?;
    let rule = rules.iter().rev().find(|rule| rule.span().start <= byte)?;
    Some(rule.get_ref().get("id")?.get_ref().as_str()?.to_owned())
}
