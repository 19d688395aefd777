//! Files that are replaced whole: written beside, synced, renamed over, and the folder synced. So a
//! reader meets the file before or the file after, also after a power cut.

use std::ffi::OsStr;
use std::fs;
use std::io::{self, Read, Seek, SeekFrom, Write};
use std::path::Path;

use uuid::Uuid;

use crate::platform;
use crate::seal::{Fault, SealError};

/// The bytes of a file. Errors with [`Fault::Missing`] if there is none.
pub fn read(path: &Path) -> Result<Vec<u8>, SealError> {
    let read = || -> io::Result<Vec<u8>> {
        let mut bytes = Vec::new();
        platform::open_file(path)?.read_to_end(&mut bytes)?;
        Ok(bytes)
    };
    read().map_err(|error| Fault::from(error).at(path))
}

/// Puts bytes into the place of a file so that they survive a power cut; the file is private, and a
/// link to it stays. After an error the file is the one before, or the whole new one.
pub fn replace(path: &Path, bytes: &[u8]) -> io::Result<()> {
    let end = platform::end_of_links(path)?;
    let new = platform::beside(&end, format!(".{}", Uuid::new_v4()));
    let held = platform::create_unfinished_file(&new)?;
    let written = (&held).write_all(bytes).and_then(|()| held.sync_all());
    let placed = written.and_then(|()| fs::rename(&new, &end));
    if placed.is_err() {
        let _ = fs::remove_file(&new);
    }
    placed?;
    platform::sync_folder(folder_of(&end))
}

/// Removes what killed runs left of new files for this path.
pub fn remove_unfinished(path: &Path) {
    let Ok(end) = platform::end_of_links(path) else { return };
    let mut start = end.file_name().unwrap_or_default().to_owned();
    start.push(".");
    platform::remove_leftovers(folder_of(&end), |name: &OsStr| {
        let id = name.as_encoded_bytes().strip_prefix(start.as_encoded_bytes());
        id.is_some_and(|id| id.len() == 36 && Uuid::try_parse_ascii(id).is_ok())
    });
}

/// Overwrites a file and removes it, as far as a program can; another name of it keeps nothing of
/// its words. No file is no error.
pub fn erase(path: &Path) -> io::Result<()> {
    let file = match fs::symlink_metadata(path) {
        Err(error) if error.kind() == io::ErrorKind::NotFound => return Ok(()),
        Ok(found) if found.is_file() => platform::open_own_file(path),
        _ => return fs::remove_file(path),
    };
    // What cannot be overwritten is removed all the same.
    let overwritten = file.and_then(|mut file| {
        let length = file.metadata()?.len();
        file.seek(SeekFrom::Start(0))?;
        io::copy(&mut io::repeat(0).take(length), &mut file)?;
        file.sync_all()
    });
    fs::remove_file(path)?;
    platform::sync_folder(folder_of(path)).and(overwritten)
}

fn folder_of(path: &Path) -> &Path {
    path.parent().filter(|folder| !folder.as_os_str().is_empty()).unwrap_or(Path::new("."))
}
