//! Journals of the forms 1 and 2, whose facts had another encoding and hash.
//!
//! Every fact is brought over with its id. One that was damaged before stays damaged: its hash is
//! carried along, and fits neither the old row nor the new one. Two old kinds were a screen's memory
//! and no facts; they become settings of this file.

use rusqlite::{Connection, Row};
use serde_json::Value;
use sha2::{Digest, Sha256};

use crate::journal::entry::fact::{DeviceId, Subject};
use crate::journal::{Day, Event, Fact, FactId};
use crate::store::facts::row::{self, StoredFact, ids, moment, uuid};
use crate::store::file::form;
use crate::store::tables::device_memory::{self, Memory};
use crate::store::{Result, StoreError};

/// Gives the file the present permanent tables, with all that the old ones hold. The derived tables
/// are dropped; whoever calls this makes them anew.
pub(crate) fn bring_over(connection: &Connection) -> Result<()> {
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
    let mut found = statement.query([])?;
    while let Some(row) = found.next()? {
        bring_over_fact(connection, row)?;
    }
    drop(found);
    drop(statement);
    connection
        .execute_batch("DROP TABLE old_fact; DROP TABLE old_lesson; DROP TABLE old_setting;")?;
    Ok(())
}

fn bring_over_fact(connection: &Connection, row: &Row<'_>) -> Result<()> {
    let (kind, subject, body): (String, String, String) =
        (row.get("kind")?, row.get("subject")?, row.get("body")?);
    let (at, offset) = (row.get("at")?, row.get("offset")?);
    // Outside of what a calendar holds there is no instant; dwell never wrote one.
    let at = moment(at, offset).ok_or_else(|| StoreError::column("at"))?;
    // An old body had its kind around it.
    let inner = serde_json::from_str::<Value>(&body).ok();
    let inner = inner.as_ref().and_then(|whole| whole.get(&kind));
    let field = |name: &str| inner?.get(name)?.as_str()?.parse::<Day>().ok();
    let memory = match kind.as_str() {
        "asked" => Some(Memory::AskedAboutStep),
        "looked" => Some(Memory::PickedByReview),
        _ => None,
    };
    if let (Some(memory), Some(day), Some(on)) = (memory, field("day"), field("on")) {
        return device_memory::keep(connection, memory, day, on);
    }
    let parents: Vec<u8> = row.get("parents")?;
    let mut stored = StoredFact {
        fact: Fact {
            id: FactId(uuid(row, "id")?),
            clock: row.get("number")?,
            change: FactId(uuid(row, "change")?),
            device: DeviceId(uuid(row, "device")?),
            parents: ids(&parents),
            at,
            origin: None,
            event: Event::Unknown { kind: kind.clone(), subject: Subject::from(subject.as_str()) },
        },
        kind,
        version: 1,
        subject,
        body: inner.map_or_else(|| body.clone(), Value::to_string),
        hash: row.get("hash")?,
    };
    if stored.hash == old_hash(&stored, &parents, &body) {
        stored.seal();
    }
    row::add(connection, &stored)
}

/// The hash as it was before: without a version and an origin, and in another order.
fn old_hash(stored: &StoredFact, parents: &[u8], body: &str) -> Vec<u8> {
    let Fact { id, clock, change, device, at, .. } = &stored.fact;
    let mut hash = Sha256::new();
    hash.update(id.0.as_bytes());
    hash.update(change.0.as_bytes());
    hash.update(clock.to_be_bytes());
    hash.update(at.timestamp_millis().to_be_bytes());
    hash.update(at.offset().local_minus_utc().to_be_bytes());
    let (kind, subject) = (stored.kind.as_bytes(), stored.subject.as_bytes());
    for part in [device.0.as_bytes(), parents, kind, subject, body.as_bytes()] {
        hash.update((part.len() as u64).to_be_bytes());
        hash.update(part);
    }
    hash.finalize().to_vec()
}
