//! The tables that say what the facts add up to, and the search index.

pub(crate) mod project;
pub(crate) mod rows;
pub(crate) mod search_index;
