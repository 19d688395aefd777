//! Every sentence that a person is told, in one place: functions from values to words.
//!
//! The rooms below give values and typed failures. Here they become English, one file a subject. A
//! hint stands beside its message and names what to type or do next. Nothing is decided here: the
//! verbs choose what is said, and `command::error` gives each failure its exit code. Help texts
//! stay with the verbs, and the labels of a page with its view.
//!
//! Messages are plain ASCII. After `dwell:` they are in lower case and have no full stop. A second
//! language would be a second set of these functions.

pub mod backups;
pub mod browser;
pub mod clock;
pub mod doctor;
pub mod entries;
pub mod export;
pub mod files;
pub mod forget;
pub mod highlights;
pub mod import;
pub mod lessons;
pub mod library;
pub mod mirror;
pub mod numbers;
pub mod own_lessons;
pub mod page;
pub mod parse;
pub mod picker;
pub mod program;
pub mod remind;
pub mod repair;
pub mod rest;
pub mod ritual;
pub mod saving;
pub mod seal;
pub mod search;
pub mod settings;
pub mod steps;
pub mod store;
pub mod terminal;
pub mod time;
pub mod undo;
pub mod usage;

use crate::text::one_line;

/// A sentence and, if there is one, the next step.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Message {
    /// What happened, and to which thing.
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

/// The text as one word of a shell, on one line and safe to show.
pub(crate) fn quoted(text: &str) -> String {
    let text = one_line(text);
    match text {
        _ if !text.contains('\'') => format!("'{text}'"),
        _ if !text.contains(['"', '$', '`', '\\', '!']) => format!("\"{text}\""),
        _ => format!("'{}'", text.replace('\'', "'\\''")),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_shell_reads_a_quoted_text_as_it_is() {
        assert_eq!(quoted("I feel good!"), "'I feel good!'");
        assert_eq!(quoted("don't"), "\"don't\"");
        assert_eq!(quoted("don't $pend"), "'don'\\''t $pend'");
    }
}
