//! The journal itself, for whoever carries it elsewhere: its lessons and its facts, as they stand.

use rusqlite::named_params;

use crate::journal::Lesson;
use crate::store::facts::row::{self, StoredFact};
use crate::store::tables::rows;
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

    /// Hands the text of each lesson to `take`, in the order in which they came into the journal,
    /// with the place that it was added at, and stops where that fails.
    pub fn each_lesson_text<E: From<StoreError>>(
        &self,
        mut take: impl FnMut(&Lesson) -> std::result::Result<(), E>,
    ) -> std::result::Result<(), E> {
        let mut last = 0;
        loop {
            let batch = self.lesson_texts_after(last)?;
            batch.iter().try_for_each(|(_, lesson)| take(lesson))?;
            let Some((end, _)) = batch.last() else { return Ok(()) };
            last = *end;
        }
    }

    fn lesson_texts_after(&self, last: i64) -> Result<Vec<(i64, Lesson)>> {
        self.read(|connection| {
            let mut statement = connection.prepare_cached(
                "SELECT rowid AS place, id AS lesson_id, series AS lesson_series,
                        number AS lesson_number, series_length, title, story, takeaway, question,
                        tags, source, 0 AS loved
                 FROM lesson WHERE rowid > :last ORDER BY rowid LIMIT :batch",
            )?;
            let parameters = named_params! { ":last": last, ":batch": BATCH };
            let lessons = statement
                .query_and_then(parameters, |row| Ok((row.get("place")?, rows::lesson(row)?)))?;
            lessons.collect()
        })
    }
}
