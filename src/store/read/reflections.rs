//! The words of a day: as they stand, and every saved state of them.

use crate::journal::entry::fact::Subject;
use crate::journal::entry::reflection::Revision;
use crate::journal::{Day, FactId, entry};
use crate::store::facts::row;
use crate::store::{Result, Store};

impl Store {
    /// The words of a day as they stand, and the facts that a revision of them must name; `None`
    /// if there are none.
    pub fn revisable(&self, day: Day) -> Result<Option<(String, Vec<FactId>)>> {
        self.read(|connection| {
            let facts = row::in_force(connection, &Subject::Day(day))?;
            let reflection = entry::from_facts(&facts).and_then(|state| state.reflection);
            Ok(reflection.map(|reflection| (reflection.text, entry::text_heads(&facts))))
        })
    }

    /// Every saved state of a day's reflection, oldest first.
    pub fn revisions(&self, day: Day) -> Result<Vec<Revision>> {
        self.read(|connection| {
            Ok(entry::revisions(&row::on_subject(connection, &Subject::Day(day))?))
        })
    }
}
