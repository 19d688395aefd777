//! Anki's text export: a note a row, and above the rows lines such as `#separator:tab` that say how
//! they are written.
//!
//! The first field of a note is the passage, and the others are what it says; a deck is a book.

use std::io::BufRead;

use csv::{ReaderBuilder, StringRecord};

use crate::format::highlights::lines::Lines;
use crate::format::highlights::row::add_tags;
use crate::format::highlights::{HighlightFormat, Item, Reader, html, table};
use crate::format::limits::Limits;
use crate::format::{Fault, FormatError};
use crate::journal::Source;
use crate::journal::lesson::highlight::{Highlight, HighlightKind, Place};

/// Reads notes.
pub struct Anki<R> {
    rows: csv::Reader<table::WithEnd<R>>,
    limits: Limits,
    head: Head,
    /// The number of lines above the rows.
    above: u64,
    row: StringRecord,
    number: u64,
}

/// What the lines above the rows say. Columns are counted from 0.
#[derive(Debug, Default)]
struct Head {
    separator: Option<u8>,
    is_html: bool,
    deck_of_all: Option<String>,
    tags_of_all: String,
    deck: Option<usize>,
    tags: Option<usize>,
    guid: Option<usize>,
    kind: Option<usize>,
}

impl<R> std::fmt::Debug for Anki<R> {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("Anki").field("head", &self.head).finish_non_exhaustive()
    }
}

impl<R: BufRead> Anki<R> {
    /// Reads the lines above the rows. Errors if there is neither such a line nor a tab.
    pub fn new(from: R, limits: Limits) -> Result<Self, FormatError> {
        let mut lines = Lines::new(from, limits);
        let mut head = Head::default();
        let mut above = Vec::new();
        // A byte-order mark stands before the first sign.
        while matches!(lines.peek()?, Some(b'#' | 0xef)) && lines.number() < 100 {
            let Some(line) = lines.next()? else { break };
            let text = line.text().map_err(|why| FormatError::at_line(line.number, why))?;
            let is_head = head.take(text.trim_start_matches('\u{feff}'));
            if !is_head {
                above = line.bytes;
                above.push(b'\n');
                break;
            }
        }
        let count = lines.number() - u64::from(!above.is_empty());
        let mut rest = lines.into_rest();
        if head.separator.is_none() {
            let begin = if above.is_empty() {
                rest.fill_buf().map_err(|error| FormatError::from(Fault::from(error)))?
            } else {
                &above
            };
            let first = begin.split(|byte| *byte == b'\n').next().unwrap_or_default();
            if count == 0 && !first.contains(&b'\t') {
                return Err(FormatError::at_line(1, Fault::NotHighlights(HighlightFormat::Anki)));
            }
        }
        let rows = ReaderBuilder::new()
            .delimiter(head.separator.unwrap_or(b'\t'))
            .has_headers(false)
            .flexible(true)
            .buffer_capacity(64 << 10)
            .from_reader(table::with_end(above, rest));
        let row = StringRecord::new();
        Ok(Self { rows, limits, head, above: count, row, number: 0 })
    }

    fn note(&self) -> Option<Highlight> {
        let Head { deck, tags, guid, kind, .. } = &self.head;
        let apart = [deck, tags, guid, kind];
        let fields = self.row.iter().enumerate();
        let fields = fields.filter(|(at, _)| apart.iter().all(|other| **other != Some(*at)));
        let words =
            |field: &str| if self.head.is_html { html::text(field) } else { field.to_owned() };
        let mut texts = fields.map(|(_, field)| without_gaps(&words(field)).trim().to_owned());
        let text = texts.next().filter(|text| !text.is_empty())?;
        let others: Vec<String> = texts.filter(|text| !text.is_empty()).collect();
        let field = |at: &Option<usize>| at.and_then(|at| self.row.get(at)).unwrap_or_default();
        let deck = match field(deck).trim() {
            "" => self.head.deck_of_all.clone().unwrap_or_default(),
            deck => deck.to_owned(),
        };
        let mut own = Vec::new();
        let words = field(tags).split_whitespace().chain(self.head.tags_of_all.split_whitespace());
        add_tags(&mut own, words);
        Some(Highlight {
            book: Source {
                title: deck.replace("::", ": "),
                kind: "deck".to_owned(),
                ..Source::default()
            },
            kind: HighlightKind::Passage,
            place: Place { order: self.number, ..Place::default() },
            text,
            note: Some(others.join("\n\n")).filter(|note| !note.is_empty()),
            tags: own,
        })
    }
}

impl<R: BufRead> Reader for Anki<R> {
    fn read(&mut self) -> Result<Option<Item>, FormatError> {
        let below = |error: FormatError| FormatError {
            line: error.line.map(|line| line + self.above),
            ..error
        };
        if !table::next_row(&mut self.rows, &mut self.row).map_err(below)? {
            return Ok(None);
        }
        self.number += 1;
        let line = self.above + self.row.position().map_or(1, csv::Position::line);
        let failed = |why| FormatError::at_line(line, why);
        if self.row.as_slice().contains('\0') {
            return Err(failed(Fault::Nul));
        }
        for field in &self.row {
            self.limits.check_field(field).map_err(failed)?;
        }
        Ok(Some(match self.note() {
            Some(highlight) => Item::Highlight(highlight),
            None => Item::Skipped(failed(Fault::NoText)),
        }))
    }
}

impl Head {
    /// Takes in a line above the rows. Returns false if it is none.
    fn take(&mut self, line: &str) -> bool {
        let Some((name, value)) = line.strip_prefix('#').and_then(|line| line.split_once(':'))
        else {
            return false;
        };
        let value = value.trim();
        let column = || value.parse::<usize>().ok().and_then(|number| number.checked_sub(1));
        match name.trim().to_ascii_lowercase().as_str() {
            "separator" => self.separator = separator(value),
            "html" => self.is_html = value.eq_ignore_ascii_case("true"),
            "deck" => self.deck_of_all = Some(value.to_owned()),
            "tags" => value.clone_into(&mut self.tags_of_all),
            "deck column" => self.deck = column(),
            "tags column" => self.tags = column(),
            "guid column" => self.guid = column(),
            "notetype column" => self.kind = column(),
            "columns" | "notetype" | "if matches" => {}
            _ => return false,
        }
        true
    }
}

/// The character that Anki calls by this name.
fn separator(name: &str) -> Option<u8> {
    Some(match name.to_ascii_lowercase().as_str() {
        "tab" | "\\t" => b'\t',
        "comma" => b',',
        "semicolon" => b';',
        "space" => b' ',
        "pipe" => b'|',
        "colon" => b':',
        other => *other.as_bytes().first().filter(|byte| byte.is_ascii() && other.len() == 1)?,
    })
}

/// The text with the words of its gaps, which Anki writes as `{{c1::word::hint}}`.
fn without_gaps(text: &str) -> String {
    let mut shown = String::with_capacity(text.len());
    let mut rest = text;
    while let Some(at) = rest.find("{{c") {
        let (before, gap) = rest.split_at(at);
        shown.push_str(before);
        let inner = gap[3..].split_once("::").filter(|(number, _)| {
            !number.is_empty() && number.bytes().all(|byte| byte.is_ascii_digit())
        });
        if let Some((word, after)) = inner.and_then(|(_, inner)| inner.split_once("}}")) {
            shown.push_str(word.split("::").next().unwrap_or_default());
            rest = after;
        } else {
            shown.push_str("{{c");
            rest = &gap[3..];
        }
    }
    shown.push_str(rest);
    shown
}
