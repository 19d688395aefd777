//! Questions at a terminal: choices, confirmations, one line, many lines.
//!
//! Callers check [`super::Terminal::can_ask`] first; nothing here is reached without somebody to
//! answer. Ctrl-C at any question gives [`AskError::Cancelled`], with the cursor shown again.

use std::fmt;
use std::io::{self, Write};

use dialoguer::theme::SimpleTheme;
use rustyline::error::ReadlineError;

use crate::platform;
use crate::platform::RawMode;
use crate::terminal::Terminal;
use crate::terminal::multiline::Lines;
use crate::text::WIDEST;
use crate::text::one_line;

/// Why there is no answer.
#[derive(Debug)]
pub enum AskError {
    /// The person pressed Ctrl-C, or the terminal went away.
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

/// One of the answers to choose from: what is shown, and what it stands for.
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
    /// With the key that opens the editor: the text so far.
    OpensEditor(String),
}

impl Terminal {
    /// Asks for one of several answers; the first one is marked.
    pub fn choose<T: Copy>(
        &mut self,
        question: &str,
        choices: &[Choice<T>],
    ) -> Result<T, AskError> {
        self.flush()?;
        let labels: Vec<&str> = choices.iter().map(|choice| choice.label).collect();
        let theme = SimpleTheme;
        // The prompt redraws itself for each key and takes a question for one line of the screen,
        // so a long one is written here, and so is the answer.
        let question = textwrap::fill(&one_line(question), self.page.width.unwrap_or(WIDEST));
        #[expect(clippy::disallowed_methods, reason = "this is the room that asks")]
        let chosen = caught(|| {
            writeln!(io::stderr().lock(), "\n{question}")?;
            dialoguer::Select::with_theme(&theme).items(&labels).default(0).report(false).interact()
        })?;
        let choice = choices.get(chosen).ok_or(AskError::Cancelled)?;
        writeln!(io::stderr().lock(), "> {}", choice.label)?;
        Ok(choice.value)
    }

    /// Asks whether to go on; Enter means no.
    pub fn confirm(&mut self, question: &str) -> Result<bool, AskError> {
        self.flush()?;
        let theme = SimpleTheme;
        let prompt = one_line(question);
        #[expect(clippy::disallowed_methods, reason = "this is the room that asks")]
        caught(|| {
            dialoguer::Confirm::with_theme(&theme).with_prompt(prompt).default(false).interact()
        })
    }

    /// Asks for one line and gives it as it was typed, empty if nothing was. What was pasted may
    /// have line breaks in it; the caller knows what they mean.
    pub fn ask_line(&mut self, question: &str) -> Result<String, AskError> {
        self.flush()?;
        let prompt = format!("{} ", one_line(question));
        match self.lines()?.read_line(&prompt) {
            Err(ReadlineError::Eof) => Ok(String::new()),
            line => Ok(line?),
        }
    }

    /// What was typed at the last question for one line when the person left it with Ctrl-C.
    pub fn left_line(&self) -> Option<String> {
        self.lines.as_ref().map(Lines::left)
    }

    /// Asks for a text of several lines, with `initial` in it to begin with. `keep` is given the
    /// whole text each time that it is to be kept: with every finished line, and at every end, also
    /// when the person leaves. The text is without the empty lines that ended it.
    pub fn ask_text(
        &mut self,
        initial: &str,
        keep: impl FnMut(&str) + Send + 'static,
    ) -> Result<TextEnd, AskError> {
        self.flush()?;
        Ok(self.lines()?.read_text(initial, Box::new(keep))?)
    }

    fn lines(&mut self) -> rustyline::Result<&mut Lines> {
        match &mut self.lines {
            Some(lines) => Ok(lines),
            none => Ok(none.insert(Lines::new()?)),
        }
    }
}

/// Runs a prompt with Ctrl-C caught, and shows the cursor again after one that was interrupted.
fn caught<T>(prompt: impl FnOnce() -> dialoguer::Result<T>) -> Result<T, AskError> {
    platform::take_interrupt();
    let keys = RawMode::hold();
    let answer = prompt();
    drop(keys);
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
