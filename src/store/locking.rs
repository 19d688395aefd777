//! Locking a journal and unlocking it: the plain file and the sealed one change places.
//!
//! The one that goes is removed only after the other was written, synced, opened again and compared
//! with it, and while no other process can write to either. A run that is killed leaves one of them
//! or both, and the next one ends what it began.

use std::collections::BTreeSet;
use std::fs::{self, File};
use std::io;
use std::path::Path;
use std::time::Duration;

use rusqlite::{Connection, ffi};
use uuid::Uuid;

use crate::platform;
use crate::seal::{self, Fault, Key, NewFile, NewKeyFile, SecretKey};
use crate::store::facts;
use crate::store::file::head::{self, unusable};
use crate::store::file::rollback::{self, ENDINGS};
use crate::store::file::sealed::{self, SealLock, SealedPaths};
use crate::store::file::{check, open, pages, privacy};
use crate::store::read::undo;
use crate::store::{Privacy, Result, StoreError, Unusable};

/// Seals the plain journal to a new key, of which `new` is the file, and removes it. The key and the
/// recovery key must open the sealed file before that. Errors as opening a journal does, and if one is
/// there that was sealed before; the keys of that one stay.
pub fn lock(
    paths: &SealedPaths,
    new: NewKeyFile,
    key: &Key,
    recovery: &SecretKey,
    wait: Duration,
) -> Result<()> {
    let lock = SealLock::take(&paths.sealed, wait)?;
    let plain = Plain::open(paths, wait)?;
    if paths.is_locked() {
        let sealed = paths.sealed.clone();
        return Err(unusable(&paths.plain, Unusable::BesideSealed { sealed }));
    }
    // From here on no other run can lock it.
    let locked = new.put_in_place().map_err(StoreError::from);
    let locked = locked.and_then(|()| seal_in_place(paths, plain, key, recovery));
    if locked.is_err() && !paths.is_locked() {
        // Nothing is sealed with the key. What cannot be removed is replaced by the next try.
        let _ = paths.keys.remove();
        lock.remove(&paths.sealed);
    }
    locked
}

/// Puts the sealed file into its place and removes the plain one.
fn seal_in_place(
    paths: &SealedPaths,
    mut plain: Plain<'_>,
    key: &Key,
    recovery: &SecretKey,
) -> Result<()> {
    let bytes = plain.bytes()?;
    let sealed = seal::seal(&bytes, &key.recipients);
    let not_written = not_written(&paths.sealed);
    let new = NewFile::write(&paths.sealed, &sealed).map_err(&not_written)?;
    let back = new.read_back().map_err(&not_written)?;
    for secret in [&key.secret, recovery] {
        let opened = seal::open(&back, secret).map_err(|why| why.at(&paths.sealed))?;
        if *opened != *bytes {
            return Err(Fault::Damaged.at(&paths.sealed).into());
        }
    }
    new.put_in_place().map_err(&not_written)?;
    plain.remove()
}

/// Ends a lock that was interrupted when both journals were there: removes the plain one if the
/// sealed one has all of its words. False if it does not.
pub fn end_lock(paths: &SealedPaths, key: &Key, wait: Duration) -> Result<bool> {
    let _lock = SealLock::take(&paths.sealed, wait)?;
    let plain = Plain::open(paths, wait)?;
    let sealed = open_sealed(paths, &key.secret, wait)?;
    if !has_all(&sealed.0, &plain.connection)? {
        return Ok(false);
    }
    plain.remove()?;
    Ok(true)
}

