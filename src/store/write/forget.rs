//! Forgetting: erases what was written on a day from the file itself. The one change that cannot be
//! undone.

use rusqlite::named_params;

use crate::journal::{Day, Event, Fact, FactId, Now};
use crate::store::file::commit;
use crate::store::read::forgotten::written_facts;
use crate::store::tables::{device_memory, search_index};
use crate::store::write::transaction::Transaction;
use crate::store::{Result, Store, StoreError};

impl Store {
    /// Erases all that was ever written on a day; the serving stays. Errors if there is more than
    /// `shown`, which somebody wrote meanwhile, and if the file could not be made anew after it.
    pub fn forget(&mut self, now: Now, day: Day, shown: &[Fact]) -> Result<()> {
        self.change(now, |transaction| {
            let facts = written_facts(&transaction.connection, day)?;
            if facts != shown {
                return Err(StoreError::ChangedMeanwhile { day });
            }
            transaction.erase(day, facts.iter().map(|fact| fact.id).collect())
        })?;
        self.wipe()
    }

    /// Leaves nothing of what was forgotten in the unused parts of the file. What is erased is
    /// overwritten where it stood; but rows that once moved may have left copies, and the index
    /// keeps whole words in its inner nodes after the last text with them is gone.
    pub fn wipe(&mut self) -> Result<()> {
        let wiped =
            search_index::pack(&self.connection).and_then(|()| commit::vacuum(&self.connection));
        wiped.map_err(|source| StoreError::TracesLeft { path: self.path.clone(), source })
    }
}

impl Transaction<'_> {
    /// Erases these facts on a day, and records their ids, so that another copy of the journal can
    /// be told to erase the same.
    fn erase(&mut self, day: Day, facts: Vec<FactId>) -> Result<()> {
        for fact in &facts {
            for sql in ["DELETE FROM undone WHERE fact = :id", "DELETE FROM fact WHERE id = :id"] {
                let id = named_params! { ":id": fact.0.as_bytes() };
                self.connection.prepare_cached(sql)?.execute(id)?;
            }
        }
        device_memory::forget(&self.connection, day)?;
        self.record(facts, Event::Forgot { day })?;
        Ok(())
    }
}
