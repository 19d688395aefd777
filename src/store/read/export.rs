//! The lessons and facts of the journal, unchanged, for export.

use rusqlite::named_params;

use crate::store::facts::lesson::{self, StoredLesson};
use crate::store::facts::row::{self, StoredFact};
use crate::store::read::{BATCH, out_of_order};
use crate::store::{Result, Store, StoreError};

impl Store {
    /// Calls `take` with each fact, ordered by clock and id. Stops at the first error of `take` and
    /// returns it. Errors with [`StoreError::Damaged`] at the first damaged fact.
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
            let key = |fact: &StoredFact| (fact.fact.clock, fact.fact.id);
            let end = batch.into_iter().next_back();
            if end.as_ref().map(key) <= last.as_ref().map(key) {
                return Err(E::from(out_of_order()));
            }
            last = end;
        }
    }

    fn facts_after(&self, last: Option<&StoredFact>) -> Result<Vec<StoredFact>> {
        self.read(|connection| {
            let mut statement = connection.prepare_cached(&format!(
                "SELECT {} FROM fact WHERE clock > :clock OR (clock = :clock AND id > :id)
                 ORDER BY clock, id LIMIT :batch",
                row::IN_ORDER
            ))?;
            let parameters = named_params! {
                ":clock": last.map_or(0, |last| last.fact.clock),
                ":id": last.map(|last| *last.fact.id.0.as_bytes()).unwrap_or_default(),
                ":batch": BATCH,
            };
            statement.query_and_then(parameters, row::stored_in_order)?.collect()
        })
    }

    /// Calls `take` with each lesson, in the order in which they were added to the journal. Stops
    /// at the first error of `take` and returns it.
    pub fn each_stored_lesson<E: From<StoreError>>(
        &self,
        mut take: impl FnMut(&StoredLesson) -> std::result::Result<(), E>,
    ) -> std::result::Result<(), E> {
        let mut last = 0;
        loop {
            let batch = self.read(|connection| lesson::after(connection, last, BATCH))?;
            batch.iter().try_for_each(|(_, lesson)| take(lesson))?;
            let Some((end, _)) = batch.last() else { return Ok(()) };
            if *end <= last {
                return Err(E::from(out_of_order()));
            }
            last = *end;
        }
    }
}
