//! Whether the facts are what was written: the hash of each.

use rusqlite::{Connection, Row};

use crate::store::facts::columns::{Columns, HASH, IN_ORDER};
use crate::store::{Result, StoreError};

/// Errors with [`Damage::Fact`](crate::store::Damage::Fact) if a fact cannot be read or its
/// hash does not match.
pub(crate) fn require_whole(connection: &Connection) -> Result<()> {
    each_hash(connection, |row, is_whole| {
        if !is_whole {
            // Names the fact.
            Columns::in_order(row)?.fact(&row.get::<_, Vec<u8>>(HASH)?)?;
            return Err(StoreError::column("hash"));
        }
        Ok(())
    })
}

/// How many facts there are, and how many of them have a hash that matches.
pub(crate) fn count(connection: &Connection) -> Result<(u64, u64)> {
    let (mut facts, mut whole) = (0, 0);
    each_hash(connection, |_, is_whole| {
        facts += 1;
        whole += u64::from(is_whole);
        Ok(())
    })?;
    Ok((facts, whole))
}

/// Calls `each` with the row of each fact, and whether its hash matches. Errors as
/// [`require_whole`] if a fact cannot be read.
pub(crate) fn each_hash(
    connection: &Connection,
    mut each: impl FnMut(&Row<'_>, bool) -> Result<()>,
) -> Result<()> {
    let mut statement = connection.prepare(&format!("SELECT {IN_ORDER} FROM fact"))?;
    let mut rows = statement.query([])?;
    while let Some(row) = rows.next()? {
        let hash = row.get_ref(HASH)?.as_blob().map_err(|_| StoreError::column("hash"))?;
        let is_whole = Columns::in_order(row)?.hash().as_slice() == hash;
        each(row, is_whole)?;
    }
    Ok(())
}
