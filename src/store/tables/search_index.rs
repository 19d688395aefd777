//! The search index: updates what a search finds when entries and lessons change.

use rusqlite::{Connection, OptionalExtension, named_params};

use crate::journal::entry::reflection::Afterthought;
use crate::journal::lesson::LessonText;
use crate::journal::search::{lookup_form, lookup_form_of_parts};
use crate::journal::{Day, LessonId, Reflection, Step};
use crate::store::Result;
use crate::store::facts::row::uuid;

/// The text by which a search finds an entry; `None` if nothing is written on the day.
pub(crate) fn body(
    reflection: Option<&Reflection>,
    step: Option<&Step>,
    afterthoughts: &[Afterthought],
) -> Option<String> {
    let parts: Vec<&str> = (reflection.map(|reflection| reflection.text.as_str()).into_iter())
        .chain(step.into_iter().flat_map(Step::texts))
        .chain(afterthoughts.iter().map(|afterthought| afterthought.text.as_str()))
        .collect();
    (!parts.is_empty()).then(|| lookup_form_of_parts(&parts))
}

/// Replaces the text by which a search finds a day's entry; `None` removes the entry from the
/// index. Does nothing if the day has no entry.
pub(crate) fn put_entry(connection: &Connection, day: Day, body: Option<&str>) -> Result<()> {
    let id: Option<i64> = connection
        .prepare_cached("SELECT id FROM entry WHERE day = :day")?
        .query_row(named_params! { ":day": day.to_string() }, |row| row.get(0))
        .optional()?;
    let Some(id) = id else { return Ok(()) };
    let before: Option<String> = connection
        .prepare_cached("SELECT body FROM search WHERE rowid = :id")?
        .query_row(named_params! { ":id": id }, |row| row.get(0))
        .optional()?;
    if before.as_deref() == body {
        return Ok(());
    }
    if before.is_some() {
        connection
            .prepare_cached("DELETE FROM search WHERE rowid = :id")?
            .execute(named_params! { ":id": id })?;
    }
    if let Some(body) = body {
        connection
            .prepare_cached("INSERT INTO search (rowid, title, body) VALUES (:id, '', :body)")?
            .execute(named_params! { ":id": id, ":body": body })?;
    }
    Ok(())
}

/// Adds lessons to the index. None of them may be in it.
pub(crate) fn add_lessons<'a>(
    connection: &Connection,
    lessons: impl IntoIterator<Item = (LessonId, &'a LessonText)>,
) -> Result<()> {
    let lowest: Option<i64> = connection
        .query_row("SELECT rowid FROM search WHERE rowid < 0 ORDER BY rowid LIMIT 1", [], |row| {
            row.get(0)
        })
        .optional()?;
    let mut insert = connection.prepare_cached(
        "INSERT INTO search (rowid, title, body, lesson) VALUES (:id, :title, :body, :lesson)",
    )?;
    let mut id = lowest.unwrap_or_default();
    for (lesson, text) in lessons {
        id -= 1;
        insert.execute(named_params! {
            ":id": id,
            ":title": lookup_form(&text.title),
            ":body": lookup_form_of_parts(&[&text.story, &text.takeaway, &text.question]),
            ":lesson": lesson.0.as_bytes(),
        })?;
    }
    Ok(())
}

/// Adds all lessons of the journal to the index, in the order in which they were added to the
/// journal. None of them may be in the index.
pub(crate) fn add_all_lessons(connection: &Connection) -> Result<()> {
    let mut statement = connection
        .prepare("SELECT id, title, story, takeaway, question FROM lesson ORDER BY rowid")?;
    let mut rows = statement.query([])?;
    while let Some(row) = rows.next()? {
        let text = LessonText {
            title: row.get("title")?,
            story: row.get("story")?,
            takeaway: row.get("takeaway")?,
            question: row.get("question")?,
            tags: Vec::new(),
        };
        add_lessons(connection, [(LessonId(uuid(row, "id")?), &text)])?;
    }
    Ok(())
}

/// Rebuilds the index from its own rows, so that it holds no removed words.
pub(crate) fn pack(connection: &Connection) -> rusqlite::Result<()> {
    connection.execute_batch("INSERT INTO search (search) VALUES ('rebuild')")
}
