//! A fact as bytes, from a row that may be damaged. A single flipped bit can be found: only the
//! bytes that were written have the hash that was written.

use sha2::{Digest, Sha256};

use crate::store::facts::columns::Columns;
use crate::store::facts::row::StoredFact;

/// The largest row in which a flipped bit is looked for: each bit takes a hash of the whole row.
const LARGEST: usize = 8 << 10;

/// The columns of a row, of any content.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct RawFact {
    pub(crate) id: Vec<u8>,
    pub(crate) change: Vec<u8>,
    pub(crate) device: Vec<u8>,
    pub(crate) clock: i64,
    pub(crate) at: i64,
    pub(crate) offset: i64,
    pub(crate) version: i64,
    pub(crate) parents: Vec<u8>,
    pub(crate) origin: Option<Vec<u8>>,
    pub(crate) kind: Vec<u8>,
    pub(crate) subject: Vec<u8>,
    pub(crate) body: Vec<u8>,
    pub(crate) hash: Vec<u8>,
}

impl RawFact {
    /// The fact, if it is what was written.
    pub(crate) fn stored(&self) -> Option<StoredFact> {
        let text = |bytes| std::str::from_utf8(bytes).ok();
        let columns = Columns {
            id: &self.id,
            change: &self.change,
            device: &self.device,
            clock: u64::try_from(self.clock).ok().filter(|clock| *clock > 0)?,
            at: self.at,
            offset: i32::try_from(self.offset).ok()?,
            version: u32::try_from(self.version).ok().filter(|version| *version > 0)?,
            parents: &self.parents,
            origin: match &self.origin {
                Some(origin) => Some(text(origin)?),
                None => None,
            },
            kind: text(&self.kind)?,
            subject: text(&self.subject)?,
            body: text(&self.body)?,
        };
        Some(StoredFact {
            fact: columns.fact(&self.hash).ok()?,
            kind: columns.kind.to_owned(),
            version: columns.version,
            subject: columns.subject.to_owned(),
            body: columns.body.to_owned(),
            hash: self.hash.clone(),
        })
    }

    /// The same with the one bit turned back that was flipped after it was written; `None` if more
    /// is wrong with it.
    pub(crate) fn mended(&self) -> Option<StoredFact> {
        let mut bytes = self.hashed_bytes()?;
        let hash: [u8; 32] = self.hash.clone().try_into().ok()?;
        let found = Sha256::digest(&bytes);
        let differing: u32 =
            found.iter().zip(&hash).map(|(found, hash)| (found ^ hash).count_ones()).sum();
        if differing == 1 {
            return Self { hash: found.to_vec(), ..self.clone() }.stored();
        }
        let searched = if bytes.len() <= LARGEST { bytes.len() } else { 0 };
        for at in 0..searched {
            for bit in 0..8 {
                bytes[at] ^= 1 << bit;
                if Sha256::digest(&bytes).as_slice() == hash {
                    return self.with_hashed_bytes(&bytes)?.stored();
                }
                bytes[at] ^= 1 << bit;
            }
        }
        None
    }

    /// What the hash is over. `None` if an id is not of its length.
    fn hashed_bytes(&self) -> Option<Vec<u8>> {
        let mut bytes = Vec::new();
        for id in [&self.id, &self.change, &self.device] {
            bytes.extend(<[u8; 16]>::try_from(id.as_slice()).ok()?);
        }
        bytes.extend(self.clock.to_be_bytes());
        bytes.extend(self.at.to_be_bytes());
        bytes.extend(i32::try_from(self.offset).ok()?.to_be_bytes());
        bytes.extend(u32::try_from(self.version).ok()?.to_be_bytes());
        for part in self.parts() {
            bytes.extend((part.len() as u64).to_be_bytes());
            bytes.extend(part);
        }
        Some(bytes)
    }

    fn parts(&self) -> [&[u8]; 5] {
        let origin = self.origin.as_deref().unwrap_or_default();
        [&self.parents, origin, &self.kind, &self.subject, &self.body]
    }

    /// The row whose hash is over these bytes, which have the lengths of this one.
    fn with_hashed_bytes(&self, bytes: &[u8]) -> Option<Self> {
        let mut rest = bytes;
        let mut take = |length: usize| {
            let (taken, after) = rest.split_at_checked(length)?;
            rest = after;
            Some(taken.to_vec())
        };
        let [id, change, device] = [take(16)?, take(16)?, take(16)?];
        let clock = i64::from_be_bytes(take(8)?.try_into().ok()?);
        let at = i64::from_be_bytes(take(8)?.try_into().ok()?);
        let offset = i32::from_be_bytes(take(4)?.try_into().ok()?);
        let version = u32::from_be_bytes(take(4)?.try_into().ok()?);
        let mut parts = Vec::new();
        for part in self.parts() {
            // A flip in a length would mean that the row was never so.
            if take(8)? != (part.len() as u64).to_be_bytes() {
                return None;
            }
            parts.push(take(part.len())?);
        }
        let [parents, origin, kind, subject, body] = parts.try_into().ok()?;
        Some(Self {
            id,
            change,
            device,
            clock,
            at,
            offset: i64::from(offset),
            version: i64::from(version),
            parents,
            origin: self.origin.as_ref().map(|_| origin),
            kind,
            subject,
            body,
            hash: self.hash.clone(),
        })
    }
}
