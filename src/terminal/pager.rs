//! The person's pager, through which long output goes at a terminal.
//!
//! It is started with the first data, so that a verb which finds nothing starts none. Data streams
//! to its standard input; before anything else is said or asked, and at the end of the run, that is
//! closed and the pager waited for. A pager that cannot be started loses nothing: the data then
//! goes where it would have gone without one.

use std::io::{self, BufWriter, Write};
use std::process::{Child, ChildStdin, Command, Stdio};

use crate::platform::InterruptsIgnored;
use crate::terminal::{Terminal, is_closed_pipe};

/// The pager where none is named: it is not there to stay for what fits on the screen, shows
/// styles, and leaves on the screen what was read.
const USUAL: [&str; 2] = ["less", "-FRX"];

/// Where data goes.
#[derive(Debug, Default)]
pub(super) enum Paging {
    /// Straight to standard output.
    #[default]
    Off,
    /// Through this command, or the usual one, from the next data on.
    Wanted(Option<String>),
    On(Pager),
}

/// Why the person's pager could not be started, with its command.
#[derive(Debug)]
pub enum PagerError {
    /// The command is not one a shell could read.
    Unreadable(String),
    /// There is no such program.
    Missing(String),
    Io {
        command: String,
        source: io::Error,
    },
}

/// A pager that runs.
#[derive(Debug)]
pub(super) struct Pager {
    /// `None` once it is closed.
    input: Option<BufWriter<ChildStdin>>,
    child: Child,
    _interrupts: InterruptsIgnored,
}

impl Terminal {
    /// Has the data that follows go through the pager of this command, or through the usual one
    /// where none is named, if somebody is there to read it. Blank and `cat` mean no pager.
    pub fn page_long_output(&mut self, command: Option<&str>) {
        if self.can_page && matches!(self.paging, Paging::Off) {
            self.paging = Paging::Wanted(command.map(str::to_owned));
        }
    }

    /// Starts the pager that is wanted, and says so if it cannot be started.
    pub(super) fn start_pager(&mut self, command: Option<&str>) -> io::Result<()> {
        // What was shown before the pager was wanted stands before it.
        self.out.flush()?;
        let Some(named) = command else {
            // That it is not installed is not the person's doing.
            self.paging = start(&USUAL, &[]).map_or(Paging::Off, Paging::On);
            return Ok(());
        };
        let Ok(words) = shell_words::split(named) else {
            return self.miss_pager(&PagerError::Unreadable(named.to_owned()));
        };
        let words: Vec<&str> = words.iter().map(String::as_str).collect();
        if matches!(words[..], [] | ["" | "cat"]) {
            return Ok(());
        }
        // Less shows styles as gibberish unless it is told otherwise, and it may be what is named.
        let more: &[_] = if self.less_is_set { &[] } else { &[("LESS", "R")] };
        match start(&words, more) {
            Ok(pager) => {
                self.paging = Paging::On(pager);
                Ok(())
            }
            Err(error) if error.kind() == io::ErrorKind::NotFound => {
                self.miss_pager(&PagerError::Missing(named.to_owned()))
            }
            Err(source) => self.miss_pager(&PagerError::Io { command: named.to_owned(), source }),
        }
    }

    fn miss_pager(&mut self, error: &PagerError) -> io::Result<()> {
        let (message, hint) = (self.phrases.no_pager)(error);
        self.complain(&message, hint.as_deref())
    }

    /// Waits until the person has left the pager, if there is one. Leaving it early is no failure,
    /// and neither is whatever status it ends with.
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
        // The end of its input is the end of the text.
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
        // Whatever happened here, the terminal is the pager's until it ends.
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
