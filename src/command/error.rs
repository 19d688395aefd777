//! What a failure means to the person: its exit code, and the message with the next step.
//!
//! The rooms below fail with typed errors. Here each becomes an [`Error`], worded by `messages`.

use std::error::Error as StdError;
use std::fmt;
use std::io;

use crate::clock::ClockError;
use crate::compose::SaveError;
use crate::config::ConfigError;
use crate::drafts::DraftError;
use crate::journal::ParseError;
use crate::journal::look_back::rest::HolidayError;
use crate::library::SeriesError;
use crate::messages;
use crate::messages::Message;
use crate::seal::SealError;
use crate::store::StoreError;
use crate::terminal::EditorError;
use crate::terminal::{AskError, is_closed_pipe};

pub type Result<T> = std::result::Result<T, Error>;

/// A failure in the form in which the person is told.
#[derive(Debug)]
pub struct Error {
    pub kind: Kind,
    pub message: Message,
    /// The exit code alone tells of it.
    pub is_untold: bool,
    /// The typed error that this failure was made from.
    source: Option<Box<dyn StdError + Send + Sync>>,
}

/// The kinds of failure, each with an exit code of its own.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Kind {
    /// Nothing was found: no match, no such day, nothing to undo. Exit code 1.
    Nothing,
    /// Wrong usage or input. Exit code 2.
    Usage,
    /// The journal, or another file that words are kept in, could not be read or written. Exit
    /// code 3.
    Journal,
    /// The person left. Exit code 130.
    Cancelled,
}

impl Kind {
    pub fn exit_code(self) -> u8 {
        match self {
            Self::Nothing => 1,
            Self::Usage => 2,
            Self::Journal => 3,
            Self::Cancelled => 130,
        }
    }
}

impl Error {
    pub fn nothing(message: Message) -> Self {
        Self::new(Kind::Nothing, message)
    }

    pub fn usage(message: Message) -> Self {
        Self::new(Kind::Usage, message)
    }

    pub fn journal(message: Message) -> Self {
        Self::new(Kind::Journal, message)
    }

    pub fn cancelled(message: Message) -> Self {
        Self::new(Kind::Cancelled, message)
    }

    fn new(kind: Kind, message: Message) -> Self {
        Self { kind, message, is_untold: false, source: None }
    }

    /// What the findings of an examination mean. They were told before.
    pub fn of_findings(kind: Kind) -> Self {
        Self::new(kind, Message::new("")).untold()
    }

    /// The failure of a question that is asked before anything is changed.
    pub fn before_any_change(error: AskError) -> Self {
        match error {
            AskError::Cancelled => {
                Self::cancelled(messages::terminal::stopped_before_any_change()).because_of(error)
            }
            AskError::Io(_) => error.into(),
        }
    }

    /// The same failure with this next step instead of its own.
    #[must_use]
    pub fn hint(self, hint: impl Into<String>) -> Self {
        Self { message: self.message.hint(hint), ..self }
    }

    /// The same failure, of which the exit code alone tells.
    #[must_use]
    pub fn untold(self) -> Self {
        Self { is_untold: true, ..self }
    }

    /// The same failure with the typed error that it was made from.
    fn because_of(self, source: impl StdError + Send + Sync + 'static) -> Self {
        Self { source: Some(Box::new(source)), ..self }
    }

    /// Whether another program has locked the journal.
    pub fn is_locked(&self) -> bool {
        let source = self.source.as_ref();
        let source = source.and_then(|source| source.downcast_ref::<StoreError>());
        source.is_some_and(StoreError::is_locked)
    }

    /// Whether the reader closed the pipe, which is not a failure.
    pub fn is_closed_pipe(&self) -> bool {
        let source = self.source.as_ref().and_then(|source| source.downcast_ref::<io::Error>());
        source.is_some_and(is_closed_pipe)
    }
}

impl fmt::Display for Error {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.message.text)
    }
}

impl StdError for Error {
    fn source(&self) -> Option<&(dyn StdError + 'static)> {
        self.source.as_deref().map(|source| source as _)
    }
}

/// Only writing to standard output and standard error fails with a plain `io::Error`.
impl From<io::Error> for Error {
    fn from(error: io::Error) -> Self {
        Self::journal(messages::terminal::output(&error)).because_of(error)
    }
}

