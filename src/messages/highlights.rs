//! Highlights that are imported: what goes on, what cannot be read, and which series came.

use std::io;
use std::path::Path;

use crate::format::highlights::HighlightFormat;
use crate::messages::{Message, files, numbers};

/// The title of a book that has none.
pub const NO_TITLE: &str = "Without a title";

pub fn reading(percent: usize) -> String {
    format!("reading the file: {percent}%")
}

pub fn storing(percent: usize) -> String {
    format!("taking the lessons in: {percent}%")
}

/// Says that there is no folder for what is read.
pub fn no_room(folder: &Path, error: &io::Error) -> Message {
    let cause = files::cause(error);
    let message = Message::new(format!("{} cannot be written: {cause}", files::shown(folder)));
    match files::hint(error, folder) {
        Some(hint) => message.hint(hint),
        None => message.hint("nothing was imported"),
    }
}

pub fn spool_failed(error: &io::Error) -> Message {
    let cause = files::cause(error);
    Message::new(format!("what was read of the file cannot be kept meanwhile: {cause}"))
        .hint("nothing was imported; make room on the disk of your home, then try again")
}

pub fn pick_needs_terminal() -> Message {
    Message::new("--pick needs a terminal to ask at")
        .hint("without --pick all highlights are taken in")
}

pub fn bad_columns(part: &str, names: &[&str]) -> Message {
    Message::new(format!("'{part}' is not one of the columns that can be named")).hint(format!(
        "--columns text=Highlight,book=2 with a name or a number for each; there are {}",
        names.join(", ")
    ))
}

pub fn column_twice(name: &str) -> Message {
    Message::new(format!("--columns says {name} twice"))
        .hint(format!("name one column for {name}, such as --columns {name}=2"))
}

/// Says that these options were not used.
pub fn names_its_books(path: &Path, options: &[&str]) -> Message {
    Message::new(format!(
        "{} names its books; not used for them: {}",
        files::shown(path),
        options.join(", ")
    ))
}

/// How many lessons came to a series that was here.
pub fn more_lessons(count: u64) -> String {
    match count {
        0 => "has new words".to_owned(),
        _ => format!("has {} more", numbers::count(count, "lesson", "lessons")),
    }
}

pub fn more_series(count: usize) -> String {
    format!("and {} more series; dwell series list shows all", numbers::grouped(count as u64))
}

pub fn journal_as_kobo(path: &Path) -> Message {
    Message::new(format!("{} is a journal of dwell, not the file of a Kobo", files::shown(path)))
        .hint("the file of a Kobo is .kobo/KoboReader.sqlite on the device")
}

pub fn kobo_damaged(path: &Path) -> Message {
    Message::new(format!("{} is damaged: it cannot be read to its end", files::shown(path)))
        .hint("copy it from the Kobo again; nothing was imported")
}

pub fn kobo_from_pipe() -> Message {
    Message::new("the database of a Kobo cannot be read from standard input")
        .hint("dwell import kobo /media/KOBOeReader/.kobo/KoboReader.sqlite")
}

pub(super) fn a_file_of(format: HighlightFormat) -> &'static str {
    match format {
        HighlightFormat::Kindle => "the My Clippings.txt of a Kindle",
        HighlightFormat::Readwise => "a CSV file that Readwise exported",
        HighlightFormat::Kobo => "the KoboReader.sqlite of a Kobo",
        HighlightFormat::Fortune => "a fortune file: no line is a single %",
        HighlightFormat::Anki => "a text file that Anki exported",
        HighlightFormat::Table => "a table; JSON Lines need the ending .jsonl",
    }
}

pub(super) fn columns_there(columns: &[String]) -> String {
    if columns.is_empty() {
        return "the file has no row".to_owned();
    }
    let named = columns.iter().zip(1..).map(|(name, number)| format!("{number} {name}"));
    format!("the columns are: {}", named.collect::<Vec<_>>().join(", "))
}
