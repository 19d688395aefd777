//! Which entries a person wants to see, and in which order.

use crate::journal::entry::Entry;
use crate::journal::entry::reflection;
use crate::journal::lesson::slug::Slug;
use crate::journal::time::day::Day;

/// A selection of entries. The default selects all of them, newest first.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Query {
    /// The first day wanted.
    pub since: Option<Day>,
    /// The last day wanted.
    pub until: Option<Day>,
    pub series: Option<Slug>,
    /// A tag of the lesson or of the reflection, lower case.
    pub tag: Option<String>,
    /// Only entries on lessons that the person loves.
    pub loved: bool,
    /// Only entries whose step is open.
    pub open_steps: bool,
    /// At most so many entries.
    pub limit: Option<usize>,
    pub oldest_first: bool,
}

impl Query {
    /// Whether another query may find something where this one finds nothing.
    pub fn is_narrowed(&self) -> bool {
        let Self { limit, oldest_first, .. } = *self;
        *self != Self { limit, oldest_first, ..Self::default() }
    }

    /// Whether an entry has the tag that is asked for, on its lesson or in its words.
    pub fn accepts_tags(&self, entry: &Entry) -> bool {
        let Some(tag) = &self.tag else { return true };
        let lesson = entry.lesson.as_ref();
        lesson.is_some_and(|lesson| lesson.text.tags.contains(tag))
            || (entry.reflection.as_ref())
                .is_some_and(|written| reflection::tags(&written.text).contains(tag))
    }
}
