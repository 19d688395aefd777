//! Going back to a backup: what would change, and the change.
//!
//! The backup is copied and checked first, beside the journal. If the journal can be used, it is
//! backed up, and SQLite writes the pages of the copy into it as one change, so that other processes
//! see either state. If it is missing or cannot be used, it is kept under another name, together with
//! its rollback file, and the copy takes its place.

mod difference;
mod sealed;

use std::fs::{self, File};
use std::io::{ErrorKind, Write};
use std::path::{Path, PathBuf};
use std::thread;
use std::time::{Duration, Instant};

use rusqlite::backup::{Backup, StepResult};
use rusqlite::{Connection, OpenFlags, ffi};

use crate::journal::{Day, Moment};
use crate::platform;
use crate::seal::Key;
use crate::store::backups::{CheckedCopy, Counts, require_whole};
use crate::store::file::head::{self, unusable};
use crate::store::file::rollback::{self, ENDINGS};
use crate::store::file::{open, unfinished};
use crate::store::{Backups, Reason, Refusal, Result, StoreError, Unusable};

pub use difference::BackupDifference;
pub use sealed::{SealedRestore, is_sealed_backup};

/// How often a journal that is in use is asked for again.
const ASK_AGAIN: Duration = Duration::from_millis(5);

/// A backup that can take the place of the journal: a copy of it beside the journal, which was
/// checked. It is removed when this is dropped.
#[derive(Debug)]
pub struct StagedBackup {
    /// Where the journal is, or was.
    journal: PathBuf,
    copy: PathBuf,
    /// Holds the copy, so that no other process takes it for one that was left behind.
    _held: File,
    pub counts: Counts,
}

/// What became of the journal that a backup took the place of.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum ReplacedJournal {
    /// There was none.
    None,
    /// It is in this backup.
    BackedUp(CheckedCopy),
    /// It could not be used, and has this name now.
    Kept(PathBuf),
}

impl StagedBackup {
    /// Copies a backup beside the journal and checks the copy. Errors if the backup is not a journal
    /// that this dwell can use, is damaged, or is the journal itself.
    pub fn new(backup: &Path, journal: &Path) -> Result<Self> {
        Self::from(backup, journal, |copy| {
            head::read(backup)?
                .ok_or_else(|| unusable(backup, Unusable::NotOpened(ErrorKind::NotFound.into())))?;
            stage(backup, copy)
        })
    }

    /// The same of a sealed backup, for a journal that is plain. Errors also with
    /// [`StoreError::Sealed`] if the key does not open it.
    pub fn new_of_sealed(backup: &Path, journal: &Path, key: &Key) -> Result<Self> {
        let plain = sealed::open_sealed(backup, key)?;
        Self::from(backup, journal, |copy| {
            let written = platform::open_own_file(copy).and_then(|mut copy| copy.write_all(&plain));
            written.map_err(|error| unusable(copy, Unusable::NotCreated(error)))
        })
    }

    /// The same; `fill` writes the backup into an empty file.
    fn from(backup: &Path, journal: &Path, fill: impl FnOnce(&Path) -> Result<()>) -> Result<Self> {
        let journal = platform::end_of_links(journal)
            .map_err(|error| unusable(journal, Unusable::NotCreated(error)))?;
        let identity = |path: &Path| platform::identity(&fs::metadata(path).ok()?);
        if identity(backup).is_some_and(|id| Some(id) == identity(&journal)) {
            return Err(unusable(backup, Unusable::IsTheJournal));
        }
        let cannot = |error| unusable(&journal, Unusable::NotCreated(error));
        if let Some(folder) = journal.parent() {
            platform::create_private_folder(folder).map_err(cannot)?;
        }
        let copy = unfinished::name_for(&journal);
        let held = platform::create_unfinished_file(&copy).map_err(cannot)?;
        let counts = Counts::default();
        let mut staged = Self { journal, copy, _held: held, counts };
        fill(&staged.copy).map_err(|error| error.at(backup))?;
        staged.counts = require_whole(&staged.copy).map_err(|error| match error {
            // The copy has the pages of the backup, and a person knows only that one.
            StoreError::Damaged { what, .. } => {
                StoreError::Damaged { path: backup.to_owned(), what }
            }
            error => error,
        })?;
        Ok(staged)
    }

