//! A day as a person lives it, and the rule that says which day an instant belongs to.
//!
//! A day is a civil date, not a number of seconds: the date on the wall clock, or the date before
//! if the person's day has not started yet. A stored day is never computed again, so travel,
//! daylight saving and changed settings never change a past day.

use std::fmt;
use std::str::FromStr;

use chrono::{DateTime, Datelike, Days, FixedOffset, Months, NaiveDate, NaiveDateTime, NaiveTime};
use chrono::{TimeDelta, Timelike, Weekday};

use crate::journal::parse_error::{ParseError, ValueKind};

/// An instant, with the offset from UTC of the person's clock at that time.
pub type Moment = DateTime<FixedOffset>;

/// The instant at which a command runs and the day it belongs to. Each command reads it once.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Now {
    pub at: Moment,
    pub day: Day,
}

impl Now {
    /// Whether midnight is past, so that the wall shows a later date, and the day goes on until the
    /// next one starts.
    pub fn is_past_midnight(self) -> bool {
        self.at.naive_local().date() > self.day.date()
    }
}

/// A local calendar date between 1900-01-01 and 9998-12-31, written `YYYY-MM-DD`.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Day(NaiveDate);

impl Day {
    /// The day of this date, or `None` outside the years 1900 to 9998.
    pub fn new(date: NaiveDate) -> Option<Self> {
        (1900..=9998).contains(&date.year()).then_some(Self(date))
    }

    /// The day that a local date and time belongs to: its date, or the date before if the time is
    /// earlier than the start of the day. `None` outside the years 1900 to 9998.
    pub fn lived(local: NaiveDateTime, start: DayStart) -> Option<Self> {
        let date = local.date();
        if local.time() < start.0 { Self::new(date.pred_opt()?) } else { Self::new(date) }
    }

    pub fn date(self) -> NaiveDate {
        self.0
    }

    pub fn weekday(self) -> Weekday {
        self.0.weekday()
    }

    /// The day this many days later; `None` after the year 9998.
    pub fn plus_days(self, days: u64) -> Option<Self> {
        self.0.checked_add_days(Days::new(days)).and_then(Self::new)
    }

    /// The day this many days earlier; `None` before the year 1900.
    pub fn minus_days(self, days: u64) -> Option<Self> {
        self.0.checked_sub_days(Days::new(days)).and_then(Self::new)
    }

    /// The same day of a later month, or the last day of that month if it is shorter; `None` after
    /// the year 9998.
    pub fn plus_months(self, months: u32) -> Option<Self> {
        (self.0.checked_add_months(Months::new(months))).and_then(Self::new)
    }

    /// The same day of an earlier month, or the last day of that month if it is shorter; `None`
    /// before the year 1900.
    pub fn minus_months(self, months: u32) -> Option<Self> {
        (self.0.checked_sub_months(Months::new(months))).and_then(Self::new)
    }

    /// Every day from this one to `last`, in order; only this one if `last` is earlier.
    pub fn through(self, last: Day) -> impl Iterator<Item = Day> {
        let next = move |day: &Day| day.plus_days(1).filter(|day| *day <= last);
        std::iter::successors(Some(self), next)
    }

    /// The number of calendar days from `earlier` to this day; negative if `earlier` is later.
    pub fn days_since(self, earlier: Day) -> i64 {
        self.0.signed_duration_since(earlier.0).num_days()
    }
}

impl fmt::Display for Day {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        // The form of ISO 8601, which is also that of a date in debugging.
        write!(f, "{:?}", self.0)
    }
}

impl FromStr for Day {
    type Err = ParseError;

    /// Reads exactly `YYYY-MM-DD`. Errors at any other text and outside the years 1900 to 9998.
    fn from_str(text: &str) -> Result<Self, ParseError> {
        date(text.as_bytes())
            .and_then(Self::new)
            .ok_or_else(|| ParseError::new(ValueKind::Day, text))
    }
}

/// The date `YYYY-MM-DD`. Every row of a journal has one, and a parser of any form would take ten
/// times as long.
fn date(text: &[u8]) -> Option<NaiveDate> {
    let [y1, y2, y3, y4, b'-', m1, m2, b'-', d1, d2] = *text else { return None };
    let number = |digits: &[u8]| {
        digits.iter().try_fold(0_u16, |number, digit| {
            digit.is_ascii_digit().then(|| number * 10 + u16::from(digit - b'0'))
        })
    };
    let year = number(&[y1, y2, y3, y4])?;
    let (month, day) = (number(&[m1, m2])?, number(&[d1, d2])?);
    NaiveDate::from_ymd_opt(year.into(), month.into(), day.into())
}

/// The local time at which a person's day starts, from 00:00 to 12:00; 04:00 by default.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct DayStart(NaiveTime);

impl Default for DayStart {
    fn default() -> Self {
        Self(NaiveTime::from_hms_opt(4, 0, 0).expect("04:00 is a time"))
    }
}

impl DayStart {
    /// How long after the start of its day the wall shows this time.
    pub(crate) fn time_since(self, time: NaiveTime) -> TimeDelta {
        let since = time.signed_duration_since(self.0);
        if since < TimeDelta::zero() { since + TimeDelta::days(1) } else { since }
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

/// Which day is today, and what speaks against the clock.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Today {
    pub day: Day,
    /// The day that the clock gives.
    pub by_clock: Day,
    /// The newest day that was served so far after now that travel cannot explain it: the clock was
    /// wrong at that time, or it is wrong now.
    pub too_far_ahead: Option<Day>,
}

/// A lesson that was served for a day after the one that the clock gives.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct ServedAhead {
    pub day: Day,
    pub at: Moment,
    /// After this serving, the same device recorded something at a much earlier time: the clock was
    /// wrong when it served.
    pub was_contradicted: bool,
}

/// Which day is today.
///
/// It is the day that the clock gives, unless that day has no serving and the newest serving is for
/// a later day and travel can explain it: then the clock or the zone went back, and today is the
/// day of the newest serving. A serving that was contradicted does not count.
///
/// `ahead` are the servings for days after the one that the clock gives.
pub fn today(now: Now, has_serving: bool, ahead: &[ServedAhead]) -> Today {
    let newest = ahead
        .iter()
        .filter(|serving| !serving.was_contradicted)
        .max_by_key(|serving| serving.day)
        .filter(|newest| !has_serving && newest.can_be_travel(now.at));
    let too_far = ahead.iter().filter(|serving| !serving.can_be_travel(now.at));
    Today {
        day: newest.map_or(now.day, |newest| newest.day),
        by_clock: now.day,
        too_far_ahead: too_far.map(|serving| serving.day).max(),
    }
}

/// The most that a clock or a zone goes back when somebody travels.
pub(crate) const TRAVEL: TimeDelta = TimeDelta::hours(36);

/// Whether one moment is so far before another that travel cannot explain how the clock got there.
pub fn is_too_far_before(earlier: Moment, later: Moment) -> bool {
    later - earlier > TRAVEL
}

/// The number of days that tells which clock was wrong: if this many days after today were served,
/// the clock of now is behind. A clock that was ahead leaves fewer.
pub const DAYS_THAT_SHOW_A_CLOCK_BEHIND: usize = 7;

impl ServedAhead {
    fn can_be_travel(self, now: Moment) -> bool {
        !self.was_contradicted && !is_too_far_before(now, self.at)
    }
}

#[cfg(test)]
mod tests;
