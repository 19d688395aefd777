//! Who can read the file: its owner and its permissions.

use std::fs;
use std::path::Path;

use crate::platform;
use crate::store::file::head::Head;

/// Who besides its owner can read a journal.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Privacy {
    /// Nobody, as far as permissions say.
    Private,
    /// Nobody any more: others could, and that was taken from them at this opening.
    MadePrivate,
    /// Others can, and the system does not let it be taken from them.
    OpenToOthers,
    /// The file belongs to the superuser, or to somebody for whom the superuser writes.
    OfSuperuser,
    /// The file belongs to another person.
    OfAnother,
}

/// Finds out who can read the file at this path, and closes one's own file to others. In a folder
/// that nobody else can enter, permissions of the file mean nothing and stay as they are.
pub(crate) fn settle(path: &Path, head: &Head) -> Privacy {
    let file = &head.metadata;
    if let Some(owner) = of_somebody_else(head) {
        return owner;
    }
    if !platform::is_open_to_others(file) || is_in_private_folder(path) {
        return Privacy::Private;
    }
    let is_closed = platform::close_to_others(path, file).is_ok()
        && fs::metadata(path).is_ok_and(|file| !platform::is_open_to_others(&file));
    if is_closed { Privacy::MadePrivate } else { Privacy::OpenToOthers }
}

/// Whose file it is, if it is not one's own.
pub(crate) fn of_somebody_else(head: &Head) -> Option<Privacy> {
    let file = &head.metadata;
    if platform::is_own(file) {
        return None;
    }
    let is_superuser = platform::concerns_superuser(file);
    Some(if is_superuser { Privacy::OfSuperuser } else { Privacy::OfAnother })
}

fn is_in_private_folder(path: &Path) -> bool {
    let folder = fs::canonicalize(path).ok().and_then(|real| fs::metadata(real.parent()?).ok());
    folder.is_some_and(|folder| platform::is_own(&folder) && !platform::is_open_to_others(&folder))
}
