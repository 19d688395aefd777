//! One draft.

use std::fs::{self, File};
use std::io::{self, Read, Seek};
use std::path::{Path, PathBuf};

use crate::drafts::editor_file::EditorPlace;
use crate::drafts::file::{self, read_text};
use crate::drafts::name::Name;
use crate::drafts::note::Note;
use crate::drafts::sealing::Sealing;
use crate::drafts::{DraftError, Extras, Label, Purpose};
use crate::platform;
use crate::seal::Zeroizing;
use crate::text::is_blank;

/// One draft. This process holds its lock until this value is dropped.
#[derive(Debug)]
pub struct Draft {
    /// What its text is to become.
    pub label: Label,
    /// The path of the journal that it was kept for, if that journal is not there any more.
    pub journal_gone: Option<PathBuf>,
    pub(super) path: PathBuf,
    /// The file of what stands beside the text.
    pub(super) note: PathBuf,
    pub(super) file: File,
    /// How it is sealed, and the text as it was last written; `None` if it is plain.
    pub(super) sealed: Option<SealedText>,
}

/// The text of a sealed draft in memory.
#[derive(Debug)]
pub(super) struct SealedText {
    pub(super) sealing: Sealing,
    pub(super) text: Zeroizing<Vec<u8>>,
}

impl Draft {
    /// A draft with this name in the folder. Tries to lock its file.
    pub(super) fn new(
        name: &Name,
        folder: &Path,
        extras: Extras,
        file: File,
        sealed: Option<SealedText>,
    ) -> Self {
        // Some file systems have no locks. There, every draft seems to be free.
        let _ = file.try_lock();
        Self {
            label: Label { day: name.day, purpose: name.purpose, extras },
            journal_gone: None,
            path: name.text_file(folder),
            note: name.note_file(folder),
            file,
            sealed,
        }
    }

    /// A draft in which nothing but a next step was written becomes the draft of that step: for
    /// where words and step are not written together. Takes and returns it with its text.
    pub fn of_step_if_alone((mut draft, text): (Self, String)) -> (Self, String) {
        if !is_blank(&text) {
            return (draft, text);
        }
        let Some(step) = draft.label.extras.step.take() else { return (draft, text) };
        draft.label.purpose = Purpose::Step;
        (draft, step)
    }

    /// The draft's file.
    pub fn path(&self) -> &Path {
        &self.path
    }

    /// Replaces the text in the draft. It survives the end of this process; after [`Draft::sync`]
    /// it also survives a power cut.
    ///
    /// Errors if the file cannot be written; it may then hold a part of the text.
    pub fn write(&mut self, text: &[u8]) -> Result<(), DraftError> {
        if let Some(sealed) = &mut self.sealed {
            self.file = sealed.sealing.write(&self.path, text)?;
            sealed.text = Zeroizing::new(text.to_vec());
            return Ok(());
        }
        file::replace(&mut self.file, text).map_err(DraftError::at(&self.path))
    }

    /// Adds at most `limit` bytes of this input to the text, and returns how many. Errors if the
    /// file cannot be written, or the input cannot be read; what was read before is in the file.
    pub fn write_rest(&mut self, input: impl Read, limit: u64) -> Result<u64, DraftError> {
        let mut input = input.take(limit);
        let Some(sealed) = &self.sealed else {
            return io::copy(&mut input, &mut self.file).map_err(DraftError::at(&self.path));
        };
        let mut text = sealed.text.clone();
        let read = input.read_to_end(&mut text);
        self.write(&text)?;
        read.map(|length| length as u64).map_err(DraftError::at(&self.path))
    }

    /// How many bytes the text has. Errors if the system cannot tell.
    pub fn length(&self) -> Result<u64, DraftError> {
        if let Some(sealed) = &self.sealed {
            return Ok(sealed.text.len() as u64);
        }
        Ok(self.file.metadata().map_err(DraftError::at(&self.path))?.len())
    }

    /// Replaces what is saved together with the text. Errors if it cannot be written; the old state
    /// is then still there.
    pub fn set_extras(&mut self, extras: &Extras) -> Result<(), DraftError> {
        if self.label.extras != *extras {
            let sealing = self.sealed.as_ref().map(|sealed| &sealed.sealing);
            let note = file::read_note(&self.note, sealing);
            file::write_note(&self.note, &Note { extras: extras.clone(), ..note }, sealing)?;
            self.label.extras = extras.clone();
        }
        Ok(())
    }

    /// Makes the last written text survive a power cut. Errors if the disk fails.
    pub fn sync(&self) -> Result<(), DraftError> {
        let folder = self.path.parent();
        let synced =
            self.file.sync_all().and_then(|()| folder.map_or(Ok(()), platform::sync_folder));
        synced.map_err(DraftError::at(&self.path))
    }

    /// Reads the draft again by its path: an editor may have replaced the file. If an editor
    /// removed the file, it is created again with its old text.
    ///
    /// Errors if the file cannot be read, is not UTF-8 or is too large. The file is not changed
    /// then.
    pub fn read_again(&mut self) -> Result<String, DraftError> {
        if let Some(sealed) = &self.sealed {
            // No editor opens a sealed file.
            return file::text_of(sealed.text.to_vec(), &self.path);
        }
        let file = match platform::open_own_file(&self.path) {
            Err(error) if error.kind() == io::ErrorKind::NotFound => return self.create_again(),
            opened => opened.map_err(DraftError::at(&self.path))?,
        };
        let text = read_text(&file, &self.path)?;
        // The old handle must be closed before the new one can be locked.
        self.file = file;
        let _ = self.file.try_lock();
        Ok(text)
    }

    /// Creates a removed file again, with its text, which the old handle can still read.
    fn create_again(&mut self) -> Result<String, DraftError> {
        self.file.rewind().map_err(DraftError::at(&self.path))?;
        let text = read_text(&self.file, &self.path)?;
        self.file =
            platform::create_private_file(&self.path).map_err(DraftError::at(&self.path))?;
        let _ = self.file.try_lock();
        self.write(text.as_bytes())?;
        Ok(text)
    }

    /// Removes the draft, after its text was saved or rejected. Errors if it exists and cannot be
    /// removed.
    pub fn discard(&self) -> Result<(), DraftError> {
        self.editor_place().remove_copies();
        match fs::remove_file(&self.path) {
            Err(error) if error.kind() != io::ErrorKind::NotFound => {
                return Err(DraftError::at(&self.path)(error));
            }
            _ => {}
        }
        // Without its text, a note that stays does no harm.
        let _ = fs::remove_file(&self.note);
        Ok(())
    }

    /// Where an editor opens a copy of it.
    pub(super) fn editor_place(&self) -> EditorPlace {
        EditorPlace::of(&self.path, self.sealed.as_ref().map(|sealed| &sealed.sealing))
    }

    /// The same draft with a handle that cannot write.
    #[cfg(test)]
    pub(crate) fn made_read_only(self) -> Self {
        let file = File::open(&self.path).expect("a draft's file");
        Self { file, ..self }
    }
}
