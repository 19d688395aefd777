//! Opening and creating the file: what is no journal of this dwell is refused before SQLite
//! sees it, and a new journal appears whole or not at all.

use std::io::ErrorKind;
use std::path::Path;
use std::time::Duration;

use rusqlite::config::DbConfig;
use rusqlite::{Connection, OpenFlags};
use uuid::Uuid;

use crate::platform;
use crate::store::file::head::{is_journal, unusable};
use crate::store::{Result, StoreError, Unusable};

/// Connects to the journal at this path, in whatever form it is; `None` if there is no file.
///
/// The file's head is read before a connection exists: closing a file that SQLite has open in
/// this process would drop SQLite's locks on it.
pub(crate) fn connect(path: &Path) -> Result<Option<Connection>> {
    if !is_journal(path)? {
        return Ok(None);
    }
    open(path).map(Some).map_err(|error| error.at(path))
}

/// Creates a new journal, which `fill` gives its tables. If another process does the same, one of
/// the two stays.
pub(crate) fn create(path: &Path, fill: impl FnOnce(&mut Connection) -> Result<()>) -> Result<()> {
    let cannot = |error| unusable(path, Unusable::NotCreated(error));
    let folder = match path.parent() {
        Some(folder) if !folder.as_os_str().is_empty() => folder,
        _ => Path::new("."),
    };
    platform::create_private_folder(folder).map_err(cannot)?;
    // Made under another name and linked into place, so that no process ever meets half a journal
    // and the second of two creators fails instead of replacing the first one's work.
    let mut name = path.file_name().unwrap_or_default().to_owned();
    name.push(format!(".{}", Uuid::new_v4()));
    let new = folder.join(name);
    drop(platform::create_private_file(&new).map_err(cannot)?);
    let made = open(&new)
        .and_then(|mut connection| {
            fill(&mut connection)?;
            connection.close().map_err(|(_, error)| error.into())
        })
        .map_err(|error: StoreError| error.at(path));
    let placed = made.and_then(|()| match std::fs::hard_link(&new, path) {
        Ok(()) => Ok(()),
        Err(error) if error.kind() == ErrorKind::AlreadyExists => Ok(()),
        // Some file systems know no links; there, two creators can meet in this moment.
        Err(_) if !path.exists() => std::fs::rename(&new, path).map_err(cannot),
        Err(error) => Err(cannot(error)),
    });
    let _ = std::fs::remove_file(&new);
    placed?;
    platform::sync_folder(folder).map_err(cannot)
}

/// Opens a connection with the settings under which an acknowledged entry survives a power cut.
fn open(path: &Path) -> Result<Connection> {
    platform::survive_file_size_limit();
    // Not read-only even for reading: what a crash left behind is rolled back first.
    let flags = OpenFlags::SQLITE_OPEN_READ_WRITE | OpenFlags::SQLITE_OPEN_NO_MUTEX;
    let connection = Connection::open_with_flags(path, flags)?;
    connection.busy_timeout(Duration::from_secs(5))?;
    connection.set_db_config(DbConfig::SQLITE_DBCONFIG_DEFENSIVE, true)?;
    connection.set_db_config(DbConfig::SQLITE_DBCONFIG_TRUSTED_SCHEMA, false)?;
    connection.execute_batch(
        "PRAGMA journal_mode = DELETE;
         PRAGMA synchronous = EXTRA;
         PRAGMA fullfsync = ON;
         PRAGMA foreign_keys = ON;
         PRAGMA secure_delete = ON;
         PRAGMA cell_size_check = ON;
         PRAGMA mmap_size = 0;
         PRAGMA temp_store = MEMORY;",
    )?;
    Ok(connection)
}
