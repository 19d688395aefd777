//! The check before a change: that the pages of the file are not damaged, and that nobody altered
//! its tables.
//!
//! It takes no longer than the change itself. So all pages of a small journal are checked; of a
//! larger one those of the rows beside which new ones will be written, and of a part of the others,
//! with each fact the next part. That finds a page that was written by half or holds other bytes. It
//! does not find a changed letter in a text: the hash of a fact shows that when its day is read.

use rusqlite::{Connection, OptionalExtension, ffi};

use crate::store::file::open;
use crate::store::{Damage, Result, StoreError};

/// All pages of a journal up to this size, in bytes, are checked before each change, or in the backup that
/// was just made.
const LARGEST_CHECKED: u64 = 2 << 20;

/// Of a larger journal, the pages of this many of its last rows, and of this many others.
const LAST_ROWS: i64 = 32;
const OTHER_ROWS: i64 = 128;

/// Errors with [`Damage::Foreign`] if the file has a trigger or a view, and with [`Damage::Pages`]
/// if a page is damaged, so that no change is made to the file.
pub(crate) fn check(connection: &Connection) -> Result<()> {
    open::prepare_for_changes(connection)?;
    require_no_foreign_object(connection)?;
    if is_large(connection)? { check_parts(connection) } else { check_all(connection) }
}

/// The same if [`check_all`] has just found nothing in a copy of the journal. Of a large one the indexes
/// are left to compare.
pub(crate) fn check_after_copy(connection: &Connection) -> Result<()> {
    open::prepare_for_changes(connection)?;
    if is_large(connection)? { check_parts(connection) } else { Ok(()) }
}

fn is_large(connection: &Connection) -> Result<bool> {
    let number = |sql| connection.query_row(sql, [], |row| row.get::<_, u64>(0));
    Ok(number("PRAGMA page_count")? * number("PRAGMA page_size")? > LARGEST_CHECKED)
}

/// Errors with [`Damage::Pages`] if any page of the file is damaged.
pub(crate) fn check_all(connection: &Connection) -> Result<()> {
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

/// Reads the last facts and entries, and the facts whose turn it is, by what an index has of them.
/// If their page is damaged, SQLite fails to read it, finds no such row, or reads what no row of
/// the table can hold.
fn check_parts(connection: &Connection) -> Result<()> {
    let found = find_in_parts(connection).or_else(|error| match error.sqlite_error_code() {
        Some(ffi::ErrorCode::DatabaseCorrupt) => Ok(Some(error.to_string())),
        _ => Err(error),
    });
    match found? {
        Some(found) => Err(StoreError::damaged(Damage::Pages(found))),
        None => Ok(()),
    }
}

fn find_in_parts(connection: &Connection) -> rusqlite::Result<Option<String>> {
    let last = "SELECT coalesce(max(clock), 0) FROM fact";
    let last: i64 = connection.query_row(last, [], |row| row.get(0))?;
    let turn = last % (last / OTHER_ROWS + 1) * OTHER_ROWS;
    let mut damaged_fact = connection.prepare_cached(DAMAGED_FACT)?;
    for clocks in [[turn, turn + OTHER_ROWS], [last - LAST_ROWS, last]] {
        if damaged_fact.exists(clocks)? {
            return Ok(Some("missing-row:fact".to_owned()));
        }
    }
    let is_damaged = connection.prepare_cached(DAMAGED_ENTRY)?.exists([LAST_ROWS])?;
    Ok(is_damaged.then(|| "missing-row:entry".to_owned()))
}

// A text of very many pages is not read: its length stands at the beginning of its row.
const DAMAGED_FACT: &str = "
    SELECT 1 FROM (SELECT rowid AS number FROM fact INDEXED BY fact_clock
                   WHERE clock BETWEEN ?1 AND ?2 ORDER BY clock LIMIT 256)
    LEFT JOIN fact ON fact.rowid = number
    WHERE octet_length(fact.id) IS NOT 16 OR typeof(fact.kind) <> 'text'
          OR octet_length(fact.change) IS NOT 16 OR typeof(fact.body) <> 'text'
          OR octet_length(fact.hash) IS NOT 32
          OR (octet_length(fact.body) <= 65536 AND length(fact.body) = 0)";
const DAMAGED_ENTRY: &str = "
    SELECT 1 FROM (SELECT id AS number FROM entry INDEXED BY sqlite_autoindex_entry_1
                   ORDER BY day DESC LIMIT ?1)
    LEFT JOIN entry ON entry.id = number
    WHERE octet_length(entry.day) IS NOT 10 OR typeof(entry.quiet) <> 'integer'
          OR typeof(entry.text) NOT IN ('text', 'null')
          OR (octet_length(entry.text) <= 65536 AND length(entry.text) = 0)";

pub(crate) fn require_no_foreign_object(connection: &Connection) -> Result<()> {
    let found = connection
        .prepare("SELECT type, name FROM sqlite_schema WHERE type IN ('trigger', 'view')")?
        .query_row([], |row| Ok(Damage::Foreign { kind: row.get(0)?, name: row.get(1)? }))
        .optional()?;
    found.map_or(Ok(()), |what| Err(StoreError::damaged(what)))
}

/// The failure if the report of a check says that the system could not read a page; `None` if it
/// says that a page is damaged.
pub(crate) fn failed_read(report: &str) -> Option<StoreError> {
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
