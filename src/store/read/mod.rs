//! Reading the journal. No file here uses a transaction.

pub(crate) mod browse;
pub(crate) mod calendar;
pub(crate) mod candidates;
pub(crate) mod checked;
pub(crate) mod entries;
pub(crate) mod export;
pub(crate) mod filter;
pub(crate) mod forgotten;
mod glance;
pub(crate) mod lessons;
pub(crate) mod one_lesson;
pub(crate) mod origins;
pub(crate) mod reflections;
pub(crate) mod rests;
pub(crate) mod review;
pub(crate) mod search;
pub(crate) mod series;
mod series_lessons;
pub(crate) mod servings;
pub(crate) mod stats;
pub(crate) mod steps;
pub(crate) mod tags;
pub(crate) mod undo;

use rusqlite::ffi;

use crate::store::StoreError;

/// At most this many rows are read at a time, so that no lock is held while they are shown.
pub(crate) const BATCH: usize = 256;

/// The error of rows that come in another order than that of the table: a damaged page leads back, so
/// that reading on would have no end. SQLite does not look for that.
pub(crate) fn out_of_order() -> StoreError {
    rusqlite::Error::SqliteFailure(ffi::Error::new(ffi::SQLITE_CORRUPT), None).into()
}
