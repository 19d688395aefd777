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
