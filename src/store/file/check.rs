//! The check that the pages of the file are not damaged, and that nobody altered its tables.

use rusqlite::{Connection, OptionalExtension, ffi};

use crate::store::{Damage, Result, StoreError};

/// Journals up to this size, in bytes, are checked before each change. It takes up to 30 ms.
const LARGEST_CHECKED: u64 = 16 << 20;

/// Errors with [`Damage::Foreign`] if the file has a trigger or a view, and with [`Damage::Pages`]
/// if a page is damaged, so that no change is made to the file. The pages of a file over the limit
/// are not checked: the person would have to wait too long.
pub(crate) fn check(connection: &Connection) -> Result<()> {
    require_no_foreign_object(connection)?;
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
            return Err(failed_read(&found).unwrap_or(StoreError::damaged(Damage::Pages(found))));
        }
    }
    Ok(())
}

fn require_no_foreign_object(connection: &Connection) -> Result<()> {
    let found = connection
        .prepare("SELECT type, name FROM sqlite_schema WHERE type IN ('trigger', 'view')")?
        .query_row([], |row| Ok(Damage::Foreign { kind: row.get(0)?, name: row.get(1)? }))
        .optional()?;
    found.map_or(Ok(()), |what| Err(StoreError::damaged(what)))
}

/// The failure if the report of a check says that the system could not read a page; `None` if it
/// says that a page is damaged.
fn failed_read(report: &str) -> Option<StoreError> {
    let words: Vec<&str> = report.split([' ', '=', '\n']).collect();
    let codes = words.windows(2).filter(|pair| pair[0] == "code");
    let mut numbers = codes.filter_map(|pair| pair[1].parse::<i32>().ok());
    let code = numbers.find(|code| code & 0xff == ffi::SQLITE_IOERR)?;
    let source = rusqlite::Error::SqliteFailure(ffi::Error::new(code), None);
    Some(source.into())
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::store::Refusal;

    #[test]
    fn a_page_that_cannot_be_read_is_told_apart_from_a_damaged_one() {
        for (report, wanted) in [
            ("Tree 2 page 5: unable to get the page. error code=266", Some(Refusal::ReadFailed)),
            ("Tree 2 page 5: btreeInitPage() returns error code 11", None),
            ("Freelist: size is 3 but should be 4", None),
        ] {
            let why = failed_read(report).map(|error| match error {
                StoreError::Refused { why, .. } => why,
                other => panic!("{other}"),
            });
            assert_eq!(why, wanted, "{report}");
        }
    }
}
