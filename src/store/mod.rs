//! The journal file: the only room that speaks SQL.
//!
//! A method is one sentence of the domain and one transaction. Whatever changes the journal is
//! recorded as facts, and the tables say what the facts add up to, in the same transaction.
//! Nothing here holds a lock while a person thinks: reads of many rows are taken in batches, and
//! a write begins only when its words are known.

mod error;
mod facts;
mod file;
mod read;
mod tables;
mod write;

#[cfg(test)]
mod tests;

use std::path::{Path, PathBuf};

use rusqlite::Connection;

use crate::journal::lesson::Shipped;

pub use error::{Damage, FactFault, Refusal, Result, StoreError, Unusable};
pub use file::backup;
pub use read::review::EndedSeries;
pub use read::search::SearchReport;
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

impl Store {
    /// Opens the journal at this path, and creates an empty one where there is no file. Errors if
    /// what is there is no journal, a damaged one, or one of a newer dwell; it is then left as it is.
    pub fn open(path: &Path, shipped: Shipped) -> Result<Self> {
        if let Some(store) = Self::open_existing(path, shipped)? {
            return Ok(store);
        }
        file::open::create(path)?;
        let gone = || StoreError::Unusable { path: path.to_owned(), why: Unusable::Gone };
        Self::open_existing(path, shipped)?.ok_or_else(gone)
    }

    /// Opens the journal at this path; `None` if there is no file.
    pub fn open_existing(path: &Path, shipped: Shipped) -> Result<Option<Self>> {
        let connection = file::open::connect(path)?;
        Ok(connection.map(|connection| Self { connection, path: path.to_owned(), shipped }))
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
