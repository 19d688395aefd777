//! Whether each lesson has the words that it was added with: its id is computed from them.
//!
//! Its tags, its source and its place are not part of the id: [`Places`] has what is known of them.

use rusqlite::{Connection, Row, named_params};
use uuid::Uuid;

use crate::journal::LessonId;
use crate::store::doctor::Finding;
use crate::store::doctor::places::Places;
use crate::store::facts::lesson;
use crate::store::read::{BATCH, out_of_order};
use crate::store::{Result, StoreError};

/// Reads every lesson. Returns what was found, and the number of lessons that are sound.
pub(crate) fn check(connection: &Connection, places: &Places) -> Result<(Vec<Finding>, u64)> {
    let (mut findings, mut sound, mut last) = (Vec::new(), 0, 0);
    loop {
        let read = || batch(connection, last, places);
        let batch = match read().or_else(|_| read()) {
            Ok(batch) => batch,
            Err(StoreError::Refused { why, .. }) if why.is_damage() => {
                findings.push(Finding::Unreadable { table: "lesson", row: last });
                return Ok((findings, sound));
            }
            Err(error) => return Err(error),
        };
        let Some((end, _)) = batch.last() else { return Ok((findings, sound)) };
        last = *end;
        for (_, found) in batch {
            sound += u64::from(found.is_none());
            findings.extend(found);
        }
    }
}

/// The rows after this one, each with what is wrong with it.
fn batch(
    connection: &Connection,
    last: i64,
    places: &Places,
) -> Result<Vec<(i64, Option<Finding>)>> {
    let mut statement = connection.prepare_cached(
        "SELECT rowid AS place, * FROM lesson NOT INDEXED WHERE rowid > :last
         ORDER BY rowid LIMIT :batch",
    )?;
    let mut rows = statement.query(named_params! { ":last": last, ":batch": BATCH })?;
    let mut batch = Vec::new();
    while let Some(row) = rows.next()? {
        let place = row.get("place")?;
        if place <= batch.last().map_or(last, |(before, _)| *before) {
            // What was read so far is returned first.
            return if batch.is_empty() { Err(out_of_order()) } else { Ok(batch) };
        }
        let found = match lesson::stored(row) {
            Ok(lesson) if !lesson.is_whole() => Some(damaged(row, place)),
            Ok(lesson) => places.contradicted(&lesson).map(|name| Finding::ChangedLesson { name }),
            Err(_) => Some(damaged(row, place)),
        };
        batch.push((place, found));
    }
    Ok(batch)
}

pub(crate) fn damaged(row: &Row<'_>, place: i64) -> Finding {
    let bytes: Option<Vec<u8>> = row.get("id").ok();
    let id = bytes.and_then(|bytes| Uuid::from_slice(&bytes).ok()).map(LessonId);
    let series: Option<String> = row.get("series").ok();
    let number: Option<i64> = row.get("number").ok();
    let name = series.zip(number).map(|(series, number)| format!("{series}/{number}"));
    Finding::DamagedLesson { id, row: place, name }
}
