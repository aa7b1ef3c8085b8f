//! `room-review new-rule`: writes a rule to fill in.

use crate::output::at;
use crate::{UNREADABLE, WRONG, catalog};
use clap::builder::PossibleValuesParser;
use room_review::detect::{Category, Severity};
use room_review::rules::{
    Pack, Ruleset, Source, TO_DO, WHAT_AN_ID_IS, is_id, language_bit, pack_files, unknown_language, what_belongs_in,
};
use std::fmt::Write as _;
use std::fs;
use std::io::{self, Write};
use std::path::Path;
use std::process::ExitCode;

/// Write a new rule to fill in, into your folder of rules (--rules)
///
/// What you do not give is a placeholder, and lint says what belongs there. The rule is appended to terms/LANGUAGE/CATEGORY.toml, which is made if it is not there.
#[derive(clap::Args)]
pub struct Args {
    /// The id of the rule: lower case, dots between parts (house.rival)
    id: String,
    /// The language of its words: an ISO 639-1 code, or * for none
    #[arg(long, short, value_name = "CODE")]
    language: String,
    /// The category of the rule
    #[arg(long, short, value_parser = PossibleValuesParser::new(Category::ALL.map(Category::name)))]
    category: String,
    /// How bad it is
    #[arg(long, short, default_value = "strong", value_parser = PossibleValuesParser::new(Severity::ALL.map(Severity::name)))]
    severity: String,
    /// What is looked for (can be repeated)
    #[arg(long, value_name = "TERM")]
    term: Vec<String>,
    /// A message that it must catch, with |bars| around the words (can be repeated)
    #[arg(long, value_name = "MESSAGE")]
    hit: Vec<String>,
    /// A message that it must leave alone (can be repeated)
    #[arg(long, value_name = "MESSAGE")]
    miss: Vec<String>,
    /// What the words do to people, in one line
    #[arg(long, value_name = "LINE")]
    why: Option<String>,
}

/// Writes the rule, unless there is one with its id.
pub fn run(rules: Option<&Path>, args: &Args) -> io::Result<ExitCode> {
    let Some(dir) = rules.filter(|dir| !dir.as_os_str().is_empty()) else {
        eprintln!("say where your rules are: room-review --rules DIR new-rule …");
        return Ok(UNREADABLE.into());
    };
    if args.language != "*" && language_bit(&args.language).is_none() {
        eprintln!("{}", unknown_language(&args.language));
        return Ok(UNREADABLE.into());
    }
    if !is_id(&args.id) {
        eprintln!("{:?}: {WHAT_AN_ID_IS}", args.id);
        return Ok(UNREADABLE.into());
    }
    let builtin = catalog::read(&Ruleset::builtin(), None);
    if own_ids(dir).contains(&args.id) || builtin.iter().any(|entry| entry.id == args.id) {
        eprintln!("there is a rule {} already", args.id);
        return Ok(WRONG.into());
    }
    let name = if args.language == "*" { "any" } else { &args.language };
    let file = dir.join("terms").join(name).join(format!("{}.toml", args.category));
    let head = format!("language = {}\ncategory = {}\n", quoted(&args.language), quoted(&args.category));
    let text = if file.exists() {
        match Source::read(&file, &file) {
            Ok(source) => match wrong_head(&source, args) {
                None => source.text.trim_end().to_owned() + "\n",
                Some(wrong) => {
                    eprintln!("{}: {wrong}", file.display());
                    return Ok(WRONG.into());
                }
            },
            Err(mistake) => {
                eprintln!("{mistake}");
                return Ok(UNREADABLE.into());
            }
        }
    } else {
        if let Some(folder) = file.parent() {
            fs::create_dir_all(folder).map_err(at(folder))?;
        }
        head
    };
    fs::write(&file, format!("{text}\n{}", rule(args))).map_err(at(&file))?;
    let mut out = io::stdout().lock();
    writeln!(out, "wrote {} into {}", args.id, file.display())?;
    writeln!(out, "next: room-review lint {}", dir.display())?;
    Ok(ExitCode::SUCCESS)
}

/// The ids of the rules in a folder, which may be new, and whose rules may not be all there yet.
fn own_ids(dir: &Path) -> Vec<String> {
    let mut ids = Vec::new();
    for path in pack_files(dir) {
        let table = fs::read_to_string(path).ok().and_then(|text| text.parse::<toml::Table>().ok()).unwrap_or_default();
        let rules = table.get("rule").and_then(toml::Value::as_array).into_iter().flatten();
        ids.extend(rules.filter_map(|rule| Some(rule.get("id")?.as_str()?.to_owned())));
    }
    ids
}

/// What keeps the rule from going into this file, if anything does.
fn wrong_head(source: &Source, args: &Args) -> Option<String> {
    let Some(pack) = Pack::read(source).0 else { return Some("can not be read: see room-review lint".to_owned()) };
    let (language, category) = (pack.language.get_ref(), pack.category.name());
    (*language != args.language || category != args.category)
        .then(|| format!("has rules of language {language:?} and category {category:?}"))
}

/// The rule as it is written.
fn rule(args: &Args) -> String {
    let list = |given: &[String], key: &str| match given {
        [] => format!("[{}]", quoted(&placeholder(key))),
        _ => format!("[{}]", given.iter().map(|text| quoted(text)).collect::<Vec<_>>().join(", ")),
    };
    let mut rule = String::from("[[rule]]\n");
    for (key, value) in [
        ("id", quoted(&args.id)),
        ("severity", quoted(&args.severity)),
        ("terms", list(&args.term, "terms")),
        ("hits", list(&args.hit, "hits")),
        ("misses", list(&args.miss, "misses")),
        ("why", quoted(&args.why.clone().unwrap_or_else(|| placeholder("why")))),
    ] {
        let _ = writeln!(rule, "{key} = {value}");
    }
    rule
}

fn placeholder(key: &str) -> String {
    // In single words: the example in it has quotes and bars of its own.
    format!("{TO_DO}: {}", what_belongs_in(key).replace('"', "'"))
}

fn quoted(text: &str) -> String {
    toml::Value::from(text).to_string()
}
