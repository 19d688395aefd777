//! How many pages of a file stay in memory.
//!
//! SQLite writes changed pages to the file before that when it has many, and from then on no other
//! process can read until the commit. A large change keeps them in memory, up to a bound.

use rusqlite::Connection;

use crate::store::Result;

/// For a large change: up to 96 MiB of changed pages stay in memory, and 24 MiB of others.
pub(crate) fn keep_in_memory(connection: &Connection) -> Result<()> {
    Ok(connection.execute_batch("PRAGMA cache_size = -24576; PRAGMA cache_spill = 24576")?)
}

/// For a copy and its check, which need hardly a page twice: the memory of a few pages is used for all
/// of them. That takes half as long as new memory for each.
pub(crate) fn keep_few(connection: &Connection) -> Result<()> {
    Ok(connection.execute_batch("PRAGMA cache_size = 10")?)
}

/// As SQLite does it by itself.
pub(crate) fn as_usual(connection: &Connection) -> Result<()> {
    Ok(connection.execute_batch(
        "PRAGMA cache_spill = ON; PRAGMA cache_size = -2000; PRAGMA shrink_memory",
    )?)
}
