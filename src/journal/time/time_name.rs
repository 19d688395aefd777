//! What a person may type where a day, a week, a month or a year can stand.

use std::fmt;
use std::str::FromStr;

use crate::journal::parse_error::{ParseError, ValueKind};
use crate::journal::time::day::Day;
use crate::journal::time::day_name::DayName;
use crate::journal::time::period::PeriodName;

/// A day or a period as typed. `-1y` and `-3m` are days.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum TimeName {
    Day(DayName),
    Period(PeriodName),
}

impl TimeName {
    /// The first and the last day that are meant on the day `today`; `None` outside the years 1900
    /// to 9998.
    pub fn resolve(self, today: Day) -> Option<(Day, Day)> {
        match self {
            Self::Day(name) => name.resolve(today).map(|day| (day, day)),
            Self::Period(name) => name.resolve(today).map(|period| (period.first(), period.last())),
        }
    }

    /// A day that stands for the time: its middle, because a week belongs to the month and the year
    /// that hold most of it.
    pub fn middle((first, last): (Day, Day)) -> Day {
        let half = last.days_since(first) / 2;
        first.plus_days(u64::try_from(half).unwrap_or_default()).unwrap_or(first)
    }
}

impl FromStr for TimeName {
    type Err = ParseError;

    fn from_str(text: &str) -> Result<Self, ParseError> {
        let day = text.parse().map(Self::Day);
        let named = day.or_else(|_| text.parse().map(Self::Period));
        named.map_err(|_: ParseError| ParseError::new(ValueKind::Time, text))
    }
}

impl fmt::Display for TimeName {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Day(name) => name.fmt(f),
            Self::Period(name) => name.fmt(f),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::journal::Period;
    use crate::journal::testing::day;

    #[test]
    fn a_time_is_a_day_or_a_period() {
        for (name, wanted) in [
            ("2026-11-22", "2026-11-22 2026-11-22"),
            ("monday", "2026-11-16 2026-11-16"),
            ("-1y", "2025-11-22 2025-11-22"),
            ("2025", "2025-01-01 2025-12-31"),
            ("October", "2026-10-01 2026-10-31"),
            ("2026-10", "2026-10-01 2026-10-31"),
            ("2026-W47", "2026-11-16 2026-11-22"),
            ("2026-w01", "2025-12-29 2026-01-04"),
            ("2026-W53", "2026-12-28 2027-01-03"),
        ] {
            let time: TimeName = name.parse().expect(name);
            let (first, last) = time.resolve(day("2026-11-22")).expect(name);
            assert_eq!(format!("{first} {last}"), wanted, "{name}");
        }
        for text in ["", "soon", "2026-W00", "2026-W54", "2025-W53", "2026-W7", "2026-WW", "13"] {
            assert!(text.parse::<TimeName>().is_err(), "{text:?}");
        }
        let month_of = |name: &str| {
            let name: TimeName = name.parse().expect("a week");
            let time = name.resolve(day("2026-11-22")).expect("in range");
            Period::month_of(TimeName::middle(time)).first()
        };
        assert_eq!(month_of("2026-W01"), day("2026-01-01"));
        assert_eq!(month_of("2026-W49"), day("2026-12-01"));
        assert_eq!("2026-W47".parse::<TimeName>().expect("a week").to_string(), "2026-W47");
    }
}
