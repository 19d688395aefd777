//! Files that a killed run left behind: those that are made under another name and then moved into
//! place.
//!
//! A run holds a lock on such a file until it is in its place, and the system takes the lock back
//! when the run ends in any way. So a file without a lock belongs to nobody, unless it was made
//! this very moment and is not locked yet: a file must also be some minutes old.

use std::ffi::OsStr;
use std::fs::{self, File, OpenOptions};
use std::io;
use std::path::{Path, PathBuf};
use std::time::Duration;

use crate::platform::files::{create_private_file, open_own_file};
use crate::platform::owner::identity;

/// A run makes such a file and moves it into its place in less than a second.
const OLD: Duration = Duration::from_mins(10);

/// Creates a private file that [`remove_leftovers`] leaves alone until the handle is dropped.
pub fn create_unfinished_file(path: &Path) -> io::Result<File> {
    let file = create_private_file(path)?;
    // On other systems a lock would keep this process itself from writing through another handle.
    // There, a file that is in use cannot be removed.
    #[cfg(unix)]
    let _ = file.try_lock();
    Ok(file)
}

/// How the name of a file begins that is to have none.
const PASSING: &str = ".passing-";

/// Creates a private file in a folder that goes when it is closed, however the process ends. A name
/// that a killed run left before it was taken away is removed.
pub fn create_passing_file(folder: &Path) -> io::Result<File> {
    remove_leftovers(folder, |name| name.to_string_lossy().starts_with(PASSING));
    let names = (0..100).map(|number| format!("{PASSING}{}-{number}", std::process::id()));
    for name in names {
        let path = folder.join(name);
        let mut options = OpenOptions::new();
        options.read(true).write(true).create_new(true);
        #[cfg(unix)]
        std::os::unix::fs::OpenOptionsExt::mode(&mut options, 0o600);
        // Removed by the system when its last handle is closed.
        #[cfg(windows)]
        std::os::windows::fs::OpenOptionsExt::custom_flags(&mut options, 0x0400_0000);
        match options.open(&path) {
            Ok(file) => {
                #[cfg(unix)]
                fs::remove_file(&path)?;
                return Ok(file);
            }
            Err(error) if error.kind() == io::ErrorKind::AlreadyExists => {}
            Err(error) => return Err(error),
        }
    }
    Err(io::ErrorKind::AlreadyExists.into())
}

/// Removes the files in a folder whose names are those of unfinished files, that no run holds, and
/// that are some minutes old. What cannot be removed stays.
pub fn remove_leftovers(folder: &Path, is_unfinished: impl Fn(&OsStr) -> bool) {
    for path in files_in(folder, is_unfinished) {
        if is_left(&path).unwrap_or(false) {
            let _ = fs::remove_file(&path);
        }
    }
}

/// Removes the other names of a file in its folder that are those of unfinished files. The file
/// keeps its own name. What cannot be removed stays, and another process may remove it first.
pub fn remove_second_names(path: &Path, is_unfinished: impl Fn(&OsStr) -> bool) {
    let wanted = fs::metadata(path).ok().as_ref().and_then(identity);
    let is_same = |other: &Path| {
        let found = fs::symlink_metadata(other).ok().as_ref().and_then(identity);
        found.is_some() && found == wanted
    };
    for other in files_in(path.parent().unwrap_or(Path::new(".")), is_unfinished) {
        if other != path && is_same(&other) {
            let _ = fs::remove_file(&other);
        }
    }
}

/// Whether no run holds this file, however new it is. A run that made it this very moment may not hold
/// it yet. False if it cannot be opened.
pub fn is_unheld(path: &Path) -> bool {
    open_own_file(path).is_ok_and(|file| file.try_lock().is_ok())
}

/// Whether a killed run left this file: no run holds it, and it is some minutes old. False if it cannot
/// be opened.
pub fn is_left_behind(path: &Path) -> bool {
    is_left(path).unwrap_or(false)
}

fn files_in(folder: &Path, is_wanted: impl Fn(&OsStr) -> bool) -> Vec<PathBuf> {
    let files = fs::read_dir(folder).into_iter().flatten().filter_map(Result::ok);
    files.filter(|file| is_wanted(&file.file_name())).map(|file| file.path()).collect()
}

fn is_left(path: &Path) -> io::Result<bool> {
    let file = open_own_file(path)?;
    let is_old = file.metadata()?.modified()?.elapsed().is_ok_and(|age| age > OLD);
    Ok(is_old && file.try_lock().is_ok())
}

#[cfg(test)]
mod tests {
    use super::*;

    fn make_old(file: &File) {
        let modified = file.metadata().and_then(|metadata| metadata.modified()).expect("a time");
        file.set_modified(modified - 2 * OLD).expect("set");
    }

    #[test]
    fn only_an_old_file_that_no_run_holds_is_removed() {
        let folder = tempfile::tempdir().expect("a folder");
        let path = |name: &str| folder.path().join(name);
        let held = create_unfinished_file(&path("new.held")).expect("made");
        make_old(&held);
        drop(create_unfinished_file(&path("new.fresh")).expect("made"));
        make_old(&create_unfinished_file(&path("new.left")).expect("made"));
        make_old(&create_unfinished_file(&path("other")).expect("made"));
        remove_leftovers(folder.path(), |name| name.to_string_lossy().starts_with("new."));
        let left = |name: &str| path(name).exists();
        assert!(left("new.held") && left("new.fresh") && left("other"));
        assert!(!left("new.left"));
    }

    #[test]
    fn a_second_name_of_the_same_file_is_removed_and_no_other() {
        let folder = tempfile::tempdir().expect("a folder");
        let path = |name: &str| folder.path().join(name);
        for name in ["file", "new.other"] {
            fs::write(path(name), "words").expect("written");
        }
        fs::hard_link(path("file"), path("new.second")).expect("linked");
        fs::hard_link(path("file"), path("mine")).expect("linked");
        let is_unfinished = |name: &OsStr| name.to_string_lossy().starts_with("new.");
        remove_second_names(&path("file"), is_unfinished);
        assert!(!path("new.second").exists());
        assert!(["file", "mine", "new.other"].iter().all(|name| path(name).exists()));
    }

    #[cfg(unix)]
    #[test]
    fn a_passing_file_has_no_name() {
        use std::io::{Read, Seek, Write};
        use std::os::unix::fs::PermissionsExt;
        let home = tempfile::tempdir().expect("a folder");
        make_old(&create_private_file(&home.path().join(".passing-7-0")).expect("made"));
        let mut files = [0, 1].map(|_| create_passing_file(home.path()).expect("made"));
        assert_eq!(fs::read_dir(home.path()).expect("listed").count(), 0);
        let mode = files[0].metadata().expect("there").permissions().mode();
        assert_eq!(mode & 0o777, 0o600);
        files[0].write_all(b"words").expect("written");
        files[0].rewind().expect("moved");
        let mut text = String::new();
        files[0].read_to_string(&mut text).expect("read");
        assert_eq!(text, "words");
    }
}
