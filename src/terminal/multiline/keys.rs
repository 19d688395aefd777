//! The keys that end the words, open the editor or leave, and what is kept at each.

use std::sync::{Arc, Mutex, PoisonError};

use rustyline::{
    Cmd, ConditionalEventHandler, Event, EventContext, KeyCode, KeyEvent, Modifiers, RepeatCount,
};

use crate::platform;

/// What the text is given to each time that it is to be kept.
pub(super) type Keep = Box<dyn FnMut(&str) + Send>;

/// What the keys' handlers know in common.
#[derive(Default)]
pub(super) struct Shared {
    /// Is given the text when it is to be kept; nobody is before the first text is read.
    pub(super) keep: Option<Keep>,
    /// The text when a handler last kept it.
    pub(super) text: String,
    /// Characters that have come and are not in the line editor yet; see [`Shared::hold_back`].
    pub(super) held: String,
    /// Many lines are being read; a key keeps its usual meaning otherwise.
    pub(super) reads_words: bool,
    pub(super) opens_editor: bool,
    /// A key has ended the reading.
    pub(super) is_over: bool,
}

impl Shared {
    /// Keeps what the line editor holds, with what is held back.
    fn keep_line(&mut self, context: &EventContext) {
        let (before, after) = context.line().split_at(context.pos());
        self.text = [before, &self.held, after].concat();
        self.keep_text();
    }

    /// Hands the text on as it is.
    pub(super) fn keep_text(&mut self) {
        if let Some(keep) = &mut self.keep {
            keep(&self.text);
        }
    }

    /// Whether to hold a character back, because more are waiting that can go into the line
    /// editor together with it. The editor draws everything again for each line break, so a long
    /// text that is pasted without being marked as pasted would otherwise take minutes.
    fn hold_back(&self, context: &EventContext) -> bool {
        context.line().len() > LONG && self.held.len() < LONG && platform::input_is_waiting()
    }
}

#[derive(Debug, Clone, Copy)]
pub(super) enum Key {
    Enter,
    End,
    Leave,
    Editor,
    Character(char),
    Other,
}

pub(super) struct Handler {
    pub(super) key: Key,
    pub(super) shared: Arc<Mutex<Shared>>,
}

impl ConditionalEventHandler for Handler {
    fn handle(
        &self,
        event: &Event,
        _: RepeatCount,
        _: bool,
        context: &EventContext,
    ) -> Option<Cmd> {
        let mut shared = lock(&self.shared);
        if !shared.reads_words {
            if let Key::Leave = self.key {
                context.line().clone_into(&mut shared.text);
            }
            return None;
        }
        let text = context.line();
        match self.key {
            Key::Enter => {
                shared.held.push('\n');
                // The cursor is on an empty line, and so is the line above it. Where more is coming
                // that very moment, somebody pastes, and the empty lines are part of it.
                let at_end = context.pos() == text.len();
                let ends = at_end
                    && ends_in_empty_lines(text, &shared.held)
                    && !platform::input_is_waiting();
                if !ends && shared.hold_back(context) {
                    return Some(Cmd::Noop);
                }
                shared.keep_line(context);
                if ends {
                    shared.is_over = true;
                    return Some(Cmd::AcceptLine);
                }
                Some(Cmd::Insert(1, std::mem::take(&mut shared.held)))
            }
            Key::End if text.is_empty() => {
                shared.text.clear();
                Some(Cmd::EndOfFile)
            }
            Key::End => {
                shared.keep_line(context);
                shared.is_over = true;
                Some(Cmd::AcceptLine)
            }
            Key::Leave => {
                shared.keep_line(context);
                Some(Cmd::Interrupt)
            }
            Key::Editor => {
                shared.keep_line(context);
                shared.opens_editor = true;
                shared.is_over = true;
                Some(Cmd::AcceptLine)
            }
            Key::Character(_) | Key::Other => {
                let typed = match self.key {
                    Key::Character(c) => Some(c),
                    _ => character(event),
                };
                let held_before = !shared.held.is_empty();
                shared.held.extend(typed);
                if typed.is_some() && shared.hold_back(context) {
                    return Some(Cmd::Noop);
                }
                // More than a key's worth is a paste.
                if text.len().abs_diff(shared.text.len()) > PASTE {
                    shared.keep_line(context);
                }
                let held = std::mem::take(&mut shared.held);
                // With text held back, a key that is no character is let go: in the middle of such a
                // flood it is part of what was pasted.
                let is_drawn_together = held_before || held == "\t";
                is_drawn_together.then_some(Cmd::Insert(1, held))
            }
        }
    }
}

/// Text that grew by more than this many bytes since it was last kept is kept without waiting for
/// Enter.
const PASTE: usize = 200;

/// Drawing a text of more bytes than this again takes a time that a person could notice.
const LONG: usize = 8192;

/// Whether the two texts together end in two empty lines, or are nothing but them.
pub(super) fn ends_in_empty_lines(text: &str, held: &str) -> bool {
    let mut last = text.bytes().chain(held.bytes()).rev();
    let breaks = last.by_ref().take_while(|byte| *byte == b'\n').count();
    breaks >= 3 || (breaks == 2 && text.len() + held.len() == 2)
}

/// The character that a key stands for, if it is an ordinary one.
fn character(event: &Event) -> Option<char> {
    let Event::KeySeq(keys) = event else { return None };
    match keys.as_slice() {
        [KeyEvent(KeyCode::Char(c), Modifiers::NONE)] => Some(*c),
        _ => None,
    }
}

pub(super) fn lock(shared: &Arc<Mutex<Shared>>) -> std::sync::MutexGuard<'_, Shared> {
    shared.lock().unwrap_or_else(PoisonError::into_inner)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn two_empty_lines_end_the_words_and_one_does_not() {
        for (text, held, ends) in [
            ("words", "\n", false),
            ("words\n", "\n", false),
            ("words\n\n", "\n", true),
            ("words", "\n\n\n", true),
            ("", "\n", false),
            ("\n", "\n", true),
            ("words\n\nmore", "\n", false),
        ] {
            assert_eq!(ends_in_empty_lines(text, held), ends, "{text:?} and {held:?}");
        }
    }
}
