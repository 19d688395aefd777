//! Facts as rows: reading and adding them, and the hash that shows damage.

use rusqlite::{Connection, OptionalExtension, Row, named_params};

use crate::journal::entry::fact::Subject;
use crate::journal::{Fact, FactId, Moment};
use crate::store::facts::columns::{Columns, HASH};
use crate::store::facts::encoding;

pub use crate::store::facts::columns::moment;
pub(crate) use crate::store::facts::columns::{IN_ORDER, ids, uuid};
use crate::store::{Result, StoreError};

/// The greatest clock that a fact can have: a column of SQLite holds no greater number.
pub(crate) const GREATEST_CLOCK: u64 = i64::MAX.cast_unsigned();

/// The place of what says whether a fact is undone, behind [`IN_ORDER`].
const UNDONE: usize = HASH + 1;

/// A fact exactly as a journal holds it: the fact, and the text from which its hash is computed. A
/// fact of a kind that this release does not know is exported and imported unchanged.
#[derive(Debug, Clone, PartialEq)]
pub struct StoredFact {
    /// The fact as this release understands it.
    pub fact: Fact,
    /// The name of its kind.
    pub kind: String,
    /// The version of its kind's form, counted from 1.
    pub version: u32,
    /// Its subject as text.
    pub subject: String,
    /// JSON, byte for byte as it was recorded.
    pub body: String,
    /// SHA-256, 32 bytes, as it was recorded.
    pub hash: Vec<u8>,
}

impl StoredFact {
    /// A fact that this release records.
    pub(crate) fn of(fact: Fact) -> Self {
        let (kind, version, body) = encoding::encode(&fact.event);
        let subject = fact.event.subject().to_string();
        let mut stored =
            Self { fact, kind: kind.to_owned(), version, subject, body, hash: Vec::new() };
        stored.seal();
        stored
    }

    /// Sets the hash to that of the present content.
    pub(crate) fn seal(&mut self) {
        self.hash = self.computed_hash();
    }

    /// Whether its hash matches.
    pub fn is_whole(&self) -> bool {
        self.hash == self.computed_hash()
    }

    fn computed_hash(&self) -> Vec<u8> {
        let fact = &self.fact;
        let (at, offset) = millis_and_offset(fact.at);
        let origin = fact.origin.as_ref().map(ToString::to_string);
        let columns = Columns {
            id: fact.id.0.as_bytes(),
            change: fact.change.0.as_bytes(),
            device: fact.device.0.as_bytes(),
            clock: fact.clock,
            at,
            offset,
            version: self.version,
            parents: &joined(&fact.parents),
            origin: origin.as_deref(),
            kind: &self.kind,
            subject: &self.subject,
            body: &self.body,
        };
        columns.hash().to_vec()
    }
}

/// The facts on a subject, ordered by clock and id, each with whether it was undone.
pub(crate) fn on_subject(connection: &Connection, subject: &Subject) -> Result<Vec<(Fact, bool)>> {
    let mut statement = connection.prepare_cached(include_str!("facts_on_subject.sql"))?;
    statement
        .query_and_then(named_params! { ":subject": subject.to_string() }, |row| {
            Ok((fact_in_order(row)?, row.get(UNDONE)?))
        })?
        .collect()
}

/// The facts on a subject that were not undone, ordered by clock and id.
pub(crate) fn in_force(connection: &Connection, subject: &Subject) -> Result<Vec<Fact>> {
    let facts = on_subject(connection, subject)?;
    Ok(facts.into_iter().filter(|(_, undone)| !undone).map(|(fact, _)| fact).collect())
}

/// The same without the facts that are damaged.
pub(crate) fn sound_in_force(connection: &Connection, subject: &Subject) -> Result<Vec<Fact>> {
    let mut statement = connection.prepare_cached(include_str!("facts_on_subject.sql"))?;
    let mut rows = statement.query(named_params! { ":subject": subject.to_string() })?;
    let mut facts = Vec::new();
    while let Some(row) = rows.next()? {
        match fact_in_order(row) {
            Ok(fact) if !row.get::<_, bool>(UNDONE)? => facts.push(fact),
            Ok(_) | Err(StoreError::Damaged { .. }) => {}
            Err(error) => return Err(error),
        }
    }
    Ok(facts)
}

