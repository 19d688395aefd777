//! The choice between several answers, and why there may be none to any question.
//!
//! Callers check [`super::Terminal::can_ask`] first, so somebody is there to answer. Ctrl-C at any
//! question gives [`AskError::Cancelled`], with the cursor shown again.

use std::fmt;
use std::io::{self, Write};

use dialoguer::theme::SimpleTheme;

use crate::platform;
use crate::platform::RawMode;
use crate::terminal::Terminal;
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
        // Input/output error: what writing to a lost terminal gives.
        let is_lost = error.raw_os_error() == Some(5);
        match error.kind() {
            io::ErrorKind::Interrupted | io::ErrorKind::UnexpectedEof => Self::Cancelled,
            _ if is_lost => Self::Cancelled,
            _ => Self::Io(error),
        }
    }
}

/// One of the answers to choose from: what is shown, and the value that it gives.
#[derive(Debug, Clone, Copy)]
pub struct Choice<T> {
    pub label: &'static str,
    pub value: T,
}

impl Terminal {
    /// Asks for one of several answers; the first one is marked, unless lines are plain. Errors if
    /// the person leaves.
    pub fn choose<T: Copy>(
        &mut self,
        question: &str,
        choices: &[Choice<T>],
    ) -> Result<T, AskError> {
        self.flush()?;
        // The prompt redraws itself for each key and expects a question of one line. A long one is
        // therefore written here, and so is the answer.
        let question = textwrap::fill(&one_line(question), self.page.width.unwrap_or(WIDEST));
        if self.plain_lines {
            return self.choose_by_number(&question, choices);
        }
        let labels: Vec<&str> = choices.iter().map(|choice| choice.label).collect();
        let theme = SimpleTheme;
        #[expect(clippy::disallowed_methods, reason = "this is the room that asks")]
        let chosen = with_ctrl_c(|| {
            writeln!(io::stderr().lock(), "\n{question}")?;
            dialoguer::Select::with_theme(&theme).items(&labels).default(0).report(false).interact()
        })?;
        let choice = choices.get(chosen).ok_or(AskError::Cancelled)?;
        writeln!(io::stderr().lock(), "> {}", choice.label)?;
        Ok(choice.value)
    }

    /// The same in plain lines: each answer has a number, and nothing is drawn again.
    fn choose_by_number<T: Copy>(
        &mut self,
        question: &str,
        choices: &[Choice<T>],
    ) -> Result<T, AskError> {
        let mut err = io::stderr().lock();
        writeln!(err, "\n{question}")?;
        for (at, choice) in choices.iter().enumerate() {
            writeln!(err, "{}. {}", at + 1, choice.label)?;
        }
        drop(err);
        loop {
            let answer = self.ask_line(self.phrases.ask_number)?;
            let number = answer.trim().parse::<usize>().ok();
            let choice = number.and_then(|number| choices.get(number.checked_sub(1)?));
            if let Some(choice) = choice {
                return Ok(choice.value);
            }
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
