//! What only this file remembers of the screens it showed: that a step was asked about, and which
//! entry a review picked. It is no fact: no other device need know, and no undo takes it back.

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
    /// The name of the setting that holds it, which `put_entry.sql` reads.
    fn name(self, day: Day) -> String {
        match self {
            Self::AskedAboutStep => format!("asked/{day}"),
            Self::PickedByReview => format!("picked/{day}"),
        }
    }
}

/// Remembers that it happened on the day `on`. An earlier day than is remembered changes nothing.
pub(crate) fn remember(connection: &Connection, memory: Memory, day: Day, on: Day) -> Result<()> {
    connection
        .prepare_cached(
            "INSERT INTO setting (name, value) VALUES (:name, :on)
             ON CONFLICT (name) DO UPDATE SET value = max(value, :on)",
        )?
        .execute(named_params! { ":name": memory.name(day), ":on": on.to_string() })?;
    Ok(())
}

/// Forgets it.
pub(crate) fn drop(connection: &Connection, memory: Memory, day: Day) -> Result<()> {
    connection
        .prepare_cached("DELETE FROM setting WHERE name = :name")?
        .execute(named_params! { ":name": memory.name(day) })?;
    Ok(())
}
