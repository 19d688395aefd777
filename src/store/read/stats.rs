//! Reading the statistics of the whole journal.

use std::collections::BTreeSet;

use rusqlite::{Connection, Row, named_params};

use crate::journal::look_back::stats;
use crate::journal::look_back::stats::{Stats, StepCounts, WrittenDay};
use crate::journal::{Day, Moment, Rests};
use crate::store::facts::row;
use crate::store::read::candidates::NOTHING_WAITS;
use crate::store::tables::rows;
use crate::store::{Result, Store};

impl Store {
    /// The statistics of the journal up to today.
    pub fn stats(&self, today: Day, rests: &Rests) -> Result<Stats> {
        self.read(|connection| {
            let written = written_days(connection)?;
            let unlived = unlived_days(connection, &written)?;
            Ok(Stats {
                entries: count(connection, "SELECT count(*) FROM entry")?,
                days: written.len() as u64,
                without_words: without_words(connection, today)?,
                words: written.iter().map(|written| written.word_count).sum(),
                streaks: stats::streaks(&written, today, rests, &unlived),
                last_30: stats::last_30(&written, today),
                series_finished: finished(connection)?,
                steps: steps(connection)?,
                months: stats::last_months(&written, today),
            })
        })
    }
}

/// The number of series of which a lesson was served and none waits.
fn finished(connection: &Connection) -> Result<u64> {
    let was_begun = "EXISTS (SELECT 1 FROM lesson_state
                             WHERE lesson_state.series = series.slug AND first_served IS NOT NULL)";
    let sql = format!("SELECT count(*) FROM series WHERE {was_begun} AND {NOTHING_WAITS}");
    count(connection, &sql)
}

fn without_words(connection: &Connection, today: Day) -> Result<u64> {
    let sql = "SELECT count(*) FROM entry WHERE text IS NULL AND day <> :today";
    let today = named_params! { ":today": today.to_string() };
    Ok(connection.query_row(sql, today, |row| row.get(0))?)
}

/// SQLite reads this from the index on days and words, without the texts.
pub(crate) const WRITTEN_DAYS: &str =
    "SELECT day, words FROM entry WHERE text IS NOT NULL ORDER BY day";

pub(crate) fn written_days(connection: &Connection) -> Result<Vec<WrittenDay>> {
    let mut statement = connection.prepare_cached(WRITTEN_DAYS)?;
    let written = |row: &Row<'_>| {
        let word_count = row.get::<_, Option<u64>>("words")?.unwrap_or_default();
        Ok(WrittenDay { day: rows::parsed(row, "day")?, word_count })
    };
    statement.query_and_then([], written)?.collect()
}

/// The dates between two written days that the person never lived through; see
/// [`stats::is_unlived`].
fn unlived_days(connection: &Connection, written: &[WrittenDay]) -> Result<BTreeSet<Day>> {
    let mut unlived = BTreeSet::new();
    for (before, gap, after) in stats::single_gaps(written) {
        if let (Some(before), Some(after)) =
            (lived_at(connection, before)?, lived_at(connection, after)?)
            && stats::is_unlived(before, after)
        {
            unlived.insert(gap);
        }
    }
    Ok(unlived)
}

/// A moment of a day as the person lived it: when its lesson was served, or else when it was first
/// written about on the day itself.
fn lived_at(connection: &Connection, day: Day) -> Result<Option<Moment>> {
    let mut statement = connection.prepare_cached(
        "SELECT coalesce(served_at, written_at) AS at,
                coalesce(served_offset, written_offset) AS offset
         FROM entry WHERE day = :day AND (served_at IS NOT NULL OR late = 0)",
    )?;
    let mut rows = statement.query(named_params! { ":day": day.to_string() })?;
    let Some(row) = rows.next()? else { return Ok(None) };
    Ok(row::moment(row.get("at")?, row.get("offset")?))
}

fn steps(connection: &Connection) -> Result<StepCounts> {
    let of_state = |row: &Row<'_>, state: &str| row.get::<_, u64>(state);
    Ok(connection.query_row(
        "SELECT count(*) FILTER (WHERE step_state = 'open') AS open,
                count(*) FILTER (WHERE step_state = 'done') AS done,
                count(*) FILTER (WHERE step_state = 'partly') AS partly,
                count(*) FILTER (WHERE step_state = 'dropped') AS dropped
         FROM entry WHERE step IS NOT NULL",
        [],
        |row| {
            Ok(StepCounts {
                open: of_state(row, "open")?,
                done: of_state(row, "done")?,
                partly: of_state(row, "partly")?,
                dropped: of_state(row, "dropped")?,
            })
        },
    )?)
}

fn count(connection: &Connection, sql: &str) -> Result<u64> {
    Ok(connection.query_row(sql, [], |row| row.get(0))?)
}
