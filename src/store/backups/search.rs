//! Searching all files of a backups folder for what was written on a day. It only reads them, and
//! does not upgrade a copy of an older form.

use std::ffi::OsStr;
use std::path::{Path, PathBuf};

use rusqlite::named_params;

use crate::journal::Day;
use crate::journal::entry::fact::Subject;
use crate::platform;
use crate::seal::Key;
use crate::store::backups::Backups;
use crate::store::backups::name::Name;
use crate::store::file::head::unusable;
use crate::store::file::open;
use crate::store::file::sealed::SealedFile;
use crate::store::{Result, StoreError, Unusable};

/// The result of a search in a backups folder for what was written on a day.
#[derive(Debug, Default)]
pub struct BackupSearch {
    /// The files that may hold something of the day, in the order of their names.
    pub holding: Vec<PathBuf>,
    /// The files in which the day was forgotten, in the order of their names. If that was
    /// interrupted, unused parts of them may have traces.
    pub forgotten: Vec<PathBuf>,
    /// One failure for each file that could not be read, in the order of their names; or one for the
    /// folder.
    pub failed: Vec<StoreError>,
}

impl Backups {
    /// Searches all files of the folder for what was written on a day, also those that somebody
    /// else put there, and what a restore or a repair took the place of. Passes over the backups of
    /// another journal, and folders.
    ///
    /// With `key`, sealed backups are searched too; without it they cannot be read.
    pub fn search(&self, day: Day, key: Option<&Key>) -> BackupSearch {
        let stem = self.stem();
        let is_of_another = |path: &Path| {
            let name = path.file_name().and_then(OsStr::to_str);
            name.is_some_and(|name| Name::is_of_another(name, &stem))
        };
        let (mut paths, failed) = match platform::files_in(&self.folder) {
            Ok(paths) => (paths, None),
            Err(error) => (Vec::new(), Some(unusable(&self.folder, Unusable::NotRead(error)))),
        };
        paths.retain(|path| !path.is_dir() && !is_of_another(path));
        paths.extend(self.files());
        paths.sort();
        paths.dedup();
        let mut found = search(paths, day, key);
        found.failed.extend(failed);
        found
    }
}

fn search(paths: Vec<PathBuf>, day: Day, key: Option<&Key>) -> BackupSearch {
    let mut found = BackupSearch::default();
    for path in paths {
        match remembers(&path, day, key) {
            Ok(Some(Memory::Words)) => found.holding.push(path),
            Ok(Some(Memory::Forgotten)) => found.forgotten.push(path),
            Ok(None) => {}
            Err(error) => found.failed.push(error),
        }
    }
    found
}

/// What a file knows of a day.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Memory {
    /// It may hold words that were written on it.
    Words,
    /// They were forgotten.
    Forgotten,
}

/// What a journal file, such as a backup, knows of a day; `None` if it is nothing. Only reads the
/// file, whatever its form. Errors if the file is not a journal or cannot be read, as a sealed one
/// without its key.
pub fn remembers(path: &Path, day: Day, key: Option<&Key>) -> Result<Option<Memory>> {
    let connection = match key.filter(|_| path.extension() == Some("age".as_ref())) {
        Some(key) => SealedFile::new(path.to_owned(), key.clone(), open::WAIT).connect()?.0,
        None => match open::connect(path, open::WAIT)? {
            Some((connection, _)) => connection,
            None => return Ok(None),
        },
    };
    // A fact of an unknown kind may hold words.
    let words = "SELECT 1 FROM fact WHERE subject = :day
                 AND kind NOT IN ('served', 'asked', 'looked', 'forgot', 'deleted', 'quieted')";
    let forgotten = "SELECT 1 FROM fact WHERE subject = :day AND kind = 'forgot'";
    let has = |sql| -> rusqlite::Result<bool> {
        let day = Subject::Day(day).to_string();
        connection.prepare(sql)?.exists(named_params! { ":day": day })
    };
    let found = || -> rusqlite::Result<Option<Memory>> {
        Ok(match (has(words)?, has(forgotten)?) {
            (true, _) => Some(Memory::Words),
            (false, true) => Some(Memory::Forgotten),
            (false, false) => None,
        })
    };
    found().map_err(|error| StoreError::from(error).at(path))
}
