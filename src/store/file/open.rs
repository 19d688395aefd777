//! Opening and creating the file: what is no journal of this dwell is refused before SQLite
//! sees it, and a new journal appears whole or not at all.

use std::fs::File;
use std::io::{ErrorKind, Read};
use std::path::Path;
use std::time::Duration;

use rusqlite::config::DbConfig;
use rusqlite::{Connection, OpenFlags};
use uuid::Uuid;

use crate::platform;
use crate::store::file::schema;
use crate::store::{Damage, Result, StoreError, Unusable};

/// Connects to the journal at this path; `None` if there is no file.
///
/// The file's head is read before a connection exists: closing a file that SQLite has open in
/// this process would drop SQLite's locks on it.
pub(crate) fn connect(path: &Path) -> Result<Option<Connection>> {
    if version_on_disk(path)?.is_none() {
        return Ok(None);
    }
    let connected = open(path).and_then(|mut connection| {
        // Asked again through the connection, which has undone what a crash left half done.
        let version: u32 = connection.query_row("PRAGMA user_version", [], |row| row.get(0))?;
        if version < schema::VERSION {
            check(&connection)?;
            schema::migrate(&mut connection)?;
        }
        Ok(connection)
    });
    connected.map(Some).map_err(|error| error.at(path))
}

/// Connects to the journal at this path, of whatever form, only to read; `None` if there is no file.
pub(crate) fn connect_as_it_is(path: &Path) -> Result<Option<Connection>> {
    if version_on_disk(path)?.is_none() {
        return Ok(None);
    }
    open(path).map(Some).map_err(|error| error.at(path))
}

/// Creates a new journal. If another process does the same, one of the two stays.
pub(crate) fn create(path: &Path) -> Result<()> {
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
            schema::migrate(&mut connection)?;
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

/// The schema version in the file's head, or `None` if there is no file. Errors if the file is
/// not a journal that this dwell can use.
fn version_on_disk(path: &Path) -> Result<Option<u32>> {
    // Opening a pipe would wait for somebody at its other end.
    if std::fs::metadata(path).is_ok_and(|metadata| !metadata.is_file()) {
        return Err(unusable(path, Unusable::NotAFile));
    }
    let mut file = match File::open(path) {
        Ok(file) => file,
        Err(error) if error.kind() == ErrorKind::NotFound => return Ok(None),
        Err(error) => return Err(unusable(path, Unusable::NotOpened(error))),
    };
    let mut head = [0; 100];
    let mut length = 0;
    while length < head.len() {
        match file.read(&mut head[length..]) {
            Ok(0) => break,
            Ok(read) => length += read,
            Err(error) if error.kind() == ErrorKind::Interrupted => {}
            Err(error) => return Err(unusable(path, Unusable::NotRead(error))),
        }
    }
    let number =
        |at: usize| u32::from_be_bytes([head[at], head[at + 1], head[at + 2], head[at + 3]]);
    if length == 0 {
        return Err(unusable(path, Unusable::Empty));
    }
    if length < head.len() || &head[..16] != b"SQLite format 3\0" {
        return Err(unusable(path, Unusable::NotAJournal));
    }
    if number(68) != schema::APPLICATION_ID {
        return Err(unusable(path, Unusable::OtherProgram));
    }
    let version = number(60);
    if version == 0 || is_cut_short(path, &file, number(16) >> 16) {
        return Err(unusable(path, Unusable::CutShort));
    }
    if version > schema::VERSION {
        return Err(newer(path, version));
    }
    Ok(Some(version))
}

/// The journal has a form that this dwell does not know.
pub(crate) fn newer(path: &Path, form: u32) -> StoreError {
    unusable(path, Unusable::Newer { form, known: schema::VERSION })
}

fn unusable(path: &Path, why: Unusable) -> StoreError {
    StoreError::Unusable { path: path.to_owned(), why }
}

/// Whether the file ends in the middle of a page. After a crash it may, and is then mended from
/// the rollback journal beside it.
fn is_cut_short(path: &Path, file: &File, page_size: u32) -> bool {
    // The number 1 stands for pages of 65,536 bytes.
    let page_size = if page_size == 1 { 65_536 } else { u64::from(page_size.max(512)) };
    let is_ragged = file.metadata().is_ok_and(|metadata| metadata.len() % page_size != 0);
    let mut rollback = path.as_os_str().to_owned();
    rollback.push("-journal");
    is_ragged && !Path::new(&rollback).exists()
}

/// Journals up to this size are checked before each change; it takes some 30 ms at the most.
const CHECKED_UP_TO: u64 = 16 << 20;

/// Errors if the file is damaged, so that no change is made to it. A larger file than fits a
/// person's patience is taken as it is; what a change reads of it is checked all the same.
pub(crate) fn check(connection: &Connection) -> Result<()> {
    let number = |sql| connection.query_row(sql, [], |row| row.get::<_, u64>(0));
    if number("PRAGMA page_count")? * number("PRAGMA page_size")? > CHECKED_UP_TO {
        return Ok(());
    }
    // Table by table: all at once, SQLite would also compare the search index with all words, which
    // takes several times as long, and no word is lost where the two differ.
    let mut tables = connection.prepare(
        "SELECT name FROM sqlite_schema WHERE type = 'table' AND rootpage > 0
         UNION ALL SELECT 'sqlite_schema'",
    )?;
    let mut tables = tables.query([])?;
    while let Some(row) = tables.next()? {
        let table: String = row.get("name")?;
        let found: String =
            connection
                .query_row("SELECT * FROM pragma_quick_check(:table)", [table], |row| row.get(0))?;
        if found != "ok" {
            return Err(StoreError::Damaged(Damage::Pages(found)));
        }
    }
    Ok(())
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
