//! What a week, a month or a year adds up to, to be read on one screen.

use std::collections::{BTreeMap, BTreeSet};

use crate::journal::entry::Entry;
use crate::journal::entry::reflection::{first_sentence, tags, word_count};
use crate::journal::entry::step::{Step, StepState};
use crate::journal::lesson::slug::Slug;
use crate::journal::look_back::stats::StepCounts;
use crate::journal::time::day::Day;

/// What was met with and written in a stretch of time.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Summary {
    pub first: Day,
    pub last: Day,
    /// The days with an entry, in order.
    pub days: Vec<SummaryDay>,
    /// The steps that were named, with their days, in order.
    pub steps: Vec<(Day, Step)>,
    tags: BTreeMap<String, u64>,
}

/// One day of it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct SummaryDay {
    pub day: Day,
    /// The words of the reflection; `None` where nothing is written.
    pub words: Option<usize>,
    /// The first sentence of the reflection; empty where nothing is written.
    pub sentence: String,
    /// The lesson that was served: its series, its source's title, its number and its own title.
    pub lesson: Option<ServedLesson>,
}

/// A lesson that was served.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ServedLesson {
    pub series: Slug,
    pub source: String,
    pub number: u32,
    pub title: String,
}

impl Summary {
    /// The summary of a time without entries, to which they are then added.
    pub fn new(first: Day, last: Day) -> Self {
        Self { first, last, days: Vec::new(), steps: Vec::new(), tags: BTreeMap::new() }
    }

    /// Adds an entry; entries come in the order of their days.
    pub fn add(&mut self, entry: &Entry) {
        let text = entry.reflection.as_ref().map(|reflection| reflection.text.as_str());
        for tag in text.map(tags).unwrap_or_default() {
            *self.tags.entry(tag).or_default() += 1;
        }
        self.steps.extend(entry.step.clone().map(|step| (entry.day, step)));
        self.days.push(SummaryDay {
            day: entry.day,
            words: text.map(word_count),
            sentence: text.map(first_sentence).unwrap_or_default(),
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
        self.days.iter().filter(|day| day.words.is_some())
    }

    /// The words of all reflections.
    pub fn words(&self) -> usize {
        self.days.iter().filter_map(|day| day.words).sum()
    }

    /// The tags in the words and on how many days each was used, the most used first.
    pub fn tags(&self) -> Vec<(&str, u64)> {
        let mut tags: Vec<(&str, u64)> =
            self.tags.iter().map(|(tag, days)| (tag.as_str(), *days)).collect();
        // Stable, so that tags used as often stay in the order of the alphabet.
        tags.sort_by_key(|(_, days)| std::cmp::Reverse(*days));
        tags
    }

    /// The lessons that were met, by series in the order they were first met, with their numbers.
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

    /// The days whose reflections have the most words, at most so many, in order.
    pub fn fullest(&self, at_most: usize) -> Vec<&SummaryDay> {
        let mut days: Vec<&SummaryDay> = self.written().collect();
        days.sort_by_key(|day| std::cmp::Reverse(day.words));
        days.truncate(at_most);
        days.sort_by_key(|day| day.day);
        days
    }

    /// How many steps there are of each kind.
    pub fn step_tally(&self) -> StepCounts {
        let count = |state| self.steps_in(state).count() as u64;
        StepCounts {
            open: count(StepState::Open),
            done: count(StepState::Done),
            partly: count(StepState::Partly),
            dropped: count(StepState::Dropped),
        }
    }

    /// The steps in a state, with their days.
    pub fn steps_in(&self, state: StepState) -> impl Iterator<Item = &(Day, Step)> {
        self.steps.iter().filter(move |(_, step)| step.state == state)
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::journal::Reflection;

    fn entry(day: &str, text: &str) -> Entry {
        let at = "2026-11-22T07:00:00+01:00".parse().expect("a moment");
        let reflection = (!text.is_empty()).then(|| Reflection {
            text: text.to_owned(),
            written_at: at,
            revised_at: at,
            revisions: 1,
            late: false,
        });
        Entry {
            day: day.parse().expect("a day"),
            lesson: None,
            served_at: None,
            reflection,
            step: None,
            asked_on: None,
            afterthoughts: Vec::new(),
        }
    }

    #[test]
    fn tags_and_words_are_counted_and_the_fullest_days_stay_in_order() {
        let days = ["2026-11-16", "2026-11-17", "2026-11-18", "2026-11-19"]
            .map(|d| d.parse().expect("a day"));
        let mut summary = Summary::new(days[0], days[3]);
        summary.add(&entry("2026-11-16", "Three words here. #b #a"));
        summary.add(&entry("2026-11-17", ""));
        summary.add(&entry("2026-11-18", "One. #b"));
        summary.add(&entry("2026-11-19", "A longer one, of seven words. #c #c"));
        assert_eq!(summary.words(), 5 + 2 + 8);
        assert_eq!(summary.tags(), [("b", 2), ("a", 1), ("c", 1)]);
        let fullest: Vec<Day> = summary.fullest(2).iter().map(|day| day.day).collect();
        assert_eq!(fullest, [days[0], days[3]]);
        assert_eq!(summary.written().count(), 3);
    }
}
