//! Puts a rule set together: the built-in packs, the operator's layer over them, and the policy of both.

use super::automaton::Automaton;
use super::builtin;
use super::compile::Compiled;
use super::folder::{Folder, read_packs, read_words};
use super::layer::Layer;
use super::overrides;
use super::pattern::Patterns;
use super::source::{Mistake, Mistakes};
use super::weights::Weights;
use super::words::Words;
use crate::detect::links::LinkRules;
use crate::policy::Policy;
use std::env;
use std::path::{Path, PathBuf};

/// Where a Lambda layer puts an operator's rules.
const LAYER: &str = "/opt/rules";

/// The folder that `RULES_DIR` names, even if it is empty: that is refused, as nobody means it.
pub fn named_dir() -> Option<PathBuf> {
    env::var_os("RULES_DIR").map(PathBuf::from)
}

/// The folder of an operator's rules for a function: [`named_dir`], or that of a layer where there is one.
pub fn operator_dir() -> Option<PathBuf> {
    let layer = || Path::new(LAYER).is_dir().then(|| LAYER.into());
    named_dir().or_else(layer)
}

/// Everything that a review needs to know, ready to use.
#[derive(Clone, Debug)]
pub struct Ruleset {
    layers: Vec<Layer>,
    words: Words,
    weights: Weights,
    policy: Policy,
    links: LinkRules,
    /// Exceptions to rules of others, if the operator has any.
    excuses: Option<Layer>,
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
            weights: builtin::weights(),
            policy: builtin::policy().joined(),
            links: LinkRules::default(),
            excuses: None,
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
        match Self::read(&Folder::read(dir)) {
            (rules, mistakes) if mistakes.is_empty() => Ok(rules),
            (_, mistakes) => Err(Mistakes(mistakes)),
        }
    }

    /// The rules of a folder with nothing built in but the policy and the word lists: what a rule author tries out.
    ///
    /// # Errors
    /// Every mistake in the folder's files.
    pub fn load_alone(dir: &Path) -> Result<Self, Mistakes> {
        match Self::read_alone(&Folder::read(dir)) {
            (rules, mistakes) if mistakes.is_empty() => Ok(rules),
            (_, mistakes) => Err(Mistakes(mistakes)),
        }
    }

    /// [`Ruleset::load_alone`] of all that can be read, and every mistake.
    pub(crate) fn read_alone(folder: &Folder) -> (Self, Vec<Mistake>) {
        let (rules, mistakes) = Self::read(folder);
        (rules.alone(folder), mistakes)
    }

    /// These, with the rules of the folder in the place of all of them.
    #[must_use]
    pub(crate) fn alone(self, folder: &Folder) -> Self {
        Self { layers: vec![read_layer(folder).0], weights: Weights::default(), ..self }
    }

    /// [`Ruleset::load`] of all that can be read, and every mistake.
    pub(crate) fn read(folder: &Folder) -> (Self, Vec<Mistake>) {
        let mut rules = Self::builtin();
        let mut mistakes = folder.mistakes.clone();
        let (own, wrong) = read_layer(folder);
        mistakes.extend(wrong);
        let (overrides, wrong) = overrides::read(folder);
        mistakes.extend(wrong);
        if !overrides.builtin() {
            rules.layers.clear();
            rules.weights = Weights::default();
        }
        if !own.rules.is_empty() {
            rules.layers.push(own);
        }
        match read_words(folder) {
            Ok(words) => rules.words.extend(&words),
            Err(wrong) => mistakes.extend(wrong),
        }
        match read_links(folder) {
            Ok(links) => rules.links = links.unwrap_or(rules.links),
            Err(wrong) => mistakes.extend(wrong),
        }
        overrides.apply(&mut rules.layers, &mut rules.policy, &mut mistakes);
        rules.excuses = overrides.excuses(&rules.layers, &mut mistakes);
        Mistake::sort(&mut mistakes);
        rules.version = format!("{}+{:016x}", rules.version, folder.fingerprint());
        (rules, mistakes)
    }

    /// These rules, carried out whatever their policy's mode: what observed rules would do.
    #[must_use]
    pub fn enforcing(mut self) -> Self {
        self.policy.enforce();
        self
    }

    /// The compiled rules, the built-in ones first.
    pub fn layers(&self) -> &[Layer] {
        &self.layers
    }

    /// The operator's exceptions to rules of others: a layer whose terms they are, in rules with the names of those that they
    /// excuse.
    pub fn excuses(&self) -> Option<&Layer> {
        self.excuses.as_ref()
    }

    /// Everyday words of the languages.
    pub fn words(&self) -> &Words {
        &self.words
    }

    /// What words weigh.
    pub fn weights(&self) -> &Weights {
        &self.weights
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

/// The hosts in `links/`, if it has a file; a list that the file does not give is the built-in one.
fn read_links(folder: &Folder) -> Result<Option<LinkRules>, Vec<Mistake>> {
    let mut mistakes = Vec::new();
    if let Some(second) = folder.part("links").nth(1) {
        let message = "one file of links is enough: its lists are the whole of them";
        mistakes.push(Mistake::of_file(&second.path, message));
    }
    let mut links = None;
    for source in folder.part("links") {
        let (read, wrong) = source.toml::<LinkRules>();
        mistakes.extend(wrong);
        links = links.or(read);
    }
    if mistakes.is_empty() { Ok(links) } else { Err(mistakes) }
}

/// The packs of a folder, compiled, with their automaton; and every mistake in them.
fn read_layer(folder: &Folder) -> (Layer, Vec<Mistake>) {
    let (Compiled { layer, keys, patterns }, mut mistakes) = read_packs(folder);
    let (patterns, wrong) = Patterns::new(patterns);
    mistakes.extend(wrong);
    match Automaton::new(&keys) {
        Ok(automaton) => (Layer { automaton, patterns, ..layer }, mistakes),
        Err(message) => {
            mistakes.push(Mistake::of_file(Path::new("terms"), message));
            (Layer::default(), mistakes)
        }
    }
}
