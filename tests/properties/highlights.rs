//! Files of highlights, in every format.

use std::fs;

use dwell::format::FormatError;
use dwell::format::highlights::anki::Anki;
use dwell::format::highlights::columns::Mapping;
use dwell::format::highlights::fortune::{self, Fortunes};
use dwell::format::highlights::json_lines::JsonLines;
use dwell::format::highlights::kindle::Kindle;
use dwell::format::highlights::table::{Table, TableForm};
use dwell::format::highlights::{Item, Read, Reader};
use dwell::format::limits::Limits;
use dwell::journal::lesson::highlight::gather::Gather;
use dwell::journal::lesson::highlight::{Highlight, book, words};
use dwell::messages;
use dwell::store::{KoboError, KoboRow, each_kobo_highlight};

use super::{check_message, folder};

/// Small enough that an input reaches them.
const LIMITS: Limits = Limits { bytes: 1 << 20, records: 10_000, field: 1 << 10 };

pub(super) fn kindle(input: &[u8]) {
    check(Kindle::new(input, LIMITS).records());
}

/// The first byte says how the table is written.
pub(super) fn tables(input: &[u8]) {
    let Some((first, table)) = input.split_first() else { return };
    let form = TableForm {
        delimiter: [None, Some(b','), Some(b'\t')][usize::from(first % 3)],
        has_no_header: first & 4 != 0,
        mapping: if first & 4 != 0 { mapping("text=1") } else { Mapping::default() },
        is_readwise: first & 8 != 0,
    };
    match Table::new(table, LIMITS, &form) {
        Ok(table) => check(table.records()),
        Err(error) => check_error(&error),
    }
}

/// The first byte says whether the letters are turned.
pub(super) fn fortunes(input: &[u8]) {
    let Some((first, file)) = input.split_first() else { return };
    check(Fortunes::new(file, LIMITS, first & 1 != 0).records());
    let _ = fortune::says_turned(input);
}

pub(super) fn anki(input: &[u8]) {
    match Anki::new(input, LIMITS) {
        Ok(notes) => check(notes.records()),
        Err(error) => check_error(&error),
    }
}

pub(super) fn json_lines(input: &[u8]) {
    check(JsonLines::new(input, LIMITS, Mapping::default()).records());
}

/// A file that is no database of a Kobo is refused, and one that is gives what it holds.
pub(super) fn kobo(input: &[u8]) {
    let home = folder();
    let path = home.path().join("KoboReader.sqlite");
    fs::write(&path, input).expect("written");
    let mut all = Vec::new();
    let read = each_kobo_highlight(&path, LIMITS.field, |row| {
        match row {
            KoboRow::Highlight(highlight) => all.push(*highlight),
            KoboRow::Bookmark(title) | KoboRow::Removed(title) => {
                assert!(title.len() as u64 <= 4 * LIMITS.field);
            }
        }
        if all.len() > 1000 { Err(KoboError::TooLong) } else { Ok(()) }
    });
    check_lessons(all);
    assert_eq!(fs::read(&path).expect("read"), input, "the file is only read");
    assert_eq!(fs::read_dir(home.path()).expect("listed").count(), 1, "nothing lies beside it");
    drop(read);
}

fn mapping(text: &str) -> Mapping {
    Mapping::parse(text).expect("a mapping")
}

/// A reader comes to its end, names the lines with a fault, and what it gives becomes lessons.
fn check(items: impl Iterator<Item = Read>) {
    let mut all = Vec::new();
    let mut line = 0;
    let mut is_over = false;
    for item in items.take(10_000) {
        assert!(!is_over, "an error ends the file");
        match item {
            Ok(Item::Highlight(highlight)) => all.push(highlight),
            Ok(Item::Skipped(error)) => {
                // A lone carriage return ends a record and no line.
                assert!(error.line >= Some(line.max(1)), "{error} comes after line {line}");
                line = error.line.unwrap_or_default();
                check_error(&error);
            }
            Err(error) => {
                check_error(&error);
                is_over = true;
            }
        }
    }
    check_lessons(all);
}

fn check_error(error: &FormatError) {
    check_message(&messages::import::skipped(std::path::Path::new("file"), error));
}

/// All records are in a lesson, and where a passage stands is read back from it.
fn check_lessons(mut all: Vec<Highlight>) {
    let (mut gather, mut records) = (Gather::default(), 0);
    all.sort_by_key(|highlight| highlight.place.key());
    let count = all.len() as u64;
    for (number, highlight) in (0..).zip(all) {
        assert!(!highlight.text.trim().is_empty());
        assert!(!book::slug(&highlight.book, |_| false).as_str().is_empty());
        gather.push(highlight, number);
    }
    gather.end();
    while let Some(gathered) = gather.take() {
        records += gathered.records;
        let (place, text) = (gathered.highlight.place.clone(), gathered.highlight.text.clone());
        let lesson = words::lesson(gathered.highlight, "q?");
        assert!(!lesson.title.contains('\n') && lesson.title.chars().count() <= 300);
        let (passage, found) = words::passage(&lesson.story);
        if place.location.is_some() {
            assert_eq!((passage, found.location), (text.trim(), place.location));
        }
    }
    assert_eq!(records, count);
}
