//! Rest: marking holidays.

use crate::journal::look_back::rest::{Holiday, RestWeekdays};
use crate::journal::{Event, Now};
use crate::store::read::rests;
use crate::store::{Result, Store};

impl Store {
    /// Marks days as rest, or no longer. False if they all were so already.
    pub fn rest(&mut self, now: Now, holiday: Holiday, rests: bool) -> Result<bool> {
        self.change(now, |transaction| {
            let before = rests::rests(&transaction.connection, RestWeekdays::default())?;
            if !before.would_change(holiday, rests) {
                return Ok(false);
            }
            let Holiday { first, last } = holiday;
            transaction.record(Vec::new(), Event::Rested { first, last, rests })?;
            Ok(true)
        })
    }
}
