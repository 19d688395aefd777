//! Backups: checked copies of the journal in a folder of their own, and the trace that a journal
//! leaves, so that one that is gone is never silently begun anew.

mod copy;
mod keep;
mod name;
mod sealed;
mod search;
mod sound;

use std::fs;
use std::path::{Path, PathBuf};
use std::sync::{Arc, Mutex, PoisonError};
use std::time::SystemTime;

use chrono::NaiveTime;
use rusqlite::{Connection, named_params};

use crate::drafts::JournalPlace;
use crate::journal::{Day, Now};
use crate::platform;
use crate::store::file::head::unusable;
use crate::store::file::lock::FileLock;
use crate::store::file::unfinished;
use crate::store::{Result, StoreError, Unusable};
use name::Name;

pub use copy::CheckedCopy;
pub use name::Reason;
pub use search::BackupSearch;
#[cfg(test)]
pub(crate) use search::{Memory, remembers};
pub use sound::Counts;
pub(crate) use sound::{require_whole, require_whole_journal};

/// A day has at most this many backups for one reason.
const MOST_OF_DAY: u32 = 9_999;

/// What the name of the lock has after that of the backup that is made under it.
const LOCK: &str = "-lock";

/// Where the backups of a journal are, and its trace.
#[derive(Debug, Clone)]
pub struct Backups {
    folder: PathBuf,
    /// Each journal that ever was has a file there.
    traces: PathBuf,
    journal: PathBuf,
    /// The journal is where it is if nobody names another one.
    is_usual: bool,
    /// The day of a backup that is made when the journal is opened; `None` if no clock tells it.
    today: Option<Day>,
    failure: BackupFailure,
}

/// A backup of the journal.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Backup {
    pub path: PathBuf,
    pub day: Day,
    pub reason: Reason,
    /// It can be read only with the passphrase or the recovery key.
    pub is_sealed: bool,
    /// The size of the file, in bytes.
    pub size: u64,
    /// When the file was made.
    made: SystemTime,
}

/// Why the last backup could not be made. Several owners share it.
#[derive(Debug, Clone, Default)]
pub struct BackupFailure(Arc<Mutex<Option<StoreError>>>);

impl BackupFailure {
    /// The failure, if there is one that was not taken yet.
    pub fn take(&self) -> Option<StoreError> {
        self.0.lock().unwrap_or_else(PoisonError::into_inner).take()
    }

    pub(crate) fn note(&self, error: StoreError) {
        *self.0.lock().unwrap_or_else(PoisonError::into_inner) = Some(error);
    }
}

impl Backups {
    /// The backups of a journal. The first folder is theirs, and in the second one each journal
    /// leaves a trace; neither need exist. The backups of a journal that `is_usual` have short names.
    /// `today` is the day of a backup that is made when the journal is opened.
    /// A backup that cannot be made and stops nothing is noted in `failure`.
    pub fn new(
        [folder, traces]: [PathBuf; 2],
        journal: PathBuf,
        is_usual: bool,
        today: Option<Day>,
        failure: &BackupFailure,
    ) -> Self {
        Self { folder, traces, journal, is_usual, today, failure: failure.clone() }
    }

    /// Where a backup that could not be made is noted, if that stops nothing.
    pub fn failure(&self) -> &BackupFailure {
        &self.failure
    }

    /// The folder of the backups.
    pub fn folder(&self) -> &Path {
        &self.folder
    }

    /// All backups of this journal, the oldest first. Empty if the folder cannot be read.
    pub fn list(&self) -> Vec<Backup> {
        let stem = self.stem();
        let Ok(files) = fs::read_dir(&self.folder) else { return Vec::new() };
        let backup = |file: fs::DirEntry| {
            let name = Name::parse(file.file_name().to_str()?, &stem)?;
            let metadata = file.metadata().ok().filter(fs::Metadata::is_file)?;
            let Name { day, reason, is_sealed, .. } = name;
            let made = metadata.modified().unwrap_or(SystemTime::UNIX_EPOCH);
            let size = metadata.len();
            Some(Backup { path: file.path(), day, reason, is_sealed, size, made })
        };
        let mut found: Vec<Backup> = files.filter_map(|file| backup(file.ok()?)).collect();
        found.sort_by(|one, other| {
            (one.day, one.made, &one.path).cmp(&(other.day, other.made, &other.path))
        });
        found
    }

    /// All files with words of this journal as it was: its backups, what a repair has copied, and,
    /// beside the journal, what a restore or a repair took the place of. In the order of their paths,
    /// and without those that are not finished.
    pub fn files(&self) -> Vec<PathBuf> {
        let mut files = self.all_files();
        files.retain(|path| !is_unfinished(path));
        files
    }

