//! The person's pager, through which long output goes at a terminal.
//!
//! It is started with the first data, so a verb that finds nothing starts none. Data streams to its
//! standard input. Before anything else is said or asked, and at the end of the run, that input is
//! closed and dwell waits until the pager ends. If a pager cannot be started, nothing is lost: the
//! data then goes to standard output.

use std::io::{self, BufWriter, Write};
use std::process::{Child, ChildStdin, Command, Stdio};

use crate::platform::InterruptsIgnored;
use crate::terminal::{Terminal, is_closed_pipe};

/// The pager if none is named. `F` ends it at once if the text fits on the screen, `R` shows
/// styles, and `X` leaves the text on the screen.
const DEFAULT: [&str; 2] = ["less", "-FRX"];

/// Where data goes.
#[derive(Debug, Default)]
pub(super) enum Paging {
    /// Straight to standard output.
    #[default]
    Off,
    /// Through this command, or the default one, from the next data on.
    Pending(Option<String>),
    On(Pager),
}

/// Why the person's pager could not be started, with its command.
#[derive(Debug)]
pub enum PagerError {
    /// A shell could not read the command: a quote has no end.
    Unreadable(String),
    /// There is no such program.
    Missing(String),
    Io {
        command: String,
        source: io::Error,
    },
}

/// A running pager. Dropping it waits until it ends.
#[derive(Debug)]
pub(super) struct Pager {
    /// `None` after it was closed.
    input: Option<BufWriter<ChildStdin>>,
    child: Child,
    _interrupts: InterruptsIgnored,
}

impl Terminal {
    /// Sends the data that follows through the pager of this command, or through the default one if
    /// none is named. Does so only at a terminal. Blank and `cat` mean no pager.
    pub fn page_long_output(&mut self, command: Option<&str>) {
        if self.can_page && matches!(self.paging, Paging::Off) {
            self.paging = Paging::Pending(command.map(str::to_owned));
        }
    }

    /// Starts the pager, and says so if it cannot be started. Errors if standard output cannot be
    /// written.
    pub(super) fn start_pager(&mut self, command: Option<&str>) -> io::Result<()> {
        // Earlier output comes before the pager.
        self.out.flush()?;
        let Some(named) = command else {
            // The person did not choose it, so nothing is said if it is not installed.
            self.paging = start(&DEFAULT, &[]).map_or(Paging::Off, Paging::On);
            return Ok(());
        };
        let Ok(words) = shell_words::split(named) else {
            return self.report_no_pager(&PagerError::Unreadable(named.to_owned()));
        };
        let words: Vec<&str> = words.iter().map(String::as_str).collect();
        if matches!(words[..], [] | ["" | "cat"]) {
            return Ok(());
        }
        // The pager may be less, which shows styles as plain codes unless `R` is set.
        let more: &[_] = if self.less_is_set { &[] } else { &[("LESS", "R")] };
        match start(&words, more) {
            Ok(pager) => {
                self.paging = Paging::On(pager);
                Ok(())
            }
            Err(error) if error.kind() == io::ErrorKind::NotFound => {
                self.report_no_pager(&PagerError::Missing(named.to_owned()))
            }
            Err(source) => {
                self.report_no_pager(&PagerError::Io { command: named.to_owned(), source })
            }
        }
    }

    fn report_no_pager(&mut self, error: &PagerError) -> io::Result<()> {
        let (message, hint) = (self.phrases.no_pager)(error);
        self.complain(&message, hint.as_deref())
    }

    /// Waits until the person has left the pager, if there is one. Errors if data could not be sent
    /// to it. To leave it early is not a failure, and its exit status does not matter.
    pub(super) fn end_pager(&mut self) -> io::Result<()> {
        match std::mem::take(&mut self.paging) {
            Paging::On(mut pager) => match pager.end() {
                Err(error) if !is_closed_pipe(&error) => Err(error),
                _ => Ok(()),
            },
            other => {
                self.paging = other;
                Ok(())
            }
        }
    }
}

impl Pager {
    fn end(&mut self) -> io::Result<()> {
        // Closing its input tells the pager that the text has ended.
        let sent = self.input.take().map_or(Ok(()), |mut input| input.flush());
        self.child.wait()?;
        sent
    }
}

impl Write for Pager {
    fn write(&mut self, data: &[u8]) -> io::Result<usize> {
        match &mut self.input {
            Some(input) => input.write(data),
            None => Err(io::ErrorKind::BrokenPipe.into()),
        }
    }

    fn flush(&mut self) -> io::Result<()> {
        self.input.as_mut().map_or(Ok(()), Write::flush)
    }
}

impl Drop for Pager {
    fn drop(&mut self) {
        // The terminal belongs to the pager until it ends, also after a failure.
        let _ = self.end();
    }
}

fn start(words: &[&str], environment: &[(&str, &str)]) -> io::Result<Pager> {
    let (program, arguments) = words.split_first().ok_or(io::ErrorKind::NotFound)?;
    let interrupts = InterruptsIgnored::leave();
    let mut command = Command::new(program);
    command.args(arguments).envs(environment.iter().copied()).stdin(Stdio::piped());
    let mut child = command.spawn()?;
    let input = child.stdin.take().map(BufWriter::new);
    Ok(Pager { input, child, _interrupts: interrupts })
}
