//! When the takeaway of a day's lesson is shown: who answers first learns more, so a person may
//! want it only after their own words.

use crate::journal::entry::Entry;

/// When the takeaway of a day's lesson is shown.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum Takeaway {
    #[default]
    BeforeWriting,
    AfterWriting,
}

impl Takeaway {
    /// Whether it is shown with this entry, or there is none to be hidden.
    pub fn is_shown(self, entry: &Entry) -> bool {
        self == Self::BeforeWriting || entry.reflection.is_some() || !has_takeaway(entry)
    }

    /// Whether it is shown once this entry was saved: its words are the first of the day, and it
    /// was not shown before them.
    pub fn follows(self, entry: &Entry) -> bool {
        let are_first = entry.reflection.as_ref().is_some_and(|words| words.revisions == 1);
        self == Self::AfterWriting && are_first && has_takeaway(entry)
    }
}

/// Whether the lesson of an entry has a takeaway.
pub fn has_takeaway(entry: &Entry) -> bool {
    entry.lesson.as_ref().is_some_and(|lesson| !lesson.text.takeaway.is_empty())
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::journal::lesson::{LessonText, QUESTION, Source};
    use crate::journal::{Lesson, LessonId, Reflection, testing};

    /// An entry with a lesson that has this takeaway.
    fn entry(takeaway: &str) -> Entry {
        let series = testing::slug("walks");
        let text = LessonText {
            title: "t".to_owned(),
            story: "s".to_owned(),
            takeaway: takeaway.to_owned(),
            question: QUESTION.to_owned(),
            tags: Vec::new(),
        };
        let (id, source) = (LessonId::of(&series, &text), Source::default());
        let lesson = Lesson { id, series, number: 1, series_length: 1, text, loved: false, source };
        Entry { lesson: Some(lesson), ..testing::entry("2026-11-22") }
    }

    #[test]
    fn a_lesson_without_a_takeaway_hides_none_and_none_follows() {
        let bare = entry("");
        assert!(Takeaway::AfterWriting.is_shown(&bare));
        let at = testing::at("2026-11-22T07:00:00+01:00");
        let words = Reflection {
            text: "words".to_owned(),
            words: 1,
            written_at: at,
            revised_at: at,
            revisions: 1,
            late: false,
        };
        assert!(!Takeaway::AfterWriting.follows(&Entry { reflection: Some(words), ..bare }));
    }

    #[test]
    fn it_waits_for_the_first_words_of_the_day_if_it_is_wanted_after_them() {
        let without = entry("One can take something from it.");
        let at = testing::at("2026-11-22T07:00:00+01:00");
        let with = |revisions| {
            let text = "words".to_owned();
            let (words, written_at, revised_at, late) = (1, at, at, false);
            let words = Reflection { text, words, written_at, revised_at, revisions, late };
            Entry { reflection: Some(words), ..without.clone() }
        };
        let (first, second) = (with(1), with(2));
        let is_shown = |takeaway: Takeaway| [&without, &first].map(|one| takeaway.is_shown(one));
        assert_eq!(is_shown(Takeaway::BeforeWriting), [true, true]);
        assert_eq!(is_shown(Takeaway::AfterWriting), [false, true]);
        let follows =
            |takeaway: Takeaway| [&without, &first, &second].map(|one| takeaway.follows(one));
        assert_eq!(follows(Takeaway::BeforeWriting), [false; 3]);
        assert_eq!(follows(Takeaway::AfterWriting), [false, true, false]);
    }
}
