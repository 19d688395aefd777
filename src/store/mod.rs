//! The journal file: the only room that speaks SQL.
//!
//! A method is one sentence of the domain and one transaction. Whatever changes the journal is
//! recorded as facts, and the tables say what the facts add up to, in the same transaction.
//! Nothing here holds a lock while a person thinks: reads of many rows are taken in batches, and
//! a write begins only when its words are known.

mod error;
mod facts;
mod file;
mod old_forms;
mod read;
mod tables;
mod upgrade;
mod write;

#[cfg(test)]
mod tests;

use std::path::{Path, PathBuf};

use rusqlite::Connection;

use crate::journal::lesson::Shipped;
use file::{commit, open};
use tables::{compare, rebuild};

pub use error::{Damage, FactFault, Refusal, Result, StoreError, Unusable};
pub use facts::encoding::decode as decode_event;
pub use facts::lesson::StoredLesson;
pub use facts::row::{StoredFact, moment};
pub use file::backup;
pub use read::review::EndedSeries;
pub use read::search::SearchReport;
pub use write::import::{ImportReport, MergeReport, Stored};
pub use write::reflections::{Repeat, Writing, Written};
pub use write::series::Added;
pub use write::servings::Served;
pub use write::undo::Undone;

/// An open journal.
#[derive(Debug)]
pub struct Store {
    connection: Connection,
    path: PathBuf,
    shipped: Shipped,
}

/// How far a longer piece of work has come.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Progress {
    /// How many of the pieces are done.
    pub done: usize,
    pub total: usize,
}

/// What is derived from the facts.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Derived {
    Undone,
    Series,
    LessonState,
    Entry,
    SearchOfEntries,
    SearchOfLessons,
}

/// One way in which the derived tables differ from what the facts add up to.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Difference {
    pub table: Derived,
    /// What the row is about: a day, a series, or an id in hexadecimal digits.
    pub about: String,
    /// The row stands in the journal and should not; if false, it should and does not.
    pub in_journal: bool,
}

impl Store {
    /// Opens the journal at this path, and creates an empty one where there is no file. Errors if
    /// what is there is no journal, a damaged one, or one of a newer dwell; it is then left as it is.
    pub fn open(path: &Path, shipped: Shipped) -> Result<Self> {
        Self::open_telling(path, shipped, &mut |_| {})
    }

    /// Opens the journal at this path; `None` if there is no file. Errors as [`Store::open`].
    pub fn open_existing(path: &Path, shipped: Shipped) -> Result<Option<Self>> {
        Self::open_existing_telling(path, shipped, &mut |_| {})
    }

    /// [`Store::open`], telling how far it has come where the journal must first be brought to the
    /// present form.
    pub fn open_telling(
        path: &Path,
        shipped: Shipped,
        progress: &mut dyn FnMut(Progress),
    ) -> Result<Self> {
        if let Some(store) = Self::open_existing_telling(path, shipped, progress)? {
            return Ok(store);
        }
        open::create(path, |connection| upgrade::bring_up_to_date(connection, progress))?;
        let gone = || StoreError::Unusable { path: path.to_owned(), why: Unusable::Gone };
        Self::open_existing(path, shipped)?.ok_or_else(gone)
    }

    /// [`Store::open_existing`], telling how far it has come.
    pub fn open_existing_telling(
        path: &Path,
        shipped: Shipped,
        progress: &mut dyn FnMut(Progress),
    ) -> Result<Option<Self>> {
        let Some(mut connection) = open::connect(path)? else { return Ok(None) };
        upgrade::bring_up_to_date(&mut connection, progress).map_err(|error| error.at(path))?;
        Ok(Some(Self { connection, path: path.to_owned(), shipped }))
    }

    /// Makes all tables that are derived from the facts anew, in one transaction.
    pub fn rebuild(&mut self, progress: &mut dyn FnMut(Progress)) -> Result<()> {
        let rebuilt = commit::begin(&mut self.connection).and_then(|transaction| {
            rebuild::rebuild(&transaction, progress)?;
            commit::commit(transaction)
        });
        rebuilt.map_err(|error| error.at(&self.path))
    }

    /// What the derived tables say otherwise than the facts; nothing if all is well. The journal is
    /// only read.
    pub fn compare(&self) -> Result<Vec<Difference>> {
        self.read(compare::compare)
    }

    /// Reads from the journal, all of it in one state.
    fn read<T>(&self, body: impl FnOnce(&Connection) -> Result<T>) -> Result<T> {
        let read = || {
            let transaction = self.connection.unchecked_transaction()?;
            body(&transaction)
        };
        read().map_err(|error: StoreError| error.at(&self.path))
    }
}
