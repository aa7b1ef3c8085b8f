//! Reads logs and hands them on in batches of whole records.

use super::documents;
use super::logs::{self, Log};
use flate2::bufread::MultiGzDecoder;
use indicatif::ProgressBar;
use std::fs::File;
use std::io::{self, BufRead, BufReader, Read};
use std::path::{Path, PathBuf};
use std::sync::Arc;
use std::sync::mpsc::{Receiver, Sender};

/// Bytes of a batch. Large enough that handing it on costs nothing, small enough to stay in a cache.
pub const BATCH: usize = 1 << 18;

/// The longest line, in bytes: what has no end by then is no log.
const LONGEST: usize = 1 << 22;

/// Some records of a log on their way through the threads. Made once and used again and again: memory stays flat.
#[derive(Default)]
pub struct Batch {
    /// Its place in the order of the logs.
    pub number: u64,
    /// Where the records are from.
    pub log: Arc<Log>,
    /// The number of the first line or event.
    pub first: u64,
    /// Whole lines.
    pub records: Vec<u8>,
    /// What has to be reported in the order of the logs: changed messages, one JSON object a line.
    pub changes: Vec<u8>,
    /// And what could not be read, by number.
    pub malformed: Vec<(u64, String)>,
}

/// What became of the files.
#[derive(Default)]
pub struct FilesRead {
    /// How many were read.
    pub files: u64,
    /// What is wrong with those that could not be read to their end.
    pub unreadable: Vec<String>,
}

/// The way to those who judge.
pub struct Feed {
    free: Receiver<Batch>,
    work: Sender<Batch>,
    next: u64,
}

impl Feed {
    /// Takes empty batches from `free` and puts full ones into `work`.
    pub const fn new(free: Receiver<Batch>, work: Sender<Batch>) -> Self {
        Self { free, work, next: 0 }
    }

    /// An empty batch, as soon as there is one.
    pub fn take(&mut self, log: &Arc<Log>, first: u64) -> io::Result<Batch> {
        let mut batch = self.free.recv().map_err(io::Error::other)?;
        batch.log = Arc::clone(log);
        batch.first = first;
        batch.number = self.next;
        self.next += 1;
        Ok(batch)
    }

    /// Hands a batch on.
    pub fn give(&self, batch: Batch) -> io::Result<()> {
        self.work.send(batch).map_err(|_| io::Error::other("nobody judges any more"))
    }
}

/// Reads all logs, in order.
pub fn read_all(paths: &[PathBuf], room: Option<&str>, mut feed: Feed, progress: &ProgressBar) -> FilesRead {
    let mut read = FilesRead::default();
    for file in logs::files(paths) {
        let path = match file {
            Ok(path) => path,
            Err(problem) => {
                read.unreadable.push(problem);
                continue;
            }
        };
        match read_file(&path, room, &mut feed, progress) {
            Ok(()) => read.files += 1,
            Err(error) => read.unreadable.push(format!("{}: {error}", path.display())),
        }
    }
    if read.files == 0 && read.unreadable.is_empty() {
        read.unreadable = paths.iter().map(|path| format!("{}: no logs in this folder", path.display())).collect();
    }
    read
}

fn read_file(path: &Path, room: Option<&str>, feed: &mut Feed, progress: &ProgressBar) -> io::Result<()> {
    let input: Box<dyn Read> = if path == Path::new("-") {
        Box::new(io::stdin().lock())
    } else {
        Box::new(progress.wrap_read(File::open(path)?))
    };
    let mut packed = BufReader::with_capacity(1 << 16, input);
    let name = path.display().to_string();
    let room = room.map_or_else(|| logs::room_of(&name).unwrap_or_default(), str::to_owned);
    let log = Log { name, room, is_document: false };
    if packed.fill_buf()?.starts_with(&[0x1f, 0x8b]) {
        read_plain(BufReader::with_capacity(1 << 16, MultiGzDecoder::new(packed)), log, feed)
    } else {
        read_plain(packed, log, feed)
    }
}

fn read_plain(mut input: impl BufRead, log: Log, feed: &mut Feed) -> io::Result<()> {
    if documents::is_document(input.fill_buf()?) {
        documents::read(input, &Arc::new(Log { is_document: true, ..log }), feed)
    } else {
        read_lines(input, &Arc::new(log), feed)
    }
}

