//! The person's own editor, started on a file.
//!
//! This room starts the program and waits for it; what the file holds before and after is the
//! caller's. Told apart are: it ended well, it was gone at once, it failed, it is not there.

use std::fmt;
use std::io;
use std::path::Path;
use std::process::{Command, ExitStatus};
use std::time::{Duration, Instant};

/// The commands to try, in order, each as it would be typed in a shell.
#[derive(Debug, Clone, Default)]
pub struct Editor {
    /// The first one set is used, and no other: a person who names an editor wants that one.
    pub wanted: Option<String>,
    /// Tried in turn where none is wanted.
    pub usual: Vec<String>,
}

/// Why the file could not be edited. It is as the editor left it.
#[derive(Debug)]
pub enum EditorError {
    /// None is named, and none of the usual ones is installed.
    NoneNamed,
    /// The command is not one a shell could read.
    Unreadable(String),
    /// There is no such program.
    Missing(String),
    /// It ended with a failure.
    Failed { command: String, status: ExitStatus },
    /// It could not be started.
    Io(io::Error),
}

/// An editor that is back sooner than this and has changed nothing has most likely opened a window.
const AT_ONCE: Duration = Duration::from_secs(1);

impl Editor {
    /// Opens the file and waits until the editor ends. True if it was back at once: where the file
    /// is unchanged then, it may be open in a window.
    ///
    /// Errors if no editor is there, if it cannot be started, or if it ends with a failure.
    pub fn open(&self, file: &Path) -> Result<bool, EditorError> {
        let started = Instant::now();
        self.run(file)?;
        Ok(started.elapsed() < AT_ONCE)
    }

    fn run(&self, file: &Path) -> Result<(), EditorError> {
        if let Some(wanted) = &self.wanted {
            return start(wanted, file);
        }
        for usual in &self.usual {
            match start(usual, file) {
                Err(EditorError::Missing(_)) => {}
                other => return other,
            }
        }
        Err(EditorError::NoneNamed)
    }
}

fn start(command: &str, file: &Path) -> Result<(), EditorError> {
    let words =
        shell_words::split(command).map_err(|_| EditorError::Unreadable(command.to_owned()))?;
    let Some((program, arguments)) = words.split_first() else {
        return Err(EditorError::Unreadable(command.to_owned()));
    };
    let status = Command::new(program).args(arguments).arg(file).status();
    match status {
        Ok(status) if status.success() => Ok(()),
        Ok(status) => Err(EditorError::Failed { command: command.to_owned(), status }),
        Err(error) if error.kind() == io::ErrorKind::NotFound => {
            Err(EditorError::Missing(command.to_owned()))
        }
        Err(error) => Err(EditorError::Io(error)),
    }
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
