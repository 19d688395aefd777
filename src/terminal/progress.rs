//! The progress of longer work: one line on standard error that is written over. It is shown only
//! at a terminal, and only if the work takes more than a second.

use std::io::{self, Write};
use std::time::{Duration, Instant};

/// Work that takes less than this shows no progress.
const WAIT: Duration = Duration::from_secs(1);

/// The progress line. Dropping it erases the line.
#[derive(Debug)]
pub struct ProgressLine {
    is_wanted: bool,
    started: Instant,
    /// The percentage that is on the screen.
    shown: Option<usize>,
}

impl ProgressLine {
    pub(super) fn new(is_wanted: bool) -> Self {
        Self { is_wanted, started: Instant::now(), shown: None }
    }

    /// Shows how much of the work is done. `describe` makes a text of the percentage.
    pub fn update(&mut self, done: usize, total: usize, describe: impl FnOnce(usize) -> String) {
        let percent = done * 100 / total.max(1);
        if !self.is_wanted || self.shown == Some(percent) || self.started.elapsed() < WAIT {
            return;
        }
        self.shown = Some(percent);
        // If it cannot be written, that is not a failure.
        let mut err = io::stderr().lock();
        let _ = write!(err, "\r{}\x1b[K", describe(percent)).and_then(|()| err.flush());
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
