//! The lessons of one series, for an import that brings more of them.

use rusqlite::{OptionalExtension, named_params};

use crate::journal::lesson::LessonText;
use crate::journal::{LessonId, Slug};
use crate::store::facts::row::uuid;
use crate::store::tables::search_index::lesson_text;
use crate::store::{Result, Store, StoreError};

impl Store {
    /// Calls `take` with the lessons of a series on the shelf, in order: each with its id and
    /// whether it was served.
    pub fn each_series_lesson(
        &self,
        series: &Slug,
        mut take: impl FnMut(LessonId, &LessonText, bool),
    ) -> Result<()> {
        self.read(|connection| {
            let mut statement = connection.prepare_cached(
                "SELECT lesson.id, lesson.title, lesson.story, lesson.takeaway, lesson.question,
                        lesson_state.first_served IS NOT NULL AS served
                 FROM lesson_state JOIN lesson ON lesson.rowid = lesson_state.row
                 JOIN series ON series.slug = lesson_state.series
                 WHERE lesson_state.series = :series ORDER BY lesson_state.number",
            )?;
            let mut rows = statement.query(named_params! { ":series": series.as_str() })?;
            while let Some(row) = rows.next()? {
                take(LessonId(uuid(row, "id")?), &lesson_text(row)?, row.get("served")?);
            }
            Ok(())
        })
    }

    /// The earlier editions of the lessons of a series.
    pub fn earlier_editions(&self, series: &Slug) -> Result<Vec<LessonId>> {
        self.read(|connection| {
            let mut statement =
                connection.prepare_cached("SELECT lesson FROM edition WHERE series = :series")?;
            let series = named_params! { ":series": series.as_str() };
            let editions =
                statement.query_and_then(series, |row| Ok(LessonId(uuid(row, "lesson")?)))?;
            editions.collect()
        })
    }

    /// The words of a lesson, without its tags. Errors if there is no such lesson.
    pub fn lesson_words(&self, lesson: LessonId) -> Result<LessonText> {
        self.read(|connection| {
            let mut statement = connection.prepare_cached(
                "SELECT title, story, takeaway, question FROM lesson WHERE id = :id",
            )?;
            let found = statement
                .query_row(named_params! { ":id": lesson.0.as_bytes() }, |row| Ok(lesson_text(row)))
                .optional()?;
            found.unwrap_or_else(|| Err(StoreError::column("lesson.id")))
        })
    }
}
