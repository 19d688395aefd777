//! The journal file: the only room that speaks SQL.
//!
//! A method is one sentence of the domain and one transaction. Every change of the journal is
//! recorded as facts. The same transaction updates the tables that are derived from the facts.
//! No lock is held while a person thinks: many rows are read in batches, and a write begins only
//! when its text is known.

mod backups;
mod changed_days;
pub mod doctor;
mod error;
mod facts;
mod file;
mod kobo;
pub mod locking;
mod look;
mod old_forms;
pub mod other_journal;
mod read;
mod restore;
mod sealed;
mod tables;
mod upgrade;
mod write;

#[cfg(test)]
mod tests;

use std::path::{Path, PathBuf};
use std::time::Duration;

use rusqlite::Connection;

use crate::journal::lesson::ShippedSeries;
use file::journal::Journal;
use file::{commit, open, privacy};
use tables::{compare, rebuild};

pub use backups::{Backup, BackupFailure, BackupSearch, Backups, CheckedCopy, Counts, Reason};
pub use changed_days::ChangedDays;
pub use error::{Damage, FactFault, Refusal, Result, SideFault, StoreError, Unusable};
pub use facts::encoding::decode as decode_event;
pub use facts::lesson::StoredLesson;
pub use facts::row::{StoredFact, moment};
pub use file::open::{Begun, WAIT};
pub use file::privacy::Privacy;
pub use file::sealed::SealedPaths;
pub use kobo::{KoboError, KoboRow, each_kobo_highlight};
pub use read::browse::{DayLine, DayWindow, WindowAt};
pub use read::checked::CheckedEntry;
pub use read::forgotten::WrittenFact;
pub use read::review::EndedSeries;
pub use read::search::SearchReport;
pub use read::undo::Change;
pub use restore::{
    BackupDifference, ReplacedJournal, SealedRestore, StagedBackup, is_sealed_backup,
    set_aside_leftovers,
};
pub use write::batch::{Batch, BatchLesson, BatchSeries};
pub use write::import::{ImportReport, JournalItem, MergeReport};
pub use write::lessons::EditResult;
pub use write::reflections::{Repeat, WriteResult, Writing};
pub use write::series::{AddReport, AddResult};
pub use write::servings::ServeResult;

/// An open journal.
///
/// Every fallible method errors with [`StoreError::Refused`] if SQLite or the disk fails, and with
/// [`StoreError::Damaged`] if it reads something that dwell never writes. A method that can also
/// fail for another reason says so.
#[derive(Debug)]
pub struct Store {
    connection: Journal,
    path: PathBuf,
    shipped: ShippedSeries,
    privacy: Privacy,
    begun: Option<Begun>,
    changed: ChangedDays,
    /// `None` for a journal of which no backups are made, such as a backup.
    backups: Option<Backups>,
}

/// The progress of a longer piece of work, in pieces.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Progress {
    pub done: usize,
    pub total: usize,
}

/// A table, or a part of one, that is derived from the facts.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Derived {
    Undone,
    Series,
    LessonState,
    Entry,
    SearchOfEntries,
    SearchOfLessons,
}

/// One row by which the derived tables differ from the facts.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Difference {
    pub table: Derived,
    /// The subject of the row: a day, a series, or an id in hexadecimal digits.
    pub about: String,
    /// True if the journal has the row and should not; false if it should have it and does not.
    pub in_journal: bool,
}

impl Store {
    /// Opens the journal at this path; creates an empty one if there is no file. Errors if the file
    /// is not a journal, is damaged, or was made by a newer dwell; the file is then not changed.
    pub fn open(path: &Path, shipped: ShippedSeries) -> Result<Self> {
        Self::open_with_progress(path, shipped, None, open::WAIT, &mut |_| {})
    }

