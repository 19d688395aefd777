//! Journals and records as bytes, one file a format: what a format reads and writes, and no more.
//!
//! A reader gives one item after the other and names what it cannot read by its line; a bad item does
//! not stop the rest. A size is bounded before it is read.

pub mod jsonl;

use std::io;

use crate::journal::FactId;

/// Why an item of a file cannot be taken in.
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
    /// The line is over [`jsonl::LONGEST_LINE`] bytes.
    TooLong,
    NotUtf8,
    NotJson,
    /// The file does not begin as its format does.
    NotThisFormat,
    /// It was written in a later version of the format.
    Newer {
        version: u64,
    },
    /// A field is missing, or does not hold what it should.
    Field(&'static str),
    /// The fact is not what was recorded: its hash does not fit.
    DamagedFact(FactId),
    /// The lesson's id is not that of its words.
    DamagedLesson,
}

impl std::fmt::Display for FormatError {
    /// For engineers. A person is told in the words of the edge.
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
