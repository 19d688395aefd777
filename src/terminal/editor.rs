//! The person's own editor, started on a file.
//!
//! This file starts the program and waits for it. What stands in the edited file, before and after,
//! is for the caller.

use std::fmt;
use std::io;
use std::path::Path;
use std::process::{Child, ExitStatus};
use std::time::{Duration, Instant};

use crate::platform::{self, InterruptsIgnored};
use crate::terminal::shell_command::{self, NOT_FOUND, StartError, Started};
use crate::terminal::vim;

/// The commands that start an editor, each as it would be typed in a shell.
#[derive(Debug, Clone, Default)]
pub struct Editor {
    /// The command that the person has set, if there is one. No other is tried then.
    pub wanted: Option<String>,
    /// The commands that are tried one after the other if none is set.
    pub usual: Vec<String>,
}

/// Why the file could not be edited. It is as the editor left it.
#[derive(Debug)]
pub enum EditorError {
    /// None is set, and none of the usual ones is installed.
    NoneFound,
    /// A shell could not read the command: a quote has no end, or it is empty.
    Unreadable(String),
    /// There is no such program.
    Missing(String),
    /// It ended with a failure: with this exit code, or with none because it was killed.
    Failed { command: String, code: Option<i32> },
    /// It could not be started.
    Io(io::Error),
}

/// An editor that ends sooner than this without a change may have opened a window.
const AT_ONCE: Duration = Duration::from_secs(1);
/// How often a new editor is looked at, and so the time that it may end late.
const LOOK: Duration = Duration::from_millis(10);

impl Editor {
    /// Opens the file and waits until the editor ends. Returns whether it ended at once and did
    /// not use the terminal: the file may then be open in a window. An editor of the family of vim
    /// is told to leave nothing of a text that is a `secret`.
    ///
    /// Errors if no editor is found, if it cannot be started, or if it ends with a failure.
    pub fn open(&self, file: &Path, secret: bool) -> Result<bool, EditorError> {
        if let Some(wanted) = &self.wanted {
            return run(wanted, file, secret);
        }
        for usual in &self.usual {
            match run(usual, file, secret) {
                Err(EditorError::Missing(_)) => {}
                other => return other,
            }
        }
        Err(EditorError::NoneFound)
    }
}

/// Runs one editor, as [`Editor::open`].
fn run(command: &str, file: &Path, secret: bool) -> Result<bool, EditorError> {
    // Ctrl-C at the terminal is for the editor.
    let _interrupts = InterruptsIgnored::hold();
    let started = shell_command::start(command, |program| {
        if secret && vim::is_vim(command) {
            program.args(vim::LEAVES_NOTHING);
        }
        program.arg(file);
    });
    let named = || command.to_owned();
    let Started { mut child, is_shell } = started.map_err(|error| match error {
        StartError::Unreadable => EditorError::Unreadable(named()),
        StartError::Missing => EditorError::Missing(named()),
        StartError::Io(error) => EditorError::Io(error),
    })?;
    let (status, may_be_window) = wait(&mut child).map_err(EditorError::Io)?;
    match status.code() {
        Some(0) => Ok(may_be_window),
        Some(NOT_FOUND) if is_shell => Err(EditorError::Missing(named())),
        // The shell tells of a signal in this way.
        Some(128..) if is_shell => Err(EditorError::Failed { command: named(), code: None }),
        code => Err(EditorError::Failed { command: named(), code }),
    }
}

/// Waits until the editor ends. Also returns whether it ended at once and left the terminal alone.
/// An editor in the terminal sets it to read keys; one that opens a window does not.
fn wait(child: &mut Child) -> io::Result<(ExitStatus, bool)> {
    let started = Instant::now();
    while started.elapsed() < AT_ONCE {
        if platform::terminal_is_taken() {
            return Ok((child.wait()?, false));
        }
        if let Some(status) = child.try_wait()? {
            return Ok((status, true));
        }
        std::thread::sleep(LOOK);
    }
    Ok((child.wait()?, false))
}

/// For logs and tests. What a person is told is in `messages`.
impl fmt::Display for EditorError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        fmt::Debug::fmt(self, f)
    }
}

impl std::error::Error for EditorError {
    fn source(&self) -> Option<&(dyn std::error::Error + 'static)> {
        match self {
            Self::Io(error) => Some(error),
            _ => None,
        }
    }
}
