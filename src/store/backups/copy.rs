//! Making a copy: SQLite copies the pages as they are at one moment; then the copy is written to the
//! disk, opened again and checked, and only then gets its name.

use std::fs::{self, File};
use std::io::{ErrorKind, Write};
use std::path::{Path, PathBuf};
use std::thread::{self, ScopedJoinHandle};

use rusqlite::backup::{Backup, StepResult};
use rusqlite::{Connection, OpenFlags, ffi};

use crate::platform;
use crate::store::backups::sound::{self, Counts};
use crate::store::file::head::unusable;
use crate::store::file::{pages, unfinished};
use crate::store::{Damage, Refusal, Result, StoreError, Unusable};

/// A journal of at most this many bytes is read and written in one piece. That takes a third of the time
/// that SQLite needs page by page, and as much memory as the journal is long. Some five years fit.
const AT_ONCE: u64 = 4 << 20;

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

/// Copies the pages of the journal, as they are at one moment, into a private file beside the path that
/// the copy will have. Errors if the journal cannot be read or the copy not be written.
pub(crate) fn copy(journal: &mut Connection, to: &Path) -> Result<UnnamedCopy> {
    let new = unfinished::name_for(to);
    let cannot = |error| unusable(to, Unusable::NotCreated(error));
    let held = platform::create_unfinished_file(&new).map_err(cannot)?;
    let mut made = UnnamedCopy { path: new, held, counts: Counts::default() };
    made.counts = made.copy_state(journal).map_err(|error| match error {
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
    /// Copies one state of the journal, and returns how much it has.
    fn copy_state(&mut self, journal: &mut Connection) -> Result<Counts> {
        journal.execute_batch("BEGIN")?;
        let copied = self.copy_pages(journal).and_then(|()| sound::counts(journal));
        // SQLite itself may have ended it, after a failure.
        if !journal.is_autocommit() {
            let ended = journal.execute_batch("ROLLBACK");
            return copied.and_then(|counts| Ok(ended.map(|()| counts)?));
        }
        copied
    }

    fn copy_pages(&mut self, journal: &mut Connection) -> Result<()> {
        let number = |pragma| journal.query_row(pragma, [], |row| row.get::<_, u64>(0));
        let size = number("PRAGMA page_count")? * number("PRAGMA page_size")?;
        pages::keep_few(journal)?;
        let copied = match size {
            ..=AT_ONCE => self.copy_at_once(journal),
            _ => self.copy_page_by_page(journal),
        };
        let reset = pages::as_usual(journal);
        copied.and(reset)
    }

    fn copy_at_once(&mut self, journal: &mut Connection) -> Result<()> {
        let written = pages::all(journal).map(|pages| self.held.write_all(&pages));
        match written {
            Ok(written) => {
                written.map_err(|error| unusable(&self.path, Unusable::NotCreated(error)))
            }
            // SQLite names the failure, or copies what is damaged, which the check of the copy finds.
            Err(_) => self.copy_page_by_page(journal),
        }
    }

    fn copy_page_by_page(&self, journal: &Connection) -> Result<()> {
        let flags = OpenFlags::SQLITE_OPEN_READ_WRITE | OpenFlags::SQLITE_OPEN_NO_MUTEX;
        let mut file = Connection::open_with_flags(&self.path, flags)?;
        // Half a copy is thrown away, and a whole one is synced at once.
        file.execute_batch("PRAGMA journal_mode = OFF; PRAGMA synchronous = OFF")?;
        pages::keep_few(&file)?;
        let step = Backup::new(journal, &mut file).and_then(|backup| backup.step(-1));
        if step? != StepResult::Done {
            let busy = rusqlite::Error::SqliteFailure(ffi::Error::new(ffi::SQLITE_BUSY), None);
            return Err(busy.into());
        }
        file.close().map_err(|(_, error)| error.into())
    }

    /// Makes the copy durable and checks it, and then gives it the first of these names that is
    /// free. Errors if the copy is not whole, or cannot be written.
    pub(crate) fn name(self, names: impl Iterator<Item = PathBuf>) -> Result<CheckedCopy> {
        let not_written = |error| unusable(&self.path, Unusable::NotCreated(error));
        // Each takes about as long as the other: this thread waits for the disk, and meanwhile the other
        // one checks the copy.
        let check = || sound::require_whole(&self.path);
        let (synced, counts) = thread::scope(|scope| {
            let counts = thread::Builder::new().spawn_scoped(scope, check);
            let synced = self.held.sync_all();
            let join = |thread: ScopedJoinHandle<'_, _>| {
                thread.join().unwrap_or_else(|panic| std::panic::resume_unwind(panic))
            };
            // A system may refuse another thread.
            (synced, counts.map_or_else(|_| check(), join))
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
