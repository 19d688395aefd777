//! Names of journals that are not finished: a new journal is made under another name beside its
//! path. A killed run may leave such a file, and a second name of the finished journal.

use std::ffi::{OsStr, OsString};
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
fn is_unfinished(name: &OsStr, path: &Path) -> bool {
    let mut start: OsString = path.file_name().unwrap_or_default().to_owned();
    start.push(".");
    let Some(rest) = name.as_encoded_bytes().strip_prefix(start.as_encoded_bytes()) else {
        return false;
    };
    let id = rest.strip_suffix(b"-journal").unwrap_or(rest);
    id.len() == 36 && Uuid::try_parse_ascii(id).is_ok()
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
