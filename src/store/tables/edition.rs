//! Editions of a lesson: its present one on the shelf, and the earlier ones, which entries go on
//! showing. What a person said of one of them and the days on which it was served count for all.

use rusqlite::{Connection, OptionalExtension, Row, named_params};

use crate::journal::LessonId;
use crate::store::Result;
use crate::store::facts::row::uuid;

/// A condition on an entry: its lesson is `:lesson`, which is on the shelf, or an earlier edition of
/// it.
pub(crate) const IS_EDITION: &str = "entry.lesson IN
     (SELECT :lesson UNION ALL SELECT edition.lesson FROM lesson
      JOIN edition ON edition.shelved = lesson.rowid WHERE lesson.id = :lesson)";

/// The lesson on the shelf that took the place of this one; this one itself if none did.
pub(crate) fn on_shelf(connection: &Connection, lesson: LessonId) -> Result<LessonId> {
    let mut statement = connection.prepare_cached(
        "SELECT lesson.id AS shelved FROM edition JOIN lesson ON lesson.rowid = edition.shelved
             WHERE edition.lesson = :lesson",
    )?;
    let shelved = statement
        .query_row(named_params! { ":lesson": lesson.0.as_bytes() }, |row| {
            Ok(uuid(row, "shelved").map(LessonId))
        })
        .optional()?;
    shelved.unwrap_or(Ok(lesson))
}

/// A lesson on the shelf, and its earlier editions.
pub(crate) fn all(connection: &Connection, shelved: LessonId) -> Result<Vec<LessonId>> {
    let mut statement = connection.prepare_cached(
        "SELECT edition.lesson FROM lesson JOIN edition ON edition.shelved = lesson.rowid
             WHERE lesson.id = :shelved ORDER BY edition.lesson",
    )?;
    let earlier = |row: &Row<'_>| Ok(LessonId(uuid(row, "lesson")?));
    let earlier =
        statement.query_and_then(named_params! { ":shelved": shelved.0.as_bytes() }, earlier)?;
    std::iter::once(Ok(shelved)).chain(earlier).collect()
}
