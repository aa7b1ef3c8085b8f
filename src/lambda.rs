//! The loop of a Lambda function: as long as it is wanted, and not without the answer in hand.

use lambda_runtime::Error;
use std::cell::Cell;
use std::io::Write;
use std::process::ExitCode;
use std::time::Duration;
use tokio::signal::unix::{SignalKind, signal};
use tokio::time::timeout;

/// How long a message that Lambda has handed over may still be on its way when SIGTERM comes.
const ON_ITS_WAY: Duration = Duration::from_millis(100);

/// What is known of the answer in hand, if there is one: Lambda sends one message at a time.
#[derive(Default)]
pub struct Answer {
    in_hand: Cell<bool>,
    /// Nothing more is asked for once it is posted.
    last: Cell<bool>,
}

impl Answer {
    /// Watches the future that posts an answer: what a layer around the runtime's service does with each.
    ///
    /// # Errors
    /// Those of the future; and one to end the loop after the last answer, before it asks for a message that nobody would answer.
    pub async fn watch(&self, posting: impl Future<Output = Result<(), Error>>) -> Result<(), Error> {
        self.in_hand.set(true);
        let posted = posting.await;
        self.in_hand.set(false);
        if self.last.get() { Err("terminated".into()) } else { posted }
    }
}

/// Runs the loop until it ends or SIGTERM comes. An answer in hand is posted first: a message that is not answered goes through
/// unread in a room whose fallback is ALLOW.
///
/// # Errors
/// Those of the loop, and a signal that can not be listened for.
pub async fn until_terminated(run: impl AsyncFnOnce(&Answer) -> Result<(), Error>) -> Result<(), Error> {
    let mut terminated = signal(SignalKind::terminate())?;
    let answer = Answer::default();
    let running = run(&answer);
    tokio::pin!(running);
    // Biased: what has arrived is taken before the signal is.
    tokio::select! {
        biased;
        ended = &mut running => return ended,
        _ = terminated.recv() => answer.last.set(true),
    }
    let ended = timeout(ON_ITS_WAY, &mut running).await;
    if ended.is_err() && answer.in_hand.get() {
        let _ = running.await;
    }
    Ok(())
}

/// The end of `main`: an error goes to stderr.
pub fn exit(ended: Result<(), Error>) -> ExitCode {
    let Err(error) = ended else { return ExitCode::SUCCESS };
    // Not `eprintln!`, which panics where nobody listens.
    let _ = writeln!(std::io::stderr(), "{error}");
    ExitCode::FAILURE
}
