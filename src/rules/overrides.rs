//! The operator's `policy.toml`: what it changes of the built-in one.

use super::folder::files;
use super::layer::{Layer, Rule};
use super::source::{Mistake, Source};
use crate::policy::Policy;
use serde::Deserialize;
use std::path::Path;
use toml::{Spanned, Table, Value};

/// The keys that are about the built-in rules, and the rest, which is policy.
#[derive(Deserialize)]
struct Written {
    #[serde(default = "yes")]
    builtin: bool,
    #[serde(default)]
    disable: Vec<Spanned<String>>,
    #[serde(flatten)]
    policy: Table,
}

fn yes() -> bool {
    true
}

/// An operator's `policy.toml`, read; nothing where there is none.
pub struct Overrides {
    /// Whether the built-in rules are there at all.
    pub builtin: bool,
    disable: Vec<(String, usize)>,
    policy: Table,
    source: Option<Source>,
}

/// Reads `dir/policy.toml`, if there is one.
pub fn read(dir: &Path) -> Result<Overrides, Vec<Mistake>> {
    let path = dir.join("policy.toml");
    if !path.exists() {
        return Ok(Overrides { builtin: true, disable: Vec::new(), policy: Table::new(), source: None });
    }
    let source = Source::read(&path, &path).map_err(|mistake| vec![mistake])?;
    let written = source.toml::<Written>().map_err(|mistake| vec![mistake])?;
    let disable = written.disable.into_iter().map(|id| (id.get_ref().clone(), id.span().start)).collect();
    Ok(Overrides { builtin: written.builtin, disable, policy: written.policy, source: Some(source) })
}

impl Overrides {
    /// Turns rules off and policy keys over; what can not be done is a mistake.
    pub fn apply(&self, layers: &mut [Layer], policy: &mut Policy, mistakes: &mut Vec<Mistake>) {
        let Some(source) = &self.source else { return };
        for (id, at) in &self.disable {
            let mut known = false;
            for layer in layers.iter_mut() {
                if layer.rules.iter().any(|rule| covers(id, rule)) {
                    known = true;
                    layer.rules.to_mut().iter_mut().filter(|rule| covers(id, rule)).for_each(|rule| rule.off = true);
                }
            }
            if !known {
                mistakes.push(source.mistake(*at, None, format!("`disable`: there is no rule {id:?}")));
            }
        }
        if self.policy.is_empty() {
            return;
        }
        // Key by key over the built-in policy; the result is read as a whole, so unknown keys and wrong values show.
        let mut merged: Table =
            serde_json::from_str(super::builtin::POLICY).expect("the build script has parsed this policy");
        merge(&mut merged, &self.policy);
        match Value::Table(merged).try_into::<Policy>() {
            Ok(merged) => *policy = merged.joined(),
            Err(error) => {
                // The merged table has no places any more: look for the key in the file itself.
                let message = error.message().to_owned();
                let at = message.split('`').nth(1).and_then(|key| source.text.find(key)).unwrap_or(0);
                mistakes.push(source.mistake(at, None, message));
            }
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

/// A number for the state of the folder's files, for the version in logs.
pub fn fingerprint(dir: &Path) -> u64 {
    let mut hash = 0xcbf2_9ce4_8422_2325u64;
    for extension in ["toml", "txt"] {
        for path in files(dir, extension, &mut Vec::new()) {
            for byte in std::fs::read(path).unwrap_or_default() {
                hash = (hash ^ u64::from(byte)).wrapping_mul(0x100_0000_01b3);
            }
        }
    }
    hash
}
