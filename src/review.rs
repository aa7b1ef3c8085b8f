//! The data path on one screen: a request and rules in, a verdict out.

use crate::detect::terms::{self, Effort};
use crate::detect::{self, Category, Fix, Hit, Severity};
use crate::event::ReviewRequest;
use crate::policy::{Action, Fallback, Mode, Policy, Room};
use crate::rewrite::{self, Rewritten};
use crate::rules::Ruleset;
use crate::text::{Span, Text};
use std::cell::Cell;

/// What is done with a message, and why.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Verdict<'r> {
    /// What is done.
    pub decision: Decision,
    /// Everything that was found, allowed or not, in the order of the text.
    pub findings: Vec<Finding<'r>>,
}

impl Verdict<'_> {
    /// What is done with a message to a room that nothing can be said about: what `fallback` says, unless the policy only
    /// observes there.
    pub fn without_review(fallback: Fallback, policy: &Policy, room: &str) -> Self {
        let room = policy.room(room);
        let decision = match (fallback, policy.mode(room)) {
            (Fallback::Deny, Mode::Enforce) => Decision::Deny { reason: policy.internal_reason(room).to_owned() },
            (Fallback::Allow, _) | (_, Mode::Observe) => Decision::Allow,
        };
        Self { decision, findings: Vec::new() }
    }
}

/// What is done with a message.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Decision {
    /// It goes through as it is.
    Allow,
    /// It goes through with other content or attributes; what is none stays as it is.
    Rewrite {
        /// The new content.
        content: Option<String>,
        /// All the new attributes.
        attributes: Option<Vec<(String, String)>>,
    },
    /// It does not go through.
    Deny {
        /// What the sender is told.
        reason: String,
    },
}

impl Decision {
    /// What logs and reports call it: `ALLOW` and `DENY` as the contract does, and `REWRITE`, which is an `ALLOW` there.
    pub const fn name(&self) -> &'static str {
        match self {
            Self::Allow => "ALLOW",
            Self::Rewrite { .. } => "REWRITE",
            Self::Deny { .. } => "DENY",
        }
    }
}

/// A hit, and what the policy says about it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Finding<'r> {
    /// The id of the rule.
    pub rule: &'r str,
    /// The rule's category.
    pub category: Category,
    /// The rule's severity, as the policy has it.
    pub severity: Severity,
    /// What is done about it.
    pub action: Action,
    /// How it is taken out.
    pub fix: Fix,
    /// Which text it stands in.
    pub field: Field,
    /// Where in that text, in bytes.
    pub span: Span,
}

/// A text of the request.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Field {
    /// `Content`.
    Content,
    /// The value of the attribute with this number.
    Attribute(usize),
}

/// The most bytes of text in a message, and the most attributes, that are reviewed. IVS Chat sends at most 500 code points of
/// content and 1 KB of attributes, which is 3,000 bytes.
const MOST_TEXT: usize = 256 * 1024;
const MOST_ATTRIBUTES: usize = 1024;

/// Whether a message has so much text that a review could not be done within the budget. No client of a room can send one.
pub fn is_too_long(request: &ReviewRequest<'_>) -> bool {
    let attributes = request.attributes.pairs();
    let bytes: usize = attributes.iter().map(|(key, value)| key.len() + value.len()).sum();
    attributes.len() > MOST_ATTRIBUTES || request.content.len() + bytes > MOST_TEXT
}

/// The rule that a message breaks which asks for so many steps of looking closely that looking stops.
const TOO_MUCH: &str = "flood.terms";

