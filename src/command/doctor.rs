//! `dwell doctor`

use std::collections::{BTreeMap, BTreeSet};
use std::path::{Path, PathBuf};

use crate::command::Context;
use crate::command::error::{Error, Kind, Result};
use crate::drafts::{Drafts, JournalPlace, LeftDraft};
use crate::library::SHIPPED;
use crate::messages::doctor;
use crate::platform;
use crate::store::Progress;
use crate::store::doctor::{Examination, Finding, Patient, Severity, examine};
use crate::view::View;

/// Is everything well? Look at every fact, lesson and file, and change nothing
///
/// Each finding comes with what to do. Notes need nothing. The exit code is 0 if there are only
/// notes, 1 if there is a warning, and 3 if a part of the journal is damaged or cannot be read.
#[derive(Debug, clap::Args)]
#[command(after_help = "Example: dwell doctor")]
pub struct Args {}

pub fn run(_: &Args, context: &mut Context) -> Result<()> {
    let examination = look(context)?;
    show(&examination, context)?;
    match exit(&examination) {
        None => Ok(()),
        Some(kind) => Err(Error::of_findings(kind)),
    }
}

/// Examines the journal, the drafts, the settings and the mirror.
fn look(context: &mut Context) -> Result<Examination> {
    let now = context.now()?;
    let config = &context.config;
    let above = |path: &Path| path.parent().unwrap_or(Path::new("/")).to_owned();
    let (data, state) = (above(&config.backups), above(&config.drafts));
    let patient = Patient {
        journal: &config.journal,
        backups: &config.backups,
        scratch: &state,
        folders: &[&data, &config.backups, &state, &config.drafts],
        shipped: SHIPPED,
        now,
    };
    let mut line = context.terminal.progress_line();
    let progress = &mut |Progress { done, total }| line.update(done, total, doctor::examining);
    let mut examination = examine(&patient, progress);
    drop(line);
    let journal = JournalPlace::new(&config.journal, examination.id);
    let left = Drafts::new(config.drafts.clone(), Some(journal)).left();
    examination.findings.extend(drafts(left));
    settings(context, &mut examination.findings);
    Ok(examination)
}

/// The drafts by the journal that they were for.
fn drafts(left: Vec<LeftDraft>) -> Vec<Finding> {
    let mut by_journal: BTreeMap<Option<PathBuf>, (usize, BTreeSet<_>)> = BTreeMap::new();
    for LeftDraft { day, gone } in left {
        let (count, days) = by_journal.entry(gone).or_default();
        *count += 1;
        days.extend(day);
    }
    let finding = |(gone, (count, days)): (_, (_, BTreeSet<_>))| Finding::Drafts {
        count,
        days: days.into_iter().collect(),
        gone,
    };
    by_journal.into_iter().map(finding).collect()
}

fn settings(context: &Context, findings: &mut Vec<Finding>) {
    let config = &context.config;
    // Whoever can change the settings can have dwell run a program of theirs.
    for path in [config.file.as_path(), config.file.parent().unwrap_or(Path::new("/"))] {
        let metadata = std::fs::metadata(path);
        if metadata.is_ok_and(|metadata| platform::is_writable_by_others(&metadata)) {
            findings.push(Finding::OpenToOthers { path: path.to_owned() });
        }
    }
    if !config.unknown_keys.is_empty() {
        let (file, keys) = (config.file.clone(), config.unknown_keys.clone());
        findings.push(Finding::UnknownSettings { file, keys });
    }
    if let Some(folder) = &config.mirror
        && let Err(error) = platform::require_writable_folder(folder)
    {
        findings.push(Finding::MirrorNotWritable { folder: folder.clone(), error });
    }
}

/// Shows the worst first.
fn show(examination: &Examination, context: &mut Context) -> Result<()> {
    let journal = context.config.journal.clone();
    let mut findings: Vec<&Finding> = examination.findings.iter().collect();
    findings.sort_by_key(|finding| std::cmp::Reverse(finding.severity()));
    for finding in findings {
        // A person is told that in the last line.
        if context.shows_json() || !matches!(finding, Finding::Examined { .. }) {
            context.show(View::Finding { finding, journal: &journal })?;
        }
    }
    if let Some(counts) = examination.counts.filter(|_| !context.shows_json()) {
        let is_well = examination.worst() == Severity::Note;
        context.show(View::EndOfExamination { counts, is_well })?;
    }
    Ok(())
}

/// The failure that the exit code tells; `None` if nothing is worse than a note.
fn exit(examination: &Examination) -> Option<Kind> {
    match examination.worst() {
        _ if !examination.is_complete() => Some(Kind::Journal),
        Severity::Damage => Some(Kind::Journal),
        Severity::Warning => Some(Kind::Nothing),
        Severity::Note => None,
    }
}
