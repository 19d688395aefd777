//! Reading for a review: the days that it goes back to, and the entry that was unseen for longest.

use rusqlite::{Connection, named_params};

use crate::journal::{Day, Entry, LessonId, Slug};
use crate::store::read::candidates::NOTHING_WAITS;
use crate::store::read::lessons;
use crate::store::tables::edition::IS_EDITION;
use crate::store::tables::rows;
use crate::store::{Result, Store};

/// A series of which all lessons were served.
#[derive(Debug)]
pub struct EndedSeries {
    pub slug: Slug,
    pub title: String,
    /// The latest entry with words of each lesson that has one, in the order of the lessons.
    pub entries: Vec<Entry>,
    /// Whether one of its lessons is due to come again.
    pub is_asked_back: bool,
}

impl Store {
    /// The first day with a reflection; `None` if there is none.
    pub fn first_written(&self) -> Result<Option<Day>> {
        self.read(|connection| {
            connection.query_row(
                "SELECT min(day) FROM entry WHERE text IS NOT NULL",
                [],
                |row| Ok(rows::maybe_day(row)),
            )?
        })
    }

    /// The days from `first` to `last` whose reflections may come back by themselves, in order:
    /// those of quiet entries may not.
    pub fn shown_between(&self, first: Day, last: Day) -> Result<Vec<Day>> {
        self.read(|connection| {
            let mut statement = connection.prepare_cached(
                "SELECT day FROM entry
                 WHERE text IS NOT NULL AND quiet = 0 AND day BETWEEN :first AND :last
                 ORDER BY day",
            )?;
            let days = named_params! { ":first": first.to_string(), ":last": last.to_string() };
            statement.query_and_then(days, |row| rows::parsed(row, "day"))?.collect()
        })
    }

    /// The day of the entry that was unseen for the longest time: an entry with words, before the
    /// day `before`, and not one of `shown`. If a review on the day `on` picked an entry, it is
    /// that one.
    pub fn longest_unseen(&self, on: Day, before: Day, shown: &[Day]) -> Result<Option<Day>> {
        self.read(|connection| longest_unseen(connection, on, before, shown))
    }

    /// The series that ended on a day: the day's lesson was the last one of the series to be served
    /// for the first time. `None` if no series ended.
    pub fn ended_series(&self, on: Day) -> Result<Option<EndedSeries>> {
        self.read(|connection| {
            let mut statement = connection.prepare_cached(&format!(
                "SELECT series.slug, series.title,
                        EXISTS (SELECT 1 FROM lesson_state AS one
                                WHERE one.series = slug AND one.due IS NOT NULL) AS asked_back
                 FROM entry
                 JOIN lesson ON lesson.id = entry.lesson
                 LEFT JOIN edition ON edition.lesson = entry.lesson
                 JOIN lesson_state
                     ON lesson_state.row = coalesce(edition.shelved, lesson.rowid)
                 JOIN series ON series.slug = lesson_state.series
                 WHERE entry.day = :on AND lesson_state.first_served = :on
                   AND {NOTHING_WAITS}"
            ))?;
            let mut rows = statement.query(named_params! { ":on": on.to_string() })?;
            let Some(row) = rows.next()? else { return Ok(None) };
            let slug: Slug = rows::parsed(row, "slug")?;
            let mut entries = Vec::new();
            for lesson in lessons_of(connection, &slug)? {
                entries.extend(latest_with_words(connection, lesson)?);
            }
            let (title, is_asked_back) = (row.get("title")?, row.get("asked_back")?);
            Ok(Some(EndedSeries { slug, title, entries, is_asked_back }))
        })
    }
}

/// The day whose entry the review of the day `on` picked.
pub(crate) fn picked_on(connection: &Connection, on: Day) -> Result<Option<Day>> {
    let mut statement = connection.prepare_cached(
        "SELECT day FROM entry WHERE looked_on = :on AND text IS NOT NULL AND quiet = 0
         ORDER BY day LIMIT 1",
    )?;
    let mut rows = statement.query(named_params! { ":on": on.to_string() })?;
    rows.next()?.map(|row| rows::parsed(row, "day")).transpose()
}

pub(crate) fn longest_unseen(
    connection: &Connection,
    on: Day,
    before: Day,
    shown: &[Day],
) -> Result<Option<Day>> {
    if let Some(picked) = picked_on(connection, on)? {
        return Ok(Some(picked));
    }
    // An entry was seen when it was written, or when a review picked it before the day `on`.
    let mut statement = connection.prepare_cached(
        "SELECT day FROM entry WHERE text IS NOT NULL AND quiet = 0 AND day < :before
         ORDER BY CASE WHEN looked_on < :on THEN looked_on ELSE day END, day",
    )?;
    let mut rows =
        statement.query(named_params! { ":before": before.to_string(), ":on": on.to_string() })?;
    while let Some(row) = rows.next()? {
        let day = rows::parsed(row, "day")?;
        if !shown.contains(&day) {
            return Ok(Some(day));
        }
    }
    Ok(None)
}

fn lessons_of(connection: &Connection, series: &Slug) -> Result<Vec<LessonId>> {
    lessons::ids(connection, "WHERE series = :series", series)
}

fn latest_with_words(connection: &Connection, lesson: LessonId) -> Result<Option<Entry>> {
    let mut statement = connection.prepare_cached(&format!(
        "{} WHERE {IS_EDITION} AND entry.text IS NOT NULL
         ORDER BY entry.day DESC LIMIT 1",
        rows::SELECT_ENTRY
    ))?;
    let mut rows = statement.query(named_params! { ":lesson": lesson.0.as_bytes() })?;
    rows.next()?.map(rows::entry).transpose()
}
