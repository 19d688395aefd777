//! The summary of a week, a month or a year, short enough for one screen.

use std::collections::BTreeSet;

use crate::journal::entry::reflection::first_sentence;
use crate::journal::entry::step::{Step, StepState};
use crate::journal::entry::{Entry, tags};
use crate::journal::lesson::slug::Slug;
use crate::journal::look_back::stats::StepCounts;
use crate::journal::look_back::tag_count::TagCounts;
use crate::journal::time::day::Day;

/// The lessons and the writing of a period.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Summary {
    pub first: Day,
    pub last: Day,
    /// The days with an entry, in order.
    pub days: Vec<SummaryDay>,
    /// The steps that are open, with their days, in order; without those that faded, and those of
    /// quiet entries.
    pub open_steps: Vec<(Day, Step)>,
    /// The steps of the days, with their days, in order.
    pub steps: Vec<(Day, Step)>,
    /// The first day whose open step has not faded; `None` if none has.
    first_fresh: Option<Day>,
    tags: TagCounts,
}

/// One day of a summary.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct SummaryDay {
    pub day: Day,
    /// The number of words of the reflection; `None` if there is none.
    pub word_count: Option<usize>,
    /// The first sentence of the reflection; empty if there is none, and for a quiet entry.
    pub sentence: String,
    pub lesson: Option<ServedLesson>,
}

/// A lesson that was served.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ServedLesson {
    pub series: Slug,
    /// The title of its source.
    pub source: String,
    pub number: u32,
    /// Its own title.
    pub title: String,
}

impl Summary {
    /// The summary of a period without entries; [`Summary::add`] adds them. Open steps of days
    /// before `first_fresh` have faded.
    pub fn new(first: Day, last: Day, first_fresh: Option<Day>) -> Self {
        Self {
            first,
            last,
            days: Vec::new(),
            open_steps: Vec::new(),
            steps: Vec::new(),
            first_fresh,
            tags: TagCounts::default(),
        }
    }

    /// Adds an entry. Entries must be added in the order of their days.
    pub fn add(&mut self, entry: &Entry) {
        let text = entry.reflection.as_ref().map(|reflection| reflection.text.as_str());
        for tag in tags::of_entry(entry) {
            self.tags.add(entry.day, tag);
        }
        if let Some(step) = &entry.step {
            self.steps.push((entry.day, step.clone()));
            let is_fresh = self.first_fresh.is_none_or(|first| entry.day >= first);
            if !step.state.is_closed() && is_fresh && !entry.quiet {
                self.open_steps.push((entry.day, step.clone()));
            }
        }
        self.days.push(SummaryDay {
            day: entry.day,
            word_count: entry.reflection.as_ref().map(|reflection| reflection.words),
            sentence: text.filter(|_| !entry.quiet).map(first_sentence).unwrap_or_default(),
            lesson: entry.lesson.as_ref().map(|lesson| ServedLesson {
                series: lesson.series.clone(),
                source: lesson.source.title.clone(),
                number: lesson.number,
                title: lesson.text.title.clone(),
            }),
        });
    }

    /// The days with a reflection, in order.
    pub fn written(&self) -> impl Iterator<Item = &SummaryDay> {
        self.days.iter().filter(|day| day.word_count.is_some())
    }

    /// The number of words of all reflections.
    pub fn word_count(&self) -> usize {
        self.days.iter().filter_map(|day| day.word_count).sum()
    }

    /// The tags of what was written, each with the number of days that use it, the most used first.
    pub fn tags(&self) -> Vec<(&str, u64)> {
        self.tags.most_used().into_iter().map(|tag| (tag.tag.as_str(), tag.count)).collect()
    }

    /// The series of the served lessons, in the order of their first servings: the first lesson of
    /// each, and the numbers of all.
    pub fn lessons(&self) -> Vec<(&ServedLesson, BTreeSet<u32>)> {
        let mut series: Vec<(&ServedLesson, BTreeSet<u32>)> = Vec::new();
        for lesson in self.days.iter().filter_map(|day| day.lesson.as_ref()) {
            match series.iter_mut().find(|(first, _)| first.series == lesson.series) {
                Some((_, numbers)) => _ = numbers.insert(lesson.number),
                None => series.push((lesson, BTreeSet::from([lesson.number]))),
            }
        }
        series
    }

    /// At most `limit` days whose reflections have the most words, in the order of the days. Quiet
    /// entries are left out.
    pub fn fullest(&self, limit: usize) -> Vec<&SummaryDay> {
        let mut days: Vec<&SummaryDay> =
            self.written().filter(|day| !day.sentence.is_empty()).collect();
        days.sort_by_key(|day| std::cmp::Reverse(day.word_count));
        days.truncate(limit);
        days.sort_by_key(|day| day.day);
        days
    }

    /// The number of steps in each state.
    pub fn step_counts(&self) -> StepCounts {
        let count =
            |state| self.steps.iter().filter(|(_, step)| step.state == state).count() as u64;
        StepCounts {
            open: count(StepState::Open),
            done: count(StepState::Done),
            partly: count(StepState::Partly),
            dropped: count(StepState::Dropped),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::journal::entry::reflection::word_count;
    use crate::journal::{Reflection, testing};

    fn entry(day: &str, text: &str) -> Entry {
        let at = testing::at("2026-11-22T07:00:00+01:00");
        let reflection = (!text.is_empty()).then(|| Reflection {
            text: text.to_owned(),
            words: word_count(text),
            written_at: at,
            revised_at: at,
            revisions: 1,
            late: false,
        });
        Entry { reflection, ..testing::entry(day) }
    }

    #[test]
    fn tags_and_words_are_counted_and_the_fullest_days_stay_in_order() {
        let days = ["2026-11-16", "2026-11-17", "2026-11-18", "2026-11-19"].map(testing::day);
        let mut summary = Summary::new(days[0], days[3], None);
        summary.add(&entry("2026-11-16", "Three words here. #b #a"));
        summary.add(&entry("2026-11-17", ""));
        summary.add(&entry("2026-11-18", "One. #b"));
        summary.add(&entry("2026-11-19", "A longer one, of seven words. #c #c"));
        assert_eq!(summary.word_count(), 5 + 2 + 8);
        assert_eq!(summary.tags(), [("b", 2), ("a", 1), ("c", 1)]);
        let fullest: Vec<Day> = summary.fullest(2).iter().map(|day| day.day).collect();
        assert_eq!(fullest, [days[0], days[3]]);
        assert_eq!(summary.written().count(), 3);
    }
}
