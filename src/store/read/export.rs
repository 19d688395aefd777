//! The journal itself, for whoever carries it elsewhere: its lessons and its facts, as they stand.

use rusqlite::named_params;

use crate::store::facts::lesson::{self, StoredLesson};
use crate::store::facts::row::{self, StoredFact};
use crate::store::{Result, Store, StoreError};

/// At most this many rows are read at a time, so that no lock is held while they are handed on.
const BATCH: usize = 256;

impl Store {
    /// Hands each fact to `take`, ordered by clock and id, and stops where that fails. Errors with
    /// the first fact that is damaged.
    pub fn each_fact<E: From<StoreError>>(
        &self,
        mut take: impl FnMut(&StoredFact) -> std::result::Result<(), E>,
    ) -> std::result::Result<(), E> {
        let mut last = None;
        loop {
            let batch = self.facts_after(last.as_ref())?;
            batch.iter().try_for_each(&mut take)?;
            if batch.len() < BATCH {
                return Ok(());
            }
            last = batch.into_iter().next_back();
        }
    }

    fn facts_after(&self, last: Option<&StoredFact>) -> Result<Vec<StoredFact>> {
        self.read(|connection| {
            let mut statement = connection.prepare_cached(
                "SELECT * FROM fact WHERE clock > :clock OR (clock = :clock AND id > :id)
                 ORDER BY clock, id LIMIT :batch",
            )?;
            let parameters = named_params! {
                ":clock": last.map_or(0, |last| last.fact.clock),
                ":id": last.map(|last| *last.fact.id.0.as_bytes()).unwrap_or_default(),
                ":batch": BATCH,
            };
            statement.query_and_then(parameters, row::stored)?.collect()
        })
    }

    /// Hands each lesson to `take`, in the order in which they came into the journal, and stops
    /// where that fails.
    pub fn each_stored_lesson<E: From<StoreError>>(
        &self,
        mut take: impl FnMut(&StoredLesson) -> std::result::Result<(), E>,
    ) -> std::result::Result<(), E> {
        let mut last = 0;
        loop {
            let batch = self.read(|connection| lesson::after(connection, last, BATCH))?;
            batch.iter().try_for_each(|(_, lesson)| take(lesson))?;
            let Some((end, _)) = batch.last() else { return Ok(()) };
            last = *end;
        }
    }
}
