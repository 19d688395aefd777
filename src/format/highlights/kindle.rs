//! Kindle's `My Clippings.txt`: a clipping after the other, each with a line of `==========` below.
//!
//! The device adds to the file and never changes it, so it holds every state of what was changed,
//! and what was deleted. It is read without the language of its labels, and each clipping by
//! itself: one that cannot be read is named, and the others are taken in.

use std::io::BufRead;

use crate::format::highlights::kindle_label::{Kind, Label};
use crate::format::highlights::lines::{Line, Lines};
use crate::format::highlights::{HighlightFormat, Item, Reader};
use crate::format::limits::{Limit, Limits};
use crate::format::{Fault, FormatError};
use crate::journal::Source;
use crate::journal::lesson::highlight::{Highlight, HighlightKind, Place};

/// Reads clippings.
#[derive(Debug)]
pub struct Kindle<R> {
    lines: Lines<R>,
    limits: Limits,
    /// The number of clippings so far.
    clippings: u64,
    has_records: bool,
}

impl<R: BufRead> Kindle<R> {
    pub fn new(from: R, limits: Limits) -> Self {
        let lines = Lines::new(from, limits);
        Self { lines, limits, clippings: 0, has_records: false }
    }

    /// The lines up to the next line of `==========`, and whether that line is there.
    fn record(&mut self) -> Result<(Vec<Line>, bool), FormatError> {
        let (mut record, mut size) = (Vec::new(), 0);
        while let Some(line) = self.lines.next()? {
            if is_end(&line.bytes) {
                return Ok((record, true));
            }
            size += line.bytes.len() as u64;
            if size > self.limits.field {
                let limit = Fault::TooMuch(Limit::Field(self.limits.field));
                return Err(FormatError::at_line(line.number, limit));
            }
            record.push(line);
        }
        Ok((record, false))
    }

    /// A long line is a sign of another format, if it comes before all clippings.
    fn in_other_format(&self, error: FormatError) -> FormatError {
        match error.why {
            Fault::TooMuch(Limit::Field(_)) if self.clippings == 0 => not_clippings(1),
            _ => error,
        }
    }

    /// The clipping of a record. Errors if there is none, or it has no words.
    fn clipping(&mut self, record: &[Line]) -> Result<Highlight, Fault> {
        let lines = record.iter().map(Line::text).collect::<Result<Vec<&str>, Fault>>()?;
        let lines: Vec<&str> = lines.into_iter().map(without_marks).collect();
        let start = lines.iter().position(|line| !line.trim().is_empty()).unwrap_or_default();
        // A book may have no title.
        let title = if Label::read(lines[start]).is_some() { "" } else { lines[start] };
        let rest = &lines[start + usize::from(!title.is_empty())..];
        let (label, body) = rest.split_first().ok_or(Fault::NotAClipping)?;
        let label = Label::read(label).ok_or(Fault::NotAClipping)?;
        self.clippings += 1;
        let text = body.join("\n").trim().to_owned();
        if text.is_empty() {
            let is_bookmark = label.kind == Some(Kind::Bookmark) || label.kind.is_none();
            return Err(if is_bookmark { Fault::Bookmark } else { Fault::NoText });
        }
        if is_limit(&text) {
            return Err(Fault::ClippingLimit);
        }
        let kind = match label.kind {
            Some(Kind::Note) => HighlightKind::Note,
            None if !label.is_range() => HighlightKind::Note,
            _ => HighlightKind::Passage,
        };
        let order = match label.page.as_ref().and_then(|page| page.parse::<u32>().ok()) {
            Some(page) => u64::from(page) << 32 | self.clippings & u64::from(u32::MAX),
            None => self.clippings,
        };
        let place = Place { page: label.page, location: label.location, chapter: None, order };
        let (book, note, tags) = (book(title), None, Vec::new());
        Ok(Highlight { book, kind, place, text, note, tags })
    }
}

impl<R: BufRead> Reader for Kindle<R> {
    fn read(&mut self) -> Result<Option<Item>, FormatError> {
        loop {
            let (record, is_whole) = self.record().map_err(|error| self.in_other_format(error))?;
            let first = record.iter().find(|line| !is_blank(&line.bytes));
            let Some(line) = first.map(|line| line.number) else {
                if is_whole {
                    continue;
                }
                return match (self.has_records, self.clippings) {
                    (false, _) => Err(Fault::Empty.into()),
                    (true, 0) => Err(not_clippings(1)),
                    _ => Ok(None),
                };
            };
            if !is_whole && self.clippings == 0 {
                return Err(not_clippings(1));
            }
            self.has_records = true;
            let read = if is_whole { self.clipping(&record) } else { Err(Fault::CutShort) };
            return Ok(Some(match read {
                Ok(highlight) => Item::Highlight(highlight),
                Err(why) => Item::Skipped(FormatError::at_line(line, why)),
            }));
        }
    }
}

fn not_clippings(line: u64) -> FormatError {
    FormatError::at_line(line, Fault::NotHighlights(HighlightFormat::Kindle))
}

/// Whether a line ends a clipping.
fn is_end(line: &[u8]) -> bool {
    let line = line.strip_prefix("\u{feff}".as_bytes()).unwrap_or(line);
    line.trim_ascii() == b"=========="
}

fn is_blank(line: &[u8]) -> bool {
    std::str::from_utf8(line).is_ok_and(|line| without_marks(line).trim().is_empty())
}

/// A line without the byte-order marks at its beginning.
fn without_marks(line: &str) -> &str {
    line.trim_start_matches('\u{feff}')
}

/// Whether the words are the device's own: that no more of this book may be clipped.
fn is_limit(text: &str) -> bool {
    let inner = text.strip_prefix('<').and_then(|text| text.strip_suffix('>'));
    inner.is_some_and(|inner| {
        let is_code = inner.contains(['<', '>', '=', '/', '"', '\n']);
        let has_words = inner.contains(char::is_whitespace) || !inner.is_ascii();
        !is_code && has_words && inner.chars().count() >= 8
    })
}

/// A book from a line such as `Field Notes (Mara Voss)`. Without an author, the line ends in two
/// spaces.
fn book(line: &str) -> Source {
    let (title, by) = match author(line) {
        Some((title, by)) => (title, Some(by.to_owned())),
        None => (line.trim(), None),
    };
    let kind = "book".to_owned();
    Source { title: title.to_owned(), kind, by, ..Source::default() }
}

/// The title and the author: the last text in brackets that stand in pairs.
fn author(line: &str) -> Option<(&str, &str)> {
    if line.ends_with("  ") {
        return None;
    }
    let inner = line.trim().strip_suffix(')')?;
    let mut depth = 1;
    for (at, c) in inner.char_indices().rev() {
        match c {
            ')' => depth += 1,
            '(' => depth -= 1,
            _ => {}
        }
        if depth == 0 {
            let (title, by) = (inner[..at].trim(), inner[at + 1..].trim());
            return (!title.is_empty() && !by.is_empty()).then_some((title, by));
        }
    }
    None
}
