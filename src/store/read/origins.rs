//! Where the facts of the journal were imported from.

use std::collections::HashSet;

use rusqlite::Connection;

use crate::store::{Result, Store};

impl Store {
    /// The origins of the imported facts that were not undone: a record with one of these is not
    /// imported again.
    pub fn origins(&self) -> Result<HashSet<String>> {
        self.read(of_facts)
    }
}

pub(crate) fn of_facts(connection: &Connection) -> Result<HashSet<String>> {
    let mut statement = connection.prepare(
        "SELECT DISTINCT origin FROM fact LEFT JOIN undone ON undone.fact = fact.id
         WHERE origin IS NOT NULL AND undone.fact IS NULL",
    )?;
    let origins = statement.query_map([], |row| row.get(0))?;
    Ok(origins.collect::<rusqlite::Result<_>>()?)
}
