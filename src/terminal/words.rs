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

/// How the person ended.
#[derive(Debug)]
pub(super) enum Ended {
    /// With two empty lines or Ctrl-D.
    Done(String),
    /// With the key that opens the editor; the words so far are in the draft.
    Editor(String),
}

/// A line editor without history or completion.
pub(super) fn line_editor() -> rustyline::Result<Editor<(), MemHistory>> {
    let config = Config::builder()
        .bracketed_paste(true)
        .auto_add_history(false)
        .completion_type(rustyline::CompletionType::List)
        .build();
    Editor::with_history(config, MemHistory::new())
}

/// Reads words until the person ends them. `initial` is there to begin with.
pub(super) fn read(initial: &str, draft: &mut Draft) -> rustyline::Result<Ended> {
    let shared = Arc::new(Mutex::new(Shared::default()));
    let mut editor = line_editor()?;
    let key = |code, modifiers| Event::from(KeyEvent(code, modifiers));
    let enter = [KeyEvent(KeyCode::Enter, Modifiers::NONE), KeyEvent::ctrl('J')];
    for event in enter {
        bind(&mut editor, Event::from(event), Key::Enter, &shared);
    }
    bind(&mut editor, key(KeyCode::Char('D'), Modifiers::CTRL), Key::End, &shared);
    bind(&mut editor, key(KeyCode::Char('C'), Modifiers::CTRL), Key::Leave, &shared);
    bind(&mut editor, key(KeyCode::Char('e'), Modifiers::ALT), Key::Editor, &shared);
    bind(&mut editor, Event::Any, Key::Other, &shared);
    // The handlers must be free of borrows, so the draft is lent to them for the time of reading.
    lock(&shared).draft = draft.try_clone().ok();
    let read = editor.readline_with_initial("", (initial, ""));
    let shared = lock(&shared);
    match read {
        Ok(_) if shared.opens_editor => {
            draft.write(shared.text.as_bytes())?;
            Ok(Ended::Editor(shared.text.clone()))
        }
        Ok(text) => {
            // The empty lines that ended the words are not part of them.
            let text = text.trim_end_matches('\n').to_owned();
            draft.write(text.as_bytes())?;
            Ok(Ended::Done(text))
        }
        Err(ReadlineError::Eof) => Ok(Ended::Done(String::new())),
        Err(error) => {
            if !shared.text.is_empty() {
                draft.write(shared.text.as_bytes())?;
                draft.sync()?;
            }
            Err(error)
        }
    }
}

/// What the keys' handlers know in common.
#[derive(Debug, Default)]
struct Shared {
    draft: Option<Draft>,
    /// The words when a handler last saw them.
    text: String,
    opens_editor: bool,
}

impl Shared {
    fn keep(&mut self, text: &str) {
        text.clone_into(&mut self.text);
        if let Some(draft) = &mut self.draft {
            // If the draft cannot be written now, the words are still on the screen, and saving
            // them at the end is tried all the same.
            let _ = draft.write(text.as_bytes());
        }
    }
}

#[derive(Debug, Clone, Copy)]
enum Key {
    Enter,
    End,
    Leave,
    Editor,
    Other,
}

struct Handler {
    key: Key,
    shared: Arc<Mutex<Shared>>,
}

impl ConditionalEventHandler for Handler {
    fn handle(&self, _: &Event, _: RepeatCount, _: bool, context: &EventContext) -> Option<Cmd> {
        let mut shared = lock(&self.shared);
        let text = context.line();
        match self.key {
            Key::Enter => {
                shared.keep(&format!("{text}\n"));
                let at_end = context.pos() == text.len();
                // The cursor is on an empty line, and so is the line above it.
                let ends = at_end && (text.ends_with("\n\n") || text == "\n");
                Some(if ends { Cmd::AcceptLine } else { Cmd::Newline })
            }
            Key::End if text.is_empty() => Some(Cmd::EndOfFile),
            Key::End => {
                shared.keep(text);
                Some(Cmd::AcceptLine)
            }
            Key::Leave => {
                shared.keep(text);
                Some(Cmd::Interrupt)
            }
            Key::Editor => {
                shared.keep(text);
                shared.opens_editor = true;
                Some(Cmd::AcceptLine)
            }
            Key::Other => {
                // More than a key's worth is a paste.
                if text.len().abs_diff(shared.text.len()) > PASTE {
                    shared.keep(text);
                }
                None
            }
        }
    }
}

/// Text that grew by so many bytes since it was last kept is kept without waiting for Enter.
const PASTE: usize = 200;

fn bind(editor: &mut Editor<(), MemHistory>, event: Event, key: Key, shared: &Arc<Mutex<Shared>>) {
    let handler = Handler { key, shared: Arc::clone(shared) };
    editor.bind_sequence(event, EventHandler::Conditional(Box::new(handler)));
}

fn lock(shared: &Arc<Mutex<Shared>>) -> std::sync::MutexGuard<'_, Shared> {
    shared.lock().unwrap_or_else(PoisonError::into_inner)
}
