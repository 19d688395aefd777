//! Opening a locked journal, and bringing one back: what the store does with a sealed file.

use std::fs;
use std::path::{Path, PathBuf};
use std::time::Duration;

use crate::journal::lesson::ShippedSeries;
use crate::seal::Key;
use crate::store::file::head::unusable;
use crate::store::file::journal::Journal;
use crate::store::file::sealed::{SealedFile, SealedPaths};
use crate::store::file::{open, privacy};
use crate::store::{Backups, ChangedDays, Progress, Result, Store, Unusable, upgrade};

/// Errors with [`Unusable::Locked`] if the journal at this path is a locked one, and with
/// [`Unusable::Missing`] if only its keys are there.
pub(super) fn require_none(path: &Path, backups: Option<&Backups>) -> Result<()> {
    let paths = SealedPaths::of(path);
    if paths.is_locked() {
        return Err(unusable(path, Unusable::Locked { sealed: paths.sealed }));
    }
    if fs::symlink_metadata(&paths.keys.key).is_ok() {
        let newest = backups.and_then(|backups| backups.list().pop());
        let backup = newest.map(|backup| backup.path);
        return Err(unusable(&paths.sealed, Unusable::Missing { backup }));
    }
    Ok(())
}

impl Store {
    /// Opens the locked journal of this path into memory. Errors as [`Store::open`], with
    /// [`StoreError::Sealed`] if the key does not open it, and with [`Unusable::BesideSealed`] if a
    /// plain journal is beside it.
    ///
    /// [`StoreError::Sealed`]: crate::store::StoreError::Sealed
    pub fn open_sealed(
        path: &Path,
        key: &Key,
        shipped: ShippedSeries,
        backups: Option<&Backups>,
        wait: Duration,
        progress: &mut dyn FnMut(Progress),
    ) -> Result<Self> {
        let SealedPaths { plain, sealed, .. } = SealedPaths::of(path);
        if fs::symlink_metadata(&plain).is_ok() {
            return Err(unusable(&plain, Unusable::BesideSealed { sealed }));
        }
        Self::open_sealed_at(sealed, key, shipped, backups, wait, progress)
    }

    /// Opens a sealed file such as a backup into memory. Errors as [`Store::open_sealed`].
    pub fn open_sealed_file(sealed: &Path, key: &Key, shipped: ShippedSeries) -> Result<Self> {
        Self::open_sealed_at(sealed.to_owned(), key, shipped, None, open::WAIT, &mut |_| {})
    }

    fn open_sealed_at(
        sealed: PathBuf,
        key: &Key,
        shipped: ShippedSeries,
        backups: Option<&Backups>,
        wait: Duration,
        progress: &mut dyn FnMut(Progress),
    ) -> Result<Self> {
        let mut file = SealedFile::new(sealed.clone(), key.clone(), wait);
        let (connection, head) = file.connect()?;
        let privacy = privacy::settle(&sealed, &head);
        let mut connection = Journal { connection, sealed: Some(file) };
        upgrade::upgrade(&mut connection, backups, progress).map_err(|error| error.at(&sealed))?;
        let changed = ChangedDays::default();
        let (begun, backups) = (None, backups.cloned());
        Ok(Self { connection, path: sealed, shipped, privacy, begun, changed, backups })
    }

    /// The sealed file of this journal; `None` if it is not locked.
    pub fn sealed_file(&self) -> Option<&Path> {
        self.connection.sealed.as_ref().map(|sealed| sealed.path.as_path())
    }

    /// Has what is read from now on be what other processes have written so far. A plain journal
    /// is so in any case.
    pub fn refresh(&mut self) -> Result<()> {
        self.connection.refresh().map_err(|error| error.at(&self.path))
    }
}
