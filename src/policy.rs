//! What is done about what was found: hits to a decision.

mod written;

use crate::detect::flood::FloodRules;
use crate::detect::links::LinkRules;
use crate::detect::{Category, Severity};
use serde::Deserialize;
use std::collections::BTreeMap;
use std::time::Duration;
use toml::Spanned;
use written::{Reason, ReasonFor};

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

/// The actions of one category by severity: mild, strong, severe. What is not written is as it would be without.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Actions([Option<Action>; 3]);

/// How a masked hit looks.
#[derive(Clone, Debug, PartialEq, Eq, Deserialize)]
#[serde(deny_unknown_fields, default)]
pub struct Mask {
    /// Stands for every code point of the hit.
    #[serde(deserialize_with = "written::mask_character")]
    pub character: char,
}

impl Default for Mask {
    fn default() -> Self {
        Self { character: '*' }
    }
}

/// Categories that a role is exempt from.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Exempt {
    /// Every category: the word `all`.
    All,
    /// These.
    Some(Vec<Category>),
}

/// Senders who are exempt from categories, by an attribute of their chat token.
#[derive(Clone, Debug, PartialEq, Eq, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Role {
    /// The key of `Sender.Attributes`.
    #[serde(deserialize_with = "written::some_text")]
    pub attribute: String,
    /// The values that make the role, compared exactly.
    #[serde(deserialize_with = "written::some_values")]
    pub values: Vec<String>,
    /// What the role is exempt from.
    pub exempt: Exempt,
}

impl Role {
    /// Whether a sender of this role is exempt from `category`.
    pub fn exempts(&self, category: Category) -> bool {
        match &self.exempt {
            Exempt::All => true,
            Exempt::Some(categories) => categories.contains(&category),
        }
    }
}

/// The policy of a rule set: `policy.toml`.
#[derive(Clone, Debug, PartialEq, Eq, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Policy {
    /// Whether the rules that come with Room Review are there at all.
    #[serde(default = "yes")]
    pub builtin: bool,
    /// Rules that are off, by their ids or the beginnings of them.
    #[serde(default)]
    pub disable: Vec<Spanned<String>>,
    /// Whether verdicts are carried out.
    #[serde(default)]
    pub mode: Mode,
    #[serde(default = "default_budget", deserialize_with = "written::budget")]
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
    reasons: BTreeMap<ReasonFor, Reason>,
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
    #[serde(deserialize_with = "written::room_arn")]
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

fn yes() -> bool {
    true
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
        let written = |actions: &BTreeMap<Category, Actions>| actions.get(&category)?.0[severity as usize];
        room.and_then(|room| written(&room.actions)).or_else(|| written(&self.actions)).unwrap_or(Action::Deny)
    }

    /// What the sender of a message denied for `category` is told.
    pub fn reason(&self, category: Category) -> &str {
        self.reasons.get(&ReasonFor::from(category)).map_or(FALLBACK_REASON, |reason| &reason.0)
    }

    /// What the sender is told when there was no verdict.
    pub fn internal_reason(&self) -> &str {
        self.reasons.get(&ReasonFor::Internal).map_or(FALLBACK_REASON, |reason| &reason.0)
    }
}

const FALLBACK_REASON: &str = "Your message was not sent.";
