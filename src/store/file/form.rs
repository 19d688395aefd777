//! The form of the permanent tables, and how the file's head says it.

use rusqlite::Connection;

use crate::store::Result;

/// Marks the file as a journal of dwell: the letters `dwel`.
pub(crate) const APPLICATION_ID: u32 = u32::from_be_bytes(*b"dwel");

/// The form of the permanent tables. A newer form is refused by older releases; forms 1 and 2 are
/// brought over.
pub(crate) const FORM: u32 = 3;

/// The permanent tables in this form.
pub(crate) const PERMANENT: &str = include_str!("../../../migrations/0003_facts.sql");

/// The number in the file's head for this form with the derived tables in that version. Tables of
/// another version do not keep a release from reading the file: it makes them anew.
pub(crate) const fn version(tables: u32) -> u32 {
    FORM * 1000 + tables
}

/// The form that a number in the file's head stands for.
pub(crate) const fn of_version(version: u32) -> u32 {
    // Forms 1 and 2 stood there by themselves.
    if version < 1000 { version } else { version / 1000 }
}

/// The number in the file's head, as the connection sees it: it has first undone what a crash left
/// half done.
pub(crate) fn version_of(connection: &Connection) -> Result<u32> {
    Ok(connection.query_row("PRAGMA user_version", [], |row| row.get(0))?)
}
