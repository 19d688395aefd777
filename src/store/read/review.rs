//! Looking back: the days that a review goes back to, and the entry not looked at for longest.

use rusqlite::{Connection, named_params};

use crate::journal::{Day, Entry, LessonId, Slug};
use crate::store::read::candidates::NOTHING_WAITS;
use crate::store::read::lessons;
use crate::store::tables::rows;
use crate::store::{Result, Store};

/// A series of which all lessons were served.
#[derive(Debug)]
pub struct EndedSeries {
    pub slug: Slug,
    pub title: String,
    /// For each lesson, in order, its latest entry with words.
    pub entries: Vec<Entry>,
    /// One of its lessons is to come again already.
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

    /// The days with a reflection from `first` to `last`, in order.
    pub fn written_between(&self, first: Day, last: Day) -> Result<Vec<Day>> {
        self.read(|connection| {
            let mut statement = connection.prepare_cached(
                "SELECT day FROM entry WHERE text IS NOT NULL AND day BETWEEN :first AND :last
                 ORDER BY day",
            )?;
            let days = named_params! { ":first": first.to_string(), ":last": last.to_string() };
            statement.query_and_then(days, |row| rows::parsed(row, "day"))?.collect()
        })
    }

    /// The entry with words from before a day that was not looked at for longest, but none of
    /// those that are shown already. On the day of the latest review it is the one that was picked.
    pub fn longest_unseen(&self, on: Day, before: Day, shown: &[Day]) -> Result<Option<Day>> {
        self.read(|connection| longest_unseen(connection, on, before, shown))
    }

    /// The series that ended on a day: whose last lesson to be served for the first time was that
    /// day's. `None` if none did.
    pub fn ended_series(&self, on: Day) -> Result<Option<EndedSeries>> {
        self.read(|connection| {
            let mut statement = connection.prepare_cached(&format!(
                "SELECT series.slug, series.title,
                        EXISTS (SELECT 1 FROM lesson_state AS one
                                WHERE one.series = slug AND one.due IS NOT NULL) AS asked_back
                 FROM entry
                 JOIN lesson_state ON lesson_state.lesson = entry.lesson
                 JOIN series ON series.slug = lesson_state.series
                 WHERE entry.day = :on AND lesson_state.first_served = :on
                   AND {NOTHING_WAITS}"
            ))?;
            let mut found = statement.query(named_params! { ":on": on.to_string() })?;
            let Some(row) = found.next()? else { return Ok(None) };
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
        "SELECT day FROM entry WHERE looked_on = :on AND text IS NOT NULL ORDER BY day LIMIT 1",
    )?;
    let mut found = statement.query(named_params! { ":on": on.to_string() })?;
    found.next()?.map(|row| rows::parsed(row, "day")).transpose()
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
    // An entry is seen when it is written; looks of later days than this one do not count.
    let mut statement = connection.prepare_cached(
        "SELECT day FROM entry WHERE text IS NOT NULL AND day < :before
         ORDER BY CASE WHEN looked_on < :on THEN looked_on ELSE day END, day",
    )?;
    let mut found =
        statement.query(named_params! { ":before": before.to_string(), ":on": on.to_string() })?;
    while let Some(row) = found.next()? {
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
        "{} WHERE entry.lesson = :lesson AND entry.text IS NOT NULL
         ORDER BY entry.day DESC LIMIT 1",
        rows::SELECT_ENTRY
    ))?;
    let mut found = statement.query(named_params! { ":lesson": lesson.0.as_bytes() })?;
    found.next()?.map(rows::entry).transpose()
}
