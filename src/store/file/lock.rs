//! A lock that lasts longer than a transaction: a file that the holder has locked, and that is gone
//! afterwards. The system takes the lock back when the holder ends in any way, so a file without a
//! lock is one that a killed run left.

use std::fs::{self, File, TryLockError};
use std::io::{self, ErrorKind};
use std::path::{Path, PathBuf};

use crate::platform;

/// How often the file may be made again because another holder removed it at this moment.
const TRIES: usize = 10;

/// The held lock. It is given back when this is dropped.
#[derive(Debug)]
pub(crate) struct FileLock {
    path: PathBuf,
    _file: File,
}

impl FileLock {
    /// Takes the lock of this name beside a file; `None` if another process holds it. Errors if the
    /// file of the lock cannot be made.
    pub(crate) fn take(file: &Path, ending: &str) -> io::Result<Option<Self>> {
        // Two names of one file have one lock.
        let file = fs::canonicalize(file).unwrap_or_else(|_| file.to_owned());
        let path = platform::beside(&file, ending);
        for _ in 0..TRIES {
            let file = make_or_open(&path)?;
            match file.try_lock() {
                Err(TryLockError::WouldBlock) => return Ok(None),
                // Some disks have no locks. What is locked then relies on the person.
                Ok(()) | Err(TryLockError::Error(_)) => {}
            }
            // The holder before may have removed the file after it was opened here.
            let held = file.metadata().ok().as_ref().and_then(platform::identity);
            if fs::metadata(&path).is_ok_and(|there| platform::identity(&there) == held) {
                return Ok(Some(Self { path, _file: file }));
            }
        }
        Ok(None)
    }
}

impl Drop for FileLock {
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
