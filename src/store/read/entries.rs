//! Reading entries: of one day, of a selection, of earlier days with the same lesson.

use rusqlite::{Connection, Row, named_params};

use crate::journal::search::query::Query;
use crate::journal::{Day, Entry, LessonId};
use crate::store::read::filter::Filter;
use crate::store::read::{BATCH, one_lesson};
use crate::store::tables::edition::{self, IS_EDITION};
use crate::store::tables::rows;
use crate::store::{Result, Store, StoreError};

impl Store {
    /// The entry of a day; `None` if there is none.
    pub fn entry(&self, day: Day) -> Result<Option<Entry>> {
        self.read(|connection| entry(connection, day))
    }

    /// Calls `show` with each entry of a selection, in order. Returns the number of entries. Stops
    /// at the first error of `show` and returns it.
    pub fn each_entry<E: From<StoreError>>(
        &self,
        query: &Query,
        mut show: impl FnMut(&Entry) -> std::result::Result<(), E>,
    ) -> std::result::Result<usize, E> {
        let limit = query.limit.unwrap_or(usize::MAX);
        let mut shown = 0;
        let mut last = None;
        while shown < limit {
            // Tags are looked for only when an entry is read, so some may be left out.
            let most = if query.is_on_tags() { BATCH } else { BATCH.min(limit - shown) };
            let batch = self.batch(query, last, most)?;
            let is_last = batch.len() < most;
            last = batch.last().map(|entry| entry.day);
            for entry in batch.iter().filter(|entry| query.accepts_tags(entry)).take(limit - shown)
            {
                show(entry)?;
                shown += 1;
            }
            if is_last {
                break;
            }
        }
        Ok(shown)
    }

    /// How many entries a selection has at most: its tags are not looked at.
    pub fn count_entries(&self, query: &Query) -> Result<usize> {
        let filter = Filter::of_entries(query);
        let sql = format!("SELECT count(*) FROM entry WHERE {}", filter.sql());
        self.read(|connection| {
            let parameters: Vec<_> = filter.parameters().collect();
            Ok(connection.query_row(&sql, parameters.as_slice(), |row| row.get(0))?)
        })
    }

    /// The next batch of at most `most` entries of a selection, after the day `after`.
    fn batch(&self, query: &Query, after: Option<Day>, most: usize) -> Result<Vec<Entry>> {
        let mut filter = Filter::of_entries(query);
        let order = if query.oldest_first { "ASC" } else { "DESC" };
        if let Some(day) = after {
            let condition =
                if query.oldest_first { "entry.day > :after" } else { "entry.day < :after" };
            filter.add(condition, ":after", day.to_string());
        }
        let (select, conditions) = (rows::SELECT_ENTRY, filter.sql());
        let sql = format!("{select} WHERE {conditions} ORDER BY entry.day {order} LIMIT {most}");
        self.read(|connection| {
            let mut statement = connection.prepare_cached(&sql)?;
            let parameters: Vec<_> = filter.parameters().collect();
            statement.query_and_then(parameters.as_slice(), rows::entry)?.collect()
        })
    }

    /// The entries before a day that have a lesson and words or a step, newest first.
    pub fn earlier(&self, lesson: LessonId, before: Day) -> Result<Vec<Entry>> {
        self.read(|connection| {
            let mut statement = connection.prepare_cached(&format!(
                "{} WHERE {IS_EDITION} AND entry.day < :before
                      AND (entry.text IS NOT NULL OR entry.step IS NOT NULL)
                 ORDER BY entry.day DESC",
                rows::SELECT_ENTRY
            ))?;
            let before = before.to_string();
            let lesson = edition::on_shelf(connection, lesson)?;
            let parameters = named_params! { ":lesson": lesson.0.as_bytes(), ":before": before };
            statement.query_and_then(parameters, rows::entry)?.collect()
        })
    }

    /// The number of days with a reflection.
    pub fn days_written(&self) -> Result<u32> {
        self.read(|connection| {
            Ok(connection.query_row(
                "SELECT count(*) FROM entry WHERE text IS NOT NULL",
                [],
                |row| row.get(0),
            )?)
        })
    }
}

/// The query for the entry of a day, without its lesson.
pub(crate) const OF_DAY: &str = concat!(rows::select_day!(), "WHERE day = :day");

/// The first two days with an entry from a day on.
pub(crate) const FROM_DAY: &str =
    concat!(rows::select_day!(), "WHERE day >= :day ORDER BY day LIMIT 2");

/// The entry of a day.
pub(crate) fn entry(connection: &Connection, day: Day) -> Result<Option<Entry>> {
    let mut statement = connection.prepare_cached(OF_DAY)?;
    let mut rows = statement.query(named_params! { ":day": day.to_string() })?;
    rows.next()?.map(|row| of_row(connection, row)).transpose()
}

/// The entry of the newest day, if it is this one and has a lesson.
pub(crate) fn newest_served(connection: &Connection, day: Day) -> Result<Option<Entry>> {
    let mut statement = connection.prepare_cached(FROM_DAY)?;
    let mut rows = statement.query(named_params! { ":day": day.to_string() })?;
    let Some(row) = rows.next()? else { return Ok(None) };
    if rows::day_of_entry(row)? != day || rows::lesson_of_entry(row)?.is_none() {
        return Ok(None);
    }
    let entry = of_row(connection, row)?;
    Ok(rows.next()?.is_none().then_some(entry).filter(|entry| entry.lesson.is_some()))
}

/// The entry in a row without its lesson, which a query of its own reads: SQLite plans short ones
/// in less time than one that joins them, and each `dwell today` waits for it.
fn of_row(connection: &Connection, row: &Row<'_>) -> Result<Entry> {
    let lesson = match rows::lesson_of_entry(row)? {
        Some(id) => one_lesson::lesson(connection, id)?,
        None => None,
    };
    rows::entry_with(row, lesson)
}
