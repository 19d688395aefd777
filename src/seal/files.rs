//! Files that are replaced whole: written beside, synced, renamed over, and the folder synced. So a
//! reader meets the file before or the file after, also after a power cut.

use std::ffi::OsStr;
use std::fs::{self, File};
use std::io::{self, Read, Seek, SeekFrom, Write};
use std::path::{Path, PathBuf};

use uuid::Uuid;

use crate::platform;
use crate::seal::{Fault, SealError, sealing};

/// The bytes of a file. Errors with [`Fault::Missing`] if there is none.
pub fn read(path: &Path) -> Result<Vec<u8>, SealError> {
    let read = || -> io::Result<Vec<u8>> {
        let mut bytes = Vec::new();
        platform::open_file(path)?.read_to_end(&mut bytes)?;
        Ok(bytes)
    };
    read().map_err(|error| Fault::from(error).at(path))
}

/// Whether a file begins as sealed ones do. False if it cannot be read.
pub fn is_sealed_file(path: &Path) -> bool {
    let mut head = Vec::new();
    let read = platform::open_file(path).and_then(|file| file.take(64).read_to_end(&mut head));
    read.is_ok() && sealing::is_sealed(&head)
}

/// A new file that is not in its place yet. It is removed if it never comes there.
#[derive(Debug)]
pub struct NewFile {
    file: File,
    path: PathBuf,
    place: PathBuf,
    is_placed: bool,
}

impl NewFile {
    /// Writes a private file that is to stand at this path, or at the end of a link there. It
    /// survives a power cut.
    pub fn write(place: &Path, bytes: &[u8]) -> io::Result<Self> {
        let place = platform::end_of_links(place)?;
        let path = platform::beside(&place, format!(".{}", Uuid::new_v4()));
        let file = platform::create_unfinished_file(&path)?;
        let new = Self { file, path, place, is_placed: false };
        (&new.file).write_all(bytes)?;
        new.file.sync_all()?;
        Ok(new)
    }

    /// What the disk has of it.
    pub fn read_back(&self) -> io::Result<Vec<u8>> {
        let mut bytes = Vec::new();
        platform::open_file(&self.path)?.read_to_end(&mut bytes)?;
        Ok(bytes)
    }

    /// Puts it into its place, in which it replaces the file that is there. Returns it. After an
    /// error the file there is the one before, or the new one.
    pub fn put_in_place(mut self) -> io::Result<File> {
        fs::rename(&self.path, &self.place)?;
        self.is_placed = true;
        platform::sync_folder(folder_of(&self.place))?;
        self.file.try_clone()
    }
}

impl Drop for NewFile {
    fn drop(&mut self) {
        if !self.is_placed {
            let _ = fs::remove_file(&self.path);
        }
    }
}

/// Puts bytes into the place of a file so that they survive a power cut; the file is private, and a
/// link to it stays. Returns the new file. After an error the file is the one before, or the whole
/// new one.
pub fn replace(path: &Path, bytes: &[u8]) -> io::Result<File> {
    NewFile::write(path, bytes)?.put_in_place()
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

/// Removes a file and overwrites what it held, as far as a program can. The name goes first, so a
/// file that is half overwritten is never met; a file that has another name keeps its bytes. No file
/// is no error.
pub fn erase(path: &Path) -> io::Result<()> {
    // What cannot be overwritten is removed all the same.
    let file = platform::open_own_file(path).ok();
    match fs::remove_file(path) {
        Err(error) if error.kind() == io::ErrorKind::NotFound => return Ok(()),
        removed => removed?,
    }
    platform::sync_folder(folder_of(path))?;
    file.map_or(Ok(()), overwrite)
}

/// Overwrites a file that has no name any more.
pub fn overwrite(mut file: File) -> io::Result<()> {
    let metadata = file.metadata()?;
    if cfg!(unix) && platform::names(&metadata) > 0 {
        return Ok(());
    }
    file.seek(SeekFrom::Start(0))?;
    io::copy(&mut io::repeat(0).take(metadata.len()), &mut file)?;
    file.sync_all()
}

fn folder_of(path: &Path) -> &Path {
    path.parent().filter(|folder| !folder.as_os_str().is_empty()).unwrap_or(Path::new("."))
}