/// Judges a message. Total: no error, no panic, no IO, no clock; linear in the message, what [is too long](is_too_long) is
/// answered as the policy's `on_timeout` says, and what asks for too many steps is denied.
pub fn review<'r>(rules: &'r Ruleset, request: &ReviewRequest<'_>) -> Verdict<'r> {
    let policy = rules.policy();
    if is_too_long(request) {
        return Verdict::without_review(policy.on_timeout, policy, &request.room_arn);
    }
    let case = Case::new(rules, request);
    let (effort, mut findings) = (Effort::bounded(), Vec::new());
    case.inspect(Field::Content, &request.content, &effort, &mut findings);
    for (number, (key, value)) in request.attributes.pairs().iter().enumerate() {
        if policy.is_text(key) {
            case.inspect(Field::Attribute(number), value, &effort, &mut findings);
        }
    }
    let decision = match policy.mode(case.room) {
        Mode::Enforce => decide(&case, request, &findings),
        Mode::Observe => Decision::Allow,
    };
    Verdict { decision, findings }
}

/// The rules as they are for one room and one sender.
struct Case<'r> {
    rules: &'r Ruleset,
    room: Option<&'r Room>,
    /// The categories that the sender is exempt from, by role.
    exempt: [bool; Category::ALL.len()],
    /// The bits of the languages whose rules do not count.
    languages_off: u64,
}

impl<'r> Case<'r> {
    fn new(rules: &'r Ruleset, request: &ReviewRequest<'_>) -> Self {
        let mut exempt = [false; Category::ALL.len()];
        for role in &rules.policy().roles {
            // Only what the application said of the sender counts: attributes of the message are the sender's own.
            let value = request.sender.attributes.get(&role.attribute);
            if value.is_some_and(|value| role.values.iter().any(|known| known == value)) {
                for category in Category::ALL {
                    exempt[category as usize] |= role.exempts(category);
                }
            }
        }
        let room = rules.policy().room(&request.room_arn);
        Self { rules, room, exempt, languages_off: rules.policy().languages_off(room) }
    }

    /// Whether the policy lets a message go that asks for too many steps.
    fn lets_go(&self) -> bool {
        let policy = self.rules.policy();
        let (_, action) = policy.judge(self.room, TOO_MUCH, Category::Flood, Severity::Strong);
        action == Action::Allow || self.exempt[Category::Flood as usize] || policy.off.contains(&TOO_MUCH)
    }

    /// Appends what the detectors find in one text, with what the policy says about it. Where `effort` is spent, looking stops.
    fn inspect(&self, field: Field, content: &str, effort: &Effort, findings: &mut Vec<Finding<'r>>) {
        if effort.is_spent() {
            return;
        }
        let mut text = SPARE.take().unwrap_or_default();
        text.refill(content);
        let policy = self.rules.policy();
        let links = self.room.and_then(|room| room.links.as_ref()).unwrap_or(self.rules.links());
        let mut hits: Vec<Hit<'r>> = Vec::new();
        terms::find(content, &text, self.rules, effort, &mut hits);
        if effort.is_spent() && self.lets_go() {
            // So that nothing goes through of which only a part was looked at, all is looked at, without a bound.
            effort.unbind();
            hits.clear();
            terms::find(content, &text, self.rules, effort, &mut hits);
        }
        if self.languages_off != 0 {
            hits.retain(|hit| hit.language & self.languages_off == 0);
        }
        if effort.is_spent() {
            let (category, severity, span) = (Category::Flood, Severity::Strong, Span::new(0, content.len()));
            hits.push(Hit { rule: TOO_MUCH, category, severity, language: 0, span, fix: Fix::Deny });
        } else {
            detect::links::find(content, &text, links, &mut hits);
            detect::pii::find(content, &text, &mut hits);
            detect::flood::find(content, &text, policy.flood(), &mut hits);
            detect::weights::find(content, &text, self.rules.weights(), effort, &mut hits);
        }
        // Nothing is found in most messages.
        if !hits.is_empty() {
            self.judge(field, content, text.is_plain(), hits, findings);
        }
        if text.glyphs.len() <= MOST_SPARED {
            SPARE.set(Some(text));
        }
    }

