//! Questions without an answer, editors and pagers that failed, and output that cannot be written.

use std::io;

use crate::messages::Message;
use crate::terminal::{AskError, EditorError, PagerError, Phrases};

/// The words that the terminal itself needs.
pub const PHRASES: Phrases = Phrases {
    program: "dwell: ",
    hint: "hint: ",
    no_pager,
    ask_number: "Which number?",
    yes_or_no: "[y/N]",
    yes: "yes",
    no: "no",
};

/// Says that output goes on without the pager.
fn no_pager(error: &PagerError) -> (String, Option<String>) {
    let text = match error {
        PagerError::Unreadable(command) => {
            format!("the pager '{command}' cannot be read: check its quotes")
        }
        PagerError::Missing(command) => format!("the pager '{command}' was not found"),
        PagerError::Io { command, source } => {
            format!("the pager '{command}' did not start: {source}")
        }
    };
    let hint = "dwell config pager COMMAND names another; cat means no pager";
    (text, Some(hint.to_owned()))
}

/// Why there is no answer.
pub fn ask(error: &AskError) -> Message {
    match error {
        AskError::Cancelled => Message::new("stopped"),
        AskError::Io(error) => Message::new(format!("the terminal failed: {error}")),
    }
}

/// Says that the person left a question before anything was changed.
pub fn stopped_before_any_change() -> Message {
    Message::new("stopped; nothing was changed")
}

/// Why a text could not be edited.
pub fn editor(error: &EditorError) -> Message {
    Message::new(match error {
        EditorError::NoneFound => "no editor was found".to_owned(),
        EditorError::Unreadable(command) => {
            format!("the editor '{command}' cannot be read: check its quotes")
        }
        EditorError::Missing(command) => format!("the editor '{command}' was not found"),
        EditorError::Failed { command, code } => match code {
            Some(code) => format!("the editor '{command}' ended with status {code}"),
            None => format!("the editor '{command}' was killed"),
        },
        EditorError::Io(error) => format!("the draft could not be edited: {error}"),
    })
}

pub fn output(error: &io::Error) -> Message {
    Message::new(format!("the output could not be written: {error}"))
}
