//! Journals of `jrnl` (jrnl.sh): the JSON that it exports, or the text that it keeps. Which of the
//! two a file is, its first character says.
//!
//! jrnl knows no zone: a date is the person's own, wherever the file is read. An entry is on the
//! date that it names, also one of the hour after midnight.

mod json;
pub mod out;
mod text;

use std::io::BufRead;

use chrono::NaiveDateTime;
use chrono::format::{Item, StrftimeItems};

use crate::clock::LocalZone;
use crate::format::journal_file::JournalFile;
use crate::format::limits::Limits;
use crate::format::{Fault, FormatError, identity, whole_text};
use crate::journal::Day;
use crate::journal::entry::fact::Origin;
use crate::journal::entry::record::Record;
use crate::journal::entry::reflection;

pub const PROGRAM: &str = "jrnl";

/// Reads a journal. `date_format` is that of a text whose dates have a form of their own, in the
/// terms of `strftime`. Errors if the file is not whole, or not a journal of jrnl.
pub fn read(
    from: impl BufRead,
    date_format: Option<&str>,
    zone: LocalZone,
    limits: Limits,
) -> Result<JournalFile, FormatError> {
    let text = whole_text::read(from, limits)?;
    if text.trim_start().starts_with('{') {
        json::read(&text, zone, limits)
    } else {
        text::read(&text, date_format, zone, limits)
    }
}

/// Whether a text is a form of dates in the terms of `strftime`.
pub fn is_date_format(text: &str) -> bool {
    let mut items = StrftimeItems::new(text);
    text.contains('%') && !items.any(|item| matches!(item, Item::Error))
}

/// An entry as a record.
fn record(local: NaiveDateTime, text: &str, zone: LocalZone) -> Result<Record, Fault> {
    let day = Day::new(local.date()).ok_or_else(|| Fault::NotADate(local.date().to_string()))?;
    let text = reflection::kept(text).ok_or(Fault::NoWords)?;
    Ok(Record {
        day,
        at: zone.on_the_wall(local),
        text: text.to_owned(),
        // They stay in the words, as they were written.
        tags: Vec::new(),
        step: None,
        afterthoughts: Vec::new(),
        origin: Origin { format: PROGRAM.to_owned(), key: key(local, text) },
    })
}

/// The same for an entry of the text and of the JSON, which has no seconds, no stars, and other
/// white space between the title and the rest.
fn key(local: NaiveDateTime, text: &str) -> String {
    let words: String = text.chars().filter(|c| !c.is_whitespace() && *c != '*').collect();
    identity::key(&[&local.format("%Y-%m-%d %H:%M").to_string(), &words])
}

#[cfg(test)]
mod tests;
