//! Paths: where their links lead, and names beside them.

use std::ffi::OsStr;
use std::fs;
use std::io;
use std::path::{Component, Path, PathBuf};

/// How many links a path may go through, as on Linux.
const MOST_LINKS: usize = 40;

/// The path with all its links followed, also those to something that is not there yet. Errors if
/// the links lead in a circle.
pub fn end_of_links(path: &Path) -> io::Result<PathBuf> {
    let reversed = |path: &Path| {
        path.components().rev().map(|part| part.as_os_str().to_owned()).collect::<Vec<_>>()
    };
    let mut left = reversed(path);
    let mut done = PathBuf::new();
    let mut links = 0;
    while let Some(part) = left.pop() {
        match Path::new(&part).components().next() {
            Some(Component::ParentDir) if done.file_name().is_some() => _ = done.pop(),
            Some(Component::CurDir) | None => {}
            Some(_) => {
                let next = done.join(&part);
                match fs::read_link(&next) {
                    Ok(_) if links == MOST_LINKS => return Err(circle()),
                    Ok(target) => {
                        links += 1;
                        left.extend(reversed(&target));
                    }
                    Err(_) => done = next,
                }
            }
        }
    }
    Ok(done)
}

/// The system's error for links that lead in a circle.
fn circle() -> io::Error {
    #[cfg(unix)]
    return rustix::io::Errno::LOOP.into();
    #[cfg(not(unix))]
    io::ErrorKind::InvalidInput.into()
}

/// Whether the failure is that links lead in a circle.
pub fn is_circle_of_links(error: &io::Error) -> bool {
    error.raw_os_error().is_some() && error.raw_os_error() == circle().raw_os_error()
}

/// A file beside this one: the same name with an ending.
pub fn beside(path: &Path, ending: impl AsRef<OsStr>) -> PathBuf {
    let mut name = path.as_os_str().to_owned();
    name.push(ending);
    name.into()
}

#[cfg(unix)]
#[cfg(test)]
mod tests {
    use super::*;
    use std::os::unix::fs::symlink;

    #[test]
    fn links_are_followed_to_an_end_that_is_not_there_yet() {
        let home = tempfile::tempdir().expect("a folder");
        let at = |name: &str| home.path().join(name);
        symlink("deep/er/file", at("relative")).expect("linked");
        symlink(at("relative"), at("second")).expect("linked");
        symlink("../gone/..", at("up")).expect("linked");
        assert_eq!(end_of_links(&at("second")).expect("followed"), at("deep/er/file"));
        assert_eq!(end_of_links(&at("second/../x")).expect("followed"), at("deep/er/x"));
        assert_eq!(end_of_links(&at("plain/./file")).expect("followed"), at("plain/file"));
        let above = home.path().parent().expect("a folder").join("y");
        assert_eq!(end_of_links(&at("up/y")).expect("followed"), above);
        assert_eq!(end_of_links(Path::new("a/../../b")).expect("followed"), Path::new("../b"));
    }

    #[test]
    fn links_in_a_circle_are_told_apart() {
        let home = tempfile::tempdir().expect("a folder");
        let at = |name: &str| home.path().join(name);
        symlink("b", at("a")).expect("linked");
        symlink("a", at("b")).expect("linked");
        for failed in [
            end_of_links(&at("a")).map(|_| ()),
            crate::platform::create_private_folder(&at("a/folder")),
            crate::platform::open_file(&at("b")).map(|_| ()),
        ] {
            assert!(is_circle_of_links(&failed.expect_err("a circle")));
        }
        assert!(!is_circle_of_links(&crate::platform::open_file(&at("c")).expect_err("missing")));
    }
}