    /// Puts the backup in the place of the journal, which is backed up or kept. `day` and `now` name
    /// what is kept of it. Errors with [`StoreError::NoBackup`] if the journal can be used and
    /// cannot be backed up, and if the disk refuses; the journal is then as it was.
    pub fn put_in_place(self, backups: &Backups, day: Day, now: Moment) -> Result<ReplacedJournal> {
        let replaced = match self.write_into_journal(backups, day) {
            Ok(Some(backup)) => ReplacedJournal::BackedUp(backup),
            Ok(None) => {
                set_aside_leftovers(&self.journal, now)?;
                self.link()?;
                ReplacedJournal::None
            }
            Err(error) if is_beyond_use(&error) => {
                let kept = self.set_aside(now)?;
                self.link()?;
                ReplacedJournal::Kept(kept)
            }
            Err(error) => return Err(error),
        };
        backups.leave_trace();
        Ok(replaced)
    }

    /// Backs the journal up and writes the pages of the copy into it; `None` if there is no journal.
    fn write_into_journal(&self, backups: &Backups, day: Day) -> Result<Option<CheckedCopy>> {
        let Some((mut connection, _)) = open::connect(&self.journal, open::WAIT)? else {
            return Ok(None);
        };
        let made = backups.make(&mut connection, day, Reason::BeforeRestore);
        let backup = made.map_err(|error| match error.at(&self.journal) {
            error if is_beyond_use(&error) => error,
            error => StoreError::NoBackup(Box::new(error)),
        })?;
        let mut write = || -> Result<()> {
            open::prepare_for_changes(&connection)?;
            let copy = read_only(&self.copy)?;
            let pages = Backup::new(&copy, &mut connection)?;
            let started = Instant::now();
            loop {
                match pages.step(-1)? {
                    StepResult::Done => return Ok(()),
                    _ if started.elapsed() < open::WAIT => thread::sleep(ASK_AGAIN),
                    _ => {
                        let busy = ffi::Error::new(ffi::SQLITE_BUSY);
                        return Err(rusqlite::Error::SqliteFailure(busy, None).into());
                    }
                }
            }
        };
        if let Err(error) = write() {
            // The last of it may fail after the change is made: only the file itself shows it.
            drop(connection);
            if !self.difference().is_ok_and(|difference| difference.is_none()) {
                return Err(error.at(&self.journal));
            }
        }
        Ok(Some(backup))
    }

    /// Keeps the journal and the files beside it under another name.
    fn set_aside(&self, now: Moment) -> Result<PathBuf> {
        let cannot = |error| unusable(&self.journal, Unusable::NotCreated(error));
        let kept = kept_name(&self.journal, now);
        let mut endings = vec![""];
        endings.extend(ENDINGS);
        endings.retain(|end| fs::symlink_metadata(platform::beside(&self.journal, end)).is_ok());
        // All have their other names before one loses its own.
        for end in &endings {
            let from = platform::beside(&self.journal, end);
            keep(&from, &platform::beside(&kept, end)).map_err(cannot)?;
        }
        for end in endings {
            fs::remove_file(platform::beside(&self.journal, end)).map_err(cannot)?;
        }
        Ok(kept)
    }

    /// Gives the copy the name of the journal, which is free.
    fn link(&self) -> Result<()> {
        let cannot = |error| unusable(&self.journal, Unusable::NotCreated(error));
        File::open(&self.copy).and_then(|file| file.sync_all()).map_err(cannot)?;
        match fs::hard_link(&self.copy, &self.journal) {
            // Some file systems have no hard links.
            Err(error) if error.kind() != ErrorKind::AlreadyExists => {
                fs::rename(&self.copy, &self.journal).map_err(cannot)?;
            }
            linked => linked.map_err(cannot)?,
        }
        let folder = self.journal.parent().unwrap_or(Path::new("."));
        platform::sync_folder(folder).map_err(cannot)
    }
}

