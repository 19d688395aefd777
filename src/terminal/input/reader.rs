//! Waits for what is typed, and for the signals that whoever waits must answer.

use std::io;
use std::time::Duration;

use crate::platform::{self, Signal, Wake};
use crate::terminal::input::Input;
use crate::terminal::input::decoder::Decoder;

/// How long an Escape may stand alone before it is the Escape key.
const ESCAPE: Duration = Duration::from_millis(300);

/// Reads what is typed. Use it while the terminal is in raw mode and signals are held.
#[derive(Debug, Default)]
pub struct Reader {
    decoder: Decoder,
}

/// What a wait ended with.
#[derive(Debug, PartialEq, Eq)]
pub enum Received {
    /// All that was typed and read at once, in order; it may be nothing yet, as in the middle of a
    /// sequence.
    Inputs(Vec<Input>),
    Signal(Signal),
    /// Nothing came within the time.
    TimeOut,
}

impl Reader {
    /// Waits, at most this long if a time is given. Errors with `UnexpectedEof` if the terminal is
    /// gone.
    pub fn read(&mut self, within: Option<Duration>) -> io::Result<Received> {
        let mut bytes = [0; 16_384];
        let waits_for_escape = self.decoder.waits_for_escape();
        let wait = if waits_for_escape {
            Some(within.map_or(ESCAPE, |within| within.min(ESCAPE)))
        } else {
            within
        };
        Ok(match platform::wait_for_input(&mut bytes, wait)? {
            Wake::Bytes(count) => Received::Inputs(self.decoder.feed(&bytes[..count])),
            Wake::Signal(signal) => Received::Signal(signal),
            Wake::TimeOut if waits_for_escape => Received::Inputs(self.decoder.end_escape()),
            Wake::TimeOut => Received::TimeOut,
        })
    }
}
