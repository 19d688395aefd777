//! Whether each lesson has the words that it was added with: its id is computed from them.
//!
//! Its tags, its source and its place are not part of the id: [`Places`] has what is known of them.

use rusqlite::{Connection, Row};
use uuid::Uuid;

use crate::journal::LessonId;
use crate::store::Result;
use crate::store::doctor::places::Places;
use crate::store::doctor::{Finding, rows};
use crate::store::facts::lesson;

/// Reads every lesson. Returns what was found, and the number of lessons that are sound.
pub(crate) fn check(connection: &Connection, places: &Places) -> Result<(Vec<Finding>, u64)> {
    let (mut findings, mut sound) = (Vec::new(), 0);
    let read = |row: &Row<'_>, place| match lesson::stored(row) {
        Ok(lesson) if lesson.is_whole() => {
            places.contradicted(&lesson).map(|name| Finding::ChangedLesson { name })
        }
        _ => Some(damaged(row, place)),
    };
    let unreadable = rows::each_batch(connection, "lesson", read, |batch| {
        for found in batch {
            sound += u64::from(found.is_none());
            findings.extend(found);
        }
    })?;
    findings.extend(unreadable);
    Ok((findings, sound))
}

pub(crate) fn damaged(row: &Row<'_>, place: i64) -> Finding {
    let bytes: Option<Vec<u8>> = row.get("id").ok();
    let id = bytes.and_then(|bytes| Uuid::from_slice(&bytes).ok()).map(LessonId);
    let series: Option<String> = row.get("series").ok();
    let number: Option<i64> = row.get("number").ok();
    let name = series.zip(number).map(|(series, number)| format!("{series}/{number}"));
    Finding::DamagedLesson { id, row: place, name }
}
