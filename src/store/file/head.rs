//! The first bytes of the file, read before SQLite opens it.

use std::ffi::OsString;
use std::fs::Metadata;
use std::io::{ErrorKind, Read};
use std::path::{Path, PathBuf};

use crate::platform;
use crate::store::file::form;
use crate::store::{Result, StoreError, Unusable};

/// What is known of a file before SQLite opens it.
#[derive(Debug)]
pub(crate) struct Head {
    pub(crate) metadata: Metadata,
    /// The form of the file and the version of its derived tables.
    pub(crate) version: u32,
    /// Another program set the file to a write-ahead log.
    pub(crate) has_write_ahead_log: bool,
}

/// The head of the file at this path; `None` if there is no file. Errors with
/// [`StoreError::Unusable`] if the file is not a journal that this dwell can use.
pub(crate) fn read(path: &Path) -> Result<Option<Head>> {
    let mut file = match platform::open_file(path) {
        Ok(file) => file,
        Err(error) if error.kind() == ErrorKind::NotFound => {
            return match placeholder(path) {
                Some(placeholder) => Err(unusable(path, Unusable::TakenAway { placeholder })),
                None => Ok(None),
            };
        }
        Err(error) => return Err(unusable(path, Unusable::NotOpened(error))),
    };
    let not_read = |error| unusable(path, Unusable::NotRead(error));
    let mut head = Vec::new();
    file.by_ref().take(100).read_to_end(&mut head).map_err(not_read)?;
    let metadata = file.metadata().map_err(not_read)?;
    // After a crash SQLite repairs a file that ends in the middle of a page from its rollback file.
    let is_repaired = || platform::beside(path, "-journal").exists();
    parse(path, &head, metadata.len(), is_repaired, metadata).map(Some)
}

/// What the first bytes of a journal of this length say. Errors as [`read`].
pub(crate) fn parse(
    path: &Path,
    head: &[u8],
    length: u64,
    is_repaired: impl FnOnce() -> bool,
    metadata: Metadata,
) -> Result<Head> {
    let number =
        |at: usize| u32::from_be_bytes([head[at], head[at + 1], head[at + 2], head[at + 3]]);
    if head.is_empty() {
        return Err(unusable(path, Unusable::Empty));
    }
    if head.len() < 100 || &head[..16] != b"SQLite format 3\0" {
        return Err(unusable(path, Unusable::NotAJournal));
    }
    if number(68) != form::APPLICATION_ID {
        return Err(unusable(path, Unusable::OtherProgram));
    }
    let version = number(60);
    if version == 0 || (is_cut_short(length, number(16) >> 16) && !is_repaired()) {
        return Err(unusable(path, Unusable::CutShort));
    }
    if form::of_version(version) > form::FORM {
        return Err(newer(path, version));
    }
    Ok(Head { metadata, version, has_write_ahead_log: head[18] == 2 || head[19] == 2 })
}

/// What iCloud leaves in the place of a file that it took away to make room.
fn placeholder(path: &Path) -> Option<PathBuf> {
    let real = platform::end_of_links(path).ok()?;
    let mut name = OsString::from(".");
    name.push(real.file_name()?);
    name.push(".icloud");
    let placeholder = real.with_file_name(name);
    placeholder.symlink_metadata().is_ok().then_some(placeholder)
}

/// The mark of the program that an SQLite file is of; `None` if it is no SQLite file, or cannot be
/// read.
pub(crate) fn application(path: &Path) -> Option<u32> {
    let mut head = [0; 100];
    platform::open_file(path).ok()?.read_exact(&mut head).ok()?;
    let is_sqlite = head.starts_with(b"SQLite format 3\0");
    is_sqlite.then(|| u32::from_be_bytes([head[68], head[69], head[70], head[71]]))
}

/// Whether a file of this length ends in the middle of a page.
fn is_cut_short(length: u64, page_size: u32) -> bool {
    // 1 means pages of 65,536 bytes.
    let page_size = if page_size == 1 { 65_536 } else { u64::from(page_size.max(512)) };
    !length.is_multiple_of(page_size)
}

/// The failure for a journal in a form that this dwell does not know.
pub(crate) fn newer(path: &Path, version: u32) -> StoreError {
    let form = form::of_version(version);
    unusable(path, Unusable::Newer { form, known: form::FORM })
}

pub(crate) fn unusable(path: &Path, why: Unusable) -> StoreError {
    StoreError::Unusable { path: path.to_owned(), why }
}
