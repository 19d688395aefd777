//! The search index: keeping what a search finds in step with entries and lessons.

use rusqlite::{Connection, OptionalExtension, named_params};

use crate::journal::entry::reflection::Afterthought;
use crate::journal::lesson::LessonText;
use crate::journal::search::{lookup_form, lookup_form_of_parts};
use crate::journal::{Day, LessonId, Reflection, Step};
use crate::store::Result;
use crate::store::facts::row::uuid;

/// What a search finds of an entry; `None` if there are no words in it.
pub(crate) fn body(
    reflection: Option<&Reflection>,
    step: Option<&Step>,
    afterthoughts: &[Afterthought],
) -> Option<String> {
    let parts: Vec<&str> = (reflection.map(|reflection| reflection.text.as_str()).into_iter())
        .chain(step.map(|step| step.text.as_str()))
        .chain(afterthoughts.iter().map(|afterthought| afterthought.text.as_str()))
        .collect();
    (!parts.is_empty()).then(|| lookup_form_of_parts(&parts))
}

/// Has a search find this body for a day's entry, which has a row, and nothing else.
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

/// Has a search find these lessons, none of which it finds yet.
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

/// Has a search find all lessons of the journal, in the order in which they came into it. It finds
/// none yet.
pub(crate) fn add_all_lessons(connection: &Connection) -> Result<()> {
    let mut statement = connection
        .prepare("SELECT id, title, story, takeaway, question FROM lesson ORDER BY rowid")?;
    let mut found = statement.query([])?;
    while let Some(row) = found.next()? {
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

/// Makes the index anew from the words that it is to find, so that nothing is left of others.
pub(crate) fn pack(connection: &Connection) -> rusqlite::Result<()> {
    connection.execute_batch("INSERT INTO search (search) VALUES ('rebuild')")
}
