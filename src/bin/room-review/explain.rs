//! `room-review explain`: what the reviewer sees in a text.

use crate::output;
use room_review::event::{Attributes, ReviewRequest};
use room_review::handler::respond;
use room_review::review::review;
use room_review::rules::Ruleset;
use room_review::text::Text;
use std::io::{self, Write};
use std::process::ExitCode;

/// Show what the reviewer sees in a text: its folded form, the hits, the decision
#[derive(clap::Args)]
pub struct Args {
    /// The content of the message
    text: String,
    /// The room that it is sent to
    #[arg(long, value_name = "ARN", default_value = "")]
    room: String,
    /// An attribute of the sender, as the application set it (can be repeated)
    #[arg(long, value_name = "KEY=VALUE", value_parser = pair)]
    sender: Vec<(String, String)>,
}

/// Explains one text.
pub fn run(rules: &Ruleset, args: &Args) -> io::Result<ExitCode> {
    let mut request =
        ReviewRequest { content: (&*args.text).into(), room_arn: (&*args.room).into(), ..Default::default() };
    request.sender.attributes =
        Attributes::new(args.sender.iter().map(|(key, value)| (key.into(), value.into())).collect());
    let verdict = review(rules, &request);
    let folded: String = Text::fold(&args.text).glyphs.iter().map(|glyph| glyph.ch).collect();

    let mut out = io::stdout().lock();
    writeln!(out, "content  {}", output::visible(&args.text))?;
    writeln!(out, "folded   {}", output::visible(&folded))?;
    writeln!(out, "hits     {}", verdict.findings.len())?;
    output::write_findings(&mut out, &request, &verdict.findings)?;
    let word = output::verdict(&verdict.decision, output::colour_wanted());
    let response = respond(&request, verdict.decision);
    writeln!(out, "verdict  {} {}", word.trim_end(), output::outcome(&request, &response))?;
    Ok(ExitCode::SUCCESS)
}

fn pair(text: &str) -> Result<(String, String), String> {
    let (key, value) = text.split_once('=').ok_or("expected KEY=VALUE")?;
    Ok((key.to_owned(), value.to_owned()))
}
