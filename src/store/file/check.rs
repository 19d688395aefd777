//! Whether the pages of the file are sound.

use rusqlite::Connection;

use crate::store::{Damage, Result, StoreError};

/// Journals up to this size are checked before each change; it takes some 30 ms at the most.
const CHECKED_UP_TO: u64 = 16 << 20;

/// Errors if the file is damaged, so that no change is made to it. A larger file than fits a
/// person's patience is taken as it is; what a change reads of it is checked all the same.
pub(crate) fn check(connection: &Connection) -> Result<()> {
    let number = |sql| connection.query_row(sql, [], |row| row.get::<_, u64>(0));
    if number("PRAGMA page_count")? * number("PRAGMA page_size")? > CHECKED_UP_TO {
        return Ok(());
    }
    // Table by table: all at once, SQLite would also compare the search index with all words, which
    // takes several times as long, and no word is lost where the two differ.
    let mut tables = connection.prepare(
        "SELECT name FROM sqlite_schema WHERE type = 'table' AND rootpage > 0
         UNION ALL SELECT 'sqlite_schema'",
    )?;
    let mut tables = tables.query([])?;
    let mut quick_check = connection.prepare("SELECT * FROM pragma_quick_check(:table)")?;
    while let Some(row) = tables.next()? {
        let table: String = row.get("name")?;
        let found: String = quick_check.query_row([table], |row| row.get(0))?;
        if found != "ok" {
            return Err(StoreError::Damaged(Damage::Pages(found)));
        }
    }
    Ok(())
}
