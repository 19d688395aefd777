//! Upgrades a journal to the present form: its permanent tables and its derived tables.

use rusqlite::Connection;

use crate::store::file::{check, commit, form};
use crate::store::old_forms;
use crate::store::tables::{self, rebuild};
use crate::store::{Progress, Result};

/// Upgrades the file to the present form, in one transaction; does nothing if it has that form.
/// Errors with [`StoreError::Damaged`] if a page is damaged.
///
/// [`StoreError::Damaged`]: crate::store::StoreError::Damaged
pub(crate) fn upgrade(
    connection: &mut Connection,
    progress: &mut dyn FnMut(Progress),
) -> Result<()> {
    let version = form::version_of(connection)?;
    if version == tables::CURRENT {
        return Ok(());
    }
    if version > 0 {
        check::check(connection)?;
    }
    let transaction = commit::begin(connection)?;
    // Another process may have done it while this one waited.
    match form::of_version(form::version_of(&transaction)?) {
        0 => {
            transaction.execute_batch(form::PERMANENT)?;
            let id = form::APPLICATION_ID;
            transaction.execute_batch(&format!("PRAGMA application_id = {id}"))?;
        }
        1 | 2 => old_forms::convert(&transaction)?,
        _ => {}
    }
    rebuild::rebuild(&transaction, progress)?;
    transaction.execute_batch(&format!("PRAGMA user_version = {}", tables::CURRENT))?;
    commit::commit(transaction)
}