    /// What killed runs left of these files, however new it is: no plain copy may stay when the journal
    /// is locked.
    pub fn unfinished_files(&self) -> Vec<PathBuf> {
        let mut files = self.all_files();
        files.retain(|path| is_unfinished(path) && platform::is_unheld(path));
        files
    }

    fn all_files(&self) -> Vec<PathBuf> {
        let stem = self.stem();
        let is_copy = |name: &str| {
            let day = name.strip_prefix(&stem).and_then(|rest| rest.strip_prefix('-')?.get(..10));
            day.is_some_and(|day| day.parse::<Day>().is_ok()) && !name.ends_with(LOCK)
        };
        let journal = self.journal.file_name().unwrap_or_default().to_string_lossy();
        let is_replaced = |name: &str| {
            name.strip_prefix(&*journal).is_some_and(|rest| rest.starts_with(".replaced-"))
        };
        let in_folder = |folder: &Path, is_wanted: &dyn Fn(&str) -> bool| {
            let files = fs::read_dir(folder).into_iter().flatten().flatten();
            let files = files.filter(|file| file.file_name().to_str().is_some_and(is_wanted));
            files.map(|file| file.path()).filter(|path| path.is_file()).collect::<Vec<_>>()
        };
        let beside = self.journal.parent().unwrap_or(Path::new("."));
        let mut files = in_folder(&self.folder, &is_copy);
        files.extend(in_folder(beside, &is_replaced));
        files.sort();
        files
    }

    /// The path of a copy in another folder, which is free if any of the day is. Removes what killed
    /// runs left of copies there.
    pub fn path_in(&self, folder: &Path, day: Day, is_sealed: bool) -> PathBuf {
        let stem = self.stem();
        remove_leftovers(folder, &stem);
        let name = |number| Name { day, reason: Reason::Daily, number, is_sealed }.file(&stem);
        let mut paths = (1..=MOST_OF_DAY).map(|number| folder.join(name(number)));
        let free = paths.find(|path| fs::symlink_metadata(path).is_err());
        free.unwrap_or_else(|| folder.join(name(1)))
    }

    /// The path of the first backup of a day for a reason.
    pub(crate) fn path(&self, day: Day, reason: Reason) -> PathBuf {
        let name = Name { day, reason, number: 1, is_sealed: false };
        self.folder.join(name.file(&self.stem()))
    }

    fn paths(&self, day: Day, reason: Reason) -> impl Iterator<Item = PathBuf> + use<> {
        let (folder, stem) = (self.folder.clone(), self.stem());
        // The name of one that is gone may have been told to somebody, so it is not given again.
        let files = fs::read_dir(&folder).into_iter().flatten().flatten();
        let names = files.filter_map(|file| Name::parse(file.file_name().to_str()?, &stem));
        let of_both = names.filter(|name| (name.day, name.reason) == (day, reason));
        let last = of_both.map(|name| name.number).max().unwrap_or_default();
        (last + 1..=MOST_OF_DAY).map(move |number| {
            folder.join(Name { day, reason, number, is_sealed: false }.file(&stem))
        })
    }

    /// Makes a backup, and removes those that are not kept any more. Errors if it cannot be made;
    /// then none is removed.
    pub(crate) fn make(
        &self,
        journal: &mut Connection,
        day: Day,
        reason: Reason,
    ) -> Result<CheckedCopy> {
        let cannot = |error| unusable(&self.folder, Unusable::NotCreated(error));
        platform::create_private_folder(&self.folder).map_err(cannot)?;
        let copy = copy::copy(journal, &self.path(day, reason))?;
        let made = copy.name(self.paths(day, reason))?;
        self.thin_out();
        Ok(made)
    }

    /// Makes the backup before the journal is brought to another form. Errors as [`Backups::make`].
    pub(crate) fn make_before_upgrade(&self, journal: &mut Connection) -> Result<CheckedCopy> {
        let newest = || self.list().pop().map(|backup| backup.day);
        let day = self.today.or_else(newest).ok_or(StoreError::column("today"))?;
        self.make(journal, day, Reason::BeforeUpgrade)
    }

