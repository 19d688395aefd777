//! What a person may type for a day, and the day it means.
//!
//! A name without a year always means the latest such day up to today. Only whole arguments are
//! read this way, never words in a reflection.

use std::fmt;
use std::str::FromStr;

use chrono::{NaiveDate, Weekday};

use crate::journal::parse_error::{ParseError, ValueKind};
use crate::journal::time::day::Day;
use crate::journal::time::distance::{Unit, counted};

/// A day as typed: a date, a date without its year, a word, a weekday, or a distance.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum DayName {
    /// `2026-11-22`
    On(Day),
    /// `11-22`: the latest such date up to today.
    MonthDay { month: u32, day: u32 },
    /// `today`
    Today,
    /// `yesterday`
    Yesterday,
    /// `tomorrow`, which can be marked as rest.
    Tomorrow,
    /// `monday`: the latest one before today.
    Weekday(Weekday),
    /// `-7d`, `-2w`
    DaysAgo(u64),
    /// `-3m`, `-1y`: the last day of the month if it is shorter.
    MonthsAgo(u32),
}

impl DayName {
    /// The day that is meant on the day `today`; `None` outside the years 1900 to 9998.
    pub fn resolve(self, today: Day) -> Option<Day> {
        match self {
            Self::On(day) => Some(day),
            Self::MonthDay { month, day } => latest_date(month, day, today),
            Self::Today => Some(today),
            Self::Yesterday => today.minus_days(1),
            Self::Tomorrow => today.plus_days(1),
            Self::Weekday(weekday) => {
                let back = today.weekday().days_since(weekday);
                today.minus_days(u64::from(if back == 0 { 7 } else { back }))
            }
            Self::DaysAgo(days) => today.minus_days(days),
            Self::MonthsAgo(months) => today.minus_months(months),
        }
    }

    /// For a date without a year: the first such date on or after this day. `None` for other names.
    pub fn on_or_after(self, day: Day) -> Option<Day> {
        use chrono::Datelike;
        let Self::MonthDay { month, day: number } = self else { return None };
        let year = day.date().year();
        (year..=year + 8)
            .filter_map(|year| NaiveDate::from_ymd_opt(year, month, number))
            .filter_map(Day::new)
            .find(|found| *found >= day)
    }
}

/// The latest date with this month and day up to today. The last 29 February may be eight years
/// ago.
fn latest_date(month: u32, day: u32, today: Day) -> Option<Day> {
    use chrono::Datelike;
    let year = today.date().year();
    (year - 8..=year)
        .rev()
        .filter_map(|year| NaiveDate::from_ymd_opt(year, month, day))
        .filter_map(Day::new)
        .find(|day| *day <= today)
}

impl FromStr for DayName {
    type Err = ParseError;

    fn from_str(text: &str) -> Result<Self, ParseError> {
        let not_a_day = || ParseError::new(ValueKind::Day, text);
        let word = text.to_ascii_lowercase();
        match word.as_str() {
            "today" => return Ok(Self::Today),
            "yesterday" => return Ok(Self::Yesterday),
            "tomorrow" => return Ok(Self::Tomorrow),
            _ => {}
        }
        if let Some(distance) = word.strip_prefix('-') {
            return distance_back(distance).ok_or_else(not_a_day);
        }
        if let Ok(day) = with_dashes(text).parse() {
            return Ok(Self::On(day));
        }
        if let Some(name) = month_day(text) {
            return Ok(name);
        }
        // Letters only: chrono would accept digits after the name of a weekday.
        if word.len() >= 3 && word.bytes().all(|byte| byte.is_ascii_lowercase()) {
            return word.parse().map(Self::Weekday).map_err(|_| not_a_day());
        }
        Err(not_a_day())
    }
}

fn distance_back(text: &str) -> Option<DayName> {
    let (count, unit) = counted(text)?;
    Some(match unit {
        Unit::Days => DayName::DaysAgo(u64::from(count)),
        Unit::Weeks => DayName::DaysAgo(u64::from(count) * 7),
        Unit::Months => DayName::MonthsAgo(count),
        Unit::Years => DayName::MonthsAgo(count.checked_mul(12)?),
    })
}

/// `2026-11-22` for `2026/11/22`. With fewer digits it could be another country's order.
fn with_dashes(text: &str) -> String {
    let is_whole = text.len() == 10 && text.bytes().filter(|byte| *byte == b'/').count() == 2;
    if is_whole { text.replace('/', "-") } else { text.to_owned() }
}

