//! The places of the lessons of a series on the shelf, and their labels. Only what is different is
//! written: a series may have a million lessons, and most changes of it move none.
//!
//! The places of a series that left the shelf stay as long as nothing else is known of their
//! lessons, and mean nothing: to undo the addition of a million lessons is as quick as that of one.

use std::collections::HashMap;

use rusqlite::{Connection, OptionalExtension, named_params};

use crate::journal::lesson::state::SeriesState;
use crate::journal::{LessonId, Slug};
use crate::store::Result;
use crate::store::facts::lesson::tags_json;
use crate::store::facts::row;
use crate::store::facts::source::source_json;

/// Gives the lessons of a series their places and labels, and takes all others off the shelf. A
/// lesson without a text in the journal has no place: an imported fact may name one. Returns the
/// lessons that are new on the shelf.
pub(crate) fn put(
    connection: &Connection,
    slug: &Slug,
    state: &SeriesState,
) -> Result<Vec<LessonId>> {
    let (in_place, mut misplaced) = compare(connection, slug, state)?;
    let is_elsewhere = |(_, in_place): &(_, bool)| !in_place;
    let wanted = state.lessons.iter().zip(1_u32..).zip(in_place).filter(is_elsewhere);
    // Where a lesson is named twice, the last place counts.
    let wanted: HashMap<LessonId, u32> = wanted.map(|((id, number), _)| (*id, number)).collect();
    let mut row_of = connection.prepare_cached("SELECT rowid FROM lesson WHERE id = :id")?;
    let mut add = connection.prepare_cached(
        "INSERT INTO lesson_state (row, lesson, series, number, tags, source)
         VALUES (:row, :lesson, :series, :number, :tags, :source)
         ON CONFLICT (row) DO UPDATE SET number = max(number, :number)",
    )?;
    let mut change = connection.prepare_cached(
        "UPDATE lesson_state SET series = :series, number = :number, tags = :tags, source = :source
         WHERE row = :row",
    )?;
    let mut new = Vec::new();
    for (lesson, number) in wanted {
        let id = lesson.0.as_bytes();
        let row = row_of.query_row(named_params! { ":id": id }, |row| row.get(0)).optional()?;
        let Some(row): Option<i64> = row else { continue };
        let labels = state.labels.get(&lesson);
        let tags = labels.map(|labels| tags_json(&labels.tags));
        let source = labels.map(|labels| source_json(&labels.source).to_string());
        let series = slug.as_str();
        if misplaced.remove(&lesson).is_some() {
            change.execute(named_params! {
                ":row": row, ":series": series, ":number": number, ":tags": tags, ":source": source,
            })?;
        } else {
            new.push(lesson);
            add.execute(named_params! {
                ":row": row, ":lesson": id, ":series": series, ":number": number,
                ":tags": tags, ":source": source,
            })?;
        }
    }
    let mut remove = connection.prepare_cached("DELETE FROM lesson_state WHERE row = :row")?;
    for row in misplaced.into_values() {
        remove.execute(named_params! { ":row": row })?;
    }
    Ok(new)
}

/// Takes the lessons of a series off the shelf.
pub(crate) fn clear(connection: &Connection, slug: &Slug) -> Result<()> {
    connection
        .prepare_cached(
            "DELETE FROM lesson_state
             WHERE series = :series
                   AND (first_served IS NOT NULL OR loved OR retired OR due IS NOT NULL
                        OR tags IS NOT NULL OR source IS NOT NULL)",
        )?
        .execute(named_params! { ":series": slug.as_str() })?;
    Ok(())
}

/// For each lesson of the series whether its row is right already, and the lessons whose rows are
/// not, with these. A lesson with labels counts as one of those: they are few.
fn compare(
    connection: &Connection,
    slug: &Slug,
    state: &SeriesState,
) -> Result<(Vec<bool>, HashMap<LessonId, i64>)> {
    let mut statement = connection.prepare_cached(
        "SELECT row, lesson, number, tags IS NOT NULL OR source IS NOT NULL AS labelled
         FROM lesson_state WHERE series = :series ORDER BY number",
    )?;
    let mut rows = statement.query(named_params! { ":series": slug.as_str() })?;
    let mut in_place = vec![false; state.lessons.len()];
    let mut misplaced = HashMap::new();
    while let Some(row) = rows.next()? {
        let lesson = LessonId(row::uuid(row, "lesson")?);
        let at = row.get::<_, usize>("number")?.wrapping_sub(1);
        let labelled = row.get("labelled")? || state.labels.contains_key(&lesson);
        if state.lessons.get(at) == Some(&lesson) && !labelled {
            in_place[at] = true;
        } else {
            misplaced.insert(lesson, row.get("row")?);
        }
    }
    Ok((in_place, misplaced))
}
