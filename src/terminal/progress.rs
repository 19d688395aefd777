//! The progress of longer work: one line on standard error that is written over, or in plain lines
//! a new line every few seconds. It is shown only at a terminal, and only if the work takes more
//! than a second.

use std::io::{self, Write};
use std::time::{Duration, Instant};

/// Work that takes less than this shows no progress.
const WAIT: Duration = Duration::from_secs(1);

/// In plain lines, each stays, and a voice reads it out: no more than one in this time.
const WAIT_FOR_NEXT_LINE: Duration = Duration::from_secs(5);

/// The progress line. Dropping it erases the line, unless lines are plain.
#[derive(Debug)]
pub struct ProgressLine {
    is_wanted: bool,
    plain_lines: bool,
    /// Nothing is written before.
    next: Instant,
    /// The percentage that is on the screen.
    shown: Option<usize>,
}

impl ProgressLine {
    pub(super) fn new(is_wanted: bool, plain_lines: bool) -> Self {
        Self { is_wanted, plain_lines, next: Instant::now() + WAIT, shown: None }
    }

    /// Shows how much of the work is done. `describe` makes a text of the percentage.
    pub fn update(&mut self, done: usize, total: usize, describe: impl FnOnce(usize) -> String) {
        let Some(percent) = self.due(done, total, Instant::now()) else { return };
        let line = describe(percent);
        let line = if self.plain_lines { format!("{line}\n") } else { format!("\r{line}\x1b[K") };
        // If it cannot be written, that is not a failure.
        let mut err = io::stderr().lock();
        let _ = write!(err, "{line}").and_then(|()| err.flush());
    }

    /// The percentage, if it is to be shown now.
    fn due(&mut self, done: usize, total: usize, now: Instant) -> Option<usize> {
        let percent = done * 100 / total.max(1);
        if !self.is_wanted || self.shown == Some(percent) || now < self.next {
            return None;
        }
        if self.plain_lines {
            self.next = now + WAIT_FOR_NEXT_LINE;
        }
        self.shown = Some(percent);
        self.shown
    }
}

impl Drop for ProgressLine {
    fn drop(&mut self) {
        if self.shown.is_some() && !self.plain_lines {
            let mut err = io::stderr().lock();
            let _ = write!(err, "\r\x1b[K").and_then(|()| err.flush());
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// The percentages that are shown of work that does one of a hundred parts each 100 ms, from
    /// when something may be shown.
    fn shown(plain_lines: bool) -> Vec<u32> {
        // Nothing is drawn: dropping it after that would erase a line of the test.
        let mut line = std::mem::ManuallyDrop::new(ProgressLine::new(true, plain_lines));
        let start = line.next;
        let is_shown = |part: &u32| {
            let now = start + Duration::from_millis(100) * *part;
            line.due(*part as usize, 100, now).is_some()
        };
        (0..=100).filter(is_shown).collect()
    }

    #[test]
    fn in_plain_lines_progress_is_told_every_few_seconds_and_else_whenever_it_changes() {
        assert_eq!(shown(true), [0, 50, 100]);
        assert_eq!(shown(false), (0..=100).collect::<Vec<_>>());
        let mut short = ProgressLine::new(true, true);
        assert_eq!(short.due(1, 100, Instant::now()), None);
    }
}
