//! The columns of a fact's row, the hash over them, and the fact that they hold.

use chrono::{DateTime, FixedOffset};
use rusqlite::Row;
use sha2::{Digest, Sha256};
use uuid::Uuid;

use crate::journal::entry::fact::{DeviceId, Subject};
use crate::journal::{Fact, FactId, Moment};
use crate::store::facts::encoding;
use crate::store::{Damage, FactFault, Result, StoreError};

/// The columns of a fact in the order in which [`Columns::in_order`] reads them, and then the hash.
pub(crate) const IN_ORDER: &str =
    "fact.id, fact.change, fact.device, fact.clock, fact.at, fact.offset,
    fact.version, fact.parents, fact.origin, fact.kind, fact.subject, fact.body, fact.hash";

/// The place of the hash in [`IN_ORDER`].
pub(super) const HASH: usize = 12;

/// The columns of a row, without the hash.
pub(super) struct Columns<'a> {
    pub(super) id: &'a [u8],
    pub(super) change: &'a [u8],
    pub(super) device: &'a [u8],
    pub(super) clock: u64,
    pub(super) at: i64,
    pub(super) offset: i32,
    pub(super) version: u32,
    pub(super) parents: &'a [u8],
    pub(super) origin: Option<&'a str>,
    pub(super) kind: &'a str,
    pub(super) subject: &'a str,
    pub(super) body: &'a str,
}

impl<'a> Columns<'a> {
    /// The columns of a row in any order. Errors with [`Damage::Fact`] if a column cannot be read, and
    /// with [`Damage::Column`] if not even the id of the fact or its subject can.
    pub(super) fn of(row: &'a Row<'_>) -> Result<Self> {
        Self::by_name(row).map_err(|error| error_with_fact(row, error))
    }

    /// The same for a row that begins with [`IN_ORDER`]: to find each column by its name takes longer
    /// than to compute the hash.
    pub(super) fn in_order(row: &'a Row<'_>) -> Result<Self> {
        Self::by_position(row).map_err(|error| error_with_fact(row, error))
    }

    fn by_name(row: &'a Row<'_>) -> Result<Self> {
        let text = |name| row.get_ref(name)?.as_str().map_err(|_| StoreError::column(name));
        let blob = |name| row.get_ref(name)?.as_blob().map_err(|_| StoreError::column(name));
        let origin = row.get_ref("origin")?.as_str_or_null();
        Ok(Self {
            id: blob("id")?,
            change: blob("change")?,
            device: blob("device")?,
            clock: row.get("clock")?,
            at: row.get("at")?,
            offset: row.get("offset")?,
            version: row.get("version")?,
            parents: blob("parents")?,
            origin: origin.map_err(|_| StoreError::column("origin"))?,
            kind: text("kind")?,
            subject: text("subject")?,
            body: text("body")?,
        })
    }

    fn by_position(row: &'a Row<'_>) -> Result<Self> {
        let text = |at, name| row.get_ref(at)?.as_str().map_err(|_| StoreError::column(name));
        let blob = |at, name| row.get_ref(at)?.as_blob().map_err(|_| StoreError::column(name));
        Ok(Self {
            id: blob(0, "id")?,
            change: blob(1, "change")?,
            device: blob(2, "device")?,
            clock: row.get(3)?,
            at: row.get(4)?,
            offset: row.get(5)?,
            version: row.get(6)?,
            parents: blob(7, "parents")?,
            origin: row.get_ref(8)?.as_str_or_null().map_err(|_| StoreError::column("origin"))?,
            kind: text(9, "kind")?,
            subject: text(10, "subject")?,
            body: text(11, "body")?,
        })
    }

    /// The fact in the columns. Errors if `hash` does not match them.
    pub(super) fn fact(&self, hash: &[u8]) -> Result<Fact> {
        let id = |bytes, name| Uuid::from_slice(bytes).map_err(|_| StoreError::column(name));
        let fact_id = FactId(id(self.id, "id")?);
        let damaged = |fault| {
            let subject = Subject::from(self.subject);
            StoreError::damaged(Damage::Fact { id: fact_id, subject, fault })
        };
        let event = encoding::decode(self.kind, self.version, self.subject, self.body);
        let event = event.ok_or_else(|| damaged(FactFault::Body))?;
        let at = moment(self.at, self.offset).ok_or_else(|| damaged(FactFault::Time))?;
        if self.hash().as_slice() != hash {
            return Err(damaged(FactFault::Hash));
        }
        Ok(Fact {
            id: fact_id,
            clock: self.clock,
            change: FactId(id(self.change, "change")?),
            device: DeviceId(id(self.device, "device")?),
            parents: ids(self.parents),
            at,
            origin: self.origin.and_then(|origin| origin.parse().ok()),
            event,
        })
    }

    /// SHA-256 over all columns; `docs/journal-format.md` describes its input byte for byte.
    pub(super) fn hash(&self) -> [u8; 32] {
        let mut hash = Sha256::new();
        hash.update(self.id);
        hash.update(self.change);
        hash.update(self.device);
        hash.update(self.clock.to_be_bytes());
        hash.update(self.at.to_be_bytes());
        hash.update(self.offset.to_be_bytes());
        hash.update(self.version.to_be_bytes());
        for part in [
            self.parents,
            self.origin.unwrap_or_default().as_bytes(),
            self.kind.as_bytes(),
            self.subject.as_bytes(),
            self.body.as_bytes(),
        ] {
            hash.update((part.len() as u64).to_be_bytes());
            hash.update(part);
        }
        hash.finalize().into()
    }
}

/// The error of a column, with the fact whose column it is.
fn error_with_fact(row: &Row<'_>, error: StoreError) -> StoreError {
    match (&error, uuid(row, "id"), row.get::<_, String>("subject")) {
        (StoreError::Damaged { .. }, Ok(id), Ok(subject)) => {
            let subject = Subject::from(subject.as_str());
            let (id, fault) = (FactId(id), FactFault::Body);
            StoreError::damaged(Damage::Fact { id, subject, fault })
        }
        _ => error,
    }
}

/// An instant from milliseconds since 1970 in UTC and an offset in seconds east of UTC; `None` if
/// either is out of range.
pub fn moment(at: i64, offset: i32) -> Option<Moment> {
    let utc = DateTime::from_timestamp_millis(at)?;
    Some(utc.with_timezone(&FixedOffset::east_opt(offset)?))
}

/// An id from a column of 16 bytes.
pub(crate) fn uuid(row: &Row<'_>, column: &'static str) -> Result<Uuid> {
    let bytes: Vec<u8> = row.get(column)?;
    Uuid::from_slice(&bytes).map_err(|_| StoreError::column(column))
}

/// The ids in a column that holds them one after the other, 16 bytes each.
pub(crate) fn ids(bytes: &[u8]) -> Vec<FactId> {
    let ids = bytes.chunks_exact(16).filter_map(|bytes| Uuid::from_slice(bytes).ok());
    ids.map(FactId).collect()
}
