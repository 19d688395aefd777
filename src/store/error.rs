//! What can go wrong in the journal, as types. No sentence for a person is made here: whoever
//! shows a failure words it.

use std::fmt;
use std::io;
use std::path::{Path, PathBuf};

use rusqlite::{ErrorCode, ffi};

use crate::journal::{Day, FactId, Slug};

/// A result of the store.
pub type Result<T> = std::result::Result<T, StoreError>;

/// Why the store did not do what it was asked to. Nothing was changed, unless a variant says so.
#[derive(Debug)]
pub enum StoreError {
    /// The file cannot be used as a journal. It was left as it is.
    Unusable { path: PathBuf, why: Unusable },
    /// SQLite or the disk refused.
    Refused { path: PathBuf, why: Refusal, source: rusqlite::Error },
    /// The journal holds something that dwell never writes there.
    Damaged(Damage),
    /// The day to be written about has not come yet.
    NotYet { day: Day, today: Day },
    /// There is no lesson to serve. `paused` is the first series that could be resumed.
    NoLessonLeft { paused: Option<Slug> },
    /// The entry of the day is no longer what the person was shown.
    ChangedMeanwhile { day: Day },
    /// The day had no lesson that could come again.
    NoLessonToRepeat { day: Day },
    /// A batch that was to be taken in could not be read to its end, so none of it was.
    NotWhole,
    /// The words were erased, but the file could not be made anew, so traces may be left in it.
    TracesLeft { path: PathBuf, source: rusqlite::Error },
}

/// Why a file cannot be used as a journal.
#[derive(Debug)]
pub enum Unusable {
    /// It is a folder, a pipe or a device.
    NotAFile,
    NotOpened(io::Error),
    NotRead(io::Error),
    NotCreated(io::Error),
    /// It was there a moment ago.
    Gone,
    Empty,
    NotAJournal,
    /// It is an SQLite file of another program.
    OtherProgram,
    /// It ends in the middle of a page, or has no form.
    CutShort,
    /// It has a form that a newer dwell made.
    Newer {
        form: u32,
        known: u32,
    },
}

/// What SQLite's error code means to a person.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Refusal {
    Locked,
    ReadOnly,
    DiskFull,
    NotOpened,
    /// A damaged file and a failing disk look the same.
    Unreadable,
    WriteFailed,
    DiskFailed,
    Other,
}

/// What is damaged.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Damage {
    /// Pages of the file, in the words of SQLite's own check.
    Pages(String),
    Fact {
        id: FactId,
        fault: FactFault,
    },
    /// A column holds a value that dwell never writes there.
    Column(&'static str),
    /// There is no row where there must be one.
    NoEntry(Day),
}

/// What is wrong with a fact's row.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum FactFault {
    /// Its instant is outside of what a calendar can hold.
    Time,
    /// Its body is not what its kind has.
    Body,
    /// It is not what its hash was made from.
    Hash,
}

impl StoreError {
    /// The same failure with the path of the file that it was met in.
    #[must_use]
    pub(crate) fn at(mut self, journal: &Path) -> Self {
        if let Self::Refused { path, .. } = &mut self {
            journal.clone_into(path);
        }
        self
    }

    /// A column holds a value that dwell never writes there.
    pub(crate) fn column(name: &'static str) -> Self {
        Self::Damaged(Damage::Column(name))
    }
}

impl From<rusqlite::Error> for StoreError {
    /// The path is filled in by `at`, where it is known.
    fn from(source: rusqlite::Error) -> Self {
        let why = Refusal::of(&source);
        Self::Refused { path: PathBuf::new(), why, source }
    }
}

impl Refusal {
    fn of(error: &rusqlite::Error) -> Self {
        let failed_write = error
            .sqlite_error()
            .is_some_and(|error| error.extended_code == ffi::SQLITE_IOERR_WRITE);
        match error.sqlite_error_code() {
            Some(ErrorCode::DatabaseBusy | ErrorCode::DatabaseLocked) => Self::Locked,
            Some(ErrorCode::ReadOnly) => Self::ReadOnly,
            Some(ErrorCode::DiskFull) => Self::DiskFull,
            Some(ErrorCode::CannotOpen | ErrorCode::PermissionDenied) => Self::NotOpened,
            Some(ErrorCode::DatabaseCorrupt | ErrorCode::NotADatabase) => Self::Unreadable,
            Some(ErrorCode::SystemIoFailure) if failed_write => Self::WriteFailed,
            Some(ErrorCode::SystemIoFailure) => Self::DiskFailed,
            _ => Self::Other,
        }
    }
}

impl fmt::Display for StoreError {
    /// For engineers: the type as it stands. A person is told in the words of the edge.
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{self:?}")
    }
}

impl std::error::Error for StoreError {
    fn source(&self) -> Option<&(dyn std::error::Error + 'static)> {
        match self {
            Self::Refused { source, .. } | Self::TracesLeft { source, .. } => Some(source),
            Self::Unusable {
                why:
                    Unusable::NotOpened(error) | Unusable::NotRead(error) | Unusable::NotCreated(error),
                ..
            } => Some(error),
            _ => None,
        }
    }
}
