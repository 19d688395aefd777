//! The few words that the terminal itself needs. They are given to it when it is opened: this room
//! holds none.

use crate::terminal::pager::PagerError;

/// The words that the terminal itself needs.
#[derive(Debug, Clone, Copy)]
pub struct Phrases {
    /// Stands before what could not be done, with a space at its end.
    pub program: &'static str,
    /// Stands before the next step, with a space at its end.
    pub hint: &'static str,
    /// Says that output goes on without the pager, and the next step.
    pub no_pager: fn(&PagerError) -> (String, Option<String>),
}
