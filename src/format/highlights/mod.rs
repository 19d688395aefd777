//! What was marked in books, as reading devices and other programs write it down.
//!
//! A reader gives one highlight after the other, or a record that it passes over, with the reason.
//! If the file is damaged or of another format, an error ends it, and nothing of the file is to be
//! taken in.

pub mod anki;
pub mod columns;
pub mod fortune;
mod html;
pub mod json_lines;
pub mod kindle;
mod kindle_label;
mod lines;
mod row;
pub mod table;

use crate::format::FormatError;
use crate::journal::lesson::highlight::Highlight;

/// One record of a file.
#[derive(Debug)]
pub enum Item {
    Highlight(Highlight),
    /// It cannot be used. This names it and says why.
    Skipped(FormatError),
}

/// What a reader gives.
pub type Read = Result<Item, FormatError>;

/// Reads a file in one of the formats.
pub trait Reader: Sized {
    /// The next record; `None` at the end of the file. Errors if the file is damaged or of another
    /// format.
    fn read(&mut self) -> Result<Option<Item>, FormatError>;

    /// All records. Nothing comes after an error.
    fn records(mut self) -> impl Iterator<Item = Read> {
        let mut is_over = false;
        std::iter::from_fn(move || {
            if is_over {
                return None;
            }
            let read = self.read().transpose();
            is_over = !matches!(read, Some(Ok(_)));
            read
        })
    }
}

/// The formats of highlights.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum HighlightFormat {
    Kindle,
    Readwise,
    Kobo,
    Fortune,
    Anki,
    Table,
}
