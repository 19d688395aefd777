//! Undo: the last change that was made in this journal file and not undone yet.

use rusqlite::{OptionalExtension, named_params};

use crate::journal::{Event, Fact, FactId, Now};
use crate::store::facts::row;
use crate::store::write::transaction::Transaction;
use crate::store::{Result, Store};

impl Store {
    /// Undoes the last change that was made in this file, and returns its events in order; `None` if
    /// there is none to undo. A change of another device is not undone here.
    pub fn undo(&mut self, now: Now) -> Result<Option<Vec<Event>>> {
        self.change(now, |transaction| {
            let Some(last) = transaction.last_to_undo()? else { return Ok(None) };
            // No fact of a change has a smaller clock than its first fact.
            let first = transaction.clock_of(last.change)?.unwrap_or(last.clock);
            let facts = row::of_change(&transaction.connection, last.change, first)?;
            let facts: Vec<Fact> =
                facts.into_iter().filter(|fact| fact.event.can_be_undone()).collect();
            let parents: Vec<FactId> = facts.iter().map(|fact| fact.id).collect();
            transaction.record(parents, Event::Undid { change: last.change })?;
            Ok(Some(facts.into_iter().map(|fact| fact.event).collect()))
        })
    }
}

impl Transaction<'_> {
    /// The newest fact of this file that can be undone and was not.
    fn last_to_undo(&self) -> Result<Option<Fact>> {
        let mut statement = self.connection.prepare_cached(
            "SELECT * FROM fact WHERE device = :device AND id NOT IN (SELECT fact FROM undone)
             ORDER BY clock DESC, id DESC",
        )?;
        let device = self.device();
        let mut rows = statement.query(named_params! { ":device": device.0.as_bytes() })?;
        while let Some(row) = rows.next()? {
            let fact = row::fact(row)?;
            if fact.event.can_be_undone() {
                return Ok(Some(fact));
            }
        }
        Ok(None)
    }

    fn clock_of(&self, id: FactId) -> Result<Option<u64>> {
        let clock = self
            .connection
            .prepare_cached("SELECT clock FROM fact WHERE id = :id")?
            .query_row(named_params! { ":id": id.0.as_bytes() }, |row| row.get("clock"));
        Ok(clock.optional()?)
    }
}
