//! Looking back: the days that a review goes back to, and the entry not looked at for longest.

use rusqlite::{Connection, OptionalExtension, named_params};

use super::lessons::lessons_of;
use super::{Outcome, Store, rows};
use crate::error::Result;
use crate::journal::{Day, Entry, Event, LessonId, Now, Slug};

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
            let mut found = statement
                .query(named_params! { ":first": first.to_string(), ":last": last.to_string() })?;
            let mut days = Vec::new();
            while let Some(row) = found.next()? {
                days.push(rows::parsed(row, "day")?);
            }
            Ok(days)
        })
    }

    /// The entry with words from before a day that was not looked at for longest, but none of
    /// those that are shown already; for the same `on` always the same.
    pub fn longest_unseen(&self, on: Day, before: Day, shown: &[Day]) -> Result<Option<Day>> {
        self.read(|connection| longest_unseen(connection, on, before, shown))
    }

    /// Remembers that the entry of a day was picked by the review of the day `on`.
    pub fn look(&mut self, now: Now, day: Day, on: Day) -> Result<()> {
        self.change(now, |change| {
            change.record(Vec::new(), Event::Looked { day, on })?;
            Ok(())
        })
    }

    /// Whether a review of the day `on` has picked the entry of this day.
    pub fn is_looked_at(&self, day: Day, on: Day) -> Result<bool> {
        self.read(|connection| {
            let mut statement = connection
                .prepare_cached("SELECT 1 FROM entry WHERE day = :day AND looked_on = :on")?;
            let days = named_params! { ":day": day.to_string(), ":on": on.to_string() };
            Ok(statement.exists(days)?)
        })
    }

    /// The series that ended on a day: whose last lesson to be served for the first time was that
    /// day's. `None` if none did.
    pub fn ended_series(&self, on: Day) -> Result<Option<EndedSeries>> {
        self.read(|connection| {
            let mut statement = connection.prepare_cached(
                "SELECT series.slug, series.title,
                        EXISTS (SELECT 1 FROM shelf AS one
                                WHERE one.series = slug AND one.due IS NOT NULL) AS asked_back
                 FROM entry
                 JOIN shelf ON shelf.lesson = entry.lesson
                 JOIN series ON series.slug = shelf.series
                 WHERE entry.day = :on AND shelf.first_served = :on
                   AND NOT EXISTS (SELECT 1 FROM shelf AS other
                                   WHERE other.series = shelf.series AND other.retired = 0
                                     AND other.first_served IS NULL)",
            )?;
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

fn longest_unseen(
    connection: &Connection,
    on: Day,
    before: Day,
    shown: &[Day],
) -> Outcome<Option<Day>> {
    let picked: Option<String> = connection
        .prepare_cached("SELECT day FROM entry WHERE looked_on = :on AND text IS NOT NULL")?
        .query_row(named_params! { ":on": on.to_string() }, |row| row.get(0))
        .optional()?;
    if let Some(day) = picked {
        return day.parse().map(Some).map_err(super::Fault::damaged);
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

fn latest_with_words(connection: &Connection, lesson: LessonId) -> Outcome<Option<Entry>> {
    let mut statement = connection.prepare_cached(&format!(
        "{} WHERE entry.lesson = :lesson AND entry.text IS NOT NULL
         ORDER BY entry.day DESC LIMIT 1",
        rows::SELECT_ENTRY
    ))?;
    let mut found = statement.query(named_params! { ":lesson": lesson.0.as_bytes() })?;
    found.next()?.map(rows::entry).transpose()
}
