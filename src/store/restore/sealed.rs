//! Going back to a backup of a locked journal. The backup is opened and checked in memory, and
//! comes to the disk only sealed: into a new file, which then takes the place of the sealed journal.

use std::fs;
use std::io::{self, ErrorKind};
use std::path::{Path, PathBuf};
use std::time::Duration;

use rusqlite::Connection;

use crate::journal::{Day, Moment};
use crate::platform;
use crate::seal::{self, Fault, Key, NewFile, SealError, Zeroizing};
use crate::store::backups::{self, Counts};
use crate::store::file::head::unusable;
use crate::store::file::sealed::{SealLock, SealedFile, SealedPaths, connect_in_memory};
use crate::store::file::{open, pages};
use crate::store::restore::{self, BackupDifference, ReplacedJournal, difference};
use crate::store::{Backups, Reason, Result, StoreError, Unusable};

/// A backup in memory, which was checked and can take the place of a locked journal.
#[derive(Debug)]
pub struct SealedRestore {
    paths: SealedPaths,
    key: Key,
    wait: Duration,
    backup: Connection,
    plain: Zeroizing<Vec<u8>>,
    pub counts: Counts,
}

/// Whether a file is sealed, by its name or its first bytes.
pub fn is_sealed_backup(path: &Path) -> bool {
    let name = path.as_os_str().as_encoded_bytes();
    name.ends_with(seal::ENDING.as_bytes()) || seal::is_sealed_file(path)
}

/// The bytes of a sealed backup, opened.
pub(super) fn open_sealed(backup: &Path, key: &Key) -> Result<Zeroizing<Vec<u8>>> {
    let sealed = seal::read(backup)?;
    seal::open(&sealed, &key.secret).map_err(|why| why.at(backup).into())
}

impl SealedRestore {
    /// Opens a backup, sealed or plain, in memory and checks it. Errors if it is not a journal that
    /// this dwell can use, is damaged, or is the journal itself; with [`StoreError::Sealed`] if the
    /// key does not open it; and with [`Unusable::NeedsChange`] if a plain one was left in the
    /// middle of a change.
    pub fn new(backup: &Path, journal: &Path, key: &Key, wait: Duration) -> Result<Self> {
        let paths = SealedPaths::of(journal);
        let metadata =
            fs::metadata(backup).map_err(|error| unusable(backup, Unusable::NotOpened(error)))?;
        let identity = platform::identity(&metadata);
        let of_journal = fs::metadata(&paths.sealed).ok().as_ref().and_then(platform::identity);
        if identity.is_some() && identity == of_journal {
            return Err(unusable(backup, Unusable::IsTheJournal));
        }
        let plain = if is_sealed_backup(backup) {
            open_sealed(backup, key)?
        } else {
            read_plain(backup, wait)?
        };
        let (connection, head) = connect_in_memory(backup, plain.clone(), &metadata, wait)?;
        let counts = backups::require_whole_journal(&connection, head.version);
        let counts = counts.map_err(|error| error.at(backup))?;
        let key = key.clone();
        Ok(Self { paths, key, wait, backup: connection, plain, counts })
    }

    /// How the journal differs from the backup. Errors if the journal cannot be read.
    pub fn difference(&self) -> Result<BackupDifference> {
        match self.journal().connect() {
            Ok((journal, _)) => difference::between(Some(&journal), &self.backup),
            Err(StoreError::Unusable { why: Unusable::Gone, .. }) => {
                difference::between(None, &self.backup)
            }
            Err(error) => Err(error),
        }
        .map_err(|error| error.at(&self.paths.sealed))
    }

