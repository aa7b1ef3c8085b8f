//! Logs made for a test, and the command that reads them.

use flate2::Compression;
use flate2::write::GzEncoder;
use serde_json::Value;
use std::fs;
use std::io::Write;
use std::path::PathBuf;
use std::process::{Command, Output, Stdio};
use std::sync::atomic::{AtomicU32, Ordering};
use std::thread;

/// A rule of the house, for a draft.
pub const HOUSE: &str = include_str!("../support/house.toml");

/// Where S3 keeps the log of a room.
pub const KEY: &str = "AWSLogs/123456789012/IVSChatLogs/1.0/us-west-2/room_Room1/2022/10/14/17/123456789012_IVSChatLogs_1.0_us-west-2_room_Room1_20221014T1740Z_1766dcbc.log.gz";

/// A folder of files, removed when dropped.
pub struct Folder(PathBuf);

impl Folder {
    pub fn new(files: &[(&str, &[u8])]) -> Self {
        static NEXT: AtomicU32 = AtomicU32::new(0);
        let name = format!("room-review-replay-{}-{}", std::process::id(), NEXT.fetch_add(1, Ordering::Relaxed));
        let folder = std::env::temp_dir().join(name);
        for (file, bytes) in files {
            let path = folder.join(file);
            fs::create_dir_all(path.parent().expect("it is in a folder")).expect("a temporary folder");
            fs::write(path, bytes).expect("a temporary file");
        }
        Self(folder)
    }

    pub fn path(&self, file: &str) -> String {
        let path = if file.is_empty() { self.0.clone() } else { self.0.join(file) };
        path.into_os_string().into_string().expect("UTF-8")
    }
}

impl Drop for Folder {
    fn drop(&mut self) {
        let _ = fs::remove_dir_all(&self.0);
    }
}

/// A message as IVS Chat logs it; `more` are members of the payload besides the content.
pub fn message(content: &str, more: &str) -> String {
    record("17:40", content, more)
}

/// The same at another time.
pub fn record(time: &str, content: &str, more: &str) -> String {
    let (open, time) = ("{\"event_timestamp\":", format!("2022-10-14T{time}:00.000Z"));
    let payload =
        format!(r#"{{"Type":"MESSAGE","Id":"AYk6xKitV4On","Content":"{content}","SendTime":"{time}"{more}}}"#);
    format!(r#"{open}"{time}","type":"MESSAGE","version":"1.0","payload":{payload}}}"#)
}

/// A message whose content may need escapes.
pub fn record_of(content: &str) -> String {
    let quoted = serde_json::to_string(content).expect("a string");
    record("17:40", quoted.trim_matches('"'), "")
}

/// As S3 keeps it.
pub fn gzip(text: &str) -> Vec<u8> {
    let mut packed = GzEncoder::new(Vec::new(), Compression::fast());
    packed.write_all(text.as_bytes()).and_then(|()| packed.finish()).expect("into memory")
}

/// Runs the command line.
pub fn room_review(arguments: &[&str], stdin: &[u8]) -> Output {
    let mut command = Command::new(env!("CARGO_BIN_EXE_room-review"));
    command.args(arguments).env_remove("RULES_DIR");
    let mut process =
        command.stdin(Stdio::piped()).stdout(Stdio::piped()).stderr(Stdio::piped()).spawn().expect("built");
    let mut pipe = process.stdin.take().expect("piped");
    let stdin = stdin.to_owned();
    let writer = thread::spawn(move || drop(pipe.write_all(&stdin)));
    let output = process.wait_with_output().expect("it ends");
    writer.join().expect("it writes");
    output
}

pub fn text(bytes: &[u8]) -> &str {
    str::from_utf8(bytes).expect("UTF-8")
}

/// The report of a run that must have read everything.
pub fn report(arguments: &[&str], stdin: &[u8]) -> Value {
    let output = room_review(arguments, stdin);
    assert!(output.status.success(), "{}", text(&output.stderr));
    serde_json::from_slice(&output.stdout).expect("one JSON object")
}
