//! What a batch leaves if it does not come to its end: how it is found, and how it is cleared.

use std::collections::{HashMap, HashSet};

use rusqlite::{Connection, OptionalExtension, named_params};

use crate::journal::entry::fact::Subject;
use crate::journal::search::lesson_words;
use crate::journal::{Event, LessonId, Slug};
use crate::store::facts::row;
use crate::store::file::commit;
use crate::store::file::journal::Journal;
use crate::store::tables::{rows, search_index};
use crate::store::{Progress, Result};

/// One transaction clears at most this many lessons.
const MOST: i64 = 5000;

/// Remembers that from here on rows of `lesson` may be of a batch.
pub(crate) fn remember(connection: &Connection) -> Result<()> {
    let first = search_index::last_lesson(connection)? + 1;
    let is_first = connection
        .prepare_cached("INSERT OR IGNORE INTO setting (name, value) VALUES ('batch', :first)")?
        .execute(named_params! { ":first": first })?
        > 0;
    if is_first { search_index::expect_many(connection) } else { Ok(()) }
}

/// Forgets it: all rows are of series.
pub(crate) fn forget(connection: &Connection) -> Result<()> {
    let was_there = connection.execute("DELETE FROM setting WHERE name = 'batch'", [])? > 0;
    if was_there { search_index::expect_few(connection) } else { Ok(()) }
}

/// Clears what a batch left.
pub(crate) fn clear(connection: &mut Journal, progress: &mut dyn FnMut(Progress)) -> Result<()> {
    let first: Option<i64> = connection
        .query_row("SELECT value FROM setting WHERE name = 'batch'", [], |row| row.get(0))
        .optional()?;
    let Some(first) = first else { return Ok(()) };
    let mut before = search_index::last_lesson(connection)? + 1;
    let total = usize::try_from(before - first).unwrap_or_default();
    let mut named = Named::default();
    while before > first {
        let transaction = commit::begin(connection)?;
        let low = first.max(before - MOST);
        clear_rows(&transaction, low, before, &mut named)?;
        before = low;
        commit::commit(transaction)?;
        progress(Progress {
            done: total - usize::try_from(before - first).unwrap_or_default(),
            total,
        });
        std::thread::sleep(commit::GAP);
    }
    let transaction = commit::begin(connection)?;
    forget(&transaction)?;
    commit::commit(transaction)
}

/// Clears the rows from `low` up to the one before `high` that no fact names.
fn clear_rows(connection: &Connection, low: i64, high: i64, named: &mut Named) -> Result<()> {
    let mut statement = connection.prepare_cached(
        "SELECT rowid, id, series, title, story, takeaway, question FROM lesson
         WHERE rowid >= :low AND rowid < :high ORDER BY rowid DESC",
    )?;
    let mut delete_place = connection.prepare_cached("DELETE FROM lesson_state WHERE row = ?1")?;
    let mut delete_lesson = connection.prepare_cached("DELETE FROM lesson WHERE rowid = ?1")?;
    let mut leftover: Vec<i64> = Vec::new();
    let mut rows = statement.query(named_params! { ":low": low, ":high": high })?;
    while let Some(row) = rows.next()? {
        let id = LessonId(row::uuid(row, "id")?);
        if named.has(connection, rows::parsed(row, "series")?, id)? {
            continue;
        }
        let (title, body) = lesson_words(&search_index::lesson_text(row)?);
        let number = row.get("rowid")?;
        search_index::remove_words(connection, number, &title, &body)?;
        leftover.push(number);
    }
    drop(rows);
    for number in leftover {
        delete_place.execute([number])?;
        delete_lesson.execute([number])?;
    }
    Ok(())
}

/// The lessons that facts name, by series.
#[derive(Default)]
struct Named(HashMap<Slug, HashSet<LessonId>>);

impl Named {
    fn has(&mut self, connection: &Connection, slug: Slug, lesson: LessonId) -> Result<bool> {
        if let Some(named) = self.0.get(&slug) {
            return Ok(named.contains(&lesson));
        }
        let mut named = HashSet::new();
        for (fact, _) in row::on_subject(connection, &Subject::Series(slug.clone()))? {
            match fact.event {
                Event::SeriesAdded { lessons, .. } | Event::LessonsAdded { lessons, .. } => {
                    named.extend(lessons);
                }
                Event::LessonEdited { lesson, before, .. } => named.extend([lesson, before]),
                _ => {}
            }
        }
        let has = named.contains(&lesson);
        self.0.insert(slug, named);
        Ok(has)
    }
}
