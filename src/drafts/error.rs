//! Why a draft could not be read or written.

use std::fmt;
use std::io;
use std::path::{Path, PathBuf};

use crate::seal::SealError;

/// Why a draft could not be read or written.
#[derive(Debug)]
pub enum DraftError {
    /// The system failed to read or write this file or folder.
    Io { path: PathBuf, source: io::Error },
    /// The text in the file has more bytes than a reflection may have.
    TooLarge { path: PathBuf },
    /// The text in the file is not UTF-8. It is not converted, because that would replace words
    /// that the person wrote.
    NotUtf8 { path: PathBuf },
    /// The draft is of a locked journal, whose key is not at hand.
    NoKey { path: PathBuf },
    /// The draft is sealed, and the key does not open it.
    Sealed(SealError),
}

impl DraftError {
    /// Adds the path to a failure of the system.
    pub(super) fn at(path: &Path) -> impl FnOnce(io::Error) -> Self + '_ {
        move |source| Self::Io { path: path.to_owned(), source }
    }

    /// The file or folder that could not be read or written.
    pub fn path(&self) -> &Path {
        match self {
            Self::Io { path, .. }
            | Self::TooLarge { path }
            | Self::NotUtf8 { path }
            | Self::NoKey { path } => path,
            Self::Sealed(error) => &error.path,
        }
    }
}

/// For logs and tests. `messages` has the sentence for a person.
impl fmt::Display for DraftError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        fmt::Debug::fmt(self, f)
    }
}

impl std::error::Error for DraftError {
    fn source(&self) -> Option<&(dyn std::error::Error + 'static)> {
        match self {
            Self::Io { source, .. } => Some(source),
            Self::Sealed(error) => Some(error),
            Self::TooLarge { .. } | Self::NotUtf8 { .. } | Self::NoKey { .. } => None,
        }
    }
}
