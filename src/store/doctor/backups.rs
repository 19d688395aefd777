//! The newest backup: how old it is, and whether a journal could be made of it again.

use std::fs;
use std::path::{Path, PathBuf};
use std::time::SystemTime;

use chrono::{DateTime, Utc};

use crate::journal::Moment;
use crate::store::doctor::{Finding, Severity, facts, lessons, opening, pages};
use crate::store::{Result, StoreError};

/// A backup that is older than the last change by more than this is told.
const OLD: u64 = 7;

/// How many damaged backups are named before the search for a sound one ends.
const MOST_TRIES: usize = 5;

/// Looks at the newest backups of a folder until one is sound. `recorded` are the
/// instants of the first and the last fact of the journal, and `now` is the present moment.
pub(crate) fn check(
    folder: &Path,
    scratch: &Path,
    recorded: Option<(Moment, Moment)>,
    now: Moment,
    findings: &mut Vec<Finding>,
) {
    let (sealed, plain): (Vec<_>, Vec<_>) =
        newest_first(folder).into_iter().partition(|(path, _)| is_sealed(path));
    if !sealed.is_empty() {
        findings.push(Finding::SealedBackups { count: sealed.len() });
    }
    for (path, made) in plain.into_iter().take(MOST_TRIES) {
        let Ok(sound) = look(&path, scratch) else {
            findings.push(Finding::BadBackup { path });
            continue;
        };
        let days = |from: Option<Moment>, to: Option<Moment>| {
            let seconds = from.zip(to).map_or(0, |(from, to)| (to - from).num_seconds());
            u64::try_from(seconds / (24 * 60 * 60)).unwrap_or_default()
        };
        let made = DateTime::<Utc>::from(made).with_timezone(now.offset());
        let behind = days(sound.recorded.map(|(_, last)| last), recorded.map(|(_, last)| last));
        if behind > OLD {
            findings.push(Finding::OldBackup { path, days: behind });
        } else {
            findings.push(Finding::Backup {
                path,
                facts: sound.sound,
                days_old: days(Some(made), Some(now)),
            });
        }
        return;
    }
    if sealed.is_empty() {
        let is_new = recorded.is_none_or(|(first, _)| (now - first).num_days() < 1);
        findings.push(Finding::NoBackup { folder: folder.to_owned(), is_new });
    }
}

/// Whether a folder has backups at all.
pub(crate) fn are_in(folder: &Path) -> bool {
    !newest_first(folder).is_empty()
}

/// The facts of a backup that is sound. Errors if anything of it is damaged.
fn look(path: &Path, scratch: &Path) -> Result<facts::Facts> {
    let broken = || StoreError::column("backup");
    let mut found = Vec::new();
    let opened = opening::open(path, scratch, &mut found, &mut |_| {}).ok_or_else(broken)?;
    let connection = &opened.connection;
    let facts = facts::check(connection, &mut |_| {})?;
    let (lessons, _) = lessons::check(connection)?;
    let pages = pages::check(connection)?;
    let mut all = found.iter().chain(&facts.findings).chain(&lessons).chain(&pages);
    let is_damaged = all.any(|finding| finding.severity() == Severity::Damage);
    if is_damaged { Err(broken()) } else { Ok(facts) }
}

/// The files of a backups folder that may be backups, with the time at which each was made.
fn newest_first(folder: &Path) -> Vec<(PathBuf, SystemTime)> {
    let files = fs::read_dir(folder).into_iter().flatten().flatten();
    let mut found: Vec<(PathBuf, SystemTime)> = files
        .filter_map(|file| {
            let metadata = fs::metadata(file.path()).ok().filter(fs::Metadata::is_file)?;
            Some((file.path(), metadata.modified().ok()?))
        })
        .filter(|(path, _)| is_sealed(path) || path.extension().is_some_and(|end| end == "db"))
        .collect();
    found.sort_by(|(one, made), (other, later)| (later, other).cmp(&(made, one)));
    found
}

fn is_sealed(path: &Path) -> bool {
    path.extension().is_some_and(|ending| ending == "age")
}
