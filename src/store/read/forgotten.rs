//! Reading what can be forgotten, and what was forgotten.

use rusqlite::types::ValueRef;
use rusqlite::{Connection, named_params};

use crate::journal::entry::fact::Subject;
use crate::journal::{Day, Event, Fact, FactId};
use crate::store::facts::row;
use crate::store::{Result, Store, StoreError};

/// A fact about a day that forgetting the day erases.
#[derive(Debug, Clone, PartialEq)]
pub enum WrittenFact {
    Whole(Box<Fact>),
    /// The fact cannot be read. Its body, as it stands in the file, may hold words.
    Damaged {
        id: FactId,
        body: String,
    },
}

impl WrittenFact {
    pub(crate) fn id(&self) -> FactId {
        match self {
            Self::Whole(fact) => fact.id,
            Self::Damaged { id, .. } => *id,
        }
    }

    /// Whether it may hold words of the person.
    pub fn has_words(&self) -> bool {
        match self {
            Self::Whole(fact) => fact.event.text().is_some(),
            Self::Damaged { .. } => true,
        }
    }
}

impl Store {
    /// All facts about a day, in order, except its serving and that it was forgotten: each state of
    /// the reflection, the steps, their answers and the afterthoughts. Facts that were undone are
    /// among them, and facts of unknown kinds and damaged ones, which may hold words.
    pub fn written_facts(&self, day: Day) -> Result<Vec<WrittenFact>> {
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
            let mut statement = connection.prepare_cached(
                "SELECT * FROM fact WHERE clock = (SELECT max(clock) FROM fact)
                 ORDER BY id DESC LIMIT 1",
            )?;
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
pub(crate) fn written_facts(connection: &Connection, day: Day) -> Result<Vec<WrittenFact>> {
    let mut statement =
        connection.prepare_cached("SELECT * FROM fact WHERE subject = :day ORDER BY clock, id")?;
    let day = Subject::Day(day).to_string();
    let mut rows = statement.query(named_params! { ":day": day })?;
    let mut found = Vec::new();
    while let Some(row) = rows.next()? {
        match row::fact(row) {
            Ok(fact) if matches!(fact.event, Event::Served { .. } | Event::Forgot { .. }) => {}
            Ok(fact) => found.push(WrittenFact::Whole(Box::new(fact))),
            Err(StoreError::Damaged { .. }) => {
                let id = FactId(row::uuid(row, "id")?);
                let body = match row.get_ref("body")? {
                    ValueRef::Text(bytes) | ValueRef::Blob(bytes) => {
                        String::from_utf8_lossy(bytes).into_owned()
                    }
                    _ => String::new(),
                };
                found.push(WrittenFact::Damaged { id, body });
            }
            Err(error) => return Err(error),
        }
    }
    Ok(found)
}
