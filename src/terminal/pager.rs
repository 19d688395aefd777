//! The person's pager, through which long output goes at a terminal.
//!
//! It is started with the first data, so a verb that finds nothing starts none. Data streams to its
//! standard input. Before anything else is said or asked, and at the end of the run, that input is
//! closed and dwell waits until the pager ends. If a pager cannot be started, nothing is lost: the
//! data then goes to standard output.

use std::io::{self, BufWriter, Write};
use std::process::{Child, ChildStdin, Stdio};

use crate::platform::InterruptsIgnored;
use crate::terminal::less;
use crate::terminal::shell_command::{self, NOT_FOUND, StartError, Started};
use crate::terminal::{Terminal, is_closed_pipe};

/// The pager if none is named. `F` ends it at once if the text fits on the screen, `R` shows
/// styles, and `X` leaves the text on the screen.
const DEFAULT: [&str; 2] = ["less", "-FRX"];

/// More than any pipe holds: of data beyond this, the pager has read some.
const LARGEST_PIPE: usize = 4 << 20;

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
    command: String,
    /// `None` after it was closed.
    input: Option<BufWriter<ChildStdin>>,
    child: Child,
    /// All data so far, as long as a shell runs the command and may have found no such program.
    unread: Option<Vec<u8>>,
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
            self.paging = start(&DEFAULT.join(" "), None).map_or(Paging::Off, Paging::On);
            return Ok(());
        };
        let words = shell_words::split(named).unwrap_or_else(|_| vec![named.to_owned()]);
        let words: Vec<&str> = words.iter().map(String::as_str).collect();
        if matches!(words[..], [] | ["" | "cat"]) {
            return Ok(());
        }
        match start(named, less::options(&words, self.less.as_deref()).as_deref()) {
            Ok(pager) => {
                self.paging = Paging::On(pager);
                Ok(())
            }
            Err(StartError::Unreadable) => {
                self.report_no_pager(&PagerError::Unreadable(named.to_owned()))
            }
            Err(StartError::Missing) => {
                self.report_no_pager(&PagerError::Missing(named.to_owned()))
            }
            Err(StartError::Io(source)) => {
                self.report_no_pager(&PagerError::Io { command: named.to_owned(), source })
            }
        }
    }

    fn report_no_pager(&mut self, error: &PagerError) -> io::Result<()> {
        let (message, hint) = (self.phrases.no_pager)(error);
        self.complain(&message, hint.as_deref())
    }

    /// Sends data to the pager. Errors if the person has left it; if it was never there, the data
    /// goes to standard output, and so does all that follows.
    pub(super) fn send_to_pager(&mut self, data: &[u8]) -> io::Result<()> {
        let Paging::On(pager) = &mut self.paging else { return self.out.write_all(data) };
        match pager.send(data) {
            Err(error) if is_closed_pipe(&error) && self.leave_pager()? => Err(error),
            Err(error) if !is_closed_pipe(&error) => Err(error),
            _ => Ok(()),
        }
    }

    /// Waits until the person has left the pager, if there is one. Errors if data could not be sent
    /// to it. To leave it early is not a failure, and its exit status does not matter.
    pub(super) fn end_pager(&mut self) -> io::Result<()> {
        self.leave_pager().map(|_| ())
    }

    /// The same. False if there was no such pager: all data then is on standard output.
    fn leave_pager(&mut self) -> io::Result<bool> {
        let mut pager = match std::mem::take(&mut self.paging) {
            Paging::On(pager) => pager,
            other => {
                self.paging = other;
                return Ok(true);
            }
        };
        let sent = pager.end();
        if let Some(data) = pager.unread_data() {
            let command = std::mem::take(&mut pager.command);
            self.report_no_pager(&PagerError::Missing(command))?;
            self.out.write_all(&data)?;
            return Ok(false);
        }
        match sent {
            Err(error) if !is_closed_pipe(&error) => Err(error),
            _ => Ok(true),
        }
    }
}

impl Pager {
    fn send(&mut self, data: &[u8]) -> io::Result<()> {
        match &mut self.unread {
            Some(unread) if unread.len() < LARGEST_PIPE => unread.extend_from_slice(data),
            unread => *unread = None,
        }
        self.input.as_mut().map_or(Err(io::ErrorKind::BrokenPipe.into()), |to| to.write_all(data))
    }

    fn end(&mut self) -> io::Result<()> {
        // Closing its input tells the pager that the text has ended.
        let sent = self.input.take().map_or(Ok(()), |mut input| input.flush());
        self.child.wait()?;
        sent
    }

    /// All data, if the shell found no pager to read it. Called after the end.
    fn unread_data(&mut self) -> Option<Vec<u8>> {
        let status = self.child.wait().ok()?;
        self.unread.take().filter(|_| status.code() == Some(NOT_FOUND))
    }
}

impl Drop for Pager {
    fn drop(&mut self) {
        // The terminal belongs to the pager until it ends, also after a failure.
        let _ = self.end();
    }
}

fn start(command: &str, less: Option<&str>) -> Result<Pager, StartError> {
    let interrupts = InterruptsIgnored::hold();
    let started = shell_command::start(command, |pager| {
        pager.stdin(Stdio::piped()).envs(less.iter().map(|options| ("LESS", options)));
    });
    let Started { mut child, is_shell } = started?;
    let input = child.stdin.take().map(BufWriter::new);
    let unread = is_shell.then(Vec::new);
    Ok(Pager { command: command.to_owned(), input, child, unread, _interrupts: interrupts })
}