impl From<AskError> for Error {
    fn from(error: AskError) -> Self {
        let kind = match error {
            AskError::Cancelled => Kind::Cancelled,
            AskError::Io(_) => Kind::Journal,
        };
        Self::new(kind, messages::terminal::ask(&error)).because_of(error)
    }
}

impl From<EditorError> for Error {
    fn from(error: EditorError) -> Self {
        Self::usage(messages::terminal::editor(&error)).because_of(error)
    }
}

impl From<ClockError> for Error {
    fn from(error: ClockError) -> Self {
        Self::usage(messages::clock::error(&error)).because_of(error)
    }
}

impl From<ConfigError> for Error {
    fn from(error: ConfigError) -> Self {
        let kind = match error {
            ConfigError::Io { .. } => Kind::Journal,
            ConfigError::NoHome
            | ConfigError::RelativeHome(_)
            | ConfigError::NotToml { .. }
            | ConfigError::BadValue { .. } => Kind::Usage,
        };
        Self::new(kind, messages::settings::error(&error)).because_of(error)
    }
}

impl From<SeriesError> for Error {
    fn from(error: SeriesError) -> Self {
        Self::usage(messages::library::error(&error)).because_of(error)
    }
}

impl From<ParseError> for Error {
    fn from(error: ParseError) -> Self {
        Self::usage(messages::parse::error(&error)).because_of(error)
    }
}

impl From<HolidayError> for Error {
    fn from(error: HolidayError) -> Self {
        Self::usage(messages::parse::holiday(error)).because_of(error)
    }
}

impl From<DraftError> for Error {
    fn from(error: DraftError) -> Self {
        Self::journal(messages::saving::drafts_failed(&error)).because_of(error)
    }
}

impl From<SaveError> for Error {
    fn from(error: SaveError) -> Self {
        match error {
            SaveError::Store(error) => error.into(),
            SaveError::NothingWritten { day } => {
                Self::nothing(messages::entries::nothing_written(day)).because_of(error)
            }
            SaveError::NoEntry { day } => {
                Self::nothing(messages::entries::none_on(day)).because_of(error)
            }
            SaveError::NoStep { day } => {
                Self::nothing(messages::steps::none_on(day)).because_of(error)
            }
            SaveError::AfterTheCalendar => {
                Self::usage(messages::lessons::after_the_calendar()).because_of(error)
            }
        }
    }
}

impl From<SealError> for Error {
    fn from(error: SealError) -> Self {
        Self::journal(messages::seal::error(&error)).because_of(error)
    }
}

impl From<StoreError> for Error {
    fn from(error: StoreError) -> Self {
        let kind = match error {
            StoreError::Unusable { .. }
            | StoreError::Refused { .. }
            | StoreError::Damaged { .. }
            | StoreError::ImportRuns
            | StoreError::NoBackup(_)
            | StoreError::Sealed(_)
            | StoreError::NotWritten { .. }
            | StoreError::TracesLeft { .. } => Kind::Journal,
            StoreError::NotYet { .. }
            | StoreError::ClockBehind { .. }
            | StoreError::DoneMeanwhile
            | StoreError::ChangedMeanwhile { .. }
            | StoreError::TooLarge { .. }
            | StoreError::NoLessonToRepeat { .. }
            | StoreError::NotWhole => Kind::Usage,
            StoreError::NoLessonLeft { .. } => Kind::Nothing,
        };
        Self::new(kind, messages::store::error(&error)).because_of(error)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_failure_has_the_one_it_was_made_from_as_its_source() {
        let full = io::Error::from(io::ErrorKind::StorageFull);
        let error = Error::from(full);
        assert!(error.source().is_some_and(<dyn StdError>::is::<io::Error>));
        assert_eq!(error.kind.exit_code(), 3);
        assert!(!error.is_closed_pipe());
        assert!(Error::nothing(messages::undo::nothing()).source().is_none());
    }

    #[test]
    fn a_closed_pipe_is_told_apart() {
        assert!(Error::from(io::Error::from(io::ErrorKind::BrokenPipe)).is_closed_pipe());
    }
}
