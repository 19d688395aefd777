//! What the whole journal adds up to.

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
    /// What the journal adds up to, seen from today.
    pub fn stats(&self, today: Day, rests: &Rests) -> Result<Stats> {
        self.read(|connection| {
            let written = written_days(connection)?;
            let unlived = unlived_days(connection, &written)?;
            Ok(Stats {
                entries: count(connection, "SELECT count(*) FROM entry")?,
                days: written.len() as u64,
                words: written.iter().map(|written| written.words).sum(),
                runs: stats::runs(&written, today, rests, &unlived),
                last_30: stats::last_30(&written, today),
                series_finished: finished(connection)?,
                steps: steps(connection)?,
                months: stats::last_months(&written, today),
            })
        })
    }
}

/// The series of which some lesson was served and none waits.
fn finished(connection: &Connection) -> Result<u64> {
    let was_begun = "EXISTS (SELECT 1 FROM lesson_state
                             WHERE lesson_state.series = series.slug AND first_served IS NOT NULL)";
    let sql = format!("SELECT count(*) FROM series WHERE {was_begun} AND {NOTHING_WAITS}");
    count(connection, &sql)
}

/// Read from the index on days and words alone.
pub(crate) const WRITTEN_DAYS: &str =
    "SELECT day, words FROM entry WHERE text IS NOT NULL ORDER BY day";

pub(crate) fn written_days(connection: &Connection) -> Result<Vec<WrittenDay>> {
    let mut statement = connection.prepare_cached(WRITTEN_DAYS)?;
    let mut found = statement.query([])?;
    let mut written = Vec::new();
    while let Some(row) = found.next()? {
        let words: Option<u64> = row.get("words")?;
        let words = words.unwrap_or_default();
        written.push(WrittenDay { day: rows::parsed(row, "day")?, words });
    }
    Ok(written)
}

/// The dates between two written days that were never lived through.
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

/// A moment at which a day was lived: when its lesson was served, or else when it was written about
/// in time.
fn lived_at(connection: &Connection, day: Day) -> Result<Option<Moment>> {
    let mut statement = connection.prepare_cached(
        "SELECT coalesce(served_at, written_at) AS at,
                coalesce(served_offset, written_offset) AS offset
         FROM entry WHERE day = :day AND (served_at IS NOT NULL OR late = 0)",
    )?;
    let mut found = statement.query(named_params! { ":day": day.to_string() })?;
    let Some(row) = found.next()? else { return Ok(None) };
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
