//! A year, a month or a week, and what a person may type for one.
//!
//! A name without a year always means a period that has begun: the latest one.

use std::fmt;
use std::str::FromStr;

use chrono::{Datelike, Month, Months, NaiveDate, Weekday};

use crate::journal::parse_error::{ParseError, ValueKind};
use crate::journal::time::day::Day;
use crate::journal::time::distance::{Unit, counted};

/// A whole year, a whole month or a week, between 1900 and 9998.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Period {
    first: Day,
    last: Day,
}

impl Period {
    /// The year; `None` outside the years 1900 to 9998.
    pub fn of_year(year: i32) -> Option<Self> {
        Self::from_first(NaiveDate::from_ymd_opt(year, 1, 1)?, Months::new(12))
    }

    /// The month, counted from 1; `None` if there is no such month in the years 1900 to 9998.
    pub fn of_month(year: i32, month: u32) -> Option<Self> {
        Self::from_first(NaiveDate::from_ymd_opt(year, month, 1)?, Months::new(1))
    }

    /// The week that contains this day, seven days from `week_start`; shorter at the ends of the
    /// years 1900 to 9998.
    pub fn week_of(day: Day, week_start: Weekday) -> Self {
        let before = day.weekday().days_since(week_start);
        let first = day.minus_days(u64::from(before)).unwrap_or(day);
        Self { first, last: day.plus_days(u64::from(6 - before)).unwrap_or(day) }
    }

    /// The month that contains this day.
    pub fn month_of(day: Day) -> Self {
        let date = day.date();
        // The month of a day is always in the years 1900 to 9998.
        Self::of_month(date.year(), date.month()).unwrap_or(Self { first: day, last: day })
    }

    /// The year that contains this day.
    pub fn year_of(day: Day) -> Self {
        // The year of a day is always one of the years 1900 to 9998.
        Self::of_year(day.date().year()).unwrap_or(Self { first: day, last: day })
    }

    fn from_first(first: NaiveDate, length: Months) -> Option<Self> {
        let last = first.checked_add_months(length)?.pred_opt()?;
        Some(Self { first: Day::new(first)?, last: Day::new(last)? })
    }

    pub fn first(self) -> Day {
        self.first
    }

    pub fn last(self) -> Day {
        self.last
    }

    pub fn is_month(self) -> bool {
        self == Self::month_of(self.first)
    }

    pub fn is_week(self) -> bool {
        self.last.days_since(self.first) < 7
    }

    /// The year that contains this period; for a week in two years, both years.
    #[must_use]
    pub fn whole_year(self) -> Self {
        Self { first: Self::year_of(self.first).first, last: Self::year_of(self.last).last }
    }

    pub fn contains(self, day: Day) -> bool {
        (self.first..=self.last).contains(&day)
    }

    /// Every day of the period, in order.
    pub fn days(self) -> impl Iterator<Item = Day> {
        self.first.through(self.last)
    }
}

/// A year, a month or a week as typed.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum PeriodName {
    /// `2026`, `2026-11`, or `2026-W47`: from Monday to Sunday, as ISO 8601 counts weeks.
    On(Period),
    /// `november`, or `nov`: the latest one that has begun.
    LatestMonth(u32),
    /// `-1y`
    YearsAgo(u32),
    /// `-3m`
    MonthsAgo(u32),
}

impl PeriodName {
    /// The period that is meant on the day `today`; `None` outside the years 1900 to 9998.
    pub fn resolve(self, today: Day) -> Option<Period> {
        let date = today.date();
        match self {
            Self::On(period) => Some(period),
            Self::LatestMonth(month) => {
                let has_begun = month <= date.month();
                Period::of_month(if has_begun { date.year() } else { date.year() - 1 }, month)
            }
            Self::YearsAgo(years) => Period::of_year(date.year().checked_sub_unsigned(years)?),
            Self::MonthsAgo(months) => {
                let date = today.minus_months(months)?.date();
                Period::of_month(date.year(), date.month())
            }
        }
    }
}

