//! Reading for the browser: the days around one, a line of each, and whether the journal changed.
//!
//! A list is read in windows, each found by its first or last day in the index of the days, so that
//! a journal of a hundred years opens and moves as fast as a new one.

use rusqlite::types::ValueRef;
use rusqlite::{Connection, Row, named_params};

use crate::journal::Day;
use crate::store::tables::rows;
use crate::store::{Result, Store};

/// One day in a list of days.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct DayLine {
    pub day: Day,
    /// The title of its lesson; `None` if it has none.
    pub title: Option<String>,
    /// How its reflection begins; `None` if nothing is written.
    pub beginning: Option<String>,
    pub loved: bool,
    pub has_open_step: bool,
    pub has_afterthoughts: bool,
}

/// Days in a row, newest first.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct DayWindow {
    pub days: Vec<DayLine>,
    /// Whether the journal has newer days.
    pub has_newer: bool,
    /// Whether the journal has older days.
    pub has_older: bool,
}

/// Where a window of days is.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum WindowAt {
    Newest,
    Oldest,
    Around(Day),
}

/// The start of a query for lines of days. More of a text than this is not shown in a line.
const SELECT: &str = "
    SELECT entry.day, lesson.title, substr(entry.text, 1, 200) AS beginning,
           coalesce(lesson_state.loved, 0) AS loved, coalesce(entry.step_state = 'open', 0) AS open,
           entry.afterthoughts IS NOT NULL AS added
    FROM entry
    LEFT JOIN lesson ON lesson.id = entry.lesson
    LEFT JOIN edition ON edition.lesson = entry.lesson
    LEFT JOIN lesson_state ON lesson_state.row = coalesce(edition.shelved, lesson.rowid) ";

/// Days up to a last one, newest first.
pub(crate) const BACK_FROM: &str = "WHERE entry.day <= :from ORDER BY entry.day DESC LIMIT :most";
/// Days from a first one on, oldest first.
pub(crate) const ON_FROM: &str = "WHERE entry.day >= :from ORDER BY entry.day LIMIT :most";

impl Store {
    /// A window of days with about this many on each side of its middle, or at one end.
    pub fn day_window(&self, at: WindowAt, side: usize) -> Result<DayWindow> {
        self.read(|connection| {
            let none = (Vec::new(), false);
            let ((newer, has_newer), (older, has_older)) = match at {
                // Before and after each day of the calendar.
                WindowAt::Newest => (none, lines(connection, BACK_FROM, "9999", 2 * side)?),
                WindowAt::Oldest => (lines(connection, ON_FROM, "", 2 * side)?, none),
                WindowAt::Around(day) => {
                    let newer = match day.plus_days(1) {
                        Some(next) => lines(connection, ON_FROM, &next.to_string(), side)?,
                        None => none,
                    };
                    (newer, lines(connection, BACK_FROM, &day.to_string(), side)?)
                }
            };
            let days = newer.into_iter().rev().chain(older).collect();
            Ok(DayWindow { days, has_newer, has_older })
        })
    }

    /// The lines of those of these days that have an entry, in this order.
    pub fn day_lines(&self, days: &[Day]) -> Result<Vec<DayLine>> {
        self.read(|connection| {
            let mut statement =
                connection.prepare_cached(&format!("{SELECT} WHERE entry.day = :day"))?;
            let mut found = Vec::new();
            for day in days {
                let mut rows = statement.query(named_params! { ":day": day.to_string() })?;
                if let Some(row) = rows.next()? {
                    found.push(line(row)?);
                }
            }
            Ok(found)
        })
    }

    /// The number of entries.
    pub fn entry_count(&self) -> Result<u64> {
        self.read(|connection| {
            Ok(connection.query_row("SELECT count(*) FROM entry", [], |row| row.get(0))?)
        })
    }

    /// A number that changes when another process changes the journal.
    pub fn version_seen(&self) -> Result<i64> {
        self.read(|connection| {
            Ok(connection.query_row("PRAGMA data_version", [], |row| row.get(0))?)
        })
    }
}

/// At most this number of lines of a query, and whether there are more.
fn lines(
    connection: &Connection,
    sql: &str,
    from: &str,
    most: usize,
) -> Result<(Vec<DayLine>, bool)> {
    let mut statement = connection.prepare_cached(&format!("{SELECT}{sql}"))?;
    let parameters = named_params! { ":from": from, ":most": most + 1 };
    let mut lines =
        statement.query_and_then(parameters, line)?.collect::<Result<Vec<DayLine>>>()?;
    let has_more = lines.len() > most;
    lines.truncate(most);
    Ok((lines, has_more))
}

fn line(row: &Row<'_>) -> Result<DayLine> {
    Ok(DayLine {
        day: rows::parsed(row, "day")?,
        title: text(row, "title")?,
        beginning: text(row, "beginning")?,
        loved: row.get("loved")?,
        has_open_step: row.get("open")?,
        has_afterthoughts: row.get("added")?,
    })
}

/// A text that may be damaged: the list of days must not end there.
fn text(row: &Row<'_>, column: &str) -> Result<Option<String>> {
    Ok(match row.get_ref(column)? {
        ValueRef::Text(bytes) => Some(String::from_utf8_lossy(bytes).into_owned()),
        _ => None,
    })
}
