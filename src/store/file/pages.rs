//! The pages of a file: how many of them stay in memory, and all of them at once.
//!
//! SQLite writes changed pages to the file before that when it has many, and from then on no other
//! process can read until the commit. A large change keeps them in memory, up to a bound.

use std::collections::BTreeSet;

use rusqlite::serialize::Data;
use rusqlite::{Connection, MAIN_DB, ffi};

use crate::store::Result;

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
/// read, and does not say so. Errors with [`Refusal::ReadFailed`](crate::store::Refusal::ReadFailed) if
/// a page of zeros is not a free one.
pub(crate) fn all(connection: &mut Connection) -> Result<Data<'_>> {
    let size = connection.query_row("PRAGMA page_size", [], |row| row.get::<_, usize>(0))?;
    let pages = connection.serialize(MAIN_DB)?;
    let free = free_pages(&pages, size);
    let mut numbered = (1..).zip(pages.chunks(size));
    if numbered.any(|(number, page)| page.iter().all(|byte| *byte == 0) && !free.contains(&number))
    {
        let failed = ffi::Error::new(ffi::SQLITE_IOERR_READ);
        return Err(rusqlite::Error::SqliteFailure(failed, None).into());
    }
    Ok(pages)
}

/// The numbers of the pages that are in no use. Each page of their list names the next page of the list
/// and then those that it lists, as the form of SQLite's files has it.
fn free_pages(pages: &[u8], size: usize) -> BTreeSet<usize> {
    let number = |at: usize| {
        let bytes = pages.get(at..at + 4).and_then(|bytes| bytes.try_into().ok());
        bytes.map_or(0, |bytes| u32::from_be_bytes(bytes) as usize)
    };
    let mut free = BTreeSet::new();
    let mut page = number(32);
    while page > 0 && free.insert(page) {
        let start = (page - 1) * size;
        let listed = number(start + 4).min(size / 4 - 2);
        free.extend((0..listed).map(|place| number(start + 8 + 4 * place)));
        page = number(start);
    }
    free
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
        let used: Vec<usize> =
            (2..=bytes.len() / 4096).filter(|number| !free.contains(number)).collect();
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
        }
    }
}
