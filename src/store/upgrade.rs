//! Upgrades a journal to the present form: its permanent tables and its derived tables.

use std::path::Path;
use std::thread;
use std::time::{Duration, Instant};

use crate::store::file::head::{self, unusable};
use crate::store::file::journal::Journal;
use crate::store::file::lock::FileLock;
use crate::store::file::{check, commit, form, open};
use crate::store::old_forms;
use crate::store::tables::{self, rebuild};
use crate::store::{Backups, Damage, Progress, Result, StoreError, Unusable};

/// Upgrades the file to the present form, in one transaction; does nothing if it has that form. A
/// backup is made before its permanent tables are changed.
///
/// Errors with [`StoreError::Damaged`] if a page is damaged or something would be lost, and with
/// [`StoreError::NoBackup`]. The file is then as it was.
pub(crate) fn upgrade(
    journal: &mut Journal,
    backups: Option<&Backups>,
    progress: &mut dyn FnMut(Progress),
) -> Result<()> {
    let version = form::version_of(journal)?;
    if version == tables::CURRENT {
        return Ok(());
    }
    if version > 0 {
        check::check(journal)?;
    }
    let _lock = if is_old(version) {
        // A number that is damaged makes no backups.
        old_forms::require(journal)?;
        prepare_to_convert(journal, backups)?
    } else {
        None
    };
    let transaction = commit::begin(journal)?;
    // Another process may have done it while this one waited.
    let version = form::version_of(&transaction)?;
    if version == tables::CURRENT {
        return Ok(());
    }
    match form::of_version(version) {
        newer if newer > form::FORM => {
            let path = transaction.path().unwrap_or_default().to_owned();
            return Err(head::newer(Path::new(&path), version));
        }
        0 => {
            transaction.execute_batch(form::PERMANENT)?;
            let id = form::APPLICATION_ID;
            transaction.execute_batch(&format!("PRAGMA application_id = {id}"))?;
        }
        1 | 2 => {
            let before = old_forms::count(&transaction)?;
            old_forms::convert(&transaction)?;
            if old_forms::count_converted(&transaction)? != before {
                return Err(StoreError::damaged(Damage::Conversion));
            }
        }
        _ => {}
    }
    rebuild::rebuild(&transaction, progress)?;
    transaction.execute_batch(&format!("PRAGMA user_version = {}", tables::CURRENT))?;
    commit::commit(transaction)
}

/// How often a process that waits for another one to upgrade the journal looks again.
const ASK_AGAIN: Duration = Duration::from_millis(20);

/// Whether the permanent tables have an older form.
fn is_old(version: u32) -> bool {
    (1..form::FORM).contains(&form::of_version(version))
}

/// Takes the lock beside the journal, so that one process at a time makes a backup and upgrades, and
/// makes the backup. If another process has upgraded the journal meanwhile, a backup does no harm.
fn prepare_to_convert(
    journal: &mut Journal,
    backups: Option<&Backups>,
) -> Result<Option<FileLock>> {
    if let Some(sealed) = &journal.sealed {
        if let Some(backups) = backups {
            let made = backups.make_sealed_before_upgrade(sealed);
            made.map_err(|error| StoreError::NoBackup(Box::new(error)))?;
        }
        // The change itself holds the lock of a sealed file.
        return Ok(None);
    }
    // One in memory has no path.
    let path = journal.path().filter(|path| !path.is_empty()).map(Path::new);
    let Some(path) = path else { return Ok(None) };
    let started = Instant::now();
    let lock = loop {
        let cannot = |error| unusable(path, Unusable::NotCreated(error));
        match FileLock::take(path, "-upgrade").map_err(cannot)? {
            None if started.elapsed() < open::WAIT => thread::sleep(ASK_AGAIN),
            lock => break lock,
        }
    };
    if let Some(backups) = backups
        && is_old(form::version_of(journal)?)
    {
        let made = backups.make_before_upgrade(&mut journal.connection);
        made.map_err(|error| StoreError::NoBackup(Box::new(error)))?;
    }
    Ok(lock)
}
