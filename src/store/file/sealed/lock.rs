//! The lock of a sealed journal: a file beside it that one process at a time holds. The system
//! takes the lock back when the process ends in any way. The file stays, and is empty.

use std::fs::{self, File, TryLockError};
use std::io::{self, ErrorKind};
use std::path::Path;
use std::thread;
use std::time::{Duration, Instant};

use rusqlite::ffi;

use crate::platform;
use crate::store::file::head::unusable;
use crate::store::{Result, StoreError, Unusable};

/// How often a process that waits asks for the lock.
const ASK_AGAIN: Duration = Duration::from_millis(5);

/// The held lock. It is given back when this is dropped.
#[derive(Debug)]
pub(crate) struct SealLock {
    _file: File,
}

impl SealLock {
    /// Takes the lock of a sealed file. Errors as a locked journal does if another process holds it
    /// for longer than `wait`, and if the disk has no locks: without one, words could be lost.
    pub(crate) fn take(sealed: &Path, wait: Duration) -> Result<Self> {
        let path = platform::beside(sealed, "-lock");
        let started = Instant::now();
        loop {
            let made = make_or_open(&path);
            let file = made.map_err(|error| unusable(&path, Unusable::NotOpened(error)))?;
            match file.try_lock() {
                // The one who held it may have removed the file.
                Ok(()) if is_there(&path, &file) => return Ok(Self { _file: file }),
                Ok(()) | Err(TryLockError::WouldBlock) if started.elapsed() < wait => {
                    thread::sleep(ASK_AGAIN);
                }
                Ok(()) | Err(TryLockError::WouldBlock) => {
                    return Err(refused(ffi::SQLITE_BUSY).at(sealed));
                }
                Err(TryLockError::Error(_)) => {
                    return Err(refused(ffi::SQLITE_IOERR_LOCK).at(sealed));
                }
            }
        }
    }

    /// Removes the file of a journal that is not sealed any more. The caller holds its lock.
    pub(crate) fn remove(self, sealed: &Path) {
        let _ = fs::remove_file(platform::beside(sealed, "-lock"));
        drop(self);
    }
}

/// Whether the file that was locked is still the one at its path.
fn is_there(path: &Path, file: &File) -> bool {
    let held = file.metadata().ok().as_ref().and_then(platform::identity);
    fs::metadata(path).is_ok_and(|there| platform::identity(&there) == held)
}

fn make_or_open(path: &Path) -> io::Result<File> {
    match platform::create_private_file(path) {
        Err(error) if error.kind() == ErrorKind::AlreadyExists => {
            match platform::open_own_file(path) {
                // It was removed in between, and the next try makes it.
                Err(error) if error.kind() == ErrorKind::NotFound => {
                    platform::create_private_file(path)
                }
                opened => opened,
            }
        }
        made => made,
    }
}

fn refused(code: i32) -> StoreError {
    rusqlite::Error::SqliteFailure(ffi::Error::new(code), None).into()
}
