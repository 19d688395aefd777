//! The examination of a journal: whether every fact, every lesson and every derived row is what was
//! saved, and what lies beside the file.
//!
//! It only reads. Where a journal could be read only after a change of the file, a private copy is
//! examined instead; a locked one is examined in memory. What is found is a [`Finding`]; nothing here is a sentence.

mod backups;
mod beside;
pub(crate) mod facts;
mod finding;
pub(crate) mod lessons;
pub(crate) mod opening;
mod pages;
mod places;
pub mod repair;
mod rows;
mod salvage;
pub(crate) mod sealed;

use std::collections::{BTreeMap, BTreeSet};
use std::path::{Path, PathBuf};

use rusqlite::Connection;
use uuid::Uuid;

use crate::journal::lesson::ShippedSeries;
use crate::journal::{Moment, Now};
use crate::seal::Key;
use crate::store::doctor::places::Places;
use crate::store::read::{servings, undo};
use crate::store::tables::compare;
use crate::store::{Backups, Derived, Difference, Progress, Result};
use opening::Opened;

pub use beside::plain_journals_in;
pub use salvage::Salvaged;

pub use finding::{Finding, Severity, Sound, SyncProgram};

/// The most rows of a derived table that are named as different.
const MOST_NAMED: usize = 3;

/// What is examined, and with what.
#[derive(Debug, Clone, Copy)]
pub struct Patient<'a> {
    /// The journal.
    pub journal: &'a Path,
    pub backups: &'a Backups,
    /// A folder of dwell in which a private copy can be made.
    pub scratch: &'a Path,
    /// The folders that dwell made, which nobody else should be able to enter.
    pub folders: &'a [PathBuf],
    /// Other folders in which dwell puts files into their place.
    pub others: &'a [PathBuf],
    pub shipped: ShippedSeries,
    pub now: Now,
    /// The key of a locked journal; `None` if it is plain, or nobody gave the passphrase.
    pub key: Option<&'a Key>,
}

/// What an examination found.
#[derive(Debug, Default)]
pub struct Examination {
    pub findings: Vec<Finding>,
    /// What the journal has that is sound; `None` if it could not be looked into.
    pub counts: Option<Sound>,
    /// The id of the journal; `None` if it has none, or could not be looked into.
    pub id: Option<Uuid>,
}

impl Examination {
    /// How bad the worst finding is.
    pub fn worst(&self) -> Severity {
        self.findings.iter().map(Finding::severity).max().unwrap_or(Severity::Note)
    }

    /// Whether the journal could be looked into, or is simply not there.
    pub fn is_complete(&self) -> bool {
        let is_out_of_reach = |finding: &Finding| {
            matches!(
                finding,
                Finding::NotExamined(_)
                    | Finding::NotCopied { .. }
                    | Finding::NeedsPassphrase { .. }
            )
        };
        !self.findings.iter().any(is_out_of_reach)
    }
}

/// Examines a journal and what is beside it. Writes nothing to either. Waits for a lock of another
/// program a few seconds, each time that it needs one.
pub fn examine(patient: &Patient<'_>, progress: &mut dyn FnMut(Progress)) -> Examination {
    let mut examination = Examination::default();
    let findings = &mut examination.findings;
    let locked = sealed::locked(patient.journal);
    let journal = locked.as_ref().map_or(patient.journal, |paths| &paths.sealed);
    let opened = match &locked {
        Some(paths) => sealed::open(paths, patient.key, findings, progress),
        None => opening::open(patient.journal, patient.scratch, findings, progress),
    };
    let mut recorded = None;
    let mut versions = None;
    if let Some(opened) = &opened {
        versions = Some((opened.form, opened.tables));
        let device = undo::known_device(&opened.connection).ok().flatten();
        examination.id = device.map(|device| device.0);
        match look_into(opened, patient, findings, progress) {
            Ok((counts, all)) => {
                recorded = all;
                findings.insert(0, Finding::Examined { journal: journal.to_owned(), counts });
                examination.counts = Some(counts);
            }
            Err(error) => findings.push(opening::refused(error.at(journal))),
        }
    } else if findings.is_empty() {
        findings.push(match patient.backups.require_new() {
            Ok(()) => Finding::NoJournal,
            Err(error) => Finding::NotUsable(error),
        });
    }
    // The connection has locks that another handle on the file would drop.
    let is_opened = opened.is_some();
    drop(opened);
    if let Some(paths) = &locked {
        sealed::check(paths, patient.backups, is_opened, findings);
    } else {
        beside::check(patient.journal, findings);
        sealed::check_beside_plain(patient.journal, findings);
    }
    beside::access_to_folders(patient.folders, findings);
    beside::left_in_folders(patient.folders, findings);
    beside::left_in_folders_of_others(patient.others, findings);
    beside::left_copies(patient.scratch, findings);
    if !findings.iter().any(|one| matches!(one, Finding::NoJournal)) {
        backups::check(patient, recorded, findings);
        let is_sealed = locked.is_some() || sealed::is_lost(patient.journal);
        findings.push(if is_sealed { Finding::Sealed } else { Finding::Plain });
    }
    if let Some((form, tables)) = versions {
        let (sqlite, dwell) = (rusqlite::version(), env!("CARGO_PKG_VERSION"));
        findings.push(Finding::Versions { form, tables, sqlite, dwell });
    }
    examination
}

