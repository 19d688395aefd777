//! The tables that say what the facts add up to, and the search index. All of it can be made anew
//! from the facts, and is where its form has changed.

pub(crate) mod compare;
pub(crate) mod device_memory;
pub(crate) mod project;
pub(crate) mod rebuild;
pub(crate) mod rows;
pub(crate) mod search_index;

use crate::store::file::form;

/// The version of `tables.sql` and of how facts are made into rows. Raise it with any change there.
const VERSION: u32 = 1;

/// The number in the head of a file that is up to date.
pub(crate) const CURRENT: u32 = form::version(VERSION);

/// The derived tables and the index as they are now.
pub(crate) const SCHEMA: &str = include_str!("tables.sql");

#[cfg(test)]
mod tests {
    #[test]
    fn the_page_on_the_file_names_the_version_that_is_written() {
        let page = include_str!("../../../docs/journal-format.md");
        assert!(page.contains(&format!("`{}`", super::CURRENT)), "not {}", super::CURRENT);
    }
}
