//! What this file remembers of its screens: that the person was asked about a step, and which entry
//! a review picked. This is not a fact: other devices do not need it, and undo does not change it.
//!
//! It is stored as settings, and copied to the entry, from where it is read.

use rusqlite::{Connection, named_params};

use crate::journal::Day;
use crate::store::Result;

/// One thing to remember of a day's entry: the latest day on which it happened.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Memory {
    /// The person was asked about the step and left it as it is.
    AskedAboutStep,
    /// A review picked the entry as the one not looked at for longest.
    PickedByReview,
}

impl Memory {
    const ALL: [Self; 2] = [Self::AskedAboutStep, Self::PickedByReview];

    /// The prefix of the setting's name, before the day; and the column of the entry.
    fn names(self) -> (&'static str, &'static str) {
        match self {
            Self::AskedAboutStep => ("asked/", "asked_on"),
            Self::PickedByReview => ("picked/", "looked_on"),
        }
    }
}

/// Remembers that it happened on the day `on`. Changes nothing if a later day is remembered.
pub(crate) fn remember(connection: &Connection, memory: Memory, day: Day, on: Day) -> Result<()> {
    save(connection, memory, day, on)?;
    let (prefix, column) = memory.names();
    let sql = format!(
        "UPDATE entry SET {column} = (SELECT value FROM setting WHERE name = '{prefix}' || day)
         WHERE day = :day"
    );
    connection.prepare_cached(&sql)?.execute(named_params! { ":day": day.to_string() })?;
    Ok(())
}

/// Saves it as a setting only, for an entry whose row is not made yet.
pub(crate) fn save(connection: &Connection, memory: Memory, day: Day, on: Day) -> Result<()> {
    let (prefix, _) = memory.names();
    connection
        .prepare_cached(
            "INSERT INTO setting (name, value) VALUES (:name, :on)
             ON CONFLICT (name) DO UPDATE SET value = max(value, :on)",
        )?
        .execute(named_params! { ":name": format!("{prefix}{day}"), ":on": on.to_string() })?;
    Ok(())
}

/// Copies what is remembered of a day to the new row of its entry.
pub(crate) fn recall(connection: &Connection, day: Day) -> Result<()> {
    let [asked, picked] = Memory::ALL.map(|memory| format!("{}{day}", memory.names().0));
    let mut statement = connection
        .prepare_cached("SELECT name, value FROM setting WHERE name IN (:asked, :picked)")?;
    let mut rows = statement.query(named_params! { ":asked": asked, ":picked": picked })?;
    while let Some(row) = rows.next()? {
        let (name, on): (String, String) = (row.get("name")?, row.get("value")?);
        let memory = if name == asked { Memory::AskedAboutStep } else { Memory::PickedByReview };
        let sql = format!("UPDATE entry SET {} = :on WHERE day = :day", memory.names().1);
        let parameters = named_params! { ":on": on, ":day": day.to_string() };
        connection.prepare_cached(&sql)?.execute(parameters)?;
    }
    Ok(())
}

/// Copies all that is remembered to the new rows of the entries.
pub(crate) fn recall_all(connection: &Connection) -> Result<()> {
    for (prefix, column) in Memory::ALL.map(Memory::names) {
        connection.execute_batch(&format!(
            "UPDATE entry SET {column} = (SELECT value FROM setting WHERE name = '{prefix}' || day)
             WHERE '{prefix}' || day IN (SELECT name FROM setting)"
        ))?;
    }
    Ok(())
}

/// Forgets all that is remembered of a day.
pub(crate) fn forget(connection: &Connection, day: Day) -> Result<()> {
    for (prefix, _) in Memory::ALL.map(Memory::names) {
        connection
            .prepare_cached("DELETE FROM setting WHERE name = :name")?
            .execute(named_params! { ":name": format!("{prefix}{day}") })?;
    }
    connection
        .prepare_cached("UPDATE entry SET asked_on = NULL, looked_on = NULL WHERE day = :day")?
        .execute(named_params! { ":day": day.to_string() })?;
    Ok(())
}
