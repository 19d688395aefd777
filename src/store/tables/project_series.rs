//! Makes the rows of a series from its facts: its own, the places and labels of its lessons, and the
//! earlier editions of them.

use std::collections::{BTreeMap, BTreeSet};

use rusqlite::{Connection, Row, named_params};

use crate::journal::entry::fact::Subject;
use crate::journal::lesson::state::SeriesState;
use crate::journal::{LessonId, Slug};
use crate::store::Result;
use crate::store::facts::row;
use crate::store::facts::source::source_json;
use crate::store::tables::places;

/// Updates the row of a series and the places of its lessons on the shelf. Returns the lessons
/// whose rows are new, or for which other editions stand than before.
pub(crate) fn project_series(connection: &Connection, slug: &Slug) -> Result<Vec<LessonId>> {
    let facts = row::sound_in_force(connection, &Subject::Series(slug.clone()))?;
    let state = SeriesState::from_facts(&facts);
    let mut changed = if let Some(state) = &state {
        connection.prepare_cached(include_str!("put_series.sql"))?.execute(named_params! {
            ":slug": slug.as_str(),
            ":title": state.title,
            ":source": source_json(&state.source).to_string(),
            ":introduction": state.introduction,
            ":lessons": state.lessons.len(),
            ":position": state.position,
            ":paused": state.paused,
        })?;
        places::put(connection, slug, state)?
    } else {
        places::clear(connection, slug)?;
        connection
            .prepare_cached("DELETE FROM series WHERE slug = :slug")?
            .execute(named_params! { ":slug": slug.as_str() })?;
        Vec::new()
    };
    let none = BTreeMap::new();
    let editions = state.as_ref().map_or(&none, |state| &state.editions);
    changed.extend(put_editions(connection, slug, editions)?);
    Ok(changed)
}

/// Replaces the editions of a series. Returns the lessons on the shelf for which others stand now.
fn put_editions(
    connection: &Connection,
    slug: &Slug,
    editions: &BTreeMap<LessonId, LessonId>,
) -> Result<BTreeSet<LessonId>> {
    let mut statement = connection.prepare_cached(
        "SELECT edition.lesson, lesson.id AS shelved FROM edition
             JOIN lesson ON lesson.rowid = edition.shelved WHERE edition.series = :series",
    )?;
    let series = named_params! { ":series": slug.as_str() };
    let of_row = |row: &Row<'_>| {
        Ok((LessonId(row::uuid(row, "lesson")?), LessonId(row::uuid(row, "shelved")?)))
    };
    let before: BTreeMap<LessonId, LessonId> =
        statement.query_and_then(series, of_row)?.collect::<Result<_>>()?;
    let mut changed = BTreeSet::new();
    let mut remove = connection.prepare_cached("DELETE FROM edition WHERE lesson = :lesson")?;
    for (lesson, shelved) in &before {
        if editions.get(lesson) != Some(shelved) {
            remove.execute(named_params! { ":lesson": lesson.0.as_bytes() })?;
            changed.insert(*shelved);
        }
    }
    let mut put = connection.prepare_cached(
        "INSERT INTO edition (lesson, series, shelved)
         SELECT :lesson, :series, rowid FROM lesson WHERE id = :shelved",
    )?;
    for (lesson, shelved) in editions {
        if before.get(lesson) != Some(shelved) {
            put.execute(named_params! {
                ":lesson": lesson.0.as_bytes(),
                ":series": slug.as_str(),
                ":shelved": shelved.0.as_bytes(),
            })?;
            changed.insert(*shelved);
        }
    }
    Ok(changed)
}
