//! Forgetting: erases from the file what was written on a day. This is the only change that cannot
//! be undone.

use rusqlite::named_params;

use crate::journal::{Day, Event, FactId, Now};
use crate::store::file::commit;
use crate::store::read::forgotten::{WrittenFact, written_facts};
use crate::store::tables::{device_memory, search_index};
use crate::store::write::transaction::Transaction;
use crate::store::{Result, Store, StoreError};

impl Store {
    /// Erases all that was ever written on a day; the serving stays. Errors with
    /// [`StoreError::ChangedMeanwhile`] if the facts of the day are not `shown`, and with
    /// [`StoreError::TracesLeft`] if the file could not be rewritten after that.
    pub fn forget(&mut self, now: Now, day: Day, shown: &[WrittenFact]) -> Result<()> {
        self.change_at_once(now, |transaction| {
            let facts = written_facts(&transaction.connection, day)?;
            if facts != shown {
                return Err(StoreError::ChangedMeanwhile { day });
            }
            transaction.erase(day, facts.iter().map(WrittenFact::id).collect())
        })?;
        self.wipe()
    }

    /// Removes forgotten words from the unused parts of the file. SQLite overwrites a deleted row,
    /// but a row that was moved earlier may have left a copy, and the index keeps words after
    /// their last text is gone. Errors with [`StoreError::TracesLeft`].
    pub fn wipe(&mut self) -> Result<()> {
        let path = self.path.clone();
        let left = |error| match error {
            StoreError::Refused { source, .. } => {
                StoreError::TracesLeft { path: path.clone(), source }
            }
            other => other,
        };
        let made = commit::begin(&mut self.connection).and_then(|transaction| {
            search_index::rebuild(&transaction)?;
            commit::commit(transaction)
        });
        made.map_err(left)?;
        let rewritten = commit::vacuum(&mut self.connection);
        rewritten.map_err(left)
    }
}

impl Transaction<'_> {
    /// Erases these facts on a day, and records their ids, so that a merge never brings them back.
    fn erase(&mut self, day: Day, facts: Vec<FactId>) -> Result<()> {
        for fact in &facts {
            for sql in ["DELETE FROM undone WHERE fact = :id", "DELETE FROM fact WHERE id = :id"] {
                let id = named_params! { ":id": fact.0.as_bytes() };
                self.connection.prepare_cached(sql)?.execute(id)?;
            }
        }
        device_memory::forget(&self.connection, day)?;
        // Without its facts the row is wrong for a moment, and `wipe` makes the index again.
        self.leave_row_uncompared(day);
        self.record(facts, Event::Forgot { day })?;
        Ok(())
    }
}
