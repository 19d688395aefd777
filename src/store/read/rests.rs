//! Which days are days of rest.

use rusqlite::Connection;

use crate::journal::Rests;
use crate::journal::entry::fact::Subject;
use crate::journal::look_back::rest::RestWeekdays;
use crate::store::facts::row;
use crate::store::{Result, Store};

impl Store {
    /// All days of rest: these weekdays, and the holidays that are marked.
    pub fn rests(&self, weekdays: RestWeekdays) -> Result<Rests> {
        self.read(|connection| rests(connection, weekdays))
    }
}

pub(crate) fn rests(connection: &Connection, weekdays: RestWeekdays) -> Result<Rests> {
    Ok(Rests::from_facts(weekdays, &row::in_force(connection, &Subject::Rest)?))
}
