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
