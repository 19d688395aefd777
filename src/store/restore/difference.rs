//! What a restore would take from the journal and bring back: the facts that only one of them has.

use std::collections::{BTreeMap, BTreeSet};

use rusqlite::{Connection, Row};

use crate::journal::Day;
use crate::journal::entry::fact::Subject;
use crate::store::Result;
use crate::store::facts::whole;
use crate::store::file::{form, open};
use crate::store::restore::{StagedBackup, read_only};

/// How the journal differs from a backup.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct BackupDifference {
    /// The days of which the journal has something that the backup does not have.
    pub only_in_journal: BTreeSet<Day>,
    /// The days of which the backup has something that the journal does not have.
    pub only_in_backup: BTreeSet<Day>,
    /// How many facts on lessons, series and rests each of them has alone: the journal, the backup.
    pub others: [usize; 2],
}

impl BackupDifference {
    /// Whether they have the same facts.
    pub fn is_none(&self) -> bool {
        *self == Self::default()
    }
}

impl StagedBackup {
    /// How the journal differs from the backup. Errors if the journal cannot be read.
    pub fn difference(&self) -> Result<BackupDifference> {
        let backup = read_only(&self.copy)?;
        let journal = open::connect(&self.journal, open::WAIT)?;
        let journal = journal.as_ref().map(|(connection, _)| connection);
        between(journal, &backup).map_err(|error| error.at(&self.journal))
    }
}

/// How a journal, if there is one, differs from a backup that was checked.
pub(super) fn between(
    journal: Option<&Connection>,
    backup: &Connection,
) -> Result<BackupDifference> {
    let backup = subjects(backup)?;
    let journal = journal.map(subjects).transpose()?.unwrap_or_default();
    let mut difference = BackupDifference::default();
    let BackupDifference { only_in_journal, only_in_backup, others } = &mut difference;
    for (own, other, days, at) in
        [(&journal, &backup, only_in_journal, 0), (&backup, &journal, only_in_backup, 1)]
    {
        for (_, subject) in own.iter().filter(|(id, _)| !other.contains_key(*id)) {
            match Subject::from(subject.as_str()) {
                Subject::Day(day) => _ = days.insert(day),
                _ => others[at] += 1,
            }
        }
    }
    Ok(difference)
}

/// The id of each fact with its subject, in any form, without facts that are damaged. Which lessons
/// came with dwell is no difference.
fn subjects(connection: &Connection) -> Result<BTreeMap<Vec<u8>, String>> {
    let mut subjects = BTreeMap::new();
    let is_present = form::of_version(form::version_of(connection)?) == form::FORM;
    let mut take = |row: &Row<'_>| -> Result<()> {
        let kind: String = row.get("kind")?;
        if !["series_added", "lessons_added"].contains(&kind.as_str()) {
            subjects.insert(row.get("id")?, row.get("subject")?);
        }
        Ok(())
    };
    if is_present {
        whole::each_hash(connection, |row, is_whole| if is_whole { take(row) } else { Ok(()) })?;
    } else {
        let mut statement = connection.prepare("SELECT id, subject, kind FROM fact")?;
        let mut rows = statement.query([])?;
        while let Some(row) = rows.next()? {
            take(row)?;
        }
    }
    Ok(subjects)
}
