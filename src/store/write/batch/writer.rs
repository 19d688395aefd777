//! The thread of a batch that writes: each chunk in a transaction of its own, with a gap between
//! two, in which other processes can write.

use std::collections::{HashMap, HashSet};
use std::path::Path;
use std::sync::mpsc::Receiver;
use std::thread;

use rusqlite::{Connection, params};

use crate::journal::LessonId;
use crate::journal::entry::fact::Subject;
use crate::store::Result;
use crate::store::facts::row;
use crate::store::file::journal::Journal;
use crate::store::file::{commit, form, head};
use crate::store::tables;
use crate::store::tables::search_index;
use crate::store::write::batch::chunk::Chunk;
use crate::store::write::batch::leftover;

/// Writes the chunks until there are no more, or one cannot be written.
pub(crate) fn run(
    mut connection: Journal,
    path: &Path,
    chunks: &Receiver<Chunk>,
) -> (Journal, Result<()>) {
    let mut written = Ok(());
    let mut known = None;
    for chunk in chunks {
        written = write(&mut connection, path, &chunk, &mut known);
        if written.is_err() {
            break;
        }
        thread::sleep(commit::GAP);
    }
    (connection, written)
}

fn write(
    connection: &mut Journal,
    path: &Path,
    chunk: &Chunk,
    known: &mut Option<HashSet<LessonId>>,
) -> Result<()> {
    let transaction = commit::begin(connection)?;
    // A newer dwell may have upgraded the file meanwhile.
    let version = form::version_of(&transaction)?;
    if version != tables::CURRENT {
        return Err(head::newer(path, version));
    }
    leftover::remember(&transaction)?;
    let known = match known {
        Some(known) => known,
        None => known.insert(known_lessons(&transaction)?),
    };
    add(&transaction, chunk, known)?;
    commit::commit(transaction)
}

/// Adds the lessons of a chunk that the journal does not have, and their places on the shelf,
/// where no row of the series shows them yet.
pub(crate) fn add(connection: &Connection, chunk: &Chunk, known: &HashSet<LessonId>) -> Result<()> {
    let mut put_lesson = connection.prepare_cached(include_str!("add_lesson.sql"))?;
    let mut put_place = connection.prepare_cached(
        "INSERT INTO lesson_state (row, lesson, series, number) VALUES (?1, ?2, ?3, ?4)
         ON CONFLICT (row) DO NOTHING",
    )?;
    let mut row_of = connection.prepare_cached("SELECT rowid FROM lesson WHERE id = ?1")?;
    let mut on_shelf = OnShelf { connection, known: HashMap::new() };
    let mut new = Vec::with_capacity(chunk.len());
    for at in 0..chunk.len() {
        let lesson = chunk.lesson(at);
        let id = lesson.id.0.as_bytes();
        let added = put_lesson.execute(params![
            id,
            lesson.series,
            lesson.number,
            lesson.series_length,
            lesson.title,
            lesson.story,
            lesson.takeaway,
            lesson.question,
            lesson.tags,
            lesson.source,
        ])?;
        let row = if added > 0 {
            let row = connection.last_insert_rowid();
            new.push((row, at));
            row
        } else {
            row_of.query_row([id], |row| row.get(0))?
        };
        // The end of the batch adds all other places, one by one.
        if !known.contains(&lesson.id) && !on_shelf.has(lesson.series)? {
            put_place.execute(params![row, id, lesson.series, lesson.number])?;
        }
    }
    // In this order the index takes them in at once.
    for (number, at) in new.into_iter().rev() {
        let lesson = chunk.lesson(at);
        search_index::add_words(connection, number, lesson.title_words, lesson.body_words)?;
    }
    Ok(())
}

/// Which series are on the shelf.
struct OnShelf<'a> {
    connection: &'a Connection,
    known: HashMap<String, bool>,
}

impl OnShelf<'_> {
    fn has(&mut self, slug: &str) -> Result<bool> {
        if let Some(known) = self.known.get(slug) {
            return Ok(*known);
        }
        let mut statement =
            self.connection.prepare_cached("SELECT 1 FROM series WHERE slug = ?1")?;
        let found = statement.exists([slug])?;
        self.known.insert(slug.to_owned(), found);
        Ok(found)
    }
}

/// The lessons that were served, or of which something was said. Their rows on the shelf are more
/// than a place, so the end of the batch makes them.
pub(crate) fn known_lessons(connection: &Connection) -> Result<HashSet<LessonId>> {
    let mut statement =
        connection.prepare("SELECT DISTINCT lesson FROM entry WHERE lesson IS NOT NULL")?;
    let served = statement.query_and_then([], |row| Ok(LessonId(row::uuid(row, "lesson")?)))?;
    let mut known: HashSet<LessonId> = served.collect::<Result<_>>()?;
    let mut statement = connection.prepare(
        "SELECT DISTINCT subject FROM fact WHERE kind IN ('loved', 'asked_back', 'retired')",
    )?;
    let mut rows = statement.query([])?;
    while let Some(row) = rows.next()? {
        if let Subject::Lesson(lesson) = Subject::from(row.get::<_, String>(0)?.as_str()) {
            known.insert(lesson);
        }
    }
    Ok(known)
}
