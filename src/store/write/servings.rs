//! Servings: choosing today's lesson.

use rusqlite::Connection;

use crate::journal::lesson::plan::{self, Order};
use crate::journal::{Day, Entry, Event, Now, Slug};
use crate::store::read::candidates::{self, Wanted};
use crate::store::read::{entries, servings};
use crate::store::tables::rows;
use crate::store::write::transaction::Transaction;
use crate::store::{Result, Store, StoreError};

/// Today's entry.
#[derive(Debug)]
pub struct ServeResult {
    pub entry: Entry,
    /// Whether this call chose the lesson, as the first call of the day.
    pub is_new: bool,
}

impl Store {
    /// Today's entry, with the lesson that was served before, or else with the next one of the
    /// plan, which then stays today's lesson. Errors with [`StoreError::NoLessonLeft`] if there is
    /// no lesson to serve and nothing is written today, and with [`StoreError::ClockBehind`] if the
    /// clock is plainly behind.
    pub fn serve(&mut self, now: Now, order: Order) -> Result<ServeResult> {
        let today = self.today(now)?;
        if let Some(entry) = self.entry(today)?.filter(|entry| entry.lesson.is_some()) {
            return Ok(ServeResult { entry, is_new: false });
        }
        self.change_at_once(now, |transaction| {
            if let Some((day, is_new)) = transaction.serve(order)? {
                return Ok(ServeResult { entry: transaction.entry(day)?, is_new });
            }
            // The person may have written today without a lesson.
            if let Some(entry) = entries::entry(&transaction.connection, today)? {
                return Ok(ServeResult { entry, is_new: false });
            }
            if let Some(newest) = servings::newest_if_clock_is_behind(&transaction.connection, now)?
            {
                return Err(StoreError::ClockBehind { clock: now.day, newest });
            }
            Err(StoreError::NoLessonLeft { paused: first_paused(&transaction.connection)? })
        })
    }
}

impl Transaction<'_> {
    /// Serves today's lesson, unless it was served before. Returns the day and whether the serving
    /// is new; `None` if there is no lesson to serve, or if the clock is plainly behind.
    pub(crate) fn serve(&mut self, order: Order) -> Result<Option<(Day, bool)>> {
        let today = self.today()?;
        if servings::has_serving(&self.connection, today)? {
            return Ok(Some((today, false)));
        }
        // A lesson that such a clock uses up would be missing when the clock is right again.
        if servings::newest_if_clock_is_behind(&self.connection, self.now)?.is_some() {
            return Ok(None);
        }
        self.install_shipped()?;
        self.project_so_far()?;
        let candidates = candidates::candidates(&self.connection, today, Wanted::ForChoice)?;
        let Some(choice) = plan::next(&candidates, today, order) else { return Ok(None) };
        let event = Event::Served { day: today, lesson: choice.lesson, reason: choice.reason };
        self.record(Vec::new(), event)?;
        Ok(Some((today, true)))
    }

    /// Serves today's lesson if `day` is today. If there is no lesson to serve, the day has none.
    pub(crate) fn serve_if_today(&mut self, day: Day, order: Order) -> Result<()> {
        if day == self.today()? {
            self.serve(order)?;
        }
        Ok(())
    }
}

/// The first paused series on the shelf.
fn first_paused(connection: &Connection) -> Result<Option<Slug>> {
    let mut statement = connection
        .prepare_cached("SELECT slug FROM series WHERE paused ORDER BY position, slug LIMIT 1")?;
    let mut found = statement.query([])?;
    found.next()?.map(|row| rows::parsed(row, "slug")).transpose()
}
