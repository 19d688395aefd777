//! The keys that end a text, open the editor or leave, and when the text is kept.

use std::sync::{Arc, Mutex, PoisonError};

use rustyline::{
    Cmd, ConditionalEventHandler, Event, EventContext, KeyCode, KeyEvent, Modifiers, RepeatCount,
};

use crate::platform;

/// Is called with the text each time that it should be kept.
pub(super) type Keep = Box<dyn FnMut(&str) + Send>;

/// The state that the handlers of all keys share.
#[derive(Default)]
pub(super) struct Shared {
    /// `None` before the first text is read.
    pub(super) keep: Option<Keep>,
    /// The text as a handler kept it last.
    pub(super) text: String,
    /// Characters that were typed and are not in the line editor yet; see [`Shared::hold_back`].
    pub(super) held: String,
    /// A text of several lines is being read. If not, a key keeps its usual meaning.
    pub(super) reads_text: bool,
    pub(super) opens_editor: bool,
    /// A key has ended the reading.
    pub(super) is_over: bool,
}

impl Shared {
    /// Keeps the text of the line editor, with the characters that are held back.
    fn keep_line(&mut self, context: &EventContext) {
        let (before, after) = context.line().split_at(context.pos());
        self.text = [before, &self.held, after].concat();
        self.keep_text();
    }

    /// Keeps the text as it is.
    pub(super) fn keep_text(&mut self) {
        if let Some(keep) = &mut self.keep {
            keep(&self.text);
        }
    }

    /// Whether to hold a character back, because more are waiting that can go into the line editor
    /// together with it. The editor redraws the whole text for each line break. Without this, a
    /// long paste that the terminal does not mark would take minutes.
    fn hold_back(&self, context: &EventContext) -> bool {
        context.line().len() > LONG && self.held.len() < LONG && platform::input_is_waiting()
    }
}

#[derive(Debug, Clone, Copy)]
pub(super) enum Binding {
    Enter,
    End,
    Leave,
    Editor,
    Character(char),
    Other,
}

pub(super) struct Handler {
    pub(super) binding: Binding,
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
        if !shared.reads_text {
            if let Binding::Leave = self.binding {
                context.line().clone_into(&mut shared.text);
            }
            return None;
        }
        let text = context.line();
        match self.binding {
            Binding::Enter => {
                shared.held.push('\n');
                // Two empty lines end the text. If more input is waiting, somebody pastes, and the
                // empty lines are part of the paste.
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
            Binding::End if text.is_empty() => {
                shared.text.clear();
                Some(Cmd::EndOfFile)
            }
            Binding::End => {
                shared.keep_line(context);
                shared.is_over = true;
                Some(Cmd::AcceptLine)
            }
            Binding::Leave => {
                shared.keep_line(context);
                Some(Cmd::Interrupt)
            }
            Binding::Editor => {
                shared.keep_line(context);
                shared.opens_editor = true;
                shared.is_over = true;
                Some(Cmd::AcceptLine)
            }
            Binding::Character(_) | Binding::Other => {
                let typed = match self.binding {
                    Binding::Character(c) => Some(c),
                    _ => character(event),
                };
                let held_before = !shared.held.is_empty();
                shared.held.extend(typed);
                if typed.is_some() && shared.hold_back(context) {
                    return Some(Cmd::Noop);
                }
                // The text grew by more than one key: it was pasted.
                if text.len().abs_diff(shared.text.len()) > PASTE {
                    shared.keep_line(context);
                }
                let held = std::mem::take(&mut shared.held);
                // While text is held back, a key that is not a character is ignored: it is part of
                // the paste.
                let is_drawn_together = held_before || held == "\t";
                is_drawn_together.then_some(Cmd::Insert(1, held))
            }
        }
    }
}

/// Text that grew by more than this many bytes since it was last kept is kept without waiting for
/// Enter.
const PASTE: usize = 200;

/// To redraw a text of more bytes than this takes so long that a person notices.
const LONG: usize = 8192;

/// Whether the two texts, joined, end in two empty lines or consist of them.
pub(super) fn ends_in_empty_lines(text: &str, held: &str) -> bool {
    let mut last = text.bytes().chain(held.bytes()).rev();
    let breaks = last.by_ref().take_while(|byte| *byte == b'\n').count();
    breaks >= 3 || (breaks == 2 && text.len() + held.len() == 2)
}

/// The character of a key, if it has one and neither Ctrl nor Alt is held.
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
    fn two_empty_lines_end_the_text_and_one_does_not() {
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
