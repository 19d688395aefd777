//! The newest backup: how old it is, and whether a journal could be made of it again.

use std::path::Path;

use crate::journal::Moment;
use crate::seal::Key;
use crate::store::doctor::places::Places;
use crate::store::doctor::{Finding, Patient, Severity, facts, lessons, opening, pages, sealed};
use crate::store::{Backup, Reason, Result, StoreError};

/// A backup that is older than the last change by more than this is told.
const OLD: u64 = 7;

/// How many damaged backups are named before the search for a sound one ends.
const MOST_TRIES: usize = 5;

/// Looks at the newest backups until one is sound. `recorded` are the instants of the first and the
/// last fact of the journal.
pub(crate) fn check(
    patient: &Patient<'_>,
    recorded: Option<(Moment, Moment)>,
    findings: &mut Vec<Finding>,
) {
    let now = patient.now.at;
    let mut list = patient.backups.list();
    list.reverse();
    let can_be_opened = |one: &Backup| !one.is_sealed || patient.key.is_some();
    let (list, sealed): (Vec<_>, Vec<_>) = list.into_iter().partition(can_be_opened);
    if !sealed.is_empty() {
        findings.push(Finding::SealedBackups { count: sealed.len() });
    }
    for Backup { path, day, reason, is_sealed, .. } in list.into_iter().take(MOST_TRIES) {
        let key = patient.key.filter(|_| is_sealed);
        let Ok(sound) = look(&path, patient.scratch, key) else {
            // What a repair or a restore took the place of may have been damaged.
            if !matches!(reason, Reason::BeforeRepair | Reason::BeforeRestore) {
                findings.push(Finding::BadBackup { path });
            }
            continue;
        };
        let days = |from: Option<Moment>, to: Option<Moment>| {
            let seconds = from.zip(to).map_or(0, |(from, to)| (to - from).num_seconds());
            u64::try_from(seconds / (24 * 60 * 60)).unwrap_or_default()
        };
        let age = now.naive_local().date().signed_duration_since(day.date()).num_days();
        let behind = days(sound.recorded.map(|(_, last)| last), recorded.map(|(_, last)| last));
        if behind > OLD {
            findings.push(Finding::OldBackup { path, days: behind });
        } else {
            findings.push(Finding::Backup {
                path,
                facts: sound.sound,
                days_old: u64::try_from(age).unwrap_or_default(),
            });
        }
        return;
    }
    if sealed.is_empty() {
        let is_new = recorded.is_none_or(|(first, _)| (now - first).num_days() < 1);
        let folder = patient.backups.folder().to_owned();
        findings.push(Finding::NoBackup { folder, is_new });
    }
}

/// The facts of a backup that is sound; `key` opens it if it is sealed. Errors if anything of it is
/// damaged.
fn look(path: &Path, scratch: &Path, key: Option<&Key>) -> Result<facts::Facts> {
    let broken = || StoreError::column("backup");
    let mut found = Vec::new();
    let opened = match key {
        Some(key) => sealed::open_backup(path, key, &mut found)?,
        None => opening::open(path, scratch, &mut found, &mut |_| {}).ok_or_else(broken)?,
    };
    let connection = &opened.connection;
    let facts = facts::check(connection, &mut |_| {})?;
    let (lessons, _) = lessons::check(connection, &Places::default())?;
    let pages = pages::check(connection)?;
    let mut all = found.iter().chain(&facts.findings).chain(&lessons).chain(&pages);
    let is_damaged = all.any(|finding| finding.severity() == Severity::Damage);
    if is_damaged { Err(broken()) } else { Ok(facts) }
}
