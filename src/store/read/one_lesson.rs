//! Reading one lesson by its id. Each `dwell today` waits for it, so it is read by two queries of
//! one table each, which SQLite plans in less time than one that joins them.

use rusqlite::{Connection, named_params};

use crate::journal::{Lesson, LessonId};
use crate::store::Result;
use crate::store::tables::columns::Columns;
use crate::store::tables::rows;

/// The lesson `:id` as it was added, in the columns that [`rows::lesson`] reads, and its row.
pub(crate) const AS_ADDED: &str =
    "SELECT id, series, number, series_length, title, story, takeaway, question, tags, source, 0,
            rowid
     FROM lesson WHERE id = :id";

/// The place on the shelf of the lesson `:id` in the row `:row`, and what it has in place of what it
/// was added with. An earlier edition has those of the present one.
pub(crate) const ON_SHELF: &str =
    "SELECT number, (SELECT lessons FROM series WHERE slug = lesson_state.series),
            tags, source, loved
     FROM lesson_state WHERE row = coalesce((SELECT shelved FROM edition WHERE lesson = :id), :row)";

/// A lesson; `None` if an import brought only what names it.
pub(crate) fn lesson(connection: &Connection, id: LessonId) -> Result<Option<Lesson>> {
    let mut statement = connection.prepare_cached(AS_ADDED)?;
    let mut found = statement.query(named_params! { ":id": id.0.as_bytes() })?;
    let Some(row) = found.next()? else { return Ok(None) };
    let mut lesson = rows::lesson(row)?;
    let number: i64 = row.get(11)?;
    let mut statement = connection.prepare_cached(ON_SHELF)?;
    let mut found = statement.query(named_params! { ":id": id.0.as_bytes(), ":row": number })?;
    let Some(row) = found.next()? else { return Ok(Some(lesson)) };
    let columns = &mut Columns::of(row);
    let (number, series_length): (_, Option<u32>) = (columns.get()?, columns.get()?);
    // A lesson that left the shelf keeps the place that it was added at.
    if let Some(series_length) = series_length {
        (lesson.number, lesson.series_length) = (number, series_length);
    }
    if let Some(tags) = columns.maybe_text("tags")? {
        lesson.text.tags = rows::tags_in(tags, "tags")?;
    }
    if let Some(source) = columns.maybe_text("source")? {
        lesson.source = rows::source_of(source, "source")?;
    }
    lesson.loved = columns.get()?;
    Ok(Some(lesson))
}
