//! `dwell doctor`: what is wrong, and with `--repair` what is done about it.

mod repair;

use std::collections::{BTreeMap, BTreeSet};
use std::path::{Path, PathBuf};

use crate::command::Context;
use crate::command::error::{Error, Kind, Result};
use crate::drafts::{Drafts, JournalPlace, LeftDraft};
use crate::journal::Now;
use crate::library::SHIPPED;
use crate::messages::doctor;
use crate::platform;
use crate::seal::Key;
use crate::store::doctor::{Examination, Finding, Patient, Severity, examine};
use crate::store::{Backups, Progress, SealedPaths};
use crate::view::View;

/// Is everything well? Look at every fact, lesson and file, and change nothing
///
/// Each finding comes with what to do. Notes need nothing. The exit code is 0 if there are only
/// notes, 1 if there is a warning, and 3 if a part of the journal is damaged or cannot be read.
/// --repair says what it would do, makes a copy and asks; a damaged journal is kept. Of a locked
/// journal, only the files are looked at without the passphrase.
#[derive(Debug, clap::Args)]
#[command(after_help = "Example: dwell doctor")]
pub struct Args {
    /// Repair what can be repaired, after a copy; asks before that
    #[arg(long)]
    repair: bool,
    /// Do not ask before a repair
    #[arg(long, short, requires = "repair")]
    yes: bool,
}

pub fn run(args: &Args, context: &mut Context) -> Result<()> {
    let places = Places::of(context)?;
    let mut examination = look(&places, context)?;
    // A script is told what is so in the end.
    let is_shown_before = !args.repair || !context.shows_json();
    if is_shown_before {
        show(&examination, context)?;
    }
    let is_repaired = args.repair && repair::run(&examination, &places, args.yes, context)?;
    if is_repaired {
        examination = look(&places, context)?;
    }
    if is_repaired || !is_shown_before {
        show(&examination, context)?;
    }
    match exit(&examination) {
        None => Ok(()),
        Some(kind) => Err(Error::of_findings(kind)),
    }
}

/// Where what is examined is.
struct Places {
    journal: PathBuf,
    backups: Backups,
    scratch: PathBuf,
    folders: Vec<PathBuf>,
    others: Vec<PathBuf>,
    /// The key of a locked journal, if the passphrase was given.
    key: Option<Key>,
}

impl Places {
    fn of(context: &mut Context) -> Result<Self> {
        let key = key(context)?;
        let backups = context.backups();
        let config = &context.config;
        let above = |path: &Path| path.parent().unwrap_or(Path::new("/")).to_owned();
        let state = above(&config.drafts);
        let folders = [
            above(&config.backups),
            config.backups.clone(),
            state.clone(),
            config.drafts.clone(),
            config.traces.clone(),
        ];
        let others = std::iter::once(above(&config.file)).chain(config.mirror.clone());
        Ok(Self {
            journal: config.journal.clone(),
            backups,
            scratch: state,
            others: others.collect(),
            folders: folders.to_vec(),
            key,
        })
    }

    fn is_locked(&self) -> bool {
        is_locked(&self.journal)
    }

    fn patient(&self, now: Now) -> Patient<'_> {
        let (journal, folders, others) = (&self.journal, &self.folders, &self.others);
        let (backups, scratch) = (&self.backups, &self.scratch);
        let key = self.key.as_ref();
        Patient { journal, backups, scratch, folders, others, shipped: SHIPPED, now, key }
    }
}

/// The key of a locked journal. `None` if nobody can give the passphrase, or it does not open the
/// key file, which is said: then what can be seen without it is looked at. Writes nothing, as the
/// opening of a journal by another verb does.
fn key(context: &mut Context) -> Result<Option<Key>> {
    let journal = &context.config.journal;
    let has_key_file = is_there(&SealedPaths::of(journal).keys.key);
    let can_be_given =
        context.config.passphrase_command.is_some() || context.terminal.can_ask_secret();
    if !is_locked(journal) || !has_key_file || !can_be_given {
        return Ok(None);
    }
    match context.key_and_file() {
        Ok((key, _)) => Ok(Some(key)),
        Err(error) if error.kind == Kind::Journal => {
            context.complain(&error)?;
            Ok(None)
        }
        Err(error) => Err(error),
    }
}

/// Whether the journal is a locked one, also if its sealed file is gone.
fn is_locked(journal: &Path) -> bool {
    let paths = SealedPaths::of(journal);
    !is_there(&paths.plain) && (paths.is_locked() || is_there(&paths.keys.key))
}

/// Examines the journal, the drafts, the settings and the mirror.
fn look(places: &Places, context: &mut Context) -> Result<Examination> {
    let now = context.now()?;
    let mut line = context.terminal.progress_line();
    let progress = &mut |Progress { done, total }| line.update(done, total, doctor::examining);
    let mut examination = examine(&places.patient(now), progress);
    drop(line);
    let config = &context.config;
    let journal = JournalPlace::new(&config.journal, examination.id);
    let left = Drafts::new(config.drafts.clone(), Some(journal)).left();
    let is_locked = places.is_locked();
    let plain = left.iter().filter(|draft| is_locked && !draft.is_sealed).count();
    if plain > 0 {
        examination.findings.push(Finding::PlainDrafts { count: plain });
    }
    examination.findings.extend(drafts(left));
    if let Some(folder) = context.config.mirror.clone().filter(|_| is_locked) {
        examination.findings.push(Finding::PlainMirror { folder });
    }
    settings(context, &mut examination.findings);
    Ok(examination)
}

fn is_there(path: &Path) -> bool {
    std::fs::symlink_metadata(path).is_ok()
}

/// The drafts by the journal that they were for.
fn drafts(left: Vec<LeftDraft>) -> Vec<Finding> {
    let mut by_journal: BTreeMap<Option<PathBuf>, (usize, BTreeSet<_>)> = BTreeMap::new();
    for LeftDraft { day, gone, .. } in left {
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
