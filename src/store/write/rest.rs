//! Rest: which days are marked as holidays, and marking them.

use crate::journal::entry::fact::Subject;
use crate::journal::look_back::rest::{Holiday, RestWeekdays};
use crate::journal::{Event, Now, Rests};
use crate::store::facts::row;
use crate::store::{Result, Store};

impl Store {
    /// All days of rest: these weekdays, and the holidays that are marked.
    pub fn rests(&self, weekdays: RestWeekdays) -> Result<Rests> {
        self.read(|connection| rests(connection, weekdays))
    }

    /// Marks days as rest, or no longer. False if they all were so already.
    pub fn rest(&mut self, now: Now, holiday: Holiday, rests: bool) -> Result<bool> {
        self.change(now, |change| {
            let before = self::rests(&change.transaction, RestWeekdays::default())?;
            if !before.would_change(holiday, rests) {
                return Ok(false);
            }
            let Holiday { first, last } = holiday;
            change.record(Vec::new(), Event::Rested { first, last, rests })?;
            Ok(true)
        })
    }
}

fn rests(connection: &rusqlite::Connection, weekdays: RestWeekdays) -> Result<Rests> {
    Ok(Rests::from_facts(weekdays, &row::in_force(connection, &Subject::Rest)?))
}
