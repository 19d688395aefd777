//! The one place where a change becomes durable.

use rusqlite::{Connection, Transaction, TransactionBehavior};

use crate::store::Result;

/// Begins a change: from here on no other process writes.
pub(crate) fn begin(connection: &mut Connection) -> Result<Transaction<'_>> {
    Ok(connection.transaction_with_behavior(TransactionBehavior::Immediate)?)
}

/// Makes the change durable. An error does not say that it was not made: only the file knows.
pub(crate) fn commit(transaction: Transaction<'_>) -> Result<()> {
    Ok(transaction.commit()?)
}

/// Makes the whole file anew, so that nothing is left in its unused parts.
pub(crate) fn vacuum(connection: &Connection) -> rusqlite::Result<()> {
    connection.execute_batch("VACUUM")
}
