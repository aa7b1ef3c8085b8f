//! What is promised of every review, as one function that says which promise was broken: properties, corpora and fuzz targets
//! all ask it.

use room_review::detect::Fix;
use room_review::event::{Attributes, ReviewRequest, ReviewResponse, ReviewResult};
use room_review::handler::respond;
use room_review::policy::{Action, Mask, Mode};
use room_review::review::{Decision, Field, Finding, is_too_long, review};
use room_review::rules::Ruleset;
use serde_json::Value;
use unicode_segmentation::UnicodeSegmentation;

/// Bytes of all keys and values together that IVS Chat takes.
const MOST_ATTRIBUTE_BYTES: usize = 1000;

/// Reviews the request and holds everything about the verdict and the response to what is promised.
pub fn keeps(rules: &Ruleset, request: &ReviewRequest<'_>) -> Result<(), String> {
    let verdict = review(rules, request);
    if verdict != review(rules, request) {
        return Err("a second review comes to another verdict".into());
    }
    for finding in &verdict.findings {
        stands_somewhere(request, finding)?;
    }
    let response = respond(request, verdict.decision.clone());
    obeys_the_contract(request, &response)?;
    let acted = verdict.findings.iter().any(|finding| finding.action != Action::Allow);
    match &verdict.decision {
        Decision::Allow if acted && rules.policy().mode == Mode::Enforce => Err("allowed in spite of a finding".into()),
        Decision::Allow => comes_back_as_it_was(request, &response),
        _ if is_too_long(request) => Ok(()),
        _ if !acted => Err("denied or rewritten without a rule".into()),
        Decision::Deny { .. } => Ok(()),
        Decision::Rewrite { content, attributes } => {
            touches_hits_alone(request, &verdict.findings, content.as_deref(), &rules.policy().mask)?;
            is_final(rules, request, content.as_deref(), attributes.as_deref())
        }
    }
}

fn text_of<'a>(request: &'a ReviewRequest<'_>, field: Field) -> &'a str {
    match field {
        Field::Content => &request.content,
        Field::Attribute(number) => &request.attributes.pairs()[number].1,
    }
}

/// A span lies in its text and has something in it; one that is masked cuts no grapheme cluster.
fn stands_somewhere(request: &ReviewRequest<'_>, finding: &Finding<'_>) -> Result<(), String> {
    let text = text_of(request, finding.field);
    let span = finding.span;
    let Some(inside) = text.get(span.start..span.end) else { return Err(format!("no place in the text: {finding:?}")) };
    if inside.is_empty() || finding.rule.is_empty() {
        return Err(format!("nothing: {finding:?}"));
    }
    let whole = |at: usize| at == text.len() || text.grapheme_indices(true).any(|(start, _)| start == at);
    if finding.fix == Fix::Mask && !(whole(span.start) && whole(span.end)) {
        return Err(format!("a grapheme cluster is cut: {finding:?}"));
    }
    Ok(())
}

/// As IVS Chat reads the response.
fn obeys_the_contract(request: &ReviewRequest<'_>, response: &ReviewResponse<'_>) -> Result<(), String> {
    let json = serde_json::to_string(response).map_err(|error| error.to_string())?;
    let value: Value = serde_json::from_str(&json).map_err(|error| error.to_string())?;
    let object = value.as_object().ok_or("no object")?;
    let unknown = object.keys().find(|key| !["ReviewResult", "Content", "Attributes"].contains(&key.as_str()));
    if let Some(unknown) = unknown {
        return Err(format!("a member {unknown:?}"));
    }
    let result = object.get("ReviewResult").and_then(Value::as_str);
    if result != Some(if response.result() == ReviewResult::Allow { "ALLOW" } else { "DENY" }) {
        return Err(format!("result {result:?}"));
    }
    let content = object.get("Content").and_then(Value::as_str).ok_or("no content")?;
    let (given, got) = (request.content.chars().count(), content.chars().count());
    if got == 0 || got > given {
        return Err(format!("{got} code points of content for {given}"));
    }
    let mut bytes = 0;
    for (key, value) in
        object.get("Attributes").map_or(Some(&serde_json::Map::new()), Value::as_object).ok_or("list")?
    {
        bytes += key.len() + value.as_str().ok_or("an attribute that is no string")?.len();
    }
    if bytes > MOST_ATTRIBUTE_BYTES {
        return Err(format!("{bytes} bytes of attributes"));
    }
    let reason = response.reason().is_some_and(|reason| !reason.is_empty());
    if reason != (response.result() == ReviewResult::Deny) {
        return Err("a DENY has a reason, and only that".into());
    }
    Ok(())
}

fn comes_back_as_it_was(request: &ReviewRequest<'_>, response: &ReviewResponse<'_>) -> Result<(), String> {
    if response.content() != request.content {
        return Err("allowed content was changed".into());
    }
    let pairs = request.attributes.pairs();
    let bytes: usize = pairs.iter().map(|(key, value)| key.len() + value.len()).sum();
    if bytes <= MOST_ATTRIBUTE_BYTES && response.attributes() != pairs {
        return Err("allowed attributes were changed".into());
    }
    Ok(())
}

/// What is no hit stands there as it did, unless masking laid another hit bare: then at least nothing is new but masks.
fn touches_hits_alone(
    request: &ReviewRequest<'_>,
    findings: &[Finding<'_>],
    new: Option<&str>,
    mask: &Mask,
) -> Result<(), String> {
    let Some(new) = new else { return Ok(()) };
    let old: &str = &request.content;
    let hits = findings.iter().filter(|finding| finding.field == Field::Content && finding.action == Action::Mask);
    let mut wanted = String::new();
    for (at, c) in old.char_indices() {
        let over = hits.clone().filter(|finding| finding.span.start <= at && at < finding.span.end);
        // The hit that begins first decides; of two that begin together the shorter, and what it leaves is the other's.
        match over.min_by_key(|finding| finding.span) {
            None => wanted.push(c),
            Some(finding) if finding.fix == Fix::Mask => wanted.push(mask.character),
            Some(_) => {}
        }
    }
    let mut old_characters = old.chars();
    let word = mask.word.as_ref().map_or("", |word| word.get_ref());
    let is_mask = |c: char| c == mask.character || word.contains(c);
    let only_less = new.chars().filter(|&c| !is_mask(c)).all(|c| old_characters.any(|old| old == c));
    if new == wanted || only_less { Ok(()) } else { Err(format!("{old:?} became {new:?} rather than {wanted:?}")) }
}

/// Reviewed again, a rewritten message is allowed as it is.
fn is_final(
    rules: &Ruleset,
    request: &ReviewRequest<'_>,
    content: Option<&str>,
    attributes: Option<&[(String, String)]>,
) -> Result<(), String> {
    let mut again = request.clone();
    if let Some(content) = content {
        again.content = content.to_owned().into();
    }
    if let Some(pairs) = attributes {
        let pairs = pairs.iter().map(|(key, value)| (key.clone().into(), value.clone().into()));
        again.attributes = Attributes::new(pairs.collect());
    }
    match review(rules, &again) {
        verdict if verdict.decision == Decision::Allow => Ok(()),
        verdict => Err(format!("{:?} became {:?}, of which {:?}", request.content, again.content, verdict.findings)),
    }
}
