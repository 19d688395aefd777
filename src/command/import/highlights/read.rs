//! Reads a file of highlights into a spool. Nothing of a file is used before all of it was read.

use std::cell::Cell;
use std::fs::File;
use std::io::{self, BufRead, Read as _};
use std::path::Path;
use std::rc::Rc;

use crate::command::Context;
use crate::command::error::{Error, Result};
use crate::command::import::highlights::spool::{SortedSpool, Spool};
use crate::command::import::highlights::{Options, kobo};
use crate::command::import::{report, source};
use crate::format::FormatError;
use crate::format::highlights::anki::Anki;
use crate::format::highlights::fortune::{self, Fortunes};
use crate::format::highlights::json_lines::JsonLines;
use crate::format::highlights::kindle::Kindle;
use crate::format::highlights::table::{Table, TableForm};
use crate::format::highlights::{HighlightFormat, Item, Read, Reader};
use crate::format::limits::{Bounded, Limits};
use crate::journal::Source;
use crate::messages::highlights;
use crate::platform;
use crate::terminal::ProgressLine;

/// What a file holds.
#[derive(Debug)]
pub(super) struct Contents {
    pub(super) spool: SortedSpool,
    /// The records that cannot be used.
    pub(super) skipped: Vec<FormatError>,
    /// The file says of a highlight which book it is of.
    pub(super) names_book: bool,
}

/// Between two looks at the progress.
const RECORDS: u64 = 4096;

/// Reads a file to its end. Errors if it cannot be taken in.
pub(super) fn read(path: &Path, options: &Options<'_>, context: &mut Context) -> Result<Contents> {
    let limits = options.way.limits;
    let progress = context.terminal.progress_line();
    let file = passing_file(context)?;
    let mut into = Into {
        spool: Spool::new(file),
        skipped: Vec::new(),
        names_book: false,
        records: 0,
        limits,
        book: Box::new(|kind| options.book(path, kind)),
        progress,
        total: std::fs::metadata(path).map_or(0, |metadata| metadata.len()),
        read: Rc::default(),
    };
    if options.format == HighlightFormat::Kobo {
        kobo::read(path, limits, |item| into.take(item, path))?;
    } else {
        let from = Counted { from: source::open(path)?, read: Rc::clone(&into.read) };
        let from = Bounded::new(from, limits);
        let mut items =
            reader(from, path, limits, options).map_err(|error| report::refused(path, &error))?;
        items.try_for_each(|item| into.take(item, path))?;
    }
    let Into { spool, skipped, names_book, .. } = into;
    let spool = spool.sort().map_err(|error| spool_failed(&error))?;
    Ok(Contents { spool, skipped, names_book })
}

/// The reader of a format.
fn reader<'a>(
    from: impl BufRead + 'a,
    path: &Path,
    limits: Limits,
    options: &Options<'_>,
) -> std::result::Result<Box<dyn Iterator<Item = Read> + 'a>, FormatError> {
    Ok(match options.format {
        HighlightFormat::Kindle | HighlightFormat::Kobo => {
            Box::new(Kindle::new(from, limits).records())
        }
        HighlightFormat::Fortune => {
            Box::new(Fortunes::new(from, limits, is_turned(path)).records())
        }
        HighlightFormat::Anki => Box::new(Anki::new(from, limits)?.records()),
        HighlightFormat::Readwise => {
            let form =
                TableForm { is_readwise: true, delimiter: Some(b','), ..TableForm::default() };
            Box::new(Table::new(from, limits, &form)?.records())
        }
        HighlightFormat::Table if has_ending(path, &["jsonl", "ndjson"]) => {
            Box::new(JsonLines::new(from, limits, options.mapping.clone()).records())
        }
        HighlightFormat::Table => {
            let delimiter = has_ending(path, &["tsv", "tab"]).then_some(b'\t');
            let (has_no_header, mapping) = (options.no_header, options.mapping.clone());
            let form = TableForm { delimiter, has_no_header, mapping, is_readwise: false };
            Box::new(Table::new(from, limits, &form)?.records())
        }
    })
}

fn has_ending(path: &Path, endings: &[&str]) -> bool {
    let ending = path.extension().map(|ending| ending.to_string_lossy().to_lowercase());
    ending.is_some_and(|ending| endings.contains(&ending.as_str()))
}

/// Whether the index beside a fortune file says that its letters are turned.
fn is_turned(path: &Path) -> bool {
    let mut head = Vec::new();
    let index = platform::open_file(&platform::beside(path, ".dat"));
    let read = index.and_then(|index| index.take(24).read_to_end(&mut head));
    read.is_ok() && fortune::says_turned(&head)
}

/// A private file beside the drafts, which goes when it is closed.
fn passing_file(context: &Context) -> Result<File> {
    let drafts = &context.config.drafts;
    let folder = drafts.parent().unwrap_or(drafts);
    let made = platform::create_private_folder(folder)
        .and_then(|()| platform::create_passing_file(folder));
    made.map_err(|error| Error::journal(highlights::no_room(folder, &error)))
}

pub(super) fn spool_failed(error: &io::Error) -> Error {
    Error::journal(highlights::spool_failed(error))
}

/// Where the items of a file go.
struct Into<'a> {
    spool: Spool,
    skipped: Vec<FormatError>,
    names_book: bool,
    records: u64,
    limits: Limits,
    /// A book of this kind that the file does not name.
    book: Box<dyn Fn(&str) -> Source + 'a>,
    progress: ProgressLine,
    /// The bytes of the file; 0 if they are not known.
    total: u64,
    read: Rc<Cell<u64>>,
}

impl Into<'_> {
    /// Takes an item. Errors if it ends the file.
    fn take(&mut self, item: Read, path: &Path) -> Result<()> {
        self.records += 1;
        let refused = |error: &FormatError| report::refused(path, error);
        self.limits.check_records(self.records).map_err(|why| refused(&why.into()))?;
        match item.map_err(|error| refused(&error))? {
            Item::Skipped(error) => self.skipped.push(error),
            Item::Highlight(mut highlight) => {
                if highlight.book.title.trim().is_empty() {
                    let by = highlight.book.by.take();
                    highlight.book = (self.book)(&highlight.book.kind);
                    highlight.book.by = by.or(highlight.book.by.take());
                } else {
                    self.names_book = true;
                }
                self.spool.push(&highlight).map_err(|error| spool_failed(&error))?;
            }
        }
        if self.records.is_multiple_of(RECORDS) && self.total > 0 {
            let mebibytes = |bytes: u64| usize::try_from(bytes >> 10).unwrap_or(usize::MAX);
            let (done, total) = (mebibytes(self.read.get()), mebibytes(self.total));
            self.progress.update(done, total, highlights::reading);
        }
        Ok(())
    }
}

/// A source that counts what is read of it.
struct Counted<R> {
    from: R,
    read: Rc<Cell<u64>>,
}

impl<R: BufRead> BufRead for Counted<R> {
    fn fill_buf(&mut self) -> io::Result<&[u8]> {
        self.from.fill_buf()
    }

    fn consume(&mut self, count: usize) {
        self.read.set(self.read.get() + count as u64);
        self.from.consume(count);
    }
}

impl<R: BufRead> io::Read for Counted<R> {
    fn read(&mut self, into: &mut [u8]) -> io::Result<usize> {
        let count = self.from.read(into)?;
        self.read.set(self.read.get() + count as u64);
        Ok(count)
    }
}
