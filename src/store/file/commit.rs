//! The one place where a change becomes durable.

use std::ops::Deref;
use std::thread;
use std::time::{Duration, Instant};

use rusqlite::{Connection, ErrorCode};

use crate::store::Result;
use crate::store::file::journal::Journal;
use crate::store::file::open;
use crate::store::file::sealed::{SealLock, SealedFile};

/// How often a change that waits asks whether it can begin.
const ASK_AGAIN: Duration = Duration::from_millis(5);

/// A long import leaves the file free for this long between two of its transactions: long enough
/// for each change that waits to find it.
pub(crate) const GAP: Duration = Duration::from_millis(15);

/// A change that goes on. Dropped without [`commit`], it changes nothing.
#[derive(Debug)]
pub(crate) struct Change<'a> {
    journal: &'a mut Journal,
    /// Held from before the sealed file is read until it is replaced.
    _lock: Option<SealLock>,
}

/// Begins a change: no other process can write until it ends. Waits for another change as long as
/// the connection waits for locks. A sealed journal is read again if it has changed.
pub(crate) fn begin(journal: &mut Journal) -> Result<Change<'_>> {
    let lock = lock(journal)?;
    open::prepare_for_changes(journal)?;
    let wait = journal.query_row("PRAGMA busy_timeout", [], |row| row.get(0))?;
    let wait = Duration::from_millis(wait);
    let started = Instant::now();
    // SQLite itself would ask more and more rarely, and miss the gaps between the transactions of
    // an import.
    journal.busy_timeout(Duration::ZERO)?;
    let begun = loop {
        match journal.execute_batch("BEGIN IMMEDIATE") {
            Err(error)
                if error.sqlite_error_code() == Some(ErrorCode::DatabaseBusy)
                    && started.elapsed() < wait =>
            {
                thread::sleep(ASK_AGAIN);
            }
            begun => break begun,
        }
    };
    journal.busy_timeout(wait)?;
    begun?;
    Ok(Change { journal, _lock: lock })
}

/// Makes the change durable. After an error the change may be durable or not: only reading the file
/// again shows it.
pub(crate) fn commit(change: Change<'_>) -> Result<()> {
    change.execute_batch("COMMIT")?;
    let sealed = seal(change.journal);
    drop(change);
    sealed
}

/// Rewrites the whole file, so that its unused pages hold no erased words.
pub(crate) fn vacuum(journal: &mut Journal) -> Result<()> {
    let _lock = lock(journal)?;
    journal.execute_batch("VACUUM")?;
    seal(journal)
}

/// Takes the lock of a sealed file, and reads the file again if it has changed.
fn lock(journal: &mut Journal) -> Result<Option<SealLock>> {
    let lock = journal.sealed.as_ref().map(SealedFile::lock).transpose()?;
    journal.refresh()?;
    Ok(lock)
}

/// Puts what is in memory in the place of a sealed file. If that fails, memory is what the file is
/// again.
fn seal(journal: &mut Journal) -> Result<()> {
    let Journal { connection, sealed: Some(sealed) } = journal else { return Ok(()) };
    let replaced = sealed.replace(connection);
    if replaced.is_err() {
        let path = sealed.path.clone();
        // If it cannot be read now, nothing can, and the next change tries again.
        let _ = journal.open_again(&path);
    }
    replaced
}

impl Deref for Change<'_> {
    type Target = Connection;

    fn deref(&self) -> &Connection {
        self.journal
    }
}

impl Drop for Change<'_> {
    fn drop(&mut self) {
        if !self.is_autocommit() {
            let _ = self.execute_batch("ROLLBACK");
        }
    }
}
