//! Reads a table row by row, in the order of the table and not by an index, in batches: no lock is
//! held for long.

use rusqlite::{Connection, Row, named_params};

use crate::store::doctor::Finding;
use crate::store::read::{BATCH, out_of_order};
use crate::store::{Result, StoreError};

/// Reads all rows of a table: `read` is given each row and its number, and `take` what it made of the
/// rows of a batch. Returns the finding if a page of the table is damaged and ends it. Errors if the
/// file cannot be read.
pub(crate) fn each_batch<T>(
    connection: &Connection,
    table: &'static str,
    read: impl Fn(&Row<'_>, i64) -> T,
    mut take: impl FnMut(Vec<T>),
) -> Result<Option<Finding>> {
    let mut last = 0;
    loop {
        let batch = || batch(connection, table, last, &read);
        let (rows, end) = match batch().or_else(|_| batch()) {
            Ok(batch) => batch,
            Err(StoreError::Refused { why, .. }) if why.is_damage() => {
                return Ok(Some(Finding::Unreadable { table, row: last }));
            }
            Err(error) => return Err(error),
        };
        if rows.is_empty() {
            return Ok(None);
        }
        take(rows);
        last = end;
    }
}

/// What `read` makes of the rows after this one, and the number of the last of them.
fn batch<T>(
    connection: &Connection,
    table: &str,
    after: i64,
    read: impl Fn(&Row<'_>, i64) -> T,
) -> Result<(Vec<T>, i64)> {
    let mut statement = connection.prepare_cached(&format!(
        "SELECT rowid AS place, * FROM {table} NOT INDEXED WHERE rowid > :after
         ORDER BY rowid LIMIT :batch"
    ))?;
    let mut rows = statement.query(named_params! { ":after": after, ":batch": BATCH })?;
    let (mut batch, mut last) = (Vec::new(), after);
    while let Some(row) = rows.next()? {
        let place = row.get("place")?;
        if place <= last {
            // What was read so far is returned first.
            return if batch.is_empty() { Err(out_of_order()) } else { Ok((batch, last)) };
        }
        last = place;
        batch.push(read(row, place));
    }
    Ok((batch, last))
}
