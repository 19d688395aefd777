//! The one door to the person: data goes to standard output, or through the pager to it, all else to
//! standard error.
//!
//! Only this room knows whether anybody is there to read or to answer, and what a role of a text looks
//! like. Commands hand it text and questions; they never print and never test for a terminal. A reader who closes the pipe early
//! is no error, and is told apart by [`is_closed_pipe`].

mod ask;
mod draw;
mod editor;
mod key;
mod multiline;
mod pager;
mod phrases;
mod progress;

use std::io::{self, BufWriter, IsTerminal, Write};

pub use ask::{AskError, Choice, TextEnd};
pub use draw::ColorDepth;
pub use editor::{Editor, EditorError};
pub use key::{Key, KeyChoice};
pub use pager::PagerError;
pub use phrases::Phrases;
pub use progress::ProgressLine;

use anstyle::Style;
use pager::Paging;

use crate::text::{Page, Text, WIDEST, sanitise};

/// What the person asked for, and what the environment says of the terminal.
#[derive(Debug, Clone, Copy, Default)]
pub struct TerminalOptions {
    pub color: ColorChoice,
    /// `NO_COLOR` is set and not empty.
    pub no_color: bool,
    /// `TERM` is `dumb`.
    pub dumb: bool,
    /// `COLUMNS`, where it is set; decides the width where there is no terminal.
    pub columns: Option<usize>,
    /// `LESS` is set: the person has said how they want that pager to be.
    pub less: bool,
    /// How many colours the terminal has.
    pub depth: ColorDepth,
    /// Whether the terminal shows letters beyond ASCII.
    pub utf8: bool,
    /// Say nothing but errors on standard error.
    pub quiet: bool,
    /// Ask nothing, even at a terminal.
    pub no_input: bool,
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
    less_is_set: bool,
    /// The terminal has no way to move its cursor about.
    is_dumb: bool,
    page: Page,
    depth: ColorDepth,
    phrases: Phrases,
    talk_color: bool,
    quiet: bool,
    can_ask: bool,
    /// Standard error is a terminal that can move its cursor, and the person wants to be told.
    shows_progress: bool,
    refuses_input: bool,
    /// Standard input is a terminal, so reading from it waits for somebody to type.
    input_is_terminal: bool,
    /// Made for the first question that takes a line.
    lines: Option<multiline::Lines>,
}

impl Terminal {
    pub fn open(setup: &TerminalOptions, phrases: Phrases) -> Self {
        let out_is_terminal = io::stdout().is_terminal();
        let err_is_terminal = io::stderr().is_terminal();
        let input_is_terminal = io::stdin().is_terminal();
        let styled = |is_terminal: bool| match setup.color {
            ColorChoice::Always => true,
            ColorChoice::Never => false,
            ColorChoice::Auto => is_terminal && !setup.no_color && !setup.dumb,
        };
        let columns = if out_is_terminal {
            terminal_size::terminal_size().map(|(width, _)| usize::from(width.0)).or(Some(80))
        } else {
            setup.columns
        };
        Self {
            out: BufWriter::new(io::stdout()),
            paging: Paging::Off,
            can_page: input_is_terminal && out_is_terminal && !setup.no_input && !setup.dumb,
            less_is_set: setup.less,
            is_dumb: setup.dumb,
            page: Page {
                width: columns.map(|columns| columns.clamp(20, WIDEST)),
                screen: columns.unwrap_or(80).clamp(20, 400),
                color: styled(out_is_terminal),
                utf8: setup.utf8,
            },
            depth: setup.depth,
            phrases,
            talk_color: styled(err_is_terminal),
            quiet: setup.quiet,
            can_ask: input_is_terminal && out_is_terminal && err_is_terminal && !setup.no_input,
            shows_progress: err_is_terminal && !setup.dumb && !setup.quiet,
            refuses_input: setup.no_input,
            input_is_terminal,
            lines: None,
        }
    }

    /// The page that text for standard output is set on.
    pub fn page(&self) -> Page {
        self.page
    }

    /// Whether there is somebody to answer a question.
    pub fn can_ask(&self) -> bool {
        self.can_ask
    }

    /// A line for work that begins now and may take long.
    pub fn progress_line(&self) -> ProgressLine {
        ProgressLine::new(self.shows_progress)
    }

    /// Whether the person wants nothing asked, by whatever means.
    pub fn refuses_input(&self) -> bool {
        self.refuses_input
    }

    /// Whether standard input is something else than a person typing.
    pub fn has_piped_input(&self) -> bool {
        !self.input_is_terminal
    }

    /// Shows text on standard output, its roles as styles where there are any.
    pub fn show(&mut self, text: &Text) -> io::Result<()> {
        self.data(if self.page.color { draw::draw(text, self.depth) } else { text.plain() })
    }

    /// Writes data to standard output: bytes for a program.
    pub fn data(&mut self, data: impl AsRef<[u8]>) -> io::Result<()> {
        let data = data.as_ref();
        if let Paging::Wanted(command) = &mut self.paging
            && !data.is_empty()
        {
            let command = command.take();
            self.paging = Paging::Off;
            self.start_pager(command.as_deref())?;
        }
        match &mut self.paging {
            Paging::On(pager) => pager.write_all(data),
            _ => self.out.write_all(data),
        }
    }

    /// Sends what was written so far on its way. Where that is a pager, waits until it was left.
    pub fn flush(&mut self) -> io::Result<()> {
        self.end_pager()?;
        self.out.flush()
    }

    /// Says something to the person, one line, on standard error; nothing if they want quiet.
    pub fn say(&mut self, message: &str) -> io::Result<()> {
        if !self.quiet {
            // What was said on standard output before stands before, and nothing is drawn over a
            // pager.
            self.flush()?;
            self.talk("", Style::new(), message);
        }
        Ok(())
    }

    /// Shows words on standard error, whether or not the person wants quiet: words that are about
    /// to go, or that are nowhere else.
    pub fn show_aside(&mut self, words: &str) -> io::Result<()> {
        let flushed = self.flush();
        writeln!(io::stderr().lock(), "{}", sanitise(words).trim_end_matches('\n'))?;
        flushed
    }

    /// Says what could not be done and, if there is one, the next step.
    pub fn complain(&mut self, message: &str, hint: Option<&str>) -> io::Result<()> {
        let (red, plain) = (anstyle::AnsiColor::Red.on_default(), Style::new());
        // That standard output cannot be written may be the very thing to say.
        let flushed = self.flush();
        self.talk(self.phrases.program, red, message);
        if let Some(hint) = hint {
            self.talk(self.phrases.hint, plain.dimmed(), hint);
        }
        flushed
    }

    fn talk(&self, label: &str, style: Style, message: &str) {
        let style = if self.talk_color { style } else { Style::new() };
        let message = sanitise(message);
        // What is said is no data: that nobody hears it is no failure.
        let _ = writeln!(io::stderr().lock(), "{style}{label}{style:#}{message}");
    }
}

/// Whether the error means that the reader has closed the pipe.
pub fn is_closed_pipe(error: &io::Error) -> bool {
    error.kind() == io::ErrorKind::BrokenPipe
}
