//! The database of a Kobo, `KoboReader.sqlite`: another program's file, from outside.
//!
//! It is opened so that nothing can be written to it and nothing in it is run: no view, trigger or
//! virtual table is read, no function that could do harm can be called, and no text is longer than
//! allowed.

use std::io::Read as _;
use std::path::Path;

use rusqlite::config::DbConfig;
use rusqlite::limits::Limit;
use rusqlite::{Connection, OpenFlags, Row};

use crate::journal::Source;
use crate::journal::lesson::highlight::{Highlight, HighlightKind, Place};
use crate::platform;
use crate::store::file::form;

/// Why a file cannot be read as that of a Kobo.
#[derive(Debug)]
pub enum KoboError {
    NotOpened(std::io::Error),
    /// It is a journal of dwell.
    Journal,
    /// It is no database, or that of another program.
    NotOfKobo,
    /// A text is longer than allowed.
    TooLong,
    /// SQLite cannot read it.
    Damaged,
}

/// A row of the table of highlights.
#[derive(Debug)]
pub enum KoboRow {
    Highlight(Box<Highlight>),
    /// A mark on a page, without words. The text is the title of the book.
    Bookmark(String),
    /// The reader took it away.
    Removed(String),
}

/// Calls `take` with each highlight, book by book, in the order of the book. `longest` is the most
/// bytes of a text. Stops at the first error of `take` and returns it.
pub fn each_kobo_highlight<E: From<KoboError>>(
    path: &Path,
    longest: u64,
    mut take: impl FnMut(KoboRow) -> Result<(), E>,
) -> Result<(), E> {
    let connection = open(path, longest)?;
    let sql = query(&connection)?;
    let mut statement = connection.prepare(&sql).map_err(failed)?;
    let mut rows = statement.query([]).map_err(failed)?;
    let mut order = 0;
    while let Some(row) = rows.next().map_err(failed)? {
        order += 1;
        take(highlight(row, order).map_err(failed)?)?;
    }
    Ok(())
}

fn open(path: &Path, longest: u64) -> Result<Connection, KoboError> {
    require_kobo(path)?;
    let flags = OpenFlags::SQLITE_OPEN_READ_ONLY
        | OpenFlags::SQLITE_OPEN_NO_MUTEX
        | OpenFlags::SQLITE_OPEN_URI;
    let connection = Connection::open_with_flags(uri(path), flags).map_err(failed)?;
    for (setting, is_on) in [
        (DbConfig::SQLITE_DBCONFIG_DEFENSIVE, true),
        (DbConfig::SQLITE_DBCONFIG_TRUSTED_SCHEMA, false),
        (DbConfig::SQLITE_DBCONFIG_ENABLE_TRIGGER, false),
        (DbConfig::SQLITE_DBCONFIG_ENABLE_VIEW, false),
    ] {
        connection.set_db_config(setting, is_on).map_err(failed)?;
    }
    // A whole row must be no longer than this.
    let row = i32::try_from(longest.saturating_mul(4)).unwrap_or(1 << 30);
    for (limit, most) in [
        (Limit::SQLITE_LIMIT_LENGTH, row),
        (Limit::SQLITE_LIMIT_ATTACHED, 0),
        (Limit::SQLITE_LIMIT_TRIGGER_DEPTH, 0),
        (Limit::SQLITE_LIMIT_WORKER_THREADS, 0),
        (Limit::SQLITE_LIMIT_EXPR_DEPTH, 50),
        (Limit::SQLITE_LIMIT_VDBE_OP, 10_000),
    ] {
        connection.set_limit(limit, most).map_err(failed)?;
    }
    connection
        .execute_batch(
            "PRAGMA query_only = ON; PRAGMA cell_size_check = ON; PRAGMA mmap_size = 0;
             PRAGMA temp_store = MEMORY; PRAGMA cache_size = -8000;",
        )
        .map_err(failed)?;
    Ok(connection)
}

/// Errors if the first bytes are not those of a database, or are those of a journal.
fn require_kobo(path: &Path) -> Result<(), KoboError> {
    let file = platform::open_file(path).map_err(KoboError::NotOpened)?;
    let mut head = Vec::new();
    file.take(100).read_to_end(&mut head).map_err(KoboError::NotOpened)?;
    if !head.starts_with(b"SQLite format 3\0") {
        return Err(KoboError::NotOfKobo);
    }
    let id = head.get(68..72).and_then(|id| id.try_into().ok()).map(u32::from_be_bytes);
    if id == Some(form::APPLICATION_ID) { Err(KoboError::Journal) } else { Ok(()) }
}

/// The path in a form in which SQLite also takes a promise: that nobody changes the file.
fn uri(path: &Path) -> String {
    let path = std::path::absolute(path).unwrap_or_else(|_| path.to_owned());
    let mut uri = "file://".to_owned();
    for byte in path.as_os_str().as_encoded_bytes() {
        match byte {
            b'/' | b'-' | b'.' | b'_' | b'0'..=b'9' | b'a'..=b'z' | b'A'..=b'Z' => {
                uri.push(char::from(*byte));
            }
            _ => uri.push_str(&format!("%{byte:02X}")),
        }
    }
    uri.push_str("?mode=ro&immutable=1");
    uri
}

