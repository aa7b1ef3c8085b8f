//! One thread reads and unpacks, others judge, and this one puts what they report back into the order of the logs.

use super::judge::{Judge, Task};
use super::read::{self, Batch, Feed, FilesRead};
use super::tally::Tally;
use super::text::thousands;
use indicatif::ProgressBar;
use std::collections::BTreeMap;
use std::io::{self, Write};
use std::path::PathBuf;
use std::sync::Mutex;
use std::sync::mpsc::{Receiver, Sender, channel};
use std::thread;
use tempfile::SpooledTempFile;

/// Malformed records that are named; the others are counted.
const NAMED: usize = 100;

/// Batches for each thread: one in hand, and one to take next.
const BATCHES: usize = 3;

/// Changed messages that are kept in memory, in bytes; more go to a temporary file that has no name.
const IN_MEMORY: usize = 1 << 20;

/// A replay's outcome.
pub struct Replayed<'r> {
    pub tally: Tally<'r>,
    pub files: FilesRead,
    pub malformed: Malformed,
    /// Changed messages in the order of the logs, one JSON object a line.
    pub changes: SpooledTempFile,
}

/// What could not be read.
#[derive(Default)]
pub struct Malformed {
    pub count: u64,
    /// Places and reasons of the first.
    pub named: Vec<(String, String)>,
}

/// Judges all records of `logs` on so many `threads`.
pub fn run<'r>(
    task: &'r Task<'r>,
    logs: &[PathBuf],
    threads: usize,
    progress: &ProgressBar,
) -> io::Result<Replayed<'r>> {
    let (free, empty) = channel();
    let (work, full) = channel();
    let (done, judged) = channel();
    for _ in 0..=threads * BATCHES {
        let _ = free.send(Batch::default());
    }
    let full = &Mutex::new(full);
    thread::scope(|scope| {
        let reader = scope.spawn(|| read::read_all(logs, task.room, Feed::new(empty, work), progress));
        let judges: Vec<_> = (0..threads)
            .map(|_| {
                let done = done.clone();
                scope.spawn(move || judge_all(task, full, &done))
            })
            .collect();
        drop(done);
        let (malformed, changes) = collect(&judged, free, progress)?;
        let mut tally = Tally::default();
        for judge in judges {
            tally.merge(judge.join().expect("a panic of a review is caught"), task.samples);
        }
        let files = reader.join().expect("reading ends with an error, not with a panic");
        Ok(Replayed { tally, files, malformed, changes })
    })
}

fn judge_all<'r>(task: &'r Task<'r>, full: &Mutex<Receiver<Batch>>, done: &Sender<Batch>) -> Tally<'r> {
    let mut judge = Judge::new(task);
    let next = || full.lock().expect("nothing panics with it").recv();
    while let Ok(mut batch) = next() {
        judge.batch(&mut batch);
        if done.send(batch).is_err() {
            break;
        }
    }
    judge.tally
}

/// Takes judged batches in their order and gives them back empty, until there are no more.
fn collect(
    judged: &Receiver<Batch>,
    free: Sender<Batch>,
    progress: &ProgressBar,
) -> io::Result<(Malformed, SpooledTempFile)> {
    let mut malformed = Malformed::default();
    let mut changes = SpooledTempFile::new(IN_MEMORY);
    let mut early: BTreeMap<u64, Batch> = BTreeMap::new();
    let (mut next, mut bytes) = (0, 0);
    for batch in judged {
        early.insert(batch.number, batch);
        while let Some(mut batch) = early.remove(&next) {
            next += 1;
            changes.write_all(&batch.changes)?;
            malformed.count += batch.malformed.len() as u64;
            for (number, reason) in batch.malformed.drain(..) {
                if malformed.named.len() < NAMED {
                    malformed.named.push((batch.log.place(number), reason));
                }
            }
            bytes += batch.records.len() as u64;
            progress.set_message(format!("{} MB unpacked", thousands(bytes / 1_000_000)));
            batch.records.clear();
            batch.changes.clear();
            let _ = free.send(batch);
        }
    }
    drop(free);
    Ok((malformed, changes))
}