fn month_day(text: &str) -> Option<DayName> {
    let (month, day) = text.split_once('-')?;
    let two_digits = |part: &str| part.len() == 2 && part.bytes().all(|b| b.is_ascii_digit());
    if !two_digits(month) || !two_digits(day) {
        return None;
    }
    let (month, day) = (month.parse().ok()?, day.parse().ok()?);
    // 2024 is a leap year, so this accepts 29 February.
    NaiveDate::from_ymd_opt(2024, month, day)?;
    Some(DayName::MonthDay { month, day })
}

impl fmt::Display for DayName {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::On(day) => write!(f, "{day}"),
            Self::MonthDay { month, day } => write!(f, "{month:02}-{day:02}"),
            Self::Today => write!(f, "today"),
            Self::Yesterday => write!(f, "yesterday"),
            Self::Tomorrow => write!(f, "tomorrow"),
            Self::Weekday(weekday) => write!(f, "{weekday}"),
            Self::DaysAgo(days) => write!(f, "-{days}d"),
            Self::MonthsAgo(months) => write!(f, "-{months}m"),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::journal::testing::day;
    use proptest::prelude::*;

    fn meant(name: &str, today: &str) -> Option<String> {
        let name: DayName = name.parse().ok()?;
        name.resolve(day(today)).map(|day| day.to_string())
    }

    #[test]
    fn each_form_means_the_latest_day_that_fits() {
        // 2026-11-22 is a Sunday.
        for (name, wanted) in [
            ("2026-11-22", "2026-11-22"),
            ("2026/11/22", "2026-11-22"),
            ("tomorrow", "2026-11-23"),
            ("11-22", "2026-11-22"),
            ("11-23", "2025-11-23"),
            ("02-29", "2024-02-29"),
            ("today", "2026-11-22"),
            ("Yesterday", "2026-11-21"),
            ("saturday", "2026-11-21"),
            ("mon", "2026-11-16"),
            ("Sunday", "2026-11-15"),
            ("-7d", "2026-11-15"),
            ("-2w", "2026-11-08"),
            ("-3m", "2026-08-22"),
            ("-1y", "2025-11-22"),
            ("-0d", "2026-11-22"),
        ] {
            assert_eq!(meant(name, "2026-11-22").as_deref(), Some(wanted), "{name}");
        }
    }

    #[test]
    fn a_month_back_from_the_31st_may_be_the_last_day_of_a_shorter_month() {
        assert_eq!(meant("-1m", "2026-03-31").as_deref(), Some("2026-02-28"));
        assert_eq!(meant("-1y", "2024-02-29").as_deref(), Some("2023-02-28"));
    }

    #[test]
    fn what_is_not_a_day_is_refused() {
        for text in [
            "",
            "-",
            "-d",
            "7d",
            "-7",
            "-7x",
            "2026-13-01",
            "2025-02-29",
            "2026-1-1",
            "1899-12-31",
            "9999-01-01",
            "13-01",
            "02-30",
            "may",
            "in a year",
            "mon1",
            "su",
            "２０２６-11-22",
            "-99999999999d",
            "2026-11-22 ",
            "11/22/2026",
            "22/11/2026",
            "2026/11-22",
            "11/22",
            "+2026-11-2",
            "--",
            "-é",
        ] {
            assert!(text.parse::<DayName>().is_err(), "{text:?}");
        }
    }

    #[test]
    fn a_date_without_its_year_can_also_be_the_next_one() {
        let next = |name: &str, from: &str| {
            let name: DayName = name.parse().expect("a name");
            name.on_or_after(day(from)).map(|day| day.to_string())
        };
        assert_eq!(next("12-31", "2026-12-24").as_deref(), Some("2026-12-31"));
        assert_eq!(next("01-02", "2026-12-24").as_deref(), Some("2027-01-02"));
        assert_eq!(next("02-29", "2026-12-24").as_deref(), Some("2028-02-29"));
        assert_eq!(next("today", "2026-12-24"), None);
    }

    #[test]
    fn a_distance_before_the_first_year_has_no_day() {
        assert_eq!(meant("-400y", "2026-11-22"), None);
        assert_eq!(meant("-4294967295d", "2026-11-22"), None);
    }

    proptest! {
        #[test]
        fn no_text_makes_the_parser_panic(text in "\\PC{0,12}") {
            let _ = text.parse::<DayName>().map(|name| name.resolve(day("2026-11-22")));
        }

        #[test]
        fn a_name_without_a_year_is_never_in_the_future(
            name in "(mon|tue|wed|thu|fri|sat|sun|-[0-9]{1,2}[dwmy]|[01][0-9]-[0-3][0-9])",
            back in 0u64..10_000,
        ) {
            let today = day("2050-01-01").minus_days(back).expect("in range");
            if let Ok(name) = name.parse::<DayName>() {
                prop_assert!(name.resolve(today).is_some_and(|day| day <= today));
            }
        }
    }
}
