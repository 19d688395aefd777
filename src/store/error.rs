//! The failures of the journal, as types. They hold no sentence for a person: `messages` words
//! them.

use std::fmt;
use std::io;
use std::path::{Path, PathBuf};

use rusqlite::{ErrorCode, ffi};

use crate::journal::{Day, FactId, Slug};

pub type Result<T> = std::result::Result<T, StoreError>;

/// Why the store did not do what was asked. The journal is unchanged, unless a variant says more.
#[derive(Debug)]
pub enum StoreError {
    /// The file cannot be used as a journal. It was not changed.
    Unusable { path: PathBuf, why: Unusable },
    /// SQLite or the disk failed.
    Refused { path: PathBuf, why: Refusal, source: rusqlite::Error },
    /// The journal holds something that dwell never writes there.
    Damaged(Damage),
    /// The day to write about is after today.
    NotYet { day: Day, today: Day },
    /// There is no lesson to serve. `paused` is the first paused series; `None` if there is none.
    NoLessonLeft { paused: Option<Slug> },
    /// No lesson is served: the clock is plainly behind. `newest` is the newest day with a lesson.
    ClockBehind { clock: Day, newest: Day },
    /// What undo or redo would do was done by another process after it was shown to the person.
    DoneMeanwhile,
    /// The entry of the day was changed after it was shown to the person.
    ChangedMeanwhile { day: Day },
    /// The day would have a text of more than
    /// [`LARGEST`](crate::journal::entry::reflection::LARGEST) bytes.
    TooLarge { day: Day },
    /// The day has no lesson that could come again.
    NoLessonToRepeat { day: Day },
    /// A batch could not be read to its end, so nothing of it was imported.
    NotWhole,
    /// The words were erased, but the file could not be rewritten, so traces may be left in it.
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
    /// It was there a moment before.
    Gone,
    Empty,
    NotAJournal,
    /// It is an SQLite file of another program.
    OtherProgram,
    /// It ends in the middle of a page, or its head names no form.
    CutShort,
    /// A newer dwell made it, in `form`; this release reads forms up to `known`.
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
    /// Pages of the file; the text is the report of SQLite's check.
    Pages(String),
    Fact {
        id: FactId,
        fault: FactFault,
    },
    /// A column holds a value that dwell never writes there.
    Column(&'static str),
    /// There is no entry for a day that must have one.
    NoEntry(Day),
}

/// What is wrong with a fact's row.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum FactFault {
    /// Its instant or offset is out of range.
    Time,
    /// Its body does not have the form of its kind.
    Body,
    /// Its hash does not match.
    Hash,
}

impl StoreError {
    /// The same failure, with the path of the journal.
    #[must_use]
    pub(crate) fn at(mut self, journal: &Path) -> Self {
        if let Self::Refused { path, .. } = &mut self {
            journal.clone_into(path);
        }
        self
    }

    pub(crate) fn column(name: &'static str) -> Self {
        Self::Damaged(Damage::Column(name))
    }
}

impl From<rusqlite::Error> for StoreError {
    /// The path is empty; `at` fills it in.
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
    /// For logs and tests. `messages` has the sentence for a person.
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
