//! The person's own editor, started on a file.
//!
//! This file starts the program and waits for it. What stands in the edited file, before and after,
//! is for the caller.

use std::fmt;
use std::io;
use std::path::Path;
use std::process::{Command, ExitStatus};
use std::time::{Duration, Instant};

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
    /// It ended with a failure.
    Failed { command: String, status: ExitStatus },
    /// It could not be started.
    Io(io::Error),
}

/// An editor that ends sooner than this without a change has most likely opened a window.
const AT_ONCE: Duration = Duration::from_secs(1);

impl Editor {
    /// Opens the file and waits until the editor ends. Returns whether it ended at once: if the
    /// file is unchanged then, it may still be open in a window.
    ///
    /// Errors if no editor is found, if it cannot be started, or if it ends with a failure.
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
        Err(EditorError::NoneFound)
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
