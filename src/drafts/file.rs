//! Reading and writing the files of drafts. Only a file of one's own is read, and never a link, a
//! pipe or a device: the folder may be one that others can write to.

use std::fs::{self, File};
use std::io::{self, Read, Seek, Write};
use std::path::Path;

use uuid::Uuid;

use crate::drafts::DraftError;
use crate::drafts::note::Note;
use crate::drafts::sealing::Sealing;
use crate::journal::entry::reflection::LARGEST;
use crate::platform;

/// More than any note has.
const LARGEST_NOTE: u64 = 1 << 20;

/// Opens the text of a draft; `None` if it is a link, a folder, a pipe or a device. Errors if it
/// cannot be opened, or belongs to somebody else.
pub(super) fn open(path: &Path) -> Result<Option<File>, DraftError> {
    match platform::open_own_file(path) {
        Err(error) if platform::is_not_a_file(&error) => Ok(None),
        // Another process removed it meanwhile.
        Err(error) if error.kind() == io::ErrorKind::NotFound => Ok(None),
        opened => opened.map(Some).map_err(DraftError::at(path)),
    }
}

/// The text of a file from the position of its handle. Errors if it cannot be read, is not UTF-8 or
/// is larger than a reflection may be.
pub(super) fn read_text(file: &File, path: &Path) -> Result<String, DraftError> {
    let mut bytes = Vec::new();
    file.take(LARGEST + 1).read_to_end(&mut bytes).map_err(DraftError::at(path))?;
    text_of(bytes, path)
}

/// The text of a draft. Errors if it is not UTF-8 or is larger than a reflection may be.
pub(super) fn text_of(bytes: Vec<u8>, path: &Path) -> Result<String, DraftError> {
    if bytes.len() as u64 > LARGEST {
        return Err(DraftError::TooLarge { path: path.to_owned() });
    }
    String::from_utf8(bytes).map_err(|_| DraftError::NotUtf8 { path: path.to_owned() })
}

/// Whether this file is still the one at its path, and not one that was replaced.
pub(super) fn is_at(file: &File, path: &Path) -> bool {
    let (held, there) = (file.metadata(), fs::metadata(path));
    matches!((held, there), (Ok(held), Ok(there))
             if platform::identity(&held) == platform::identity(&there))
}

/// Reads a note. A note that is missing or cannot be read is empty.
pub(super) fn read_note(path: &Path, sealing: Option<&Sealing>) -> Note {
    if let Some(sealing) = sealing {
        let json = platform::open_own_file(path).ok();
        let json = json.and_then(|mut file| sealing.read(&mut file, path).ok());
        return json.map_or_else(Note::default, |json| Note::from_json(&json));
    }
    let mut json = Vec::new();
    if let Ok(file) = platform::open_own_file(path)
        && file.take(LARGEST_NOTE).read_to_end(&mut json).is_ok()
    {
        return Note::from_json(&json);
    }
    Note::default()
}

/// Writes a note as a whole or not at all, so that it survives a power cut once its folder is
/// synced.
pub(super) fn write_note(
    path: &Path,
    note: &Note,
    sealing: Option<&Sealing>,
) -> Result<(), DraftError> {
    if let Some(sealing) = sealing {
        return sealing.write(path, note.to_json().as_bytes()).map(drop);
    }
    let new = &platform::beside(path, format!(".{}", Uuid::new_v4()));
    let write = || -> io::Result<()> {
        let mut file = platform::create_private_file(new)?;
        file.write_all(note.to_json().as_bytes())?;
        file.sync_all()?;
        fs::rename(new, path)
    };
    write().map_err(|error| {
        let _ = fs::remove_file(new);
        DraftError::at(path)(error)
    })
}

/// Creates the folder of the drafts. In a folder that is there already, others could read or
/// replace the drafts, so it is made private too.
pub(super) fn create_folder(folder: &Path) -> io::Result<()> {
    platform::create_private_folder(folder)?;
    let metadata = fs::metadata(folder)?;
    if platform::is_open_to_others(&metadata) {
        // Some file systems have no permissions. Words are kept there all the same.
        let _ = platform::close_to_others(folder, &metadata);
    }
    Ok(())
}

/// Replaces the text in a file. It is overwritten first and then cut to its length, so that the
/// words are never missing.
pub(super) fn replace(file: &mut File, text: &[u8]) -> io::Result<()> {
    file.rewind()?;
    file.write_all(text)?;
    file.set_len(text.len() as u64)
}
