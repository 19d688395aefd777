//! Which journal a draft belongs to.

use std::fs;
use std::io::ErrorKind;
use std::path::{Path, PathBuf};

use sha2::{Digest, Sha256};
use uuid::Uuid;

use crate::platform;
use crate::seal;

/// A journal, as its drafts know it: by its id, or by its path while the id is not known.
///
/// A journal has no id before its first change, and the id of a journal that cannot be opened is
/// not known. So a draft has both, and either finds it.
#[derive(Debug, Clone)]
pub struct JournalPlace {
    /// The path without links, so that each way to write it is the same.
    pub(super) path: PathBuf,
    pub(super) id: Option<Uuid>,
    /// The keys of the path without links and of the path as it was given.
    keys: [String; 2],
}

/// How a draft is related to the journal that is open.
pub(super) enum Relation {
    /// It belongs to this journal, or was kept while no journal was known.
    Own,
    /// It belongs to a journal that is not at this path any more.
    JournalGone(PathBuf),
    /// It belongs to another journal.
    Other,
}

/// The key of a draft that was kept while no journal was known.
pub(super) const NO_JOURNAL: &str = "unknown";

impl JournalPlace {
    /// The journal at this absolute path.
    pub fn new(path: &Path, id: Option<Uuid>) -> Self {
        let real = without_links(path);
        let keys = [key(&real), key(path)];
        Self { path: real, id, keys }
    }

    /// Eight hexadecimal digits from the path, for the names of drafts.
    pub fn key(&self) -> &str {
        &self.keys[0]
    }

    /// How a draft is related to this journal: one with this key in its name, whose journal had
    /// this path and this id.
    pub(super) fn relation(&self, key: &str, path: Option<PathBuf>, id: Option<Uuid>) -> Relation {
        let is_here = self.keys.iter().any(|own| own == key);
        let Some(path) = path else {
            return if is_here || key == NO_JOURNAL { Relation::Own } else { Relation::Other };
        };
        match (id, self.id) {
            (Some(theirs), Some(own)) if theirs == own => Relation::Own,
            // The journal at this path is another one now.
            (Some(_), Some(_)) if is_here => Relation::JournalGone(path),
            _ if is_here => Relation::Own,
            _ if is_gone(&path) => Relation::JournalGone(path),
            _ => Relation::Other,
        }
    }
}

fn key(path: &Path) -> String {
    let digest = Sha256::digest(path.as_os_str().as_encoded_bytes());
    let [a, b, c, d] = [digest[0], digest[1], digest[2], digest[3]];
    format!("{a:02x}{b:02x}{c:02x}{d:02x}")
}

fn is_gone(path: &Path) -> bool {
    let is_missing = |path: &Path| {
        fs::symlink_metadata(path).is_err_and(|error| error.kind() == ErrorKind::NotFound)
    };
    // A locked journal has another name.
    is_missing(path) && is_missing(&platform::beside(path, seal::ENDING))
}

/// The path without links and dots, also where the journal is still to be created.
fn without_links(path: &Path) -> PathBuf {
    let real = fs::canonicalize(path).or_else(|_| platform::end_of_links(path));
    real.unwrap_or_else(|_| path.to_owned())
}
