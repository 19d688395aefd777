//! The name of a draft's file: its day, its journal, its id and its purpose.

use std::path::{Path, PathBuf};

use uuid::Uuid;

use crate::drafts::Purpose;
use crate::journal::Day;
use crate::seal;

/// The place of the day in the name of a draft whose day is not known.
const NO_DAY: &str = "undated";

/// The parts of the name of a draft's file.
#[derive(Debug, Clone)]
pub(super) struct Name {
    pub(super) day: Option<Day>,
    /// Eight hexadecimal digits from the path of the journal.
    pub(super) key: String,
    /// Ids sort by time.
    pub(super) id: Uuid,
    pub(super) purpose: Purpose,
    /// Whether the draft is sealed, because its journal is locked.
    pub(super) is_sealed: bool,
}

impl Name {
    /// Parses a file name; `None` for any other file.
    pub(super) fn parse(name: &str) -> Option<Self> {
        let (stem, ending) = name.split_at_checked(stem_length(name)?)?;
        let (ending, is_sealed) = match ending.strip_suffix(seal::ENDING) {
            Some(ending) => (ending, true),
            None => (ending, false),
        };
        let (day, rest) = stem.split_once('.')?;
        let (key, id) = rest.split_once('.')?;
        let day = if day == NO_DAY { None } else { Some(day.parse().ok()?) };
        let purpose = Purpose::ALL.into_iter().find(|purpose| purpose.ending() == ending)?;
        Some(Self { day, key: key.to_owned(), id: Uuid::parse_str(id).ok()?, purpose, is_sealed })
    }

    /// The file of the text, in this folder.
    pub(super) fn text_file(&self, folder: &Path) -> PathBuf {
        folder.join(format!("{}{}{}", self.stem(), self.purpose.ending(), self.sealed_ending()))
    }

    /// The file of the note beside the text.
    pub(super) fn note_file(&self, folder: &Path) -> PathBuf {
        folder.join(format!("{}.json{}", self.stem(), self.sealed_ending()))
    }

    fn sealed_ending(&self) -> &'static str {
        if self.is_sealed { seal::ENDING } else { "" }
    }

    fn stem(&self) -> String {
        let day = self.day.map_or_else(|| NO_DAY.to_owned(), |day| day.to_string());
        format!("{day}.{}.{}", self.key, self.id)
    }
}

/// The id and the stem of a note's file, also of one that was not written to its end; `None` for
/// any other file.
pub(super) fn parse_note(name: &str) -> Option<(Uuid, &str)> {
    let (stem, ending) = name.split_at_checked(stem_length(name)?)?;
    let id = Uuid::parse_str(stem.rsplit('.').next()?).ok()?;
    ending.starts_with(".json").then_some((id, stem))
}

/// The length of the day, the key and the id at the beginning of a name.
fn stem_length(name: &str) -> Option<usize> {
    let (day, rest) = name.split_once('.')?;
    let (key, _) = rest.split_once('.')?;
    Some(day.len() + 1 + key.len() + 1 + 36)
}
