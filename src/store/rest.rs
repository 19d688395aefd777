//! Days of rest.

use super::{Store, fact_row};
use crate::error::Result;
use crate::journal::Rests;
use crate::journal::fact::Subject;
use crate::journal::rest::RestWeekdays;

impl Store {
    /// All days of rest: these weekdays, and the days that were marked.
    pub fn rests(&self, weekdays: RestWeekdays) -> Result<Rests> {
        self.read(|connection| {
            Ok(Rests::add_up(weekdays, &fact_row::standing(connection, &Subject::Rest)?))
        })
    }
}
