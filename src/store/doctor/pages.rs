//! Whether the file is whole: SQLite's own check of all pages, and the tables, indexes and triggers
//! that it has.

use std::collections::BTreeMap;

use rusqlite::Connection;

use crate::store::Result;
use crate::store::doctor::Finding;
use crate::store::file::{check, form};
use crate::store::tables::SCHEMA;

/// So many faults of the file are told; the rest are of the same kind.
const MOST_REPORTS: usize = 20;

/// What SQLite's check of the whole file finds. Errors if the system fails to read the file.
pub(crate) fn check(connection: &Connection) -> Result<Vec<Finding>> {
    let found = reports(connection)?;
    if found.is_empty() {
        return Ok(Vec::new());
    }
    // A disk that fails once may give the right bytes the next time. What SQLite has in memory is
    // read again too.
    connection.execute_batch("PRAGMA shrink_memory")?;
    Ok(reports(connection)?.into_iter().map(finding).collect())
}

fn reports(connection: &Connection) -> Result<Vec<String>> {
    let mut statement = connection.prepare(&format!("PRAGMA integrity_check({MOST_REPORTS})"))?;
    let reports = statement.query_map([], |row| row.get::<_, String>(0))?;
    let mut found = Vec::new();
    for report in reports {
        let report = report?;
        if let Some(failed) = check::failed_read(&report) {
            return Err(failed);
        }
        found.extend(Some(report).filter(|report| report != "ok"));
    }
    Ok(found)
}

fn finding(report: String) -> Finding {
    // What FTS5 says of its own tables.
    let is_index = report.contains("FTS5") || report.contains("fts5");
    if is_index { Finding::Index { report } } else { Finding::Pages { report } }
}

/// What the file has that dwell never makes, and what it lacks or has in another form. Tables of
/// SQLite itself are passed over.
pub(crate) fn schema(connection: &Connection) -> Result<Vec<Finding>> {
    let model = Connection::open_in_memory()?;
    model.execute_batch(form::PERMANENT)?;
    let permanent = objects(&model)?;
    model.execute_batch(SCHEMA)?;
    let wanted = objects(&model)?;
    let found = objects(connection)?;
    let mut findings = Vec::new();
    for (name, (_, sql)) in &wanted {
        if found.get(name).is_none_or(|(_, other)| other != sql) {
            let is_derived = !permanent.contains_key(name);
            findings.push(Finding::Altered { name: name.clone(), is_derived });
        }
    }
    for (name, (kind, _)) in found {
        if !wanted.contains_key(&name) {
            findings.push(Finding::Foreign { kind, name });
        }
    }
    Ok(findings)
}

/// The objects of the schema by their names, each with its kind and its SQL.
fn objects(connection: &Connection) -> Result<BTreeMap<String, (String, Option<String>)>> {
    let mut statement = connection.prepare(
        "SELECT name, type, sql FROM main.sqlite_schema WHERE name NOT LIKE 'sqlite\\_%' ESCAPE '\\'",
    )?;
    let objects = statement.query_map([], |row| {
        let sql: Option<String> = row.get(2)?;
        Ok((row.get(0)?, (row.get(1)?, sql.as_deref().map(without_comments))))
    })?;
    Ok(objects.collect::<rusqlite::Result<_>>()?)
}

/// SQL without what does not count: comments and white space.
fn without_comments(sql: &str) -> String {
    let lines = sql.lines().map(|line| line.split("--").next().unwrap_or_default());
    lines.flat_map(str::split_whitespace).collect::<Vec<_>>().join(" ")
}
