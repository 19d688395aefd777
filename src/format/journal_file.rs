//! What the file of another journal program holds: the records that can be used, and why the others
//! cannot. It is there only once the whole file was read.

use std::collections::BTreeMap;

use crate::format::FormatError;
use crate::journal::entry::record::Record;

/// The content of a file of another journal program.
#[derive(Debug, Default)]
pub struct JournalFile {
    /// The records that can be used, in the order of the file.
    pub records: Vec<Record>,
    /// One for each record that cannot be used.
    pub skipped: Vec<FormatError>,
    /// What stands beside the words and is left out.
    pub left_out: LeftOut,
}

/// What is left out of records that are imported.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct LeftOut {
    /// Pictures, videos, sounds and documents.
    pub media: u64,
    /// The number of entries with a star.
    pub stars: u64,
    /// Zones that are not known, with the number of entries that were written in them. The days of
    /// these are in the zone of the person.
    pub zones: BTreeMap<String, u64>,
}

impl JournalFile {
    /// Adds what another part of the same file holds.
    pub fn append(&mut self, part: Self) {
        self.records.extend(part.records);
        self.skipped.extend(part.skipped);
        self.left_out.media += part.left_out.media;
        self.left_out.stars += part.left_out.stars;
        for (zone, entries) in part.left_out.zones {
            *self.left_out.zones.entry(zone).or_default() += entries;
        }
    }
}
