//! Reading steps.

use rusqlite::named_params;

use crate::journal::entry::step::{Fading, MOST_ASKED, OpenStep};
use crate::journal::{Day, Entry};
use crate::store::tables::rows;
use crate::store::{Result, Store};

/// SQLite finds the open steps in an index, and reads no text of an entry without one. The index is
/// named, so that it compares no other way at each start.
pub(crate) const STEPS_TO_ASK: &str = concat!(
    rows::open_step_columns!(),
    " FROM entry INDEXED BY entry_open_step
      WHERE step_state = 'open' AND day >= :first AND day < :today AND quiet = 0
      ORDER BY day DESC LIMIT :most"
);

const ALL_OPEN: &str =
    concat!(rows::open_step_columns!(), " FROM entry WHERE step_state = 'open' ORDER BY day DESC");

impl Store {
    /// The open steps to ask after: those of days before today that have not faded, newest first,
    /// at most [`MOST_ASKED`]. A quiet entry is not asked after.
    pub fn steps_to_ask(&self, today: Day, fading: Fading) -> Result<Vec<OpenStep>> {
        let first = fading.first_day(today).map(|day| day.to_string()).unwrap_or_default();
        self.read(|connection| {
            let mut statement = connection.prepare_cached(STEPS_TO_ASK)?;
            let parameters = named_params! {
                ":first": first, ":today": today.to_string(), ":most": MOST_ASKED,
            };
            statement.query_and_then(parameters, rows::open_step)?.collect()
        })
    }

    /// All open steps, newest first, without the rest of their entries.
    pub fn all_open_steps(&self) -> Result<Vec<OpenStep>> {
        self.read(|connection| {
            let mut statement = connection.prepare_cached(ALL_OPEN)?;
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
