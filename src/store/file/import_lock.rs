//! The lock of an import that goes on over several transactions: a file beside the journal that the
//! running import holds, and that is gone afterwards. The system takes the lock back when the
//! import ends in any way, so a file without a lock is one that a killed import left.

use std::fs::{self, File, TryLockError};
use std::io::{self, ErrorKind};
use std::path::{Path, PathBuf};

use crate::platform;
use crate::store::file::head::unusable;
use crate::store::{Result, StoreError, Unusable};

/// How often the file may be made again because another import removed it at this moment.
const TRIES: usize = 10;

/// The held lock. It is given back when this is dropped.
#[derive(Debug)]
pub(crate) struct ImportLock {
    path: PathBuf,
    _file: File,
}

impl ImportLock {
    /// Takes the lock of the journal at this path. Errors with [`StoreError::ImportRuns`] if
    /// another import holds it.
    pub(crate) fn take(journal: &Path) -> Result<Self> {
        // Two names of one journal have one lock.
        let journal = fs::canonicalize(journal).unwrap_or_else(|_| journal.to_owned());
        let path = platform::beside(&journal, "-import");
        for _ in 0..TRIES {
            let made = make_or_open(&path);
            let file = made.map_err(|error| unusable(&path, Unusable::NotCreated(error)))?;
            match file.try_lock() {
                Err(TryLockError::WouldBlock) => return Err(StoreError::ImportRuns),
                // Some disks have no locks. The import then relies on the person.
                Ok(()) | Err(TryLockError::Error(_)) => {}
            }
            // The import before may have removed the file after it was opened here.
            let held = file.metadata().ok().as_ref().and_then(platform::identity);
            if fs::metadata(&path).is_ok_and(|there| platform::identity(&there) == held) {
                return Ok(Self { path, _file: file });
            }
        }
        Err(StoreError::ImportRuns)
    }
}

impl Drop for ImportLock {
    fn drop(&mut self) {
        let _ = fs::remove_file(&self.path);
    }
}

fn make_or_open(path: &Path) -> io::Result<File> {
    match platform::create_private_file(path) {
        Err(error) if error.kind() == ErrorKind::AlreadyExists => platform::open_own_file(path),
        made => made,
    }
}