impl FromStr for PeriodName {
    type Err = ParseError;

    fn from_str(text: &str) -> Result<Self, ParseError> {
        let word = text.to_ascii_lowercase();
        let name = match word.strip_prefix('-') {
            Some(distance) => distance_back(distance),
            None => dated(&word).map(Self::On).or_else(|| month_named(&word)),
        };
        name.ok_or_else(|| ParseError::new(ValueKind::Period, text))
    }
}

fn distance_back(text: &str) -> Option<PeriodName> {
    match counted(text)? {
        (count, Unit::Years) => Some(PeriodName::YearsAgo(count)),
        (count, Unit::Months) => Some(PeriodName::MonthsAgo(count)),
        (_, Unit::Days | Unit::Weeks) => None,
    }
}

fn dated(text: &str) -> Option<Period> {
    let (year, month) = match text.split_once('-') {
        Some((year, month)) => (year, Some(month)),
        None => (text, None),
    };
    let year = (year.len() == 4).then(|| number(year))??.try_into().ok()?;
    match month {
        Some(week) if week.starts_with('w') => week_of(year, &week[1..]),
        Some(month) => Period::of_month(year, (month.len() == 2).then(|| number(month))??),
        None => Period::of_year(year),
    }
}

/// A week by its number.
fn week_of(year: i32, week: &str) -> Option<Period> {
    let week = (week.len() == 2).then(|| number(week))??;
    let first = Day::new(NaiveDate::from_isoywd_opt(year, week, Weekday::Mon)?)?;
    Some(Period::week_of(first, Weekday::Mon)).filter(|period| period.days().count() == 7)
}

/// A month by its whole name or the first three letters of it.
fn month_named(word: &str) -> Option<PeriodName> {
    (1..=12u8).find_map(|number| {
        let name = Month::try_from(number).ok()?.name().to_ascii_lowercase();
        (word == name || word == &name[..3]).then_some(PeriodName::LatestMonth(number.into()))
    })
}

fn number(digits: &str) -> Option<u32> {
    let all = !digits.is_empty() && digits.bytes().all(|byte| byte.is_ascii_digit());
    all.then(|| digits.parse().ok())?
}

