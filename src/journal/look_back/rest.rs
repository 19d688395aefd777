//! Rest: the days that neither break nor lengthen a run.

use std::collections::BTreeMap;
use std::fmt;
use std::str::FromStr;

use chrono::Weekday;

use crate::journal::entry::fact::{Event, Fact};
use crate::journal::parse_error::{ParseError, ValueKind};
use crate::journal::time::day::Day;

/// Weekdays on which a person rests every week; none unless configured.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct RestWeekdays([bool; 7]);

impl RestWeekdays {
    pub fn contains(self, weekday: Weekday) -> bool {
        self.0[weekday.num_days_from_monday() as usize]
    }
}

impl FromStr for RestWeekdays {
    type Err = ParseError;

    /// Reads the names of weekdays, whole or their first three letters, with anything but letters
    /// between them; `none` or nothing is no weekday.
    fn from_str(text: &str) -> Result<Self, ParseError> {
        let mut weekdays = Self::default();
        let words = text.split(|c: char| !c.is_alphabetic()).filter(|word| !word.is_empty());
        for word in words.filter(|word| !word.eq_ignore_ascii_case("none")) {
            let not_weekdays = |_| ParseError::new(ValueKind::Weekdays, text);
            let weekday: Weekday = word.parse().map_err(not_weekdays)?;
            weekdays.0[weekday.num_days_from_monday() as usize] = true;
        }
        Ok(weekdays)
    }
}

/// Days of rest in a row, of which the first is not after the last.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Holiday {
    pub first: Day,
    pub last: Day,
}

/// How far ahead a holiday may be planned, in months.
const AHEAD: u32 = 120;
/// The longest holiday, in days.
pub const LONGEST: i64 = 366;

impl Holiday {
    /// The days from the first to the last, as they may be marked when `today` is today.
    pub fn new(first: Day, last: Day, today: Day) -> Result<Self, HolidayError> {
        if first > last {
            return Err(HolidayError::Backwards { first, last });
        }
        if last.days_since(first) >= LONGEST {
            return Err(HolidayError::TooLong { first, last });
        }
        match today.plus_months(AHEAD) {
            Some(furthest) if last > furthest => Err(HolidayError::TooFar { last, furthest }),
            _ => Ok(Self { first, last }),
        }
    }

    /// Every day of it, in order.
    pub fn days(self) -> impl Iterator<Item = Day> {
        self.first.through(self.last)
    }
}

/// Why days are not marked as rest.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum HolidayError {
    /// The first day is after the last.
    Backwards { first: Day, last: Day },
    /// It has more days than [`LONGEST`].
    TooLong { first: Day, last: Day },
    /// It ends after the last day that can be marked now, `furthest`.
    TooFar { last: Day, furthest: Day },
}

/// For logs and tests. What a person is told is in `messages`.
impl fmt::Display for HolidayError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        fmt::Debug::fmt(self, f)
    }
}

