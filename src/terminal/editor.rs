//! The person's own editor, started on a draft.
//!
//! The draft is the file that the editor opens, so whatever the editor does, the words are where
//! they were. What came of it is told apart: saved, left as it was, failed, not there, or still
//! open in another window.

use std::fmt;
use std::io;
use std::process::{Command, ExitStatus};
use std::time::{Duration, Instant};

use crate::drafts::Draft;

/// The commands to try, in order, each as it would be typed in a shell.
#[derive(Debug, Clone, Default)]
pub struct Editor {
    /// The first one set is used, and no other: a person who names an editor wants that one.
    pub wanted: Option<String>,
    /// Tried in turn where none is wanted.
    pub usual: Vec<String>,
}

/// What came of an editor.
#[derive(Debug, PartialEq, Eq)]
pub enum Edited {
    /// The text in the draft is another one now.
    Saved(String),
    /// The editor ended and the text is as it was.
    Unchanged,
    /// The editor was gone at once and the text is as it was: it may be open in a window.
    LeftAtOnce,
}

/// Why the text could not be edited. The draft is as the editor left it.
#[derive(Debug)]
pub enum EditorError {
    /// None is named, and none of the usual ones is installed.
    NoneNamed,
    /// The command is not one a shell could read.
    Unreadable(String),
    /// There is no such program.
    Missing(String),
    /// It ended with a failure.
    Failed {
        command: String,
        status: ExitStatus,
    },
    Io(io::Error),
}

/// An editor that is back sooner than this without a change has most likely opened a window.
const AT_ONCE: Duration = Duration::from_secs(1);

impl Editor {
    /// Opens the draft, whose text is `before`, and waits until the editor ends.
    pub fn open(&self, draft: &mut Draft, before: &str) -> Result<Edited, EditorError> {
        if !before.is_empty() && !before.ends_with('\n') {
            // As text files end, so that what is appended begins a line of its own.
            draft.write(format!("{before}\n").as_bytes()).map_err(EditorError::Io)?;
        }
        draft.sync().map_err(EditorError::Io)?;
        let started = Instant::now();
        self.run(draft)?;
        let text = draft.read_again().map_err(EditorError::Io)?;
        // Most editors end a file with a line break; that alone is no change.
        if text.trim_end_matches(['\n', '\r']) != before.trim_end_matches(['\n', '\r']) {
            Ok(Edited::Saved(text))
        } else if started.elapsed() < AT_ONCE {
            Ok(Edited::LeftAtOnce)
        } else {
            Ok(Edited::Unchanged)
        }
    }

    fn run(&self, draft: &Draft) -> Result<(), EditorError> {
        if let Some(wanted) = &self.wanted {
            return start(wanted, draft);
        }
        for usual in &self.usual {
            match start(usual, draft) {
                Err(EditorError::Missing(_)) => {}
                other => return other,
            }
        }
        Err(EditorError::NoneNamed)
    }
}

fn start(command: &str, draft: &Draft) -> Result<(), EditorError> {
    let words =
        shell_words::split(command).map_err(|_| EditorError::Unreadable(command.to_owned()))?;
    let Some((program, arguments)) = words.split_first() else {
        return Err(EditorError::Unreadable(command.to_owned()));
    };
    let status = Command::new(program).args(arguments).arg(draft.path()).status();
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
