//! Opens a journal for an examination. Nothing is written to it, not even what SQLite writes to
//! read a file: where that would be needed, a private copy is examined in its place.

use std::io;
use std::path::{Path, PathBuf};
use std::time::Duration;

use rusqlite::Connection;

use crate::platform::{self, PassingFolder};
use crate::seal::{Fault, SealError};
use crate::store::doctor::Finding;
use crate::store::file::head::{Head, unusable};
use crate::store::file::journal::Journal;
use crate::store::file::{form, open, rollback};
use crate::store::{Progress, Result, SideFault, StoreError, Unusable, tables, upgrade};

/// How long an examination waits for a lock of another program.
pub(crate) const WAIT: Duration = Duration::from_secs(3);

/// A journal that can be examined.
#[derive(Debug)]
pub(crate) struct Opened {
    pub(crate) connection: Connection,
    pub(crate) form: u32,
    pub(crate) tables: u32,
    /// The derived tables are those of the file, and not made anew in a copy.
    pub(crate) has_own_tables: bool,
    /// Where the copy is, if it is one. It goes with this value.
    _copy: Option<PassingFolder>,
}

/// Opens the journal at this path; `None` if it cannot be examined, or if there is none. What was
/// found on the way is added to `findings`.
pub(crate) fn open(
    path: &Path,
    scratch: &Path,
    findings: &mut Vec<Finding>,
    progress: &mut dyn FnMut(Progress),
) -> Option<Opened> {
    let looked = open::connect_to_look(path, WAIT);
    let side_files: &[&str] = match looked {
        Ok(None) => return None,
        Ok(Some((connection, head))) => {
            let read = prepare(&connection).and_then(|()| can_be_read(&connection));
            match read.map_err(|error| error.of_looking(path)) {
                Ok(()) if head.version == tables::CURRENT => {
                    return Some(Opened::new(connection, &head, true, None));
                }
                Ok(()) => {
                    let (form, tables) = parts(head.version);
                    findings.push(Finding::OldForm { form, tables });
                }
                Err(StoreError::Unusable { why: Unusable::NeedsChange, .. }) => {
                    let rollback = platform::beside(path, "-journal");
                    findings.push(Finding::Interrupted { rollback });
                }
                Err(error) => {
                    findings.push(refused(error));
                    return None;
                }
            }
            // What is read of the file from now on would drop the locks of this connection.
            drop(connection);
            &["-journal"]
        }
        Err(StoreError::Unusable { why: Unusable::NeedsChange, .. }) => {
            findings.push(Finding::WriteAheadLog);
            &["-wal"]
        }
        Err(error) => {
            // The journal itself may be whole without that file.
            let is_beside = matches!(
                &error,
                StoreError::Unusable { why: Unusable::SideFile { fault, .. }, .. }
                    if *fault != SideFault::OfAnother
            );
            findings.push(refused(error));
            if !is_beside {
                return None;
            }
            &[]
        }
    };
    let copied = match copy(path, side_files, scratch) {
        Ok(copied) => copied,
        Err(error) => {
            findings.push(Finding::NotCopied { folder: scratch.to_owned(), error });
            return None;
        }
    };
    let (folder, copy) = copied;
    match open_copy(&copy, progress) {
        Ok((connection, head)) => {
            let has_own_tables = head.version == tables::CURRENT;
            Some(Opened::new(connection, &head, has_own_tables, Some(folder)))
        }
        Err(error) => {
            findings.push(Finding::NotUsable(of(error, path)));
            None
        }
    }
}

/// Looks at a journal in memory, which is brought to the present form there.
pub(crate) fn in_memory(
    connection: Connection,
    head: &Head,
    findings: &mut Vec<Finding>,
    progress: &mut dyn FnMut(Progress),
) -> Result<Opened> {
    prepare(&connection)?;
    can_be_read(&connection)?;
    if head.version == tables::CURRENT {
        return Ok(Opened::new(connection, head, true, None));
    }
    let (form, tables) = parts(head.version);
    findings.push(Finding::OldForm { form, tables });
    let mut journal = Journal::plain(connection);
    upgrade::upgrade(&mut journal, None, progress)?;
    Ok(Opened::new(journal.connection, head, false, None))
}

