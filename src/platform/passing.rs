//! A folder for files of a moment, such as a copy that is only read: private, and gone when the
//! value is dropped. What a killed run leaves of it is known by its name and by the lock inside,
//! which nobody holds any more.

use std::fs::{self, File};
use std::io;
use std::path::{Path, PathBuf};

use crate::platform::files::{create_private_file, create_private_folder, open_file};
use crate::platform::open_own_file;

/// How the names of these folders begin.
const BEGINNING: &str = ".dwell-passing-";

/// The file in the folder whose lock says that a run uses it.
const LOCK: &str = "lock";

/// A private folder that is removed with all that is in it.
#[derive(Debug)]
pub struct PassingFolder {
    path: PathBuf,
    lock: File,
}

impl PassingFolder {
    /// Makes such a folder in this one, which is made too if it is missing.
    pub fn create(parent: &Path) -> io::Result<Self> {
        create_private_folder(parent)?;
        for number in 0..1000 {
            let path = parent.join(format!("{BEGINNING}{}-{number}", std::process::id()));
            match make_private(&path) {
                Ok(()) => {
                    let lock = create_private_file(&path.join(LOCK))?;
                    let _ = lock.try_lock();
                    return Ok(Self { path, lock });
                }
                Err(error) if error.kind() == io::ErrorKind::AlreadyExists => {}
                Err(error) => return Err(error),
            }
        }
        Err(io::ErrorKind::AlreadyExists.into())
    }

    pub fn path(&self) -> &Path {
        &self.path
    }

    /// Those in this folder that killed runs left.
    pub fn left_in(parent: &Path) -> Vec<PathBuf> {
        let folders = fs::read_dir(parent).into_iter().flatten().filter_map(Result::ok);
        let named = folders.filter(|one| one.file_name().to_string_lossy().starts_with(BEGINNING));
        let is_left = |path: &PathBuf| match open_own_file(&path.join(LOCK)) {
            Ok(lock) => lock.try_lock().is_ok(),
            Err(error) => error.kind() == io::ErrorKind::NotFound,
        };
        let mut left: Vec<PathBuf> = named.map(|one| one.path()).filter(is_left).collect();
        left.sort();
        left
    }

    /// Removes one that a killed run left.
    pub fn remove_left(path: &Path) -> io::Result<()> {
        fs::remove_dir_all(path)
    }
}

impl Drop for PassingFolder {
    fn drop(&mut self) {
        let _ = self.lock.unlock();
        let _ = fs::remove_dir_all(&self.path);
    }
}

/// Copies the bytes of a file to a new private file. Errors as `open_file`, if the file is there
/// already, and with `ResourceBusy` if the file was changed meanwhile, again and again.
pub fn copy_privately(from: &Path, to: &Path) -> io::Result<()> {
    for _ in 0..3 {
        let state = |file: &File| file.metadata().and_then(|now| Ok((now.len(), now.modified()?)));
        let mut source = open_file(from)?;
        let before = state(&source)?;
        let mut copy = create_private_file(to)?;
        io::copy(&mut source, &mut copy)?;
        if state(&source)? == before {
            return Ok(());
        }
        fs::remove_file(to)?;
    }
    Err(io::ErrorKind::ResourceBusy.into())
}

/// Makes a folder that is open to nobody else. Errors if there is one.
fn make_private(path: &Path) -> io::Result<()> {
    #[cfg(unix)]
    {
        use std::os::unix::fs::DirBuilderExt;
        fs::DirBuilder::new().mode(0o700).create(path)
    }
    #[cfg(not(unix))]
    fs::DirBuilder::new().create(path)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_folder_goes_with_its_value_and_one_that_is_held_is_not_left() {
        let home = tempfile::tempdir().expect("a folder");
        let parent = home.path().join("new/inner");
        let passing = PassingFolder::create(&parent).expect("made");
        let other = PassingFolder::create(&parent).expect("made");
        assert_ne!(passing.path(), other.path());
        fs::write(home.path().join("file"), "words").expect("written");
        copy_privately(&home.path().join("file"), &passing.path().join("copy")).expect("copied");
        assert_eq!(fs::read(passing.path().join("copy")).expect("read"), b"words");
        #[cfg(unix)]
        for (path, wanted) in
            [(passing.path().to_owned(), 0o700), (passing.path().join("copy"), 0o600)]
        {
            use std::os::unix::fs::PermissionsExt;
            assert_eq!(fs::metadata(path).expect("there").permissions().mode() & 0o777, wanted);
        }
        assert!(PassingFolder::left_in(&parent).is_empty());
        drop((passing, other));
        assert_eq!(fs::read_dir(&parent).expect("listed").count(), 0);
        let left = parent.join(format!("{BEGINNING}1-0"));
        create_private_folder(&left).expect("made");
        drop(create_private_file(&left.join(LOCK)).expect("made"));
        assert_eq!(PassingFolder::left_in(&parent), std::slice::from_ref(&left));
        PassingFolder::remove_left(&left).expect("removed");
        assert!(PassingFolder::left_in(&parent).is_empty());
    }
}
