//! The check that the pages of the file are not damaged.

use rusqlite::Connection;

use crate::store::{Damage, Result, StoreError};

/// Journals up to this size, in bytes, are checked before each change. It takes up to 30 ms.
const LARGEST_CHECKED: u64 = 16 << 20;

/// Errors with [`Damage::Pages`] if a page is damaged, so that no change is made to the file. A
/// file over the limit is not checked as a whole: the person would have to wait too long.
pub(crate) fn check(connection: &Connection) -> Result<()> {
    let number = |sql| connection.query_row(sql, [], |row| row.get::<_, u64>(0));
    if number("PRAGMA page_count")? * number("PRAGMA page_size")? > LARGEST_CHECKED {
        return Ok(());
    }
    // Table by table: a check of the whole file would also compare the search index with all texts.
    // That takes several times as long, and a difference there loses no words.
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
