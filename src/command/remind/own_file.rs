//! Files of the system that dwell makes: it knows its own by a line in them, and leaves all others
//! alone.

use std::fs;
use std::io::ErrorKind;
use std::path::Path;

use uuid::Uuid;

use crate::command::error::{Error, Result};
use crate::messages::remind as words;
use crate::messages::remind::Change;
use crate::platform::{self, Place};

/// The words in a file by which dwell knows its own.
pub(super) const MARK: &str = "Made by dwell remind";

/// The largest file that is read, in bytes.
const LARGEST: u64 = 1 << 20;

/// The text of a file that dwell made; `None` if there is none, or if it is somebody else's.
pub(super) fn own_text(path: &Path) -> Option<String> {
    platform::read_text(path, LARGEST).ok().filter(|text| text.contains(MARK))
}

/// Writes a file in place of one that dwell made. Errors if the file there is not, and if the disk
/// refuses.
pub(super) fn write(path: &Path, text: &str) -> Result<Change> {
    let place = match fs::symlink_metadata(path) {
        Ok(_) if own_text(path).is_none() => return Err(Error::usage(words::not_ours(path))),
        Ok(_) => Place::Taken,
        Err(_) => Place::Free,
    };
    let folder = path.parent().unwrap_or(Path::new("."));
    let id = Uuid::new_v4().to_string();
    platform::create_private_folder(folder)
        .and_then(|()| platform::put_in_place(path, place, &id, text.as_bytes()))
        .map_err(|error| Error::journal(words::not_written(path, &error)))?;
    Ok(Change::Wrote(path.display().to_string()))
}

/// Removes a file that dwell made; `None` if there is none.
pub(super) fn remove(path: &Path) -> Result<Option<Change>> {
    if own_text(path).is_none() {
        return Ok(None);
    }
    match fs::remove_file(path) {
        Err(error) if error.kind() != ErrorKind::NotFound => {
            Err(Error::journal(words::not_removed(path, &error)))
        }
        _ => Ok(Some(Change::Removed(path.display().to_string()))),
    }
}