    /// Seals the backup and puts it in the place of the journal, which is backed up or kept. Errors
    /// as [`StagedBackup::put_in_place`](super::StagedBackup::put_in_place), and with
    /// [`Unusable::BesideSealed`] if a plain journal is there. After [`StoreError::NotWritten`] the
    /// journal is the one before or the backup.
    pub fn put_in_place(self, backups: &Backups, day: Day, now: Moment) -> Result<ReplacedJournal> {
        let SealedPaths { plain, sealed, .. } = &self.paths;
        let cannot = |error| unusable(sealed, Unusable::NotCreated(error));
        if let Some(folder) = sealed.parent() {
            platform::create_private_folder(folder).map_err(cannot)?;
        }
        let lock = SealLock::take(sealed, self.wait)?;
        if fs::symlink_metadata(plain).is_ok() {
            return Err(unusable(plain, Unusable::BesideSealed { sealed: sealed.clone() }));
        }
        let new = self.seal()?;
        let replaced = if self.paths.is_locked() {
            self.back_up_or_keep(backups, day, now)?
        } else {
            ReplacedJournal::None
        };
        new.put_in_place().map_err(self.not_written())?;
        drop(lock);
        backups.leave_trace();
        Ok(replaced)
    }

    fn back_up_or_keep(&self, backups: &Backups, day: Day, now: Moment) -> Result<ReplacedJournal> {
        let sealed = &self.paths.sealed;
        match backups.make_sealed(&self.journal(), day, Reason::BeforeRestore) {
            Ok(copy) => Ok(ReplacedJournal::BackedUp(copy)),
            Err(error) if is_beyond_use(&error, sealed) => {
                let kept = self.keep(now);
                let kept = kept.map_err(|error| unusable(sealed, Unusable::NotCreated(error)))?;
                Ok(ReplacedJournal::Kept(kept))
            }
            Err(error) => Err(StoreError::NoBackup(Box::new(error))),
        }
    }

    /// The backup as a new sealed file beside the journal, which was opened again and compared.
    fn seal(&self) -> Result<NewFile> {
        let bytes = seal::seal(&self.plain, &self.key.recipients);
        let new = NewFile::write(&self.paths.sealed, &bytes).map_err(self.not_written())?;
        let back = new.read_back().map_err(self.not_written())?;
        let opened = seal::open(&back, &self.key.secret);
        if *opened.map_err(|why| why.at(&self.paths.sealed))? != *self.plain {
            return Err(Fault::Damaged.at(&self.paths.sealed).into());
        }
        Ok(new)
    }

    /// Gives the journal a second name, under which it stays. Its own is taken by the new file.
    fn keep(&self, now: Moment) -> io::Result<PathBuf> {
        let kept = restore::kept_name(&self.paths.plain, now);
        let kept = platform::beside(&kept, seal::ENDING);
        restore::keep(&self.paths.sealed, &kept)?;
        platform::sync_folder(kept.parent().unwrap_or(Path::new(".")))?;
        Ok(kept)
    }

    fn journal(&self) -> SealedFile {
        SealedFile::new(self.paths.sealed.clone(), self.key.clone(), self.wait)
    }

    fn not_written(&self) -> impl Fn(io::Error) -> StoreError + use<> {
        let path = self.paths.sealed.clone();
        move |source| StoreError::NotWritten { path: path.clone(), source }
    }
}

/// The bytes of a plain backup. It is only read.
fn read_plain(backup: &Path, wait: Duration) -> Result<Zeroizing<Vec<u8>>> {
    let gone = || unusable(backup, Unusable::NotOpened(ErrorKind::NotFound.into()));
    let (mut connection, _) = open::connect_to_look(backup, wait)?.ok_or_else(gone)?;
    let bytes = pages::to_bytes(&mut connection);
    Ok(Zeroizing::new(bytes.map_err(|error| error.of_looking(backup))?))
}

/// Whether a failure to back the sealed file up means that the key cannot open it, or that what is
/// in it cannot be used.
fn is_beyond_use(error: &StoreError, sealed: &Path) -> bool {
    match error {
        StoreError::Sealed(SealError { path, why }) => {
            path == sealed
                && matches!(
                    why,
                    Fault::Empty
                        | Fault::NotSealed
                        | Fault::Newer
                        | Fault::Damaged
                        | Fault::OtherKey
                )
        }
        error => restore::is_beyond_use(error),
    }
}
