//! Forgetting: erases what was written on a day from the file itself. The one change that cannot be
//! undone.

use rusqlite::{Connection, named_params};

use crate::journal::entry::fact::Subject;
use crate::journal::{Day, Event, Fact, FactId, Now};
use crate::store::facts::row;
use crate::store::write::transaction::Transaction;
use crate::store::{Result, Store, StoreError};

impl Store {
    /// All that was ever written on a day, in order: each state of the reflection, the steps, what
    /// became of them and the afterthoughts, those that were taken back too.
    pub fn written_facts(&self, day: Day) -> Result<Vec<Fact>> {
        self.read(|connection| written_facts(connection, day))
    }

    /// Erases all that was ever written on a day; the serving stays. Errors if there is more than
    /// `shown`, which somebody wrote meanwhile.
    pub fn forget(&mut self, now: Now, day: Day, shown: &[Fact]) -> Result<()> {
        self.change(now, |change| {
            let facts = written_facts(&change.transaction, day)?;
            if facts != shown {
                return Err(StoreError::ChangedMeanwhile { day });
            }
            change.erase(day, facts.iter().map(|fact| fact.id).collect())
        })?;
        self.wipe()
    }

    /// Whether words of a day were forgotten at some time.
    pub fn has_forgotten(&self, day: Day) -> Result<bool> {
        self.read(|connection| {
            let facts = row::in_force(connection, &Subject::Day(day))?;
            Ok(facts.iter().any(|fact| matches!(fact.event, Event::Forgot { .. })))
        })
    }

    /// Leaves nothing of what was forgotten in the unused parts of the file. What is erased is
    /// overwritten where it stood; but rows that once moved may have left copies, and the index
    /// keeps whole words as signposts after the last text with them is gone.
    pub fn wipe(&mut self) -> Result<()> {
        let wiped =
            self.connection.execute_batch("INSERT INTO search (search) VALUES ('rebuild'); VACUUM");
        wiped.map_err(|source| StoreError::TracesLeft { path: self.path.clone(), source })
    }
}

/// The facts on a day but its serving, the marks of reviews, and that it was forgotten before.
const WRITTEN_FACTS: &str = "SELECT * FROM fact
     WHERE subject = :day AND kind NOT IN ('served', 'looked', 'forgot')
     ORDER BY number, id";

fn written_facts(connection: &Connection, day: Day) -> Result<Vec<Fact>> {
    let mut statement = connection.prepare_cached(WRITTEN_FACTS)?;
    let subject = Subject::Day(day).to_string();
    let mut found = statement.query(named_params! { ":day": subject })?;
    let mut facts = Vec::new();
    while let Some(row) = found.next()? {
        facts.push(row::fact(row)?);
    }
    Ok(facts)
}

impl Transaction<'_> {
    /// Erases these facts on a day, and records their ids, so that another copy of the journal can
    /// be told to erase the same.
    fn erase(&mut self, day: Day, facts: Vec<FactId>) -> Result<()> {
        for fact in &facts {
            for sql in
                ["DELETE FROM taken_back WHERE fact = :id", "DELETE FROM fact WHERE id = :id"]
            {
                let id = named_params! { ":id": fact.0.as_bytes() };
                self.transaction.prepare_cached(sql)?.execute(id)?;
            }
        }
        self.record(facts, Event::Forgot { day })?;
        Ok(())
    }
}
