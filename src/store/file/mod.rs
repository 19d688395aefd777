//! The file: opening it, its schema, and the checks that it is sound; and its backups.

pub mod backup;
pub(crate) mod open;
pub(crate) mod schema;
