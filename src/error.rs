//! What went wrong, the next step, and the exit code it maps to.
//!
//! One type for the whole program. A message names the thing, in lower case and without a full
//! stop; a hint names what to type or do next.

use std::fmt;
use std::io;

use crate::clock::ClockError;
use crate::config::ConfigError;
use crate::journal::ParseError;
use crate::journal::look_back::rest::HolidayError;
use crate::library::SeriesError;
use crate::messages;
use crate::messages::Message;
use crate::store::{Damage, FactFault, Refusal, StoreError, Unusable};
use crate::terminal::AskError;
use crate::terminal::editor::EditorError;

pub type Result<T> = std::result::Result<T, Error>;

/// A failure as the person is told of it.
#[derive(Debug)]
pub struct Error {
    pub kind: Kind,
    pub message: String,
    pub hint: Option<String>,
}

/// The kinds of failure, each with an exit code of its own.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Kind {
    /// Nothing there: no match, no such day, nothing to undo. Exit code 1.
    Nothing,
    /// Wrong usage or input. Exit code 2.
    Usage,
    /// The journal, or another file that words are kept in, could not be read or written. Exit
    /// code 3.
    Journal,
    /// The person left. Exit code 130.
    Cancelled,
    /// The reader of the output went away, which is no failure. Exit code 0.
    ClosedPipe,
}

impl Kind {
    pub fn exit_code(self) -> u8 {
        match self {
            Self::ClosedPipe => 0,
            Self::Nothing => 1,
            Self::Usage => 2,
            Self::Journal => 3,
            Self::Cancelled => 130,
        }
    }
}

impl Error {
    pub fn nothing(message: impl Into<Message>) -> Self {
        Self::new(Kind::Nothing, message)
    }

    pub fn usage(message: impl Into<Message>) -> Self {
        Self::new(Kind::Usage, message)
    }

    pub fn journal(message: impl Into<Message>) -> Self {
        Self::new(Kind::Journal, message)
    }

    pub fn cancelled(message: impl Into<Message>) -> Self {
        Self::new(Kind::Cancelled, message)
    }

    fn new(kind: Kind, message: impl Into<Message>) -> Self {
        let Message { text, hint } = message.into();
        Self { kind, message: text, hint }
    }

    /// The same failure with the next step.
    #[must_use]
    pub fn hint(mut self, hint: impl Into<String>) -> Self {
        self.hint = Some(hint.into());
        self
    }
}

impl fmt::Display for Error {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.message)
    }
}

impl std::error::Error for Error {}

/// Only standard output and standard error are written through `io::Error` unchanged.
impl From<io::Error> for Error {
    fn from(error: io::Error) -> Self {
        if crate::terminal::is_closed_pipe(&error) {
            return Self::new(Kind::ClosedPipe, "the reader has gone");
        }
        Self::journal(format!("the output could not be written: {error}"))
    }
}

impl From<AskError> for Error {
    fn from(error: AskError) -> Self {
        match error {
            AskError::Cancelled => Self::cancelled("left"),
            AskError::Draft(error) => Self::journal(format!("the draft cannot be read: {error}"))
                .hint("its file is as it was written"),
            AskError::Io(error) => Self::journal(format!("the terminal failed: {error}")),
        }
    }
}

impl From<EditorError> for Error {
    fn from(error: EditorError) -> Self {
        Self::usage(error.to_string())
    }
}

impl From<ClockError> for Error {
    fn from(error: ClockError) -> Self {
        Self::usage(messages::clock::error(&error))
    }
}

impl From<ConfigError> for Error {
    fn from(error: ConfigError) -> Self {
        let message = messages::settings::error(&error);
        match error {
            ConfigError::Io { .. } => Self::journal(message),
            _ => Self::usage(message),
        }
    }
}

impl From<SeriesError> for Error {
    fn from(error: SeriesError) -> Self {
        Self::usage(messages::library::error(&error))
    }
}

impl From<ParseError> for Error {
    fn from(error: ParseError) -> Self {
        Self::usage(messages::parse::error(&error))
    }
}

impl From<HolidayError> for Error {
    fn from(error: HolidayError) -> Self {
        Self::usage(messages::parse::holiday(error))
    }
}

