//! The file: opening it, its form, the checks that it is sound, the one place that commits; and its
//! backups.

pub mod backup;
pub(crate) mod check;
pub(crate) mod commit;
pub(crate) mod form;
pub(crate) mod head;
pub(crate) mod open;