fn read_lines(mut input: impl Read, log: &Arc<Log>, feed: &mut Feed) -> io::Result<()> {
    let mut line = 1;
    let mut rest: Vec<u8> = Vec::new();
    loop {
        let mut batch = feed.take(log, line)?;
        batch.records.append(&mut rest);
        let (end, read) = fill(&mut input, &mut batch.records);
        rest.extend_from_slice(&batch.records[end..]);
        batch.records.truncate(end);
        #[allow(clippy::naive_bytecount)] // the compiler vectorises this one
        let lines = batch.records.iter().filter(|&&byte| byte == b'\n').count() as u64;
        line += lines;
        feed.give(batch)?;
        match read {
            Ok(true) => {}
            Ok(false) => return Ok(()),
            Err(error) => return Err(error),
        }
    }
}

/// Reads on until `records` holds a batch of whole records: where they end, and whether there may be more.
fn fill(input: &mut impl Read, records: &mut Vec<u8>) -> (usize, io::Result<bool>) {
    loop {
        let want = BATCH.saturating_sub(records.len()).max(BATCH / 4);
        let before = records.len();
        let read = input.by_ref().take(want as u64).read_to_end(records);
        match read {
            Ok(_) if records.len() - before < want => return (records.len(), Ok(false)),
            Ok(_) => {}
            Err(error) => return (last_end(records, before).unwrap_or(0), Err(error)),
        }
        match last_end(records, before) {
            Some(end) => return (end, Ok(true)),
            None if records.len() > LONGEST => return (records.len(), Ok(true)),
            None => {}
        }
    }
}

/// Where the last whole record ends: at a line's end or, as Firehose joins records without one, between two objects. What
/// stands before `new` was looked through already. Inside of a string, the quote of `}{"` would be escaped.
fn last_end(records: &[u8], new: usize) -> Option<usize> {
    let from = new.saturating_sub(2);
    let line = records[from..].iter().rposition(|&byte| byte == b'\n');
    let end = line.or_else(|| records[from..].windows(3).rposition(|three| three == b"}{\""));
    end.map(|at| from + at + 1)
}

#[cfg(test)]
mod tests {
    use super::*;
    use std::sync::mpsc::channel;
    use std::thread;

    /// The batches that a log is read in: the number of the first line, and the bytes.
    fn batches(mut input: &[u8]) -> Vec<(u64, Vec<u8>)> {
        let (give, free) = channel();
        let (work, done) = channel();
        give.send(Batch::default()).expect("it is open");
        thread::scope(|scope| {
            scope.spawn(move || read_lines(&mut input, &Arc::default(), &mut Feed::new(free, work)).expect("memory"));
            done.iter()
                .map(|batch: Batch| {
                    let seen = (batch.first, batch.records);
                    let _ = give.send(Batch::default());
                    seen
                })
                .collect()
        })
    }

    #[test]
    fn batches_hold_whole_records_and_know_their_lines() {
        let mut wrong = Vec::new();
        for (name, record, is_line) in [
            ("lines", "{\"a\":\"0123456789\"}\n", true),
            ("joined", "{\"a\":\"}{\\\"\"}", false),
            ("one long line", "x", false),
        ] {
            let log = record.repeat(1_000_000 / record.len() * 6);
            let batches = batches(log.as_bytes());
            let mut line = 1;
            for (first, records) in &batches {
                let whole = record == "x" || records.is_empty() || records.ends_with(record.as_bytes());
                if *first != line || !whole || records.len() > LONGEST + BATCH {
                    wrong.push(format!("{name}: line {first} for {line}, {} bytes, whole: {whole}", records.len()));
                }
                line += if is_line { (records.len() / record.len()) as u64 } else { 0 };
            }
            let joined: Vec<u8> = batches.into_iter().flat_map(|(_, records)| records).collect();
            if joined != log.as_bytes() {
                wrong.push(format!("{name}: {} bytes of {}", joined.len(), log.len()));
            }
        }
        assert!(wrong.is_empty(), "{}", wrong.join("\n"));
    }
}
