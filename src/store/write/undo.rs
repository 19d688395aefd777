//! Undo: takes back the last change of this journal file that was not undone yet, whatever it was.

use rusqlite::named_params;

use crate::journal::{Event, Fact, FactId, Now};
use crate::store::facts::row;
use crate::store::write::transaction::Transaction;
use crate::store::{Result, Store};

/// A change that was undone: what had happened in it, in order.
#[derive(Debug)]
pub struct Undone {
    pub events: Vec<Event>,
}

impl Store {
    /// Undoes the last change that was made in this file. `None` if there is none. What came from
    /// another device stays: whoever made it can undo it there.
    pub fn undo(&mut self, now: Now) -> Result<Option<Undone>> {
        self.change(now, |transaction| {
            let Some(last) = transaction.last_to_undo()? else { return Ok(None) };
            // What a change records follows its first fact, so its facts are at or after it.
            let first = transaction.clock_of(last.change)?.unwrap_or(last.clock);
            let facts = row::of_change(&transaction.connection, last.change, first)?;
            let facts: Vec<Fact> =
                facts.into_iter().filter(|fact| fact.event.can_be_taken_back()).collect();
            let parents: Vec<FactId> = facts.iter().map(|fact| fact.id).collect();
            transaction.record(parents, Event::Undid { change: last.change })?;
            Ok(Some(Undone { events: facts.into_iter().map(|fact| fact.event).collect() }))
        })
    }
}

impl Transaction<'_> {
    fn last_to_undo(&self) -> Result<Option<Fact>> {
        let mut statement = self.connection.prepare_cached(
            "SELECT * FROM fact WHERE device = :device AND id NOT IN (SELECT fact FROM undone)
             ORDER BY clock DESC, id DESC",
        )?;
        let device = self.device();
        let mut found = statement.query(named_params! { ":device": device.0.as_bytes() })?;
        while let Some(row) = found.next()? {
            let fact = row::fact(row)?;
            if fact.event.can_be_taken_back() {
                return Ok(Some(fact));
            }
        }
        Ok(None)
    }

    fn clock_of(&self, id: FactId) -> Result<Option<u64>> {
        let mut statement =
            self.connection.prepare_cached("SELECT clock FROM fact WHERE id = :id")?;
        let mut found = statement.query(named_params! { ":id": id.0.as_bytes() })?;
        Ok(found.next()?.map(|row| row.get("clock")).transpose()?)
    }
}
