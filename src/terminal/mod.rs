//! The one way to the person: data goes to standard output, or through the pager to it, and all
//! else to standard error.
//!
//! Only this room knows whether somebody is there to read or to answer, and what a role of a text
//! looks like. Commands give it text and questions; they never print and never test for a terminal.
//! A reader who closes the pipe early is not a failure; [`is_closed_pipe`] recognises it.

mod ask;
mod draw;
mod editor;
pub mod input;
mod keep_schedule;
mod key;
mod less;
mod lines;
mod message;
mod pager;
mod phrases;
mod progress;
mod question;
mod screen;
mod secret;
mod shell_command;
mod typed_text;
mod vim;

use std::io::{self, BufWriter, IsTerminal, Write};

pub use ask::{AskError, Choice};
pub use editor::{Editor, EditorError};
pub use keep_schedule::KeepSchedule;
pub use key::KeyChoice;
pub use lines::TextEnd;
pub use pager::PagerError;
pub use phrases::Phrases;
pub use progress::ProgressLine;
pub use screen::{Happening, Screen};
pub use secret::{SecretCommandError, secret_of_command};

use anstyle::Style;
use input::Reader;
use pager::Paging;

use crate::text::{Page, Text, WIDEST};

/// The signal of Ctrl-C, which has this number on every system.
const SIGINT: i32 = 2;

/// What the person wants, and what the environment says about the terminal.
#[derive(Debug, Clone, Default)]
pub struct TerminalOptions {
    pub color: ColorChoice,
    /// `NO_COLOR` is set and not empty.
    pub no_color: bool,
    /// `TERM` is `dumb`.
    pub dumb: bool,
    /// `COLUMNS`, if it is set: the width where standard output is not a terminal.
    pub columns: Option<usize>,
    /// `LESS`, if it is set: the options that the person has chosen for that pager.
    pub less: Option<String>,
    /// Whether the terminal shows characters beyond ASCII.
    pub utf8: bool,
    /// Write nothing but errors to standard error.
    pub quiet: bool,
    /// Ask nothing, even at a terminal.
    pub no_input: bool,
    /// Use plain lines and not the page: the person wants it so, or the terminal is dumb.
    pub plain_lines: bool,
    /// Say words and numbers instead of drawings: the person hears what is shown.
    pub in_words: bool,
}

/// When output is styled.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum ColorChoice {
    /// At a terminal that is not dumb, unless `NO_COLOR` is set.
    #[default]
    Auto,
    Always,
    Never,
}

/// The way to the person.
#[derive(Debug)]
pub struct Terminal {
    out: BufWriter<io::Stdout>,
    paging: Paging,
    can_page: bool,
    /// `LESS`, if it is set.
    less: Option<String>,
    /// The terminal cannot move its cursor.
    is_dumb: bool,
    page: Page,
    phrases: Phrases,
    /// Whether messages on standard error have styles.
    message_color: bool,
    quiet: bool,
    can_ask: bool,
    /// Standard error is a terminal, and the person wants to be told.
    shows_progress: bool,
    plain_lines: bool,
    refuses_input: bool,
    /// Standard input is a terminal, so a read from it waits until somebody types.
    input_is_terminal: bool,
    output_is_terminal: bool,
    /// One for all questions, because it holds what was typed ahead of a question. A screen has it
    /// while it is open.
    reader: Reader,
    /// What was typed at the last question for one line.
    left_line: String,
    /// The signal that ended a question.
    ended_by: Option<i32>,
}

impl Terminal {
    pub fn open(options: &TerminalOptions, phrases: Phrases) -> Self {
        let out_is_terminal = io::stdout().is_terminal();
        let err_is_terminal = io::stderr().is_terminal();
        let input_is_terminal = io::stdin().is_terminal();
        let styled = |is_terminal: bool| match options.color {
            ColorChoice::Always => true,
            ColorChoice::Never => false,
            ColorChoice::Auto => is_terminal && !options.no_color && !options.dumb,
        };
        let columns = if out_is_terminal {
            terminal_size::terminal_size().map(|(width, _)| usize::from(width.0)).or(Some(80))
        } else {
            options.columns
        };
        Self {
            out: BufWriter::new(io::stdout()),
            paging: Paging::Off,
            can_page: input_is_terminal && out_is_terminal && !options.no_input && !options.dumb,
            less: options.less.clone(),
            is_dumb: options.dumb,
            page: Page {
                width: columns.map(|columns| columns.clamp(20, WIDEST)),
                screen: columns.unwrap_or(80).clamp(20, 400),
                color: styled(out_is_terminal),
                utf8: options.utf8,
                in_words: options.in_words,
            },
            phrases,
            message_color: styled(err_is_terminal),
            quiet: options.quiet,
            can_ask: input_is_terminal && out_is_terminal && err_is_terminal && !options.no_input,
            shows_progress: err_is_terminal && !options.quiet,
            plain_lines: options.plain_lines,
            refuses_input: options.no_input,
            input_is_terminal,
            output_is_terminal: out_is_terminal,
            reader: Reader::default(),
            left_line: String::new(),
            ended_by: None,
        }
    }

    /// The page that text for standard output is laid out for.
    pub fn page(&self) -> Page {
        self.page
    }

