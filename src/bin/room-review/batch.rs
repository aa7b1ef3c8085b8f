//! `room-review batch`: a stream of requests in, a stream of responses out.

use room_review::event::{InvalidReviewRequest, ReviewRequest};
use room_review::handler::respond;
use room_review::review::review;
use room_review::rules::Ruleset;
use std::io::{self, BufRead, BufReader, BufWriter, Write};
use std::process::ExitCode;

/// Answer review requests from stdin, one JSON a line, with one JSON response a line, in order
///
/// A line that is no review request is answered with the function error: {"errorType":…,"errorMessage":…}.
#[derive(clap::Args)]
pub struct Args {}

/// Reads lines until there are no more.
pub fn run(rules: &Ruleset) -> io::Result<ExitCode> {
    let mut requests = BufReader::with_capacity(1 << 16, io::stdin().lock());
    let mut responses = BufWriter::with_capacity(1 << 16, io::stdout().lock());
    let mut line = Vec::new();
    loop {
        // Nothing more to read for now: whoever waits for the answers so far gets them.
        if requests.buffer().is_empty() {
            responses.flush()?;
        }
        line.clear();
        if requests.read_until(b'\n', &mut line)? == 0 {
            break;
        }
        answer(rules, &line, &mut responses)?;
        responses.write_all(b"\n")?;
    }
    responses.flush()?;
    Ok(ExitCode::SUCCESS)
}

fn answer(rules: &Ruleset, line: &[u8], out: &mut impl Write) -> io::Result<()> {
    let request =
        str::from_utf8(line).map_err(|_| InvalidReviewRequest::unreadable()).and_then(ReviewRequest::from_json);
    match request {
        Ok(request) => serde_json::to_writer(out, &respond(&request, review(rules, &request).decision))?,
        Err(error) => serde_json::to_writer(out, &error)?,
    }
    Ok(())
}
