//! Reading steps.

use rusqlite::named_params;

use crate::journal::entry::step::{Fading, MOST_ASKED, OpenStep};
use crate::journal::{Day, Entry};
use crate::store::tables::rows;
use crate::store::{Result, Store};

/// The open steps, newest first. SQLite finds them in an index, and reads no text of an entry without
/// one.
pub(crate) const OPEN_STEPS: &str = concat!(
    rows::select_open_steps!(),
    ", quiet FROM entry WHERE step_state = 'open' ORDER BY day DESC"
);

impl Store {
    /// The open steps to ask after: those of days before today that have not faded, newest first,
    /// at most [`MOST_ASKED`]. A quiet entry is not asked after.
    ///
    /// No row is read that is not needed. The conditions are not part of the query, because SQLite
    /// takes longer to plan with them than it takes to read some rows more.
    pub fn steps_to_ask(&self, today: Day, fading: Fading) -> Result<Vec<OpenStep>> {
        let first = fading.first_day(today);
        self.read_once(|connection| {
            let mut statement = connection.prepare_cached(OPEN_STEPS)?;
            let mut rows = statement.query([])?;
            let mut steps = Vec::new();
            while steps.len() < MOST_ASKED
                && let Some(row) = rows.next()?
            {
                let (day, is_quiet): (_, bool) = (rows::day_of_entry(row)?, row.get(7)?);
                if first.is_some_and(|first| day < first) {
                    break;
                }
                if day < today && !is_quiet {
                    steps.push(rows::open_step(row)?);
                }
            }
            Ok(steps)
        })
    }

    /// All open steps, newest first, without the rest of their entries.
    pub fn all_open_steps(&self) -> Result<Vec<OpenStep>> {
        self.read(|connection| {
            let mut statement = connection.prepare_cached(OPEN_STEPS)?;
            statement.query_and_then([], rows::open_step)?.collect()
        })
    }

    /// The entries whose steps are open, newest first.
    pub fn open_steps(&self) -> Result<Vec<Entry>> {
        self.read(|connection| {
            let mut statement = connection.prepare_cached(&format!(
                "{} WHERE entry.step_state = 'open' ORDER BY entry.day DESC",
                rows::SELECT_ENTRY
            ))?;
            statement.query_and_then([], rows::entry)?.collect()
        })
    }

    /// The newest entry from before a day whose step is open; `None` if there is none.
    pub fn open_step_before(&self, day: Day) -> Result<Option<Entry>> {
        self.read(|connection| {
            let mut statement = connection.prepare_cached(&format!(
                "{} WHERE entry.step_state = 'open' AND entry.day < :day
                 ORDER BY entry.day DESC LIMIT 1",
                rows::SELECT_ENTRY
            ))?;
            let mut rows = statement.query(named_params! { ":day": day.to_string() })?;
            rows.next()?.map(rows::entry).transpose()
        })
    }
}
