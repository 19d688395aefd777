//! The one place where a change becomes durable.

use std::thread;
use std::time::{Duration, Instant};

use rusqlite::{Connection, ErrorCode, Transaction, TransactionBehavior};

use crate::store::Result;
use crate::store::file::open;

/// How often a change that waits asks whether it can begin.
const ASK_AGAIN: Duration = Duration::from_millis(5);

/// A long import leaves the file free for this long between two of its transactions: long enough
/// for each change that waits to find it.
pub(crate) const GAP: Duration = Duration::from_millis(15);

/// Begins a change: no other process can write until it ends. Waits for another change as long as
/// the connection waits for locks.
pub(crate) fn begin(connection: &mut Connection) -> Result<Transaction<'_>> {
    open::prepare_for_changes(connection)?;
    let wait = connection.query_row("PRAGMA busy_timeout", [], |row| row.get(0))?;
    let wait = Duration::from_millis(wait);
    let started = Instant::now();
    // SQLite itself would ask more and more rarely, and miss the gaps between the transactions of
    // an import.
    connection.busy_timeout(Duration::ZERO)?;
    let begun = loop {
        match Transaction::new_unchecked(connection, TransactionBehavior::Immediate) {
            Err(error)
                if error.sqlite_error_code() == Some(ErrorCode::DatabaseBusy)
                    && started.elapsed() < wait =>
            {
                thread::sleep(ASK_AGAIN);
            }
            begun => break begun,
        }
    };
    connection.busy_timeout(wait)?;
    Ok(begun?)
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
