//! The calendar: how each day of a year or a month is drawn.
//!
//! A day is shaded by its word count, relative to the person's other days of that year. A day
//! without words is drawn in another way if it is in the future, before the first entry, or a day
//! of rest.

use std::collections::BTreeSet;

use crate::journal::lesson::slug::Slug;
use crate::journal::look_back::rest::Rests;
use crate::journal::time::day::Day;
use crate::journal::time::period::Period;

/// What the calendar needs of one day.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct EntryDay {
    pub day: Day,
    /// The number of words of the reflection; `None` if there is none.
    pub word_count: Option<u32>,
    /// The place of the lesson that was served; `None` if there was no serving.
    pub place: Option<Place>,
}

/// A lesson's place in its series, and its title.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Place {
    pub series: Slug,
    pub number: u32,
    pub title: String,
}

/// The days of a year or a month.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Calendar {
    pub period: Period,
    pub today: Day,
    pub shades: Shades,
    /// Every day of the period, in order.
    pub days: Vec<CalendarDay>,
}

/// One day as the calendar shows it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct CalendarDay {
    pub entry: EntryDay,
    pub mark: Mark,
    /// Whether it is a day of rest, with or without words.
    pub rests: bool,
}

/// How a day is drawn.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Mark {
    /// The day is after today or before the first entry ever, and is not a holiday.
    Blank,
    /// A day up to today without words.
    Nothing,
    /// The same, but a day of rest; or a holiday at any time.
    Rest,
    /// A day with words: from 1 for the fewest to 4 for the most.
    Shade(usize),
}

impl Calendar {
    /// The calendar of a period. `entries` are those of the whole year around the period, in order,
    /// so that a month has the same shades as in its year. `first` is the day of the first entry
    /// ever.
    pub fn new(
        period: Period,
        entries: Vec<EntryDay>,
        rests: &Rests,
        first: Option<Day>,
        today: Day,
    ) -> Self {
        let shades = Shades::of(entries.iter().filter_map(|entry| entry.word_count).collect());
        let mut entries = entries.into_iter().peekable();
        let days = period.days().map(|day| {
            while entries.next_if(|entry| entry.day < day).is_some() {}
            let entry = entries.next_if(|entry| entry.day == day);
            let entry = entry.unwrap_or(EntryDay { day, word_count: None, place: None });
            let has_begun = first.is_some_and(|first| first <= day) && day <= today;
            let (rests, holiday) = (rests.contains(day), rests.is_holiday(day));
            let mark = match entry.word_count {
                Some(words) => Mark::Shade(shades.shade(words)),
                None if !has_begun && !holiday => Mark::Blank,
                None if rests => Mark::Rest,
                None => Mark::Nothing,
            };
            CalendarDay { entry, mark, rests }
        });
        Self { period, today, shades, days: days.collect() }
    }

    /// The number of days with words, and the number of all their words.
    pub fn written(&self) -> (usize, u64) {
        let words = self.days.iter().filter_map(|day| day.entry.word_count);
        words.fold((0, 0), |(days, sum), words| (days + 1, sum + u64::from(words)))
    }

    /// The stretches of days in which lessons of one series were served, in order.
    pub fn stretches(&self) -> Vec<SeriesStretch> {
        let mut stretches: Vec<SeriesStretch> = Vec::new();
        for day in &self.days {
            let Some(place) = &day.entry.place else { continue };
            match stretches.last_mut() {
                Some(stretch) if stretch.series == place.series => {
                    stretch.last = day.entry.day;
                    stretch.numbers.insert(place.number);
                }
                _ => stretches.push(SeriesStretch {
                    first: day.entry.day,
                    last: day.entry.day,
                    series: place.series.clone(),
                    numbers: BTreeSet::from([place.number]),
                }),
            }
        }
        stretches
    }
}

/// A stretch of days in which lessons of one series were served, and of no other.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct SeriesStretch {
    pub first: Day,
    pub last: Day,
    pub series: Slug,
    /// The numbers of the served lessons.
    pub numbers: BTreeSet<u32>,
}

/// The four shades of a calendar: the quartiles of the word counts.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Shades {
    /// The lowest word count of each shade.
    from: [u32; 4],
}

impl Shades {
    fn of(mut counts: Vec<u32>) -> Self {
        counts.sort_unstable();
        // A reflection may have no word at all, such as a single emoji.
        let fewest = counts.first().map_or(1, |count| *count.min(&1));
        let quartile = |part: usize| counts.get(counts.len() * part / 4).copied().unwrap_or(fewest);
        Self { from: [fewest, quartile(1), quartile(2), quartile(3)] }
    }

    /// The shade of a day with this number of words, from 1 to 4.
    pub fn shade(&self, words: u32) -> usize {
        self.from.iter().filter(|from| **from <= words).count().max(1)
    }

