//! Why a file could not be read or written, in words that a person knows. The system's own words
//! come where there are none.

use std::io::{Error, ErrorKind};
use std::path::Path;

use crate::messages::quoted;
use crate::platform::{self, TooLarge};
use crate::text::one_line;

/// A path in a sentence, on one line: a name from outside cannot begin a line of its own.
pub fn shown(path: &Path) -> String {
    one_line(&path.to_string_lossy())
}

/// A path as one word of a shell, also on one line.
pub fn word(path: &Path) -> String {
    let shown = shown(path);
    let is_plain = |c: char| c.is_ascii_alphanumeric() || "/._-+~".contains(c);
    if shown.chars().all(is_plain) { shown } else { quoted(&shown) }
}

/// The cause of a failure, worded to follow "cannot be read:".
pub fn cause(error: &Error) -> String {
    if platform::is_circle_of_links(error) {
        return "its links lead in a circle".to_owned();
    }
    if platform::is_not_a_file(error) {
        return "it is not a file".to_owned();
    }
    if let Some(TooLarge { largest }) = error.get_ref().and_then(|why| why.downcast_ref()) {
        return match largest >> 20 {
            0 => format!("it is over {largest} bytes"),
            mebibytes => format!("it is over {mebibytes} MiB"),
        };
    }
    match error.kind() {
        ErrorKind::NotFound => "it is not there".to_owned(),
        ErrorKind::PermissionDenied => "permission denied".to_owned(),
        ErrorKind::IsADirectory => "it is a folder".to_owned(),
        ErrorKind::NotADirectory => "a part of its path is not a folder".to_owned(),
        ErrorKind::InvalidData => "it is not UTF-8 text".to_owned(),
        ErrorKind::StorageFull => "the disk is full".to_owned(),
        ErrorKind::QuotaExceeded => "your share of the disk is full".to_owned(),
        ErrorKind::FileTooLarge => "a limit on the size of files is reached".to_owned(),
        ErrorKind::ResourceBusy => "another program is changing it; try again".to_owned(),
        ErrorKind::ReadOnlyFilesystem => "the disk is read-only".to_owned(),
        _ => error.to_string(),
    }
}

/// What to do about it, for a file or folder that is named; `None` if the cause names no step.
pub fn hint(error: &Error, path: &std::path::Path) -> Option<String> {
    let path = shown(path);
    if platform::is_circle_of_links(error) {
        return Some(format!("ls -l {path} shows where the link leads; remove it"));
    }
    match error.kind() {
        ErrorKind::PermissionDenied => {
            Some(format!("ls -ld {path} shows whose it is and who may use it"))
        }
        ErrorKind::StorageFull | ErrorKind::QuotaExceeded => {
            Some("make room on the disk, then try again".to_owned())
        }
        _ => None,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_cause_is_worded_without_the_numbers_of_the_system() {
        for (error, wanted) in [
            (ErrorKind::PermissionDenied.into(), "permission denied"),
            (ErrorKind::StorageFull.into(), "the disk is full"),
            (
                Error::new(ErrorKind::FileTooLarge, TooLarge { largest: 1 << 20 }),
                "it is over 1 MiB",
            ),
        ] {
            assert_eq!(cause(&error), wanted);
        }
        let other = Error::from(ErrorKind::TimedOut);
        assert_eq!(cause(&other), other.to_string());
    }
}
