//! Tables of highlights: CSV with any delimiter, with or without a row of names; and the CSV that
//! Readwise exports, whose columns are known.

use std::io::{BufRead, Chain, Cursor, Read as _};

use csv::{ReaderBuilder, StringRecord};

use crate::format::highlights::columns::{Columns, Mapping, Role};
use crate::format::highlights::row::Fields;
use crate::format::highlights::{HighlightFormat, Item, Reader};
use crate::format::limits::Limits;
use crate::format::{Fault, FormatError};

/// How a table is written.
#[derive(Debug, Clone, Default)]
pub struct TableForm {
    /// `None` if it is to be found: the one of `,`, `;` and tab that is most often in the first row.
    pub delimiter: Option<u8>,
    pub has_no_header: bool,
    pub mapping: Mapping,
    /// The columns must be those of Readwise.
    pub is_readwise: bool,
}

/// As much of the file is read to find the delimiter.
const BEGINNING: u64 = 64 << 10;

/// Stands behind the file as a row of its own, unless the file ends inside a field with quotes.
const END: &str = "\u{1}\u{2}end\u{2}\u{1}";

/// Reads rows.
pub struct Table<R: BufRead> {
    rows: csv::Reader<WithEnd<R>>,
    limits: Limits,
    columns: Columns,
    /// The number of columns.
    width: usize,
    /// The first row, if it is not one of names.
    first: Option<StringRecord>,
    row: StringRecord,
    number: u64,
}

/// The beginning of a file, its rest, and the row that stands behind it.
pub(super) type WithEnd<R> = Chain<Chain<Cursor<Vec<u8>>, R>, Cursor<Vec<u8>>>;

/// A file with a row behind it that shows whether it is whole. `beginning` was read of it before.
pub(super) fn with_end<R: BufRead>(beginning: Vec<u8>, rest: R) -> WithEnd<R> {
    let end = Cursor::new(format!("\n{END}\n").into_bytes());
    Cursor::new(beginning).chain(rest).chain(end)
}

impl<R: BufRead> std::fmt::Debug for Table<R> {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("Table").field("columns", &self.columns).finish_non_exhaustive()
    }
}

impl<R: BufRead> Table<R> {
    /// Reads the first row. Errors if the table has no column with the text.
    pub fn new(mut from: R, limits: Limits, form: &TableForm) -> Result<Self, FormatError> {
        let mut beginning = Vec::new();
        let read = from.by_ref().take(BEGINNING).read_to_end(&mut beginning);
        read.map_err(|error| FormatError::from(Fault::from(error)))?;
        if beginning.starts_with("\u{feff}".as_bytes()) {
            beginning.drain(..3);
        }
        refuse_other(&beginning)?;
        let delimiter = form.delimiter.unwrap_or_else(|| delimiter(&beginning));
        let mut rows = ReaderBuilder::new()
            .delimiter(delimiter)
            .has_headers(false)
            .flexible(true)
            .buffer_capacity(64 << 10)
            .from_reader(with_end(beginning, from));
        let mut first = StringRecord::new();
        let has_row = next_row(&mut rows, &mut first)?;
        let names = first.iter().map(|name| name.trim().to_owned());
        let header: Vec<String> = if has_row { names.collect() } else { Vec::new() };
        let at_first = |why| FormatError::at_line(1, why);
        if form.is_readwise {
            let has = |name: &str| header.iter().any(|other| other == name);
            if !["Highlight", "Book Title", "Location Type"].iter().all(|name| has(name)) {
                return Err(at_first(Fault::NotHighlights(HighlightFormat::Readwise)));
            }
        }
        if !has_row {
            return Err(at_first(Fault::NoTextColumn { columns: header }));
        }
        let columns = form.mapping.find(&header, !form.has_no_header).map_err(at_first)?;
        let width = header.len();
        let first = form.has_no_header.then_some(first);
        let row = StringRecord::new();
        Ok(Self { rows, limits, columns, width, first, row, number: 0 })
    }
}

