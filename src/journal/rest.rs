//! Rest: the days that neither break nor lengthen a run.

use std::collections::BTreeMap;
use std::fmt;
use std::str::FromStr;

use chrono::Weekday;

use super::day::Day;
use super::fact::{Event, Fact};

/// Weekdays on which a person rests every week; none unless configured.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct RestWeekdays([bool; 7]);

impl RestWeekdays {
    pub fn contains(self, weekday: Weekday) -> bool {
        self.0[weekday.num_days_from_monday() as usize]
    }
}

impl FromStr for RestWeekdays {
    type Err = NotWeekdays;

    /// Reads the names of weekdays, whole or their first three letters, with anything but letters
    /// between them; `none` or nothing is no weekday.
    fn from_str(text: &str) -> Result<Self, NotWeekdays> {
        let mut weekdays = Self::default();
        let words = text.split(|c: char| !c.is_alphabetic()).filter(|word| !word.is_empty());
        for word in words.filter(|word| !word.eq_ignore_ascii_case("none")) {
            let weekday: Weekday = word.parse().map_err(|_| NotWeekdays(text.to_owned()))?;
            weekdays.0[weekday.num_days_from_monday() as usize] = true;
        }
        Ok(weekdays)
    }
}

/// A text that was meant as weekdays and is none.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct NotWeekdays(pub String);

impl fmt::Display for NotWeekdays {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "'{}' are not weekdays", self.0)
    }
}

impl std::error::Error for NotWeekdays {}

/// All days of rest: those of every week, and the holidays that were marked.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Rests {
    weekdays: RestWeekdays,
    /// Each change of what holds from a day on, in order: whether that day and those after it are
    /// a holiday, up to the next change.
    changes: BTreeMap<Day, bool>,
}

impl Rests {
    /// Adds up the facts on rest, given in order and without those that were taken back.
    pub fn add_up(weekdays: RestWeekdays, facts: &[Fact]) -> Self {
        let mut rests = Self { weekdays, changes: BTreeMap::new() };
        for fact in facts {
            if let Event::Rested { first, last, rests: wanted } = fact.event {
                rests.mark(first, last, wanted);
            }
        }
        rests
    }

    /// Whether a day neither breaks nor lengthens a run.
    pub fn contains(&self, day: Day) -> bool {
        self.weekdays.contains(day.weekday()) || self.is_holiday(day)
    }

    fn is_holiday(&self, day: Day) -> bool {
        self.changes.range(..=day).next_back().is_some_and(|(_, holiday)| *holiday)
    }

    fn mark(&mut self, first: Day, last: Day, wanted: bool) {
        let next = last.plus_days(1);
        let after = next.is_some_and(|next| self.is_holiday(next));
        let inside: Vec<Day> = self.changes.range(first..=last).map(|(day, _)| *day).collect();
        for day in inside {
            self.changes.remove(&day);
        }
        self.changes.insert(first, wanted);
        if let Some(next) = next {
            self.changes.insert(next, after);
        }
    }
}

#[cfg(test)]
mod tests {
    use std::collections::BTreeSet;

    use super::*;
    use crate::journal::FactId;
    use proptest::prelude::*;
    use uuid::Uuid;

    fn day(number: u64) -> Day {
        "2026-11-02".parse::<Day>().expect("a Monday").plus_days(number).expect("in range")
    }

    fn rests(weekdays: &str, marks: &[(u64, u64, bool)]) -> Rests {
        let fact = |(first, last, rests): &(u64, u64, bool)| Fact {
            id: FactId(Uuid::nil()),
            number: 1,
            change: FactId(Uuid::nil()),
            parents: Vec::new(),
            at: "2026-11-22T07:00:00+01:00".parse().expect("a moment"),
            event: Event::Rested { first: day(*first), last: day(*last), rests: *rests },
        };
        let facts: Vec<Fact> = marks.iter().map(fact).collect();
        Rests::add_up(weekdays.parse().expect("weekdays"), &facts)
    }

    #[test]
    fn weekdays_are_named_whole_or_short_with_anything_between() {
        for text in ["saturday sunday", "Sat,sun", "[\"saturday\", \"sunday\"]", "sun;SAT"] {
            let weekdays: RestWeekdays = text.parse().expect(text);
            assert!(weekdays.contains(Weekday::Sat) && weekdays.contains(Weekday::Sun), "{text}");
            assert!(!weekdays.contains(Weekday::Mon), "{text}");
        }
        assert_eq!("none".parse(), Ok(RestWeekdays::default()));
        assert_eq!("".parse(), Ok(RestWeekdays::default()));
        assert!("weekend".parse::<RestWeekdays>().is_err());
    }

    #[test]
    fn a_weekday_of_rest_rests_every_week() {
        let rests = rests("sunday", &[]);
        let found: Vec<u64> = (0..15).filter(|number| rests.contains(day(*number))).collect();
        assert_eq!(found, [6, 13]);
    }

    proptest! {
        #[test]
        fn the_last_mark_on_a_day_counts(
            marks in proptest::collection::vec((0u64..40, 0u64..12, any::<bool>()), 0..12),
        ) {
            let marks: Vec<_> = marks.iter().map(|(at, more, on)| (*at, at + more, *on)).collect();
            let mut wanted = BTreeSet::new();
            for (first, last, on) in &marks {
                for number in *first..=*last {
                    if *on { wanted.insert(number) } else { wanted.remove(&number) };
                }
            }
            let rests = rests("", &marks);
            for number in 0..60 {
                prop_assert_eq!(rests.contains(day(number)), wanted.contains(&number));
            }
        }
    }
}
