//! What an import says about a file: the records that were skipped, each with its reason, and the
//! counts.

use std::path::Path;

use crate::command::Context;
use crate::command::error::{Error, Result};
use crate::format::{Counts, FormatError, RecordKind};
use crate::messages::import;
use crate::view::View;

/// The error of a file that cannot be imported at all.
pub fn refused(path: &Path, error: &FormatError) -> Error {
    Error::usage(import::bad_record(path, error))
}

/// Names a record that was skipped.
pub fn skipped(path: &Path, error: &FormatError, context: &mut Context) -> Result<()> {
    let message = import::skipped(path, error);
    Ok(context.terminal.complain(&message.text, message.hint.as_deref())?)
}

/// Says what became of the records of a file.
pub fn counts(
    path: &Path,
    (of, counts): (RecordKind, Counts),
    dry_run: bool,
    context: &mut Context,
) -> Result<()> {
    context.terminal.say(&import::counts(path, of, counts, dry_run))?;
    context.show_to_script(View::Import { path, counts })
}
