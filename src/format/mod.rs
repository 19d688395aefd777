//! Journals and records as bytes. Each file has one format: what it reads and writes, and no more.
//!
//! A reader returns one item after the other. An item that it cannot read is an error with its
//! line, and the reader goes on with the next. The size of an item is limited before it is read.

pub mod article;
pub mod csv_out;
pub mod dayone;
mod entry_list;
pub mod entry_text;
pub mod highlights;
mod identity;
pub mod journal_file;
pub mod jrnl;
pub mod jsonl;
pub mod limits;
pub mod markdown;
pub mod tui_journal;
mod whole_text;

use std::io;

use crate::format::highlights::HighlightFormat;
use crate::format::limits::Limit;
use crate::journal::{Entry, FactId};

/// Writes entries to one file, one after the other, oldest first.
pub trait EntryWriter {
    /// Writes the next entry.
    fn entry(&mut self, entry: &Entry) -> io::Result<()>;

    /// Writes what follows the last entry.
    fn finish(self: Box<Self>) -> io::Result<()>;
}

/// Why an item of a file cannot be read, or the whole file.
#[derive(Debug)]
pub struct FormatError {
    /// The name of the part with the fault, if the file is an archive or a folder.
    pub part: Option<String>,
    /// The line with the fault, counted from 1; `None` if the fault has no line.
    pub line: Option<u64>,
    pub why: Fault,
}

impl FormatError {
    pub fn at_line(line: u64, why: Fault) -> Self {
        Self { part: None, line: Some(line), why }
    }

    /// The same fault, in this part of an archive or a folder.
    #[must_use]
    pub fn in_part(self, part: &str) -> Self {
        Self { part: Some(part.to_owned()), ..self }
    }
}

impl From<Fault> for FormatError {
    fn from(why: Fault) -> Self {
        Self { part: None, line: None, why }
    }
}

/// What became of the records of a file. The sum of all is what the file holds.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct Counts {
    /// Records that were added.
    pub imported: u64,
    /// Records that were joined with another one, such as a note with its passage.
    pub merged: u64,
    /// Records that were skipped because the journal has them.
    pub known: u64,
    /// Records that were skipped because the person did not pick them.
    pub not_picked: u64,
    /// Records that were skipped because they cannot be used. Each is named with its reason.
    pub unusable: u64,
}

impl Counts {
    pub fn skipped(self) -> u64 {
        self.known + self.not_picked + self.unusable
    }
}

/// What the records of a file become.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum RecordKind {
    Entry,
    Lesson,
}

/// What is wrong with an item.
#[derive(Debug)]
pub enum Fault {
    /// The file could not be read any further.
    Io(io::Error),
    /// The line has more than [`jsonl::LONGEST_LINE`] bytes.
    TooLong,
    /// The file holds more than is read of one.
    TooMuch(Limit),
    NotUtf8,
    /// It holds a zero byte, which no text has.
    Nul,
    /// No numbered lessons can be told in the article.
    NoLessons,
    /// The lesson with this heading has no text.
    LessonWithoutText,
    NotJson,
    /// The first line is not that of the format.
    NotThisFormat,
    /// A mark of dwell's own Markdown that does not stand where it should.
    Mark,
    /// It is not a journal of this program.
    NotOf {
        program: &'static str,
    },
    /// It ends within a record, or within an archive.
    Torn,
    /// The archive cannot be read.
    DamagedArchive,
    /// The part of the archive asks for a passphrase.
    Encrypted,
    /// The part of the archive is compressed in a way that is not read.
    Compression,
    /// The record has no words.
    NoWords,
    /// Nothing says which day the note is of.
    NotADailyNote,
    /// A link, or what else is no file.
    NotAFile,
    /// What stands where a date is expected.
    NotADate(String),
    /// Words before the first entry, which has the first date.
    BeforeFirstEntry(String),
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
    /// The file is not of this format.
    NotHighlights(HighlightFormat),
    /// The file holds nothing but white space.
    Empty,
    /// The file, or its last record, ends before it is whole.
    CutShort,
    /// None of the columns is the one with the text.
    NoTextColumn {
        columns: Vec<String>,
    },
    /// There is no column of this name or number.
    NoColumn {
        name: String,
        columns: Vec<String>,
    },
    /// The record has no words.
    NoText,
    /// The record is a bookmark, which has no words.
    Bookmark,
    /// The device says that no more of this book may be clipped.
    ClippingLimit,
    NotAClipping,
    /// The reader took it off the page.
    Removed,
    /// The row has another number of fields than the others.
    Ragged {
        fields: usize,
        columns: usize,
    },
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
mod testing;
#[cfg(test)]
mod tests;
