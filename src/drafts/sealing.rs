//! The drafts of a locked journal: sealed as they are typed, so that no plain byte of them reaches
//! the disk. To seal one takes no secret; to open one takes the key of the journal.

use std::fs::File;
use std::io::{Read, Seek};
use std::path::{Path, PathBuf};

use crate::drafts::DraftError;
use crate::journal::entry::reflection::LARGEST;
use crate::seal::{self, Key, NewFile, Recipients, SecretKey, Zeroizing};

/// More than any sealed draft has.
const LARGEST_SEALED: u64 = 32 * LARGEST;

/// How the drafts of a locked journal are sealed.
#[derive(Debug, Clone)]
pub struct Sealing {
    /// `None` if they cannot be read. Then no draft can be kept.
    recipients: Option<Recipients>,
    /// `None` if the journal was not opened. Then drafts can be kept and not read.
    secret: Option<SecretKey>,
    /// A private folder in memory, in which editors open what they edit; `None` if there is none.
    pub(super) editors: Option<PathBuf>,
}

impl Sealing {
    /// For a journal that was opened with this key.
    pub fn with_key(key: &Key, editors: Option<PathBuf>) -> Self {
        let (recipients, secret) = (key.recipients.clone(), key.secret.clone());
        Self { recipients: Some(recipients), secret: Some(secret), editors }
    }

    /// For a journal that could not be opened.
    pub fn without_key(recipients: Option<Recipients>) -> Self {
        Self { recipients, secret: None, editors: None }
    }

    /// Seals a text into the file at this path, which it replaces. The new file is locked.
    pub(super) fn write(&self, path: &Path, text: &[u8]) -> Result<File, DraftError> {
        let Some(recipients) = &self.recipients else {
            return Err(DraftError::NoKey { path: path.to_owned() });
        };
        let sealed = seal::seal(text, recipients);
        let written = NewFile::write(path, &sealed).and_then(NewFile::put_in_place);
        written.map_err(DraftError::at(path))
    }

    /// The text in a file. One that was begun and not written yet is empty.
    pub(super) fn read(
        &self,
        file: &mut File,
        path: &Path,
    ) -> Result<Zeroizing<Vec<u8>>, DraftError> {
        let mut sealed = Vec::new();
        file.rewind().map_err(DraftError::at(path))?;
        file.take(LARGEST_SEALED).read_to_end(&mut sealed).map_err(DraftError::at(path))?;
        if sealed.is_empty() {
            return Ok(Zeroizing::new(Vec::new()));
        }
        let Some(secret) = &self.secret else {
            return Err(DraftError::NoKey { path: path.to_owned() });
        };
        seal::open(&sealed, secret).map_err(|why| DraftError::Sealed(why.at(path)))
    }
}
