//! Reading servings: which day is today, and why its lesson was chosen.

use rusqlite::{Connection, OptionalExtension, Row, named_params};

use crate::journal::entry::fact::Subject;
use crate::journal::lesson::plan::Reason;
use crate::journal::time::day::{self, DAYS_THAT_SHOW_A_CLOCK_BEHIND, ServedAhead, TRAVEL};
use crate::journal::{Day, Entry, Now, Today, entry};
use crate::store::facts::encoding::SERVED;
use crate::store::facts::row;
use crate::store::read::entries;
use crate::store::tables::rows;
use crate::store::{Result, Store, StoreError};

impl Store {
    /// Which day is today: the day of `now`, unless the clock or the zone went back.
    pub fn today(&self, now: Now) -> Result<Day> {
        Ok(self.which_day(now)?.day)
    }

    /// The same, with what speaks against the clock.
    pub fn which_day(&self, now: Now) -> Result<Today> {
        self.read(|connection| today(connection, now))
    }

    /// The entry of the day that the clock gives, if its lesson was served and no later day has an
    /// entry: then nothing speaks against the clock, and this one question answers what
    /// [`Store::which_day`] and [`Store::serve`] would.
    pub fn undoubted_today(&self, now: Now) -> Result<Option<Entry>> {
        self.read(|connection| entries::newest_served(connection, now.day))
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

/// Which day is today.
pub(crate) fn today(connection: &Connection, now: Now) -> Result<Today> {
    let ahead = ahead(connection, now)?;
    // On nearly every day no later one was served, and then the clock alone decides.
    let has_serving = !ahead.is_empty() && has_serving(connection, now.day)?;
    Ok(day::today(now, has_serving, &ahead))
}

/// Whether a lesson was served on a day.
pub(crate) fn has_serving(connection: &Connection, day: Day) -> Result<bool> {
    Ok(connection.prepare_cached(HAS_SERVING)?.exists(named_params! { ":day": day.to_string() })?)
}

/// The newest serving, if the clock is plainly behind: lessons were served for many days after the
/// one that it gives.
pub(crate) fn newest_if_clock_is_behind(connection: &Connection, now: Now) -> Result<Option<Day>> {
    let newest = newest_ahead(connection, now.day)?;
    let Some(newest) = newest.filter(|newest| now.day.plus_days(2) < Some(*newest)) else {
        return Ok(None);
    };
    let days: usize = connection
        .prepare_cached(
            "SELECT count(*) FROM
                 (SELECT 1 FROM entry WHERE day > :day AND +lesson IS NOT NULL LIMIT :enough)",
        )?
        .query_row(
            named_params! { ":day": now.day.to_string(), ":enough": DAYS_THAT_SHOW_A_CLOCK_BEHIND },
            |row| row.get(0),
        )?;
    Ok((days >= DAYS_THAT_SHOW_A_CLOCK_BEHIND).then_some(newest))
}

/// Unary + stops SQLite from using the index `entry_lesson`, which it would scan from end to end.
/// The index on days finds the row directly.
pub(crate) const HAS_SERVING: &str = "SELECT 1 FROM entry WHERE day = :day AND +lesson IS NOT NULL";
pub(crate) const NEWEST_AHEAD: &str =
    "SELECT day FROM entry WHERE day > :day AND +lesson IS NOT NULL ORDER BY day DESC LIMIT 1";

fn newest_ahead(connection: &Connection, day: Day) -> Result<Option<Day>> {
    connection
        .prepare_cached(NEWEST_AHEAD)?
        .query_row(named_params! { ":day": day.to_string() }, |row| Ok(rows::maybe_day(row)))
        .optional()?
        .unwrap_or(Ok(None))
}

/// The servings for days after the one that the clock gives: the newest, and those that travel can
/// explain.
fn ahead(connection: &Connection, now: Now) -> Result<Vec<ServedAhead>> {
    let Some(newest) = newest_ahead(connection, now.day)? else { return Ok(Vec::new()) };
    let mut statement = connection.prepare_cached(
        "SELECT day, served_at, served_offset FROM entry
         WHERE day > :day AND +lesson IS NOT NULL AND (day = :newest OR served_at <= :latest)",
    )?;
    let (latest, _) = row::millis_and_offset(now.at + TRAVEL);
    let parameters = named_params! {
        ":day": now.day.to_string(),
        ":newest": newest.to_string(),
        ":latest": latest,
    };
    statement.query_and_then(parameters, |row| served_ahead(connection, row))?.collect()
}

fn served_ahead(connection: &Connection, row: &Row<'_>) -> Result<ServedAhead> {
    let day = rows::parsed(row, "day")?;
    let at = row::moment(row.get("served_at")?, row.get("served_offset")?);
    let at = at.ok_or_else(|| StoreError::column("served_at"))?;
    // The fact that counts as the serving of a day, as in `entry::from_facts`.
    let serving = "SELECT clock, device FROM fact WHERE subject = :day AND kind = :served
                       AND id NOT IN (SELECT fact FROM undone) ORDER BY at, id LIMIT 1";
    let was_contradicted = connection
        .prepare_cached(&format!(
            "SELECT 1 FROM ({serving}) AS serving, fact
             WHERE fact.clock > serving.clock AND fact.device = serving.device
                   AND fact.origin IS NULL AND fact.at < :too_early
             LIMIT 1"
        ))?
        .exists(named_params! {
            ":day": day_text(day),
            ":served": SERVED,
            ":too_early": row::millis_and_offset(at - TRAVEL).0,
        })?;
    Ok(ServedAhead { day, at, was_contradicted })
}

fn day_text(day: Day) -> String {
    Subject::Day(day).to_string()
}