    /// Whether the terminal cannot move its cursor, as the one in an editor.
    pub fn is_dumb(&self) -> bool {
        self.is_dumb
    }

    /// Whether there is somebody to answer a question.
    pub fn can_ask(&self) -> bool {
        self.can_ask
    }

    /// Whether the page can have the screen: somebody can answer, they do not want plain lines, and
    /// the window is large enough.
    pub fn uses_page(&self) -> bool {
        let has_room = || {
            let size = terminal_size::terminal_size();
            size.is_some_and(|(width, height)| width.0 >= 40 && height.0 >= 16)
        };
        self.can_ask && !self.plain_lines && !self.is_dumb && has_room()
    }

    /// The progress line of work that begins now and may take long.
    pub fn progress_line(&self) -> ProgressLine {
        ProgressLine::new(self.shows_progress, self.plain_lines)
    }

    /// Whether the person forbids all questions, also those of an editor.
    pub fn refuses_input(&self) -> bool {
        self.refuses_input
    }

    /// Notes that this signal ended a question or a page.
    pub fn end_by(&mut self, signal: i32) {
        // Ctrl-C has an exit code of its own, however it comes.
        self.ended_by = Some(signal).filter(|signal| *signal != SIGINT);
    }

    /// The signal that ended a question or a page. The process must end by it when all is kept.
    pub fn ended_by(&self) -> Option<i32> {
        self.ended_by
    }

    /// Whether standard input is a pipe or a file, and not a terminal.
    pub fn has_piped_input(&self) -> bool {
        !self.input_is_terminal
    }

    /// Whether standard output is a terminal, so that a person sees it.
    pub fn output_is_terminal(&self) -> bool {
        self.output_is_terminal
    }

    /// Shows text on standard output, with styles if the page has them. Errors as `data` does.
    pub fn show(&mut self, text: &Text) -> io::Result<()> {
        self.data(if self.page.color { draw::draw(text) } else { text.plain() })
    }

    /// Writes bytes to standard output, or to the pager. Errors if they cannot be written; a closed
    /// pipe is such an error too.
    pub fn data(&mut self, data: impl AsRef<[u8]>) -> io::Result<()> {
        let data = data.as_ref();
        if let Paging::Pending(command) = &mut self.paging
            && !data.is_empty()
        {
            let command = command.take();
            self.paging = Paging::Off;
            self.start_pager(command.as_deref())?;
        }
        self.send_to_pager(data)
    }

    /// Writes out what is buffered. If a pager shows it, waits until the person has left the pager.
    /// Errors as `data` does.
    pub fn flush(&mut self) -> io::Result<()> {
        self.end_pager()?;
        self.out.flush()
    }

    /// Tells the person something, one line on standard error; nothing if they want quiet. Errors
    /// if earlier output cannot be written.
    pub fn say(&mut self, message: &str) -> io::Result<()> {
        if !self.quiet {
            // Earlier output comes first, and nothing is drawn over a pager.
            self.flush()?;
            self.write_message("", Style::new(), message);
        }
        Ok(())
    }

    /// Tells the person the next step, one line on standard error; nothing if they want quiet.
    /// Errors as `say` does.
    pub fn hint(&mut self, hint: &str) -> io::Result<()> {
        if !self.quiet {
            self.flush()?;
            self.write_message(self.phrases.hint, Style::new().dimmed(), hint);
        }
        Ok(())
    }

    /// Tells the person what is about to be done, as `say` does. Errors also if that cannot be
    /// written, so that it is not done unseen.
    pub fn say_before(&mut self, message: &str) -> io::Result<()> {
        if self.quiet { self.flush() } else { self.show_aside(message) }
    }

    /// Shows a text on standard error, also if the person wants quiet: a text that is about to be
    /// removed, or that is saved nowhere else. Errors if it cannot be written.
    pub fn show_aside(&mut self, text: &str) -> io::Result<()> {
        let flushed = self.flush();
        writeln!(io::stderr().lock(), "{}", message::text(text, message::width()))?;
        flushed
    }

    /// Says what could not be done and, if there is one, the next step. Errors if standard output
    /// cannot be written; the message is written first.
    pub fn complain(&mut self, message: &str, hint: Option<&str>) -> io::Result<()> {
        let (red, plain) = (anstyle::AnsiColor::Red.on_default(), Style::new());
        // The message may be about standard output, so this error must not hide it.
        let flushed = self.flush();
        self.write_message(self.phrases.program, red, message);
        if let Some(hint) = hint {
            self.write_message(self.phrases.hint, plain.dimmed(), hint);
        }
        flushed
    }

    fn write_message(&self, label: &str, style: Style, message: &str) {
        let style = if self.message_color { style } else { Style::new() };
        let lines = message::lines(label, message, message::width()).join("\n");
        let message = lines.strip_prefix(label).unwrap_or(&lines);
        // A message is not data: if nobody can read it, that is not a failure.
        let _ = writeln!(io::stderr().lock(), "{style}{label}{style:#}{message}");
    }
}

/// Whether the error means that the reader has closed the pipe.
pub fn is_closed_pipe(error: &io::Error) -> bool {
    error.kind() == io::ErrorKind::BrokenPipe
}
