//! Files of other journal programs.

use std::io::Cursor;
use std::path::Path;

use chrono::FixedOffset;
use dwell::clock::LocalZone;
use dwell::format::journal_file::JournalFile;
use dwell::format::limits::Limits;
use dwell::format::{FormatError, dayone, jrnl, tui_journal};
use dwell::messages::import;
use dwell::text::is_blank;

use super::check_message;

pub(super) fn jrnl_file(input: &[u8]) {
    for form in [None, Some("%d.%m.%Y %H:%M")] {
        check(|| jrnl::read(input, form, zone(), limits()));
    }
}

pub(super) fn day_one_file(input: &[u8]) {
    check(|| dayone::read(Cursor::new(input), zone(), limits()));
}

pub(super) fn tui_journal_file(input: &[u8]) {
    check(|| tui_journal::read(input, zone(), limits()));
}

/// A file of Markdown, as a daily note and as one of no day. What has only a step or an afterthought
/// has no words.
pub(super) fn markdown_file(input: &[u8]) {
    use dwell::format::markdown::{seal, source};
    for path in ["2026-11-22", "a/note"] {
        let read = || source::read(path, input.to_vec(), zone(), limits());
        let (first, again) = (read(), read());
        match (first, again) {
            (Ok(first), Ok(again)) => {
                assert_eq!(first.records, again.records);
                for record in &first.records {
                    let is_empty = record.text.is_empty();
                    assert!(!is_empty || record.step.is_some() || !record.afterthoughts.is_empty());
                }
                for why in &first.skipped {
                    check_message(&import::skipped(Path::new("f"), why));
                }
            }
            (Err(error), Err(_)) => check_message(&import::bad_record(Path::new("f"), &error)),
            _ => panic!("it is read the same each time"),
        }
    }
    // A file that dwell writes has plain line breaks.
    if let Some(text) = super::utf8(input).filter(|text| !text.contains('\r')) {
        assert_eq!(seal::of(&seal::seal(format!("{text}\n"))), seal::Seal::Whole);
    }
}

fn zone() -> LocalZone {
    LocalZone::Fixed(FixedOffset::west_opt(10 * 3600).expect("an offset"))
}

/// An archive may become this large, so that one of a few bytes is read quickly.
fn limits() -> Limits {
    Limits { bytes: 8 << 20, ..Limits::USUAL }
}

/// A file is refused with a message, or its records have words, and each of the others a reason. It
/// is read the same each time.
fn check(read: impl Fn() -> Result<JournalFile, FormatError>) {
    let path = Path::new("f");
    let file = match read() {
        Ok(file) => file,
        Err(error) => return check_message(&import::bad_record(path, &error)),
    };
    for record in &file.records {
        assert!(!is_blank(&record.text), "{record:?}");
        assert_eq!(record.day.date(), record.at.date_naive());
        assert!(record.tags.iter().all(|tag| !tag.contains(char::is_whitespace)), "{record:?}");
        assert!(!record.origin.key.is_empty());
    }
    for error in &file.skipped {
        check_message(&import::skipped(path, error));
    }
    for said in import::left_out(path, &file.left_out) {
        assert!(!said.is_empty());
    }
    assert_eq!(read().expect("read before").records, file.records);
}
