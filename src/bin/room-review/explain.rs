//! `room-review explain`: what the reviewer sees in a text.

use crate::{UNREADABLE, catalog, output};
use clap::builder::NonEmptyStringValueParser;
use room_review::detect::terms::{self, Rejected};
use room_review::detect::weights;
use room_review::event::{Attributes, ReviewRequest};
use room_review::handler::respond;
use room_review::policy::Mode;
use room_review::review::review;
use room_review::rules::Ruleset;
use room_review::text::{Span, Text, tokens};
use serde_json::{Value, json};
use std::io::{self, Write};
use std::process::ExitCode;

/// Show what the reviewer sees in a text: the hits, what looked like one and why it is none, the decision
#[derive(clap::Args)]
pub struct Args {
    /// The content of the message
    #[arg(value_parser = NonEmptyStringValueParser::new())]
    text: String,
    #[command(flatten)]
    from: From,
    /// Only what concerns rules whose id begins like this
    #[arg(long, value_name = "ID", default_value = "")]
    rule: String,
    /// One JSON object
    #[arg(long)]
    json: bool,
}

/// Where a message that is tried out comes from.
#[derive(clap::Args)]
pub struct From {
    /// The room that it is sent to
    #[arg(long, value_name = "ARN", value_parser = arn)]
    room: Option<String>,
    /// An attribute of the sender, as the application set it (can be repeated)
    #[arg(long, value_name = "KEY=VALUE", value_parser = pair)]
    sender: Vec<(String, String)>,
}

impl From {
    /// The request that `content` would be.
    pub fn request<'a>(&'a self, content: &'a str) -> ReviewRequest<'a> {
        let room_arn = self.room.as_deref().unwrap_or_default().into();
        let mut request = ReviewRequest { content: content.into(), room_arn, ..Default::default() };
        request.sender.attributes =
            Attributes::new(self.sender.iter().map(|(key, value)| (key.into(), value.into())).collect());
        request
    }
}

/// The ARN of a room. No rule of a room would count for its id alone, and nobody would be told.
pub fn arn(text: &str) -> Result<String, String> {
    if text.starts_with("arn:") { Ok(text.to_owned()) } else { Err(format!("expected an ARN such as {AN_ARN}")) }
}

const AN_ARN: &str = "arn:aws:ivschat:us-west-2:123456789012:room/g1H2I3j4k5L6";

fn pair(text: &str) -> Result<(String, String), String> {
    let (key, value) = text.split_once('=').ok_or("expected KEY=VALUE")?;
    Ok((key.to_owned(), value.to_owned()))
}

/// Explains one text.
pub fn run(rules: &Ruleset, args: &Args) -> io::Result<ExitCode> {
    if !catalog::ids(rules).any(|id| id.starts_with(&args.rule)) {
        eprintln!("{}", catalog::no_such_rule(&args.rule, catalog::ids(rules)));
        return Ok(UNREADABLE.into());
    }
    let request = args.from.request(&args.text);
    let mut verdict = review(rules, &request);
    let text = Text::fold(&args.text);
    let folded: String = text.glyphs.iter().map(|glyph| glyph.ch).collect();
    let mut rejected = terms::rejected(&args.text, &text, rules);
    rejected.retain(|one| one.rule.starts_with(&args.rule));
    verdict.findings.retain(|one| one.rule.starts_with(&args.rule));

    let word = output::verdict(&verdict.decision, output::colour_wanted() && !args.json);
    let response = respond(&request, verdict.decision);
    let mut out = io::stdout().lock();
    if args.json {
        let hits: Vec<_> = verdict.findings.iter().map(|finding| output::finding_json(&request, finding)).collect();
        let rejected: Vec<_> = rejected.iter().map(|one| rejected_json(&args.text, one)).collect();
        let all = json!({
            "content": args.text,
            "folded": folded,
            "hits": hits,
            "rejected": rejected,
            "verdict": word.trim_end(),
            "response": response,
        });
        writeln!(out, "{all}")?;
        return Ok(ExitCode::SUCCESS);
    }
    writeln!(out, "content  {}", output::visible(&args.text))?;
    writeln!(out, "folded   {}", output::visible(&folded))?;
    writeln!(out, "hits     {}", verdict.findings.len())?;
    output::write_findings(&mut out, &request, &verdict.findings)?;
    if verdict.findings.iter().any(|one| one.rule == weights::RULE) {
        writeln!(out, "weighed  {}", weighed(&args.text, &text, rules))?;
    }
    if !rejected.is_empty() {
        writeln!(out, "no hits  {}", rejected.len())?;
    }
    for one in &rejected {
        let (rule, Span { start, end }) = (one.rule, one.span);
        let covered = output::visible(cut(&args.text, one.span));
        writeln!(
            out,
            "        {rule}: Content {start}..{end} {covered}: {}",
            output::escaped(&one.because(&args.text))
        )?;
    }
    if rules.policy().mode(rules.policy().room(&request.room_arn)) == Mode::Observe {
        writeln!(out, "mode     observe: what was found is recorded, and the message goes through")?;
    }
    writeln!(out, "verdict  {} {}", word.trim_end(), output::outcome(&request, &response))?;
    Ok(ExitCode::SUCCESS)
}

/// What each word weighs, and what all do.
fn weighed(content: &str, text: &Text, rules: &Ruleset) -> String {
    let (mut scale, mut words) = (weights::Scale::of(rules.weights()), Vec::new());
    for token in tokens(text) {
        let percent = scale.put(token.key);
        if percent != 0 {
            let span = Span::new(text.glyphs[token.start].span().start, text.glyphs[token.end - 1].span().end);
            words.push(format!("{} {percent:+}", output::escaped(cut(content, span))));
        }
    }
    format!("{} of {}: {}", scale.percent, weights::enough(scale.words), words.join(", "))
}

fn rejected_json(content: &str, one: &Rejected<'_>) -> Value {
    json!({
        "rule": one.rule,
        "term": one.term,
        "start": one.span.start,
        "end": one.span.end,
        "text": cut(content, one.span),
        "why": one.why.name(),
        "because": one.because(content),
    })
}

fn cut(content: &str, span: Span) -> &str {
    content.get(span.start..span.end).unwrap_or_default()
}