    /// The backup to make before the first change of a day; `None` if the day has its backup, another
    /// process is making it, or nothing in the journal is the person's own and older than the day.
    pub(crate) fn due(&self, journal: &Connection, now: Now) -> Result<Option<DueBackup<'_>>> {
        let day = now.day;
        let path = self.path(day, Reason::Daily);
        let is_made = || path.exists() || platform::beside(&path, ".age").exists();
        if is_made() || !has_own_before(journal, now)? {
            return Ok(None);
        }
        let cannot = |error| unusable(&self.folder, Unusable::NotCreated(error));
        platform::create_private_folder(&self.folder).map_err(cannot)?;
        let Some(lock) = FileLock::take(&path, LOCK).map_err(cannot)? else { return Ok(None) };
        if is_made() {
            return Ok(None);
        }
        self.leave_trace();
        Ok(Some(DueBackup { backups: self, day, _lock: lock }))
    }

    /// Removes the backups that are not kept any more, and what killed runs left.
    fn thin_out(&self) {
        let list = self.list();
        let days: Vec<_> = list.iter().map(|backup| (backup.day, backup.reason)).collect();
        for at in keep::superfluous(&days) {
            let _ = fs::remove_file(&list[at].path);
        }
        remove_leftovers(&self.folder, &self.stem());
    }

    /// Errors with [`Unusable::Missing`] if there was a journal at this path: it left a trace, or
    /// backups.
    pub fn require_new(&self) -> Result<()> {
        let backup = self.list().pop().map(|backup| backup.path);
        let was_there = backup.is_some() || self.trace().exists();
        // Looked for again, as another process may have begun it meanwhile. Of a link, the end counts.
        if was_there && !self.journal.exists() {
            return Err(unusable(&self.journal, Unusable::Missing { backup }));
        }
        Ok(())
    }

    /// Leaves a trace of the journal. Without effect if the system refuses.
    pub fn leave_trace(&self) {
        let trace = self.trace();
        if trace.exists() || platform::create_private_folder(&self.traces).is_err() {
            return;
        }
        if let Ok(mut file) = platform::create_private_file(&trace) {
            let path = self.journal.as_os_str().as_encoded_bytes();
            let _ = std::io::Write::write_all(&mut file, path);
        }
    }

    fn trace(&self) -> PathBuf {
        self.traces.join(self.key())
    }

    fn key(&self) -> String {
        JournalPlace::new(&self.journal, None).key().to_owned()
    }

    /// How the names of the backups begin.
    fn stem(&self) -> String {
        let name = self.journal.file_stem().unwrap_or_default().to_string_lossy();
        if self.is_usual { name.into_owned() } else { format!("{name}-{}", self.key()) }
    }
}

fn is_unfinished(path: &Path) -> bool {
    path.file_name().is_some_and(|name| unfinished::finished_name(name).is_some())
}

/// Removes what killed runs left of backups whose names begin with `stem`.
fn remove_leftovers(folder: &Path, stem: &str) {
    platform::remove_leftovers(folder, |file| {
        let locked = || file.as_encoded_bytes().strip_suffix(LOCK.as_bytes());
        let finished = unfinished::finished_name(file).or_else(locked);
        let name = finished.and_then(|name| std::str::from_utf8(name).ok());
        name.is_some_and(|name| Name::parse(name, stem).is_some())
    });
}

/// A backup that no other process makes while this one is here.
#[derive(Debug)]
pub(crate) struct DueBackup<'a> {
    backups: &'a Backups,
    day: Day,
    _lock: FileLock,
}

impl DueBackup<'_> {
    /// Makes the backup. Errors as [`Backups::make`].
    pub(crate) fn make(self, journal: &mut Connection) -> Result<CheckedCopy> {
        self.backups.make(journal, self.day, Reason::Daily)
    }
}

pub(crate) use sealed::copy_sealed;

/// Copies the journal to a path that is free, and checks the copy. Removes what a killed run left of
/// such a copy. Errors with [`Unusable::NotCreated`] if there is a file.
pub(crate) fn copy_to(journal: &mut Connection, path: &Path) -> Result<CheckedCopy> {
    let folder = path.parent().filter(|folder| !folder.as_os_str().is_empty());
    let name = path.file_name().unwrap_or_default().as_encoded_bytes();
    platform::remove_leftovers(folder.unwrap_or(Path::new(".")), |file| {
        unfinished::finished_name(file) == Some(name)
    });
    copy::copy(journal, path)?.name(std::iter::once(path.to_owned()))
}

/// Whether anything in the journal is the person's own. Lessons that came with dwell, and which of
/// them was served, are not.
pub(crate) fn has_own(journal: &Connection) -> Result<bool> {
    has_own_until(journal, i64::MAX)
}

/// The same of what was there before the day of this moment.
pub(crate) fn has_own_before(journal: &Connection, now: Now) -> Result<bool> {
    let midnight = now.day.date().and_time(NaiveTime::MIN).and_local_timezone(now.at.timezone());
    has_own_until(journal, midnight.single().map_or(i64::MAX, |at| at.timestamp_millis()))
}

fn has_own_until(journal: &Connection, until: i64) -> Result<bool> {
    let mut statement = journal.prepare(
        "SELECT 1 FROM fact
         WHERE kind NOT IN ('served', 'series_added', 'lessons_added') AND at < :until",
    )?;
    Ok(statement.exists(named_params! { ":until": until })?)
}