impl From<StoreError> for Error {
    fn from(error: StoreError) -> Self {
        match error {
            StoreError::Unusable { path, why } => unusable(&path.display().to_string(), &why),
            StoreError::Refused { path, why, source } => {
                refused(&path.display().to_string(), why, &source)
            }
            StoreError::Damaged(Damage::Pages(found)) => {
                Self::journal(format!("the journal is damaged and was left as it is: {found}"))
                    .hint("keep a copy of the file before anything else")
            }
            StoreError::Damaged(damage) => {
                let what = match damage {
                    Damage::Fact { id, fault: FactFault::Hash } => {
                        format!("fact {id} is not what was written")
                    }
                    Damage::Fact { id, fault: FactFault::Time } => {
                        format!("fact {id} has no possible time")
                    }
                    Damage::Fact { id, fault: FactFault::Body } => {
                        format!("fact {id} cannot be read")
                    }
                    Damage::Column(name) => format!("the value of {name} cannot be read"),
                    Damage::NoEntry(day) => format!("there is no entry of {day}"),
                    Damage::Pages(found) => found,
                };
                Self::journal(format!("the journal holds a damaged row: {what}"))
            }
            StoreError::NotYet { day, today } => {
                Self::usage(format!("{day} has not come yet")).hint(format!("today is {today}"))
            }
            StoreError::NoLessonLeft { paused } => Self::nothing("no lesson is left to serve")
                .hint(match paused {
                    Some(slug) => format!("dwell series resume {slug}, or dwell series add FILE"),
                    None => "dwell series add FILE, or dwell lesson again LESSON week".to_owned(),
                }),
            StoreError::ChangedMeanwhile { day } => Self::usage(format!(
                "the entry of {day} has changed meanwhile, so nothing was done"
            ))
            .hint(format!("dwell show {day}, then try again")),
            StoreError::NoLessonToRepeat { day } => {
                Self::usage(format!("{day} had no lesson that could come again"))
                    .hint("leave out --again")
            }
            StoreError::TracesLeft { path, source } => Self::journal(format!(
                "the words are gone from the journal, but {} could not be made anew, so traces may \
                 be left in it: {source}",
                path.display()
            ))
            .hint("the same command again, when no other program uses the journal"),
        }
    }
}

fn unusable(path: &str, why: &Unusable) -> Error {
    let said = |what: String| Error::journal(format!("{path} {what}"));
    let other = "use --journal to name a journal, or a file that is not there yet";
    match why {
        Unusable::NotAFile => said("is not a file".to_owned()).hint(other),
        Unusable::NotOpened(error) => said(format!("cannot be opened: {error}"))
            .hint("see whether the file is yours, or use --journal"),
        Unusable::NotRead(error) => said(format!("cannot be read: {error}"))
            .hint("see whether it is a file and yours, or use --journal"),
        Unusable::NotCreated(error) => said(format!("cannot be created: {error}"))
            .hint("see whether the folder is yours, or use --journal"),
        Unusable::Gone => said("is gone again".to_owned()),
        Unusable::Empty => said("is empty, which no journal is".to_owned())
            .hint("if words were in it, get it back from a backup; if not, remove the empty file"),
        Unusable::NotAJournal => said("is not a journal".to_owned()).hint(other),
        Unusable::OtherProgram => said("belongs to another program".to_owned()).hint(other),
        Unusable::CutShort => said("is damaged: it is not whole".to_owned())
            .hint("leave the file as it is and keep a copy of it before anything else"),
        Unusable::Newer { form, known } => {
            said(format!("was written by a newer dwell (form {form}, known up to {known})"))
                .hint("update dwell")
        }
    }
}

fn refused(path: &str, why: Refusal, error: &dyn std::error::Error) -> Error {
    let said = |what: &str| Error::journal(format!("{path} {what}"));
    match why {
        Refusal::Locked => {
            said("is locked by another program").hint("try again when the other program is done")
        }
        Refusal::ReadOnly => {
            said("is read-only").hint("make the file and its folder writable, or use --journal")
        }
        Refusal::DiskFull => said("could not be written: the disk is full")
            .hint("make room on the disk, then try again"),
        Refusal::NotOpened => {
            said("could not be opened").hint("see whether the file and its folder are yours")
        }
        // A failing disk looks the same as a damaged file, so nothing is repaired from here.
        Refusal::Unreadable => said("could not be read: it is damaged, or the disk is failing")
            .hint("leave the file as it is and keep a copy of it before anything else"),
        Refusal::WriteFailed => said("could not be written: the disk fails, or a limit is reached")
            .hint("see to the disk, then try again"),
        Refusal::DiskFailed => said("could not be read or written: the disk reports an error")
            .hint("see to the disk, then try again"),
        Refusal::Other => said(&format!("failed: {error}")),
    }
}
