//! A saved state of a reflection, with what changed in it.

use serde::Serialize;

use super::{instant, line};
use crate::journal::Day;
use crate::journal::change::{Change, changes};
use crate::journal::reflection::{self, Fate, Revision};

/// A saved state of a day's reflection as one line of JSON; `number` counts from 1.
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
    let changes = before.map(|before| changes(before, &revision.text)).unwrap_or_default();
    line(&WireRevision {
        day: day.to_string(),
        revision: number,
        text: &revision.text,
        words: reflection::words(&revision.text),
        written_at: instant(revision.written_at),
        state: match revision.fate {
            Fate::Current => "current",
            Fate::Revised => "revised",
            Fate::Deleted => "deleted",
            Fate::TakenBack => "taken_back",
        },
        changes: changes
            .into_iter()
            .map(|Change { removed, added }| WireChange { removed, added })
            .collect(),
    })
}
