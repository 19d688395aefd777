//! Names of journals that are not finished: a new journal is made under another name beside its
//! path. A killed run may leave such a file, and a second name of the finished journal.

use std::ffi::OsStr;
use std::path::{Path, PathBuf};

use uuid::Uuid;

use crate::platform;
use crate::store::file::head::Head;

/// A new name for a journal that is to be at this path.
pub(crate) fn name_for(path: &Path) -> PathBuf {
    platform::beside(path, format!(".{}", Uuid::new_v4()))
}

/// Removes the names that a killed run left for this very file. So when the journal is removed, no
/// other name keeps its words.
pub(crate) fn remove_second_names(path: &Path, head: &Head) {
    if platform::names(&head.metadata) > 1
        && let Ok(real) = std::fs::canonicalize(path)
    {
        platform::remove_second_names(&real, |name| is_unfinished(name, &real));
    }
}

/// Removes what killed runs left of journals that they never finished.
pub(crate) fn remove_leftovers(path: &Path) {
    let Ok(real) = std::fs::canonicalize(path) else { return };
    let folder = real.parent().unwrap_or(Path::new("."));
    platform::remove_leftovers(folder, |name| is_unfinished(name, &real));
}

/// Whether a file of this name is a journal for this path that is not finished, or its rollback
/// file.
pub(crate) fn is_unfinished(name: &OsStr, path: &Path) -> bool {
    finished_name(name).is_some_and(|finished| Some(finished) == encoded_name(path))
}

/// The name that an unfinished file, or the rollback file of one, is to have; `None` for the name of
/// another file.
pub(crate) fn finished_name(name: &OsStr) -> Option<&[u8]> {
    let name = name.as_encoded_bytes();
    let name = name.strip_suffix(b"-journal").unwrap_or(name);
    let (finished, id) = name.split_at_checked(name.len().checked_sub(37)?)?;
    let id = id.strip_prefix(b".")?;
    Uuid::try_parse_ascii(id).is_ok().then_some(finished)
}

fn encoded_name(path: &Path) -> Option<&[u8]> {
    path.file_name().map(OsStr::as_encoded_bytes)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_names_that_this_program_makes_are_those_of_unfinished_journals() {
        let path = Path::new("/a/journal.db");
        let made = name_for(path);
        let name = made.file_name().expect("a name");
        assert!(is_unfinished(name, path));
        let rollback = platform::beside(Path::new(name), "-journal");
        assert!(is_unfinished(rollback.as_os_str(), path));
        assert!(!is_unfinished(name, Path::new("/a/other.db")));
        for other in ["journal.db", "journal.db-journal", "journal.db.bak", "journal.db.2026"] {
            assert!(!is_unfinished(OsStr::new(other), path), "{other}");
        }
    }
}
