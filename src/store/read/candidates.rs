//! What the plan decides from, read so that it takes no longer for a million lessons than for five.

use std::collections::HashMap;

use rusqlite::{Connection, OptionalExtension, named_params};

use crate::journal::lesson::plan::{AskedBack, Candidates, LastServed, SeriesProgress};
use crate::journal::{Day, LessonId, Slug};
use crate::store::facts::row::uuid;
use crate::store::tables::rows;
use crate::store::{Result, StoreError};

/// What the plan decides from. It holds a handful of lessons of each series, however many there
/// are: reading it takes as long as there were days with a serving, and no longer.
pub(crate) fn candidates(connection: &Connection, today: Day) -> Result<Candidates> {
    let mut statement =
        connection.prepare_cached("SELECT slug, paused FROM series ORDER BY position, slug")?;
    let mut found = statement.query([])?;
    let mut series = Vec::new();
    while let Some(row) = found.next()? {
        let slug = rows::parsed(row, "slug")?;
        let next_unserved = next_unserved(connection, &slug)?;
        series.push(SeriesProgress {
            slug,
            paused: row.get("paused")?,
            next_unserved,
            last_first_served: None,
            last_served: None,
            longest_unserved: None,
            longest_unserved_loved: None,
        });
    }
    add_served(connection, &mut series)?;
    Ok(Candidates {
        series,
        asked_back: asked_back(connection, today)?.into_iter().collect(),
        last_series: last_series(connection)?,
    })
}

/// The first lesson of a series that is to come for the first time.
fn next_unserved(connection: &Connection, series: &Slug) -> Result<Option<LessonId>> {
    let mut statement = connection.prepare_cached(
        "SELECT lesson FROM lesson_state
         WHERE series = :series AND first_served IS NULL AND retired = 0
         ORDER BY number LIMIT 1",
    )?;
    let mut found = statement.query(named_params! { ":series": series.as_str() })?;
    Ok(found.next()?.map(|row| uuid(row, "lesson")).transpose()?.map(LessonId))
}

/// Adds what the served lessons say of their series, all read at once: most series of a long shelf
/// have none.
fn add_served(connection: &Connection, series: &mut [SeriesProgress]) -> Result<()> {
    let places: HashMap<String, usize> =
        (series.iter().map(|standing| standing.slug.to_string())).zip(0..).collect();
    let mut statement = connection.prepare_cached(
        "SELECT series, lesson, first_served, last_served, loved, retired FROM lesson_state
         WHERE first_served IS NOT NULL ORDER BY series, last_served, number",
    )?;
    let mut found = statement.query([])?;
    while let Some(row) = found.next()? {
        let name = row.get_ref("series")?.as_str().map_err(|_| StoreError::column("series"))?;
        let Some(standing) = places.get(name).and_then(|at| series.get_mut(*at)) else { continue };
        let last: Day = rows::parsed(row, "last_served")?;
        standing.last_first_served =
            standing.last_first_served.max(Some(rows::parsed(row, "first_served")?));
        standing.last_served = standing.last_served.max(Some(last));
        if row.get("retired")? {
            continue;
        }
        // The one that rested longest comes first.
        let loved: bool = row.get("loved")?;
        let rested = if loved {
            &mut standing.longest_unserved_loved
        } else {
            &mut standing.longest_unserved
        };
        if rested.is_none() {
            *rested = Some(LastServed { lesson: LessonId(uuid(row, "lesson")?), last });
        }
    }
    Ok(())
}

/// Holds of a series of which no lesson that is not retired is still to come for the first time.
pub(crate) const NOTHING_WAITS: &str = "NOT EXISTS
     (SELECT 1 FROM lesson_state AS other WHERE other.series = series.slug AND other.retired = 0
                                     AND other.first_served IS NULL)";

/// Of the lessons that were asked back and are due, the one that is due longest.
fn asked_back(connection: &Connection, today: Day) -> Result<Option<AskedBack>> {
    let mut statement = connection.prepare_cached(
        "SELECT lesson_state.lesson, lesson_state.series, lesson_state.due FROM lesson_state
         JOIN series ON series.slug = lesson_state.series
         WHERE lesson_state.due <= :today AND NOT series.paused
         ORDER BY lesson_state.due, series.position, series.slug, lesson_state.number LIMIT 1",
    )?;
    let mut found = statement.query(named_params! { ":today": today.to_string() })?;
    let Some(row) = found.next()? else { return Ok(None) };
    Ok(Some(AskedBack {
        lesson: LessonId(uuid(row, "lesson")?),
        series: rows::parsed(row, "series")?,
        due: rows::parsed(row, "due")?,
    }))
}

/// The plus keeps the index on lessons out of it, as for the newest serving.
pub(crate) const LAST_SERIES: &str = "SELECT series FROM lesson WHERE id =
     (SELECT lesson FROM entry WHERE +lesson IS NOT NULL ORDER BY day DESC LIMIT 1)";

fn last_series(connection: &Connection) -> Result<Option<Slug>> {
    connection
        .prepare_cached(LAST_SERIES)?
        .query_row([], |row| Ok(rows::parsed(row, "series")))
        .optional()?
        .transpose()
}
