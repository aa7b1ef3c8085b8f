//! What is done about what was found: hits to a decision.

mod actions;
mod languages;
mod table;
mod written;

use crate::detect::flood::FloodRules;
use crate::detect::links::LinkRules;
use crate::detect::{Category, Severity};
use actions::CategoryActions;
pub use actions::{Action, Actions, Change, Changes};
pub use languages::Languages;
use languages::{ReasonFor, Reasons};
use serde::Deserialize;
use std::time::Duration;
use toml::Spanned;

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

/// How a masked hit looks.
#[derive(Clone, Debug, PartialEq, Eq, Deserialize)]
#[serde(try_from = "written::MaskSource")]
pub struct Mask {
    /// Stands for every code point of the hit that is masked.
    pub character: char,
    /// What is masked of it.
    pub style: Style,
    /// What stands in the place of a hit that is no shorter, with [`Style::Word`].
    pub word: Option<Spanned<String>>,
}

impl Default for Mask {
    fn default() -> Self {
        Self { character: '*', style: Style::Whole, word: None }
    }
}

/// What is masked of a hit.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Style {
    /// All of it.
    #[default]
    Whole,
    /// All but the first character of a word; of links and personal data, all.
    KeepFirst,
    /// A fixed word stands in its place.
    Word,
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
    actions: CategoryActions,
    /// What is different for single rules and groups of them.
    #[serde(default)]
    pub rules: Changes,
    /// The languages whose rules count.
    #[serde(default)]
    pub languages: Languages,
    #[serde(default)]
    reasons: Reasons,
    /// The language that senders are told reasons in, if there is a text in it.
    #[serde(default, deserialize_with = "written::language")]
    pub reasons_in: Option<Spanned<String>>,
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
    /// Rules of detectors that `disable` names.
    #[serde(skip)]
    pub off: Vec<&'static str>,
}

/// What is different in some rooms.
#[derive(Clone, Debug, PartialEq, Eq, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Room {
    /// The ARN of a room; `*` stands for any characters.
    #[serde(deserialize_with = "written::room_arn")]
    pub arn: String,
    /// Whether verdicts are carried out in these rooms.
    pub mode: Option<Mode>,
    #[serde(default)]
    actions: CategoryActions,
    /// What is different in these rooms for single rules and groups of them.
    #[serde(default)]
    pub rules: Changes,
    /// The languages whose rules count in these rooms.
    #[serde(default)]
    pub languages: Languages,
    /// The language that senders in these rooms are told reasons in.
    #[serde(default, deserialize_with = "written::language")]
    pub reasons_in: Option<Spanned<String>>,
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

    /// This policy, with these rules of detectors off.
    #[must_use]
    pub fn without(self, off: Vec<&'static str>) -> Self {
        Self { off, ..self }.joined()
    }

    /// This policy with its parts told of each other: flooding has to leave masked text alone, and what is off is.
    #[must_use]
    pub fn joined(mut self) -> Self {
        self.flood.mask = self.mask.character;
        self.flood.off.clone_from(&self.off);
        self
    }

    /// Whether the values of message attributes with this key are text.
    pub fn is_text(&self, key: &str) -> bool {
        !self.attributes_not_text.iter().any(|known| known == key)
    }

    /// When something is flooding.
    pub const fn flood(&self) -> &FloodRules {
        &self.flood
    }

    /// What is different in the room with this ARN, if anything is.
    pub fn room(&self, arn: &str) -> Option<&Room> {
        self.rooms.iter().find(|room| room.is(arn))
    }

    /// Whether verdicts are carried out in a room.
    pub fn mode(&self, room: Option<&Room>) -> Mode {
        room.and_then(|room| room.mode).unwrap_or(self.mode)
    }

    /// Carries verdicts out in every room.
    pub fn enforce(&mut self) {
        self.mode = Mode::Enforce;
        self.rooms.iter_mut().for_each(|room| room.mode = None);
    }

    /// The bits of the languages whose rules do not count in a room.
    pub fn languages_off(&self, room: Option<&Room>) -> u64 {
        let off = self.languages.off(0);
        room.map_or(off, |room| room.languages.off(off))
    }

    /// How bad a hit of a rule is in a room, and what is done about it. What is said of the rule goes before what is said
    /// of its category, and what is said of the room before what is said of all. A category that the policy does not
    /// name is denied.
    pub fn judge(&self, room: Option<&Room>, rule: &str, category: Category, severity: Severity) -> (Severity, Action) {
        let severity = self.said(room, rule, category, |change| change.severity).unwrap_or(severity);
        let of_category = || {
            let of_room = room.and_then(|room| room.actions.get(category, severity));
            of_room.or_else(|| self.actions.get(category, severity)).unwrap_or(Action::Deny)
        };
        (severity, self.said(room, rule, category, |change| change.action).unwrap_or_else(of_category))
    }

    /// What is said of a rule, in a room and else everywhere.
    fn said<T>(
        &self,
        room: Option<&Room>,
        rule: &str,
        category: Category,
        what: fn(&Change) -> Option<T>,
    ) -> Option<T> {
        let of_room = room.and_then(|room| room.rules.find(rule, category, what));
        of_room.or_else(|| self.rules.find(rule, category, what))
    }

    /// Whether there is a text in a language that a sender can be told.
    pub fn speaks(&self, language: &str) -> bool {
        self.reasons.has(language)
    }

    /// What the sender of a message denied for `category` in a room is told.
    pub fn reason(&self, room: Option<&Room>, category: Category) -> &str {
        self.text(room, ReasonFor::Category(category))
    }

    /// What the sender is told when there was no verdict.
    pub fn internal_reason(&self, room: Option<&Room>) -> &str {
        self.text(room, ReasonFor::Internal)
    }

    fn text(&self, room: Option<&Room>, what: ReasonFor) -> &str {
        let language = room.and_then(|room| room.reasons_in.as_ref()).or(self.reasons_in.as_ref());
        self.reasons.get(language.map(|code| code.get_ref().as_str()), what).unwrap_or(FALLBACK_REASON)
    }
}

const FALLBACK_REASON: &str = "Your message was not sent.";
