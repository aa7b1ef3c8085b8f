//! Puts a rule set together: the built-in packs, the operator's layer over them, and the policy of both.

use super::automaton::Automaton;
use super::builtin;
use super::compile::Compiled;
use super::folder::{files, read_packs, read_words};
use super::layer::Layer;
use super::overrides;
use super::source::{Mistake, Mistakes, Source};
use super::words::Words;
use crate::detect::links::LinkRules;
use crate::policy::Policy;
use std::env;
use std::path::{Path, PathBuf};

/// Where a Lambda layer puts an operator's rules.
const LAYER: &str = "/opt/rules";

/// The folder of an operator's rules for a function: `RULES_DIR`, or that of a layer where there is one.
pub fn operator_dir() -> Option<PathBuf> {
    let layer = || Path::new(LAYER).is_dir().then(|| LAYER.into());
    env::var_os("RULES_DIR").map(PathBuf::from).or_else(layer)
}

/// Everything that a review needs to know, ready to use.
#[derive(Clone, Debug)]
pub struct Ruleset {
    layers: Vec<Layer>,
    words: Words,
    policy: Policy,
    links: LinkRules,
    version: String,
}

impl Ruleset {
    /// The rules that come with Room Review. They were checked and compiled when it was built.
    ///
    /// # Panics
    /// Never: the build script has parsed the policy that is parsed here.
    pub fn builtin() -> Self {
        Self {
            layers: vec![builtin::layer()],
            words: builtin::words(),
            policy: serde_json::from_str::<Policy>(builtin::POLICY)
                .expect("the build script has parsed this policy")
                .joined(),
            links: LinkRules::default(),
            version: builtin::VERSION.to_owned(),
        }
    }

    /// The built-in rules, and those of an operator's folder over them: its packs are added, its policy overrides key by
    /// key, and what it disables is off. Without a folder, the built-in rules.
    ///
    /// # Errors
    /// Every mistake in the folder's files.
    pub fn load(dir: Option<&Path>) -> Result<Self, Mistakes> {
        let Some(dir) = dir else { return Ok(Self::builtin()) };
        if !dir.is_dir() {
            let message = "is not a folder that can be read".into();
            return Err(Mistakes(vec![Mistake { file: dir.to_owned(), line: 0, column: 0, rule: None, message }]));
        }
        let mut mistakes = Vec::new();
        let overrides = keep(overrides::read(dir), &mut mistakes);
        let layer = keep(read_packs(dir).and_then(ready), &mut mistakes);
        let words = keep(read_words(dir), &mut mistakes);
        let (Some(overrides), Some(layer), Some(words)) = (overrides, layer, words) else {
            return Err(Mistakes(mistakes));
        };
        let mut rules = Self::builtin();
        if !overrides.builtin {
            rules.layers.clear();
        }
        if !layer.rules.is_empty() {
            rules.layers.push(layer);
        }
        rules.words.extend(&words);
        rules.links = keep(read_links(dir), &mut mistakes).flatten().unwrap_or(rules.links);
        overrides.apply(&mut rules.layers, &mut rules.policy, &mut mistakes);
        rules.version = format!("{}+{:016x}", rules.version, overrides::fingerprint(dir));
        if mistakes.is_empty() { Ok(rules) } else { Err(Mistakes(mistakes)) }
    }

    /// The rules of a folder with nothing built in but the policy and the word lists: what a rule author tries out.
    ///
    /// # Errors
    /// Every mistake in the folder's files.
    pub fn load_alone(dir: &Path) -> Result<Self, Mistakes> {
        let mut rules = Self::load(Some(dir))?;
        let own = read_packs(dir).and_then(ready).map_err(Mistakes)?;
        rules.layers = vec![own];
        Ok(rules)
    }

    /// The compiled rules, the built-in ones first.
    pub fn layers(&self) -> &[Layer] {
        &self.layers
    }

    /// Everyday words of the languages.
    pub fn words(&self) -> &Words {
        &self.words
    }

    /// What is done about hits.
    pub fn policy(&self) -> &Policy {
        &self.policy
    }

    /// Allowed and denied hosts.
    pub fn links(&self) -> &LinkRules {
        &self.links
    }

    /// Names this state of the rules in logs.
    pub fn version(&self) -> &str {
        &self.version
    }
}

/// The hosts of `dir/links/`, if it has a file; a list that the file does not give is the built-in one.
fn read_links(dir: &Path) -> Result<Option<LinkRules>, Vec<Mistake>> {
    let mut mistakes = Vec::new();
    let paths = files(&dir.join("links"), "toml", &mut mistakes);
    if let [_, second, ..] = paths.as_slice() {
        let message = "one file of links is enough: its lists are the whole of them".into();
        mistakes.push(Mistake { file: second.clone(), line: 0, column: 0, rule: None, message });
    }
    if !mistakes.is_empty() {
        return Err(mistakes);
    }
    let read = |path: &PathBuf| Source::read(path, path).and_then(|source| source.toml::<LinkRules>());
    paths.first().map(read).transpose().map_err(|mistake| vec![mistake])
}

/// The layer with its automaton.
fn ready(compiled: Compiled) -> Result<Layer, Vec<Mistake>> {
    let automaton = Automaton::new(&compiled.keys)
        .map_err(|message| vec![Mistake { file: "rules".into(), line: 0, column: 0, rule: None, message }])?;
    Ok(Layer { automaton, ..compiled.layer })
}

/// The value, or none and the mistakes kept.
fn keep<T>(result: Result<T, Vec<Mistake>>, mistakes: &mut Vec<Mistake>) -> Option<T> {
    result.map_err(|more| mistakes.extend(more)).ok()
}