impl Opened {
    fn new(
        connection: Connection,
        head: &Head,
        has_own_tables: bool,
        copy: Option<PassingFolder>,
    ) -> Self {
        let (form, tables) = parts(head.version);
        Self { connection, form, tables, has_own_tables, _copy: copy }
    }
}

/// The failure to open or to read a journal, as a finding.
pub(crate) fn refused(error: StoreError) -> Finding {
    use crate::store::Refusal;
    match error {
        StoreError::Refused {
            why: Refusal::Locked | Refusal::NoLocks | Refusal::ReadFailed | Refusal::NoMemory,
            ..
        }
        | StoreError::Unusable { why: Unusable::NotOpened(_) | Unusable::NotRead(_), .. }
        | StoreError::Sealed(SealError { why: Fault::Io(_), .. }) => Finding::NotExamined(error),
        error => Finding::NotUsable(error),
    }
}

/// Copies a journal, with the files beside it that have these endings, to a private folder.
/// Returns the folder, which goes when it is dropped, and the copy.
pub(crate) fn copy(
    path: &Path,
    side_files: &[&str],
    scratch: &Path,
) -> io::Result<(PassingFolder, PathBuf)> {
    let real = std::fs::canonicalize(path)?;
    let folder = PassingFolder::create(scratch)?;
    let copy = folder.path().join("journal.db");
    platform::copy_privately(&real, &copy)?;
    for ending in side_files {
        let beside = platform::beside(&real, ending);
        match platform::copy_privately(&beside, &platform::beside(&copy, ending)) {
            Err(error) if error.kind() == io::ErrorKind::NotFound => {}
            copied => copied?,
        }
    }
    Ok((folder, copy))
}

/// Opens a copy, which SQLite may repair from the files beside it, and brings it to the present
/// form. The head is that of the file as it was.
pub(crate) fn open_copy(
    copy: &Path,
    progress: &mut dyn FnMut(Progress),
) -> Result<(Connection, Head)> {
    let gone = || StoreError::Unusable { path: copy.to_owned(), why: Unusable::Gone };
    let (connection, head) = open::connect(copy, WAIT)?.ok_or_else(gone)?;
    prepare(&connection)?;
    let mut journal = Journal::plain(connection);
    upgrade::upgrade(&mut journal, None, progress)?;
    Ok((journal.connection, head))
}

/// The same failure, of the journal and not of its copy.
fn of(error: StoreError, path: &Path) -> StoreError {
    match error {
        StoreError::Unusable { why: Unusable::SideFile { file, fault }, .. } => {
            let ending = rollback::ending_of(&file);
            let file = ending.map_or(file, |ending| platform::beside(path, ending));
            unusable(path, Unusable::SideFile { file, fault })
        }
        StoreError::Unusable { why, .. } => unusable(path, why),
        error => error.at(path),
    }
}

/// No word of the journal is written to a file of SQLite's own, and each page is checked when it
/// is read.
fn prepare(connection: &Connection) -> Result<()> {
    Ok(connection.execute_batch("PRAGMA temp_store = MEMORY; PRAGMA cell_size_check = ON")?)
}

fn can_be_read(connection: &Connection) -> Result<()> {
    let count = "SELECT count(*) FROM sqlite_schema";
    Ok(connection.query_row(count, [], |row| row.get::<_, u32>(0)).map(|_| ())?)
}

/// The form and the version of the derived tables.
fn parts(version: u32) -> (u32, u32) {
    (form::of_version(version), if version < 1000 { 0 } else { version % 1000 })
}
