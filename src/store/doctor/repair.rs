//! What a repair does about findings, and how. Before it, a copy of the journal is made.
//!
//! Nothing that a person wrote is removed: a damaged journal is kept beside the new one.

use std::fs;
use std::io::{self, Read};
use std::path::{Path, PathBuf};

use sha2::{Digest, Sha256};

use crate::journal::{Day, Now};
use crate::platform::{self, PassingFolder};
use crate::seal::{self, Fault};
use crate::store::doctor::salvage;
use crate::store::doctor::sealed::locked;
use crate::store::doctor::{Finding, Patient, Salvaged};
use crate::store::file::head::unusable;
use crate::store::file::sealed::{SealedFile, SealedPaths};
use crate::store::file::{open, rollback};
use crate::store::{
    Progress, Reason, Refusal, ReplacedJournal, Result, SideFault, StagedBackup, Store, StoreError,
    Unusable,
};

/// One thing that a repair does.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
pub enum Step {
    /// What can be read comes into a new file, which takes the place of the journal.
    Salvage,
    /// The derived tables are made again from the facts.
    Rebuild,
    /// A rollback file of another state is moved to the copy.
    MoveAway(PathBuf),
    /// The lesson that a wrong clock served for this day is taken away, by a fact.
    TakeAway(Day),
    /// What a killed run left is removed.
    Remove(PathBuf),
    /// Others may not read this any more.
    Close(PathBuf),
}

/// What a repair would do about these findings, in order.
pub fn plan(findings: &[Finding]) -> Vec<Step> {
    let mut steps: Vec<Step> = findings.iter().filter_map(step).collect();
    steps.sort();
    steps.dedup();
    if steps.contains(&Step::Salvage) {
        steps.retain(|step| *step != Step::Rebuild);
    }
    steps
}

/// Why a locked journal cannot be mended.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum BeyondRepair {
    /// Nothing opens the sealed file. `backup` is the newest one that opens; `has_unread` is
    /// whether there are some for which there was no key.
    Sealed { sealed: PathBuf, backup: Option<PathBuf>, has_unread: bool },
    /// It opens, and what is in it is damaged. That is mended in a plain file.
    Inside { sealed: PathBuf },
}

/// What a repair would do about a locked journal, and why it would not do the rest: nothing plain
/// is written, so nothing is salvaged into a new file.
pub fn plan_locked(journal: &Path, findings: &[Finding]) -> (Vec<Step>, Option<BeyondRepair>) {
    let sealed = SealedPaths::of(journal).sealed;
    let is_of_sealed = |finding: &Finding| match finding {
        Finding::NotUsable(StoreError::Sealed(error)) => {
            error.path == sealed && !matches!(error.why, Fault::OtherKey | Fault::Newer)
        }
        _ => false,
    };
    let mut steps = plan(findings);
    let beyond = if findings.iter().any(is_of_sealed) {
        let backup = findings.iter().find_map(|finding| match finding {
            Finding::Backup { path, .. } | Finding::OldBackup { path, .. } => Some(path.clone()),
            _ => None,
        });
        let is_unread = |finding: &Finding| matches!(finding, Finding::SealedBackups { .. });
        let has_unread = findings.iter().any(is_unread);
        Some(BeyondRepair::Sealed { sealed, backup, has_unread })
    } else if steps.contains(&Step::Salvage) {
        Some(BeyondRepair::Inside { sealed })
    } else {
        None
    };
    steps.retain(|step| *step != Step::Salvage);
    (steps, beyond)
}

fn step(finding: &Finding) -> Option<Step> {
    Some(match finding {
        Finding::Pages { .. }
        | Finding::Unreadable { .. }
        | Finding::DamagedFact { .. }
        | Finding::DamagedLesson { .. }
        | Finding::Altered { is_derived: false, .. } => Step::Salvage,
        Finding::NotUsable(error) => return step_for(error),
        Finding::Differs { .. } | Finding::Index { .. } | Finding::Altered { .. } => Step::Rebuild,
        Finding::ServedAhead { day } => Step::TakeAway(*day),
        Finding::Leftover { path } | Finding::SecondName { second: Some(path), .. } => {
            Step::Remove(path.clone())
        }
        Finding::OpenToOthers { path } => Step::Close(path.clone()),
        _ => return None,
    })
}

