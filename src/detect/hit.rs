//! What a detector found.

use crate::text::Span;
use serde::{Deserialize, Serialize};

/// What kind of harm a rule is about. Policy decides by category and [`Severity`].
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Category {
    #[default]
    /// Slurs, dehumanising calls, Nazi slogans.
    Hate,
    /// Threats against a person or a group.
    Threat,
    /// Incitement to self-harm.
    SelfHarm,
    /// Advertising of fake followers, giveaways and other fraud.
    Scam,
    /// Sexual words and solicitation.
    Sexual,
    /// Swearing and insults.
    Profanity,
    /// Addresses that are not on the allow list.
    Link,
    /// Personal data.
    Pii,
    /// Flooding: repeats, walls of symbols, stacks of marks.
    Flood,
}

impl Category {
    /// Every category, in order.
    pub const ALL: [Self; 9] = [
        Self::Hate,
        Self::Threat,
        Self::SelfHarm,
        Self::Scam,
        Self::Sexual,
        Self::Profanity,
        Self::Link,
        Self::Pii,
        Self::Flood,
    ];

    /// The name used in rule files, logs and metrics.
    pub const fn name(self) -> &'static str {
        match self {
            Self::Hate => "hate",
            Self::Threat => "threat",
            Self::SelfHarm => "self_harm",
            Self::Scam => "scam",
            Self::Sexual => "sexual",
            Self::Profanity => "profanity",
            Self::Link => "link",
            Self::Pii => "pii",
            Self::Flood => "flood",
        }
    }
}

/// Whether `name` is that of the rule with this id, of a group that it belongs to, or of its category.
pub fn names(name: &str, rule: &str, category: Category) -> bool {
    rule.strip_prefix(name).is_some_and(|rest| rest.is_empty() || rest.starts_with('.')) || name == category.name()
}

/// How bad a hit is within its category.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Severity {
    /// Rude at most; allowed by default.
    Mild,
    /// What most rooms would not show.
    #[default]
    Strong,
    /// What no room should show.
    Severe,
}

impl Severity {
    /// Every severity, in order.
    pub const ALL: [Self; 3] = [Self::Mild, Self::Strong, Self::Severe];

    /// The name used in rule files and logs.
    pub const fn name(self) -> &'static str {
        match self {
            Self::Mild => "mild",
            Self::Strong => "strong",
            Self::Severe => "severe",
        }
    }
}

/// How a hit is taken out of a message that may stay.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Fix {
    /// Every code point of the span becomes a mask character.
    Mask,
    /// The span is deleted: the excess of a run, a bidirectional override.
    Remove,
    /// Nothing readable would be left: the message can only be denied.
    Deny,
}

/// One finding: a rule and the place in the original text that it is about.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Hit<'r> {
    /// The id of the rule.
    pub rule: &'r str,
    /// The rule's category.
    pub category: Category,
    /// The rule's severity.
    pub severity: Severity,
    /// The bit of the rule's language, or 0.
    pub language: u64,
    /// Where, in bytes of the original text.
    pub span: Span,
    /// How it would be taken out.
    pub fix: Fix,
}
