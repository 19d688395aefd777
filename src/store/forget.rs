//! Forgetting: erases what was written on a day from the file itself. The one change that cannot be
//! undone.

use rusqlite::named_params;

use super::change::Change;
use super::{Outcome, Store};
use crate::error::Result;
use crate::journal::fact::Subject;
use crate::journal::{Day, Event, FactId, Now};

/// What came of forgetting a day.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Forgotten {
    /// Nothing was ever written on it.
    Nothing,
    /// It is gone from the file, to the byte.
    Erased,
    /// It is gone from the journal, but copies may be left in parts of the file that are not used,
    /// since the file could not be made anew.
    Removed,
}

impl Store {
    /// Whether the journal holds anything that was written on a day, in whatever state.
    pub fn remembers(&self, day: Day) -> Result<bool> {
        self.read(|connection| {
            let mut statement = connection.prepare_cached(&format!("{WRITTEN_FACTS} LIMIT 1"))?;
            Ok(statement.exists(named_params! { ":day": Subject::Day(day).to_string() })?)
        })
    }

    /// Erases all that was ever written on a day: each state of the reflection, the steps and the
    /// afterthoughts. The serving stays.
    pub fn forget(&mut self, now: Now, day: Day) -> Result<Forgotten> {
        let erased = self.change(now, |change| change.erase(day))?;
        if !erased {
            return Ok(Forgotten::Nothing);
        }
        // What is erased is overwritten where it stood; but rows that once moved to make room for
        // others may have left copies, which are gone when the file is made anew.
        let made_anew = self.connection.execute_batch("VACUUM");
        Ok(if made_anew.is_ok() { Forgotten::Erased } else { Forgotten::Removed })
    }
}

/// The facts on a day that hold what a person did, and not that a lesson was served or that words
/// were forgotten before.
const WRITTEN_FACTS: &str =
    "SELECT id FROM fact WHERE subject = :day AND kind NOT IN ('served', 'forgot', 'looked')";

impl Change<'_> {
    /// Erases the facts on a day but its serving. False if there are none.
    fn erase(&mut self, day: Day) -> Outcome<bool> {
        let subject = Subject::Day(day).to_string();
        let facts: Vec<FactId> = {
            let mut statement = self.transaction.prepare_cached(WRITTEN_FACTS)?;
            let mut found = statement.query(named_params! { ":day": subject })?;
            let mut facts = Vec::new();
            while let Some(row) = found.next()? {
                facts.push(FactId(super::rows::uuid(row, "id")?));
            }
            facts
        };
        for fact in &facts {
            for sql in
                ["DELETE FROM taken_back WHERE fact = :id", "DELETE FROM fact WHERE id = :id"]
            {
                let id = named_params! { ":id": fact.0.as_bytes() };
                self.transaction.prepare_cached(sql)?.execute(id)?;
            }
        }
        if facts.is_empty() {
            return Ok(false);
        }
        // Names what it erased, so that another copy of the journal can be told to erase the same.
        self.record(facts, Event::Forgot { day })?;
        Ok(true)
    }
}
