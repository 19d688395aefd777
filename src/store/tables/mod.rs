//! The tables that are derived from the facts, and the search index. All of them can be rebuilt
//! from the facts, and are rebuilt if their version has changed.

pub(crate) mod columns;
pub(crate) mod compare;
pub(crate) mod device_memory;
pub(crate) mod edition;
pub(crate) mod places;
pub(crate) mod project;
pub(crate) mod project_series;
pub(crate) mod rebuild;
pub(crate) mod rows;
pub(crate) mod search_index;

use crate::store::file::form;

/// The version of `tables.sql` and of the code that makes rows from facts, which includes the words
/// of the index and so the version of Unicode. Raise it with any change of them.
const VERSION: u32 = 6;

/// The number in the head of a file that needs no upgrade.
pub(crate) const CURRENT: u32 = form::version(VERSION);

/// The SQL that creates the derived tables and the index in this version.
pub(crate) const SCHEMA: &str = include_str!("tables.sql");

#[cfg(test)]
mod tests {
    #[test]
    fn the_description_of_the_format_names_the_version_that_is_written() {
        let page = include_str!("../../../docs/journal-format.md");
        assert!(page.contains(&format!("`{}`", super::CURRENT)), "not {}", super::CURRENT);
    }
}
