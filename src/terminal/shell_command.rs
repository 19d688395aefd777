//! A command that the person has set, run as a shell would run it.
//!
//! git runs `EDITOR` and `PAGER` in the same way: a command with a sign that means something to a
//! shell goes to `sh`, and any other is the name of a program. So variables, `~`, quotes and
//! functions work here as they work there.

use std::io;
use std::process::{Child, Command};

use crate::platform;

/// Why a command could not be started.
#[derive(Debug)]
pub(super) enum StartError {
    /// No shell could read it: a quote has no end, or it is empty.
    Unreadable,
    /// There is no such program.
    Missing,
    Io(io::Error),
}

/// A process that was started.
#[derive(Debug)]
pub(super) struct Started {
    pub(super) child: Child,
    /// A shell runs the command, so its exit code may be one of the shell's own.
    pub(super) is_shell: bool,
}

/// The exit code with which a shell says that it found no such program.
pub(super) const NOT_FOUND: i32 = 127;

/// Starts a command; `prepare` adds its arguments and its input. A text that is the name of a
/// program is started as that program, whatever signs it holds.
pub(super) fn start(text: &str, prepare: impl Fn(&mut Command)) -> Result<Started, StartError> {
    let spawn = |mut command: Command, is_shell| {
        prepare(&mut command);
        command.spawn().map(|child| Started { child, is_shell })
    };
    let error = match spawn(Command::new(text), false) {
        Ok(started) => return Ok(started),
        Err(error) => error,
    };
    let words = shell_words::split(text).map_err(|_| StartError::Unreadable)?;
    let Some((program, arguments)) = words.split_first() else {
        return Err(StartError::Unreadable);
    };
    if !text.contains(is_special) {
        return Err(error.into());
    }
    if let Some(shell) = platform::shell(text) {
        return Ok(spawn(shell, true)?);
    }
    let mut command = Command::new(program);
    command.args(arguments);
    Ok(spawn(command, false)?)
}

/// The signs that git takes for those of a shell.
fn is_special(c: char) -> bool {
    c.is_ascii_whitespace() || "|&;<>()$`\\\"'*?[#~=%".contains(c)
}

impl From<io::Error> for StartError {
    fn from(error: io::Error) -> Self {
        match error.kind() {
            io::ErrorKind::NotFound => Self::Missing,
            _ => Self::Io(error),
        }
    }
}
