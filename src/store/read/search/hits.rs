//! The hits of a search: their entries and lessons, and what is shown of them.

use rusqlite::{Connection, named_params};

use crate::journal::search::{Hit, HitPlace, Matcher, Part, snippets};
use crate::journal::{Entry, Lesson, Step};
use crate::store::Result;
use crate::store::tables::rows;

/// Reads the hits at the places with these ids. A place whose text was changed after it was found,
/// and no longer matches, is left out.
pub(crate) fn read(
    connection: &Connection,
    matcher: &Matcher,
    ids: impl Iterator<Item = i64>,
) -> Result<Vec<Hit>> {
    let mut hits = Vec::new();
    for id in ids {
        let Some(found) = place(connection, id)? else { continue };
        let snippets = snippets(matcher, &texts(&found));
        if !snippets.is_empty() {
            hits.push(Hit { found, snippets });
        }
    }
    Ok(hits)
}

/// The texts of a hit. The title of a lesson stands above the hit, so it comes last.
pub(crate) fn texts(found: &HitPlace) -> Vec<(Part, &str)> {
    match found {
        HitPlace::Entry(entry) => of_entry(entry),
        HitPlace::Served(entry) => entry.lesson.as_ref().map(of_lesson).unwrap_or_default(),
        HitPlace::Waiting(lesson) => of_lesson(lesson),
    }
}

fn of_entry(entry: &Entry) -> Vec<(Part, &str)> {
    let reflection = entry.reflection.iter().map(|written| (Part::Reflection, &*written.text));
    let step = entry.step.iter().flat_map(Step::texts).map(|text| (Part::Step, text));
    let afterthoughts = entry.afterthoughts.iter().map(|one| (Part::Afterthought, &*one.text));
    reflection.chain(step).chain(afterthoughts).collect()
}

fn of_lesson(lesson: &Lesson) -> Vec<(Part, &str)> {
    let text = &lesson.text;
    [&text.story, &text.takeaway, &text.question, &text.title]
        .map(|text| (Part::Lesson, text.as_str()))
        .to_vec()
}

/// The entry or the lesson with this id in the index; `None` if it is gone.
pub(crate) fn place(connection: &Connection, id: i64) -> Result<Option<HitPlace>> {
    if id > 0 {
        return Ok(entry(connection, "entry.id = :id", id)?.map(HitPlace::Entry));
    }
    let latest = entry(
        connection,
        "entry.lesson = (SELECT id FROM lesson WHERE rowid = -:id)
         ORDER BY entry.day DESC LIMIT 1",
        id,
    )?;
    if let Some(entry) = latest {
        return Ok(Some(HitPlace::Served(entry)));
    }
    let mut statement =
        connection.prepare_cached(&format!("{} WHERE lesson.rowid = -:id", rows::SELECT_LESSON))?;
    let mut rows = statement.query(named_params! { ":id": id })?;
    Ok(rows.next()?.map(rows::lesson).transpose()?.map(HitPlace::Waiting))
}

fn entry(connection: &Connection, condition: &str, id: i64) -> Result<Option<Entry>> {
    let sql = format!("{} WHERE {condition}", rows::SELECT_ENTRY);
    let mut statement = connection.prepare_cached(&sql)?;
    let mut rows = statement.query(named_params! { ":id": id })?;
    rows.next()?.map(rows::entry).transpose()
}
