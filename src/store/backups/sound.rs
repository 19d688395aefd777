//! Whether a copy of a journal is whole: its pages, the hash of each fact, and how much it has.

use std::path::Path;

use rusqlite::{Connection, OpenFlags};

use crate::store::facts::whole;
use crate::store::file::{check, form, head, open, pages};
use crate::store::{Result, StoreError, Unusable};

/// How much a journal has.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct Counts {
    pub facts: u64,
    pub lessons: u64,
    pub settings: u64,
    /// The days that have an entry.
    pub entries: u64,
}

/// How much the journal has, in any form.
pub(crate) fn counts(connection: &Connection) -> Result<Counts> {
    let count = |sql| connection.query_row(sql, [], |row| row.get::<_, u64>(0));
    Ok(Counts {
        facts: count("SELECT count(*) FROM fact")?,
        lessons: count("SELECT count(*) FROM lesson")?,
        settings: count("SELECT count(*) FROM setting")?,
        entries: count("SELECT count(*) FROM entry")?,
    })
}

/// Reads a copy from its first page to its last, and returns how much it has. Errors if a page or a
/// fact is damaged, or if it is no journal that this dwell can use.
pub(crate) fn require_whole(path: &Path) -> Result<Counts> {
    let head = head::read(path)?.ok_or_else(|| head::unusable(path, Unusable::Gone))?;
    let whole = || {
        let flags = OpenFlags::SQLITE_OPEN_READ_ONLY | OpenFlags::SQLITE_OPEN_NO_MUTEX;
        let connection = Connection::open_with_flags(path, flags)?;
        open::distrust(&connection)?;
        pages::keep_few(&connection)?;
        require_whole_journal(&connection, head.version)
    };
    whole().map_err(|error: StoreError| error.at(path))
}

/// The same of an open journal with this number in its head.
pub(crate) fn require_whole_journal(connection: &Connection, version: u32) -> Result<Counts> {
    check::require_no_foreign_object(connection)?;
    check::check_all(connection)?;
    // In older forms the hash is over other bytes; the upgrade looks at it.
    if form::of_version(version) == form::FORM {
        whole::require_whole(connection)?;
    }
    counts(connection)
}
