//! A revision of a reflection, with what changed in it.

use serde::Serialize;

use crate::journal::Day;
use crate::journal::entry::reflection;
use crate::journal::entry::reflection::{Revision, RevisionState};
use crate::text::diff::{Edit, edits};
use crate::view::json::line::{instant, line};

/// A revision of a day's reflection as one line of JSON; `number` counts from 1.
pub fn revision(day: Day, number: usize, revision: &Revision) -> String {
    #[derive(Serialize)]
    struct WireRevision<'a> {
        day: String,
        revision: usize,
        text: &'a str,
        words: usize,
        written_at: String,
        state: &'static str,
        changes: Vec<WireChange<'a>>,
    }
    #[derive(Serialize)]
    struct WireChange<'a> {
        removed: &'a str,
        added: &'a str,
    }
    let before = revision.before.as_deref();
    let changes = before.map(|before| edits(before, &revision.text)).unwrap_or_default();
    line(&WireRevision {
        day: day.to_string(),
        revision: number,
        text: &revision.text,
        words: reflection::word_count(&revision.text),
        written_at: instant(revision.written_at),
        state: match revision.fate {
            RevisionState::Current => "current",
            RevisionState::Revised => "revised",
            RevisionState::Deleted => "deleted",
            RevisionState::Undone => "taken_back",
        },
        changes: changes
            .into_iter()
            .map(|Edit { removed, added }| WireChange { removed, added })
            .collect(),
    })
}
