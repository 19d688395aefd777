//! Servings: which lesson is today's.

use rusqlite::{Connection, OptionalExtension, named_params};

use crate::journal::entry::fact::Subject;
use crate::journal::lesson::plan;
use crate::journal::lesson::plan::{Order, Reason};
use crate::journal::time::day;
use crate::journal::{Day, Entry, Event, Now, Slug, entry};
use crate::store::facts::row;
use crate::store::read::{candidates, entries};
use crate::store::tables::rows;
use crate::store::write::transaction::Transaction;
use crate::store::{Result, Store, StoreError};

/// Today's entry.
#[derive(Debug)]
pub struct Served {
    pub entry: Entry,
    /// Whether this asking was the first of the day, which chose the lesson.
    pub is_new: bool,
}

impl Store {
    /// Today's entry: the lesson that was served before, or the next one of the plan, which then
    /// is today's for good. Errors if no lesson is left to serve.
    pub fn serve(&mut self, now: Now, order: Order) -> Result<Served> {
        let today = self.today(now)?;
        if let Some(entry) = self.entry(today)?.filter(|entry| entry.lesson.is_some()) {
            return Ok(Served { entry, is_new: false });
        }
        self.change(now, |change| {
            if let Some((day, is_new)) = change.serve(order)? {
                return Ok(Served { entry: change.entry(day)?, is_new });
            }
            // Words may have been written all the same.
            match entries::entry(&change.transaction, today)? {
                Some(entry) => Ok(Served { entry, is_new: false }),
                None => {
                    Err(StoreError::NoLessonLeft { paused: first_paused(&change.transaction)? })
                }
            }
        })
    }

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

impl Transaction<'_> {
    /// Serves today's lesson unless it was served already. Returns the day and whether the
    /// serving is new, or `None` if no lesson is left.
    pub(crate) fn serve(&mut self, order: Order) -> Result<Option<(Day, bool)>> {
        let today = today(&self.transaction, self.now.day)?;
        if has_serving(&self.transaction, today)? {
            return Ok(Some((today, false)));
        }
        self.install_shipped()?;
        self.project_so_far()?;
        let shelf = candidates::candidates(&self.transaction, today)?;
        let Some(choice) = plan::next(&shelf, today, order) else { return Ok(None) };
        let event = Event::Served { day: today, lesson: choice.lesson, reason: choice.reason };
        self.record(Vec::new(), event)?;
        Ok(Some((today, true)))
    }
}

pub(crate) fn today(connection: &Connection, asked: Day) -> Result<Day> {
    Ok(day::today(asked, has_serving(connection, asked)?, newest_serving(connection)?))
}

fn has_serving(connection: &Connection, day: Day) -> Result<bool> {
    Ok(connection.prepare_cached(HAS_SERVING)?.exists(named_params! { ":day": day.to_string() })?)
}

/// The plus keeps the index on lessons out of it, which would be read from end to end; the index on
/// days leads to the row at once.
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

/// The first series on the shelf that could be resumed.
fn first_paused(connection: &Connection) -> Result<Option<Slug>> {
    let mut statement = connection
        .prepare_cached("SELECT slug FROM series WHERE paused ORDER BY position, slug LIMIT 1")?;
    let mut found = statement.query([])?;
    found.next()?.map(|row| rows::parsed(row, "slug")).transpose()
}
