//! The failures of the journal, as types. They hold no sentence for a person: `messages` words
//! them.

use std::fmt;
use std::fs;
use std::io;
use std::path::{Path, PathBuf};

use crate::journal::entry::fact::Subject;
use crate::journal::{Day, FactId, Slug};
use crate::platform;
use crate::seal::{self, SealError};

mod refusal;

pub use refusal::Refusal;

pub type Result<T> = std::result::Result<T, StoreError>;

/// Why the store did not do what was asked. The journal is unchanged, unless a variant says more.
#[derive(Debug)]
pub enum StoreError {
    /// The file cannot be used as a journal. It was not changed.
    Unusable { path: PathBuf, why: Unusable },
    /// SQLite or the disk failed.
    Refused { path: PathBuf, why: Refusal, source: rusqlite::Error },
    /// The journal holds something that dwell never writes there.
    Damaged { path: PathBuf, what: Damage },
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
    /// No backup could be made. A change that must have one was not made.
    NoBackup(Box<StoreError>),
    /// The sealed file could not be opened, or its key.
    Sealed(SealError),
    /// The sealed file could not be replaced. It may be the one before or the new one.
    NotWritten { path: PathBuf, source: io::Error },
    /// Another import goes on, and a journal takes in one at a time.
    ImportRuns,
    /// The words were erased, but the file could not be rewritten, so traces may be left in it.
    TracesLeft { path: PathBuf, source: rusqlite::Error },
}

/// Why a file cannot be used as a journal.
#[derive(Debug)]
pub enum Unusable {
    NotOpened(io::Error),
    NotRead(io::Error),
    NotCreated(io::Error),
    /// It was there a moment before.
    Gone,
    /// It is the journal itself, and was to take its own place.
    IsTheJournal,
    /// There was a journal, and it is gone. `backup` is its newest backup.
    Missing {
        backup: Option<PathBuf>,
    },
    /// A cloud took it away to make room on this machine, and left this file in its place.
    TakenAway {
        placeholder: PathBuf,
    },
    /// It is locked: only the sealed file is there, and no key was given to open it.
    Locked {
        sealed: PathBuf,
    },
    /// A sealed journal is beside it. An interrupted `lock` or `unlock` leaves both.
    BesideSealed {
        sealed: PathBuf,
    },
    /// It belongs to another person, who would read what is written into it.
    OfAnother,
    /// It was opened only to look at it, and must be changed before it can be read: it has another
    /// form, a write-ahead log, or a change that was interrupted.
    NeedsChange,
    /// A file that SQLite keeps beside it must not be used.
    SideFile {
        file: PathBuf,
        fault: SideFault,
    },
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

/// What is wrong with a file beside the journal.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum SideFault {
    /// It is a link, a folder, a pipe or a device.
    NotAFile,
    /// It belongs to another person.
    OfAnother,
    /// It is left of a change to another state of the file, or to another file.
    OfOtherState,
    /// It is left of a journal that is not there.
    OfGone,
}

/// What is damaged.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Damage {
    /// Pages of the file; the text is the report of SQLite's check.
    Pages(String),
    /// A trigger or a view of this name, which dwell never makes.
    Foreign {
        kind: String,
        name: String,
    },
    /// The words of the lesson that a day shows are not those that were saved.
    Lesson(Day),
    /// The entry of a day is not what its facts add up to.
    Entry(Day),
    Fact {
        id: FactId,
        subject: Subject,
        fault: FactFault,
    },
    /// A column holds a value that dwell never writes there.
    Column(&'static str),
    /// There is no entry for a day that must have one.
    NoEntry(Day),
    /// Brought to another form, the journal would have had fewer facts or lessons.
    Conversion,
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
        if let Self::Refused { why: Refusal::Moved | Refusal::Unreadable, .. } = self
            && let Some(sealed) = locked_meanwhile(journal)
        {
            return Self::Unusable { path: journal.to_owned(), why: Unusable::Locked { sealed } };
        }
        if let Self::Refused { path, .. } | Self::Damaged { path, .. } = &mut self
            && path.as_os_str().is_empty()
        {
            journal.clone_into(path);
        }
        self
    }

    /// Whether another program has locked the journal.
    pub fn is_locked(&self) -> bool {
        matches!(self, Self::Refused { why: Refusal::Locked, .. })
    }

    /// The failure to read a journal that was opened only to look at it.
    pub(crate) fn of_looking(self, journal: &Path) -> Self {
        match self {
            Self::Refused { why: Refusal::NotRolledBack, .. } => {
                Self::Unusable { path: journal.to_owned(), why: Unusable::NeedsChange }
            }
            other => other.at(journal),
        }
    }

    /// The path is empty; `at` fills it in.
    pub(crate) fn damaged(what: Damage) -> Self {
        Self::Damaged { path: PathBuf::new(), what }
    }

    pub(crate) fn column(name: &'static str) -> Self {
        Self::damaged(Damage::Column(name))
    }
}

/// The sealed file of a journal that another process has locked while it was open here.
fn locked_meanwhile(journal: &Path) -> Option<PathBuf> {
    let sealed = platform::beside(journal, seal::ENDING);
    let is_there = |path: &Path| fs::symlink_metadata(path).is_ok();
    (!is_there(journal) && is_there(&sealed)).then_some(sealed)
}

impl From<SealError> for StoreError {
    fn from(error: SealError) -> Self {
        Self::Sealed(error)
    }
}

impl From<rusqlite::Error> for StoreError {
    /// The path is empty; `at` fills it in.
    fn from(source: rusqlite::Error) -> Self {
        let why = Refusal::of(&source);
        Self::Refused { path: PathBuf::new(), why, source }
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
            Self::Sealed(error) => Some(error),
            Self::NotWritten { source, .. } => Some(source),
            Self::Unusable {
                why:
                    Unusable::NotOpened(error) | Unusable::NotRead(error) | Unusable::NotCreated(error),
                ..
            } => Some(error),
            _ => None,
        }
    }
}
