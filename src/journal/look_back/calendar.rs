//! The calendar: what each day of a year or a month is shown as.
//!
//! A day is shaded by how many words it has, measured against the person's own writing of that
//! year. Nothing here counts what was not done: a day to come, a day before the first entry and a
//! day of rest are each told from a day without words.

use std::collections::BTreeSet;

use crate::journal::lesson::slug::Slug;
use crate::journal::look_back::rest::Rests;
use crate::journal::time::day::Day;
use crate::journal::time::period::Period;

/// What the journal holds of one day, as far as the calendar shows it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct EntryDay {
    pub day: Day,
    /// The words of the reflection; `None` where nothing is written.
    pub words: Option<u32>,
    /// The lesson that was served.
    pub place: Option<Place>,
}

/// A lesson's place in its series.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Place {
    pub series: Slug,
    pub number: u32,
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
    pub kept: EntryDay,
    pub mark: Mark,
    /// Whether the day is one of rest, with words or without.
    pub rests: bool,
}

/// How a day is drawn.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Mark {
    /// The day has not come, or lies before the first entry ever, and is no holiday.
    Blank,
    /// The day has come and has no words.
    Nothing,
    /// The same on a day of rest.
    Rest,
    /// The day has words: 1 for the fewest to 4 for the most.
    Shade(usize),
}

impl Calendar {
    /// The calendar of a period. `kept` holds the days of the whole year that the period lies in,
    /// so that a month is shaded as it is in its year; `first` is the day of the first entry ever.
    pub fn new(
        period: Period,
        kept: Vec<EntryDay>,
        rests: &Rests,
        first: Option<Day>,
        today: Day,
    ) -> Self {
        let shades = Shades::of(kept.iter().filter_map(|kept| kept.words).collect());
        let mut kept = kept.into_iter().peekable();
        let days = period.days().map(|day| {
            while kept.next_if(|kept| kept.day < day).is_some() {}
            let kept = kept.next_if(|kept| kept.day == day);
            let kept = kept.unwrap_or(EntryDay { day, words: None, place: None });
            let has_begun = first.is_some_and(|first| first <= day) && day <= today;
            let (rests, holiday) = (rests.contains(day), rests.is_holiday(day));
            let mark = match kept.words {
                Some(words) => Mark::Shade(shades.shade(words)),
                None if !has_begun && !holiday => Mark::Blank,
                None if rests => Mark::Rest,
                None => Mark::Nothing,
            };
            CalendarDay { kept, mark, rests }
        });
        Self { period, today, shades, days: days.collect() }
    }

    /// How many days have words, and how many words they have together.
    pub fn written(&self) -> (usize, u64) {
        let words = self.days.iter().filter_map(|day| day.kept.words);
        words.fold((0, 0), |(days, sum), words| (days + 1, sum + u64::from(words)))
    }

    /// The days served from one series after another, each with the numbers of their lessons.
    pub fn runs(&self) -> Vec<SeriesStretch> {
        let mut runs: Vec<SeriesStretch> = Vec::new();
        for day in &self.days {
            let Some(place) = &day.kept.place else { continue };
            match runs.last_mut() {
                Some(run) if run.series == place.series => {
                    run.last = day.kept.day;
                    run.numbers.insert(place.number);
                }
                _ => runs.push(SeriesStretch {
                    first: day.kept.day,
                    last: day.kept.day,
                    series: place.series.clone(),
                    numbers: BTreeSet::from([place.number]),
                }),
            }
        }
        runs
    }
}

/// Days on which the lessons of one series were served, none of another between them.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct SeriesStretch {
    pub first: Day,
    pub last: Day,
    pub series: Slug,
    /// The numbers of the lessons, each once.
    pub numbers: BTreeSet<u32>,
}

/// From how many words on each of the four shades begins: the quartiles of what was written.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Shades {
    from: [u32; 4],
}

impl Shades {
    fn of(mut words: Vec<u32>) -> Self {
        words.sort_unstable();
        // A reflection may be nothing but a picture, which is written and yet no word.
        let fewest = words.first().map_or(1, |words| *words.min(&1));
        let quartile = |part: usize| words.get(words.len() * part / 4).copied().unwrap_or(fewest);
        Self { from: [fewest, quartile(1), quartile(2), quartile(3)] }
    }

    /// The shade of a day with so many words, from 1 to 4.
    pub fn shade(&self, words: u32) -> usize {
        self.from.iter().filter(|from| **from <= words).count().max(1)
    }

    /// The fewest and the most words of a shade that some day has; the last one has no end.
    pub fn range(&self, shade: usize) -> (u32, Option<u32>) {
        let at = shade.clamp(1, 4) - 1;
        (self.from[at], self.from.get(at + 1).map(|next| next.saturating_sub(1)))
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    fn day(text: &str) -> Day {
        text.parse().expect("a day")
    }

    fn november() -> Period {
        Period::of_month(2026, 11).expect("a month")
    }

    fn kept(on: &str, words: Option<u32>, lesson: Option<(&str, u32)>) -> EntryDay {
        let place = |(series, number): (&str, u32)| Place {
            series: series.parse().expect("a slug"),
            number,
        };
        EntryDay { day: day(on), words, place: lesson.map(place) }
    }

    #[test]
    fn a_day_is_drawn_by_its_words_and_where_it_has_none_by_why_not() {
        let kept = vec![
            kept("2026-10-30", Some(3), None),
            kept("2026-11-03", Some(10), Some(("a", 1))),
            kept("2026-11-04", None, Some(("a", 2))),
            kept("2026-11-08", Some(20), Some(("a", 3))),
            kept("2026-11-23", Some(5), None),
        ];
        let rests = Rests::from_facts("sunday".parse().expect("a weekday"), &[]);
        let first = Some(day("2026-11-02"));
        let calendar = Calendar::new(november(), kept, &rests, first, day("2026-11-22"));
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
        assert_eq!(calendar.written(), (3, 35), "October is measured by and not counted");
    }

    #[test]
    fn a_run_ends_where_another_series_begins_and_not_at_a_day_without_a_lesson() {
        let kept = vec![
            kept("2026-11-03", None, Some(("a", 4))),
            kept("2026-11-06", Some(1), Some(("a", 5))),
            kept("2026-11-07", Some(1), None),
            kept("2026-11-08", Some(1), Some(("b", 1))),
            kept("2026-11-09", Some(1), Some(("a", 1))),
        ];
        let rests = Rests::default();
        let first = Some(day("2026-11-03"));
        let calendar = Calendar::new(november(), kept, &rests, first, day("2026-11-22"));
        let runs: Vec<String> = (calendar.runs().iter())
            .map(|run| format!("{} {} {} {:?}", run.first, run.last, run.series, run.numbers))
            .collect();
        assert_eq!(
            runs,
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
        fn where_no_two_days_have_as_many_words_each_shade_has_a_quarter(count in 4u32..367) {
            let shades = Shades::of((1..=count).collect());
            let mut sizes = [0; 4];
            (1..=count).for_each(|words| sizes[shades.shade(words) - 1] += 1);
            let (fewest, most) = (sizes.iter().min(), sizes.iter().max());
            prop_assert!(most.expect("four") - fewest.expect("four") <= 1, "{:?}", sizes);
        }
    }
}
