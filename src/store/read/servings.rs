//! Servings: which day is today, and why its lesson was chosen.

use rusqlite::{Connection, OptionalExtension, named_params};

use crate::journal::entry::fact::Subject;
use crate::journal::lesson::plan::Reason;
use crate::journal::time::day;
use crate::journal::{Day, Now, entry};
use crate::store::facts::row;
use crate::store::tables::rows;
use crate::store::{Result, Store};

impl Store {
    /// Which day is today: the clock's, unless the clock or the zone went back.
    pub fn today(&self, now: Now) -> Result<Day> {
        self.read(|connection| today(connection, now.day))
    }

    /// Why the lesson of a day was chosen; `None` if the day had no serving.
    pub fn reason(&self, day: Day) -> Result<Option<Reason>> {
        self.read(|connection| {
            let facts = row::in_force(connection, &Subject::Day(day))?;
            let serving = entry::from_facts(&facts).and_then(|state| state.serving);
            Ok(serving.map(|serving| serving.reason))
        })
    }
}

/// Which day is today, where the clock says `asked`.
pub(crate) fn today(connection: &Connection, asked: Day) -> Result<Day> {
    Ok(day::today(asked, has_serving(connection, asked)?, newest_serving(connection)?))
}

/// Whether a lesson was served on a day.
pub(crate) fn has_serving(connection: &Connection, day: Day) -> Result<bool> {
    Ok(connection.prepare_cached(HAS_SERVING)?.exists(named_params! { ":day": day.to_string() })?)
}

/// Unary + stops SQLite from using the index `entry_lesson`, which it would scan from end to end;
/// the index on days leads to the row at once.
pub(crate) const HAS_SERVING: &str = "SELECT 1 FROM entry WHERE day = :day AND +lesson IS NOT NULL";
pub(crate) const NEWEST_SERVING: &str =
    "SELECT day FROM entry WHERE +lesson IS NOT NULL ORDER BY day DESC LIMIT 1";

fn newest_serving(connection: &Connection) -> Result<Option<Day>> {
    connection
        .prepare_cached(NEWEST_SERVING)?
        .query_row([], |row| Ok(rows::maybe_day(row)))
        .optional()?
        .unwrap_or(Ok(None))
}
