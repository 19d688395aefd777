//! The form of the permanent tables, and the number for it in the file's head.

use rusqlite::Connection;

use crate::store::Result;

/// Marks the file as a journal of dwell: the letters `dwel`.
pub(crate) const APPLICATION_ID: u32 = u32::from_be_bytes(*b"dwel");

/// The form of the permanent tables. Older releases refuse a newer form; forms 1 and 2 are
/// upgraded.
pub(crate) const FORM: u32 = 3;

/// The permanent tables in this form.
pub(crate) const PERMANENT: &str = include_str!("../../../migrations/0003_facts.sql");

/// The number in the file's head: this form, and the version of the derived tables. A release that
/// finds another version of the derived tables rebuilds them.
pub(crate) const fn version(tables: u32) -> u32 {
    FORM * 1000 + tables
}

/// The form in a number from the file's head.
pub(crate) const fn of_version(version: u32) -> u32 {
    // Forms 1 and 2 stood there without a version of the tables.
    if version < 1000 { version } else { version / 1000 }
}

/// The number in the file's head, read by SQLite, which first rolls back a change that a crash
/// interrupted.
pub(crate) fn version_of(connection: &Connection) -> Result<u32> {
    Ok(connection.query_row("PRAGMA user_version", [], |row| row.get(0))?)
}
