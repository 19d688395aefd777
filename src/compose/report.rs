//! How a save ended: the new entry, or why the journal did not take the text, and where the text
//! is.

use std::fmt;
use std::path::PathBuf;

use crate::drafts::{DraftError, Extras};
use crate::journal::{Day, Entry};
use crate::store::{StoreError, WriteResult};

/// The result of a save.
#[derive(Debug)]
pub struct SaveReport {
    /// The entry of the day after the save.
    pub entry: Entry,
    /// The journal had the same text before, so nothing was saved.
    pub is_unchanged: bool,
    /// The text was added below another.
    pub below: bool,
    /// The text that this one replaced, if the person had not seen it. It stays as a revision.
    pub replaced_text: Option<String>,
    /// The step that the new one replaced.
    pub replaced_step: Option<String>,
    /// Another process changed the text after the person began. Both texts are kept.
    pub met_newer: bool,
}

/// A text that the journal did not take.
#[derive(Debug)]
pub struct UnsavedText {
    pub why: SaveError,
    pub place: Place,
}

/// The place of a text that the journal did not take.
#[derive(Debug)]
pub enum Place {
    /// In this draft file.
    Draft(PathBuf),
    /// Only here: the caller must show it to the person, with what was to be saved together with
    /// it. The error is why there is no draft.
    Nowhere { text: String, extras: Extras, error: DraftError },
}

/// Why the journal did not take a text.
#[derive(Debug)]
pub enum SaveError {
    /// The journal could not be read or written, or refused the change.
    Store(StoreError),
    /// The day has no reflection to revise or to add an afterthought to.
    NothingWritten { day: Day },
    /// The day is not today and has no entry, so it can have no step.
    NoEntry { day: Day },
    /// The day has no step to answer.
    NoStep { day: Day },
    /// The lesson would come again after the calendar's end.
    AfterTheCalendar,
}

/// For logs and tests. `messages` has the sentence for a person.
impl fmt::Display for SaveError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        fmt::Debug::fmt(self, f)
    }
}

impl std::error::Error for SaveError {
    fn source(&self) -> Option<&(dyn std::error::Error + 'static)> {
        match self {
            Self::Store(error) => Some(error),
            Self::NothingWritten { .. }
            | Self::NoEntry { .. }
            | Self::NoStep { .. }
            | Self::AfterTheCalendar => None,
        }
    }
}

impl From<StoreError> for SaveError {
    fn from(error: StoreError) -> Self {
        Self::Store(error)
    }
}

impl SaveReport {
    pub(super) fn of(entry: Entry) -> Self {
        Self {
            entry,
            is_unchanged: false,
            below: false,
            replaced_text: None,
            replaced_step: None,
            met_newer: false,
        }
    }
}

impl From<WriteResult> for SaveReport {
    fn from(written: WriteResult) -> Self {
        let WriteResult { entry, below, replaced_step } = written;
        Self { below, replaced_step, ..Self::of(entry) }
    }
}
