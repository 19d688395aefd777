//! Rebuilds all derived tables from the facts.

use rusqlite::Connection;

use crate::journal::entry::fact::Subject;
use crate::store::tables::{SCHEMA, device_memory, project, search_index};
use crate::store::{Progress, Result, StoreError};

/// The derived tables of this release and of all before it.
const DERIVED: [&str; 8] =
    ["search", "entry", "edition", "lesson_state", "shelf", "series", "undone", "taken_back"];

/// Drops the derived tables and builds them again from the facts.
pub(crate) fn rebuild(connection: &Connection, progress: &mut dyn FnMut(Progress)) -> Result<()> {
    for table in DERIVED {
        connection.execute_batch(&format!("DROP TABLE IF EXISTS {table}"))?;
    }
    connection.execute_batch(SCHEMA)?;
    fill(connection, progress)
}

/// Fills the derived tables, which must be empty.
pub(crate) fn fill(connection: &Connection, progress: &mut dyn FnMut(Progress)) -> Result<()> {
    search_index::add_lessons(connection, 0)?;
    let subjects = subjects(connection)?;
    project::project_in_order(connection, subjects.iter(), progress)?;
    device_memory::recall_all(connection)
}

/// The subjects of all facts, each once, in the order of their first facts: rows are then made in
/// the order in which they were first made.
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
