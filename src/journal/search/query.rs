//! Which entries a person wants to see, and in which order.

use crate::journal::entry::{Entry, tags};
use crate::journal::lesson::Lesson;
use crate::journal::lesson::slug::{Slug, TagKey};
use crate::journal::time::day::Day;

/// A selection of entries. The default is all entries, newest first.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Query {
    /// The first day.
    pub since: Option<Day>,
    /// The last day.
    pub until: Option<Day>,
    pub series: Option<Slug>,
    /// A tag of what the person wrote.
    pub tag: Option<TagKey>,
    /// A tag of the lesson.
    pub lesson_tag: Option<TagKey>,
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

    /// Whether it has a condition on tags. The store checks all other conditions.
    pub fn is_on_tags(&self) -> bool {
        self.tag.is_some() || self.lesson_tag.is_some()
    }

    /// Whether an entry has the tags of this query.
    pub fn accepts_tags(&self, entry: &Entry) -> bool {
        let is_own = |wanted: &TagKey| tags::of_entry(entry).iter().any(|tag| wanted.includes(tag));
        self.tag.as_ref().is_none_or(is_own)
            && (self.lesson_tag.is_none()
                || entry.lesson.as_ref().is_some_and(|lesson| self.accepts_lesson_tags(lesson)))
    }

    /// Whether a lesson on which nothing was written has the tags of this query.
    pub fn accepts_tags_of(&self, lesson: &Lesson) -> bool {
        self.tag.is_none() && self.accepts_lesson_tags(lesson)
    }

    fn accepts_lesson_tags(&self, lesson: &Lesson) -> bool {
        let has = |wanted: &TagKey| lesson.text.tags.iter().any(|tag| wanted.includes(tag));
        self.lesson_tag.as_ref().is_none_or(has)
    }
}
