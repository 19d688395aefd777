//! Reading one entry with a check of it: its row against the facts of its day, and the words of its
//! lesson against the lesson's id.

use rusqlite::Connection;

use crate::journal::entry::DayState;
use crate::journal::entry::fact::Subject;
use crate::journal::{Day, Entry, LessonId, entry};
use crate::store::facts::row;
use crate::store::read::{entries, one_lesson};
use crate::store::{Damage, Result, Store, StoreError};

/// An entry, and what is damaged of it.
#[derive(Debug)]
pub struct CheckedEntry {
    /// The entry as it was saved, as far as its facts are whole; `None` if there is none.
    pub entry: Option<Entry>,
    /// The failures that a person is told.
    pub damaged: Vec<StoreError>,
}

impl Store {
    /// The entry of a day, checked. Damage is not a failure here: what can be read is read.
    pub fn checked_entry(&self, day: Day) -> Result<CheckedEntry> {
        let mut checked = self.read(|connection| checked_entry(connection, day))?;
        checked.damaged = checked.damaged.into_iter().map(|what| what.at(&self.path)).collect();
        Ok(checked)
    }
}

fn checked_entry(connection: &Connection, day: Day) -> Result<CheckedEntry> {
    let mut damaged = Vec::new();
    let row = unless_damaged(entries::entry(connection, day), &mut damaged)?.flatten();
    let saved = saved_entry(connection, day, row.as_ref());
    // Without its facts, the row is what is left.
    let entry = match unless_damaged(saved, &mut damaged)? {
        Some(saved) if saved != row => {
            damaged.push(StoreError::damaged(Damage::Entry(day)));
            saved
        }
        _ => row,
    };
    if let Some(lesson) = entry.as_ref().and_then(|entry| entry.lesson.as_ref())
        && LessonId::of(&lesson.series, &lesson.text) != lesson.id
    {
        damaged.push(StoreError::damaged(Damage::Lesson(day)));
    }
    Ok(CheckedEntry { entry, damaged })
}

/// The entry that the facts of a day add up to; `None` if they add up to none. What is no fact
/// comes from the row.
fn saved_entry(connection: &Connection, day: Day, row: Option<&Entry>) -> Result<Option<Entry>> {
    let facts = row::in_force(connection, &Subject::Day(day))?;
    let Some(state) = entry::from_facts(&facts) else { return Ok(None) };
    let DayState { serving, reflection, step, afterthoughts, quiet } = state;
    let lesson = match serving {
        Some(serving) => one_lesson::lesson(connection, serving.lesson)?,
        None => None,
    };
    let served_at = serving.map(|serving| serving.at);
    let asked_on = row.and_then(|row| row.asked_on);
    Ok(Some(Entry { day, lesson, served_at, reflection, step, asked_on, afterthoughts, quiet }))
}

/// The value; `None`, and one failure more in the list, if it is damaged.
fn unless_damaged<T>(read: Result<T>, damaged: &mut Vec<StoreError>) -> Result<Option<T>> {
    match read {
        Ok(value) => Ok(Some(value)),
        Err(error @ StoreError::Damaged { .. }) => {
            damaged.push(error);
            Ok(None)
        }
        Err(error) => Err(error),
    }
}