/// Writes the plain journal of a locked one, and then removes the sealed file. If both are there,
/// as an interrupted run leaves them, the sealed file is removed if the plain one has all of its
/// words. False if it does not.
pub fn unlock(paths: &SealedPaths, key: &Key, wait: Duration) -> Result<bool> {
    let _lock = SealLock::take(&paths.sealed, wait)?;
    let (sealed, bytes) = open_sealed(paths, &key.secret, wait)?;
    if fs::symlink_metadata(&paths.plain).is_ok() {
        let plain = Plain::open(paths, wait)?;
        if !has_all(&plain.connection, &sealed)? {
            return Ok(false);
        }
    } else {
        check::check(&sealed).map_err(|error| error.at(&paths.sealed))?;
        rollback::require_no_leftover(&paths.plain)?;
        let not_written = not_written(&paths.plain);
        let new = NewFile::write(&paths.plain, &bytes).map_err(&not_written)?;
        if new.read_back().map_err(&not_written)? != *bytes {
            return Err(not_written(io::ErrorKind::InvalidData.into()));
        }
        new.put_in_place().map_err(&not_written)?;
    }
    seal::erase(&paths.sealed).map_err(not_written(&paths.sealed))?;
    Ok(true)
}

/// Removes the keys and the lock of a journal that is not locked any more.
pub fn remove_keys(paths: &SealedPaths, wait: Duration) -> Result<()> {
    let lock = SealLock::take(&paths.sealed, wait)?;
    if !paths.is_locked() {
        paths.keys.remove().map_err(not_written(&paths.keys.key))?;
        lock.remove(&paths.sealed);
    }
    Ok(())
}

/// Puts a new key file in the place of `old`, for the same keys. Errors with [`Fault::Swapped`] if
/// another run has changed the file meanwhile.
pub fn replace_key_file(
    paths: &SealedPaths,
    old: &[u8],
    new: NewKeyFile,
    wait: Duration,
) -> Result<()> {
    let _lock = SealLock::take(&paths.sealed, wait)?;
    if seal::read(&paths.keys.key)? != old {
        return Err(Fault::Swapped.at(&paths.keys.key).into());
    }
    Ok(new.put_in_place()?)
}

/// Errors if the key does not open the locked journal.
pub fn require_open(paths: &SealedPaths, secret: &SecretKey, wait: Duration) -> Result<()> {
    open_sealed(paths, secret, wait).map(drop)
}

/// Seals a locked journal to new keys, of which `new` is the file, with the recovery key alone.
/// Killed in between, the recovery key opens what is there, and it can be done again.
pub fn reseal(
    paths: &SealedPaths,
    recovery: &SecretKey,
    key: &Key,
    new: NewKeyFile,
    wait: Duration,
) -> Result<()> {
    let _lock = SealLock::take(&paths.sealed, wait)?;
    let (_, bytes) = open_sealed(paths, recovery, wait)?;
    let not_written = not_written(&paths.sealed);
    let sealed = seal::seal(&bytes, &key.recipients);
    let file = NewFile::write(&paths.sealed, &sealed).map_err(&not_written)?;
    let back = file.read_back().map_err(&not_written)?;
    for secret in [recovery, &key.secret] {
        if *seal::open(&back, secret).map_err(|why| why.at(&paths.sealed))? != *bytes {
            return Err(Fault::Damaged.at(&paths.sealed).into());
        }
    }
    new.put_in_place()?;
    file.put_in_place().map_err(&not_written)?;
    Ok(())
}

/// The id of the journal in these bytes of a file; `None` before its first change. `path` names
/// them. Errors if they are not those of a journal.
pub fn id_of(path: &Path, plain: seal::Zeroizing<Vec<u8>>) -> Result<Option<Uuid>> {
    let file = fs::metadata(path).map_err(|error| unusable(path, Unusable::NotOpened(error)))?;
    let (connection, _) = sealed::connect_in_memory(path, plain, &file, open::WAIT)?;
    Ok(undo::known_device(&connection).map_err(|error| error.at(path))?.map(|device| device.0))
}

/// The plain journal while no other process can read or write it.
struct Plain<'a> {
    paths: &'a SealedPaths,
    connection: Connection,
}

