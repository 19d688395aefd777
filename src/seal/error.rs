//! The failures of sealing, as types. `messages` words them.

use std::fmt;
use std::io;
use std::path::{Path, PathBuf};

/// Why a sealed file could not be read or written. Nothing was changed.
#[derive(Debug)]
pub struct SealError {
    pub path: PathBuf,
    pub why: Fault,
}

/// What is wrong with a sealed file. Each can be told from the others by the file itself.
#[derive(Debug)]
pub enum Fault {
    /// There is no such file.
    Missing,
    Io(io::Error),
    Empty,
    /// It is not an age file.
    NotSealed,
    /// It says that it is an age file of a version that this release does not know.
    Newer,
    /// It is an age file that is cut or altered.
    Damaged,
    /// It is whole, and sealed to other keys.
    OtherKey,
    /// The passphrase does not open the key file, which is the one that was made.
    WrongPassphrase,
    /// The passphrase does not open the key file, which is not the one that was made: it was
    /// altered or replaced.
    WrongPassphraseOrFile,
    /// It would take too much memory to try a passphrase on it.
    TooMuchWork,
    /// It opens, and is no key file, or no recipients file.
    NotAKey,
    /// The key file has another key than the one that the recipients file names.
    Swapped,
    /// It is not a recovery key.
    NotARecoveryKey,
}

impl Fault {
    pub fn at(self, path: &Path) -> SealError {
        SealError { path: path.to_owned(), why: self }
    }
}

impl From<io::Error> for Fault {
    fn from(error: io::Error) -> Self {
        match error.kind() {
            io::ErrorKind::NotFound => Self::Missing,
            _ => Self::Io(error),
        }
    }
}

/// For logs and tests. `messages` has the sentence for a person.
impl fmt::Display for SealError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        fmt::Debug::fmt(self, f)
    }
}

impl std::error::Error for SealError {
    fn source(&self) -> Option<&(dyn std::error::Error + 'static)> {
        match &self.why {
            Fault::Io(error) => Some(error),
            _ => None,
        }
    }
}
