//! The files that SQLite keeps beside a journal while it is changed: the rollback file `-journal`,
//! and the `-wal` and `-shm` of a write-ahead log.
//!
//! If a rollback file is there and no process holds it, SQLite puts its pages back into the
//! journal. That repairs a change that a crash interrupted. It would destroy a copy that was put in
//! the place of the journal, because the pages are those of another state. So the two are compared
//! before SQLite sees them.

use std::fs::{self, File};
use std::io::{self, Read, Seek, SeekFrom};
use std::path::{Path, PathBuf};

use crate::platform;
use crate::store::file::form;
use crate::store::file::head::{Head, unusable};
use crate::store::{Result, SideFault, Unusable};

/// How every rollback file begins.
const MAGIC: [u8; 8] = [0xd9, 0xd5, 0x05, 0xf9, 0x20, 0xa1, 0x63, 0xd7];

/// The first page of the journal is looked for among this many pages of a rollback file.
const MOST_PAGES: u32 = 100_000;

/// What the names of these files end in, after that of the journal.
pub(crate) const ENDINGS: [&str; 3] = ["-journal", "-wal", "-shm"];

/// What the name of one of these files ends in; `None` for another file.
pub(crate) fn ending_of(file: &Path) -> Option<&'static str> {
    let name = file.as_os_str().as_encoded_bytes();
    ENDINGS.into_iter().find(|ending| name.ends_with(ending.as_bytes()))
}

/// Errors with [`Unusable::SideFile`] if a file beside the journal is one that SQLite must not use.
/// Returns the end of a path that is a link.
pub(crate) fn require_sound(path: &Path, head: &Head) -> Result<PathBuf> {
    // SQLite looks beside the end of a link.
    let real = match fs::symlink_metadata(path) {
        Ok(metadata) if metadata.is_symlink() => fs::canonicalize(path),
        _ => Ok(path.to_owned()),
    };
    let real = real.map_err(|error| unusable(path, Unusable::NotOpened(error)))?;
    for ending in ENDINGS {
        let file = platform::beside(&real, ending);
        let metadata = match fs::symlink_metadata(&file) {
            Ok(metadata) => metadata,
            // Without a log there is no index of it.
            Err(_) if ending == "-wal" => break,
            Err(_) => continue,
        };
        let is_trusted = platform::is_own(&metadata)
            || platform::concerns_superuser(&metadata)
            || platform::have_one_owner(&metadata, &head.metadata);
        let fault = if !metadata.is_file() {
            Some(SideFault::NotAFile)
        } else if !is_trusted {
            Some(SideFault::OfAnother)
        } else if ending == "-wal" && !head.has_write_ahead_log && metadata.len() > 0 {
            // SQLite would put the pages of this log before those of the journal, which has none.
            Some(SideFault::OfOtherState)
        } else if ending == "-journal" && is_of_other_state(&file, &real).unwrap_or(false) {
            Some(SideFault::OfOtherState)
        } else {
            None
        };
        if let Some(fault) = fault {
            return Err(unusable(path, Unusable::SideFile { file, fault }));
        }
    }
    Ok(real)
}

/// Errors with [`Unusable::SideFile`] if files are left beside a journal that is not there: they would
/// destroy a new one, and without them the old one may be damaged.
pub(crate) fn require_no_leftover(journal: &Path) -> Result<()> {
    let is_there = |file: &Path| fs::symlink_metadata(file).is_ok();
    let left = ENDINGS.map(|ending| platform::beside(journal, ending));
    // Looked at before the journal: another process may begin it at this moment, and change it.
    match left.into_iter().find(|file| is_there(file)) {
        Some(file) if !is_there(journal) => {
            Err(unusable(journal, Unusable::SideFile { file, fault: SideFault::OfGone }))
        }
        _ => Ok(()),
    }
}

/// Renames what is left beside a journal that is not there to what would be beside `kept`.
pub(crate) fn set_aside(journal: &Path, kept: &Path) -> io::Result<()> {
    for ending in ENDINGS {
        let left = platform::beside(journal, ending);
        if fs::symlink_metadata(&left).is_ok() {
            fs::rename(&left, platform::beside(kept, ending))?;
        }
    }
    Ok(())
}

/// What a rollback file says of the state that it leads back to.
#[derive(Debug, PartialEq, Eq)]
struct Rollback {
    /// A random number, which no other change has.
    nonce: u32,
    /// How many pages it holds.
    pages: u32,
    /// The size of the journal before the change, in pages.
    journal_pages: u32,
    page_size: u32,
    /// The head of the journal before the change; `None` if the change had not come to it.
    head: Option<[u8; 100]>,
}

/// Whether a rollback file was not made by a change of this journal as it is now. False if it is
/// not known, and while another process makes changes.
fn is_of_other_state(file: &Path, journal: &Path) -> io::Result<bool> {
    let Some(rollback) = read_rollback(file)? else { return Ok(false) };
    let mut journal = File::open(journal)?;
    let mut head = [0; 100];
    journal.read_exact(&mut head)?;
    let length = journal.metadata()?.len();
    // The same rollback file before and after: so the journal was in the midst of this one change,
    // if it is a change of this journal at all.
    Ok(!fits(&rollback, &head, length) && read_rollback(file)? == Some(rollback))
}

/// Whether a change that this rollback file belongs to can have left a journal with this head and
/// of this length.
fn fits(rollback: &Rollback, head: &[u8; 100], length: u64) -> bool {
    let page_size = match u16::from_be_bytes([head[16], head[17]]) {
        1 => 65_536,
        size => u32::from(size),
    };
    if rollback.page_size != page_size {
        return false;
    }
    match &rollback.head {
        Some(before) => {
            let counted = number(head, 24).wrapping_sub(number(before, 24));
            // One change counts up the number of changes once, near its end.
            number(before, 68) == form::APPLICATION_ID && counted <= 1
        }
        // No page is changed in the journal before it is in the rollback file, and the first page
        // is part of every change. So the journal is as it was before.
        None => {
            rollback.pages > 0
                || length.div_ceil(u64::from(page_size)) == u64::from(rollback.journal_pages)
        }
    }
}

/// Reads a rollback file; `None` if SQLite would not use it.
fn read_rollback(path: &Path) -> io::Result<Option<Rollback>> {
    let mut file = File::open(path)?;
    let mut start = [0; 28];
    if file.metadata()?.len() < 512 {
        return Ok(None);
    }
    file.read_exact(&mut start)?;
    let (sector, page_size) = (number(&start, 20), number(&start, 24));
    let is_power =
        |size: u32, least: u32| (least..=65_536).contains(&size) && size.is_power_of_two();
    if start[..8] != MAGIC || !is_power(sector, 32) || !is_power(page_size, 512) {
        return Ok(None);
    }
    let pages = number(&start, 8);
    let mut head = None;
    for page in 0..pages.min(MOST_PAGES) {
        let at = u64::from(sector) + u64::from(page) * (u64::from(page_size) + 8);
        let mut record = [0; 104];
        file.seek(SeekFrom::Start(at))?;
        if file.read_exact(&mut record).is_err() {
            break;
        }
        if number(&record, 0) == 1 {
            let mut found = [0; 100];
            found.copy_from_slice(&record[4..]);
            head = Some(found);
            break;
        }
    }
    let (nonce, journal_pages) = (number(&start, 12), number(&start, 16));
    Ok(Some(Rollback { nonce, pages, journal_pages, page_size, head }))
}

fn number(bytes: &[u8], at: usize) -> u32 {
    u32::from_be_bytes([bytes[at], bytes[at + 1], bytes[at + 2], bytes[at + 3]])
}
