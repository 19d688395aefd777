//! Reading what the plan chooses from. The time grows neither with the number of lessons nor with
//! that of series which have not begun.

use std::collections::{BTreeMap, HashMap};

use rusqlite::types::ValueRef;
use rusqlite::{Connection, OptionalExtension, Row, named_params};

use crate::journal::lesson::plan::shelf::{self, Place};
use crate::journal::lesson::plan::{AskedBack, Candidates, LastServed, SeriesProgress};
use crate::journal::{Day, LessonId, Slug};
use crate::store::facts::row::uuid;
use crate::store::tables::rows;
use crate::store::{Result, StoreError};

/// The series that are read.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Wanted {
    All,
    /// Those that the choice of the next lesson depends on: all that have begun, and of the others
    /// the first one on the shelf, the first one that is shipped, and the first one that waits.
    ForChoice,
}

/// What the plan chooses from: at most three lessons of each series.
pub(crate) fn candidates(
    connection: &Connection,
    today: Day,
    wanted: Wanted,
) -> Result<Candidates> {
    let mut statement = connection.prepare_cached(match wanted {
        Wanted::All => SELECT_SERIES,
        Wanted::ForChoice => FOR_CHOICE,
    })?;
    let mut positions = HashMap::new();
    let unserved = |row: &Row<'_>| {
        let slug: Slug = rows::parsed(row, "slug")?;
        positions.insert(slug.clone(), row.get("position")?);
        Ok(SeriesProgress {
            paused: row.get("paused")?,
            next_unserved: match row.get_ref("next_unserved")? {
                ValueRef::Null => None,
                _ => Some(LessonId(uuid(row, "next_unserved")?)),
            },
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

/// The query for series, each with the first lesson that was never served and is not retired.
macro_rules! select_series {
    ($where:literal) => {
        concat!(
            "SELECT slug, paused, position,
                    (SELECT lesson FROM lesson_state
                     WHERE lesson_state.series = slug AND first_served IS NULL AND retired = 0
                     ORDER BY number LIMIT 1) AS next_unserved
             FROM series ",
            $where,
            " ORDER BY position, slug"
        )
    };
}

const SELECT_SERIES: &str = select_series!("");

/// The positions of shipped series begin at 0.
const FOR_CHOICE: &str = select_series!(
    "WHERE slug IN
         (SELECT series FROM lesson_state WHERE first_served IS NOT NULL
          UNION ALL SELECT * FROM (SELECT slug FROM series ORDER BY position, slug LIMIT 1)
          UNION ALL SELECT * FROM
              (SELECT slug FROM series WHERE position >= 0 ORDER BY position, slug LIMIT 1)
          UNION ALL SELECT * FROM
              (SELECT slug FROM series AS one
               WHERE paused = 0
                     AND NOT EXISTS (SELECT 1 FROM lesson_state
                                     WHERE series = one.slug AND first_served IS NOT NULL)
                     AND EXISTS (SELECT 1 FROM lesson_state
                                 WHERE series = one.slug AND first_served IS NULL
                                       AND retired = 0)
               ORDER BY position, slug LIMIT 1))"
);

/// The number of lessons of each series that were never served and are not retired.
pub(crate) fn waiting(connection: &Connection) -> Result<BTreeMap<Slug, u32>> {
    let mut statement = connection.prepare_cached(
        "SELECT series, count(*) AS waiting FROM lesson_state
         WHERE first_served IS NULL AND retired = 0 GROUP BY series",
    )?;
    let of_series = |row: &Row<'_>| Ok((rows::parsed(row, "series")?, row.get("waiting")?));
    statement.query_and_then([], of_series)?.collect()
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
