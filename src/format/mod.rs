//! Journals and records as bytes. Each file has one format: what it reads and writes, and no more.
//!
//! A reader returns one item after the other. An item that it cannot read is an error with its
//! line, and the reader goes on with the next. The size of an item is limited before it is read.

pub mod jsonl;

use std::io;

use crate::journal::FactId;

/// Why an item of a file cannot be read.
#[derive(Debug)]
pub struct FormatError {
    /// Counted from 1.
    pub line: u64,
    pub why: Fault,
}

/// What is wrong with an item.
#[derive(Debug)]
pub enum Fault {
    /// The file could not be read any further.
    Io(io::Error),
    /// The line has more than [`jsonl::LONGEST_LINE`] bytes.
    TooLong,
    NotUtf8,
    NotJson,
    /// The first line is not that of the format.
    NotThisFormat,
    /// It has a later version of the format.
    Newer {
        version: u64,
    },
    /// A field is missing, or does not hold what it should.
    Field(&'static str),
    /// The fact is damaged: its hash does not match.
    DamagedFact(FactId),
    /// The lesson is damaged: its id does not match its text.
    DamagedLesson,
}

impl std::fmt::Display for FormatError {
    /// For logs and tests. `messages` has the sentence for a person.
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(f, "{self:?}")
    }
}

impl std::error::Error for FormatError {
    fn source(&self) -> Option<&(dyn std::error::Error + 'static)> {
        match &self.why {
            Fault::Io(error) => Some(error),
            _ => None,
        }
    }
}

#[cfg(test)]
mod tests;