impl Drop for StagedBackup {
    fn drop(&mut self) {
        let _ = fs::remove_file(&self.copy);
        let _ = fs::remove_file(platform::beside(&self.copy, "-journal"));
    }
}

/// Copies a backup to this empty file, as it is after a change that was interrupted is taken back.
fn stage(backup: &Path, copy: &Path) -> Result<()> {
    let rollback = platform::beside(backup, "-journal");
    if fs::symlink_metadata(&rollback).is_ok() {
        // To take the change back, SQLite writes into the file: so into the copy.
        let cannot = |error| unusable(backup, Unusable::NotRead(error));
        for (from, to) in [(backup, copy), (&rollback, &platform::beside(copy, "-journal"))] {
            let mut from = platform::open_file(from).map_err(cannot)?;
            let to = match platform::create_private_file(to) {
                Err(error) if error.kind() == ErrorKind::AlreadyExists => {
                    platform::open_own_file(to)
                }
                made => made,
            };
            to.and_then(|mut to| std::io::copy(&mut from, &mut to)).map_err(cannot)?;
        }
        let opened = open::connect(copy, open::WAIT)?;
        if let Some((connection, _)) = opened {
            connection.query_row("SELECT count(*) FROM sqlite_schema", [], |_| Ok(()))?;
        }
        return Ok(());
    }
    let from = read_only(backup)?;
    let mut to = Connection::open_with_flags(copy, OpenFlags::SQLITE_OPEN_READ_WRITE)?;
    to.execute_batch("PRAGMA journal_mode = OFF; PRAGMA synchronous = OFF")?;
    if Backup::new(&from, &mut to)?.step(-1)? != StepResult::Done {
        let busy = rusqlite::Error::SqliteFailure(ffi::Error::new(ffi::SQLITE_BUSY), None);
        return Err(busy.into());
    }
    Ok(())
}

fn read_only(path: &Path) -> Result<Connection> {
    let flags = OpenFlags::SQLITE_OPEN_READ_ONLY | OpenFlags::SQLITE_OPEN_NO_MUTEX;
    let connection = Connection::open_with_flags(path, flags)?;
    open::distrust(&connection)?;
    connection.busy_timeout(open::WAIT)?;
    Ok(connection)
}

/// Whether a failure means that the journal cannot be used, so that it can only be kept as it is.
fn is_beyond_use(error: &StoreError) -> bool {
    match error {
        StoreError::Damaged { .. } => true,
        StoreError::Refused { why, .. } => {
            matches!(why, Refusal::Unreadable | Refusal::PartMissing | Refusal::NotRolledBack)
        }
        StoreError::Unusable { why, .. } => matches!(
            why,
            Unusable::Empty
                | Unusable::NotAJournal
                | Unusable::OtherProgram
                | Unusable::CutShort
                | Unusable::Newer { .. }
                | Unusable::SideFile { .. }
        ),
        _ => false,
    }
}

/// Keeps under other names what is left beside a journal that is gone: it must never meet another
/// file. `now` is part of the names. Errors if the disk refuses.
pub fn set_aside_leftovers(journal: &Path, now: Moment) -> Result<()> {
    let end = platform::end_of_links(journal);
    end.and_then(|journal| rollback::set_aside(&journal, &kept_name(&journal, now)))
        .map_err(|error| unusable(journal, Unusable::NotCreated(error)))
}

/// The name under which a journal is kept that cannot be used.
fn kept_name(journal: &Path, now: Moment) -> PathBuf {
    platform::beside(journal, format!(".replaced-{}", now.format("%Y-%m-%dT%H%M%S")))
}

fn keep(file: &Path, name: &Path) -> std::io::Result<()> {
    // A rename would leave the pair incomplete for a moment. Some file systems have only that.
    fs::hard_link(file, name).or_else(|error| match error.kind() {
        ErrorKind::AlreadyExists => Err(error),
        _ => fs::copy(file, name).map(|_| ()),
    })
}
