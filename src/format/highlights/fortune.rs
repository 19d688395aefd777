//! Fortune files: sayings with a line of `%` between two.
//!
//! A last line such as `-- Author, Work`, with white space before it, is where a saying is from.
//! Files of sayings that not everybody may like have their letters turned by thirteen places.

use std::io::BufRead;

use crate::format::highlights::lines::{Line, Lines};
use crate::format::highlights::{HighlightFormat, Item, Reader};
use crate::format::limits::{Limit, Limits};
use crate::format::{Fault, FormatError};
use crate::journal::Source;
use crate::journal::lesson::highlight::{Highlight, HighlightKind, Place};

/// Reads sayings. They belong to a book without a title, which is the file.
#[derive(Debug)]
pub struct Fortunes<R> {
    lines: Lines<R>,
    limits: Limits,
    is_turned: bool,
    /// The number of sayings so far.
    sayings: u64,
    /// A line of `%` was met.
    has_separator: bool,
}

impl<R: BufRead> Fortunes<R> {
    /// `is_turned` says that the letters are turned by thirteen places.
    pub fn new(from: R, limits: Limits, is_turned: bool) -> Self {
        let lines = Lines::new(from, limits);
        Self { lines, limits, is_turned, sayings: 0, has_separator: false }
    }

    fn saying(&mut self, lines: &[&str]) -> Highlight {
        self.sayings += 1;
        let mut text = with_origin(lines).unwrap_or_else(|| lines.join("\n"));
        if self.is_turned {
            text = text.chars().map(turned).collect();
        }
        let text = text.trim_matches('\n').trim_end().to_owned();
        let book = Source { kind: "sayings".to_owned(), ..Source::default() };
        let place = Place { order: self.sayings, ..Place::default() };
        let kind = HighlightKind::Passage;
        Highlight { book, kind, place, text, note: None, tags: Vec::new() }
    }
}

impl<R: BufRead> Reader for Fortunes<R> {
    fn read(&mut self) -> Result<Option<Item>, FormatError> {
        loop {
            let (mut saying, mut size, mut is_last) = (Vec::new(), 0, true);
            while let Some(line) = self.lines.next()? {
                line.text().map_err(|why| FormatError::at_line(line.number, why))?;
                if line.bytes == b"%" {
                    (self.has_separator, is_last) = (true, false);
                    break;
                }
                size += line.bytes.len() as u64;
                if size > self.limits.field {
                    let why = Fault::TooMuch(Limit::Field(self.limits.field));
                    return Err(FormatError::at_line(line.number, why));
                }
                saying.push(line);
            }
            if !saying.is_empty() && !self.has_separator {
                let why = Fault::NotHighlights(HighlightFormat::Fortune);
                return Err(FormatError::at_line(1, why));
            }
            let lines: Vec<&str> = saying.iter().filter_map(|line| line.text().ok()).collect();
            if lines.iter().any(|line| !line.trim().is_empty()) {
                return Ok(Some(Item::Highlight(self.saying(&lines))));
            }
            match saying.first() {
                _ if is_last && !self.has_separator => return Err(Fault::Empty.into()),
                // What stands after the last line of % is no saying.
                _ if is_last => return Ok(None),
                Some(Line { number, .. }) => {
                    return Ok(Some(Item::Skipped(FormatError::at_line(*number, Fault::NoText))));
                }
                None => {}
            }
        }
    }
}

/// The saying with where it is from as a paragraph of its own; `None` if it does not say that.
fn with_origin(lines: &[&str]) -> Option<String> {
    let is_origin = |line: &&str| line.starts_with([' ', '\t']) && line.trim().starts_with("-- ");
    let at = lines.iter().rposition(is_origin)?;
    let (saying, origin) = lines.split_at(at);
    let goes_on = |line: &&str| line.is_empty() || line.starts_with([' ', '\t']);
    let is_all = saying.iter().all(|line| line.trim().is_empty());
    if is_all || !origin.iter().all(goes_on) {
        return None;
    }
    let origin: Vec<&str> = origin.iter().flat_map(|line| line.split_whitespace()).collect();
    let origin = origin.join(" ");
    let origin = origin.trim_start_matches('-').trim_start();
    Some(format!("{}\n\n\u{2014} {origin}", saying.join("\n").trim_end()))
}

/// A letter turned by thirteen places.
fn turned(c: char) -> char {
    let turn = |c: char, first: u8| char::from((c as u8 - first + 13) % 26 + first);
    match c {
        'a'..='z' => turn(c, b'a'),
        'A'..='Z' => turn(c, b'A'),
        _ => c,
    }
}

/// Whether the index of a fortune file, which stands beside it as `.dat`, says that the letters are
/// turned.
pub fn says_turned(index: &[u8]) -> bool {
    index.get(16..20).is_some_and(|flags| flags[3] & 4 != 0)
}