fn step_for(error: &StoreError) -> Option<Step> {
    match error {
        StoreError::Damaged { .. }
        | StoreError::Refused { why: Refusal::Unreadable | Refusal::PartMissing, .. }
        | StoreError::Unusable { why: Unusable::CutShort | Unusable::NotAJournal, .. } => {
            Some(Step::Salvage)
        }
        StoreError::Unusable {
            why: Unusable::SideFile { file, fault: SideFault::OfOtherState },
            ..
        } => Some(Step::MoveAway(file.clone())),
        _ => None,
    }
}

/// Copies the journal before a repair: as a checked backup if it is whole, and else byte for byte,
/// with the rollback file beside it. Returns the copy. Errors if there is no copy then.
pub fn keep_copy(patient: &Patient<'_>) -> Result<PathBuf> {
    let day = patient.now.day;
    let folder = patient.backups.folder();
    let cannot = |error| unusable(folder, Unusable::NotCreated(error));
    if let Some(SealedPaths { sealed, .. }) = locked(patient.journal) {
        if let Some(key) = patient.key
            && let file = SealedFile::new(sealed.clone(), key.clone(), open::WAIT)
            && let Ok(copy) = patient.backups.make_sealed(&file, day, Reason::BeforeRepair)
        {
            return Ok(copy.path);
        }
        return keep_bytes(&sealed, folder, day).map_err(cannot);
    }
    if let Ok(Some((mut connection, _))) = open::connect_to_look(patient.journal, open::WAIT)
        && let Ok(copy) = patient.backups.make(&mut connection, day, Reason::BeforeRepair)
    {
        return Ok(copy.path);
    }
    keep_bytes(patient.journal, folder, day).map_err(cannot)
}

/// Copies the bytes of a journal and of its rollback file, and compares them.
fn keep_bytes(journal: &Path, folder: &Path, day: Day) -> io::Result<PathBuf> {
    platform::create_private_folder(folder)?;
    let real = fs::canonicalize(journal)?;
    let name = real.file_name().unwrap_or_default().to_string_lossy();
    let (plain, sealed) = match name.strip_suffix(seal::ENDING) {
        Some(plain) => (plain, seal::ENDING),
        None => (name.as_ref(), ""),
    };
    let stem = Path::new(plain).file_stem().unwrap_or_default().to_string_lossy().into_owned();
    let free =
        (1..1000).map(|number| folder.join(format!("{stem}-{day}-damaged-{number}.db{sealed}")));
    let copy = free.into_iter().find(|path| fs::symlink_metadata(path).is_err());
    let copy = copy.ok_or(io::ErrorKind::AlreadyExists)?;
    // The files beside it first: without the journal they mean nothing.
    for ending in ["-journal", "-wal", ""] {
        let (from, to) = (platform::beside(&real, ending), platform::beside(&copy, ending));
        match platform::copy_privately(&from, &to) {
            Err(error) if error.kind() == io::ErrorKind::NotFound && !ending.is_empty() => continue,
            copied => copied?,
        }
        fs::File::open(&to)?.sync_all()?;
        if !have_same_bytes(&from, &to)? {
            return Err(io::ErrorKind::ResourceBusy.into());
        }
    }
    platform::sync_folder(folder)?;
    Ok(copy)
}

fn have_same_bytes(one: &Path, other: &Path) -> io::Result<bool> {
    let [mut one, mut other] = [platform::open_file(one)?, platform::open_file(other)?];
    let [mut left, mut right] = [vec![0; 1 << 16], vec![0; 1 << 16]];
    loop {
        let read = one.read(&mut left)?;
        if read == 0 {
            return Ok(other.read(&mut right)? == 0);
        }
        let same = other.read_exact(&mut right[..read]).is_ok() && left[..read] == right[..read];
        if !same {
            return Ok(false);
        }
    }
}

/// Makes the derived tables of the journal again. Errors as [`Store::open`].
pub fn rebuild(patient: &Patient<'_>, progress: &mut dyn FnMut(Progress)) -> Result<()> {
    open_store(patient)?.rebuild(progress)
}