impl<'a> Plain<'a> {
    fn open(paths: &'a SealedPaths, wait: Duration) -> Result<Self> {
        let gone = || unusable(&paths.plain, Unusable::Gone);
        let opened = open::connect_beside_sealed(&paths.plain, wait)?;
        let (connection, head, _) = opened.ok_or_else(gone)?;
        if privacy::of_somebody_else(&head) == Some(Privacy::OfAnother) {
            return Err(head::unusable(&paths.plain, Unusable::OfAnother));
        }
        let begin = || -> Result<()> {
            connection.execute_batch("BEGIN EXCLUSIVE")?;
            check::check(&connection)
        };
        // With a log, another program that has the file open could go on to write there.
        let mode = connection.query_row("PRAGMA journal_mode", [], |row| row.get::<_, String>(0));
        let has_log =
            mode.map_err(StoreError::from).map_err(|error| error.at(&paths.plain))? == "wal";
        if has_log {
            let busy = rusqlite::Error::SqliteFailure(ffi::Error::new(ffi::SQLITE_BUSY), None);
            return Err(StoreError::from(busy).at(&paths.plain));
        }
        begin().map_err(|error| error.at(&paths.plain))?;
        Ok(Self { paths, connection })
    }

    fn bytes(&mut self) -> Result<seal::Zeroizing<Vec<u8>>> {
        let bytes = pages::to_bytes(&mut self.connection);
        Ok(seal::Zeroizing::new(bytes.map_err(|error| error.at(&self.paths.plain))?))
    }

    /// Removes the file and then overwrites it. A process that has it open finds that it was moved,
    /// and writes nothing to it.
    fn remove(self) -> Result<()> {
        let Self { paths, connection } = self;
        let not_written = not_written(&paths.plain);
        // Closed after the connection: to close it sooner would drop the locks of SQLite.
        let file = File::options().read(true).write(true).open(&paths.plain).ok();
        fs::remove_file(&paths.plain).map_err(&not_written)?;
        let folder = paths.plain.parent().filter(|folder| !folder.as_os_str().is_empty());
        let synced = platform::sync_folder(folder.unwrap_or(Path::new(".")));
        drop(connection);
        // What cannot be overwritten is gone all the same.
        let _ = file.map(seal::overwrite);
        for ending in ENDINGS {
            let _ = seal::erase(&platform::beside(&paths.plain, ending));
        }
        synced.map_err(&not_written)
    }
}

/// The sealed journal in memory, and its bytes.
fn open_sealed(
    paths: &SealedPaths,
    secret: &SecretKey,
    wait: Duration,
) -> Result<(Connection, seal::Zeroizing<Vec<u8>>)> {
    let bytes = seal::read(&paths.sealed)?;
    let bytes = seal::open(&bytes, secret).map_err(|why| why.at(&paths.sealed))?;
    let file = fs::metadata(&paths.sealed)
        .map_err(|error| unusable(&paths.sealed, Unusable::NotOpened(error)))?;
    let (connection, _) = sealed::connect_in_memory(&paths.sealed, bytes.clone(), &file, wait)?;
    Ok((connection, bytes))
}

/// Whether one journal has all facts and lessons of another, as they are there.
fn has_all(whole: &Connection, other: &Connection) -> Result<bool> {
    Ok(contents(whole)?.is_superset(&contents(other)?))
}

/// The id of each fact with its hash, and the id of each lesson. One that is damaged has what it holds
/// too, so that it is the same as another one only if that has the same damage.
fn contents(connection: &Connection) -> Result<BTreeSet<(Vec<u8>, Vec<u8>)>> {
    let mut contents = BTreeSet::new();
    facts::whole::each_hash(connection, |row, is_whole| {
        let mut held: Vec<u8> = row.get("hash")?;
        if !is_whole {
            held.extend_from_slice(row.get_ref("body")?.as_bytes().unwrap_or_default());
        }
        contents.insert((row.get("id")?, held));
        Ok(())
    })?;
    let mut lessons = connection.prepare("SELECT * FROM lesson")?;
    let mut rows = lessons.query([])?;
    while let Some(row) = rows.next()? {
        let mut held = Vec::new();
        if !facts::lesson::stored(row).is_ok_and(|lesson| lesson.is_whole()) {
            for column in ["title", "story", "takeaway", "question"] {
                held.extend_from_slice(row.get_ref(column)?.as_bytes().unwrap_or_default());
            }
        }
        contents.insert((row.get("id")?, held));
    }
    Ok(contents)
}

fn not_written(path: &Path) -> impl Fn(io::Error) -> StoreError + '_ {
    |source| StoreError::NotWritten { path: path.to_owned(), source }
}
