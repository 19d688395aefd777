//! Exports of entries to one file: which entries, and which format writes them.

use std::io::{self, Write};

use crate::command::Context;
use crate::command::error::{Error, Result};
use crate::command::export::output::{Output, failed};
use crate::command::export::text::Text;
use crate::command::export::{Args, Format};
use crate::format::csv_out::Cells;
use crate::format::markdown::book;
use crate::format::{EntryWriter, csv_out, dayone, jrnl};
use crate::journal::search::query::Query;
use crate::messages::{entries, export};
use crate::store::Store;
use crate::terminal::ProgressLine;

pub fn run(args: &Args, context: &mut Context) -> Result<()> {
    context.now()?;
    let store = context.store_to_read()?;
    let query = query(args, &store, context)?;
    let path = args.output.as_deref();
    let line = context.terminal.progress_line();
    let written =
        Output::write(path, &mut context.terminal, |out| write(args, &store, &query, line, out))?;
    if args.cells() == Cells::SpreadsheetSafe {
        context.terminal.say(export::NOT_EXACT)?;
    }
    match path {
        Some(path) => Ok(context.terminal.say(&export::exported_entries(written, path))?),
        None => Ok(()),
    }
}

/// The writer of a format. A new one is an arm here.
fn writer<'a>(args: &Args, out: &'a mut dyn Write) -> io::Result<Box<dyn EntryWriter + 'a>> {
    Ok(match args.format {
        Format::Csv => Box::new(csv_out::Writer::new(out, args.cells())?),
        Format::Markdown => Box::new(book::Writer::new(out)?),
        Format::Jrnl => Box::new(jrnl::out::JsonWriter::new(out)),
        Format::JrnlText => Box::new(jrnl::out::TextWriter::new(out)),
        Format::DayOne => Box::new(dayone::out::Writer::new(out)?),
        Format::Text => Box::new(Text::new(out)),
        Format::Jsonl => unreachable!("it is the journal itself, and has no entries"),
    })
}

/// Writes the entries. Returns their number.
fn write(
    args: &Args,
    store: &Store,
    query: &Query,
    mut line: ProgressLine,
    out: &mut Output,
) -> Result<usize> {
    let failed = |error| failed(args.output.as_deref(), error);
    let total = store.count_entries(query)?;
    let mut writer = writer(args, out).map_err(failed)?;
    let mut done = 0;
    let written = store.each_entry(query, |entry| {
        done += 1;
        line.update(done, total, export::progress);
        writer.entry(entry).map_err(failed)
    })?;
    writer.finish().map_err(failed)?;
    Ok(written)
}

/// The entries that `dwell log` lists with the same options, the oldest first. Errors if there are
/// none.
pub fn query(args: &Args, store: &Store, context: &mut Context) -> Result<Query> {
    let mut query = args.filters.resolve(store, context)?;
    let mut first = None;
    let look_at = query.limit.filter(|_| !query.oldest_first).or(Some(1));
    store.each_entry(&Query { limit: look_at, ..query.clone() }, |entry| {
        first = Some(entry.day);
        Ok::<(), Error>(())
    })?;
    if first.is_none() {
        return Err(Error::nothing(entries::none_matches(query.is_narrowed())));
    }
    if query.limit.is_some() && !query.oldest_first {
        // The newest ones up to the limit: those from the last of them on.
        (query.since, query.limit) = (first, None);
    }
    query.oldest_first = true;
    Ok(query)
}