    /// Opens the journal at this path; `None` if there is no file. Errors as [`Store::open`].
    pub fn open_existing(path: &Path, shipped: ShippedSeries) -> Result<Option<Self>> {
        Self::open_existing_with_progress(path, shipped, None, open::WAIT, &mut |_| {})
    }

    /// [`Store::open`], which reports its progress while it upgrades a journal of an older form, and
    /// waits for a lock of another program at most as long as `wait`, each time that it needs one.
    ///
    /// With `backups`, a backup is made before a change of the form and before the first change of
    /// each day; and a journal that was there before is not begun anew: that errors with
    /// [`Unusable::Missing`].
    pub fn open_with_progress(
        path: &Path,
        shipped: ShippedSeries,
        backups: Option<&Backups>,
        wait: Duration,
        progress: &mut dyn FnMut(Progress),
    ) -> Result<Self> {
        if let Some(store) =
            Self::open_existing_with_progress(path, shipped, backups, wait, progress)?
        {
            return Ok(store);
        }
        backups.map_or(Ok(()), Backups::require_new)?;
        let begun = open::create(path, |connection| {
            let mut journal = Journal::plain(connection);
            upgrade::upgrade(&mut journal, None, progress)?;
            Ok(journal.connection)
        })?;
        if let Some(backups) = backups {
            backups.leave_trace();
        }
        let gone = || StoreError::Unusable { path: path.to_owned(), why: Unusable::Gone };
        let store = Self::open_existing_with_progress(path, shipped, backups, wait, progress)?;
        let store = store.ok_or_else(gone)?;
        Ok(Self { begun: Some(begun), ..store })
    }

    /// [`Store::open_existing`], which reports its progress and waits like
    /// [`Store::open_with_progress`].
    pub fn open_existing_with_progress(
        path: &Path,
        shipped: ShippedSeries,
        backups: Option<&Backups>,
        wait: Duration,
        progress: &mut dyn FnMut(Progress),
    ) -> Result<Option<Self>> {
        let Some((connection, head)) = open::connect(path, wait)? else {
            return sealed::require_none(path, backups).map(|()| None);
        };
        let mut connection = Journal::plain(connection);
        let privacy = privacy::settle(path, &head);
        upgrade::upgrade(&mut connection, backups, progress).map_err(|error| error.at(path))?;
        Ok(Some(Self {
            connection,
            path: path.to_owned(),
            shipped,
            privacy,
            begun: None,
            changed: ChangedDays::default(),
            backups: backups.cloned(),
        }))
    }

    /// How this journal was begun, if this opening has begun it.
    pub fn begun(&self) -> Option<Begun> {
        self.begun
    }

    /// Who besides its owner can read the journal.
    pub fn privacy(&self) -> Privacy {
        self.privacy
    }

    /// Rebuilds all tables that are derived from the facts, in one transaction.
    pub fn rebuild(&mut self, progress: &mut dyn FnMut(Progress)) -> Result<()> {
        let rebuilt = commit::begin(&mut self.connection).and_then(|transaction| {
            rebuild::rebuild(&transaction, progress)?;
            commit::commit(transaction)
        });
        rebuilt.map_err(|error| error.at(&self.path))
    }

    /// The rows by which the derived tables differ from the facts; none in a sound journal. Only
    /// reads.
    pub fn compare(&self) -> Result<Vec<Difference>> {
        self.read(compare::compare)
    }

    /// Reads by one statement, which sees one state of the journal by itself.
    fn read_once<T>(&self, body: impl FnOnce(&Connection) -> Result<T>) -> Result<T> {
        body(&self.connection).map_err(|error| error.at(&self.path))
    }

    /// Reads in one transaction, so that all of it comes from one state of the journal.
    fn read<T>(&self, body: impl FnOnce(&Connection) -> Result<T>) -> Result<T> {
        let read = || {
            let transaction = self.connection.unchecked_transaction()?;
            body(&transaction)
        };
        read().map_err(|error: StoreError| error.at(&self.path))
    }
}
