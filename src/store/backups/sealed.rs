//! Backups of a locked journal: copies of its sealed file, which the same keys open. No plain byte
//! of them is written anywhere.

use std::io::ErrorKind;
use std::path::{Path, PathBuf};

use rusqlite::Connection;

use crate::journal::{Day, Now};
use crate::platform;
use crate::seal::{self, NewFile};
use crate::store::backups::{self, Backups, CheckedCopy, Reason, sound};
use crate::store::file::head::unusable;
use crate::store::file::sealed::SealedFile;
use crate::store::{Result, StoreError, Unusable};

impl Backups {
    /// Copies the sealed file of a locked journal, checks the copy, and removes those that are not
    /// kept any more. Errors if it cannot be made; then none is removed.
    pub(crate) fn make_sealed(
        &self,
        journal: &SealedFile,
        day: Day,
        reason: Reason,
    ) -> Result<CheckedCopy> {
        let cannot = |error| unusable(&self.folder, Unusable::NotCreated(error));
        platform::create_private_folder(&self.folder).map_err(cannot)?;
        let made = copy_sealed(journal, self.paths(day, reason).map(|path| sealed(&path)))?;
        self.thin_out();
        Ok(made)
    }

    /// The same before the first change of a day. False if the day has its backup, or nothing in the
    /// journal is the person's own and older than the day.
    pub(crate) fn make_sealed_daily(
        &self,
        journal: &SealedFile,
        opened: &Connection,
        now: Now,
    ) -> Result<bool> {
        let path = self.path(now.day, Reason::Daily);
        if path.exists() || sealed(&path).exists() || !backups::has_own_before(opened, now)? {
            return Ok(false);
        }
        self.make_sealed(journal, now.day, Reason::Daily)?;
        Ok(true)
    }

    /// The same before the journal is brought to another form.
    pub(crate) fn make_sealed_before_upgrade(&self, journal: &SealedFile) -> Result<CheckedCopy> {
        let newest = || self.list().pop().map(|backup| backup.day);
        let day = self.today.or_else(newest).ok_or(StoreError::column("today"))?;
        self.make_sealed(journal, day, Reason::BeforeUpgrade)
    }
}

/// Copies the sealed file to the first of these names that is free. The bytes that are copied are
/// opened and checked before, and read back after.
pub(crate) fn copy_sealed(
    journal: &SealedFile,
    mut names: impl Iterator<Item = PathBuf>,
) -> Result<CheckedCopy> {
    let bytes = seal::read(&journal.path)?;
    let (opened, head) = journal.open_in_memory(&bytes)?;
    let counts = sound::require_whole_journal(&opened, head.version);
    let counts = counts.map_err(|error| error.at(&journal.path))?;
    let path = names.find(|name| name.symlink_metadata().is_err());
    let taken = || unusable(&journal.path, Unusable::NotCreated(ErrorKind::AlreadyExists.into()));
    let path = path.ok_or_else(taken)?;
    let cannot = |error| unusable(&path, Unusable::NotCreated(error));
    let new = NewFile::write(&path, &bytes).map_err(cannot)?;
    if new.read_back().map_err(cannot)? != bytes {
        return Err(cannot(ErrorKind::InvalidData.into()));
    }
    new.put_in_place().map_err(cannot)?;
    let size = bytes.len() as u64;
    Ok(CheckedCopy { path, counts, size })
}

fn sealed(path: &Path) -> PathBuf {
    platform::beside(path, seal::ENDING)
}