    /// The lowest and the highest word count of a shade, which some day must have; `None` as the
    /// highest of the last shade.
    pub fn range(&self, shade: usize) -> (u32, Option<u32>) {
        let at = shade.clamp(1, 4) - 1;
        (self.from[at], self.from.get(at + 1).map(|next| next.saturating_sub(1)))
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::journal::testing::day;
    use proptest::prelude::*;

    fn november() -> Period {
        Period::of_month(2026, 11).expect("a month")
    }

    fn entry(on: &str, word_count: Option<u32>, lesson: Option<(&str, u32)>) -> EntryDay {
        let place = |(series, number): (&str, u32)| Place {
            series: series.parse().expect("a slug"),
            number,
            title: format!("Lesson {number}"),
        };
        EntryDay { day: day(on), word_count, place: lesson.map(place) }
    }

    #[test]
    fn a_day_is_drawn_by_its_words_or_by_the_reason_for_having_none() {
        let entries = vec![
            entry("2026-10-30", Some(3), None),
            entry("2026-11-03", Some(10), Some(("a", 1))),
            entry("2026-11-04", None, Some(("a", 2))),
            entry("2026-11-08", Some(20), Some(("a", 3))),
            entry("2026-11-23", Some(5), None),
        ];
        let rests = Rests::from_facts("sunday".parse().expect("a weekday"), &[]);
        let first = Some(day("2026-11-02"));
        let calendar = Calendar::new(november(), entries, &rests, first, day("2026-11-22"));
        let mark = |number: usize| calendar.days[number - 1].mark;
        for (number, wanted) in [
            (1, Mark::Blank), // before the first entry, and a Sunday
            (2, Mark::Nothing),
            (3, Mark::Shade(3)),
            (4, Mark::Nothing),  // served and not written about
            (8, Mark::Shade(4)), // a Sunday with words
            (15, Mark::Rest),
            (21, Mark::Nothing),
            (22, Mark::Rest),     // today
            (23, Mark::Shade(2)), // a clock went back; what is written is shown
            (24, Mark::Blank),
            (29, Mark::Blank), // a Sunday to come
        ] {
            assert_eq!(mark(number), wanted, "{number}");
        }
        assert!(calendar.days[7].rests && calendar.days[28].rests && !calendar.days[2].rests);
        assert_eq!(calendar.written(), (3, 35), "October counts for the shades only");
    }

    #[test]
    fn a_stretch_ends_where_another_series_begins_and_not_at_a_day_without_a_lesson() {
        let entries = vec![
            entry("2026-11-03", None, Some(("a", 4))),
            entry("2026-11-06", Some(1), Some(("a", 5))),
            entry("2026-11-07", Some(1), None),
            entry("2026-11-08", Some(1), Some(("b", 1))),
            entry("2026-11-09", Some(1), Some(("a", 1))),
        ];
        let rests = Rests::default();
        let first = Some(day("2026-11-03"));
        let calendar = Calendar::new(november(), entries, &rests, first, day("2026-11-22"));
        let shown = |stretch: &SeriesStretch| {
            let SeriesStretch { first, last, series, numbers } = stretch;
            format!("{first} {last} {series} {numbers:?}")
        };
        let stretches: Vec<String> = calendar.stretches().iter().map(shown).collect();
        assert_eq!(
            stretches,
            [
                "2026-11-03 2026-11-06 a {4, 5}",
                "2026-11-08 2026-11-08 b {1}",
                "2026-11-09 2026-11-09 a {1}"
            ]
        );
    }

    #[test]
    fn the_shades_are_the_quartiles_of_what_was_written() {
        let ranges = |words: &[u32]| {
            let shades = Shades::of(words.to_vec());
            words.iter().map(|words| shades.shade(*words)).collect::<Vec<_>>()
        };
        for (words, wanted) in [
            (&[10, 20, 30, 40][..], &[1, 2, 3, 4][..]),
            (&[80, 10, 20, 30, 40, 50, 60, 70], &[4, 1, 1, 2, 2, 3, 3, 4]),
            (&[50], &[4]),
            (&[10, 90], &[2, 4]),
            (&[50, 50, 50, 50, 50], &[4, 4, 4, 4, 4]),
            (&[0, 100, 200, 300], &[1, 2, 3, 4]),
            (&[], &[]),
        ] {
            assert_eq!(ranges(words), wanted, "{words:?}");
        }
        let shades = Shades::of(vec![10, 20, 30, 40]);
        assert_eq!(shades.range(1), (1, Some(19)));
        assert_eq!(shades.range(3), (30, Some(39)));
        assert_eq!(shades.range(4), (40, None));
        assert_eq!(Shades::of(vec![0, 8, 9, 10]).range(1), (0, Some(7)));
    }

    proptest! {
        #[test]
        fn the_range_of_a_shade_holds_the_words_of_its_days(
            words in proptest::collection::vec(0u32..60, 1..80),
        ) {
            let shades = Shades::of(words.clone());
            for words in words {
                let shade = shades.shade(words);
                prop_assert!((1..=4).contains(&shade));
                let (from, to) = shades.range(shade);
                prop_assert!(from <= words && to.is_none_or(|to| words <= to));
            }
        }

        #[test]
        fn if_all_word_counts_differ_each_shade_has_a_quarter_of_the_days(count in 4u32..367) {
            let shades = Shades::of((1..=count).collect());
            let mut sizes = [0; 4];
            (1..=count).for_each(|words| sizes[shades.shade(words) - 1] += 1);
            let (fewest, most) = (sizes.iter().min(), sizes.iter().max());
            prop_assert!(most.expect("four") - fewest.expect("four") <= 1, "{:?}", sizes);
        }
    }
}
