//! Bringing a journal to the present form: its permanent tables, and the tables that are derived.

use rusqlite::Connection;

use crate::store::file::{check, commit, form};
use crate::store::old_forms;
use crate::store::tables::{self, rebuild};
use crate::store::{Progress, Result};

/// Brings the file to the present form, in one transaction; does nothing if it has it.
pub(crate) fn bring_up_to_date(
    connection: &mut Connection,
    progress: &mut dyn FnMut(Progress),
) -> Result<()> {
    let found = form::version_of(connection)?;
    if found == tables::CURRENT {
        return Ok(());
    }
    if found > 0 {
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
        1 | 2 => old_forms::bring_over(&transaction)?,
        _ => {}
    }
    rebuild::rebuild(&transaction, progress)?;
    transaction.execute_batch(&format!("PRAGMA user_version = {}", tables::CURRENT))?;
    commit::commit(transaction)
}
