//! Reading the journal: no file here can name a transaction.

pub(crate) mod calendar;
pub(crate) mod candidates;
pub(crate) mod entries;
pub(crate) mod review;
pub(crate) mod search;
pub(crate) mod stats;
