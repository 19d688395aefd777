//! Names of journals that are not finished: a new journal is made under another name beside its
//! path. A killed run may leave such a file, and a second name of the finished journal.

use std::ffi::OsStr;
use std::path::{Path, PathBuf};

use uuid::Uuid;

use crate::platform;
use crate::store::file::head::Head;

/// What the names of the files of a journal end in, after its own name.
const FINISHED: [&str; 4] = ["", ".age", ".key.age", ".recipients"];

/// The same for locks that are removed by their holders.
const LOCKS: [&str; 2] = ["-import", "-upgrade"];

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

/// Removes what killed runs left beside the journal: files of it that they never finished, plain or
/// sealed, and locks.
pub(crate) fn remove_leftovers(path: &Path) {
    let Ok(real) = std::fs::canonicalize(path) else { return };
    let folder = real.parent().unwrap_or(Path::new("."));
    platform::remove_leftovers(folder, |name| {
        is_unfinished(name, &real) || is_lock(name.as_encoded_bytes(), &real)
    });
}

/// Whether a file of this name is one for the journal at this path that is not finished: a journal or
/// its rollback file, a sealed one, or a file of its keys.
pub(crate) fn is_unfinished(name: &OsStr, path: &Path) -> bool {
    let kind = finished_name(name).and_then(|finished| finished.strip_prefix(plain_name(path)));
    kind.is_some_and(|kind| FINISHED.iter().any(|ending| ending.as_bytes() == kind))
}

/// Whether a file of this name is a lock of the journal that is gone after its holder.
fn is_lock(name: &[u8], path: &Path) -> bool {
    let kind = name.strip_prefix(plain_name(path));
    kind.is_some_and(|kind| LOCKS.iter().any(|ending| ending.as_bytes() == kind))
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

/// The name of the journal when it is not locked.
fn plain_name(path: &Path) -> &[u8] {
    let name = path.file_name().unwrap_or_default().as_encoded_bytes();
    name.strip_suffix(b".age").unwrap_or(name)
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
        for sealed in ["/a/journal.db.age", "/a/journal.db.key.age", "/a/journal.db.recipients"] {
            let made = name_for(Path::new(sealed));
            for path in [path, Path::new("/a/journal.db.age")] {
                assert!(is_unfinished(made.file_name().expect("a name"), path), "{sealed}");
            }
        }
        assert!(is_lock(b"journal.db-upgrade", path) && is_lock(b"journal.db-import", path));
        assert!(!is_lock(b"journal.db-journal", path) && !is_lock(b"journal.db", path));
        for other in ["journal.db", "journal.db-journal", "journal.db.bak", "journal.db.2026"] {
            assert!(!is_unfinished(OsStr::new(other), path), "{other}");
        }
    }
}