/// Takes the lessons away that a wrong clock served, as undo does. Returns their days.
pub fn take_away_servings(patient: &Patient<'_>) -> Result<Vec<Day>> {
    let mut store = open_store(patient)?;
    let mut days = Vec::new();
    while let Some(change) = store.day_too_far_ahead(patient.now)? {
        let day = change.day_of_lesson();
        store.undo(patient.now, &change)?;
        if day.is_none() || days.contains(&day) {
            break;
        }
        days.push(day);
    }
    Ok(days.into_iter().flatten().collect())
}

fn open_store(patient: &Patient<'_>) -> Result<Store> {
    let gone = || unusable(patient.journal, Unusable::Gone);
    if let Some(key) = patient.key.filter(|_| locked(patient.journal).is_some()) {
        let (journal, shipped) = (patient.journal, patient.shipped);
        return Store::open_sealed(journal, key, shipped, None, open::WAIT, &mut |_| {});
    }
    Store::open_existing(patient.journal, patient.shipped)?.ok_or_else(gone)
}

/// Makes a new journal of what can be read of the damaged one, and puts it in its place. The damaged
/// one is kept under the name that is returned. Errors if nothing can be read, or if the new one is
/// not what was put into it; the damaged one is then where it was.
pub fn salvage_journal(
    patient: &Patient<'_>,
    progress: &mut dyn FnMut(Progress),
) -> Result<(Salvaged, ReplacedJournal)> {
    let cannot = |error| unusable(patient.scratch, Unusable::NotCreated(error));
    let folder = PassingFolder::create(patient.scratch).map_err(cannot)?;
    let new = folder.path().join("salvaged.db");
    let not_read = |error| unusable(patient.journal, Unusable::NotRead(error));
    let before = contents(patient.journal).map_err(not_read)?;
    let salvaged =
        salvage::salvage(patient.journal, &new, patient.scratch, patient.shipped, progress)?;
    let staged = StagedBackup::new(&new, patient.journal)?;
    // What another process has saved meanwhile is not in the new one.
    if contents(patient.journal).map_err(not_read)? != before {
        return Err(not_read(io::ErrorKind::ResourceBusy.into()));
    }
    let Now { at, day } = patient.now;
    let replaced = staged.put_in_place(patient.backups, day, at)?;
    Ok((salvaged, replaced))
}

/// The hashes of the journal and of what SQLite keeps beside it.
fn contents(journal: &Path) -> io::Result<Vec<Option<[u8; 32]>>> {
    let real = fs::canonicalize(journal)?;
    let hash = |ending| match fs::read(platform::beside(&real, ending)) {
        Err(error) if error.kind() == io::ErrorKind::NotFound => Ok(None),
        bytes => Ok(Some(Sha256::digest(bytes?).into())),
    };
    ["", "-journal", "-wal"].into_iter().map(hash).collect()
}

/// Moves a file beside the journal that is of another state to the folder of the copy. Returns its
/// new name.
pub fn move_away(file: &Path, copy: &Path) -> Result<PathBuf> {
    let kept = platform::beside(copy, rollback::ending_of(file).unwrap_or("-journal"));
    let cannot = |error| unusable(file, Unusable::NotCreated(error));
    let is_kept = have_same_bytes(file, &kept).unwrap_or(false);
    if !is_kept {
        platform::copy_privately(file, &kept).map_err(cannot)?;
    }
    fs::remove_file(file).map_err(cannot)?;
    Ok(kept)
}

/// Removes what a killed run left, if nobody holds it.
pub fn remove(path: &Path, journal: &Path) -> io::Result<()> {
    if path.is_dir() {
        return PassingFolder::remove_left(path);
    }
    let is_second_name = || {
        let identity = |path| fs::metadata(path).ok().as_ref().and_then(platform::identity);
        identity(path).is_some() && identity(path) == identity(journal)
    };
    if is_second_name() || platform::is_left_behind(path) {
        // What an interrupted unlock left has plain words of a locked journal.
        if locked(journal).is_some() { seal::erase(path) } else { fs::remove_file(path) }
    } else {
        Err(io::ErrorKind::ResourceBusy.into())
    }
}

/// Takes every permission of others away.
pub fn close(path: &Path) -> io::Result<()> {
    platform::close_to_others(path, &fs::metadata(path)?)
}
