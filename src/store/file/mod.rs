//! The journal file: opening it, also a sealed one, its form, the files beside it, who can read it,
//! the check for damage, the one place that commits, and locks that last longer than a transaction.

pub(crate) mod check;
pub(crate) mod commit;
pub(crate) mod form;
pub(crate) mod head;
pub(crate) mod journal;
pub(crate) mod lock;
pub(crate) mod open;
pub(crate) mod pages;
pub mod privacy;
pub(crate) mod rollback;
pub mod sealed;
pub(crate) mod unfinished;
