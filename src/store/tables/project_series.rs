//! Makes the rows of a series from its facts: its own, the places and labels of its lessons, and the
//! earlier editions of them.

use std::collections::{BTreeMap, BTreeSet, HashMap};

use rusqlite::{Connection, Row, named_params};

use crate::journal::entry::fact::Subject;
use crate::journal::lesson::state::SeriesState;
use crate::journal::{LessonId, Slug};
use crate::store::Result;
use crate::store::facts::lesson::tags_json;
use crate::store::facts::row;
use crate::store::facts::source::source_json;

/// Updates the row of a series and the places of its lessons on the shelf. Returns the lessons
/// whose rows are new, or for which other editions stand than before.
pub(crate) fn project_series(connection: &Connection, slug: &Slug) -> Result<Vec<LessonId>> {
    let facts = row::sound_in_force(connection, &Subject::Series(slug.clone()))?;
    let state = SeriesState::from_facts(&facts);
    if let Some(state) = &state {
        connection.prepare_cached(include_str!("put_series.sql"))?.execute(named_params! {
            ":slug": slug.as_str(),
            ":title": state.title,
            ":source": source_json(&state.source).to_string(),
            ":introduction": state.introduction,
            ":lessons": state.lessons.len(),
            ":position": state.position,
            ":paused": state.paused,
        })?;
    } else {
        connection
            .prepare_cached("DELETE FROM series WHERE slug = :slug")?
            .execute(named_params! { ":slug": slug.as_str() })?;
    }
    let mut changed = put_places(connection, slug, state.as_ref())?;
    let none = BTreeMap::new();
    let editions = state.as_ref().map_or(&none, |state| &state.editions);
    changed.extend(put_editions(connection, slug, editions)?);
    Ok(changed)
}

/// Updates the places and the labels of the lessons of a series. Returns those that are new on the
/// shelf.
fn put_places(
    connection: &Connection,
    slug: &Slug,
    state: Option<&SeriesState>,
) -> Result<Vec<LessonId>> {
    // An imported fact may name a lesson whose text was not imported.
    let mut wanted: Vec<LessonId> = state.map(|state| state.lessons.clone()).unwrap_or_default();
    let mut has_text = connection.prepare_cached("SELECT 1 FROM lesson WHERE id = :id")?;
    let mut with_text = BTreeSet::new();
    for lesson in &wanted {
        if has_text.exists(named_params! { ":id": lesson.0.as_bytes() })? {
            with_text.insert(*lesson);
        }
    }
    let places: HashMap<LessonId, usize> = wanted.iter().copied().zip(1..).collect();
    wanted.retain(|lesson| with_text.contains(lesson));
    let there = lessons_on_shelf(connection, slug)?;
    let mut remove =
        connection.prepare_cached("DELETE FROM lesson_state WHERE lesson = :lesson")?;
    for lesson in there.iter().filter(|lesson| !places.contains_key(lesson)) {
        remove.execute(named_params! { ":lesson": lesson.0.as_bytes() })?;
    }
    let mut put = connection.prepare_cached(
        "INSERT INTO lesson_state (lesson, series, number, tags, source)
         VALUES (:lesson, :series, :number, :tags, :source)
         ON CONFLICT (lesson) DO UPDATE SET number = :number, tags = :tags, source = :source",
    )?;
    for lesson in &wanted {
        let labels = state.and_then(|state| state.labels.get(lesson));
        put.execute(named_params! {
            ":lesson": lesson.0.as_bytes(),
            ":series": slug.as_str(),
            ":number": places[lesson],
            ":tags": labels.map(|labels| tags_json(&labels.tags)),
            ":source": labels.map(|labels| source_json(&labels.source).to_string()),
        })?;
    }
    Ok(wanted.into_iter().filter(|lesson| !there.contains(lesson)).collect())
}

/// Replaces the editions of a series. Returns the lessons on the shelf for which others stand now.
fn put_editions(
    connection: &Connection,
    slug: &Slug,
    editions: &BTreeMap<LessonId, LessonId>,
) -> Result<BTreeSet<LessonId>> {
    let mut statement =
        connection.prepare_cached("SELECT lesson, shelved FROM edition WHERE series = :series")?;
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
        "INSERT INTO edition (lesson, series, shelved) VALUES (:lesson, :series, :shelved)",
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

fn lessons_on_shelf(connection: &Connection, slug: &Slug) -> Result<BTreeSet<LessonId>> {
    let mut statement =
        connection.prepare_cached("SELECT lesson FROM lesson_state WHERE series = :series")?;
    let parameters = named_params! { ":series": slug.as_str() };
    statement.query_and_then(parameters, |row| Ok(LessonId(row::uuid(row, "lesson")?)))?.collect()
}
