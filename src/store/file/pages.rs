//! The pages of a file: how many of them stay in memory, and all of them at once.
//!
//! SQLite writes changed pages to the file before the commit when it has many, and from then on no other
//! process can read until the commit. A large change keeps them in memory, up to a bound.

use std::collections::BTreeSet;

use rusqlite::serialize::Data;
use rusqlite::{Connection, MAIN_DB, ffi};

use crate::store::Result;
use crate::store::file::check;

/// For a large change: up to 96 MiB of changed pages stay in memory, and 24 MiB of others.
pub(crate) fn keep_in_memory(connection: &Connection) -> Result<()> {
    Ok(connection.execute_batch("PRAGMA cache_size = -24576; PRAGMA cache_spill = 24576")?)
}

/// For a copy and its check, which need hardly a page twice: the memory of a few pages is used for all
/// of them. That takes half as long as new memory for each.
pub(crate) fn keep_few(connection: &Connection) -> Result<()> {
    Ok(connection.execute_batch("PRAGMA cache_size = 10")?)
}

/// As SQLite does it by itself.
pub(crate) fn as_usual(connection: &Connection) -> Result<()> {
    Ok(connection.execute_batch(
        "PRAGMA cache_spill = ON; PRAGMA cache_size = -2000; PRAGMA shrink_memory",
    )?)
}

/// All pages of a file, as they are at one moment. SQLite puts zeros in the place of a page that it cannot
/// read, and does not say so. So errors with [`Refusal::ReadFailed`](crate::store::Refusal::ReadFailed) if a
/// page of zeros is not a free one.
pub(crate) fn all(connection: &mut Connection) -> Result<Data<'_>> {
    let size = connection.query_row("PRAGMA page_size", [], |row| row.get::<_, usize>(0))?;
    let pages = connection.serialize(MAIN_DB)?;
    if are_all_read(&pages, size) {
        return Ok(pages);
    }
    let failed = ffi::Error::new(ffi::SQLITE_IOERR_READ);
    Err(rusqlite::Error::SqliteFailure(failed, None).into())
}

/// The same as bytes that can be kept. Errors with [`Damage::Pages`](crate::store::Damage::Pages) if a page
/// of zeros is damaged and not unread.
pub(crate) fn to_bytes(connection: &mut Connection) -> Result<Vec<u8>> {
    let bytes = all(connection).map(|pages| pages.to_vec());
    bytes.or_else(|error| check::check_all(connection).and(Err(error)))
}

fn are_all_read(pages: &[u8], size: usize) -> bool {
    let mut unused = free_pages(pages, size);
    // The head of the file has their number.
    if unused.len() != number(pages, 36) {
        return false;
    }
    // SQLite's locks are on this page of a very large file, and it never has bytes.
    unused.insert((1 << 30) / size + 1);
    let mut numbered = (1..).zip(pages.chunks(size));
    numbered.all(|(number, page)| page.iter().any(|byte| *byte != 0) || unused.contains(&number))
}

/// The numbers of the pages that are in no use. Each page of their list names the next page of the list
/// and then those that it lists, as the form of SQLite's files has it.
fn free_pages(pages: &[u8], size: usize) -> BTreeSet<usize> {
    let mut free = BTreeSet::new();
    let mut page = number(pages, 32);
    while (1..=pages.len() / size).contains(&page) && free.insert(page) {
        let start = (page - 1) * size;
        let listed = number(pages, start + 4).min(size / 4 - 2);
        free.extend((0..listed).map(|place| number(pages, start + 8 + 4 * place)));
        page = number(pages, start);
    }
    free
}

/// The number at this place of a file; 0 behind its end.
fn number(pages: &[u8], at: usize) -> usize {
    let bytes = pages.get(at..at + 4).and_then(|bytes| bytes.try_into().ok());
    bytes.map_or(0, |bytes| u32::from_be_bytes(bytes) as usize)
}

#[cfg(test)]
mod tests {
    use std::fs;

    use super::*;
    use crate::store::{Refusal, StoreError};

    /// A file with two long texts, of which one was removed.
    fn file() -> (tempfile::TempDir, std::path::PathBuf) {
        let folder = tempfile::tempdir().expect("a folder");
        let path = folder.path().join("file.db");
        let connection = Connection::open(&path).expect("opened");
        let words = "word ".repeat(20_000);
        connection
            .execute_batch(&format!(
                "PRAGMA secure_delete = ON; CREATE TABLE note (text TEXT);
                 INSERT INTO note VALUES ('{words}'), ('{words}'); DELETE FROM note WHERE rowid = 1;"
            ))
            .expect("made");
        (folder, path)
    }

    #[test]
    fn pages_of_zeros_are_as_they_should_be_if_they_are_free() {
        let (_folder, path) = file();
        let bytes = fs::read(&path).expect("read");
        let free = free_pages(&bytes, 4096);
        let zeros = (1..).zip(bytes.chunks(4096)).filter(|(_, page)| page.iter().all(|b| *b == 0));
        let zeros: BTreeSet<usize> = zeros.map(|(number, _)| number).collect();
        assert!(zeros.len() > 20 && zeros.is_subset(&free), "{zeros:?} {free:?}");
        let mut connection = Connection::open(&path).expect("opened");
        assert_eq!(&*all(&mut connection).expect("read"), &bytes[..]);
    }

    #[test]
    fn a_page_of_zeros_in_a_text_is_one_that_could_not_be_read() {
        let (_folder, path) = file();
        let bytes = fs::read(&path).expect("read");
        let free = free_pages(&bytes, 4096);
        // Also a page of the list of free ones, without which that list has an end too soon.
        let list = number(&bytes, 32);
        let used: Vec<usize> = (2..=bytes.len() / 4096)
            .filter(|number| *number == list || !free.contains(number))
            .collect();
        assert!(used.len() > 20);
        for number in used {
            let mut damaged = bytes.clone();
            damaged[(number - 1) * 4096..number * 4096].fill(0);
            fs::write(&path, damaged).expect("written");
            let mut connection = Connection::open(&path).expect("opened");
            let failed = all(&mut connection).map(|_| ());
            let why = Refusal::ReadFailed;
            assert!(
                matches!(&failed, Err(StoreError::Refused { why: found, .. }) if *found == why),
                "{number}: {failed:?}"
            );
            // Told as damage if SQLite finds it, and else as unread.
            assert!(to_bytes(&mut connection).is_err(), "{number}");
        }
    }
}
