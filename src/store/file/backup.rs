//! Backups: other files in the form of a journal, in a folder of their own. They are looked into
//! one by one and as they are; a copy of an older form is not brought to the present one for it.

use std::path::{Path, PathBuf};

use rusqlite::named_params;

use crate::journal::Day;
use crate::journal::entry::fact::Subject;
use crate::store::file::open;
use crate::store::{Result, StoreError};

/// The backups in a folder, by whether they hold anything that was written on a day.
#[derive(Debug, Default)]
pub struct BackupSearch {
    /// The files that hold something, in the order of their names.
    pub holding: Vec<PathBuf>,
    /// Why each of the files that could not be looked into could not be, in the order of their
    /// names.
    pub failed: Vec<StoreError>,
}

/// Looks into all files of a backups folder for anything that was written on a day. Folders in it
/// are passed over; where there is no folder, there are no backups.
pub fn search(folder: &Path, day: Day) -> BackupSearch {
    let mut found = BackupSearch::default();
    let Ok(files) = std::fs::read_dir(folder) else { return found };
    let mut paths: Vec<PathBuf> = files.filter_map(|file| Some(file.ok()?.path())).collect();
    paths.retain(|path| !path.is_dir());
    paths.sort();
    for path in paths {
        match remembers(&path, day) {
            Ok(true) => found.holding.push(path),
            Ok(false) => {}
            Err(error) => found.failed.push(error),
        }
    }
    found
}

/// Whether a journal file, such as a backup, may hold words that were written on a day. The file is
/// only read, whatever its form. Errors if it is no journal, or cannot be read.
pub fn remembers(path: &Path, day: Day) -> Result<bool> {
    let Some(connection) = open::connect(path)? else { return Ok(false) };
    // A kind that is not known may hold words.
    let words = "SELECT 1 FROM fact WHERE subject = :day
                 AND kind NOT IN ('served', 'asked', 'looked', 'forgot', 'deleted', 'answered')";
    let found = connection.prepare(words).and_then(|mut statement| {
        statement.exists(named_params! { ":day": Subject::Day(day).to_string() })
    });
    found.map_err(|error| StoreError::from(error).at(path))
}
