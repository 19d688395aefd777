//! What there is to forget, and what was forgotten.

use rusqlite::{Connection, named_params};

use crate::journal::entry::fact::Subject;
use crate::journal::{Day, Event, Fact};
use crate::store::facts::encoding::{FORGOT, SERVED};
use crate::store::facts::row;
use crate::store::{Result, Store};

impl Store {
    /// All that was ever written on a day, in order: each state of the reflection, the steps, what
    /// became of them and the afterthoughts, those that were undone too, and facts of kinds that
    /// this release does not know, which may hold words.
    pub fn written_facts(&self, day: Day) -> Result<Vec<Fact>> {
        self.read(|connection| written_facts(connection, day))
    }

    /// Whether words of a day were forgotten at some time.
    pub fn has_forgotten(&self, day: Day) -> Result<bool> {
        self.read(|connection| {
            let facts = row::in_force(connection, &Subject::Day(day))?;
            Ok(facts.iter().any(|fact| matches!(fact.event, Event::Forgot { .. })))
        })
    }

    /// The day that was forgotten, if that was the last thing done.
    pub fn last_forgotten(&self) -> Result<Option<Day>> {
        self.read(|connection| {
            let mut statement = connection
                .prepare_cached("SELECT * FROM fact ORDER BY clock DESC, id DESC LIMIT 1")?;
            let mut found = statement.query([])?;
            let last = found.next()?.map(row::fact).transpose()?;
            Ok(last.and_then(|fact| match fact.event {
                Event::Forgot { day } => Some(day),
                _ => None,
            }))
        })
    }
}

/// The facts on a day but its serving and that it was forgotten before.
pub(crate) fn written_facts(connection: &Connection, day: Day) -> Result<Vec<Fact>> {
    let mut statement = connection.prepare_cached(
        "SELECT * FROM fact WHERE subject = :day AND kind NOT IN (:served, :forgot)
         ORDER BY clock, id",
    )?;
    let day = Subject::Day(day).to_string();
    let parameters = named_params! { ":day": day, ":served": SERVED, ":forgot": FORGOT };
    statement.query_and_then(parameters, row::fact)?.collect()
}
