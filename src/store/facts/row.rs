//! Facts as rows: reading and adding them, and the hash that tells whether one was damaged.

use chrono::{DateTime, FixedOffset};
use rusqlite::{Connection, Row, named_params};
use sha2::{Digest, Sha256};
use uuid::Uuid;

use crate::journal::entry::fact::Subject;
use crate::journal::{Event, Fact, FactId, Moment};
use crate::store::facts::encoding::Wire;
use crate::store::tables::rows;
use crate::store::{Damage, FactFault, Result, StoreError};

/// The facts on a subject, in order, each with whether it was taken back.
pub(crate) fn on_subject(connection: &Connection, subject: &Subject) -> Result<Vec<(Fact, bool)>> {
    let mut statement = connection.prepare_cached(include_str!("facts_on_subject.sql"))?;
    let mut rows = statement.query(named_params! { ":subject": subject.to_string() })?;
    let mut facts = Vec::new();
    while let Some(row) = rows.next()? {
        facts.push((fact(row)?, row.get("taken_back")?));
    }
    Ok(facts)
}

/// The facts on a subject that were not taken back, in order.
pub(crate) fn in_force(connection: &Connection, subject: &Subject) -> Result<Vec<Fact>> {
    let facts = on_subject(connection, subject)?;
    Ok(facts.into_iter().filter(|(_, taken_back)| !taken_back).map(|(fact, _)| fact).collect())
}

/// The facts of one change, in order.
pub(crate) fn of_change(connection: &Connection, change: FactId, from: u64) -> Result<Vec<Fact>> {
    let mut statement = connection.prepare_cached(
        "SELECT * FROM fact WHERE number >= :from AND change = :change ORDER BY number",
    )?;
    let mut rows =
        statement.query(named_params! { ":from": from, ":change": change.0.as_bytes() })?;
    let mut facts = Vec::new();
    while let Some(row) = rows.next()? {
        facts.push(fact(row)?);
    }
    Ok(facts)
}

/// What a fact is about.
pub(crate) fn subject(connection: &Connection, id: FactId) -> Result<Option<Subject>> {
    let mut statement = connection.prepare_cached("SELECT * FROM fact WHERE id = :id")?;
    let mut rows = statement.query(named_params! { ":id": id.0.as_bytes() })?;
    Ok(rows.next()?.map(fact).transpose()?.map(|fact| fact.event.subject()))
}

/// Adds a fact.
pub(crate) fn add(connection: &Connection, fact: &Fact, device: &[u8]) -> Result<()> {
    let body = body(&fact.event);
    let parents = parents(fact);
    let subject = fact.event.subject().to_string();
    let mut statement = connection.prepare_cached(include_str!("add_fact.sql"))?;
    statement.execute(named_params! {
        ":id": fact.id.0.as_bytes(),
        ":number": fact.number,
        ":change": fact.change.0.as_bytes(),
        ":device": device,
        ":at": fact.at.timestamp_millis(),
        ":offset": fact.at.offset().local_minus_utc(),
        ":kind": fact.event.word(),
        ":subject": subject,
        ":parents": parents,
        ":body": body,
        ":hash": hash(fact, device, &parents, fact.event.word(), &subject, &body),
    })?;
    Ok(())
}

/// Reads a fact and checks it against its hash.
pub(crate) fn fact(row: &Row<'_>) -> Result<Fact> {
    let id = FactId(rows::uuid(row, "id")?);
    let damaged = |fault| StoreError::Damaged(Damage::Fact { id, fault });
    let parents: Vec<u8> = row.get("parents")?;
    let body: String = row.get("body")?;
    let wire: Wire = serde_json::from_str(&body).map_err(|_| damaged(FactFault::Body))?;
    let fact = Fact {
        id,
        number: row.get("number")?,
        change: FactId(rows::uuid(row, "change")?),
        parents: (parents.chunks_exact(16))
            .filter_map(|bytes| Uuid::from_slice(bytes).ok().map(FactId))
            .collect(),
        at: moment(row.get("at")?, row.get("offset")?).ok_or_else(|| damaged(FactFault::Time))?,
        event: wire.event().ok_or_else(|| damaged(FactFault::Body))?,
    };
    let kept: Vec<u8> = row.get("hash")?;
    let (device, kind, subject): (Vec<u8>, String, String) =
        (row.get("device")?, row.get("kind")?, row.get("subject")?);
    if kept != hash(&fact, &device, &parents, &kind, &subject, &body) {
        return Err(damaged(FactFault::Hash));
    }
    Ok(fact)
}

/// An instant from its two columns.
pub(crate) fn moment(at: i64, offset: i32) -> Option<Moment> {
    let utc = DateTime::from_timestamp_millis(at)?;
    Some(utc.with_timezone(&FixedOffset::east_opt(offset)?))
}

fn parents(fact: &Fact) -> Vec<u8> {
    fact.parents.iter().flat_map(|parent| *parent.0.as_bytes()).collect()
}

fn body(event: &Event) -> String {
    serde_json::to_string(&Wire::of(event)).expect("names and texts make JSON")
}

/// SHA-256 over all columns but the hash itself, each text with its length before it.
fn hash(
    fact: &Fact,
    device: &[u8],
    parents: &[u8],
    kind: &str,
    subject: &str,
    body: &str,
) -> Vec<u8> {
    let mut hash = Sha256::new();
    hash.update(fact.id.0.as_bytes());
    hash.update(fact.change.0.as_bytes());
    hash.update(fact.number.to_be_bytes());
    hash.update(fact.at.timestamp_millis().to_be_bytes());
    hash.update(fact.at.offset().local_minus_utc().to_be_bytes());
    for part in [device, parents, kind.as_bytes(), subject.as_bytes(), body.as_bytes()] {
        hash.update((part.len() as u64).to_be_bytes());
        hash.update(part);
    }
    hash.finalize().to_vec()
}
