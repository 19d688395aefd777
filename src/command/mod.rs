//! The verbs, one a file: its arguments, and what it does.
//!
//! A verb reads from top to bottom: read the clock, open the journal, decide, save, show. Rules
//! stand in the rooms below. Each `run` errors with what the person is told; [`error`] has the exit
//! codes.

mod after_saving;
pub mod afterthought;
pub mod backup;
pub mod browse;
pub mod calendar;
pub mod completions;
pub mod config;
pub mod delete;
pub mod doctor;
pub mod edit;
pub mod export;
pub mod forget;
pub mod hook;
pub mod import;
pub mod lesson;
mod listing;
pub mod lock;
pub mod log;
pub mod man;
mod mirror;
pub mod passphrase;
pub mod quiet;
pub mod redo;
pub mod remind;
pub mod rest;
pub mod restore;
pub mod review;
pub mod ritual;
pub mod search;
pub mod series;
mod series_export;
pub mod show;
pub mod stats;
pub mod status;
pub mod step;
pub mod tags;
pub mod today;
pub mod undo;
pub mod unlock;
pub mod why;
pub mod write;

mod arguments;
mod browse_changes;
mod browse_reading;
mod changes;
mod context;
pub mod error;
mod filters;
mod input;
pub(crate) mod key;
mod new_keys;
mod opening;
mod output;
mod page;
mod resume;
mod review_keys;
mod review_period;
pub(crate) mod sealed_copies;
mod typing;
pub(crate) mod unsaved;
pub(crate) mod words;

pub use context::Context;
