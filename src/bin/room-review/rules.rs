//! `room-review rules`: lists rules, and shows one with everything that it says.

use crate::catalog::{self, Entry, Origin, Written};
use crate::output::escaped;
use crate::replay::text::count;
use crate::{UNREADABLE, WRONG};
use clap::builder::PossibleValuesParser;
use room_review::detect::{Category, Severity};
use room_review::rules::{Inflect, Ruleset, Spanned, language_bit, unknown_language};
use serde_json::{Value, json};
use std::io::{self, BufWriter, Write};
use std::path::Path;
use std::process::ExitCode;

/// List the rules, or show one with its terms, examples and reasons
#[derive(clap::Args)]
pub struct Args {
    /// The id of a rule, which is shown, or the beginning of ids (`en.hate`), which are listed
    id: Option<String>,
    /// Only rules of this language: an ISO 639-1 code, or * for none
    #[arg(long, short, value_name = "CODE")]
    language: Option<String>,
    /// Only rules of this category
    #[arg(long, short, value_parser = PossibleValuesParser::new(Category::ALL.map(Category::name)))]
    category: Option<String>,
    /// Only rules of this severity
    #[arg(long, short, value_parser = PossibleValuesParser::new(Severity::ALL.map(Severity::name)))]
    severity: Option<String>,
    /// Only rules whose id, terms, examples or reason contain this text
    #[arg(long, short)]
    text: Option<String>,
    /// Only rules of the folder of your own
    #[arg(long)]
    own: bool,
    /// One JSON object a line with everything that the rule says
    #[arg(long)]
    json: bool,
}

/// Lists, or shows.
pub fn run(rules: &Ruleset, dir: Option<&Path>, args: &Args) -> io::Result<ExitCode> {
    if let Some(code) = args.language.as_ref().filter(|code| *code != "*" && language_bit(code).is_none()) {
        eprintln!("{}", unknown_language(code));
        return Ok(UNREADABLE.into());
    }
    let all = catalog::read(rules, dir);
    let mut out = BufWriter::new(io::stdout().lock());
    let one = all.iter().rev().find(|entry| args.id.as_ref() == Some(&entry.id));
    let found: Vec<&Entry> = match one {
        Some(one) => vec![one],
        None => all.iter().filter(|entry| args.asks_for(entry)).collect(),
    };
    if let Some(id) = args.id.as_ref().filter(|id| !all.iter().any(|entry| begins(id, &entry.id))) {
        eprintln!("{}", catalog::no_such_rule(id, all.iter().map(|entry| &*entry.id)));
        return Ok(UNREADABLE.into());
    }
    match one {
        _ if args.json => found.iter().try_for_each(|entry| writeln!(out, "{}", entry_json(entry)))?,
        Some(one) => show(&mut out, one)?,
        None => list(&mut out, &found)?,
    }
    out.flush()?;
    Ok(if found.is_empty() { WRONG.into() } else { ExitCode::SUCCESS })
}

impl Args {
    fn asks_for(&self, entry: &Entry) -> bool {
        let is = |asked: &Option<String>, there: &str| asked.as_ref().is_none_or(|asked| asked == there);
        let own = matches!(&entry.origin, Origin::File(written) if written.own);
        self.id.as_ref().is_none_or(|id| begins(id, &entry.id))
            && is(&self.language, &entry.language)
            && is(&self.category, entry.category.name())
            && is(&self.severity, entry.severity.name())
            && (own || !self.own)
            && self.text.as_ref().is_none_or(|text| says(entry, &text.to_lowercase()))
    }
}

/// Whether a group of ids is asked for that this one belongs to.
fn begins(group: &str, id: &str) -> bool {
    id.strip_prefix(group.trim_end_matches('.')).is_some_and(|rest| rest.is_empty() || rest.starts_with('.'))
}

/// Whether a rule says this text anywhere; in small letters.
fn says(entry: &Entry, text: &str) -> bool {
    let there = |said: &str| said.to_lowercase().replace('|', "").contains(text);
    let lists = match &entry.origin {
        Origin::File(written) => {
            let rule = &written.rule;
            lists(rule).map(|(_, list)| list).into_iter().chain(rule.with.iter().map(Vec::as_slice)).collect()
        }
        Origin::Detector(_) => Vec::new(),
    };
    there(&entry.id) || there(&entry.why) || lists.into_iter().flatten().any(|said| there(said.get_ref()))
}

