//! `room-review explain`: what the reviewer sees in a text.

use crate::output;
use room_review::detect::terms::{self, Rejected, Rejection};
use room_review::event::{Attributes, ReviewRequest};
use room_review::handler::respond;
use room_review::policy::Mode;
use room_review::review::review;
use room_review::rules::Ruleset;
use room_review::text::{Span, Text};
use serde_json::{Value, json};
use std::io::{self, Write};
use std::process::ExitCode;

/// Show what the reviewer sees in a text: its folded form, the hits, what looked like one and why it is none, the decision
#[derive(clap::Args)]
pub struct Args {
    /// The content of the message
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
    #[arg(long, value_name = "ARN", default_value = "")]
    room: String,
    /// An attribute of the sender, as the application set it (can be repeated)
    #[arg(long, value_name = "KEY=VALUE", value_parser = pair)]
    sender: Vec<(String, String)>,
}

impl From {
    /// The request that `content` would be.
    pub fn request<'a>(&'a self, content: &'a str) -> ReviewRequest<'a> {
        let mut request =
            ReviewRequest { content: content.into(), room_arn: (&*self.room).into(), ..Default::default() };
        request.sender.attributes =
            Attributes::new(self.sender.iter().map(|(key, value)| (key.into(), value.into())).collect());
        request
    }
}

fn pair(text: &str) -> Result<(String, String), String> {
    let (key, value) = text.split_once('=').ok_or("expected KEY=VALUE")?;
    Ok((key.to_owned(), value.to_owned()))
}

/// Explains one text.
pub fn run(rules: &Ruleset, args: &Args) -> io::Result<ExitCode> {
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
    if !rejected.is_empty() {
        writeln!(out, "no hits  {}", rejected.len())?;
    }
    for one in &rejected {
        let (rule, Span { start, end }) = (one.rule, one.span);
        let covered = output::visible(cut(&args.text, one.span));
        writeln!(out, "        {rule}: Content {start}..{end} {covered}: {}", because(&args.text, one))?;
    }
    if rules.policy().mode == Mode::Observe {
        writeln!(out, "mode     observe: what was found is recorded, and the message goes through")?;
    }
    writeln!(out, "verdict  {} {}", word.trim_end(), output::outcome(&request, &response))?;
    Ok(ExitCode::SUCCESS)
}

fn rejected_json(content: &str, one: &Rejected<'_>) -> Value {
    json!({
        "rule": one.rule,
        "term": one.term,
        "start": one.span.start,
        "end": one.span.end,
        "text": cut(content, one.span),
        "why": name(one.why),
        "because": because(content, one),
    })
}

fn cut(content: &str, span: Span) -> &str {
    content.get(span.start..span.end).unwrap_or_default()
}

/// What speaks against a candidate, in one word.
const fn name(why: Rejection) -> &'static str {
    match why {
        Rejection::Letters => "letters",
        Rejection::Gaps => "gaps",
        Rejection::Symbols => "symbols",
        Rejection::Doubles => "doubles",
        Rejection::Swaps => "swaps",
        Rejection::Script => "script",
        Rejection::Edges => "edges",
        Rejection::Parts => "parts",
        Rejection::Off => "off",
        Rejection::Except(_) => "except",
        Rejection::Near => "near",
        Rejection::Unless(_) => "unless_near",
        Rejection::Language => "language",
    }
}

/// The same in words for a moderator.
fn because(content: &str, one: &Rejected<'_>) -> String {
    let term = output::visible(&one.term);
    match one.why {
        Rejection::Letters => format!("the letters are not those of {term}"),
        Rejection::Gaps => format!("what stands between the letters of {term} makes words of their own of the pieces"),
        Rejection::Symbols => format!("too few letters for {term}: digits and symbols alone mean something else"),
        Rejection::Doubles => format!("a letter is doubled that {term} has once, or the other way round: another word"),
        Rejection::Swaps => format!("beside a vowel an l is no i and a v no u, so it is not {term}"),
        Rejection::Script => format!("accents or another script, as the language around it has: not {term}"),
        Rejection::Edges => match surroundings(content, one.span) {
            Some(words) if words.contains(char::is_whitespace) => {
                format!("{term} lies across the words {}", output::visible(words))
            }
            Some(word) => format!("{term} is only a piece of {}", output::visible(word)),
            None => format!("{term} would begin or end within another word"),
        },
        Rejection::Parts => format!("{term} is only a part of the phrase, and the rest is not there"),
        Rejection::Off => "the rule is disabled".to_owned(),
        Rejection::Except(span) => format!("the rule's exception {} covers it", output::visible(cut(content, span))),
        Rejection::Near => "none of the words in the rule's `near` stands within eight words".to_owned(),
        Rejection::Unless(span) => {
            format!("{} stands near it, which is in the rule's `unless_near`", output::visible(cut(content, span)))
        }
        Rejection::Language => "the message is in another language, where it is harmless".to_owned(),
    }
}

/// The run of letters and digits around a place, if it is longer than the place.
fn surroundings(content: &str, span: Span) -> Option<&str> {
    let belongs = |c: char| c.is_alphanumeric();
    let start = content[..span.start].trim_end_matches(belongs).len();
    let end = content.len() - content[span.end..].trim_start_matches(belongs).len();
    (start < span.start || end > span.end).then(|| &content[start..end])
}
