//! A text of several lines, typed at a terminal and handed on to be kept while it is typed.
//!
//! Every finished line is handed on before the next one begins, so a terminal that goes away takes
//! at most the line being typed. The line editor brings pasting, wide characters and moving about;
//! this file says which keys end the text and when it is kept. Where it is kept is the caller's.

mod keys;

use std::sync::{Arc, Mutex};

use rustyline::error::ReadlineError;
use rustyline::history::MemHistory;
use rustyline::{Config, Editor, Event, EventHandler, KeyCode, KeyEvent, Modifiers};

use crate::terminal::TextEnd;
use keys::{Handler, Keep, Key, Shared, ends_in_empty_lines, lock};

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
        lock(&self.shared).text.clear();
        self.editor.readline(prompt)
    }

    /// What stood on the line that the person left with Ctrl-C.
    pub(super) fn left(&self) -> String {
        lock(&self.shared).text.clone()
    }

    /// Reads a text until the person ends it. `initial` is there to begin with.
    pub(super) fn read_text(&mut self, initial: &str, keep: Keep) -> rustyline::Result<TextEnd> {
        // The handlers must be free of borrows, so `keep` is lent to them for the time of reading.
        *lock(&self.shared) = Shared {
            keep: Some(keep),
            text: initial.to_owned(),
            reads_words: true,
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
            // No key was seen, so this terminal is one that only gives whole lines.
            read_lines(&line, editor, shared)?;
            Ok(TextEnd::Done(shared.text.trim_end_matches('\n').to_owned()))
        }
        Ok(_) => {
            // The empty lines that ended the text are not part of it.
            shared.text.truncate(shared.text.trim_end_matches('\n').len());
            shared.keep_text();
            Ok(TextEnd::Done(shared.text.clone()))
        }
        // Without this the terminal has gone, and nobody has ended anything.
        Err(ReadlineError::Eof) if shared.text.is_empty() => Ok(TextEnd::Done(String::new())),
        Err(error) => {
            if !shared.text.is_empty() {
                shared.keep_text();
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
