//! Stdout and stderr that no answer ever waits for, and what a panic may say there.

use super::line::timestamp;
use serde_json::json;
use std::fs::OpenOptions;
use std::io::{self, Write};
use std::os::fd::AsFd;
use std::os::unix::fs::{FileTypeExt, OpenOptionsExt};
use std::os::unix::net::UnixStream;
use std::panic;
use std::sync::{Mutex, PoisonError};

/// Of `open`, on Linux, where Lambda runs.
const O_NONBLOCK: i32 = 0o4000;

/// Stdout or stderr such that no answer ever waits for it: when it is full, the line is dropped. It is opened afresh, so that the
/// flag for that is on our own file description and not on one that a parent process shares. A socket can not be opened again.
pub fn never_waiting(number: u8, stream: impl AsFd + Write + Send + 'static) -> Box<dyn Write + Send> {
    let path = format!("/proc/self/fd/{number}");
    if std::fs::metadata(&path).is_ok_and(|file| file.file_type().is_socket()) {
        let socket = stream.as_fd().try_clone_to_owned().map(UnixStream::from);
        if let Ok(socket) = socket.and_then(|socket| socket.set_nonblocking(true).map(|()| socket)) {
            return Box::new(socket);
        }
    } else if let Ok(file) = OpenOptions::new().append(true).custom_flags(O_NONBLOCK).open(path) {
        return Box::new(file);
    }
    Box::new(stream)
}

/// From now on a panic writes where it happened, and neither its message, which can quote a message of the chat, nor a
/// backtrace, which costs more than the 200 ms of an answer when `RUST_BACKTRACE` is set.
pub fn log_panics_by_place_only() {
    let stderr = Mutex::new(never_waiting(2, io::stderr()));
    panic::set_hook(Box::new(move |panic| {
        let place = panic.location().map_or_else(String::new, ToString::to_string);
        let line = json!({"timestamp": timestamp(), "level": "ERROR", "outcome": "panic", "location": place});
        let mut stderr = stderr.lock().unwrap_or_else(PoisonError::into_inner);
        let _ = stderr.write_all(format!("{line}\n").as_bytes());
    }));
}
