//! What is done about what was found: hits to a decision.

use crate::detect::flood::FloodRules;
use crate::detect::links::LinkRules;
use crate::detect::{Category, Severity};
use serde::Deserialize;
use std::collections::BTreeMap;
use std::time::Duration;

/// What is done about a hit.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Deserialize, serde::Serialize)]
#[serde(rename_all = "lowercase")]
pub enum Action {
    /// Nothing.
    Allow,
    /// The hit is masked or taken out, the rest goes through.
    Mask,
    /// The message is denied.
    Deny,
}

/// Whether verdicts are carried out.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum Mode {
    /// They are.
    #[default]
    Enforce,
    /// They are recorded, and every message goes through unchanged.
    Observe,
}

/// What is answered when there is no verdict.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum Fallback {
    /// The message goes through unchanged.
    Allow,
    /// The message is denied.
    Deny,
}

/// The actions of one category by severity: mild, strong, severe.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Deserialize)]
#[serde(from = "ActionsSource")]
pub struct Actions([Action; 3]);

/// How actions are written: one for all, or each by severity.
#[derive(Deserialize)]
#[serde(
    untagged,
    expecting = "expected \"allow\", \"mask\" or \"deny\", or { mild = …, strong = …, severe = … } of these"
)]
enum ActionsSource {
    Each(EachSource),
    All(Action),
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct EachSource {
    mild: Action,
    strong: Action,
    severe: Action,
}

impl From<ActionsSource> for Actions {
    fn from(source: ActionsSource) -> Self {
        match source {
            ActionsSource::All(action) => Self([action; 3]),
            ActionsSource::Each(each) => Self([each.mild, each.strong, each.severe]),
        }
    }
}

/// How a masked hit looks.
#[derive(Clone, Debug, PartialEq, Eq, Deserialize)]
#[serde(deny_unknown_fields, default)]
pub struct Mask {
    /// Stands for every code point of the hit.
    pub character: char,
}

impl Default for Mask {
    fn default() -> Self {
        Self { character: '*' }
    }
}

/// Categories that a role is exempt from.
#[derive(Clone, Debug, PartialEq, Eq, Deserialize)]
#[serde(untagged, expecting = "expected \"all\" or a list of categories")]
pub enum Exempt {
    /// Every category: the word `all`.
    All(AllWord),
    /// These.
    Some(Vec<Category>),
}

/// The word `all`.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum AllWord {
    /// Every category.
    All,
}

/// Senders who are exempt from categories, by an attribute of their chat token.
#[derive(Clone, Debug, PartialEq, Eq, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Role {
    /// The key of `Sender.Attributes`.
    pub attribute: String,
    /// The values that make the role, compared exactly.
    pub values: Vec<String>,
    /// What the role is exempt from.
    pub exempt: Exempt,
}

impl Role {
    /// Whether a sender of this role is exempt from `category`.
    pub fn exempts(&self, category: Category) -> bool {
        match &self.exempt {
            Exempt::All(_) => true,
            Exempt::Some(categories) => categories.contains(&category),
        }
    }
}

/// The policy of a rule set: `policy.toml`.
#[derive(Clone, Debug, PartialEq, Eq, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Policy {
    /// Whether verdicts are carried out.
    #[serde(default)]
    pub mode: Mode,
    #[serde(default = "default_budget")]
    budget_ms: u32,
    /// What is answered when the budget is spent.
    #[serde(default = "default_fallback")]
    pub on_timeout: Fallback,
    /// What is answered when a review fails.
    #[serde(default = "default_fallback")]
    pub on_internal_error: Fallback,
    /// Keys of message attributes whose values are not text.
    #[serde(default)]
    pub attributes_not_text: Vec<String>,
    #[serde(default)]
    actions: BTreeMap<Category, Actions>,
    #[serde(default)]
    reasons: BTreeMap<String, String>,
    /// How a masked hit looks.
    #[serde(default)]
    pub mask: Mask,
    /// Senders who are exempt.
    #[serde(default)]
    pub roles: Vec<Role>,
    /// Rooms that differ; the first whose pattern fits counts.
    #[serde(default)]
    pub rooms: Vec<Room>,
    /// When something is flooding.
    #[serde(default)]
    flood: FloodRules,
}

/// What is different in some rooms.
#[derive(Clone, Debug, PartialEq, Eq, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Room {
    /// The ARN of a room; `*` stands for any characters.
    pub arn: String,
    #[serde(default)]
    actions: BTreeMap<Category, Actions>,
    /// The hosts of these rooms, instead of those of the rule set.
    pub links: Option<LinkRules>,
}

impl Room {
    /// Whether this is about the room with that ARN.
    pub fn is(&self, arn: &str) -> bool {
        let mut pieces = self.arn.split('*');
        let Some(mut rest) = pieces.next().and_then(|first| arn.strip_prefix(first)) else { return false };
        let mut pieces = pieces.peekable();
        let mut open = false;
        while let Some(piece) = pieces.next() {
            open = true;
            if pieces.peek().is_none() {
                return rest.ends_with(piece);
            }
            let Some(at) = rest.find(piece) else { return false };
            rest = &rest[at + piece.len()..];
        }
        !open && rest.is_empty()
    }
}

fn default_budget() -> u32 {
    150
}

fn default_fallback() -> Fallback {
    Fallback::Deny
}

impl Policy {
    /// The time a review may take before `on_timeout` is answered.
    pub fn budget(&self) -> Duration {
        Duration::from_millis(u64::from(self.budget_ms))
    }

    /// This policy with its parts told of each other: flooding has to leave masked text alone.
    #[must_use]
    pub fn joined(mut self) -> Self {
        self.flood.mask = self.mask.character;
        self
    }

    /// When something is flooding.
    pub const fn flood(&self) -> &FloodRules {
        &self.flood
    }

    /// What is different in the room with this ARN, if anything is.
    pub fn room(&self, arn: &str) -> Option<&Room> {
        self.rooms.iter().find(|room| room.is(arn))
    }

    /// What is done about a hit of this category and severity in a room. A category that the policy does not name is
    /// denied.
    pub fn action(&self, room: Option<&Room>, category: Category, severity: Severity) -> Action {
        let of_room = room.and_then(|room| room.actions.get(&category));
        of_room.or_else(|| self.actions.get(&category)).map_or(Action::Deny, |actions| actions.0[severity as usize])
    }

    /// What the sender of a message denied for `category` is told.
    pub fn reason(&self, category: Category) -> &str {
        self.reasons.get(category.name()).map_or(FALLBACK_REASON, String::as_str)
    }

    /// What the sender is told when there was no verdict.
    pub fn internal_reason(&self) -> &str {
        self.reasons.get("internal").map_or(FALLBACK_REASON, String::as_str)
    }
}

const FALLBACK_REASON: &str = "Your message was not sent.";
