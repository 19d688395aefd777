//! A question while it is open: keys are read one by one, pastes are marked, and signals are
//! answered. Dropping it gives the modes of the terminal back.
//!
//! What is written here goes to standard error, each time in one write.

use std::io::{self, Write};
use std::time::{Duration, Instant};

use crate::platform::{self, RawMode, Signal, SignalsHeld};
use crate::terminal::input::{Input, Received};
use crate::terminal::{AskError, Terminal};

/// Bracketed paste: the terminal marks the beginning and the end of what is pasted.
const BRACKETED_PASTE_ON: &str = "\x1b[?2004h";
const BRACKETED_PASTE_OFF: &str = "\x1b[?2004l";

/// A question that waits for its answer.
pub(super) struct Question<'a> {
    terminal: &'a mut Terminal,
    /// `None` while the process is stopped.
    held: Option<Held>,
}

/// What came.
#[derive(Debug, PartialEq, Eq)]
pub(super) enum Heard {
    /// All that was typed and read at once; it may be nothing yet.
    Typed(Vec<Input>),
    /// The process is to stop: [`Question::suspend`] does it.
    Suspend,
    /// The process was stopped and goes on: the open line must be written again.
    WentOn,
    /// Nothing came within the time.
    TimeOut,
}

struct Held {
    raw_mode: RawMode,
    _signals: SignalsHeld,
    marks_pastes: bool,
}

impl Held {
    fn take(marks_pastes: bool) -> io::Result<Self> {
        let signals = SignalsHeld::hold()?;
        let held = Self { raw_mode: RawMode::hold(), _signals: signals, marks_pastes };
        if marks_pastes {
            write(BRACKETED_PASTE_ON)?;
        }
        Ok(held)
    }
}

impl Drop for Held {
    fn drop(&mut self) {
        if self.marks_pastes {
            // If it cannot be written, the terminal is gone.
            let _ = write(BRACKETED_PASTE_OFF);
        }
    }
}

/// Writes a text that is safe to show, while a question is open. Errors if the terminal is gone.
pub(super) fn write(text: &str) -> io::Result<()> {
    let mut err = io::stderr().lock();
    err.write_all(text.as_bytes()).and_then(|()| err.flush())
}

impl<'a> Question<'a> {
    /// Opens a question. Errors if single keys cannot be read.
    pub(super) fn open(terminal: &'a mut Terminal) -> io::Result<Self> {
        terminal.flush()?;
        let held = Some(Held::take(!terminal.is_dumb)?);
        Ok(Self { terminal, held })
    }

    /// Whether the terminal shows what is typed while no question is open. If not, somebody else
    /// does, as an editor with a shell inside.
    pub(super) fn echoes(&self) -> bool {
        self.held.as_ref().is_some_and(|held| held.raw_mode.echoed_before())
    }

    /// Waits for what is typed, at most this long if a time is given. Errors if the process must
    /// end, or if the terminal is gone.
    pub(super) fn wait(&mut self, within: Option<Duration>) -> Result<Heard, AskError> {
        let end = until(within);
        loop {
            match self.terminal.reader.read(left(end))? {
                Received::Inputs(inputs) => return Ok(Heard::Typed(inputs)),
                Received::TimeOut => return Ok(Heard::TimeOut),
                Received::Signal(Signal::Resize) => {}
                Received::Signal(Signal::Suspend) => return Ok(Heard::Suspend),
                Received::Signal(Signal::Resume) => {
                    // The shell may have set its own modes meanwhile.
                    self.held = None;
                    self.go_on()?;
                    return Ok(Heard::WentOn);
                }
                Received::Signal(Signal::End(signal)) => {
                    self.terminal.end_by(signal);
                    return Err(AskError::Cancelled);
                }
            }
        }
    }

    /// Waits for one key or text and leaves the rest for the next wait. `None` if none comes within
    /// the time. Errors as [`Question::wait`]. `write_again` is what is on the open line.
    pub(super) fn next(
        &mut self,
        within: Option<Duration>,
        write_again: &str,
    ) -> Result<Option<Input>, AskError> {
        let end = until(within);
        loop {
            match self.wait(left(end))? {
                Heard::Typed(inputs) => {
                    let mut inputs = inputs.into_iter();
                    let next = inputs.next();
                    self.unread(inputs);
                    if next.is_some() {
                        return Ok(next);
                    }
                }
                Heard::Suspend => {
                    self.suspend()?;
                    write(write_again)?;
                }
                Heard::WentOn => write(write_again)?,
                Heard::TimeOut => return Ok(None),
            }
        }
    }

    /// Leaves what was read and is not for this question to the next one.
    pub(super) fn unread(&mut self, inputs: impl IntoIterator<Item = Input>) {
        self.terminal.reader.unread(inputs);
    }

    /// Gives the terminal back and stops the process, as Ctrl-Z does. Returns when it goes on.
    /// Errors if the terminal cannot be used then.
    pub(super) fn suspend(&mut self) -> io::Result<()> {
        self.held = None;
        platform::suspend();
        self.go_on()
    }

    fn go_on(&mut self) -> io::Result<()> {
        self.held = Some(Held::take(!self.terminal.is_dumb)?);
        Ok(())
    }
}

fn until(within: Option<Duration>) -> Option<Instant> {
    within.map(|within| Instant::now() + within)
}

fn left(end: Option<Instant>) -> Option<Duration> {
    end.map(|end| end.saturating_duration_since(Instant::now()))
}
