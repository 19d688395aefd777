//! Undo and redo: each records which facts no longer hold, or hold again. No fact is removed.

use rusqlite::{OptionalExtension, named_params};

use crate::journal::{Event, Now};
use crate::store::read::undo::Change;
use crate::store::write::transaction::Transaction;
use crate::store::{Result, Store, StoreError};

impl Store {
    /// Undoes a change, as [`Store::last_change`] or [`Store::day_too_far_ahead`] gave it. Errors
    /// with [`StoreError::DoneMeanwhile`] if a part of it is undone already.
    pub fn undo(&mut self, now: Now, change: &Change) -> Result<()> {
        self.change(now, |transaction| {
            transaction.require(change, false)?;
            for (change, facts) in change.by_recorded_change() {
                transaction.record(facts, Event::Undid { change })?;
            }
            Ok(())
        })
    }

    /// Redoes a change, as [`Store::last_undone`] gave it. Errors with
    /// [`StoreError::DoneMeanwhile`] if a part of it is redone already.
    pub fn redo(&mut self, now: Now, change: &Change) -> Result<()> {
        self.change(now, |transaction| {
            transaction.require(change, true)?;
            for (change, facts) in change.by_recorded_change() {
                transaction.record(facts, Event::Redid { change })?;
            }
            Ok(())
        })
    }
}

impl Transaction<'_> {
    /// Errors with [`StoreError::DoneMeanwhile`] unless all facts of a change are there, and are
    /// undone or not undone, as they were shown.
    fn require(&self, change: &Change, undone: bool) -> Result<()> {
        let mut statement = self.connection.prepare_cached(
            "SELECT undone.fact IS NOT NULL FROM fact
             LEFT JOIN undone ON undone.fact = fact.id WHERE fact.id = :id",
        )?;
        for fact in &change.facts {
            let id = named_params! { ":id": fact.id.0.as_bytes() };
            let found: Option<bool> = statement.query_row(id, |row| row.get(0)).optional()?;
            if found != Some(undone) {
                return Err(StoreError::DoneMeanwhile);
            }
        }
        Ok(())
    }
}
