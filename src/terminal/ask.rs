//! Questions at a terminal: choices, confirmations, one line, many lines.
//!
//! Callers check [`super::Terminal::can_ask`] first; nothing here is reached without somebody to
//! answer. Ctrl-C at any question gives [`AskError::Cancelled`], with the cursor shown again.

use std::fmt;
use std::io::{self, Write};

use dialoguer::theme::SimpleTheme;
use rustyline::error::ReadlineError;

use crate::drafts::Draft;
use crate::platform;
use crate::platform::RawMode;
use crate::terminal::multiline;
use crate::terminal::multiline::Lines;
use crate::terminal::{Editor, Terminal};
use crate::text::WIDEST;
use crate::text::one_line;

/// Why there is no answer.
#[derive(Debug)]
pub enum AskError {
    /// The person pressed Ctrl-C, or the terminal went away.
    Cancelled,
    /// The draft could not be read; its file has what was written.
    Draft(io::Error),
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
            Self::Draft(error) | Self::Io(error) => Some(error),
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

/// What came of asking for words.
#[derive(Debug)]
pub enum Answer {
    /// The words, ended by the person.
    Words(String),
    /// The person ended without a word.
    Nothing,
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

    /// Asks for one line; `None` if it is left empty. A pasted line break becomes a space.
    pub fn ask_line(&mut self, question: &str) -> Result<Option<String>, AskError> {
        self.flush()?;
        let prompt = format!("{} ", one_line(question));
        let line = match self.lines()?.read_line(&prompt) {
            Ok(line) => line,
            Err(ReadlineError::Eof) => return Ok(None),
            Err(error) => return Err(error.into()),
        };
        Ok(crate::journal::entry::step::kept(&line))
    }

    /// What was typed at the last question for one line when the person left it with Ctrl-C.
    pub fn left_line(&self) -> Option<String> {
        let left = self.lines.as_ref().map(Lines::left)?;
        crate::journal::entry::step::kept(&left)
    }

    /// Asks for words over several lines, which are in the draft as they are typed. `initial` is
    /// there to begin with. An editor that fails is named and asking goes on.
    pub fn ask_words(
        &mut self,
        initial: &str,
        draft: &mut Draft,
        editor: &Editor,
    ) -> Result<Answer, AskError> {
        let mut text = initial.to_owned();
        self.data("\n")?;
        loop {
            self.say("Two empty lines or Ctrl-D end. Alt-E opens your editor.")?;
            self.say("Ctrl-C leaves and keeps a draft.")?;
            self.flush()?;
            let ended = self.lines()?.read_words(&text, draft)?;
            match ended {
                multiline::Ended::Done(words) if words.trim().is_empty() => {
                    return Ok(Answer::Nothing);
                }
                multiline::Ended::Done(words) => return Ok(Answer::Words(words)),
                multiline::Ended::Editor(words) => {
                    text = words;
                    if let Some(edited) = self.edit(&text, draft, editor)? {
                        text = edited;
                    }
                }
            }
        }
    }

    fn lines(&mut self) -> rustyline::Result<&mut Lines> {
        match &mut self.lines {
            Some(lines) => Ok(lines),
            none => Ok(none.insert(Lines::new()?)),
        }
    }

    /// Lets the person edit a draft whose text is `before`; `None` if nothing came of it, which
    /// has then been said.
    fn edit(
        &mut self,
        before: &str,
        draft: &mut Draft,
        editor: &Editor,
    ) -> Result<Option<String>, AskError> {
        use crate::terminal::editor::Edited;
        match editor.open(draft, before) {
            Ok(Edited::Saved(text)) if text.trim().is_empty() && !before.trim().is_empty() => {
                draft.write(before.as_bytes()).map_err(AskError::Draft)?;
                self.say("The editor left nothing. Your words are still here.")?;
                Ok(None)
            }
            Ok(Edited::Saved(text)) => Ok(Some(text.trim_end_matches(['\n', '\r']).to_owned())),
            Ok(Edited::Unchanged) => Ok(None),
            Ok(Edited::LeftAtOnce) => self.wait_for_window(draft).map(Some),
            Err(error) => {
                // It may have saved before it failed.
                let text = draft.read_again().map_err(AskError::Draft)?;
                self.complain(&error.to_string(), Some("your words are still here"))?;
                Ok(Some(text.trim_end_matches(['\n', '\r']).to_owned()))
            }
        }
    }

    /// For an editor that was gone at once: waits until the person says that they are done.
    pub fn wait_for_window(&mut self, draft: &mut Draft) -> Result<String, AskError> {
        self.say(
            "The editor came back at once. If it is open in another window, save there first.",
        )?;
        self.ask_line("Enter when you are done:")?;
        let text = draft.read_again().map_err(AskError::Draft)?;
        Ok(text.trim_end_matches(['\n', '\r']).to_owned())
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
