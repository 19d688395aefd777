//! Reading what the plan chooses from. The time does not grow with the number of lessons.

use std::collections::{BTreeMap, HashMap};

use rusqlite::{Connection, OptionalExtension, Row, named_params};

use crate::journal::lesson::plan::shelf::{self, Place};
use crate::journal::lesson::plan::{AskedBack, Candidates, LastServed, SeriesProgress};
use crate::journal::{Day, LessonId, Slug};
use crate::store::facts::row::uuid;
use crate::store::tables::rows;
use crate::store::{Result, StoreError};

/// What the plan chooses from: at most three lessons of each series. The time to read it grows with
/// the number of series and of lessons that were served.
pub(crate) fn candidates(connection: &Connection, today: Day) -> Result<Candidates> {
    let mut statement = connection
        .prepare_cached("SELECT slug, paused, position FROM series ORDER BY position, slug")?;
    let mut positions = HashMap::new();
    let unserved = |row: &Row<'_>| {
        let slug: Slug = rows::parsed(row, "slug")?;
        positions.insert(slug.clone(), row.get("position")?);
        Ok(SeriesProgress {
            paused: row.get("paused")?,
            next_unserved: next_unserved(connection, &slug)?,
            slug,
            last_first_served: None,
            last_served: None,
            longest_unserved: None,
            longest_unserved_loved: None,
        })
    };
    let mut series = statement.query_and_then([], unserved)?.collect::<Result<Vec<_>>>()?;
    add_served(connection, &mut series)?;
    shelf::sort(&mut series, |one| Place {
        position: positions.get(&one.slug).copied().unwrap_or_default(),
        has_begun: one.last_first_served.is_some(),
    });
    Ok(Candidates {
        series,
        asked_back: asked_back(connection, today)?.into_iter().collect(),
        last_series: last_series(connection)?,
    })
}

/// The number of lessons of each series that were never served and are not retired.
pub(crate) fn waiting(connection: &Connection) -> Result<BTreeMap<Slug, u32>> {
    let mut statement = connection.prepare_cached(
        "SELECT series, count(*) AS waiting FROM lesson_state
         WHERE first_served IS NULL AND retired = 0 GROUP BY series",
    )?;
    let of_series = |row: &Row<'_>| Ok((rows::parsed(row, "series")?, row.get("waiting")?));
    statement.query_and_then([], of_series)?.collect()
}

/// The first lesson of a series that was never served and is not retired.
fn next_unserved(connection: &Connection, series: &Slug) -> Result<Option<LessonId>> {
    let mut statement = connection.prepare_cached(
        "SELECT lesson FROM lesson_state
         WHERE series = :series AND first_served IS NULL AND retired = 0
         ORDER BY number LIMIT 1",
    )?;
    let mut rows = statement.query(named_params! { ":series": series.as_str() })?;
    Ok(rows.next()?.map(|row| uuid(row, "lesson")).transpose()?.map(LessonId))
}

/// Adds the days and lessons that were served to their series. One query reads all series: on a
/// long shelf most have no served lesson.
fn add_served(connection: &Connection, series: &mut [SeriesProgress]) -> Result<()> {
    let places: HashMap<String, usize> =
        (series.iter().map(|progress| progress.slug.to_string())).zip(0..).collect();
    let mut statement = connection.prepare_cached(
        "SELECT series, lesson, first_served, last_served, loved, retired FROM lesson_state
         WHERE first_served IS NOT NULL ORDER BY series, last_served, number",
    )?;
    let mut rows = statement.query([])?;
    while let Some(row) = rows.next()? {
        let name = row.get_ref("series")?.as_str().map_err(|_| StoreError::column("series"))?;
        let Some(progress) = places.get(name).and_then(|at| series.get_mut(*at)) else { continue };
        let last: Day = rows::parsed(row, "last_served")?;
        progress.last_first_served =
            progress.last_first_served.max(Some(rows::parsed(row, "first_served")?));
        progress.last_served = progress.last_served.max(Some(last));
        if row.get("retired")? {
            continue;
        }
        // The rows are ordered by the last serving, so the first row of a series counts.
        let loved: bool = row.get("loved")?;
        let longest = if loved {
            &mut progress.longest_unserved_loved
        } else {
            &mut progress.longest_unserved
        };
        if longest.is_none() {
            *longest = Some(LastServed { lesson: LessonId(uuid(row, "lesson")?), last });
        }
    }
    Ok(())
}

/// A condition on a series: each of its lessons was served or is retired.
pub(crate) const NOTHING_WAITS: &str = "NOT EXISTS
     (SELECT 1 FROM lesson_state AS other WHERE other.series = series.slug AND other.retired = 0
                                     AND other.first_served IS NULL)";

/// The lesson that was asked back and has been due for the longest time.
fn asked_back(connection: &Connection, today: Day) -> Result<Option<AskedBack>> {
    let mut statement = connection.prepare_cached(
        "SELECT lesson_state.lesson, lesson_state.series, lesson_state.due FROM lesson_state
         JOIN series ON series.slug = lesson_state.series
         WHERE lesson_state.due <= :today AND NOT series.paused
         ORDER BY lesson_state.due, series.position, series.slug, lesson_state.number LIMIT 1",
    )?;
    let mut rows = statement.query(named_params! { ":today": today.to_string() })?;
    let Some(row) = rows.next()? else { return Ok(None) };
    Ok(Some(AskedBack {
        lesson: LessonId(uuid(row, "lesson")?),
        series: rows::parsed(row, "series")?,
        due: rows::parsed(row, "due")?,
    }))
}

/// The series of the newest serving. Unary + stops SQLite from using the index `entry_lesson`; see
/// [`super::servings`].
pub(crate) const LAST_SERIES: &str = "SELECT series FROM lesson WHERE id =
     (SELECT lesson FROM entry WHERE +lesson IS NOT NULL ORDER BY day DESC LIMIT 1)";

fn last_series(connection: &Connection) -> Result<Option<Slug>> {
    connection
        .prepare_cached(LAST_SERIES)?
        .query_row([], |row| Ok(rows::parsed(row, "series")))
        .optional()?
        .transpose()
}