    /// Appends what was found in one text, which may be plain, with what the policy says about it.
    #[inline(never)]
    fn judge(
        &self,
        field: Field,
        content: &str,
        is_plain: bool,
        mut hits: Vec<Hit<'r>>,
        findings: &mut Vec<Finding<'r>>,
    ) {
        let policy = self.rules.policy();
        if !policy.off.is_empty() {
            hits.retain(|hit| !policy.off.contains(&hit.rule));
        }
        // A mask takes what belongs to a character with it, even if it can not be seen.
        if !is_plain {
            let masked = hits.iter_mut().filter(|hit| hit.fix == Fix::Mask);
            masked.for_each(|hit| hit.span = hit.span.to_graphemes(content));
        }
        hits.sort_by_key(|hit| hit.span);
        findings.extend(hits.iter().map(|hit| {
            let Hit { rule, category, span, fix, .. } = *hit;
            let (severity, action) = policy.judge(self.room, rule, category, hit.severity);
            let action = match action {
                _ if self.exempt[category as usize] => Action::Allow,
                Action::Mask if fix == Fix::Deny => Action::Deny,
                action => action,
            };
            Finding { rule, category, severity, action, fix, field, span }
        }));
    }
}

thread_local! {
    /// What one message leaves to the next on the same thread, so that most need no memory of their own.
    static SPARE: Cell<Option<Box<Text>>> = const { Cell::new(None) };
}

/// Larger messages leave nothing, in glyphs: rooms have none of this size, so the memory would lie idle.
const MOST_SPARED: usize = 1 << 14;

/// The strictest action wins; among denials the first category in the order of [`Category`] gives the reason.
fn decide(case: &Case<'_>, request: &ReviewRequest<'_>, findings: &[Finding<'_>]) -> Decision {
    let policy = case.rules.policy();
    let denied = findings.iter().filter(|finding| finding.action == Action::Deny).map(|finding| finding.category).min();
    if let Some(category) = denied {
        return Decision::Deny { reason: policy.reason(case.room, category).to_owned() };
    }
    if findings.iter().all(|finding| finding.action == Action::Allow) {
        return Decision::Allow;
    }
    // As another review would meet the message as it will be, text by text.
    let effort = Effort::bounded();
    let rewrite = |field, content: &str| {
        let before = effort.clone();
        let again = |content: &str| {
            let mut findings = Vec::new();
            effort.set(&before);
            case.inspect(field, content, &effort, &mut findings);
            findings
        };
        // They are in the order of the fields.
        let start = findings.partition_point(|finding| finding.field < field);
        let end = findings.partition_point(|finding| finding.field <= field);
        let of_field = findings.get(start..end).unwrap_or_default();
        rewrite::rewrite(content, of_field, &policy.mask, again)
    };
    let content = match rewrite(Field::Content, &request.content) {
        Rewritten::Same => {
            case.inspect(Field::Content, &request.content, &effort, &mut Vec::new());
            None
        }
        Rewritten::To(content) => Some(content),
        Rewritten::Nothing(category) => {
            return Decision::Deny { reason: policy.reason(case.room, category).to_owned() };
        }
    };
    let mut changed = false;
    let mut attributes = Vec::new();
    for (number, (key, value)) in request.attributes.pairs().iter().enumerate() {
        let field = Field::Attribute(number);
        let value = match rewrite(field, value) {
            Rewritten::Same => {
                if policy.is_text(key) {
                    case.inspect(field, value, &effort, &mut Vec::new());
                }
                value.to_string()
            }
            Rewritten::To(value) => {
                changed = true;
                value
            }
            Rewritten::Nothing(category) => {
                return Decision::Deny { reason: policy.reason(case.room, category).to_owned() };
            }
        };
        attributes.push((key.to_string(), value));
    }
    if effort.is_spent() {
        return Decision::Deny { reason: policy.reason(case.room, Category::Flood).to_owned() };
    }
    Decision::Rewrite { content, attributes: changed.then_some(attributes) }
}
