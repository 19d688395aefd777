//! Questions that are answered in lines: one line, or a text of several.
//!
//! The lines are read key by key, because a terminal that gives whole lines cuts long ones. They
//! are shown as they are typed, and nothing on the screen changes after that. What is typed is
//! kept meanwhile; the caller decides where.

use std::collections::VecDeque;
use std::io;
use std::time::{Duration, Instant};

use crate::terminal::input::Input;
use crate::terminal::keep_schedule::KeepSchedule;
use crate::terminal::question::{Heard, Question, write};
use crate::terminal::typed_text::{TypedText, Wanted};
use crate::terminal::{AskError, Terminal};
use crate::text::one_line;

/// Nobody types this number of bytes ahead of a question: they are the rest of a paste.
const PASTE: usize = 200;

/// How the person ended a text of several lines.
#[derive(Debug)]
pub enum TextEnd {
    /// With two empty lines or Ctrl-D. The text may be empty.
    Done(String),
    /// With the key that opens the editor. The text is what was typed so far.
    OpensEditor(String),
}

impl Terminal {
    /// Asks for one line and returns it as it was typed, empty if nothing was. A paste may have
    /// line breaks in it; the caller decides what they mean. Errors if the person leaves.
    pub fn ask_line(&mut self, question: &str) -> Result<String, AskError> {
        let prompt = format!("{} ", one_line(question));
        let mut line = TypedText::line();
        let ended = self.type_in(&prompt, &mut line, &mut |_, _| {});
        self.left_line.clone_from(&line.text);
        ended.map(|_| line.text)
    }

    /// What was typed at the last question for one line, after the person left it.
    pub fn left_line(&self) -> Option<String> {
        Some(self.left_line.clone()).filter(|line| !line.is_empty())
    }

    /// Asks for a text of several lines, which begins with `initial`. `keep` is called with the
    /// whole text each time that it should be kept: within a second, after every finished line and
    /// at every end, also when the person leaves. Its second argument is whether what is kept
    /// should survive a power cut too. The empty lines that end the text are not part of it. Errors
    /// if the person leaves.
    pub fn ask_text(
        &mut self,
        initial: &str,
        mut keep: impl FnMut(&str, bool),
    ) -> Result<TextEnd, AskError> {
        let mut lines = TypedText::lines(initial);
        let ended = self.type_in("", &mut lines, &mut keep)?;
        let mut text = lines.text;
        if ended == Wanted::OpenEditor {
            return Ok(TextEnd::OpensEditor(text));
        }
        text.truncate(text.trim_end_matches('\n').len());
        keep(&text, false);
        Ok(TextEnd::Done(text))
    }

    /// Lets the person type until they end it. Errors if they leave.
    pub(super) fn type_in(
        &mut self,
        prompt: &str,
        typed: &mut TypedText,
        keep: &mut dyn FnMut(&str, bool),
    ) -> Result<Wanted, AskError> {
        let question = Question::open(self)?;
        let initial = std::mem::take(&mut typed.echo);
        write(&format!("{prompt}{initial}"))?;
        let mut typing = Typing {
            echoes: question.echoes(),
            question,
            prompt,
            typed,
            keep,
            schedule: KeepSchedule::default(),
        };
        let ended = typing.run();
        typing.keep_typed(ended.is_err());
        let is_open = !prompt.is_empty() || !typing.typed.shown_line().is_empty();
        if is_open && (typing.echoes || ended.is_err()) {
            // If the terminal is gone, there is nothing to write on.
            let _ = write("\n");
        }
        ended
    }
}

/// The reading of lines.
struct Typing<'a> {
    question: Question<'a>,
    prompt: &'a str,
    /// Whether what is typed is shown here.
    echoes: bool,
    typed: &'a mut TypedText,
    keep: &'a mut dyn FnMut(&str, bool),
    schedule: KeepSchedule,
}

impl Typing<'_> {
    /// Reads until a key ends it, and returns what the key asks for.
    fn run(&mut self) -> Result<Wanted, AskError> {
        loop {
            let within =
                self.schedule.next().map(|at| at.saturating_duration_since(Instant::now()));
            let end = match self.question.wait(within)? {
                Heard::Typed(inputs) => self.take(inputs.into())?,
                Heard::Suspend => self.suspend().map(|()| None)?,
                Heard::WentOn => self.write_again().map(|()| None)?,
                Heard::TimeOut => None,
            };
            match end {
                Some(Wanted::Cancel) => return Err(AskError::Cancelled),
                Some(end) => return Ok(end),
                None => self.keep_if_due(),
            }
        }
    }

    /// Takes what was read at once. Returns what a key asks for that ends the typing; what comes
    /// after it is for the next question.
    fn take(&mut self, mut inputs: VecDeque<Input>) -> Result<Option<Wanted>, AskError> {
        let mut end = None;
        let mut ended_line = false;
        while let Some(input) = inputs.pop_front() {
            self.schedule.note_change(Instant::now());
            match self.typed.take(&input) {
                Wanted::Nothing => {}
                Wanted::NextLine => ended_line = true,
                Wanted::EndUnlessPasted if self.is_pasted(&mut inputs)? => {}
                Wanted::Suspend => self.suspend()?,
                wanted => {
                    end = Some(wanted);
                    break;
                }
            }
        }
        self.question.unread(inputs);
        self.show_typed()?;
        if ended_line {
            self.keep_typed(false);
        }
        Ok(end)
    }

    /// Whether more is coming than somebody types ahead. `rest` is what was read with it, and what
    /// comes is added to it.
    fn is_pasted(&mut self, rest: &mut VecDeque<Input>) -> Result<bool, AskError> {
        let bytes = rest.iter().map(|input| match input {
            Input::Text(text) | Input::Paste(text) => text.len(),
            Input::Key(_) => 1,
        });
        if bytes.sum::<usize>() > PASTE {
            return Ok(true);
        }
        match self.question.wait(Some(Duration::ZERO))? {
            Heard::Typed(more) if !more.is_empty() => {
                rest.extend(more);
                Ok(true)
            }
            Heard::Suspend => self.suspend().map(|()| false).map_err(AskError::from),
            Heard::WentOn => self.write_again().map(|()| false).map_err(AskError::from),
            Heard::Typed(_) | Heard::TimeOut => Ok(false),
        }
    }

    fn suspend(&mut self) -> io::Result<()> {
        self.show_typed()?;
        self.keep_typed(true);
        self.question.suspend()?;
        self.write_again()
    }

    fn show_typed(&mut self) -> io::Result<()> {
        let echo = std::mem::take(&mut self.typed.echo);
        if self.echoes { write(&echo) } else { Ok(()) }
    }

    /// Writes the open line, after other programs have used the screen.
    fn write_again(&mut self) -> io::Result<()> {
        self.typed.echo.clear();
        write(&format!("{}{}", self.prompt, self.typed.shown_line()))
    }

    fn keep_if_due(&mut self) {
        if let Some(syncs) = self.schedule.due(Instant::now()) {
            self.keep_typed(syncs);
        }
    }

    /// Keeps what is typed, if there is anything new.
    fn keep_typed(&mut self, syncs: bool) {
        if self.schedule.take(syncs) {
            (self.keep)(&self.typed.text, syncs);
        }
    }
}
