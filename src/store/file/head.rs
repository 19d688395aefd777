//! The first bytes of the file, read before SQLite opens it.

use std::fs::File;
use std::io::{ErrorKind, Read};
use std::path::Path;

use crate::store::file::form;
use crate::store::{Result, StoreError, Unusable};

/// Whether there is a file at this path. Errors if it is not a journal that this dwell can use.
pub(crate) fn is_journal(path: &Path) -> Result<bool> {
    // Opening a pipe would wait for somebody at its other end.
    if std::fs::metadata(path).is_ok_and(|metadata| !metadata.is_file()) {
        return Err(unusable(path, Unusable::NotAFile));
    }
    let mut file = match File::open(path) {
        Ok(file) => file,
        Err(error) if error.kind() == ErrorKind::NotFound => return Ok(false),
        Err(error) => return Err(unusable(path, Unusable::NotOpened(error))),
    };
    let mut head = [0; 100];
    let mut length = 0;
    while length < head.len() {
        match file.read(&mut head[length..]) {
            Ok(0) => break,
            Ok(read) => length += read,
            Err(error) if error.kind() == ErrorKind::Interrupted => {}
            Err(error) => return Err(unusable(path, Unusable::NotRead(error))),
        }
    }
    let number =
        |at: usize| u32::from_be_bytes([head[at], head[at + 1], head[at + 2], head[at + 3]]);
    if length == 0 {
        return Err(unusable(path, Unusable::Empty));
    }
    if length < head.len() || &head[..16] != b"SQLite format 3\0" {
        return Err(unusable(path, Unusable::NotAJournal));
    }
    if number(68) != form::APPLICATION_ID {
        return Err(unusable(path, Unusable::OtherProgram));
    }
    let version = number(60);
    if version == 0 || is_cut_short(path, &file, number(16) >> 16) {
        return Err(unusable(path, Unusable::CutShort));
    }
    if form::of_version(version) > form::FORM {
        return Err(newer(path, version));
    }
    Ok(true)
}

/// Whether the file ends in the middle of a page. After a crash it may, and is then mended from
/// the rollback journal beside it.
fn is_cut_short(path: &Path, file: &File, page_size: u32) -> bool {
    // The number 1 stands for pages of 65,536 bytes.
    let page_size = if page_size == 1 { 65_536 } else { u64::from(page_size.max(512)) };
    let is_ragged = file.metadata().is_ok_and(|metadata| metadata.len() % page_size != 0);
    let mut rollback = path.as_os_str().to_owned();
    rollback.push("-journal");
    is_ragged && !Path::new(&rollback).exists()
}

/// The journal has a form that this dwell does not know.
pub(crate) fn newer(path: &Path, version: u32) -> StoreError {
    let form = form::of_version(version);
    unusable(path, Unusable::Newer { form, known: form::FORM })
}

pub(crate) fn unusable(path: &Path, why: Unusable) -> StoreError {
    StoreError::Unusable { path: path.to_owned(), why }
}