/// Looks into an open journal. Returns what it has that is sound, and when its first and last facts were
/// recorded.
fn look_into(
    opened: &Opened,
    patient: &Patient<'_>,
    findings: &mut Vec<Finding>,
    progress: &mut dyn FnMut(Progress),
) -> Result<(Sound, Option<(Moment, Moment)>)> {
    let connection = &opened.connection;
    findings.extend(pages::check(connection)?);
    let altered = pages::schema(connection)?;
    let has_tables = !altered.iter().any(|one| matches!(one, Finding::Altered { .. }));
    findings.extend(altered);
    let facts = facts::check(connection, &mut |part| progress(of_all(part, 0, FACTS)))?;
    findings.extend(facts.findings);
    let places = Places::new(connection, patient.shipped)?;
    let (damaged, lessons) = lessons::check(connection, &places)?;
    findings.extend(damaged);
    if opened.has_own_tables && has_tables {
        let progress = &mut |part| progress(of_all(part, FACTS, ALL - FACTS));
        findings.extend(differing(connection, progress));
    }
    let ahead = servings::today(connection, patient.now).ok().and_then(|today| today.too_far_ahead);
    findings.extend(ahead.map(|day| Finding::ServedAhead { day }));
    let entries = "SELECT count(*) FROM entry";
    let entries = connection.query_row(entries, [], |row| row.get(0)).unwrap_or_default();
    Ok((Sound { facts: facts.sound, entries, lessons }, facts.recorded))
}

/// Of the time that an examination takes, in hundredths: all, and to look at every fact.
const ALL: usize = 100;
const FACTS: usize = 20;

/// The progress of a part of an examination, as that of all of it.
fn of_all(part: Progress, before: usize, share: usize) -> Progress {
    Progress { done: before * part.total + share * part.done, total: ALL * part.total }
}

/// The derived tables that differ from the facts, or cannot be compared with them.
fn differing(connection: &Connection, progress: &mut dyn FnMut(Progress)) -> Vec<Finding> {
    let mut compare = || {
        let transaction = connection.unchecked_transaction()?;
        compare::compare_with_progress(&transaction, progress)
    };
    // What cannot be compared is damaged in a way that the check of the pages names.
    let compared = match compare() {
        Err(_) => compare(),
        compared => compared,
    };
    let differences = match compared {
        Ok(differences) => differences,
        Err(error) => return vec![opening::refused(error)],
    };
    // A changed row differs twice: as it is, and as it should be.
    let mut tables: BTreeMap<Derived, BTreeSet<String>> = BTreeMap::new();
    for Difference { table, about, .. } in differences {
        tables.entry(table).or_default().insert(about);
    }
    let finding = |(table, about): (Derived, BTreeSet<String>)| Finding::Differs {
        table,
        rows: about.len() as u64,
        about: about.into_iter().take(MOST_NAMED).collect(),
    };
    tables.into_iter().map(finding).collect()
}
