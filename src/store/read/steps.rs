//! Steps that are open.

use rusqlite::named_params;

use crate::journal::{Day, Entry};
use crate::store::tables::rows;
use crate::store::{Result, Store};

impl Store {
    /// Whether a step was named on a day after the one and before the other.
    pub fn has_step_between(&self, after: Day, before: Day) -> Result<bool> {
        self.read(|connection| {
            let mut statement = connection.prepare_cached(
                "SELECT 1 FROM entry WHERE day > :after AND day < :before AND step IS NOT NULL",
            )?;
            let days = named_params! { ":after": after.to_string(), ":before": before.to_string() };
            Ok(statement.exists(days)?)
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
            let mut found = statement.query(named_params! { ":day": day.to_string() })?;
            found.next()?.map(rows::entry).transpose()
        })
    }
}
