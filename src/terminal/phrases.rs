//! The few words that the terminal itself needs. It is given them when it is opened: no word for a
//! person stands in this room.

use crate::terminal::pager::PagerError;

/// The words that the terminal itself needs.
#[derive(Debug, Clone, Copy)]
pub struct Phrases {
    /// The label before what could not be done, with a space at its end.
    pub program: &'static str,
    /// The label before the next step, with a space at its end.
    pub hint: &'static str,
    /// The message that output goes on without the pager, and the next step.
    pub no_pager: fn(&PagerError) -> (String, Option<String>),
    /// Asks for the number of one of several answers.
    pub ask_number: &'static str,
    /// The two answers to a question, of which Enter means the second.
    pub yes_or_no: &'static str,
    pub yes: &'static str,
    pub no: &'static str,
}
