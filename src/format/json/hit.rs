//! What a search found: an entry with the place and the words around.

use serde::Serialize;

use super::{WireEntry, WireLesson, line};
use crate::journal::Lesson;
use crate::journal::search::{CLOSE, Found, Hit, OPEN};

/// A hit of a search as one line of JSON: the entry, where it was found, and the words around, with
/// those that were found in brackets. A lesson that was never served has no day.
pub fn hit(hit: &Hit) -> String {
    #[derive(Serialize)]
    struct WireHit<'a> {
        #[serde(flatten)]
        entry: WireEntry<'a>,
        r#where: &'static str,
        snippet: String,
    }
    let (entry, place) = match &hit.found {
        Found::Entry(entry) => (WireEntry::of(entry), "reflection"),
        Found::Served(entry) => (WireEntry::of(entry), "lesson"),
        Found::Waiting(lesson) => (without_day(lesson), "lesson"),
    };
    let snippet = hit.snippet.replace(OPEN, "[").replace(CLOSE, "]");
    line(&WireHit { entry, r#where: place, snippet })
}

fn without_day(lesson: &Lesson) -> WireEntry<'_> {
    WireEntry {
        day: None,
        lesson: Some(WireLesson::of(lesson)),
        served_at: None,
        reflection: None,
        step: None,
        afterthoughts: Vec::new(),
    }
}
