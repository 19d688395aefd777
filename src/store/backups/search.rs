//! Searching all files of a backups folder for what was written on a day. It only reads them, and
//! does not upgrade a copy of an older form.

use std::ffi::OsStr;
use std::path::{Path, PathBuf};

use rusqlite::named_params;

use crate::journal::Day;
use crate::journal::entry::fact::Subject;
use crate::store::backups::Backups;
use crate::store::backups::name::Name;
use crate::store::file::open;
use crate::store::{Result, StoreError};

/// The result of a search in a backups folder for what was written on a day.
#[derive(Debug, Default)]
pub struct BackupSearch {
    /// The files that may hold something of the day, in the order of their names.
    pub holding: Vec<PathBuf>,
    /// One failure for each file that could not be read, in the order of their names.
    pub failed: Vec<StoreError>,
}

impl Backups {
    /// Searches all files of the folder for what was written on a day, also those that somebody
    /// else put there. Passes over the backups of another journal, and folders.
    pub fn search(&self, day: Day) -> BackupSearch {
        let stem = self.stem();
        let is_of_another = |path: &Path| {
            let name = path.file_name().and_then(OsStr::to_str);
            name.is_some_and(|name| Name::is_of_another(name, &stem))
        };
        let files = std::fs::read_dir(&self.folder).into_iter().flatten();
        let mut paths: Vec<PathBuf> = files.filter_map(|file| Some(file.ok()?.path())).collect();
        paths.retain(|path| !path.is_dir() && !is_of_another(path));
        paths.sort();
        search(paths, day)
    }
}

fn search(paths: Vec<PathBuf>, day: Day) -> BackupSearch {
    let mut found = BackupSearch::default();
    for path in paths {
        match remembers(&path, day) {
            Ok(true) => found.holding.push(path),
            Ok(false) => {}
            Err(error) => found.failed.push(error),
        }
    }
    found
}

/// Whether a journal file, such as a backup, may hold words that were written on a day. Only reads
/// the file, whatever its form. Errors if the file is not a journal or cannot be read.
pub fn remembers(path: &Path, day: Day) -> Result<bool> {
    let Some((connection, _)) = open::connect(path, open::WAIT)? else { return Ok(false) };
    // A fact of an unknown kind may hold words.
    let words = "SELECT 1 FROM fact WHERE subject = :day
                 AND kind NOT IN ('served', 'asked', 'looked', 'forgot', 'deleted', 'quieted')";
    let found = connection.prepare(words).and_then(|mut statement| {
        statement.exists(named_params! { ":day": Subject::Day(day).to_string() })
    });
    found.map_err(|error| StoreError::from(error).at(path))
}
