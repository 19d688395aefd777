//! Waits for what is typed, and for the signals that whoever waits must answer.

use std::collections::VecDeque;
use std::io;
use std::time::{Duration, Instant};

use crate::platform::{self, Signal, Wake};
use crate::terminal::input::Input;
use crate::terminal::input::decoder::{Decoder, Open};

/// How long an Escape may stand alone before it is the Escape key.
const ESCAPE: Duration = Duration::from_millis(300);

/// How long a string of the terminal may pause; one that began as no answer of a terminal does may
/// not take longer than this from its beginning. A terminal sends it at once; somebody who began one
/// with Alt and a letter, and types on, should lose no more than a word.
const STRING: Duration = Duration::from_secs(1);

/// How long a paste may pause before its end. After that the end does not come, as when the
/// terminal was told in the middle of it not to mark pastes.
const PASTE: Duration = Duration::from_secs(1);

/// A terminal sends the Escape of a key with Alt together with the key. After this long, the key is
/// one of its own: somebody left with Escape and typed on.
const ALT: Duration = Duration::from_millis(50);

/// Whether this byte after an Escape begins a sequence, which may come in pieces.
fn begins_sequence(byte: u8) -> bool {
    b"[]OPNX^_\\\x1b".contains(&byte)
}

/// Reads what is typed. Use it while the terminal is in raw mode and signals are held.
#[derive(Debug)]
pub struct Reader {
    decoder: Decoder,
    /// What was read and is not wanted yet.
    ahead: VecDeque<Input>,
    /// What ended a wait in which there was still something to give out.
    ended: Option<io::Result<Signal>>,
    /// When what is open now was last added to; for a string, when it began.
    opened: Instant,
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

impl Default for Reader {
    fn default() -> Self {
        Self {
            decoder: Decoder::default(),
            ahead: VecDeque::new(),
            ended: None,
            opened: Instant::now(),
        }
    }
}

impl Reader {
    /// Waits, at most this long if a time is given. What is not complete, such as a paste, is given
    /// out before the end of the terminal, or of the process, is told.
    ///
    /// Errors with `UnexpectedEof` if the terminal is gone.
    pub fn read(&mut self, within: Option<Duration>) -> io::Result<Received> {
        if !self.ahead.is_empty() {
            return Ok(Received::Inputs(self.ahead.drain(..).collect()));
        }
        if let Some(ended) = self.ended.take() {
            return ended.map(Received::Signal);
        }
        let patience = self.patience();
        let wait = [within, patience].into_iter().flatten().min();
        let mut bytes = [0; 16_384];
        match platform::wait_for_input(&mut bytes, wait) {
            Ok(Wake::Bytes(count)) => Ok(Received::Inputs(self.decode(&bytes[..count]))),
            Ok(Wake::TimeOut) if patience.is_some() && patience == wait => {
                Ok(Received::Inputs(self.decoder.close()))
            }
            Ok(Wake::TimeOut) => Ok(Received::TimeOut),
            Ok(Wake::Signal(signal @ (Signal::End(_) | Signal::Suspend))) => self.end(Ok(signal)),
            Ok(Wake::Signal(signal)) => Ok(Received::Signal(signal)),
            Err(error) => self.end(Err(error)),
        }
    }

    /// Gives back inputs that were read and are for another: the next read returns them.
    pub fn unread(&mut self, inputs: impl IntoIterator<Item = Input>) {
        let later = std::mem::take(&mut self.ahead);
        self.ahead.extend(inputs);
        self.ahead.extend(later);
    }

    /// How long to wait for the rest of what is open.
    fn patience(&self) -> Option<Duration> {
        let whole = match self.decoder.open()? {
            Open::Escape => ESCAPE,
            Open::String { .. } => STRING,
            Open::Paste => PASTE,
        };
        Some(whole.saturating_sub(self.opened.elapsed()))
    }

    fn decode(&mut self, bytes: &[u8]) -> Vec<Input> {
        let mut inputs = Vec::new();
        let stood_alone = self.decoder.open() == Some(Open::Escape)
            && self.opened.elapsed() >= ALT
            && bytes.first().is_some_and(|byte| !begins_sequence(*byte));
        if stood_alone {
            inputs = self.decoder.close();
        }
        inputs.extend(self.decoder.feed(bytes));
        match self.decoder.open() {
            Some(Open::String { length, is_answer: false }) if length >= bytes.len() => {
                // It began in an earlier read.
                if self.opened.elapsed() >= STRING {
                    inputs.extend(self.decoder.close());
                }
            }
            _ => self.opened = Instant::now(),
        }
        inputs
    }

    fn end(&mut self, ended: io::Result<Signal>) -> io::Result<Received> {
        let inputs = self.decoder.finish();
        if inputs.is_empty() {
            return ended.map(Received::Signal);
        }
        self.ended = Some(ended);
        Ok(Received::Inputs(inputs))
    }
}
