//! The journal file: the only room that speaks SQL.
//!
//! A method is one sentence of the domain and one transaction. Whatever changes the journal is
//! recorded as facts, and the tables say what the facts add up to, in the same transaction.
//! Nothing here holds a lock while a person thinks: reads of many rows are taken in batches, and
//! a write begins only when its words are known.

mod facts;
mod file;
mod read;
mod tables;
mod write;

#[cfg(test)]
mod tests;

use std::path::{Path, PathBuf};

use rusqlite::{Connection, ErrorCode, ffi};

use crate::error::{Error, Result};

pub use read::review::EndedSeries;
pub use read::search::SearchReport;
pub use write::forget::remembers;
pub use write::reflections::{Repeat, Writing, Written};
pub use write::series::Added;
pub use write::servings::Served;
pub use write::transaction::not_come;
pub use write::undo::Undone;

/// An open journal.
#[derive(Debug)]
pub struct Store {
    connection: Connection,
    path: PathBuf,
}

impl Store {
    /// Opens the journal at this path, and creates an empty one where there is no file. Errors if what is there is no journal, a damaged one, or one of a newer dwell; it is
    /// then left as it is.
    pub fn open(path: &Path) -> Result<Self> {
        match Self::open_existing(path)? {
            Some(store) => Ok(store),
            None => file::open::create(path).and_then(|()| {
                Self::open_existing(path)?
                    .ok_or_else(|| Error::journal(format!("{} is gone again", path.display())))
            }),
        }
    }

    /// Opens the journal at this path; `None` if there is no file.
    pub fn open_existing(path: &Path) -> Result<Option<Self>> {
        let connection = file::open::connect(path)?;
        Ok(connection.map(|connection| Self { connection, path: path.to_owned() }))
    }

    /// Reads from the journal, all of it in one state.
    fn read<T>(&self, body: impl FnOnce(&Connection) -> Outcome<T>) -> Result<T> {
        let read = || {
            let transaction = self.connection.unchecked_transaction()?;
            let value = body(&transaction)?;
            transaction.commit()?;
            Ok(value)
        };
        read().map_err(|fault: Fault| fault.told(&self.path))
    }
}

/// What comes of speaking to the database.
pub(crate) type Outcome<T> = std::result::Result<T, Fault>;

/// A failure inside this room: of the database, or one already put in words.
#[derive(Debug)]
pub(crate) enum Fault {
    Database(rusqlite::Error),
    Told(Error),
}

impl From<rusqlite::Error> for Fault {
    fn from(error: rusqlite::Error) -> Self {
        Self::Database(error)
    }
}

impl From<Error> for Fault {
    fn from(error: Error) -> Self {
        Self::Told(error)
    }
}

impl Fault {
    /// The row holds something that dwell never writes there.
    pub(crate) fn damaged(what: impl std::fmt::Display) -> Self {
        Self::Told(Error::journal(format!("the journal holds a damaged row: {what}")))
    }

    /// The failure in words for the person, with the journal's path and the next step.
    pub(crate) fn told(self, path: &Path) -> Error {
        let error = match self {
            Self::Told(error) => return error,
            Self::Database(error) => error,
        };
        let path = path.display();
        let code = error.sqlite_error_code();
        let said = |what: &str| Error::journal(format!("{path} {what}"));
        match code {
            Some(ErrorCode::DatabaseBusy | ErrorCode::DatabaseLocked) => {
                said("is locked by another program")
                    .hint("try again when the other program is done")
            }
            Some(ErrorCode::ReadOnly) => {
                said("is read-only").hint("make the file and its folder writable, or use --journal")
            }
            Some(ErrorCode::DiskFull) => said("could not be written: the disk is full")
                .hint("make room on the disk, then try again"),
            Some(ErrorCode::CannotOpen | ErrorCode::PermissionDenied) => {
                said("could not be opened").hint("see whether the file and its folder are yours")
            }
            // A failing disk looks the same as a damaged file, so nothing is repaired from here.
            Some(ErrorCode::DatabaseCorrupt | ErrorCode::NotADatabase) => {
                said("could not be read: it is damaged, or the disk is failing")
                    .hint("leave the file as it is and keep a copy of it before anything else")
            }
            Some(ErrorCode::SystemIoFailure) => {
                let what = if is_failed_write(&error) {
                    "could not be written: the disk fails, or a limit is reached"
                } else {
                    "could not be read or written: the disk reports an error"
                };
                said(what).hint("see to the disk, then try again")
            }
            _ => said(&format!("failed: {error}")),
        }
    }
}

fn is_failed_write(error: &rusqlite::Error) -> bool {
    error.sqlite_error().is_some_and(|error| error.extended_code == ffi::SQLITE_IOERR_WRITE)
}
