//! The file of a Kobo, which only the store can read.

use std::path::Path;

use crate::command::error::{Error, Result};
use crate::command::import::report;
use crate::format::highlights::{HighlightFormat, Item, Read};
use crate::format::limits::{Limit, Limits};
use crate::format::{Fault, FormatError};
use crate::messages::{highlights, import};
use crate::store::{KoboError, KoboRow, each_kobo_highlight};

/// Calls `take` with each highlight of the file.
pub(super) fn read(
    path: &Path,
    limits: Limits,
    mut take: impl FnMut(Read) -> Result<()>,
) -> Result<()> {
    if path.as_os_str() == "-" {
        return Err(Error::usage(highlights::kobo_from_pipe()));
    }
    let failed = |error| match error {
        Failure::Kobo(error) => refused(path, limits, error),
        Failure::Other(error) => error,
    };
    let size = std::fs::metadata(path).map_or(0, |metadata| metadata.len());
    if size > limits.bytes {
        let why = Fault::TooMuch(Limit::Bytes(limits.bytes));
        return Err(report::refused(path, &why.into()));
    }
    each_kobo_highlight(path, limits.field, |row| {
        let skipped = |title: String, why| {
            let part = Some(title).filter(|title| !title.is_empty());
            Item::Skipped(FormatError { part, line: None, why })
        };
        take(Ok(match row {
            KoboRow::Highlight(highlight) => Item::Highlight(*highlight),
            KoboRow::Bookmark(title) => skipped(title, Fault::Bookmark),
            KoboRow::Removed(title) => skipped(title, Fault::Removed),
        }))
        .map_err(Failure::Other)
    })
    .map_err(failed)
}

enum Failure {
    Kobo(KoboError),
    Other(Error),
}

impl From<KoboError> for Failure {
    fn from(error: KoboError) -> Self {
        Self::Kobo(error)
    }
}

fn refused(path: &Path, limits: Limits, error: KoboError) -> Error {
    let why = match error {
        KoboError::NotOpened(error) => return Error::usage(import::not_read(path, &error)),
        KoboError::Journal => return Error::usage(highlights::journal_as_kobo(path)),
        KoboError::Damaged => return Error::usage(highlights::kobo_damaged(path)),
        KoboError::NotOfKobo => Fault::NotHighlights(HighlightFormat::Kobo),
        KoboError::TooLong => Fault::TooMuch(Limit::Field(limits.field)),
    };
    report::refused(path, &why.into())
}
