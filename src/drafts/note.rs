//! What stands beside a draft in a file of its own, because its name has no room for it.

use std::path::PathBuf;

use serde_json::{Value, json};
use uuid::Uuid;

use crate::drafts::{Extras, JournalPlace};
use crate::journal::lesson::Interval;

/// What stands beside a draft.
#[derive(Debug, Default)]
pub(super) struct Note {
    /// The path of the journal when the draft was begun, and the id of the journal.
    pub(super) journal: Option<PathBuf>,
    pub(super) id: Option<Uuid>,
    pub(super) extras: Extras,
}

impl Note {
    pub(super) fn new(journal: Option<&JournalPlace>, extras: &Extras) -> Self {
        Self {
            journal: journal.map(|journal| journal.path.clone()),
            id: journal.and_then(|journal| journal.id),
            extras: extras.clone(),
        }
    }

    /// The note as an object of JSON, a member a line.
    pub(super) fn to_json(&self) -> String {
        let Extras { step, when, again } = &self.extras;
        let note = json!({
            // A path that is not UTF-8 is left out. The name of the draft still tells its journal.
            "journal": self.journal.as_ref().and_then(|path| path.to_str()),
            "id": self.id.map(|id| id.to_string()),
            "next": step,
            "when": when,
            "again": again.map(Interval::as_str),
        });
        format!("{note:#}\n")
    }

    /// Reads a note. A member that is missing or cannot be read is left out: the text of the draft
    /// counts more.
    pub(super) fn from_json(json: &[u8]) -> Self {
        let note: Value = serde_json::from_slice(json).unwrap_or_default();
        let text = |name: &str| note.get(name)?.as_str();
        Self {
            journal: text("journal").map(PathBuf::from),
            id: text("id").and_then(|id| id.parse().ok()),
            extras: Extras {
                step: text("next").map(str::to_owned),
                when: text("when").map(str::to_owned),
                again: text("again").and_then(|word| word.parse().ok()),
            },
        }
    }
}
