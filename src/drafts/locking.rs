//! The drafts of a journal that is locked or unlocked: each is written anew, sealed or plain, and
//! the one before is erased after that. A draft that somebody is writing is left as it is.

use std::fs::File;
use std::io::{self, Read, Seek};

use crate::drafts::editor_file::EditorPlace;
use crate::drafts::name::Name;
use crate::drafts::note::Note;
use crate::drafts::place::Relation;
use crate::drafts::sealing::Sealing;
use crate::drafts::{DraftError, Drafts, file};
use crate::platform;
use crate::seal::{self, Zeroizing};

impl Drafts {
    /// Seals the drafts of this journal that are plain. Returns how many are left plain, because
    /// somebody is writing them.
    pub fn seal_plain(&self) -> Result<usize, DraftError> {
        let Some(sealing) = &self.sealing else { return Ok(0) };
        let mut left = 0;
        for name in self.own_names(false)? {
            let Some(mut draft) = self.take(&name)? else {
                left += 1;
                continue;
            };
            let text = all_of(&mut draft.file).map_err(DraftError::at(&draft.path))?;
            let sealed = Name { is_sealed: true, ..name.clone() };
            let path = sealed.text_file(&self.folder);
            // Held until the plain one is gone.
            let _held = sealing.write(&path, &text)?;
            let note = self.note(&name);
            file::write_note(&sealed.note_file(&self.folder), &note, Some(sealing))?;
            self.sync()?;
            EditorPlace::of(&draft.path, None).erase_copies();
            for plain in [&draft.path, &draft.note] {
                seal::erase(plain).map_err(DraftError::at(plain))?;
            }
        }
        Ok(left)
    }

    /// Takes in what editors have left of sealed drafts whose dwell was killed, and erases it.
    pub fn take_in_left_texts(&self) {
        let Some(sealing) = &self.sealing else { return };
        for name in self.own_names(true).unwrap_or_default() {
            let place = EditorPlace::of(&name.text_file(&self.folder), Some(sealing));
            if place.left_text().is_some() {
                // What cannot be read now is told when the draft is taken up.
                let _ = self.take(&name);
            }
        }
    }

    /// Makes the sealed drafts plain that the key opens, wherever their journal was when they were
    /// written. The others stay.
    pub fn open_sealed(&self) -> Result<(), DraftError> {
        for name in self.sealed_names()? {
            let Ok(Some(draft)) = self.take(&name) else { continue };
            let Some(sealed) = &draft.sealed else { continue };
            let plain = Name { is_sealed: false, ..name.clone() };
            let path = plain.text_file(&self.folder);
            let written = write_plain(&path, &sealed.text);
            let _held = written.map_err(DraftError::at(&path))?;
            let note: Note = self.note(&name);
            file::write_note(&plain.note_file(&self.folder), &note, None)?;
            self.sync()?;
            draft.discard()?;
        }
        Ok(())
    }

    /// Seals anew what this key opens, as `new` does it.
    pub fn reseal(&self, new: &Sealing) -> Result<(), DraftError> {
        for name in self.sealed_names()? {
            let Ok(Some(draft)) = self.take(&name) else { continue };
            let Some(sealed) = &draft.sealed else { continue };
            let note = self.note(&name);
            file::write_note(&draft.note, &note, Some(new))?;
            let _held = new.write(&draft.path, &sealed.text)?;
        }
        Ok(())
    }

    /// Whether a sealed draft of this journal is there.
    pub fn has_sealed(&self) -> bool {
        self.own_names(true).is_ok_and(|names| !names.is_empty())
    }

    fn sealed_names(&self) -> Result<Vec<Name>, DraftError> {
        let files = self.files()?;
        Ok(files
            .iter()
            .filter_map(|name| Name::parse(name))
            .filter(|name| name.is_sealed)
            .collect())
    }

    fn own_names(&self, is_sealed: bool) -> Result<Vec<Name>, DraftError> {
        let files = self.files()?;
        let names = files.iter().filter_map(|name| Name::parse(name));
        let wanted = names.filter(|name| name.is_sealed == is_sealed);
        Ok(wanted.filter(|name| matches!(self.relation(name), Relation::Own)).collect())
    }

    fn sync(&self) -> Result<(), DraftError> {
        platform::sync_folder(&self.folder).map_err(DraftError::at(&self.folder))
    }
}

fn all_of(file: &mut File) -> io::Result<Zeroizing<Vec<u8>>> {
    let mut bytes = Zeroizing::new(Vec::new());
    file.rewind()?;
    file.read_to_end(&mut bytes)?;
    Ok(bytes)
}

fn write_plain(path: &std::path::Path, text: &[u8]) -> io::Result<File> {
    seal::NewFile::write(path, text)?.put_in_place()
}
