//! Making a copy: SQLite copies the pages as they are at one moment; then the copy is written to the
//! disk, opened again and checked, and only then gets its name.

use std::fs::{self, File};
use std::io::ErrorKind;
use std::path::{Path, PathBuf};
use std::thread::{self, ScopedJoinHandle};

use rusqlite::backup::{Backup, StepResult};
use rusqlite::{Connection, OpenFlags, ffi};

use crate::platform;
use crate::store::backups::sound::{self, Counts};
use crate::store::file::head::unusable;
use crate::store::file::{pages, unfinished};
use crate::store::{Damage, Refusal, Result, StoreError, Unusable};

/// A copy that has no name yet. Dropped without [`UnnamedCopy::name`], it leaves nothing.
#[derive(Debug)]
pub(crate) struct UnnamedCopy {
    path: PathBuf,
    /// Holds the file, so that no other process takes it for one that was left behind.
    held: File,
    /// How much the journal had at the moment of the copy.
    counts: Counts,
}

/// A copy that was checked.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct CheckedCopy {
    pub path: PathBuf,
    pub counts: Counts,
    /// The size of the file, in bytes.
    pub size: u64,
}

/// Copies the pages of the journal into a private file beside the path that the copy will have. Calls
/// `begun` when the state that is copied is settled, so that a change from then on is not in it. Errors
/// if the journal cannot be read or the copy not be written.
pub(crate) fn copy(journal: &Connection, to: &Path, begun: impl FnOnce()) -> Result<UnnamedCopy> {
    let new = unfinished::name_for(to);
    let cannot = |error| unusable(to, Unusable::NotCreated(error));
    let held = platform::create_unfinished_file(&new).map_err(cannot)?;
    let mut made = UnnamedCopy { path: new, held, counts: Counts::default() };
    made.counts = made.copy_pages(journal, begun).map_err(|error| match error {
        // What cannot be written is the copy: the journal is only read.
        StoreError::Refused {
            why: why @ (Refusal::DiskFull | Refusal::WriteFailed),
            source,
            ..
        } => StoreError::Refused { path: to.to_owned(), why, source },
        StoreError::Unusable { why: why @ Unusable::NotCreated(_), .. } => unusable(to, why),
        error => error,
    })?;
    Ok(made)
}

impl UnnamedCopy {
    fn copy_pages(&self, journal: &Connection, begun: impl FnOnce()) -> Result<Counts> {
        // One state of the journal, for the counts and the pages.
        let state = journal.unchecked_transaction()?;
        let counts = sound::counts(&state)?;
        let number = |pragma| state.query_row(pragma, [], |row| row.get::<_, u64>(0));
        let size = number("PRAGMA page_count")? * number("PRAGMA page_size")?;
        // Before a change that is made beside this one, so that the copy does not take its room.
        let reserved = platform::reserve(&self.held, size);
        reserved.map_err(|error| unusable(&self.path, Unusable::NotCreated(error)))?;
        begun();
        let flags = OpenFlags::SQLITE_OPEN_READ_WRITE | OpenFlags::SQLITE_OPEN_NO_MUTEX;
        let mut file = Connection::open_with_flags(&self.path, flags)?;
        // Half a copy is thrown away, and a whole one is synced at once.
        file.execute_batch("PRAGMA journal_mode = OFF; PRAGMA synchronous = OFF")?;
        pages::keep_few(&file)?;
        pages::keep_few(&state)?;
        let step = Backup::new(&state, &mut file).and_then(|backup| backup.step(-1));
        pages::as_usual(&state)?;
        if step? != StepResult::Done {
            let busy = rusqlite::Error::SqliteFailure(ffi::Error::new(ffi::SQLITE_BUSY), None);
            return Err(busy.into());
        }
        file.close().map_err(|(_, error)| error)?;
        Ok(counts)
    }

    /// Makes the copy durable and checks it, and then gives it the first of these names that is
    /// free. Errors if the copy is not whole, or cannot be written.
    pub(crate) fn name(self, names: impl Iterator<Item = PathBuf>) -> Result<CheckedCopy> {
        let not_written = |error| unusable(&self.path, Unusable::NotCreated(error));
        // Each takes about as long as the other: the disk works for one, and this thread for the other.
        let (synced, counts) = thread::scope(|scope| {
            let synced = thread::Builder::new().spawn_scoped(scope, || self.held.sync_all());
            let counts = sound::require_whole(&self.path);
            // A system may refuse another thread.
            let join = |thread: ScopedJoinHandle<'_, _>| {
                thread.join().unwrap_or_else(|panic| std::panic::resume_unwind(panic))
            };
            (synced.map_or_else(|_| self.held.sync_all(), join), counts)
        });
        synced.map_err(not_written)?;
        if counts? != self.counts {
            let missing = Damage::Pages("counts-differ".to_owned());
            return Err(StoreError::damaged(missing).at(&self.path));
        }
        let size = self.held.metadata().map_err(not_written)?.len();
        let path = self.link(names).map_err(not_written)?;
        let _ = fs::remove_file(&self.path);
        if let Some(folder) = path.parent() {
            platform::sync_folder(folder).map_err(not_written)?;
        }
        Ok(CheckedCopy { path, counts: self.counts, size })
    }

    fn link(&self, names: impl Iterator<Item = PathBuf>) -> std::io::Result<PathBuf> {
        for name in names {
            match fs::hard_link(&self.path, &name) {
                Ok(()) => return Ok(name),
                Err(error) if error.kind() == ErrorKind::AlreadyExists => {}
                // Some file systems have no hard links.
                Err(_) if fs::symlink_metadata(&name).is_err() => {
                    return fs::rename(&self.path, &name).map(|()| name);
                }
                Err(error) => return Err(error),
            }
        }
        Err(ErrorKind::AlreadyExists.into())
    }
}

impl Drop for UnnamedCopy {
    fn drop(&mut self) {
        let _ = fs::remove_file(&self.path);
    }
}
