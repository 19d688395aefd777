//! Reading what can be forgotten, and what was forgotten.

use rusqlite::{Connection, named_params};

use crate::journal::entry::fact::Subject;
use crate::journal::{Day, Event, Fact};
use crate::store::facts::encoding::{FORGOT, SERVED};
use crate::store::facts::row;
use crate::store::{Result, Store};

impl Store {
    /// All facts about a day, in order, except its serving and that it was forgotten: each state of
    /// the reflection, the steps, their answers and the afterthoughts. Facts that were undone are
    /// among them, and facts of unknown kinds, which may hold words.
    pub fn written_facts(&self, day: Day) -> Result<Vec<Fact>> {
        self.read(|connection| written_facts(connection, day))
    }

    /// Whether a day was ever forgotten.
    pub fn has_forgotten(&self, day: Day) -> Result<bool> {
        self.read(|connection| {
            let facts = row::in_force(connection, &Subject::Day(day))?;
            Ok(facts.iter().any(|fact| matches!(fact.event, Event::Forgot { .. })))
        })
    }

    /// The day that was forgotten by the last change; `None` if the last change was another.
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

/// See [`Store::written_facts`].
pub(crate) fn written_facts(connection: &Connection, day: Day) -> Result<Vec<Fact>> {
    let mut statement = connection.prepare_cached(
        "SELECT * FROM fact WHERE subject = :day AND kind NOT IN (:served, :forgot)
         ORDER BY clock, id",
    )?;
    let day = Subject::Day(day).to_string();
    let parameters = named_params! { ":day": day, ":served": SERVED, ":forgot": FORGOT };
    statement.query_and_then(parameters, row::fact)?.collect()
}
