//! What only this file remembers of the screens it showed: that a step was asked about, and which
//! entry a review picked. It is no fact: no other device need know, and no undo takes it back.
//!
//! It is kept as settings, and once more beside the entry, where it is read.

use rusqlite::{Connection, named_params};

use crate::journal::Day;
use crate::store::Result;

/// What is remembered of a day's entry: the latest day on which it happened.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Memory {
    /// The person was asked about the step and left it as it is.
    AskedAboutStep,
    /// A review picked the entry as the one not looked at for longest.
    PickedByReview,
}

impl Memory {
    const ALL: [Self; 2] = [Self::AskedAboutStep, Self::PickedByReview];

    /// The beginning of the setting's name; the day follows. And the column of the entry.
    fn names(self) -> (&'static str, &'static str) {
        match self {
            Self::AskedAboutStep => ("asked/", "asked_on"),
            Self::PickedByReview => ("picked/", "looked_on"),
        }
    }
}

/// Remembers that it happened on the day `on`. An earlier day than is remembered changes nothing.
pub(crate) fn remember(connection: &Connection, memory: Memory, day: Day, on: Day) -> Result<()> {
    keep(connection, memory, day, on)?;
    let (prefix, column) = memory.names();
    let sql = format!(
        "UPDATE entry SET {column} = (SELECT value FROM setting WHERE name = '{prefix}' || day)
         WHERE day = :day"
    );
    connection.prepare_cached(&sql)?.execute(named_params! { ":day": day.to_string() })?;
    Ok(())
}

/// Keeps it as a setting alone, for entries that are still to be made.
pub(crate) fn keep(connection: &Connection, memory: Memory, day: Day, on: Day) -> Result<()> {
    let (prefix, _) = memory.names();
    connection
        .prepare_cached(
            "INSERT INTO setting (name, value) VALUES (:name, :on)
             ON CONFLICT (name) DO UPDATE SET value = max(value, :on)",
        )?
        .execute(named_params! { ":name": format!("{prefix}{day}"), ":on": on.to_string() })?;
    Ok(())
}

/// Puts what is remembered of a day beside its entry, which is new.
pub(crate) fn recall(connection: &Connection, day: Day) -> Result<()> {
    let [asked, picked] = Memory::ALL.map(|memory| format!("{}{day}", memory.names().0));
    let mut statement = connection
        .prepare_cached("SELECT name, value FROM setting WHERE name IN (:asked, :picked)")?;
    let mut found = statement.query(named_params! { ":asked": asked, ":picked": picked })?;
    while let Some(row) = found.next()? {
        let (name, on): (String, String) = (row.get("name")?, row.get("value")?);
        let memory = if name == asked { Memory::AskedAboutStep } else { Memory::PickedByReview };
        let sql = format!("UPDATE entry SET {} = :on WHERE day = :day", memory.names().1);
        let parameters = named_params! { ":on": on, ":day": day.to_string() };
        connection.prepare_cached(&sql)?.execute(parameters)?;
    }
    Ok(())
}

/// Puts all that is remembered beside the entries, which are new.
pub(crate) fn recall_all(connection: &Connection) -> Result<()> {
    for (prefix, column) in Memory::ALL.map(Memory::names) {
        connection.execute_batch(&format!(
            "UPDATE entry SET {column} = (SELECT value FROM setting WHERE name = '{prefix}' || day)
             WHERE '{prefix}' || day IN (SELECT name FROM setting)"
        ))?;
    }
    Ok(())
}

/// Forgets all about a day.
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
