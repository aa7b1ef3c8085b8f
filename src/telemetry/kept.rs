//! A log that tests can read.

use std::io::{self, Write};
use std::sync::{Arc, Mutex, MutexGuard};

/// Keeps what is written to it; clones share it.
#[derive(Clone, Default)]
pub struct Kept(Arc<Mutex<Vec<u8>>>);

impl Kept {
    /// What was written.
    pub fn text(&self) -> String {
        String::from_utf8(self.bytes().clone()).expect("JSON is UTF-8")
    }

    /// Forgets what was written.
    pub fn clear(&self) {
        self.bytes().clear();
    }

    fn bytes(&self) -> MutexGuard<'_, Vec<u8>> {
        self.0.lock().expect("one thread")
    }
}

impl Write for Kept {
    fn write(&mut self, bytes: &[u8]) -> io::Result<usize> {
        self.bytes().write(bytes)
    }

    fn flush(&mut self) -> io::Result<()> {
        Ok(())
    }
}
