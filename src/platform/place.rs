//! Files that come into their place whole: written under another name beside it, then renamed.

use std::ffi::OsStr;
use std::fs;
use std::io::{self, Write};
use std::path::{Path, PathBuf};

use crate::platform::leftovers::{create_unfinished_file, remove_leftovers};

/// How the name of a file begins that is not in its place yet. Many programs pass over such names.
const UNFINISHED: &str = ".dwell-";

/// What may be at the place of a file.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Place {
    /// Nothing: what another program puts there meanwhile stays.
    Free,
    /// A file that is replaced.
    Taken,
}

/// Puts a private file into its place. It is whole at any time, and is not made to survive a power
/// cut. `id`, a UUID, names it while it is not in its place.
pub fn put_in_place(path: &Path, place: Place, id: &str, bytes: &[u8]) -> io::Result<()> {
    let folder = path.parent().unwrap_or(Path::new("."));
    let unfinished = folder.join(format!("{UNFINISHED}{id}"));
    let written = create_unfinished_file(&unfinished)
        .and_then(|mut file| file.write_all(bytes))
        .and_then(|()| rename(&unfinished, path, place));
    if written.is_err() {
        let _ = fs::remove_file(&unfinished);
    }
    written
}

/// Whether a file of this name is one that did not come into its place.
pub fn is_unplaced(name: &OsStr) -> bool {
    name.as_encoded_bytes().strip_prefix(UNFINISHED.as_bytes()).is_some_and(is_id)
}

/// Whether this is a UUID as text, which is what names an unfinished file.
fn is_id(text: &[u8]) -> bool {
    let is_right = |(at, byte): (usize, &u8)| match at {
        8 | 13 | 18 | 23 => *byte == b'-',
        _ => byte.is_ascii_hexdigit(),
    };
    text.len() == 36 && text.iter().enumerate().all(is_right)
}

/// Removes what killed runs left in a folder on the way to its place.
pub fn remove_unplaced(folder: &Path) {
    remove_leftovers(folder, is_unplaced);
}

fn rename(from: &PathBuf, to: &Path, place: Place) -> io::Result<()> {
    #[cfg(any(target_os = "linux", target_os = "android", target_vendor = "apple"))]
    if place == Place::Free {
        use rustix::fs::{CWD, RenameFlags, renameat_with};
        use rustix::io::Errno;
        match renameat_with(CWD, from, CWD, to, RenameFlags::NOREPLACE) {
            // Not every disk can do it.
            Err(Errno::INVAL | Errno::NOSYS | Errno::NOTSUP) => {}
            renamed => return Ok(renamed?),
        }
    }
    if place == Place::Free && to.symlink_metadata().is_ok() {
        return Err(io::ErrorKind::AlreadyExists.into());
    }
    fs::rename(from, to)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_file_takes_a_free_place_and_replaces_only_one_that_it_may() {
        let folder = tempfile::tempdir().expect("a folder");
        let path = folder.path().join("file");
        put_in_place(&path, Place::Free, "1", b"one").expect("written");
        let refused = put_in_place(&path, Place::Free, "2", b"two").expect_err("taken");
        assert_eq!(refused.kind(), io::ErrorKind::AlreadyExists);
        assert_eq!(fs::read(&path).expect("read"), b"one");
        put_in_place(&path, Place::Taken, "3", b"three").expect("written");
        assert_eq!(fs::read(&path).expect("read"), b"three");
        assert_eq!(fs::read_dir(folder.path()).expect("listed").count(), 1);
        #[cfg(unix)]
        {
            use std::os::unix::fs::PermissionsExt;
            let mode = fs::metadata(&path).expect("there").permissions().mode();
            assert_eq!(mode & 0o777, 0o600);
        }
    }
}