impl<R: BufRead> Reader for Table<R> {
    fn read(&mut self) -> Result<Option<Item>, FormatError> {
        let has_row = match self.first.take() {
            Some(first) => {
                self.row = first;
                true
            }
            None => next_row(&mut self.rows, &mut self.row)?,
        };
        if !has_row {
            return Ok(None);
        }
        self.number += 1;
        let line = self.row.position().map_or(1, csv::Position::line);
        let failed = |why| FormatError::at_line(line, why);
        if self.row.as_slice().contains('\0') {
            return Err(failed(Fault::Nul));
        }
        if self.row.len() != self.width {
            let why = Fault::Ragged { fields: self.row.len(), columns: self.width };
            return Ok(Some(Item::Skipped(failed(why))));
        }
        let field = |role: Role| self.columns.at(role).and_then(|at| self.row.get(at));
        let fields = Fields::new(|role| field(role).unwrap_or_default());
        match fields.highlight(self.number, self.limits) {
            Ok(highlight) => Ok(Some(Item::Highlight(highlight))),
            Err(why @ Fault::TooMuch(_)) => Err(failed(why)),
            Err(why) => Ok(Some(Item::Skipped(failed(why)))),
        }
    }
}

/// Errors if the file is no text, or JSON: then its first row names nothing of a table.
fn refuse_other(beginning: &[u8]) -> Result<(), FormatError> {
    if let Some(at) = beginning.iter().position(|byte| *byte == 0) {
        let line = beginning[..at].split(|byte| *byte == b'\n').count() as u64;
        return Err(FormatError::at_line(line, Fault::Nul));
    }
    let mut signs = beginning.iter().filter(|byte| !byte.is_ascii_whitespace());
    match (signs.next(), signs.next()) {
        (Some(b'{'), Some(b'"' | b'}')) | (Some(b'['), Some(b'{' | b'"' | b'[' | b']')) => {
            Err(FormatError::at_line(1, Fault::NotHighlights(HighlightFormat::Table)))
        }
        _ => Ok(()),
    }
}

/// Reads the next row. Returns false at the end. Errors if the file is damaged, or ends inside a
/// field.
pub(super) fn next_row<R: std::io::Read>(
    rows: &mut csv::Reader<R>,
    row: &mut StringRecord,
) -> Result<bool, FormatError> {
    let read = rows.read_record(row);
    let line = row.position().map_or(1, csv::Position::line);
    let has_row = read.map_err(|error| failed(error, line))?;
    if !has_row || row.as_slice() == END {
        return Ok(false);
    }
    if row.as_slice().trim_end_matches('\n').ends_with(END) {
        return Err(FormatError::at_line(line, Fault::CutShort));
    }
    Ok(true)
}

fn failed(error: csv::Error, line: u64) -> FormatError {
    let line = error.position().map_or(line, csv::Position::line);
    let why = match error.into_kind() {
        csv::ErrorKind::Io(error) => Fault::from(error),
        csv::ErrorKind::Utf8 { .. } => Fault::NotUtf8,
        _ => Fault::CutShort,
    };
    FormatError::at_line(line, why)
}

/// The delimiter that stands most often in the first row, outside quotes.
fn delimiter(beginning: &[u8]) -> u8 {
    let mut counts = [(b',', 0), (b';', 0), (b'\t', 0)];
    let (mut in_quotes, mut has_text) = (false, false);
    for byte in beginning {
        match byte {
            b'"' => in_quotes = !in_quotes,
            b'\n' | b'\r' if !in_quotes && has_text => break,
            _ if !in_quotes => {
                for (delimiter, count) in &mut counts {
                    *count += usize::from(byte == delimiter);
                }
            }
            _ => {}
        }
        has_text |= !byte.is_ascii_whitespace();
    }
    // Of equal ones the first.
    counts.iter().rev().max_by_key(|(_, count)| *count).map_or(b',', |(delimiter, _)| *delimiter)
}
