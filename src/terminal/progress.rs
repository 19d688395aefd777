//! How far a longer piece of work has come: one line that is written over, at a terminal alone, and
//! only where the work takes over a second.

use std::io::{self, Write};
use std::time::{Duration, Instant};

/// Shorter work is done before anybody wonders.
const WAIT: Duration = Duration::from_secs(1);

/// The line; it is gone when this is dropped.
#[derive(Debug)]
pub struct ProgressLine {
    is_wanted: bool,
    started: Instant,
    /// The percentage that stands there.
    shown: Option<usize>,
}

impl ProgressLine {
    pub(super) fn new(is_wanted: bool) -> Self {
        Self { is_wanted, started: Instant::now(), shown: None }
    }

    /// Says how much of the work is done, in the words for a percentage.
    pub fn update(&mut self, done: usize, total: usize, words: impl FnOnce(usize) -> String) {
        let percent = done * 100 / total.max(1);
        if !self.is_wanted || self.shown == Some(percent) || self.started.elapsed() < WAIT {
            return;
        }
        self.shown = Some(percent);
        // That nobody sees it is no failure.
        let mut err = io::stderr().lock();
        let _ = write!(err, "\r{}\x1b[K", words(percent)).and_then(|()| err.flush());
    }
}

impl Drop for ProgressLine {
    fn drop(&mut self) {
        if self.shown.is_some() {
            let mut err = io::stderr().lock();
            let _ = write!(err, "\r\x1b[K").and_then(|()| err.flush());
        }
    }
}
