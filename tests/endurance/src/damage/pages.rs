//! Which table or index each page of a file belongs to, read from the bytes of the file.

use std::collections::BTreeMap;
use std::path::Path;

use rusqlite::Connection;

/// The pages of each table and index, by its name; each page as the number of its first byte. The
/// parts of a search index count as one.
pub fn by_table(journal: &Path, bytes: &[u8]) -> BTreeMap<String, Vec<usize>> {
    let connection = Connection::open(journal).expect("opened");
    let mut statement = connection
        .prepare("SELECT name, rootpage FROM sqlite_schema WHERE rootpage > 0")
        .expect("a schema");
    let roots =
        statement.query_map([], |row| Ok((row.get::<_, String>(0)?, row.get::<_, u32>(1)?)));
    let mut pages = BTreeMap::new();
    pages.insert("sqlite_schema".to_owned(), tree(bytes, 1));
    for root in roots.expect("read") {
        let (name, root) = root.expect("read");
        let name = if name.starts_with("search") { "the search index".to_owned() } else { name };
        pages.entry(name).or_insert_with(Vec::new).extend(tree(bytes, root));
    }
    pages
}

pub const PAGE: usize = 4096;

/// The pages of a tree, without those of values that are too long for a page.
fn tree(bytes: &[u8], root: u32) -> Vec<usize> {
    let start = (usize::try_from(root).expect("small") - 1) * PAGE;
    let head = start + if root == 1 { 100 } else { 0 };
    let mut pages = vec![start];
    // The inner pages of tables and of indexes.
    if matches!(bytes[head], 2 | 5) {
        let count = usize::from(u16::from_be_bytes([bytes[head + 3], bytes[head + 4]]));
        let mut children = vec![number(bytes, head + 8)];
        for cell in 0..count {
            let at = head + 12 + 2 * cell;
            let offset = usize::from(u16::from_be_bytes([bytes[at], bytes[at + 1]]));
            children.push(number(bytes, start + offset));
        }
        pages.extend(children.into_iter().flat_map(|child| tree(bytes, child)));
    }
    pages
}

fn number(bytes: &[u8], at: usize) -> u32 {
    u32::from_be_bytes(bytes[at..at + 4].try_into().expect("four bytes"))
}
