//! A day as a person lives it, and the rule that says which day an instant belongs to.
//!
//! A day is a civil date, never a number of seconds: it is read off the clock on the wall, less
//! the hour at which the person's day starts. Once stored it is never computed again, so travel,
//! daylight saving and changed settings move no day of the past.

use std::fmt;
use std::str::FromStr;

use chrono::{DateTime, Datelike, Days, FixedOffset, Months, NaiveDate, NaiveDateTime, NaiveTime};
use chrono::{TimeDelta, Timelike, Weekday};

use crate::journal::parse_error::{ParseError, ValueKind};

/// An instant together with the offset from UTC that the person's clock had then.
pub type Moment = DateTime<FixedOffset>;

/// The instant a command runs at and the day it belongs to, read once and passed along.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Now {
    pub at: Moment,
    pub day: Day,
}

/// A local calendar date between 1900-01-01 and 9998-12-31, written `YYYY-MM-DD`.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Day(NaiveDate);

impl Day {
    /// The day of this date, or `None` outside the years 1900 to 9998.
    pub fn new(date: NaiveDate) -> Option<Self> {
        (1900..=9998).contains(&date.year()).then_some(Self(date))
    }

    /// The day that a local date and time belongs to: its date, or the date before where the
    /// time is earlier than the start of the day. `None` outside the years 1900 to 9998.
    pub fn lived(local: NaiveDateTime, start: DayStart) -> Option<Self> {
        let date = local.date();
        if local.time() < start.0 { Self::new(date.pred_opt()?) } else { Self::new(date) }
    }

    /// The civil date itself.
    pub fn date(self) -> NaiveDate {
        self.0
    }

    pub fn weekday(self) -> Weekday {
        self.0.weekday()
    }

    /// The day so many days later, or `None` where that leaves the years dwell keeps.
    pub fn plus_days(self, days: u64) -> Option<Self> {
        self.0.checked_add_days(Days::new(days)).and_then(Self::new)
    }

    /// The day so many days earlier, or `None` where that leaves the years dwell keeps.
    pub fn minus_days(self, days: u64) -> Option<Self> {
        self.0.checked_sub_days(Days::new(days)).and_then(Self::new)
    }

    /// The same day of a later month, or that month's last day where it is shorter.
    pub fn plus_months(self, months: u32) -> Option<Self> {
        (self.0.checked_add_months(Months::new(months))).and_then(Self::new)
    }

    /// The same day of an earlier month, or that month's last day where it is shorter.
    pub fn minus_months(self, months: u32) -> Option<Self> {
        (self.0.checked_sub_months(Months::new(months))).and_then(Self::new)
    }

    /// Every day from this one to `last`, in order; only this one if `last` is earlier.
    pub fn through(self, last: Day) -> impl Iterator<Item = Day> {
        let next = move |day: &Day| day.plus_days(1).filter(|day| *day <= last);
        std::iter::successors(Some(self), next)
    }

    /// How many calendar days lie between `earlier` and this day; negative if it is later.
    pub fn days_since(self, earlier: Day) -> i64 {
        self.0.signed_duration_since(earlier.0).num_days()
    }
}

impl fmt::Display for Day {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}", self.0.format("%Y-%m-%d"))
    }
}

impl FromStr for Day {
    type Err = ParseError;

    /// Reads exactly `YYYY-MM-DD`, the form a day is written in.
    fn from_str(text: &str) -> Result<Self, ParseError> {
        let digits = |part: &str| part.bytes().all(|byte| byte.is_ascii_digit());
        let not_a_day = || ParseError::new(ValueKind::Day, text);
        let parts: Vec<&str> = text.split('-').collect();
        let [year, month, day] = parts[..] else {
            return Err(not_a_day());
        };
        let well_formed = [(year, 4), (month, 2), (day, 2)]
            .iter()
            .all(|(part, width)| part.len() == *width && digits(part));
        if !well_formed {
            return Err(not_a_day());
        }
        NaiveDate::parse_from_str(text, "%Y-%m-%d").ok().and_then(Self::new).ok_or_else(not_a_day)
    }
}

/// The local time at which a person's day starts, from 00:00 to 12:00; 04:00 unless configured.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct DayStart(NaiveTime);

impl Default for DayStart {
    fn default() -> Self {
        Self(NaiveTime::from_hms_opt(4, 0, 0).expect("04:00 is a time"))
    }
}

impl fmt::Display for DayStart {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{:02}:{:02}", self.0.hour(), self.0.minute())
    }
}

impl FromStr for DayStart {
    type Err = ParseError;

    fn from_str(text: &str) -> Result<Self, ParseError> {
        let noon = NaiveTime::from_hms_opt(12, 0, 0).expect("noon is a time");
        match NaiveTime::parse_from_str(text, "%H:%M") {
            Ok(time) if time <= noon => Ok(Self(time)),
            _ => Err(ParseError::new(ValueKind::DayStart, text)),
        }
    }
}

/// Which day is today, given the servings there are.
///
/// `asked` is the day the clock gives. A day that has a serving is itself; a day before the newest
/// serving that has none is one the clock or the zone went back to, and the newest serving stands.
pub fn today(asked: Day, has_serving: bool, newest_serving: Option<Day>) -> Day {
    match newest_serving {
        Some(newest) if !has_serving && asked < newest => newest,
        _ => asked,
    }
}

/// How far a clock or a zone goes back at most when somebody travels: 36 hours.
const TRAVEL: TimeDelta = TimeDelta::hours(36);

/// Whether a lesson was served so far ahead of the present moment that no travel explains it. The
/// clock was wrong then, or it is wrong now.
pub fn is_clock_in_doubt(now: Moment, newest_serving: Moment) -> bool {
    newest_serving - now > TRAVEL
}

#[cfg(test)]
mod tests;
