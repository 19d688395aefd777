//! A text of several lines, typed at a terminal and kept while it is typed.
//!
//! Every finished line is kept before the next one begins, so if the terminal goes away, at most
//! one line is lost. The library does pasting, wide characters and cursor movement; this file
//! decides which keys end the text and when it is kept. The caller decides where it is kept.

mod keys;

use std::sync::{Arc, Mutex};

use rustyline::error::ReadlineError;
use rustyline::history::MemHistory;
use rustyline::{Config, Editor, Event, EventHandler, KeyCode, KeyEvent, Modifiers};

use crate::terminal::TextEnd;
use keys::{Binding, Handler, Keep, Shared, ends_in_empty_lines, lock};

/// The line editor, with the keys for a text of several lines. There is one for all questions of a
/// run, because it holds what was typed ahead of a question.
pub(super) struct LineEditor {
    editor: Editor<(), MemHistory>,
    shared: Arc<Mutex<Shared>>,
}

impl std::fmt::Debug for LineEditor {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("LineEditor").finish_non_exhaustive()
    }
}

impl LineEditor {
    /// Errors if the terminal cannot be used.
    pub(super) fn new() -> rustyline::Result<Self> {
        let config = Config::builder().bracketed_paste(true).auto_add_history(false).build();
        let mut editor = Editor::with_history(config, MemHistory::new())?;
        let shared = Arc::new(Mutex::new(Shared::default()));
        let keys = [
            (KeyEvent(KeyCode::Enter, Modifiers::NONE), Binding::Enter),
            (KeyEvent::ctrl('J'), Binding::Enter),
            (KeyEvent::ctrl('D'), Binding::End),
            (KeyEvent::ctrl('C'), Binding::Leave),
            (KeyEvent::alt('e'), Binding::Editor),
            (KeyEvent(KeyCode::Tab, Modifiers::NONE), Binding::Character('\t')),
        ];
        let events = keys.map(|(key, binding)| (Event::from(key), binding));
        for (event, binding) in events.into_iter().chain([(Event::Any, Binding::Other)]) {
            let handler = Handler { binding, shared: Arc::clone(&shared) };
            editor.bind_sequence(event, EventHandler::Conditional(Box::new(handler)));
        }
        Ok(Self { editor, shared })
    }

    /// Reads one line after a prompt. Errors if the person leaves.
    pub(super) fn read_line(&mut self, prompt: &str) -> rustyline::Result<String> {
        lock(&self.shared).text.clear();
        self.editor.readline(prompt)
    }

    /// What was typed on the line that the person left with Ctrl-C.
    pub(super) fn left_line(&self) -> String {
        lock(&self.shared).text.clone()
    }

    /// Reads a text, which begins with `initial`, until the person ends it. Errors if they leave.
    pub(super) fn read_text(&mut self, initial: &str, keep: Keep) -> rustyline::Result<TextEnd> {
        // The handlers cannot borrow, so they own `keep` while the text is read.
        *lock(&self.shared) = Shared {
            keep: Some(keep),
            text: initial.to_owned(),
            reads_text: true,
            ..Shared::default()
        };
        let read = self.editor.readline_with_initial("", (initial, ""));
        let mut shared = std::mem::take(&mut *lock(&self.shared));
        end_text(read, &mut self.editor, &mut shared)
    }
}

fn end_text(
    read: rustyline::Result<String>,
    editor: &mut Editor<(), MemHistory>,
    shared: &mut Shared,
) -> rustyline::Result<TextEnd> {
    match read {
        Ok(_) if shared.opens_editor => Ok(TextEnd::OpensEditor(shared.text.clone())),
        Ok(line) if !shared.is_over => {
            // No handler saw a key, so this terminal gives only whole lines.
            read_lines(&line, editor, shared)?;
            Ok(TextEnd::Done(shared.text.trim_end_matches('\n').to_owned()))
        }
        Ok(_) => {
            // The empty lines at the end are not part of the text.
            shared.text.truncate(shared.text.trim_end_matches('\n').len());
            shared.keep_text();
            Ok(TextEnd::Done(shared.text.clone()))
        }
        // Ctrl-D on an empty text. With text, the terminal is gone and nobody has ended anything.
        Err(ReadlineError::Eof) if shared.text.is_empty() => Ok(TextEnd::Done(String::new())),
        Err(error) => {
            if !shared.text.is_empty() {
                shared.keep_text();
            }
            Err(error)
        }
    }
}

/// Reads the lines after the first one, up to two empty lines or the end of input.
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
        shared.keep_text();
        if ends_in_empty_lines(&shared.text, "") {
            return Ok(());
        }
        line = match editor.readline("") {
            Err(ReadlineError::Eof) => return Ok(()),
            read => read?,
        };
    }
}
