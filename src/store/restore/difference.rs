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
    let backup = facts(backup)?;
    let journal = journal.map(facts).transpose()?.unwrap_or_default();
    let mut difference = BackupDifference::default();
    let BackupDifference { only_in_journal, only_in_backup, others } = &mut difference;
    for (own, other, days, at) in
        [(&journal, &backup, only_in_journal, 0), (&backup, &journal, only_in_backup, 1)]
    {
        for (_, fact) in own.iter().filter(|(id, _)| !other.contains_key(*id)) {
            let about = days_of(fact, own);
            if about.is_empty() {
                others[at] += 1;
            }
            days.extend(about);
        }
    }
    Ok(difference)
}

/// What is compared of a fact.
struct Compared {
    subject: Subject,
    /// The id of its change; empty in older forms.
    change: Vec<u8>,
}

/// The facts of a journal, by their ids.
type Facts = BTreeMap<Vec<u8>, Compared>;

/// The days that a fact is about. An undo or a redo is about those of the change that it is of.
fn days_of(fact: &Compared, all: &Facts) -> BTreeSet<Day> {
    match &fact.subject {
        Subject::Day(day) => BTreeSet::from([*day]),
        Subject::Change(change) => {
            let of_change = all.values().filter(|other| other.change == change.0.as_bytes());
            let day = |other: &Compared| match other.subject {
                Subject::Day(day) => Some(day),
                _ => None,
            };
            of_change.filter_map(day).collect()
        }
        _ => BTreeSet::new(),
    }
}

/// The facts in any form, without those that are damaged. Which lessons came with dwell is no
/// difference.
fn facts(connection: &Connection) -> Result<Facts> {
    let mut facts = Facts::new();
    let is_present = form::of_version(form::version_of(connection)?) == form::FORM;
    let mut take = |row: &Row<'_>| -> Result<()> {
        let kind: String = row.get("kind")?;
        if !["series_added", "lessons_added"].contains(&kind.as_str()) {
            let subject: String = row.get("subject")?;
            let change = row.get("change").unwrap_or_default();
            facts.insert(row.get("id")?, Compared { subject: subject.as_str().into(), change });
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
    Ok(facts)
}
