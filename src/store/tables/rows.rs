//! Reads values from rows. Each function errors if a column holds a value that dwell never writes
//! there.
//!
//! The columns of entries and lessons are read by their places, one after the other: to look for
//! each by its name takes longer than to read it. So a list of columns and the function that reads
//! them name the same columns in the same order.

use std::str::FromStr;

use rusqlite::{Row, RowIndex};
use serde_json::{Value, json};
use uuid::Uuid;

use crate::journal::entry::reflection::{Afterthought, word_count};
use crate::journal::entry::step::OpenStep;
use crate::journal::lesson::LessonText;
use crate::journal::{Day, Entry, Lesson, LessonId, Reflection, Slug, Source, Step};
use crate::store::facts::row::{millis_and_offset, moment};
use crate::store::facts::source::source_in;
use crate::store::tables::columns::Columns;
use crate::store::{Result, StoreError};

/// The beginning of a query for the columns of an entry, which [`entry_with`] reads.
macro_rules! select_entry_columns {
    () => {
        "SELECT entry.day, entry.lesson, entry.served_at, entry.served_offset, entry.text,
         entry.words, entry.written_at, entry.written_offset, entry.revised_at, entry.revised_offset,
         entry.revisions, entry.late, entry.step, entry.step_when, entry.step_state,
         entry.step_closed_on, entry.step_outcome, entry.asked_on, entry.afterthoughts, entry.quiet"
    };
}

/// The number of columns in [`select_entry_columns`].
const ENTRY_COLUMNS: usize = 20;

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
         lesson_state.first_served IS NOT NULL AS served,
         lesson_state.lesson IS NOT NULL AND lesson_state.first_served IS NULL AS waits"
    };
}

/// The same for a query of entries alone: `dwell today` waits for each token that SQLite reads.
macro_rules! select_day {
    () => {
        "SELECT day, lesson, served_at, served_offset, text, words, written_at, written_offset,
         revised_at, revised_offset, revisions, late, step, step_when, step_state, step_closed_on,
         step_outcome, asked_on, afterthoughts, quiet FROM entry "
    };
}
pub(crate) use select_day;

