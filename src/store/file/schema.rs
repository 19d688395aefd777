//! The form of the journal and the way from an older form to this one.

use rusqlite::{Connection, TransactionBehavior};
use uuid::Uuid;

use crate::store::Result;
use crate::store::tables::search_index;

/// Marks the file as a journal of dwell: the letters `dwel`.
pub(crate) const APPLICATION_ID: u32 = u32::from_be_bytes(*b"dwel");

/// The steps from an empty file to the present form. A released step is never changed.
const MIGRATIONS: [&str; 2] = [
    include_str!("../../../migrations/0001_journal.sql"),
    include_str!("../../../migrations/0002_looking_back.sql"),
];

/// The present form.
#[expect(clippy::cast_possible_truncation, reason = "there are not that many migrations")]
pub(crate) const VERSION: u32 = MIGRATIONS.len() as u32;

/// Brings the journal to the present form, in one transaction.
pub(crate) fn migrate(connection: &mut Connection) -> Result<()> {
    let transaction = connection.transaction_with_behavior(TransactionBehavior::Immediate)?;
    // Another process may have done it while this one waited.
    let version: u32 = transaction.query_row("PRAGMA user_version", [], |row| row.get(0))?;
    for (migration, to) in MIGRATIONS.iter().zip(1u32..).skip(version as usize) {
        transaction.execute_batch(migration)?;
        transaction.execute_batch(&format!("PRAGMA user_version = {to}"))?;
    }
    // Once the form is the present one, since rows are read in that form alone.
    if version < 2 {
        search_index::fill(&transaction)?;
    }
    if version == 0 {
        transaction.execute_batch(&format!("PRAGMA application_id = {APPLICATION_ID}"))?;
        // Says where facts were made. A copy of the file keeps it, so it tells nothing apart by
        // itself; the ids of the facts do.
        let device = Uuid::now_v7();
        transaction.execute(
            "INSERT INTO setting (name, value) VALUES ('device', :device)",
            rusqlite::named_params! { ":device": device.as_bytes() },
        )?;
    }
    transaction.commit()?;
    Ok(())
}
