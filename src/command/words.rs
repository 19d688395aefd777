//! The words that come with a command, as arguments or on standard input.
//!
//! They are read before anything can fail. From then on until they are saved they are in
//! [`Context::words`](crate::command::Context), and whatever fails, `unsaved` keeps them.

use std::io::{self, Read};

use crate::command::error::{Error, Result};
use crate::drafts::{Extras, Purpose};
use crate::journal::DayName;
use crate::journal::entry::reflection::LARGEST;
use crate::messages::saving;
use crate::terminal::Terminal;

/// Words that are not saved yet, and what they are to become.
#[derive(Debug)]
pub struct Words {
    pub(super) input: Input,
    pub(super) purpose: Purpose,
    pub(super) day: WantedDay,
    pub(super) extras: Extras,
}

/// The day that words are for.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum WantedDay {
    Today,
    Named(DayName),
    /// A day was named, but not in a form that dwell reads.
    Unreadable,
}

/// A text as it came in.
#[derive(Debug)]
pub struct Input {
    pub(super) bytes: Vec<u8>,
    /// Why the bytes are not a text that can be saved.
    pub(super) fault: Option<Fault>,
}

/// Why standard input, or an argument, is not a text that can be saved.
#[derive(Debug)]
pub enum Fault {
    /// It could not be read to its end.
    NotRead(io::Error),
    /// It has more bytes than a reflection may have, and was not read to its end.
    TooLarge,
    /// It is not UTF-8. The first bad byte, counted from 1.
    NotUtf8(usize),
}

impl Words {
    pub(crate) fn new(
        input: Input,
        purpose: Purpose,
        day: impl Into<WantedDay>,
        extras: Extras,
    ) -> Self {
        Self { input, purpose, day: day.into(), extras }
    }

    /// The text. Errors if what came in is not a text that can be saved.
    pub(super) fn text(&self) -> Result<&str> {
        match &self.input.fault {
            None => Ok(std::str::from_utf8(&self.input.bytes).unwrap_or_default()),
            Some(Fault::NotRead(error)) => Err(Error::usage(saving::input_not_read(error))),
            Some(Fault::TooLarge) => Err(Error::usage(saving::input_too_large())),
            Some(Fault::NotUtf8(byte)) => Err(Error::usage(saving::input_not_text(*byte))),
        }
    }
}

impl Input {
    /// A text that is in memory.
    pub(crate) fn text(text: impl Into<Vec<u8>>) -> Self {
        Self::new(text.into(), None)
    }

    /// The text that a command was given: its words, or standard input for a single `-`, or for no
    /// word where standard input is not a terminal. `None` if there is none of these.
    pub(crate) fn given(words: &[String], terminal: &Terminal) -> Option<Self> {
        match words {
            [dash] if dash == "-" => Some(Self::read()),
            [] if terminal.has_piped_input() => Some(Self::read()),
            [] => None,
            words => Some(Self::text(words.join(" "))),
        }
    }

    /// Reads standard input, up to the size that a reflection may have.
    pub(crate) fn read() -> Self {
        let mut bytes = Vec::new();
        let read = io::stdin().lock().take(LARGEST + 1).read_to_end(&mut bytes);
        Self::new(bytes, read.err().map(Fault::NotRead))
    }

    fn new(bytes: Vec<u8>, fault: Option<Fault>) -> Self {
        let fault = fault.or_else(|| match std::str::from_utf8(&bytes) {
            _ if bytes.len() as u64 > LARGEST => Some(Fault::TooLarge),
            Err(error) => Some(Fault::NotUtf8(error.valid_up_to() + 1)),
            Ok(_) => None,
        });
        Self { bytes, fault }
    }
}

impl From<Option<DayName>> for WantedDay {
    fn from(name: Option<DayName>) -> Self {
        name.map_or(Self::Today, Self::Named)
    }
}

impl WantedDay {
    pub(super) fn name(self) -> Option<DayName> {
        match self {
            Self::Named(name) => Some(name),
            Self::Today | Self::Unreadable => None,
        }
    }
}
