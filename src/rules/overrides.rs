//! The operator's `policy.toml`: what it changes of the built-in one.

use super::folder::Folder;
use super::layer::{Layer, Rule};
use super::source::{Mistake, Source};
use super::wording;
use crate::detect::Severity;
use crate::policy::Policy;
use toml::{Table, Value};

/// An operator's `policy.toml`, read; nothing where there is none or it can not be read.
pub struct Overrides(Option<Written>);

/// The most ids of rules to disable.
const MOST_DISABLED: usize = 1000;

/// The most unknown ids that are told of at once.
const MOST_UNKNOWN: usize = 50;

struct Written {
    source: Source,
    /// What the file says by itself. It has the places of what it says, and defaults for what it does not.
    policy: Policy,
    /// What it says and nothing else.
    table: Table,
}

/// Reads the folder's `policy.toml`, if there is one, and tells every mistake in it.
pub fn read(folder: &Folder) -> (Overrides, Vec<Mistake>) {
    let Some(source) = folder.part("policy.toml").next().cloned() else { return (Overrides(None), Vec::new()) };
    // Read by itself first: merged into the built-in policy, it has no places any more.
    let (policy, mistakes) = source.toml::<Policy>();
    let written = policy.zip(toml::from_str(&source.text).ok());
    (Overrides(written.map(|(policy, table)| Written { source, policy, table })), mistakes)
}

impl Overrides {
    /// Whether the built-in rules are there at all.
    pub fn builtin(&self) -> bool {
        self.0.as_ref().is_none_or(|written| written.policy.builtin)
    }

    /// Turns rules off and policy keys over; what can not be done is a mistake.
    pub fn apply(&self, layers: &mut [Layer], policy: &mut Policy, mistakes: &mut Vec<Mistake>) {
        let Some(Written { source, policy: own, table }) = &self.0 else { return };
        let mut unknown_ids = 0;
        for id in own.disable.iter().take(MOST_DISABLED) {
            // Looking for what was meant takes longer than all the rest.
            if !disable(id.get_ref(), layers) && unknown_ids < MOST_UNKNOWN {
                unknown_ids += 1;
                mistakes.push(source.mistake(id.span(), None, unknown(id.get_ref(), layers)));
            }
        }
        if let Some(id) = own.disable.get(MOST_DISABLED) {
            let message = format!("more than {MOST_DISABLED} ids: name the groups of these rules");
            mistakes.push(source.mistake(id.span(), None, message));
        }
        // Key by key over the built-in policy.
        let mut merged: Table =
            serde_json::from_str(super::builtin::POLICY).expect("the build script has parsed this policy");
        spell_out(&mut merged, table);
        let mut over = table.clone();
        over.remove("disable");
        merge(&mut merged, &over);
        match Value::Table(merged).try_into::<Policy>() {
            Ok(merged) => {
                *policy = merged.joined();
                policy.disable.clone_from(&own.disable);
            }
            // What is wrong was found in the file itself.
            Err(_) if !mistakes.is_empty() => {}
            Err(error) => mistakes.push(Mistake::of_file(&source.path, error.message())),
        }
    }
}

/// Turns the rules off that `id` covers; whether there are any.
fn disable(id: &str, layers: &mut [Layer]) -> bool {
    let mut known = false;
    for layer in layers {
        if layer.rules.iter().any(|rule| covers(id, rule)) {
            known = true;
            layer.rules.to_mut().iter_mut().filter(|rule| covers(id, rule)).for_each(|rule| rule.off = true);
        }
    }
    known
}

/// That there is no such rule, and which one was most likely meant.
fn unknown(id: &str, layers: &[Layer]) -> String {
    let mut ids: Vec<&str> = layers.iter().flat_map(|layer| layer.rules.iter()).map(|rule| &*rule.id).collect();
    let groups: Vec<&str> = ids.iter().flat_map(|id| id.match_indices('.').map(|(dot, _)| &id[..dot])).collect();
    ids.extend(groups);
    let near = wording::nearest(id, &ids).map(|near| format!("; did you mean {near:?}?")).unwrap_or_default();
    format!("there is no rule {id:?} and no group of that name{near}")
}

/// Where the file names severities of a category for which the built-in policy has one action: that action for each.
fn spell_out(builtin: &mut Table, file: &Table) {
    let (Some(Value::Table(builtin)), Some(Value::Table(file))) = (builtin.get_mut("actions"), file.get("actions"))
    else {
        return;
    };
    for (category, actions) in builtin.iter_mut() {
        if actions.is_str() && file.get(category).is_some_and(Value::is_table) {
            let each = Severity::ALL.iter().map(|severity| (severity.name().to_owned(), actions.clone()));
            *actions = Value::Table(each.collect());
        }
    }
}

/// Whether `id` names the rule, or a group of rules that it belongs to.
fn covers(id: &str, rule: &Rule) -> bool {
    rule.id.strip_prefix(id).is_some_and(|rest| rest.is_empty() || rest.starts_with('.'))
}

fn merge(into: &mut Table, from: &Table) {
    for (key, value) in from {
        match (into.get_mut(key), value) {
            (Some(Value::Table(into)), Value::Table(from)) => merge(into, from),
            _ => {
                into.insert(key.clone(), value.clone());
            }
        }
    }
}
