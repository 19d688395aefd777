//! The text of a lesson as a row, for export and import.

use rusqlite::{Connection, Row, named_params};
use serde_json::Value;

use crate::journal::lesson::LessonText;
use crate::journal::{LessonId, Slug};
use crate::store::facts::row::uuid;
use crate::store::{Result, StoreError};

/// A lesson exactly as a journal holds it, with the fields of its source that this release does not
/// know.
#[derive(Debug, Clone, PartialEq)]
pub struct StoredLesson {
    pub id: LessonId,
    pub series: Slug,
    /// Its place in the series when it was added, counted from 1.
    pub number: u32,
    /// The number of lessons in the series when it was added.
    pub series_length: u32,
    pub text: LessonText,
    /// An object with at least `title` and `kind`.
    pub source: Value,
}

impl StoredLesson {
    /// Whether its id matches its text and its series.
    pub fn is_whole(&self) -> bool {
        self.id == LessonId::of(&self.series, &self.text)
    }
}

/// A condition on a row of `lesson`: it is not one of a batch that has not come to its end. The
/// setting `batch` has the number of the first row that may be of the batch.
pub(crate) const IS_WHOLE: &str =
    "(lesson.rowid < coalesce((SELECT value FROM setting WHERE name = 'batch'), 1 << 62)
      OR EXISTS (SELECT 1 FROM lesson_state AS place JOIN series AS of ON of.slug = place.series
                 WHERE place.row = lesson.rowid)
      OR EXISTS (SELECT 1 FROM entry AS one WHERE one.lesson = lesson.id))";

/// At most `limit` lessons after the one with this row id, in the order in which they were added,
/// each with its row id.
pub(crate) fn after(
    connection: &Connection,
    last: i64,
    limit: usize,
) -> Result<Vec<(i64, StoredLesson)>> {
    let mut statement = connection.prepare_cached(&format!(
        "SELECT rowid AS place, * FROM lesson WHERE rowid > :last AND {IS_WHOLE}
         ORDER BY rowid LIMIT :limit"
    ))?;
    let parameters = named_params! { ":last": last, ":limit": limit };
    statement.query_and_then(parameters, |row| Ok((row.get("place")?, stored(row)?)))?.collect()
}

/// Adds a lesson, unless the journal has it. Returns whether it was added.
pub(crate) fn add(connection: &Connection, lesson: &StoredLesson) -> Result<bool> {
    let StoredLesson { id, series, number, series_length, text, source } = lesson;
    let added = connection
        .prepare_cached(
            "INSERT OR IGNORE INTO lesson (id, series, number, series_length, title, story,
                                           takeaway, question, tags, source)
             VALUES (:id, :series, :number, :series_length, :title, :story, :takeaway, :question,
                     :tags, :source)",
        )?
        .execute(named_params! {
            ":id": id.0.as_bytes(),
            ":series": series.as_str(),
            ":number": number,
            ":series_length": series_length,
            ":title": text.title,
            ":story": text.story,
            ":takeaway": text.takeaway,
            ":question": text.question,
            ":tags": tags_json(&text.tags),
            ":source": source.to_string(),
        })?;
    Ok(added > 0)
}

/// Whether the journal has the text of a lesson.
pub(crate) fn exists(connection: &Connection, id: LessonId) -> Result<bool> {
    let mut statement = connection.prepare_cached("SELECT 1 FROM lesson WHERE id = :id")?;
    Ok(statement.exists(named_params! { ":id": id.0.as_bytes() })?)
}

/// Tags as a column of JSON.
pub(crate) fn tags_json(tags: &[String]) -> String {
    serde_json::to_string(tags).expect("texts make JSON")
}

pub(crate) fn stored(row: &Row<'_>) -> Result<StoredLesson> {
    let (series, tags, source): (String, String, String) =
        (row.get("series")?, row.get("tags")?, row.get("source")?);
    Ok(StoredLesson {
        id: LessonId(uuid(row, "id")?),
        series: series.parse().map_err(|_| StoreError::column("series"))?,
        number: row.get("number")?,
        series_length: row.get("series_length")?,
        text: LessonText {
            title: row.get("title")?,
            story: row.get("story")?,
            takeaway: row.get("takeaway")?,
            question: row.get("question")?,
            tags: serde_json::from_str(&tags).map_err(|_| StoreError::column("tags"))?,
        },
        source: serde_json::from_str(&source).map_err(|_| StoreError::column("source"))?,
    })
}
