//! Reads values from rows. Each function errors if a column holds a value that dwell never writes
//! there.

use std::str::FromStr;

use rusqlite::Row;
use serde_json::{Value, json};
use uuid::Uuid;

use crate::journal::entry::reflection::Afterthought;
use crate::journal::entry::step::OpenStep;
use crate::journal::lesson::LessonText;
use crate::journal::{Day, Entry, Lesson, LessonId, Moment, Reflection, Slug, Source, Step};
use crate::store::facts::row::{millis_and_offset, moment, uuid};
use crate::store::facts::source::source_in;
use crate::store::{Result, StoreError};

/// The columns of a lesson with its place on the shelf, for a query that joins `lesson`,
/// `lesson_state` and `series`. A lesson that left the shelf keeps the place that it was added at; an
/// earlier edition has that of the present one.
macro_rules! lesson_columns {
    () => {
        "lesson.id AS lesson_id, lesson.series AS lesson_series,
         CASE WHEN series.slug IS NULL THEN lesson.number
              ELSE lesson_state.number END AS lesson_number,
         coalesce(series.lessons, lesson.series_length) AS series_length,
         lesson.title, lesson.story, lesson.takeaway, lesson.question,
         coalesce(lesson_state.tags, lesson.tags) AS tags,
         coalesce(lesson_state.source, lesson.source) AS source,
         coalesce(lesson_state.loved, 0) AS loved, coalesce(lesson_state.retired, 0) AS retired,
         lesson_state.first_served IS NOT NULL AS served"
    };
}

/// The start of a query for entries.
pub(crate) const SELECT_ENTRY: &str = concat!(
    "SELECT entry.*, ",
    lesson_columns!(),
    " FROM entry
      LEFT JOIN lesson ON lesson.id = entry.lesson
      LEFT JOIN edition ON edition.lesson = entry.lesson
      LEFT JOIN lesson_state ON lesson_state.row = coalesce(edition.shelved, lesson.rowid)
      LEFT JOIN series ON series.slug = lesson_state.series "
);

/// The start of a query for lessons.
pub(crate) const SELECT_LESSON: &str = concat!(
    "SELECT ",
    lesson_columns!(),
    " FROM lesson
      LEFT JOIN edition ON edition.lesson = lesson.id
      LEFT JOIN lesson_state ON lesson_state.row = coalesce(edition.shelved, lesson.rowid)
      LEFT JOIN series ON series.slug = lesson_state.series "
);

/// The query for the lesson `:id`; `:shelved` is the one on the shelf that it is now.
pub(crate) const LESSON_OF_ID: &str = concat!(
    "SELECT ",
    lesson_columns!(),
    " FROM lesson
      LEFT JOIN lesson_state
          ON lesson_state.row = (SELECT rowid FROM lesson WHERE id = :shelved)
      LEFT JOIN series ON series.slug = lesson_state.series
      WHERE lesson.id = :id"
);

/// An entry from a row of [`SELECT_ENTRY`].
pub(crate) fn entry(row: &Row<'_>) -> Result<Entry> {
    // An entry that was merged from another device may name a lesson whose text did not come along.
    let id = row.get_ref("lesson_id")?.as_blob_or_null();
    let lesson = match id.map_err(|_| StoreError::column("lesson_id"))? {
        Some(_) => Some(lesson(row)?),
        None => None,
    };
    entry_with(row, lesson)
}

/// The lesson that the row of an entry names.
pub(crate) fn lesson_of_entry(row: &Row<'_>) -> Result<Option<LessonId>> {
    let id = row.get_ref("lesson")?.as_blob().ok();
    Ok(id.and_then(|id| Uuid::from_slice(id).ok()).map(LessonId))
}

/// An entry from its row, with its lesson.
pub(crate) fn entry_with(row: &Row<'_>, lesson: Option<Lesson>) -> Result<Entry> {
    Ok(Entry {
        day: parsed(row, "day")?,
        lesson,
        served_at: maybe_moment(row, "served_at", "served_offset")?,
        reflection: reflection(row)?,
        step: step(row)?,
        asked_on: maybe_parsed(row, "asked_on")?,
        afterthoughts: afterthoughts(row)?,
        quiet: row.get("quiet")?,
    })
}

/// An open step from a row with the columns of a step.
pub(crate) fn open_step(row: &Row<'_>) -> Result<OpenStep> {
    let missing = || StoreError::column("step");
    Ok(OpenStep {
        day: parsed(row, "day")?,
        step: step(row)?.ok_or_else(missing)?,
        asked_on: maybe_parsed(row, "asked_on")?,
    })
}

