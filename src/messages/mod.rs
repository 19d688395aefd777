//! Every sentence that a person is told, in one place: functions from values to words.
//!
//! The rooms above give values and typed failures; here they become English, grouped by what they are
//! about. A hint stands beside its message and names what to type or do next. Nothing is decided here:
//! the verbs choose what is said, and `command::error` gives each failure its exit code. Help texts stay
//! with the verbs, and the labels of a page with its view.
//!
//! Messages are plain ASCII, lower case and without a full stop where they follow `dwell:`. A second
//! language would be a second set of these functions.

pub mod clock;
pub mod entries;
pub mod exchange;
pub mod forget;
pub mod lessons;
pub mod library;
pub mod numbers;
pub mod parse;
pub mod program;
pub mod rest;
pub mod ritual;
pub mod saving;
pub mod search;
pub mod settings;
pub mod steps;
pub mod store;
pub mod terminal;
pub mod time;
pub mod undo;

/// A sentence and, where there is one, the next step.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Message {
    /// What happened, with the thing it happened to.
    pub text: String,
    /// What to type or do next.
    pub hint: Option<String>,
}

impl Message {
    pub fn new(text: impl Into<String>) -> Self {
        Self { text: text.into(), hint: None }
    }

    /// The same message with the next step.
    #[must_use]
    pub fn hint(self, hint: impl Into<String>) -> Self {
        Self { hint: Some(hint.into()), ..self }
    }
}