/// The subject of a fact of a change; `None` if the change has no such fact.
pub(crate) fn subject(
    connection: &Connection,
    change: FactId,
    id: FactId,
) -> Result<Option<Subject>> {
    let parameters = named_params! { ":id": id.0.as_bytes(), ":change": change.0.as_bytes() };
    let subject: Option<String> = connection
        .prepare_cached("SELECT subject FROM fact WHERE id = :id AND change = :change")?
        .query_row(parameters, |row| row.get(0))
        .optional()?;
    Ok(subject.map(|subject| Subject::from(subject.as_str())))
}

/// Whether the journal has a fact with this id.
pub(crate) fn exists(connection: &Connection, id: FactId) -> Result<bool> {
    let mut statement = connection.prepare_cached("SELECT 1 FROM fact WHERE id = :id")?;
    Ok(statement.exists(named_params! { ":id": id.0.as_bytes() })?)
}

/// Adds a fact unchanged.
pub(crate) fn add(connection: &Connection, stored: &StoredFact) -> Result<()> {
    let fact = &stored.fact;
    let (at, offset) = millis_and_offset(fact.at);
    let mut statement = connection.prepare_cached(include_str!("add_fact.sql"))?;
    statement.execute(named_params! {
        ":id": fact.id.0.as_bytes(),
        ":clock": fact.clock,
        ":change": fact.change.0.as_bytes(),
        ":device": fact.device.0.as_bytes(),
        ":at": at,
        ":offset": offset,
        ":kind": stored.kind,
        ":version": stored.version,
        ":subject": stored.subject,
        ":parents": joined(&fact.parents),
        ":origin": fact.origin.as_ref().map(ToString::to_string),
        ":body": stored.body,
        ":hash": stored.hash,
    })?;
    Ok(())
}

/// Reads a fact. Errors with [`Damage::Fact`](crate::store::Damage::Fact) if it is damaged.
pub(crate) fn fact(row: &Row<'_>) -> Result<Fact> {
    let hash = row.get_ref("hash")?.as_blob().map_err(|_| StoreError::column("hash"))?;
    Columns::of(row)?.fact(hash)
}

/// The same from a row that begins with [`IN_ORDER`], which is faster.
fn fact_in_order(row: &Row<'_>) -> Result<Fact> {
    let hash = row.get_ref(HASH)?.as_blob().map_err(|_| StoreError::column("hash"))?;
    Columns::in_order(row)?.fact(hash)
}

/// Reads a fact with its text as it was recorded. Errors with
/// [`Damage::Fact`](crate::store::Damage::Fact) if it is damaged.
pub(crate) fn stored(row: &Row<'_>) -> Result<StoredFact> {
    stored_of(&Columns::of(row)?, row.get("hash")?)
}

/// The same from a row that begins with [`IN_ORDER`], which is faster.
pub(crate) fn stored_in_order(row: &Row<'_>) -> Result<StoredFact> {
    stored_of(&Columns::in_order(row)?, row.get(HASH)?)
}

fn stored_of(columns: &Columns<'_>, hash: Vec<u8>) -> Result<StoredFact> {
    Ok(StoredFact {
        fact: columns.fact(&hash)?,
        kind: columns.kind.to_owned(),
        version: columns.version,
        subject: columns.subject.to_owned(),
        body: columns.body.to_owned(),
        hash,
    })
}

/// The two columns of an instant, from which [`moment`] makes it again: milliseconds since 1970 in
/// UTC, and an offset in seconds east of UTC.
pub(crate) fn millis_and_offset(at: Moment) -> (i64, i32) {
    (at.timestamp_millis(), at.offset().local_minus_utc())
}

fn joined(ids: &[FactId]) -> Vec<u8> {
    ids.iter().flat_map(|id| *id.0.as_bytes()).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_query_of_a_subject_has_the_columns_in_the_order_in_which_they_are_read() {
        let words = |text: &str| text.split_whitespace().collect::<Vec<_>>().join(" ");
        let wanted = format!("SELECT {IN_ORDER}, undone.fact IS NOT NULL AS undone FROM fact");
        assert!(words(include_str!("facts_on_subject.sql")).starts_with(&words(&wanted)));
        assert_eq!(IN_ORDER.split(',').count(), UNDONE);
        assert_eq!(IN_ORDER.split(',').nth(HASH).map(str::trim), Some("fact.hash"));
    }
}