/// A lesson from a row with [`lesson_columns`].
pub(crate) fn lesson(row: &Row<'_>) -> Result<Lesson> {
    Ok(Lesson {
        id: LessonId(uuid(row, "lesson_id")?),
        series: parsed::<Slug>(row, "lesson_series")?,
        number: row.get("lesson_number")?,
        series_length: row.get("series_length")?,
        text: LessonText {
            title: row.get("title")?,
            story: row.get("story")?,
            takeaway: row.get("takeaway")?,
            question: row.get("question")?,
            tags: tags(row, "tags")?,
        },
        loved: row.get("loved")?,
        source: source(row, "source")?,
    })
}

/// Tags from a column of JSON.
pub(crate) fn tags(row: &Row<'_>, column: &'static str) -> Result<Vec<String>> {
    let text: String = row.get(column)?;
    serde_json::from_str(&text).map_err(|_| StoreError::column(column))
}

/// A source from a column of JSON.
pub(crate) fn source(row: &Row<'_>, column: &'static str) -> Result<Source> {
    let text: String = row.get(column)?;
    let value = serde_json::from_str(&text).ok();
    value.as_ref().and_then(source_in).ok_or_else(|| StoreError::column(column))
}

fn reflection(row: &Row<'_>) -> Result<Option<Reflection>> {
    let Some(text) = row.get::<_, Option<String>>("text")? else { return Ok(None) };
    let missing = || StoreError::column("written_at");
    Ok(Some(Reflection {
        text,
        written_at: maybe_moment(row, "written_at", "written_offset")?.ok_or_else(missing)?,
        revised_at: maybe_moment(row, "revised_at", "revised_offset")?.ok_or_else(missing)?,
        revisions: row.get("revisions")?,
        late: row.get("late")?,
    }))
}

/// The afterthoughts of an entry.
pub(crate) fn afterthoughts(row: &Row<'_>) -> Result<Vec<Afterthought>> {
    let Some(text) = row.get::<_, Option<String>>("afterthoughts")? else { return Ok(Vec::new()) };
    let damaged = || StoreError::column("afterthoughts");
    let list: Vec<Value> = serde_json::from_str(&text).map_err(|_| damaged())?;
    list.iter().map(|json| afterthought(json).ok_or_else(damaged)).collect()
}

/// The afterthoughts of an entry as a column of JSON; `None` if there are none.
pub(crate) fn afterthoughts_json(list: &[Afterthought]) -> Option<String> {
    let json = |afterthought: &Afterthought| {
        let (at, offset) = millis_and_offset(afterthought.written_at);
        json!({ "text": afterthought.text, "at": at, "offset": offset })
    };
    (!list.is_empty()).then(|| list.iter().map(json).collect::<Value>().to_string())
}

fn afterthought(json: &Value) -> Option<Afterthought> {
    let offset = i32::try_from(json.get("offset")?.as_i64()?).ok()?;
    let written_at = moment(json.get("at")?.as_i64()?, offset)?;
    Some(Afterthought { text: json.get("text")?.as_str()?.to_owned(), written_at })
}

fn step(row: &Row<'_>) -> Result<Option<Step>> {
    let Some(text) = row.get::<_, Option<String>>("step")? else { return Ok(None) };
    let state: String = row.get("step_state")?;
    Ok(Some(Step {
        text,
        when: row.get("step_when")?,
        state: state.parse().map_err(|()| StoreError::column("step_state"))?,
        closed_on: maybe_parsed(row, "step_closed_on")?,
        outcome: row.get("step_outcome")?,
    }))
}

/// A value from a column of text.
pub(crate) fn parsed<T: FromStr>(row: &Row<'_>, column: &'static str) -> Result<T> {
    maybe_parsed(row, column)?.ok_or_else(|| StoreError::column(column))
}

/// A value from a column of text that may be null.
pub(crate) fn maybe_parsed<T: FromStr>(row: &Row<'_>, column: &'static str) -> Result<Option<T>> {
    match row.get::<_, Option<String>>(column)? {
        Some(text) => text.parse().map(Some).map_err(|_| StoreError::column(column)),
        None => Ok(None),
    }
}

/// A day from the first column of a query; `None` if the column is null.
pub(crate) fn maybe_day(row: &Row<'_>) -> Result<Option<Day>> {
    match row.get::<_, Option<String>>(0)? {
        Some(text) => text.parse().map(Some).map_err(|_| StoreError::column("day")),
        None => Ok(None),
    }
}

fn maybe_moment(row: &Row<'_>, at: &'static str, offset: &str) -> Result<Option<Moment>> {
    let (Some(millis), Some(seconds)) = (row.get(at)?, row.get(offset)?) else { return Ok(None) };
    moment(millis, seconds).map(Some).ok_or_else(|| StoreError::column(at))
}
