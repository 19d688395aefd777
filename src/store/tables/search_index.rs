//! The search index: updates what a search finds when entries and lessons change.
//!
//! The index has no copy of the texts. To take a text out of it, the words that were put in are
//! named again: they are made from the entry as it was.

use rusqlite::{Connection, OptionalExtension, Row, named_params};

use crate::journal::Day;
use crate::journal::entry::reflection::Afterthought;
use crate::journal::lesson::LessonText;
use crate::journal::search::{index_form, lesson_words};
use crate::store::Result;
use crate::store::tables::rows;

/// The texts by which a search finds an entry: the reflection, what was said of the step, the
/// afterthoughts.
pub(crate) type Texts = Vec<String>;

/// The texts of an entry.
pub(crate) fn texts<'a>(
    reflection: Option<&'a str>,
    of_step: impl Iterator<Item = &'a str>,
    afterthoughts: &'a [Afterthought],
) -> Texts {
    let parts = reflection.into_iter().chain(of_step);
    let parts = parts.chain(afterthoughts.iter().map(|afterthought| afterthought.text.as_str()));
    parts.map(str::to_owned).collect()
}

/// The start of a query for the columns of entries that [`texts_in`] reads, with the day and the
/// lesson.
pub(crate) const SELECT_TEXTS: &str = "
    SELECT id, day, lesson, text, step, step_when, step_outcome, afterthoughts FROM entry";

/// The texts of an entry from its row.
pub(crate) fn texts_in(row: &Row<'_>) -> Result<Texts> {
    let column = |name| row.get::<_, Option<String>>(name);
    let of_step = [column("step")?, column("step_when")?, column("step_outcome")?];
    let of_step = of_step.iter().flatten().map(String::as_str);
    Ok(texts(column("text")?.as_deref(), of_step, &rows::afterthoughts(row)?))
}

/// Replaces the texts by which a search finds the entry of a day. `before` must be those that the
/// index has. The entry must be there if either has any.
pub(crate) fn put_entry(
    connection: &Connection,
    day: Day,
    before: &Texts,
    after: &Texts,
) -> Result<()> {
    if before == after {
        return Ok(());
    }
    let id: i64 = connection
        .prepare_cached("SELECT id FROM entry WHERE day = :day")?
        .query_row(named_params! { ":day": day.to_string() }, |row| row.get(0))?;
    if !before.is_empty() {
        let body = body(before);
        connection
            .prepare_cached(
                "INSERT INTO search (search, rowid, title, body) VALUES ('delete', :id, '', :body)",
            )?
            .execute(named_params! { ":id": id, ":body": body })?;
    }
    if !after.is_empty() {
        add(connection, id, "", &body(after))?;
    }
    Ok(())
}

fn body(texts: &Texts) -> String {
    index_form(&texts.iter().map(String::as_str).collect::<Vec<_>>())
}

fn add(connection: &Connection, id: i64, title: &str, body: &str) -> Result<()> {
    connection
        .prepare_cached("INSERT INTO search (rowid, title, body) VALUES (:id, :title, :body)")?
        .execute(named_params! { ":id": id, ":title": title, ":body": body })?;
    Ok(())
}

/// Adds the words of a lesson; `number` is that of its row. Lessons come best with descending
/// numbers: FTS5 writes a segment for each row whose number in the index is lower than that of the
/// row before.
pub(crate) fn add_words(
    connection: &Connection,
    number: i64,
    title: &str,
    body: &str,
) -> Result<()> {
    connection
        .prepare_cached("INSERT INTO search (rowid, title, body) VALUES (?1, ?2, ?3)")?
        .execute((-number, title, body))?;
    Ok(())
}

/// Takes the words of a lesson out of the index.
pub(crate) fn remove_words(
    connection: &Connection,
    number: i64,
    title: &str,
    body: &str,
) -> Result<()> {
    connection
        .prepare_cached(
            "INSERT INTO search (search, rowid, title, body) VALUES ('delete', ?1, ?2, ?3)",
        )?
        .execute((-number, title, body))?;
    Ok(())
}

/// The number of the last lesson of the journal, for [`add_lessons`].
pub(crate) fn last_lesson(connection: &Connection) -> Result<i64> {
    let last = "SELECT rowid FROM lesson ORDER BY rowid DESC LIMIT 1";
    Ok(connection.query_row(last, [], |row| row.get(0)).optional()?.unwrap_or_default())
}

/// Adds the lessons to the index that came into the journal after the one with the number `after`.
/// None of them may be in the index. Lessons are never removed, so their numbers stay.
pub(crate) fn add_lessons(connection: &Connection, after: i64) -> Result<()> {
    // FTS5 writes a segment for each row whose number is lower than that of the row before.
    let mut statement = connection.prepare_cached(
        "SELECT rowid, title, story, takeaway, question FROM lesson
         WHERE rowid > :after ORDER BY rowid DESC",
    )?;
    let mut rows = statement.query(named_params! { ":after": after })?;
    while let Some(row) = rows.next()? {
        let (title, body) = lesson_words(&lesson_text(row)?);
        add_words(connection, row.get("rowid")?, &title, &body)?;
    }
    Ok(())
}

/// The text of a lesson from its row, without its tags, which a search does not read.
pub(crate) fn lesson_text(row: &Row<'_>) -> Result<LessonText> {
    Ok(LessonText {
        title: row.get("title")?,
        story: row.get("story")?,
        takeaway: row.get("takeaway")?,
        question: row.get("question")?,
        tags: Vec::new(),
    })
}

/// Before very many rows: the index gathers more of their words in memory before it writes them, and
/// so has less to merge. Holds for all processes until [`expect_few`].
pub(crate) fn expect_many(connection: &Connection) -> Result<()> {
    gather(connection, 8 << 20)
}

/// As FTS5 does it by itself.
pub(crate) fn expect_few(connection: &Connection) -> Result<()> {
    gather(connection, 1 << 20)
}

fn gather(connection: &Connection, bytes: u32) -> Result<()> {
    connection
        .prepare_cached("INSERT INTO search (search, rank) VALUES ('hashsize', ?1)")?
        .execute([bytes])?;
    Ok(())
}

/// Makes the index again from the entries and the lessons, so that it holds no removed words.
pub(crate) fn rebuild(connection: &Connection) -> Result<()> {
    connection.execute_batch("INSERT INTO search (search) VALUES ('delete-all')")?;
    add_lessons(connection, 0)?;
    let mut statement = connection.prepare(&format!("{SELECT_TEXTS} ORDER BY id"))?;
    let mut rows = statement.query([])?;
    while let Some(row) = rows.next()? {
        let texts = texts_in(row)?;
        if !texts.is_empty() {
            add(connection, row.get("id")?, "", &body(&texts))?;
        }
    }
    Ok(())
}