fn list(out: &mut impl Write, found: &[&Entry]) -> io::Result<()> {
    let width = |of: &dyn Fn(&Entry) -> usize| found.iter().map(|entry| of(entry)).max().unwrap_or(0);
    let (ids, categories) = (width(&|entry| entry.id.len()), width(&|entry| entry.category.name().len()));
    for Entry { id, language, category, severity, action, why, .. } in found {
        let (category, severity, why) = (category.name(), severity.name(), escaped(why));
        writeln!(out, "{id:<ids$}  {language:<2}  {category:<categories$}  {severity:<6}  {action:<5}  {why}")?;
    }
    writeln!(out, "{}", count(found.len(), "rule"))
}

fn show(out: &mut impl Write, entry: &Entry) -> io::Result<()> {
    writeln!(out, "{}", entry.id)?;
    let mut line = |key: &str, value: &str| match value {
        "" => Ok(()),
        _ => writeln!(out, "  {key:<14}{}", escaped(value)),
    };
    line("why", &entry.why)?;
    line("category", entry.category.name())?;
    line("severity", entry.severity.name())?;
    line("action", entry.action)?;
    let Written { rule, file, line: number, own } = match &entry.origin {
        Origin::File(written) => &**written,
        Origin::Detector(detector) => {
            line("found by", "a detector: it is in no file")?;
            return line("for example", &detector.example.repeat(detector.times));
        }
    };
    line("file", &format!("{file}:{number}{}", if *own { "" } else { " (built in)" }))?;
    line("language", &entry.language)?;
    line("needs", if rule.needs_language { "other words of its language around it" } else { "" })?;
    line("accents", if rule.accents { "as its terms are written" } else { "" })?;
    line("alone", if rule.alone { "only as the whole message" } else { "" })?;
    line("harmless in", &texts(&rule.harmless_in).join(", "))?;
    line("endings", inflect(rule.inflect))?;
    line("glue", if rule.glue { "" } else { "not looked for in joined words" })?;
    for (key, list) in lists(rule) {
        for (number, text) in texts(list).into_iter().enumerate() {
            line(if number == 0 { key } else { "" }, text)?;
        }
    }
    for group in &rule.with {
        line("with", &texts(group).join(", "))?;
    }
    Ok(())
}

/// What a rule says in lists, by key.
fn lists(rule: &room_review::rules::RuleSource) -> [(&'static str, &[Spanned<String>]); 7] {
    [
        ("terms", &rule.terms),
        ("regex", &rule.regex),
        ("except", &rule.except),
        ("near", &rule.near),
        ("unless_near", &rule.unless_near),
        ("hits", &rule.hits),
        ("misses", &rule.misses),
    ]
}

fn texts(list: &[Spanned<String>]) -> Vec<&str> {
    list.iter().map(|text| text.get_ref().as_str()).collect()
}

const fn inflect(inflect: Inflect) -> &'static str {
    match inflect {
        Inflect::None => "none",
        Inflect::Noun => "noun",
        Inflect::Verb => "verb",
    }
}

fn entry_json(entry: &Entry) -> Value {
    let mut all = json!({
        "id": entry.id,
        "language": entry.language,
        "category": entry.category.name(),
        "severity": entry.severity.name(),
        "action": entry.action,
        "why": entry.why,
    });
    if let Origin::File(written) = &entry.origin {
        let Written { rule, file, line, own } = &**written;
        all["file"] = json!(file);
        all["line"] = json!(line);
        all["own"] = json!(own);
        all["inflect"] = json!(inflect(rule.inflect));
        all["needs_language"] = json!(rule.needs_language);
        all["accents"] = json!(rule.accents);
        all["alone"] = json!(rule.alone);
        all["harmless_in"] = json!(texts(&rule.harmless_in));
        all["glue"] = json!(rule.glue);
        for (key, list) in lists(rule) {
            all[key] = json!(texts(list));
        }
        all["with"] = json!(rule.with.iter().map(|group| texts(group)).collect::<Vec<_>>());
    }
    all
}
