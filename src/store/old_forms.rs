//! Journals of the forms 1 and 2, whose facts had another encoding and hash.
//!
//! Every fact is converted and keeps its id. A fact that was damaged stays damaged: it keeps its
//! old hash, which matches neither its old row nor its new one. Facts of two old kinds were only a
//! memory of a screen; they become settings of this file.

use rusqlite::{Connection, Row};
use serde_json::Value;
use sha2::{Digest, Sha256};

use crate::journal::entry::fact::{DeviceId, Subject};
use crate::journal::{Day, Event, Fact, FactId};
use crate::store::facts::row::{self, StoredFact, ids, moment, uuid};
use crate::store::facts::whole;
use crate::store::file::form;
use crate::store::tables::device_memory::{self, Memory};
use crate::store::{Result, StoreError};

/// Converts the permanent tables to the present form. Drops the derived tables; the caller rebuilds
/// them.
pub(crate) fn convert(connection: &Connection) -> Result<()> {
    connection.execute_batch(
        "DROP TABLE IF EXISTS search; DROP TABLE entry; DROP TABLE shelf; DROP TABLE series;
         DROP TABLE taken_back; DROP INDEX fact_subject; DROP INDEX fact_number;
         ALTER TABLE fact RENAME TO old_fact;
         ALTER TABLE lesson RENAME TO old_lesson;
         ALTER TABLE setting RENAME TO old_setting;",
    )?;
    connection.execute_batch(form::PERMANENT)?;
    connection.execute_batch(
        "INSERT INTO lesson SELECT id, series, number, \"of\", title, story, takeaway, question, tags,
                                   source
         FROM old_lesson ORDER BY rowid;
         INSERT INTO setting SELECT name, value FROM old_setting;",
    )?;
    let mut statement = connection.prepare("SELECT * FROM old_fact ORDER BY number, id")?;
    let mut rows = statement.query([])?;
    while let Some(row) = rows.next()? {
        convert_fact(connection, row)?;
    }
    drop(rows);
    drop(statement);
    connection
        .execute_batch("DROP TABLE old_fact; DROP TABLE old_lesson; DROP TABLE old_setting;")?;
    Ok(())
}

/// How much of a journal must be there in every form.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub(crate) struct Content {
    facts: u64,
    /// The facts whose hash matches.
    whole: u64,
    lessons: u64,
}

/// Errors if the journal does not have the tables of an older form.
pub(crate) fn require(connection: &Connection) -> Result<()> {
    connection.prepare("SELECT id, number, body FROM fact")?;
    Ok(())
}

/// How much there is before the conversion.
pub(crate) fn count(connection: &Connection) -> Result<Content> {
    let mut content = Content { lessons: count_lessons(connection)?, ..Content::default() };
    let mut statement = connection.prepare("SELECT * FROM fact")?;
    let mut rows = statement.query([])?;
    while let Some(row) = rows.next()? {
        let old = OldFact::of(row)?;
        if old.memory().is_none() {
            content.facts += 1;
            content.whole += u64::from(old.is_whole());
        }
    }
    Ok(content)
}

/// How much there is after it.
pub(crate) fn count_converted(connection: &Connection) -> Result<Content> {
    let lessons = count_lessons(connection)?;
    let (facts, whole) = whole::count(connection)?;
    Ok(Content { facts, whole, lessons })
}

fn count_lessons(connection: &Connection) -> Result<u64> {
    Ok(connection.query_row("SELECT count(*) FROM lesson", [], |row| row.get(0))?)
}

fn convert_fact(connection: &Connection, row: &Row<'_>) -> Result<()> {
    let old = OldFact::of(row)?;
    if let Some((memory, day, on)) = old.memory() {
        return device_memory::save(connection, memory, day, on);
    }
    let is_whole = old.is_whole();
    let mut stored = old.stored;
    if is_whole {
        stored.seal();
    }
    row::add(connection, &stored)
}

/// A fact of the old forms.
struct OldFact {
    /// The fact in the present form, with its old hash.
    stored: StoredFact,
    parents: Vec<u8>,
    /// An object with one field, named like the kind.
    body: String,
}

impl OldFact {
    fn of(row: &Row<'_>) -> Result<Self> {
        let (kind, subject, body): (String, String, String) =
            (row.get("kind")?, row.get("subject")?, row.get("body")?);
        let (at, offset) = (row.get("at")?, row.get("offset")?);
        // dwell never wrote an instant that is out of range.
        let at = moment(at, offset).ok_or_else(|| StoreError::column("at"))?;
        let parents: Vec<u8> = row.get("parents")?;
        let stored = StoredFact {
            fact: Fact {
                id: FactId(uuid(row, "id")?),
                clock: row.get("number")?,
                change: FactId(uuid(row, "change")?),
                device: DeviceId(uuid(row, "device")?),
                parents: ids(&parents),
                at,
                origin: None,
                event: Event::Unknown {
                    kind: kind.clone(),
                    subject: Subject::from(subject.as_str()),
                },
            },
            body: inner(&kind, &body).map_or_else(|| body.clone(), |inner| inner.to_string()),
            kind,
            version: 1,
            subject,
            hash: row.get("hash")?,
        };
        Ok(Self { stored, parents, body })
    }

    /// What a screen did with an entry of the first day, on the second one; `None` if this is
    /// another fact.
    fn memory(&self) -> Option<(Memory, Day, Day)> {
        let memory = match self.stored.kind.as_str() {
            "asked" => Memory::AskedAboutStep,
            "looked" => Memory::PickedByReview,
            _ => return None,
        };
        let inner = inner(&self.stored.kind, &self.body)?;
        let day = |name: &str| inner.get(name)?.as_str()?.parse::<Day>().ok();
        Some((memory, day("day")?, day("on")?))
    }

    fn is_whole(&self) -> bool {
        self.stored.hash == old_hash(&self.stored, &self.parents, &self.body)
    }
}

/// The content of an old body, without its name.
fn inner(kind: &str, body: &str) -> Option<Value> {
    serde_json::from_str::<Value>(body).ok()?.get(kind).cloned()
}

/// The hash of the old forms: without version and origin, and in another order.
fn old_hash(stored: &StoredFact, parents: &[u8], body: &str) -> Vec<u8> {
    let Fact { id, clock, change, device, .. } = &stored.fact;
    let (at, offset) = row::millis_and_offset(stored.fact.at);
    let mut hash = Sha256::new();
    hash.update(id.0.as_bytes());
    hash.update(change.0.as_bytes());
    hash.update(clock.to_be_bytes());
    hash.update(at.to_be_bytes());
    hash.update(offset.to_be_bytes());
    let (kind, subject) = (stored.kind.as_bytes(), stored.subject.as_bytes());
    for part in [device.0.as_bytes(), parents, kind, subject, body.as_bytes()] {
        hash.update((part.len() as u64).to_be_bytes());
        hash.update(part);
    }
    hash.finalize().to_vec()
}
