//! The data path on one screen: a request and rules in, a verdict out.

use crate::detect::{self, Category, Fix, Hit, Severity, terms};
use crate::event::{Attributes, ReviewRequest};
use crate::policy::{Action, Mode, Policy};
use crate::rewrite::{self, Rewritten};
use crate::rules::Ruleset;
use crate::text::{Span, Text};

/// What is done with a message, and why.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Verdict<'r> {
    /// What is done.
    pub decision: Decision,
    /// Everything that was found, allowed or not, in the order of the text.
    pub findings: Vec<Finding<'r>>,
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

/// A hit, and what the policy says about it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Finding<'r> {
    /// The id of the rule.
    pub rule: &'r str,
    /// The rule's category.
    pub category: Category,
    /// The rule's severity.
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

/// Judges a message. Total: no error, no panic, no IO, no clock; linear in the message.
pub fn review<'r>(rules: &'r Ruleset, request: &ReviewRequest<'_>) -> Verdict<'r> {
    let policy = rules.policy();
    let mut findings = Vec::new();
    let exempt = Exempt::of(policy, request);
    inspect(rules, &exempt, Field::Content, &request.content, &mut findings);
    for (number, (key, value)) in request.attributes.pairs().iter().enumerate() {
        if !policy.attributes_not_text.iter().any(|known| known == key.as_ref()) {
            inspect(rules, &exempt, Field::Attribute(number), value, &mut findings);
        }
    }
    let decision = match policy.mode {
        Mode::Enforce => decide(rules, &exempt, request, &findings),
        Mode::Observe => Decision::Allow,
    };
    Verdict { decision, findings }
}

/// Appends what the detectors find in one text, with what the policy says about it.
fn inspect<'r>(rules: &'r Ruleset, exempt: &Exempt, field: Field, content: &str, findings: &mut Vec<Finding<'r>>) {
    let text = Text::fold(content);
    let mut hits: Vec<Hit<'r>> = Vec::new();
    terms::find(content, &text, rules, &mut hits);
    detect::links::find(content, &text, rules.links(), &mut hits);
    detect::pii::find(content, &text, &mut hits);
    detect::flood::find(content, &text, rules.policy().flood(), &mut hits);
    hits.sort_by_key(|hit| hit.span);
    findings.extend(hits.iter().map(|hit| {
        let action = match rules.policy().action(hit.category, hit.severity) {
            _ if exempt.from(hit.category) => Action::Allow,
            Action::Mask if hit.fix == Fix::Deny => Action::Deny,
            action => action,
        };
        let Hit { rule, category, severity, span, fix } = *hit;
        Finding { rule, category, severity, action, fix, field, span }
    }));
}

/// The strictest action wins; among denials the first category in the order of [`Category`] gives the reason.
fn decide(rules: &Ruleset, exempt: &Exempt, request: &ReviewRequest<'_>, findings: &[Finding<'_>]) -> Decision {
    let policy = rules.policy();
    let denied = findings.iter().filter(|finding| finding.action == Action::Deny).map(|finding| finding.category).min();
    if let Some(category) = denied {
        return Decision::Deny { reason: policy.reason(category).to_owned() };
    }
    if findings.iter().all(|finding| finding.action == Action::Allow) {
        return Decision::Allow;
    }
    let again = |field, content: &str| {
        let mut findings = Vec::new();
        inspect(rules, exempt, field, content, &mut findings);
        findings
    };
    let rewrite = |field, content: &str| {
        let of_field = findings.iter().filter(|finding| finding.field == field).copied();
        rewrite::rewrite(content, of_field.collect(), policy, |content| again(field, content))
    };
    let content = match rewrite(Field::Content, &request.content) {
        Rewritten::Same => None,
        Rewritten::To(content) => Some(content),
        Rewritten::Nothing(category) => return Decision::Deny { reason: policy.reason(category).to_owned() },
    };
    let mut changed = false;
    let mut attributes = Vec::new();
    for (number, (key, value)) in request.attributes.pairs().iter().enumerate() {
        let value = match rewrite(Field::Attribute(number), value) {
            Rewritten::Same => value.to_string(),
            Rewritten::To(value) => {
                changed = true;
                value
            }
            Rewritten::Nothing(category) => return Decision::Deny { reason: policy.reason(category).to_owned() },
        };
        attributes.push((key.to_string(), value));
    }
    Decision::Rewrite { content, attributes: changed.then_some(attributes) }
}

/// What the sender is exempt from, by role.
struct Exempt([bool; Category::ALL.len()]);

impl Exempt {
    fn of(policy: &Policy, request: &ReviewRequest<'_>) -> Self {
        let mut exempt = [false; Category::ALL.len()];
        let has = |attributes: &Attributes<'_>, key: &str, values: &[String]| {
            attributes.get(key).is_some_and(|value| values.iter().any(|known| known == value))
        };
        for role in &policy.roles {
            if has(&request.sender.attributes, &role.attribute, &role.values) {
                for category in Category::ALL {
                    exempt[category as usize] |= role.exempts(category);
                }
            }
        }
        Self(exempt)
    }

    fn from(&self, category: Category) -> bool {
        self.0[category as usize]
    }
}
