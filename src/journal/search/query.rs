//! Which entries a person wants to see, and in which order.

use crate::journal::entry::Entry;
use crate::journal::entry::reflection;
use crate::journal::lesson::slug::Slug;
use crate::journal::time::day::Day;

/// A selection of entries. The default is all entries, newest first.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Query {
    /// The first day.
    pub since: Option<Day>,
    /// The last day.
    pub until: Option<Day>,
    pub series: Option<Slug>,
    /// A tag of the lesson or of the reflection, lower case.
    pub tag: Option<String>,
    /// Only entries on lessons that the person loves.
    pub loved: bool,
    /// Only entries whose step is open.
    pub open_steps: bool,
    /// At most this many entries.
    pub limit: Option<usize>,
    pub oldest_first: bool,
}

impl Query {
    /// Whether it has any condition, so that another query may find more.
    pub fn is_narrowed(&self) -> bool {
        let Self { limit, oldest_first, .. } = *self;
        *self != Self { limit, oldest_first, ..Self::default() }
    }

    /// Whether an entry has the tag of this query, on its lesson or in its text; true if the query
    /// has no tag. The store checks the other conditions.
    pub fn accepts_tags(&self, entry: &Entry) -> bool {
        let Some(tag) = &self.tag else { return true };
        let lesson = entry.lesson.as_ref();
        lesson.is_some_and(|lesson| lesson.text.tags.contains(tag))
            || (entry.reflection.as_ref())
                .is_some_and(|written| reflection::tags(&written.text).contains(tag))
    }
}
