//! What the plan decides from, read so that it takes no longer for a million lessons than for five.

use rusqlite::{Connection, OptionalExtension, named_params};

use super::{Outcome, rows};
use crate::journal::plan::{AskedBack, Rested, Shelf, Standing};
use crate::journal::{Day, LessonId, Slug};

/// What the plan decides from. It holds a handful of lessons of each series, however many there
/// are: reading it takes as long as there were days with a serving, and no longer.
pub(super) fn shelf(connection: &Connection, today: Day) -> Outcome<Shelf> {
    let mut statement =
        connection.prepare_cached("SELECT slug, paused FROM series ORDER BY position, slug")?;
    let mut found = statement.query([])?;
    let mut series = Vec::new();
    while let Some(row) = found.next()? {
        series.push(standing(connection, rows::parsed(row, "slug")?, row.get("paused")?)?);
    }
    Ok(Shelf {
        series,
        asked_back: asked_back(connection, today)?.into_iter().collect(),
        last_series: last_series(connection)?,
    })
}

fn standing(connection: &Connection, slug: Slug, paused: bool) -> Outcome<Standing> {
    let of_series = named_params! { ":series": slug.as_str() };
    let waiting = connection
        .prepare_cached(
            "SELECT lesson FROM shelf
             WHERE series = :series AND first_served IS NULL AND retired = 0
             ORDER BY number LIMIT 1",
        )?
        .query_row(of_series, |row| Ok(rows::uuid(row, "lesson")))
        .optional()?
        .transpose()?
        .map(LessonId);
    let newest = |column: &str| -> Outcome<Option<Day>> {
        connection
            .prepare_cached(&format!(
                "SELECT max({column}) FROM shelf
                 WHERE series = :series AND first_served IS NOT NULL"
            ))?
            .query_row(of_series, |row| Ok(rows::maybe_day(row)))?
    };
    let rested = |loved: bool| -> Outcome<Option<Rested>> {
        let mut statement = connection.prepare_cached(
            "SELECT lesson, last_served FROM shelf
             WHERE series = :series AND first_served IS NOT NULL AND retired = 0
               AND loved = :loved
             ORDER BY last_served, number LIMIT 1",
        )?;
        let mut found =
            statement.query(named_params! { ":series": slug.as_str(), ":loved": loved })?;
        let Some(row) = found.next()? else { return Ok(None) };
        let lesson = LessonId(rows::uuid(row, "lesson")?);
        Ok(Some(Rested { lesson, last: rows::parsed(row, "last_served")? }))
    };
    Ok(Standing {
        paused,
        waiting,
        went_on: newest("first_served")?,
        last_served: newest("last_served")?,
        rested: rested(false)?,
        rested_loved: rested(true)?,
        slug,
    })
}

/// Holds of a series of which no lesson that is not retired is still to come for the first time.
pub(super) const NOTHING_WAITS: &str = "NOT EXISTS
     (SELECT 1 FROM shelf AS other WHERE other.series = series.slug AND other.retired = 0
                                     AND other.first_served IS NULL)";

/// Of the lessons that were asked back and are due, the one that is due longest.
fn asked_back(connection: &Connection, today: Day) -> Outcome<Option<AskedBack>> {
    let mut statement = connection.prepare_cached(
        "SELECT shelf.lesson, shelf.series, shelf.due FROM shelf
         JOIN series ON series.slug = shelf.series
         WHERE shelf.due <= :today AND NOT series.paused
         ORDER BY shelf.due, series.position, series.slug, shelf.number LIMIT 1",
    )?;
    let mut found = statement.query(named_params! { ":today": today.to_string() })?;
    let Some(row) = found.next()? else { return Ok(None) };
    Ok(Some(AskedBack {
        lesson: LessonId(rows::uuid(row, "lesson")?),
        series: rows::parsed(row, "series")?,
        due: rows::parsed(row, "due")?,
    }))
}

/// The plus keeps the index on lessons out of it, as for the newest serving.
pub(super) const LAST_SERIES: &str = "SELECT series FROM lesson WHERE id =
     (SELECT lesson FROM entry WHERE +lesson IS NOT NULL ORDER BY day DESC LIMIT 1)";

fn last_series(connection: &Connection) -> Outcome<Option<Slug>> {
    connection
        .prepare_cached(LAST_SERIES)?
        .query_row([], |row| Ok(rows::parsed(row, "series")))
        .optional()?
        .transpose()
}
