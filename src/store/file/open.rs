//! Opens and creates the file. A file that is not a journal of this dwell is refused before SQLite
//! opens it. A new journal appears complete or not at all.

use std::fs;
use std::io::ErrorKind;
use std::path::{Path, PathBuf};
use std::time::Duration;

use rusqlite::config::DbConfig;
use rusqlite::{Connection, OpenFlags};

use crate::platform;
use crate::seal;
use crate::store::file::head::{self, Head, unusable};
use crate::store::file::{rollback, unfinished};
use crate::store::{Result, StoreError, Unusable};

/// How long a command waits for a lock of another program.
pub const WAIT: Duration = Duration::from_secs(5);

/// Connects to the journal at this path, in any known form; `None` if there is no file. Errors if
/// the file is not a journal or cannot be opened, and with [`Unusable::BesideSealed`].
///
/// The file's head is read before a connection exists: closing a file that SQLite has open in
/// this process would drop SQLite's locks on it. Each read and change waits for a lock of another
/// program at most as long as `wait`.
pub(crate) fn connect(path: &Path, wait: Duration) -> Result<Option<(Connection, Head)>> {
    let Some(opened) = connect_beside_sealed(path, wait)? else { return Ok(None) };
    let (connection, head, real) = opened;
    let sealed = platform::beside(&real, seal::ENDING);
    match fs::symlink_metadata(&sealed) {
        Ok(_) => Err(unusable(path, Unusable::BesideSealed { sealed })),
        Err(_) => Ok(Some((connection, head))),
    }
}

/// [`connect`], also if a sealed journal is beside it. Returns the end of a path that is a link too.
pub(crate) fn connect_beside_sealed(
    path: &Path,
    wait: Duration,
) -> Result<Option<(Connection, Head, PathBuf)>> {
    let Some(head) = head::read(path)? else { return Ok(None) };
    unfinished::remove_second_names(path, &head);
    let real = rollback::require_sound(path, &head)?;
    let connection = open(path, head.has_write_ahead_log, wait).map_err(|error| error.at(path))?;
    Ok(Some((connection, head, real)))
}

/// Connects to the journal at this path so that nothing is ever written, not even what SQLite
/// writes to read a file; `None` if there is no file. Errors as [`connect`], and with
/// [`Unusable::NeedsChange`] if the journal has a write-ahead log.
pub(crate) fn connect_to_look(path: &Path, wait: Duration) -> Result<Option<(Connection, Head)>> {
    let Some(head) = head::read(path)? else { return Ok(None) };
    // To read a log, SQLite writes an index of it.
    if head.has_write_ahead_log || platform::beside(path, "-wal").exists() {
        return Err(unusable(path, Unusable::NeedsChange));
    }
    rollback::require_sound(path, &head)?;
    let opened = || -> Result<Connection> {
        let flags = OpenFlags::SQLITE_OPEN_READ_ONLY | OpenFlags::SQLITE_OPEN_NO_MUTEX;
        let connection = Connection::open_with_flags(path, flags)?;
        distrust(&connection)?;
        connection.busy_timeout(wait)?;
        Ok(connection)
    };
    Ok(Some((opened().map_err(|error| error.at(path))?, head)))
}

/// How a new journal was begun.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Begun {
    /// Its folder was there.
    InOldFolder,
    /// Its folder was made for it.
    InNewFolder,
}