impl std::error::Error for HolidayError {}

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
    pub fn from_facts(weekdays: RestWeekdays, facts: &[Fact]) -> Self {
        let mut rests = Self { weekdays, changes: BTreeMap::new() };
        for fact in facts {
            // A fact may come from elsewhere; days that end before they begin are none.
            if let Event::Rested { first, last, rests: wanted } = fact.event
                && first <= last
            {
                rests.mark(first, last, wanted);
            }
        }
        rests
    }

    /// Whether a day neither breaks nor lengthens a run.
    pub fn contains(&self, day: Day) -> bool {
        self.weekdays.contains(day.weekday()) || self.is_holiday(day)
    }

    /// The holidays that are marked, oldest first. Those that meet are one.
    pub fn holidays(&self) -> Vec<Holiday> {
        let mut holidays = Vec::new();
        let mut begun = None;
        for (day, is_holiday) in &self.changes {
            begun = match (begun, is_holiday) {
                (None, true) => Some(*day),
                (Some(first), false) => {
                    holidays.extend(day.minus_days(1).map(|last| Holiday { first, last }));
                    None
                }
                (begun, _) => begun,
            };
        }
        holidays
    }

    /// Whether marking these days, or unmarking them, would make any difference.
    pub fn would_change(&self, holiday: Holiday, rests: bool) -> bool {
        holiday.days().any(|day| self.is_holiday(day) != rests)
    }

    /// Whether a day was marked as rest.
    pub fn is_holiday(&self, day: Day) -> bool {
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
    use crate::journal::testing::fact;
    use proptest::prelude::*;

    fn day(number: u64) -> Day {
        "2026-11-02".parse::<Day>().expect("a Monday").plus_days(number).expect("in range")
    }

    fn rests(weekdays: &str, marks: &[(u64, u64, bool)]) -> Rests {
        let fact = |(first, last, rests): &(u64, u64, bool)| {
            let event = Event::Rested { first: day(*first), last: day(*last), rests: *rests };
            fact(1, &[], event)
        };
        let facts: Vec<Fact> = marks.iter().map(fact).collect();
        Rests::from_facts(weekdays.parse().expect("weekdays"), &facts)
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

    #[test]
    fn a_holiday_is_in_order_of_bearable_length_and_not_too_far_ahead() {
        let day = |text: &str| text.parse::<Day>().expect("a day");
        let today = day("2026-11-22");
        for (first, last) in [
            ("2026-12-24", "2026-12-24"),
            ("2026-12-24", "2026-12-26"),
            ("1900-01-01", "1900-12-31"),
            ("2027-01-01", "2028-01-01"),
            ("2036-11-22", "2036-11-22"),
        ] {
            let (first, last) = (day(first), day(last));
            assert_eq!(Holiday::new(first, last, today), Ok(Holiday { first, last }));
        }
        let refused = |first: &str, last: &str| {
            Holiday::new(day(first), day(last), today).expect_err("refused")
        };
        let (first, last) = (day("2028-01-01"), day("2029-01-01"));
        assert_eq!(refused("2028-01-01", "2029-01-01"), HolidayError::TooLong { first, last });
        let (first, last) = (day("2026-12-26"), day("2026-12-24"));
        assert_eq!(refused("2026-12-26", "2026-12-24"), HolidayError::Backwards { first, last });
        let (last, furthest) = (day("2036-11-23"), day("2036-11-22"));
        assert_eq!(refused("2036-11-22", "2036-11-23"), HolidayError::TooFar { last, furthest });
    }

    #[test]
    fn only_a_mark_that_makes_a_difference_is_one() {
        let rests = rests("monday", &[(0, 3, true)]);
        let holiday = |first, last| Holiday { first: day(first), last: day(last) };
        assert!(!rests.would_change(holiday(1, 3), true));
        assert!(rests.would_change(holiday(1, 4), true));
        assert!(rests.would_change(holiday(3, 9), false));
        assert!(!rests.would_change(holiday(4, 9), false));
        assert!(rests.would_change(holiday(7, 7), true), "a weekday of rest is no mark");
    }

    #[test]
    fn days_that_end_before_they_begin_are_none() {
        assert_eq!(rests("", &[(5, 3, true)]).holidays(), []);
        let whole = Holiday { first: day(1), last: day(8) };
        assert_eq!(rests("", &[(1, 8, true), (5, 3, false)]).holidays(), [whole]);
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
            let listed = rests.holidays();
            let listed_days: Vec<Day> = listed.iter().flat_map(|holiday| holiday.days()).collect();
            let wanted_days: Vec<Day> = wanted.iter().map(|number| day(*number)).collect();
            prop_assert_eq!(listed_days, wanted_days);
            for pair in listed.windows(2) {
                prop_assert!(pair[1].first.days_since(pair[0].last) > 1, "{:?}", pair);
            }
            for number in 0..60 {
                prop_assert_eq!(rests.contains(day(number)), wanted.contains(&number));
            }
        }
    }
}
