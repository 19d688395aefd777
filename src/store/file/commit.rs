//! The one place where a change becomes durable.

use rusqlite::{Connection, Transaction, TransactionBehavior};

use crate::store::Result;

/// Begins a change: no other process can write until it ends.
pub(crate) fn begin(connection: &mut Connection) -> Result<Transaction<'_>> {
    Ok(connection.transaction_with_behavior(TransactionBehavior::Immediate)?)
}

/// Makes the change durable. After an error the change may be durable or not: only reading the file
/// again shows it.
pub(crate) fn commit(transaction: Transaction<'_>) -> Result<()> {
    Ok(transaction.commit()?)
}

/// Rewrites the whole file, so that its unused pages hold no erased words.
pub(crate) fn vacuum(connection: &Connection) -> rusqlite::Result<()> {
    connection.execute_batch("VACUUM")
}
