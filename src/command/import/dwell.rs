//! `dwell import dwell`: takes in the facts and the lessons of another journal.

use std::path::Path;

use crate::command::Context;
use crate::command::error::{Error, Result};
use crate::command::import::source;
use crate::format::jsonl::Reader;
use crate::format::{Fault, FormatError};
use crate::messages::import;
use crate::store::StoreError;
use crate::view::View;

/// Imports files and reports the result of each. Names each line that could not be read.
pub fn run(files: &[impl AsRef<Path>], dry_run: bool, context: &mut Context) -> Result<()> {
    let mut bad = 0;
    for path in files {
        bad += import(path.as_ref(), dry_run, context)?;
    }
    match bad {
        0 => Ok(()),
        _ => Err(Error::usage(import::not_all_imported(bad))),
    }
}

/// Imports one file and reports the result. Names each line that could not be read, and returns how
/// many there were.
fn import(path: &Path, dry_run: bool, context: &mut Context) -> Result<usize> {
    let now = context.now()?;
    let read = |why: FormatError| Error::usage(import::bad_record(path, &why));
    // Opened before the journal: a wrong file must not leave a new journal behind.
    let reader = Reader::new(source::open(path)?).map_err(read)?;
    let mut bad = Vec::new();
    let items = reader.filter_map(|item| match item {
        Ok(item) => Some(Ok(item)),
        Err(error) => {
            // The rest of the file cannot be read, and a part of a file is not imported.
            let is_end = matches!(error.why, Fault::Io(_) | Fault::TooLong | Fault::Torn);
            bad.push(error);
            is_end.then_some(Err(StoreError::NotWhole))
        }
    });
    let mut store = context.open_store()?;
    let report = if dry_run { store.would_merge(items) } else { store.merge(now, items) };
    for error in &bad {
        let message = import::bad_record(path, error);
        context.terminal.complain(&message.text, message.hint.as_deref())?;
    }
    let report = report?;
    context.terminal.say(&import::merged(path, report, dry_run))?;
    context.show_to_script(View::Merge(report))?;
    Ok(bad.len())
}
