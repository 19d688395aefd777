//! `dwell import dwell`: takes in the facts and the lessons of another journal, from its text or
//! from its file.

use std::fs;
use std::path::Path;

use crate::command::Context;
use crate::command::error::{Error, Result};
use crate::command::import::journals::Way;
use crate::command::import::source;
use crate::format::jsonl::Reader;
use crate::format::limits::{Bounded, Limit};
use crate::format::{Fault, FormatError};
use crate::messages::{Message, doctor, import};
use crate::store::other_journal::{OtherJournal, is_same_file, is_sqlite};
use crate::store::{JournalItem, MergeReport, SealedPaths, StoreError, is_sealed_backup};
use crate::view::View;

/// Imports files and reports the result of each. Names each part that could not be read.
pub fn run(files: &[impl AsRef<Path>], way: Way, context: &mut Context) -> Result<()> {
    let mut bad = 0;
    for path in files {
        let path = path.as_ref();
        bad += if is_sqlite(path) || is_sealed_backup(path) {
            import_file(path, way, context)?
        } else {
            import_text(path, way, context)?
        };
    }
    match bad {
        0 => Ok(()),
        _ => Err(Error::usage(import::not_all_imported(bad, way.dry_run))),
    }
}

/// Imports the text of a journal and reports the result. Names each line that could not be read,
/// and returns how many there were.
fn import_text(path: &Path, way: Way, context: &mut Context) -> Result<usize> {
    let read = |why: FormatError| Error::usage(import::bad_record(path, &why));
    // Opened before the journal: a wrong file must not leave a new journal behind.
    let reader = Reader::new(Bounded::new(source::open(path)?, way.limits)).map_err(read)?;
    let mut bad = Vec::new();
    let items = reader.filter_map(|item| match item {
        Ok(item) => Some(Ok(item)),
        Err(error) => {
            // The rest of the file cannot be read, and a part of a file is not imported.
            let is_end = matches!(
                error.why,
                Fault::Io(_) | Fault::TooLong | Fault::TooMuch(_) | Fault::Torn
            );
            bad.push(error);
            is_end.then_some(Err(StoreError::NotWhole))
        }
    });
    let merged = merge(items, way.dry_run, context);
    let bad: Vec<Message> = bad.iter().map(|error| import::bad_record(path, error)).collect();
    report(path, merged, &bad, way.dry_run, context)
}

/// The same for a journal file, of any form. It is only read.
fn import_file(path: &Path, way: Way, context: &mut Context) -> Result<usize> {
    let config = &context.config;
    if is_same_file(path, &config.journal) {
        return Err(Error::usage(import::is_the_journal(path)));
    }
    if fs::metadata(path).is_ok_and(|metadata| metadata.len() > way.limits.bytes) {
        let too_much = Fault::TooMuch(Limit::Bytes(way.limits.bytes));
        return Err(Error::usage(import::bad_record(path, &too_much.into())));
    }
    let scratch = config.drafts.parent().unwrap_or(Path::new("/")).to_owned();
    let other = if is_sealed_backup(path) {
        if !SealedPaths::of(&config.journal).is_locked() {
            return Err(Error::usage(import::is_locked(path)));
        }
        let key = context.key()?;
        OtherJournal::open_sealed(path, &key)?
    } else {
        OtherJournal::open(path, &scratch, &mut |_| {}).map_err(|finding| {
            Error::usage(import::journal_not_read(&doctor::advice(&finding, path).what))
        })?
    };
    let merged = merge(other.items(), way.dry_run, context);
    let left_out = other.into_left_out();
    let bad = left_out.iter().map(|finding| doctor::advice(finding, path).what);
    let bad: Vec<Message> = bad.map(|what| import::left_out_damaged(path, &what)).collect();
    report(path, merged, &bad, way.dry_run, context)
}

fn merge(
    items: impl Iterator<Item = std::result::Result<JournalItem, StoreError>>,
    dry_run: bool,
    context: &mut Context,
) -> Result<MergeReport> {
    let now = context.now()?;
    if !dry_run {
        return Ok(context.open_store()?.merge(now, items)?);
    }
    if let Some(store) = context.store_if_any()? {
        return Ok(store.would_merge(items)?);
    }
    // Without a journal, all would be new.
    let mut report = MergeReport::default();
    for item in items {
        match item? {
            JournalItem::Lesson(_) => report.lessons += 1,
            JournalItem::Fact(_) => report.facts += 1,
        }
    }
    Ok(report)
}

/// More records than these are counted and not named.
const MOST_NAMED: usize = 20;

/// Names what was left out, then says what came in. Returns how much was left out.
fn report(
    path: &Path,
    merged: Result<MergeReport>,
    bad: &[Message],
    dry_run: bool,
    context: &mut Context,
) -> Result<usize> {
    for Message { text, hint } in bad.iter().take(MOST_NAMED) {
        context.terminal.complain(text, hint.as_deref())?;
    }
    if let Some(more @ 1..) = bad.len().checked_sub(MOST_NAMED) {
        context.terminal.say(&import::and_more(path, more))?;
    }
    let merged = merged?;
    context.terminal.say(&import::merged(path, merged, dry_run))?;
    context.show_to_script(View::Merge(merged))?;
    Ok(bad.len())
}
