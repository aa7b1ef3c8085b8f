//! The rules as they are written: those that come with Room Review, those of the operator's folder, and the detectors'.

use room_review::detect::{Category, DETECTOR_RULES, DetectorRule, Severity};
use room_review::rules::{Pack, Rule, RuleSource, Ruleset, Source, nearest, pack_files};
use std::collections::HashMap;
use std::path::Path;

// PACKS: the path and the text of every built-in pack.
include!(concat!(env!("OUT_DIR"), "/pack_sources.rs"));

/// A rule, and what becomes of what it finds.
pub struct Entry {
    /// Its id.
    pub id: String,
    /// The language of its words, `*` for none.
    pub language: String,
    /// Its category.
    pub category: Category,
    /// Its severity.
    pub severity: Severity,
    /// What is done where no room says otherwise: `allow`, `mask` or `deny`; `off` where it is not in use.
    pub action: &'static str,
    /// Why there is such a rule, in one line.
    pub why: String,
    /// Where it comes from.
    pub origin: Origin,
}

/// Where a rule comes from.
pub enum Origin {
    /// A file.
    File(Box<Written>),
    /// A detector that has it by itself.
    Detector(&'static DetectorRule),
}

/// A rule in a file.
pub struct Written {
    /// The rule.
    pub rule: RuleSource,
    /// The file, as it is shown.
    pub file: String,
    /// The line of its id.
    pub line: usize,
    /// Whether it is one of the operator's.
    pub own: bool,
}

/// Every rule, the built-in ones first, those of detectors last.
pub fn read(rules: &Ruleset, dir: Option<&Path>) -> Vec<Entry> {
    let in_use = rules.layers().iter().flat_map(|layer| layer.rules.iter());
    let in_use: HashMap<&str, Rule<'_>> = in_use.filter(|rule| !rule.off).map(|rule| (rule.id, rule)).collect();
    let mut entries = Vec::new();
    let mut add = |source: &Source, own: bool| {
        let Some(pack) = Pack::read(source).0 else { return };
        for rule in pack.rules {
            let used = in_use.get(rule.id.get_ref().as_str());
            let judged = rules.policy().judge(None, rule.id.get_ref(), pack.category, rule.severity);
            let severity = judged.0;
            let action = used.map_or("off", |_| judged.1.name());
            entries.push(Entry {
                id: rule.id.get_ref().clone(),
                language: pack.language.get_ref().clone(),
                category: pack.category,
                severity,
                action,
                why: rule.why.get_ref().clone(),
                origin: Origin::File(Box::new(Written {
                    file: source.path.display().to_string(),
                    line: source.mistake(rule.id.span(), None, "").line,
                    own,
                    rule,
                })),
            });
        }
    };
    for (path, text) in PACKS {
        add(&Source { path: path.into(), text: text.into() }, false);
    }
    for path in dir.map(pack_files).unwrap_or_default() {
        // What can not be read was said when the rules were loaded.
        if let Ok(source) = Source::read(&path, &path) {
            add(&source, true);
        }
    }
    entries.extend(DETECTOR_RULES.iter().map(|detector| detected(rules, detector)));
    entries
}

/// The ids of the rules that judge messages.
pub fn ids(rules: &Ruleset) -> impl Iterator<Item = &str> {
    let of_terms = rules.layers().iter().flat_map(|layer| layer.rules.iter().map(|rule| rule.id));
    of_terms.chain(DETECTOR_RULES.iter().map(|detector| detector.id))
}

/// That no rule is called that, and which was most likely meant.
pub fn no_such_rule<'i>(id: &str, ids: impl Iterator<Item = &'i str>) -> String {
    let near = nearest(id, &ids.collect::<Vec<_>>()).map(|near| format!("; did you mean {near}?")).unwrap_or_default();
    format!("there is no rule {id:?}, and none whose id begins like that{near}")
}

fn detected(rules: &Ruleset, detector: &'static DetectorRule) -> Entry {
    let policy = rules.policy();
    let (severity, action) = policy.judge(None, detector.id, detector.category, Severity::Strong);
    Entry {
        id: detector.id.to_owned(),
        language: "*".to_owned(),
        category: detector.category,
        severity,
        action: if policy.off.contains(&detector.id) { "off" } else { action.name() },
        why: detector.finds.to_owned(),
        origin: Origin::Detector(detector),
    }
}
