//! The file: opening it, its schema, and the checks that it is sound.

pub(crate) mod open;
pub(crate) mod schema;