/// The query for the columns that this file has: they differ from release to release of the Kobo.
fn query(connection: &Connection) -> Result<String, KoboError> {
    let bookmark = columns(connection, "Bookmark")?;
    let content = columns(connection, "content")?;
    let has = |columns: &[String], name: &str| columns.iter().any(|other| other == name);
    let required = ["VolumeID", "ContentID", "Text", "Annotation"];
    let of_content = ["ContentID", "ContentType", "Title", "Attribution"];
    if !required.iter().all(|name| has(&bookmark, name))
        || !of_content.iter().all(|name| has(&content, name))
    {
        return Err(KoboError::NotOfKobo);
    }
    let if_there = |is_there: bool, sql: &str| {
        if is_there { sql.to_owned() } else { "NULL".to_owned() }
    };
    let index = if_there(has(&content, "VolumeIndex"), "part.VolumeIndex");
    let progress = if_there(has(&bookmark, "ChapterProgress"), "mark.ChapterProgress");
    let hidden = if_there(has(&bookmark, "Hidden"), "mark.Hidden");
    Ok(format!(
        "SELECT mark.Text AS text, mark.Annotation AS note, {hidden} AS hidden,
                book.Title AS title, book.Attribution AS author,
                (SELECT name.Title FROM content AS name
                 WHERE name.ContentType = 899 AND name.ContentID >= mark.ContentID || '-'
                   AND name.ContentID < mark.ContentID || '.' LIMIT 1) AS chapter
         FROM Bookmark AS mark
         LEFT JOIN content AS book ON book.ContentID = mark.VolumeID AND book.ContentType = 6
         LEFT JOIN content AS part ON part.ContentID = mark.ContentID AND part.ContentType = 9
         ORDER BY mark.VolumeID, {index}, mark.ContentID, {progress}, mark.rowid"
    ))
}

/// The columns of a table; none if it is not an ordinary table.
fn columns(connection: &Connection, table: &str) -> Result<Vec<String>, KoboError> {
    let is_ordinary: bool = connection
        .query_row(
            "SELECT count(*) = 1 FROM sqlite_schema WHERE type = 'table' AND name = ?1
             AND sql NOT LIKE 'CREATE VIRTUAL%' AND sql NOT LIKE '%WITHOUT ROWID%'",
            [table],
            |row| row.get(0),
        )
        .map_err(failed)?;
    if !is_ordinary {
        return Ok(Vec::new());
    }
    // A generated column (hidden is 2 or 3) could do any work.
    let mut statement = connection
        .prepare("SELECT name FROM pragma_table_xinfo(?1) WHERE hidden = 0")
        .map_err(failed)?;
    let names = statement.query_map([table], |row| row.get(0)).map_err(failed)?;
    names.collect::<rusqlite::Result<_>>().map_err(failed)
}

fn highlight(row: &Row<'_>, order: u64) -> rusqlite::Result<KoboRow> {
    let words = |column: &str| -> rusqlite::Result<Option<String>> {
        // Another type of value than text is no words.
        let text = match row.get_ref(column)? {
            rusqlite::types::ValueRef::Text(text) => String::from_utf8_lossy(text).into_owned(),
            _ => return Ok(None),
        };
        let text = text.replace('\0', "");
        Ok(Some(text.trim().to_owned()).filter(|text| !text.is_empty()))
    };
    let title = words("title")?.unwrap_or_default();
    let is_hidden = match row.get_ref("hidden")? {
        rusqlite::types::ValueRef::Text(text) => text.eq_ignore_ascii_case(b"true"),
        rusqlite::types::ValueRef::Integer(number) => number != 0,
        _ => false,
    };
    if is_hidden {
        return Ok(KoboRow::Removed(title));
    }
    let Some(text) = words("text")? else { return Ok(KoboRow::Bookmark(title)) };
    let (by, kind) = (words("author")?, "book".to_owned());
    Ok(KoboRow::Highlight(Box::new(Highlight {
        book: Source { title, kind, by, ..Source::default() },
        kind: HighlightKind::Passage,
        place: Place { chapter: words("chapter")?, order, ..Place::default() },
        text,
        note: words("note")?,
        tags: Vec::new(),
    })))
}

#[expect(clippy::needless_pass_by_value, reason = "it is handed to map_err")]
fn failed(error: rusqlite::Error) -> KoboError {
    match error.sqlite_error_code() {
        Some(rusqlite::ErrorCode::TooBig) => KoboError::TooLong,
        Some(rusqlite::ErrorCode::NotADatabase) => KoboError::NotOfKobo,
        _ => KoboError::Damaged,
    }
}
