//! Questions at a terminal: choices, confirmations, one line, many lines.
//!
//! Callers check [`super::Terminal::can_ask`] first, so somebody is there to answer. Ctrl-C at any
//! question gives [`AskError::Cancelled`], with the cursor shown again.

use std::fmt;
use std::io::{self, Write};

use dialoguer::theme::SimpleTheme;
use rustyline::error::ReadlineError;

use crate::platform;
use crate::platform::RawMode;
use crate::terminal::Terminal;
use crate::terminal::multiline::LineEditor;
use crate::text::WIDEST;
use crate::text::one_line;

/// Why there is no answer.
#[derive(Debug)]
pub enum AskError {
    /// The person pressed Ctrl-C, or the terminal is gone.
    Cancelled,
    Io(io::Error),
}

/// For logs and tests. What a person is told is in `messages`.
impl fmt::Display for AskError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        fmt::Debug::fmt(self, f)
    }
}

impl std::error::Error for AskError {
    fn source(&self) -> Option<&(dyn std::error::Error + 'static)> {
        match self {
            Self::Cancelled => None,
            Self::Io(error) => Some(error),
        }
    }
}

impl From<io::Error> for AskError {
    fn from(error: io::Error) -> Self {
        match error.kind() {
            io::ErrorKind::Interrupted | io::ErrorKind::UnexpectedEof => Self::Cancelled,
            _ => Self::Io(error),
        }
    }
}

impl From<ReadlineError> for AskError {
    fn from(error: ReadlineError) -> Self {
        match error {
            ReadlineError::Io(error) => Self::from(error),
            ReadlineError::Eof | ReadlineError::Interrupted => Self::Cancelled,
            // The others differ between systems.
            error => Self::Io(io::Error::other(error.to_string())),
        }
    }
}

/// One of the answers to choose from: what is shown, and the value that it gives.
#[derive(Debug, Clone, Copy)]
pub struct Choice<T> {
    pub label: &'static str,
    pub value: T,
}

/// How the person ended a text of several lines.
#[derive(Debug)]
pub enum TextEnd {
    /// With two empty lines or Ctrl-D. The text may be empty.
    Done(String),
    /// With the key that opens the editor. The text is what was typed so far.
    OpensEditor(String),
}

impl Terminal {
    /// Asks for one of several answers; the first one is marked. Errors if the person leaves.
    pub fn choose<T: Copy>(
        &mut self,
        question: &str,
        choices: &[Choice<T>],
    ) -> Result<T, AskError> {
        self.flush()?;
        let labels: Vec<&str> = choices.iter().map(|choice| choice.label).collect();
        let theme = SimpleTheme;
        // The prompt redraws itself for each key and expects a question of one line. A long one is
        // therefore written here, and so is the answer.
        let question = textwrap::fill(&one_line(question), self.page.width.unwrap_or(WIDEST));
        #[expect(clippy::disallowed_methods, reason = "this is the room that asks")]
        let chosen = with_ctrl_c(|| {
            writeln!(io::stderr().lock(), "\n{question}")?;
            dialoguer::Select::with_theme(&theme).items(&labels).default(0).report(false).interact()
        })?;
        let choice = choices.get(chosen).ok_or(AskError::Cancelled)?;
        writeln!(io::stderr().lock(), "> {}", choice.label)?;
        Ok(choice.value)
    }

    /// Asks whether to go on; Enter means no. Errors if the person leaves.
    pub fn confirm(&mut self, question: &str) -> Result<bool, AskError> {
        self.flush()?;
        let theme = SimpleTheme;
        let prompt = one_line(question);
        #[expect(clippy::disallowed_methods, reason = "this is the room that asks")]
        with_ctrl_c(|| {
            dialoguer::Confirm::with_theme(&theme).with_prompt(prompt).default(false).interact()
        })
    }

    /// Asks for one line and returns it as it was typed, empty if nothing was. A paste may have
    /// line breaks in it; the caller decides what they mean. Errors if the person leaves.
    pub fn ask_line(&mut self, question: &str) -> Result<String, AskError> {
        self.flush()?;
        let prompt = format!("{} ", one_line(question));
        match self.line_editor()?.read_line(&prompt) {
            Err(ReadlineError::Eof) => Ok(String::new()),
            line => Ok(line?),
        }
    }

    /// What was typed at the last question for one line, after the person left it with Ctrl-C.
    pub fn left_line(&self) -> Option<String> {
        self.line_editor.as_ref().map(LineEditor::left_line)
    }

    /// Asks for a text of several lines, which begins with `initial`. `keep` is called with the
    /// whole text each time that it should be kept: after every finished line and at every end,
    /// also when the person leaves. The empty lines that end the text are not part of it. Errors if
    /// the person leaves.
    pub fn ask_text(
        &mut self,
        initial: &str,
        keep: impl FnMut(&str) + Send + 'static,
    ) -> Result<TextEnd, AskError> {
        self.flush()?;
        Ok(self.line_editor()?.read_text(initial, Box::new(keep))?)
    }

    fn line_editor(&mut self) -> rustyline::Result<&mut LineEditor> {
        match &mut self.line_editor {
            Some(editor) => Ok(editor),
            none => Ok(none.insert(LineEditor::new()?)),
        }
    }
}

/// Runs a prompt in which Ctrl-C gives [`AskError::Cancelled`], with the cursor shown again.
fn with_ctrl_c<T>(prompt: impl FnOnce() -> dialoguer::Result<T>) -> Result<T, AskError> {
    platform::take_interrupt();
    let raw_mode = RawMode::hold();
    let answer = prompt();
    drop(raw_mode);
    let interrupted = platform::take_interrupt();
    match answer {
        Ok(answer) if !interrupted => Ok(answer),
        Ok(_) => Err(AskError::Cancelled),
        Err(dialoguer::Error::IO(error)) => {
            let mut err = io::stderr().lock();
            // Shows the cursor, which the prompt had hidden.
            let _ = err.write_all(b"\x1b[?25h\n");
            Err(if interrupted { AskError::Cancelled } else { error.into() })
        }
    }
}
