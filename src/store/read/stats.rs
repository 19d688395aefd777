//! Reading the statistics of the whole journal.

use std::collections::BTreeSet;

use rusqlite::{Connection, Row, named_params};

use crate::journal::entry::fact::Subject;
use crate::journal::look_back::stats;
use crate::journal::look_back::stats::{Stats, StepCounts, WrittenDay};
use crate::journal::{Day, Event, Moment, Rests};
use crate::store::facts::row;
use crate::store::read::candidates::NOTHING_WAITS;
use crate::store::tables::columns::Columns;
use crate::store::{Result, Store};

impl Store {
    /// The statistics of the journal up to today, the day of `now`.
    pub fn stats(&self, now: Moment, today: Day, rests: &Rests) -> Result<Stats> {
        self.read(|connection| {
            let written = written_days(connection)?;
            let skipped = skipped_days(connection, &written, now, today)?;
            Ok(Stats {
                entries: count(connection, "SELECT count(*) FROM entry")?,
                days: written.len() as u64,
                without_words: without_words(connection, today)?,
                words: written.iter().map(|written| written.word_count).sum(),
                streaks: stats::streaks(&written, today, rests, &skipped),
                last_30: stats::last_30(&written, today),
                series_finished: finished(connection)?,
                steps: steps(connection)?,
                months: stats::last_months(&written, today),
            })
        })
    }
}

/// The streak that today is part of or could continue: [`Streaks::current`] alone, which is read
/// without all other days.
///
/// [`Streaks::current`]: crate::journal::look_back::stats::Streaks::current
pub(crate) fn current_streak(
    connection: &Connection,
    now: Moment,
    today: Day,
    rests: &Rests,
) -> Result<u64> {
    let current = |written: &[WrittenDay], skipped: &_| {
        stats::streaks(written, today, rests, skipped).current
    };
    for span in SPANS_OF_STREAKS {
        let Some(first) = today.minus_days(span) else { break };
        let written = written_since(connection, first)?;
        let counts = |written: &WrittenDay| !rests.contains(written.day);
        let Some(first) = written.iter().position(counts) else { continue };
        let skipped = skipped_days(connection, &written, now, today)?;
        let streak = current(&written, &skipped);
        // If the first day is in the streak, the days before it may be too.
        if streak == current(&written[first + 1..], &skipped) {
            return Ok(streak);
        }
    }
    let written = written_days(connection)?;
    let skipped = skipped_days(connection, &written, now, today)?;
    Ok(current(&written, &skipped))
}

/// How many days back a streak is looked for, before all days are read.
const SPANS_OF_STREAKS: [u64; 2] = [40, 400];

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
    statement.query_and_then([], written_day)?.collect()
}

/// The same from this day on.
fn written_since(connection: &Connection, first: Day) -> Result<Vec<WrittenDay>> {
    let mut statement = connection.prepare_cached(
        "SELECT day, words FROM entry WHERE text IS NOT NULL AND day >= :first ORDER BY day",
    )?;
    let first = named_params! { ":first": first.to_string() };
    statement.query_and_then(first, written_day)?.collect()
}

fn written_day(row: &Row<'_>) -> Result<WrittenDay> {
    let columns = &mut Columns::of(row);
    let day = columns.parsed("day")?;
    Ok(WrittenDay { day, word_count: columns.get::<Option<u64>>()?.unwrap_or_default() })
}

/// The single dates between two written days that break no streak; see [`stats::is_unlived`] and
/// [`stats::is_within_a_day`].
fn skipped_days(
    connection: &Connection,
    written: &[WrittenDay],
    now: Moment,
    today: Day,
) -> Result<BTreeSet<Day>> {
    let mut skipped = BTreeSet::new();
    for (before, gap, after) in stats::single_gaps(written) {
        if was_unlived(connection, before, after)? || was_short(connection, before, after)? {
            skipped.insert(gap);
        }
    }
    // The first words after yesterday may still be written today.
    if let Some(before) = written.last().map(|written| written.day)
        && let Some(gap) = before.plus_days(1)
        && gap.plus_days(1) == Some(today)
        && is_within_a_day(connection, before, now)?
    {
        skipped.insert(gap);
    }
    Ok(skipped)
}

fn was_unlived(connection: &Connection, before: Day, after: Day) -> Result<bool> {
    let (before, after) = (lived_at(connection, before)?, lived_at(connection, after)?);
    Ok(before.zip(after).is_some_and(|(before, after)| stats::is_unlived(before, after)))
}

/// Whether less than 24 hours passed from the last words of a day to the first words of another.
fn was_short(connection: &Connection, before: Day, after: Day) -> Result<bool> {
    match words_at(connection, after)? {
        Some(WordsAt { first, .. }) => is_within_a_day(connection, before, first),
        None => Ok(false),
    }
}

/// Whether less than 24 hours passed from the last words of a day to these ones.
fn is_within_a_day(connection: &Connection, before: Day, first_words: Moment) -> Result<bool> {
    let Some(WordsAt { first, last }) = words_at(connection, before)? else { return Ok(false) };
    if first == last {
        return Ok(stats::is_within_a_day(last, first_words));
    }
    // The last words may be an edit of a later day. The facts tell, and they are read only after a
    // journey to the east: on one clock, an empty date lasts 24 hours.
    let offset = |at: Moment| at.offset().local_minus_utc();
    if offset(first_words) <= offset(first).min(offset(last)) {
        return Ok(false);
    }
    let facts = row::in_force(connection, &Subject::Day(before))?;
    let on_the_day = facts.iter().filter(|fact| match fact.event {
        Event::Wrote { day, on, .. } => day == on,
        _ => false,
    });
    let last = on_the_day.map(|fact| fact.at).max();
    Ok(last.is_some_and(|last| stats::is_within_a_day(last, first_words)))
}

/// When the words of an entry were written.
struct WordsAt {
    first: Moment,
    last: Moment,
}

/// When the words of a day were written; `None` if that was on a later day.
fn words_at(connection: &Connection, day: Day) -> Result<Option<WordsAt>> {
    let mut statement = connection.prepare_cached(
        "SELECT written_at, written_offset, revised_at, revised_offset FROM entry
         WHERE day = :day AND late = 0",
    )?;
    let mut rows = statement.query(named_params! { ":day": day.to_string() })?;
    let Some(row) = rows.next()? else { return Ok(None) };
    let first = row::moment(row.get("written_at")?, row.get("written_offset")?);
    let last = row::moment(row.get("revised_at")?, row.get("revised_offset")?);
    Ok(first.zip(last).map(|(first, last)| WordsAt { first, last }))
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

pub(crate) fn count(connection: &Connection, sql: &str) -> Result<u64> {
    Ok(connection.query_row(sql, [], |row| row.get(0))?)
}
