//! Making all derived tables anew from the facts.

use rusqlite::Connection;

use crate::journal::entry::fact::Subject;
use crate::store::tables::{SCHEMA, device_memory, project, search_index};
use crate::store::{Progress, Result, StoreError};

/// The tables that releases up to this one have derived.
const DERIVED: [&str; 7] =
    ["search", "entry", "lesson_state", "shelf", "series", "undone", "taken_back"];

/// Drops the derived tables and makes them anew from the facts.
pub(crate) fn rebuild(connection: &Connection, progress: &mut dyn FnMut(Progress)) -> Result<()> {
    for table in DERIVED {
        connection.execute_batch(&format!("DROP TABLE IF EXISTS {table}"))?;
    }
    connection.execute_batch(SCHEMA)?;
    fill(connection, progress)
}

/// Fills the derived tables, which are empty.
pub(crate) fn fill(connection: &Connection, progress: &mut dyn FnMut(Progress)) -> Result<()> {
    search_index::add_all_lessons(connection)?;
    let subjects = subjects(connection)?;
    project::project_in_order(connection, subjects.iter(), progress)?;
    device_memory::recall_all(connection)
}

/// What all facts are about, in the order in which each was first spoken of: so the rows are made
/// in the order in which they came to be.
fn subjects(connection: &Connection) -> Result<Vec<Subject>> {
    let mut statement = connection
        .prepare("SELECT subject FROM fact GROUP BY subject ORDER BY min(clock), min(id)")?;
    let subjects = statement.query_and_then([], |row| {
        let subject =
            row.get_ref("subject")?.as_str().map_err(|_| StoreError::column("subject"))?;
        Ok(Subject::from(subject))
    })?;
    subjects.collect()
}
