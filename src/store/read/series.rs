//! Reading series on the shelf.

use rusqlite::{Connection, OptionalExtension, Row, named_params};

use crate::journal::entry::fact::Subject;
use crate::journal::lesson::plan::Order;
use crate::journal::lesson::plan::shelf::{self, Place, Start};
use crate::journal::lesson::{ShelvedSeries, ShippedSeries};
use crate::journal::{Day, Slug};
use crate::store::read::candidates::{self, Wanted};
use crate::store::tables::rows;
use crate::store::{Result, Store};

impl Store {
    /// The series on the shelf, in shelf order.
    pub fn all_series(&self) -> Result<Vec<ShelvedSeries>> {
        self.read(|connection| {
            let mut statement = connection.prepare_cached(
                "SELECT *, (SELECT count(*) FROM lesson_state
                            WHERE lesson_state.series = slug AND first_served IS NOT NULL) AS served
                 FROM series ORDER BY position, slug",
            )?;
            let placed = |row: &Row<'_>| Ok((row.get("position")?, shelved(row)?));
            let mut all = statement.query_and_then([], placed)?.collect::<Result<Vec<_>>>()?;
            shelf::sort(&mut all, |(position, series)| Place {
                position: *position,
                has_begun: series.served > 0,
            });
            let in_progress = in_progress(connection)?;
            let shelved = all.into_iter().map(|(_, series)| ShelvedSeries {
                in_progress: in_progress.as_ref() == Some(&series.slug),
                ..series
            });
            Ok(shelved.collect())
        })
    }

    /// When the lessons of a series come, in this order of series.
    pub fn series_start(&self, slug: &Slug, today: Day, order: Order) -> Result<Start> {
        self.read(|connection| {
            let candidates = candidates::candidates(connection, today, Wanted::All)?;
            let waiting = candidates::waiting(connection)?;
            Ok(shelf::start(&candidates, &waiting, slug, order))
        })
    }

    /// Whether a series of this name is or ever was on the shelf.
    pub fn knows_series(&self, slug: &Slug) -> Result<bool> {
        self.read(|connection| {
            let subject = Subject::Series(slug.clone()).to_string();
            let mut statement =
                connection.prepare_cached("SELECT 1 FROM fact WHERE subject = :subject LIMIT 1")?;
            Ok(statement.exists(named_params! { ":subject": subject })?)
        })
    }

    /// A series on the shelf; `None` if it is not there.
    pub fn series(&self, slug: &Slug) -> Result<Option<ShelvedSeries>> {
        Ok(self.all_series()?.into_iter().find(|series| series.slug == *slug))
    }
}

/// Whether the shipped series of this release are installed in the journal.
pub(crate) fn is_installed(connection: &Connection, shipped: ShippedSeries) -> Result<bool> {
    let installed: Option<Vec<u8>> = connection
        .query_row("SELECT value FROM setting WHERE name = 'library'", [], |row| row.get(0))
        .optional()?;
    Ok(installed.as_deref() == Some(&(shipped.edition)()[..]))
}

/// Whether a lesson of the series was served, or the person said something about it.
pub(crate) fn is_in_use(connection: &Connection, slug: &Slug) -> Result<bool> {
    let mut statement = connection.prepare_cached(
        "SELECT 1 FROM lesson_state
         WHERE series = :slug AND (first_served IS NOT NULL OR loved OR retired OR due IS NOT NULL)",
    )?;
    Ok(statement.exists(named_params! { ":slug": slug.as_str() })?)
}

/// The series that was begun last, of those that have lessons left and are not paused.
fn in_progress(connection: &Connection) -> Result<Option<Slug>> {
    let mut statement = connection.prepare_cached(
        "SELECT series.slug FROM series JOIN lesson_state ON lesson_state.series = series.slug
         WHERE lesson_state.first_served IS NOT NULL AND NOT series.paused AND EXISTS
             (SELECT 1 FROM lesson_state AS other WHERE other.series = series.slug
                  AND other.first_served IS NULL AND other.retired = 0)
         ORDER BY lesson_state.first_served DESC LIMIT 1",
    )?;
    statement.query_row([], |row| Ok(rows::parsed(row, "slug"))).optional()?.transpose()
}

fn shelved(row: &Row<'_>) -> Result<ShelvedSeries> {
    Ok(ShelvedSeries {
        slug: rows::parsed(row, "slug")?,
        title: row.get("title")?,
        source: rows::source(row, "source")?,
        introduction: row.get("introduction")?,
        lessons: row.get("lessons")?,
        served: row.get("served")?,
        paused: row.get("paused")?,
        in_progress: false,
    })
}