/// Creates a new journal; `fill` creates its tables. If the path is a link to a file that is not
/// there, the journal is made at its end and the link stays. If another process does the same at
/// this moment, one of the two files stays. Errors with [`Unusable::NotCreated`] if the disk
/// refuses, and with [`Unusable::SideFile`] if files of another journal are left beside the path.
pub(crate) fn create(
    path: &Path,
    fill: impl FnOnce(Connection) -> Result<Connection>,
) -> Result<Begun> {
    let cannot = |error| unusable(path, Unusable::NotCreated(error));
    let end = platform::end_of_links(path).map_err(cannot)?;
    rollback::require_no_leftover(&end)?;
    let folder = match end.parent() {
        Some(folder) if !folder.as_os_str().is_empty() => folder,
        _ => Path::new("."),
    };
    let begun = if folder.is_dir() { Begun::InOldFolder } else { Begun::InNewFolder };
    platform::create_private_folder(folder).map_err(cannot)?;
    // Made under another name and then linked to its path, so that no process ever sees half a
    // journal. The link fails if the path exists, so the second of two creators replaces nothing.
    let new = unfinished::name_for(&end);
    let held = platform::create_unfinished_file(&new).map_err(cannot)?;
    let made = open(&new, false, WAIT)
        .and_then(|connection| {
            // A file that is not finished need not survive anything: one sync makes it durable when it
            // is whole, and there is nothing to go back to.
            connection.execute_batch("PRAGMA journal_mode = MEMORY")?;
            fill(connection)
        })
        .and_then(|connection| connection.close().map_err(|(_, error)| error.into()))
        .map_err(|error: StoreError| error.at(path));
    let placed = made.and_then(|()| match std::fs::hard_link(&new, &end) {
        Ok(()) => Ok(()),
        Err(error) if error.kind() == ErrorKind::AlreadyExists => Ok(()),
        // Some file systems have no hard links. There, one of two creators may replace the other's
        // empty journal.
        Err(_) if !end.exists() => std::fs::rename(&new, &end).map_err(cannot),
        Err(error) => Err(cannot(error)),
    });
    let _ = std::fs::remove_file(&new);
    drop(held);
    placed?;
    platform::sync_folder(folder).map_err(cannot)?;
    unfinished::remove_leftovers(path);
    Ok(begun)
}

/// Opens a connection with the settings that make a committed entry survive a power cut.
fn open(path: &Path, has_write_ahead_log: bool, wait: Duration) -> Result<Connection> {
    // Writable even for reading: SQLite must be able to roll back a change that a crash
    // interrupted.
    let flags = OpenFlags::SQLITE_OPEN_READ_WRITE | OpenFlags::SQLITE_OPEN_NO_MUTEX;
    let connection = Connection::open_with_flags(path, flags)?;
    if has_write_ahead_log {
        distrust(&connection)?;
        // Fails at once while another program has the file open. Reading and writing go on with the
        // log then, and a later opening takes it away.
        let _ = connection.execute_batch("PRAGMA journal_mode = DELETE");
    }
    settle(&connection, wait)?;
    Ok(connection)
}

/// The settings of every connection that reads and changes a journal.
pub(crate) fn settle(connection: &Connection, wait: Duration) -> Result<()> {
    distrust(connection)?;
    // Without this, a statement is planned again each time that it is used with other values.
    connection.set_db_config(DbConfig::SQLITE_DBCONFIG_ENABLE_QPSG, true)?;
    connection.set_db_config(DbConfig::SQLITE_DBCONFIG_ENABLE_FKEY, true)?;
    connection.busy_timeout(wait)?;
    // Each is a statement, for which every start of a shell waits: what matters only to a change is
    // set before the first one.
    connection.execute_batch("PRAGMA synchronous = EXTRA; PRAGMA temp_store = MEMORY")?;
    if cfg!(target_vendor = "apple") {
        // Only there a sync leaves data in the cache of the disk.
        connection.execute_batch("PRAGMA fullfsync = ON")?;
    }
    Ok(())
}

/// From now on, what is removed is overwritten, and each page is checked when it is read, so that a
/// change does not spread what is damaged in it. Reading alone spreads nothing, and takes longer
/// with the check the longer a journal is.
pub(crate) fn prepare_for_changes(connection: &Connection) -> rusqlite::Result<()> {
    let is_prepared: bool = connection.query_row("PRAGMA cell_size_check", [], |row| row.get(0))?;
    if !is_prepared {
        // Pages that were read before are read again.
        connection.execute_batch(
            "PRAGMA secure_delete = ON; PRAGMA cell_size_check = ON; PRAGMA shrink_memory",
        )?;
        // An import or a new shelf uses about thirty statements in turn; the connection keeps sixteen
        // of them, unless it is told otherwise.
        connection.set_prepared_statement_cache_capacity(64);
    }
    Ok(())
}

/// Has SQLite run nothing that somebody else put into the file.
pub(crate) fn distrust(connection: &Connection) -> rusqlite::Result<()> {
    connection.set_db_config(DbConfig::SQLITE_DBCONFIG_DEFENSIVE, true)?;
    connection.set_db_config(DbConfig::SQLITE_DBCONFIG_TRUSTED_SCHEMA, false)?;
    // A journal has neither.
    connection.set_db_config(DbConfig::SQLITE_DBCONFIG_ENABLE_TRIGGER, false)?;
    connection.set_db_config(DbConfig::SQLITE_DBCONFIG_ENABLE_VIEW, false)?;
    Ok(())
}
