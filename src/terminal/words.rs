//! The words themselves: many lines typed at a terminal, kept in a draft while they are typed.
//!
//! Every finished line is in the draft before the next one begins, so a terminal that goes away
//! takes at most the line being typed. The line editor brings pasting, wide characters and moving
//! about; this file says which keys end the words and what is kept when.

use std::sync::{Arc, Mutex, PoisonError};

use rustyline::error::ReadlineError;
use rustyline::history::MemHistory;
use rustyline::{
    Cmd, ConditionalEventHandler, Config, Editor, Event, EventContext, EventHandler, KeyCode,
    KeyEvent, Modifiers, RepeatCount,
};

use super::Draft;
use crate::platform;

/// How the person ended.
#[derive(Debug)]
pub(super) enum Ended {
    /// With two empty lines or Ctrl-D.
    Done(String),
    /// With the key that opens the editor; the words so far are in the draft.
    Editor(String),
}

/// The line editor, with the keys that words need. There is one for all questions of a run: what
/// was typed ahead of a question is kept in it.
pub(super) struct Lines {
    editor: Editor<(), MemHistory>,
    shared: Arc<Mutex<Shared>>,
}

impl std::fmt::Debug for Lines {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("Lines").finish_non_exhaustive()
    }
}

impl Lines {
    pub(super) fn new() -> rustyline::Result<Self> {
        let config = Config::builder().bracketed_paste(true).auto_add_history(false).build();
        let mut editor = Editor::with_history(config, MemHistory::new())?;
        let shared = Arc::new(Mutex::new(Shared::default()));
        let keys = [
            (KeyEvent(KeyCode::Enter, Modifiers::NONE), Key::Enter),
            (KeyEvent::ctrl('J'), Key::Enter),
            (KeyEvent::ctrl('D'), Key::End),
            (KeyEvent::ctrl('C'), Key::Leave),
            (KeyEvent::alt('e'), Key::Editor),
            (KeyEvent(KeyCode::Tab, Modifiers::NONE), Key::Character('\t')),
        ];
        let events = keys.map(|(key, meaning)| (Event::from(key), meaning));
        for (event, key) in events.into_iter().chain([(Event::Any, Key::Other)]) {
            let handler = Handler { key, shared: Arc::clone(&shared) };
            editor.bind_sequence(event, EventHandler::Conditional(Box::new(handler)));
        }
        Ok(Self { editor, shared })
    }

    /// Reads one line after a prompt.
    pub(super) fn read_line(&mut self, prompt: &str) -> rustyline::Result<String> {
        self.editor.readline(prompt)
    }

    /// Reads words until the person ends them. `initial` is there to begin with.
    pub(super) fn read_words(
        &mut self,
        initial: &str,
        draft: &mut Draft,
    ) -> rustyline::Result<Ended> {
        // The handlers must be free of borrows, so the draft is lent to them for the time of reading.
        *lock(&self.shared) = Shared {
            draft: draft.try_clone().ok(),
            text: initial.to_owned(),
            reads_words: true,
            ..Shared::default()
        };
        let read = self.editor.readline_with_initial("", (initial, ""));
        let mut shared = std::mem::take(&mut *lock(&self.shared));
        end_words(read, &mut self.editor, &mut shared, draft)
    }
}

fn end_words(
    read: rustyline::Result<String>,
    editor: &mut Editor<(), MemHistory>,
    shared: &mut Shared,
    draft: &mut Draft,
) -> rustyline::Result<Ended> {
    match read {
        Ok(_) if shared.opens_editor => {
            // The editor works on the draft, so there the words must be in it.
            draft.write(shared.text.as_bytes())?;
            Ok(Ended::Editor(shared.text.clone()))
        }
        Ok(line) if !shared.is_over => {
            // No key was seen, so this terminal is one that only gives whole lines.
            read_lines(&line, editor, shared)?;
            Ok(Ended::Done(shared.text.trim_end_matches('\n').to_owned()))
        }
        Ok(_) => {
            // The empty lines that ended the words are not part of them.
            let text = shared.text.trim_end_matches('\n').to_owned();
            // They are about to be saved; a draft that cannot be written is no reason not to.
            let _ = draft.write(text.as_bytes());
            Ok(Ended::Done(text))
        }
        // Without this the terminal has gone, and nobody has ended anything.
        Err(ReadlineError::Eof) if shared.text.is_empty() => Ok(Ended::Done(String::new())),
        Err(error) => {
            if !shared.text.is_empty() {
                // What came before, that the person left, is what they are to be told.
                let _ = draft.write(shared.text.as_bytes()).and_then(|()| draft.sync());
            }
            Err(error)
        }
    }
}

/// Goes on with the lines after the first one, up to two empty lines or the end of input.
fn read_lines(
    first: &str,
    editor: &mut Editor<(), MemHistory>,
    shared: &mut Shared,
) -> rustyline::Result<()> {
    let mut line = first.to_owned();
    if !shared.text.is_empty() && !shared.text.ends_with('\n') {
        shared.text.push('\n');
    }
    loop {
        shared.text.push_str(&line);
        shared.text.push('\n');
        shared.write();
        if ends_in_empty_lines(&shared.text, "") {
            return Ok(());
        }
        line = match editor.readline("") {
            Err(ReadlineError::Eof) => return Ok(()),
            read => read?,
        };
    }
}

/// What the keys' handlers know in common.
#[derive(Debug, Default)]
struct Shared {
    draft: Option<Draft>,
    /// The words when a handler last kept them.
    text: String,
    /// Characters that have come and are not in the line editor yet; see [`Shared::hold_back`].
    held: String,
    /// Many lines are being read; a key keeps its usual meaning otherwise.
    reads_words: bool,
    opens_editor: bool,
    /// A key has ended the reading.
    is_over: bool,
}

impl Shared {
    /// Keeps what the line editor holds, with what is held back.
    fn keep(&mut self, context: &EventContext) {
        let (before, after) = context.line().split_at(context.pos());
        self.text = [before, &self.held, after].concat();
        self.write();
    }

    fn write(&mut self) {
        if let Some(draft) = &mut self.draft {
            // If the draft cannot be written now, the words are still on the screen, and saving
            // them at the end is tried all the same.
            let _ = draft.write(self.text.as_bytes());
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
enum Key {
    Enter,
    End,
    Leave,
    Editor,
    Character(char),
    Other,
}

struct Handler {
    key: Key,
    shared: Arc<Mutex<Shared>>,
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
                shared.keep(context);
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
                shared.keep(context);
                shared.is_over = true;
                Some(Cmd::AcceptLine)
            }
            Key::Leave => {
                shared.keep(context);
                Some(Cmd::Interrupt)
            }
            Key::Editor => {
                shared.keep(context);
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
                    shared.keep(context);
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

/// Text that grew by so many bytes since it was last kept is kept without waiting for Enter.
const PASTE: usize = 200;

/// From so many bytes on, drawing the text again takes a time that a person could notice.
const LONG: usize = 8192;

/// Whether the two texts together end in two empty lines, or are nothing but them.
fn ends_in_empty_lines(text: &str, held: &str) -> bool {
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

fn lock(shared: &Arc<Mutex<Shared>>) -> std::sync::MutexGuard<'_, Shared> {
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