/// The start of a query for entries.
pub(crate) const SELECT_ENTRY: &str = concat!(
    select_entry_columns!(),
    ", ",
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

/// An entry from a row of [`SELECT_ENTRY`].
pub(crate) fn entry(row: &Row<'_>) -> Result<Entry> {
    // An entry that was merged from another device may name a lesson whose text did not come along.
    let id = row.get_ref(ENTRY_COLUMNS)?.as_blob_or_null();
    let lesson = match id.map_err(|_| StoreError::column("lesson_id"))? {
        Some(_) => Some(lesson_from(row, ENTRY_COLUMNS)?),
        None => None,
    };
    entry_with(row, lesson)
}

/// The day that the row of an entry begins with.
pub(crate) fn day_of_entry(row: &Row<'_>) -> Result<Day> {
    Columns::of(row).parsed("day")
}

/// The lesson that the row of an entry names.
pub(crate) fn lesson_of_entry(row: &Row<'_>) -> Result<Option<LessonId>> {
    let id = row.get_ref(1)?.as_blob().ok();
    Ok(id.and_then(|id| Uuid::from_slice(id).ok()).map(LessonId))
}

/// An entry from its row, with its lesson.
pub(crate) fn entry_with(row: &Row<'_>, lesson: Option<Lesson>) -> Result<Entry> {
    let columns = &mut Columns::of(row);
    let day = columns.parsed("day")?;
    let _lesson = columns.value()?;
    Ok(Entry {
        day,
        lesson,
        served_at: columns.maybe_moment("served_at")?,
        reflection: reflection(columns)?,
        step: step(columns)?,
        asked_on: columns.maybe_parsed("asked_on")?,
        afterthoughts: afterthoughts_in(columns.maybe_text("afterthoughts")?)?,
        quiet: columns.get()?,
    })
}

/// The beginning of a query for the columns that [`open_step`] reads.
macro_rules! select_open_steps {
    () => {
        "SELECT day, step, step_when, step_state, step_closed_on, step_outcome, asked_on"
    };
}
pub(crate) use select_open_steps;

/// An open step from a row with [`select_open_steps`].
pub(crate) fn open_step(row: &Row<'_>) -> Result<OpenStep> {
    let columns = &mut Columns::of(row);
    let missing = || StoreError::column("step");
    Ok(OpenStep {
        day: columns.parsed("day")?,
        step: step(columns)?.ok_or_else(missing)?,
        asked_on: columns.maybe_parsed("asked_on")?,
    })
}

/// A lesson from a row that begins with [`lesson_columns`].
pub(crate) fn lesson(row: &Row<'_>) -> Result<Lesson> {
    lesson_from(row, 0)
}

/// The same from a row in which they begin at this place.
fn lesson_from(row: &Row<'_>, place: usize) -> Result<Lesson> {
    let columns = &mut Columns::from(row, place);
    Ok(Lesson {
        id: LessonId(columns.uuid("lesson_id")?),
        series: columns.parsed::<Slug>("lesson_series")?,
        number: columns.get()?,
        series_length: columns.get()?,
        text: LessonText {
            title: columns.text("title")?.to_owned(),
            story: columns.text("story")?.to_owned(),
            takeaway: columns.text("takeaway")?.to_owned(),
            question: columns.text("question")?.to_owned(),
            tags: tags_in(columns.text("tags")?, "tags")?,
        },
        source: source_of(columns.text("source")?, "source")?,
        loved: columns.get()?,
    })
}

/// Tags from a column of JSON.
pub(crate) fn tags(row: &Row<'_>, column: &'static str) -> Result<Vec<String>> {
    let text = row.get_ref(column)?.as_str().map_err(|_| StoreError::column(column))?;
    tags_in(text, column)
}

pub(crate) fn tags_in(text: &str, column: &'static str) -> Result<Vec<String>> {
    serde_json::from_str(text).map_err(|_| StoreError::column(column))
}

/// A source from a column of JSON.
pub(crate) fn source(row: &Row<'_>, column: &'static str) -> Result<Source> {
    let text = row.get_ref(column)?.as_str().map_err(|_| StoreError::column(column))?;
    source_of(text, column)
}

pub(crate) fn source_of(text: &str, column: &'static str) -> Result<Source> {
    let value = serde_json::from_str(text).ok();
    value.as_ref().and_then(source_in).ok_or_else(|| StoreError::column(column))
}

fn reflection(columns: &mut Columns<'_, '_>) -> Result<Option<Reflection>> {
    let text = columns.maybe_text("text")?;
    let words: Option<usize> = columns.get()?;
    let written_at = columns.maybe_moment("written_at")?;
    let revised_at = columns.maybe_moment("revised_at")?;
    let (revisions, late): (Option<u32>, Option<bool>) = (columns.get()?, columns.get()?);
    let Some(text) = text else { return Ok(None) };
    Ok(Some(Reflection {
        text: text.to_owned(),
        words: words.unwrap_or_else(|| word_count(text)),
        written_at: written_at.ok_or_else(|| StoreError::column("written_at"))?,
        revised_at: revised_at.ok_or_else(|| StoreError::column("revised_at"))?,
        revisions: revisions.ok_or_else(|| StoreError::column("revisions"))?,
        late: late.ok_or_else(|| StoreError::column("late"))?,
    }))
}

/// The afterthoughts of an entry.
pub(crate) fn afterthoughts(row: &Row<'_>) -> Result<Vec<Afterthought>> {
    let text = row.get_ref("afterthoughts")?.as_str_or_null();
    afterthoughts_in(text.map_err(|_| StoreError::column("afterthoughts"))?)
}

fn afterthoughts_in(text: Option<&str>) -> Result<Vec<Afterthought>> {
    let Some(text) = text else { return Ok(Vec::new()) };
    let damaged = || StoreError::column("afterthoughts");
    let list: Vec<Value> = serde_json::from_str(text).map_err(|_| damaged())?;
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

fn step(columns: &mut Columns<'_, '_>) -> Result<Option<Step>> {
    let text = columns.maybe_text("step")?;
    let when: Option<String> = columns.get()?;
    let state = columns.maybe_text("step_state")?;
    let closed_on = columns.maybe_parsed("step_closed_on")?;
    let outcome = columns.get()?;
    let Some(text) = text else { return Ok(None) };
    let state = state.and_then(|state| state.parse().ok());
    Ok(Some(Step {
        text: text.to_owned(),
        when,
        state: state.ok_or_else(|| StoreError::column("step_state"))?,
        closed_on,
        outcome,
    }))
}

/// A value from a column of text.
pub(crate) fn parsed<T: FromStr>(row: &Row<'_>, column: &'static str) -> Result<T> {
    maybe_parsed(row, column)?.ok_or_else(|| StoreError::column(column))
}

/// A value from a column of text that may be null.
pub(crate) fn maybe_parsed<T: FromStr>(row: &Row<'_>, column: &'static str) -> Result<Option<T>> {
    maybe_parsed_at(row, column, column)
}

/// The same from the column at this place, for a query with many rows.
pub(crate) fn maybe_parsed_at<T: FromStr>(
    row: &Row<'_>,
    place: impl RowIndex,
    name: &'static str,
) -> Result<Option<T>> {
    let text = row.get_ref(place)?.as_str_or_null().map_err(|_| StoreError::column(name))?;
    text.map(|text| text.parse().map_err(|_| StoreError::column(name))).transpose()
}

/// A value from the column of text at this place.
pub(crate) fn parsed_at<T: FromStr>(row: &Row<'_>, place: usize, name: &'static str) -> Result<T> {
    maybe_parsed_at(row, place, name)?.ok_or_else(|| StoreError::column(name))
}

/// A day from the first column of a query; `None` if the column is null.
pub(crate) fn maybe_day(row: &Row<'_>) -> Result<Option<Day>> {
    maybe_parsed_at(row, 0, "day")
}

#[cfg(test)]
mod tests {
    #[test]
    fn both_lists_of_the_columns_of_an_entry_are_the_same() {
        let names = |list: &str| -> Vec<String> {
            let list = list.trim_start_matches("SELECT ").trim_end_matches(" FROM entry ");
            list.split(',').map(|name| name.trim().replace("entry.", "")).collect()
        };
        let wanted = names(select_entry_columns!());
        assert_eq!(names(select_day!()), wanted);
        assert_eq!(wanted.len(), super::ENTRY_COLUMNS);
    }
}