impl fmt::Display for PeriodName {
    /// The name in a form that can be typed: `2026`, `2026-11`, `november`, `-1y`.
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::On(period) => {
                let form = match period {
                    _ if period.is_week() => "%G-W%V",
                    _ if period.is_month() => "%Y-%m",
                    _ => "%Y",
                };
                write!(f, "{}", period.first.date().format(form))
            }
            Self::LatestMonth(number) => {
                let month = u8::try_from(*number).ok().and_then(|number| number.try_into().ok());
                f.write_str(&month.map_or("", |month: Month| month.name()).to_ascii_lowercase())
            }
            Self::YearsAgo(years) => write!(f, "-{years}y"),
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
        let period = name.parse::<PeriodName>().ok()?.resolve(day(today))?;
        Some(format!("{} {}", period.first(), period.last()))
    }

    #[test]
    fn a_week_has_seven_days_from_its_first_day_also_over_the_new_year() {
        for (day, week_start, wanted) in [
            ("2026-11-22", Weekday::Mon, ("2026-11-16", "2026-11-22")),
            ("2026-11-22", Weekday::Sun, ("2026-11-22", "2026-11-28")),
            ("2027-01-01", Weekday::Mon, ("2026-12-28", "2027-01-03")),
        ] {
            let week = Period::week_of(day.parse().expect("a day"), week_start);
            assert_eq!((week.first.to_string().as_str(), week.last.to_string().as_str()), wanted);
            assert!(!week.is_month());
        }
        let week = Period::week_of("2027-01-01".parse().expect("a day"), Weekday::Mon);
        let years = week.whole_year();
        assert_eq!(
            (years.first.to_string(), years.last.to_string()),
            ("2026-01-01".into(), "2027-12-31".into())
        );
    }

    #[test]
    fn each_form_means_the_latest_period_that_has_begun() {
        for (name, wanted) in [
            ("2026", "2026-01-01 2026-12-31"),
            ("2027", "2027-01-01 2027-12-31"),
            ("1900", "1900-01-01 1900-12-31"),
            ("9998", "9998-01-01 9998-12-31"),
            ("2024-02", "2024-02-01 2024-02-29"),
            ("9998-12", "9998-12-01 9998-12-31"),
            ("november", "2026-11-01 2026-11-30"),
            ("NOV", "2026-11-01 2026-11-30"),
            ("Dec", "2025-12-01 2025-12-31"),
            ("may", "2026-05-01 2026-05-31"),
            ("-0y", "2026-01-01 2026-12-31"),
            ("-1y", "2025-01-01 2025-12-31"),
            ("-0m", "2026-11-01 2026-11-30"),
            ("-3m", "2026-08-01 2026-08-31"),
            ("-12M", "2025-11-01 2025-11-30"),
        ] {
            assert_eq!(meant(name, "2026-11-22").as_deref(), Some(wanted), "{name}");
        }
    }

    #[test]
    fn a_month_back_from_the_31st_is_the_month_before() {
        assert_eq!(meant("-1m", "2026-03-31").as_deref(), Some("2026-02-01 2026-02-28"));
        assert_eq!(meant("mar", "2026-03-01").as_deref(), Some("2026-03-01 2026-03-31"));
        assert_eq!(meant("apr", "2026-03-31").as_deref(), Some("2025-04-01 2025-04-30"));
    }

    #[test]
    fn a_text_that_is_neither_a_year_nor_a_month_is_refused() {
        for text in [
            "",
            "-",
            "-y",
            "-1",
            "-1d",
            "-2w",
            "1y",
            "26",
            "02026",
            "1899",
            "9999",
            "2026-1",
            "2026-13",
            "2026-00",
            "2026-11-22",
            "2026-",
            "-2026",
            "+202",
            "no",
            "nove",
            "today",
            "２０２６",
            "this year",
            "nov ",
            "-é",
            "--",
        ] {
            assert!(text.parse::<PeriodName>().is_err(), "{text:?}");
        }
    }

    #[test]
    fn a_period_before_the_year_1900_is_none() {
        assert_eq!(meant("-127y", "2026-11-22"), None);
        assert_eq!(meant("-4294967295y", "2026-11-22"), None);
        assert_eq!(meant("-4294967295m", "2026-11-22"), None);
        assert_eq!(meant("dec", "1900-11-22"), None);
    }

    #[test]
    fn a_name_is_shown_as_it_can_be_typed() {
        for name in ["-1y", "-3m", "november", "2026", "2026-11"] {
            assert_eq!(name.parse::<PeriodName>().expect(name).to_string(), name);
        }
    }

    proptest! {
        #[test]
        fn no_text_makes_the_parser_panic(text in "\\PC{0,8}") {
            let _ = text.parse::<PeriodName>().map(|name| name.resolve(day("2026-11-22")));
        }

        #[test]
        fn a_period_is_its_days_from_the_first_to_the_last(year in 1900i32..=9998, month in 0u32..=12) {
            let period = if month == 0 { Period::of_year(year) } else { Period::of_month(year, month) };
            let period = period.expect("a period");
            let days: Vec<Day> = period.days().collect();
            let leap = NaiveDate::from_ymd_opt(year, 2, 29).is_some();
            let wanted = match month {
                0 => 365 + usize::from(leap),
                2 => 28 + usize::from(leap),
                4 | 6 | 9 | 11 => 30,
                _ => 31,
            };
            prop_assert_eq!(days.len(), wanted);
            prop_assert_eq!((days[0], days[wanted - 1]), (period.first(), period.last()));
            prop_assert!(days.iter().all(|day| period.contains(*day)));
            prop_assert_eq!(period.is_month(), month > 0);
            prop_assert_eq!(Some(period.whole_year()), Period::of_year(year));
        }
    }
}
