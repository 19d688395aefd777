//! A time on the wall, such as that of a reminder.

use std::fmt;
use std::str::FromStr;

use chrono::{NaiveTime, Timelike};

use crate::journal::parse_error::{ParseError, ValueKind};
use crate::journal::time::day::DayStart;

/// A time of a day in hours and minutes, from 00:00 to 23:59.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct TimeOfDay(NaiveTime);

impl TimeOfDay {
    pub fn hour(self) -> u32 {
        self.0.hour()
    }

    pub fn minute(self) -> u32 {
        self.0.minute()
    }

    /// Whether this time has come when the wall shows `now`, in a day that starts at `start`: at
    /// one in the morning, half past eight in the evening has.
    pub fn has_come(self, now: NaiveTime, start: DayStart) -> bool {
        start.time_since(self.0) <= start.time_since(now)
    }
}

impl fmt::Display for TimeOfDay {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{:02}:{:02}", self.hour(), self.minute())
    }
}

impl FromStr for TimeOfDay {
    type Err = ParseError;

    /// Reads `HH:MM` or `H:MM`, by the 24-hour clock.
    fn from_str(text: &str) -> Result<Self, ParseError> {
        let is_digit = |c: char| c.is_ascii_digit();
        let number = |part: &str, widths: &[usize]| {
            let is_number = widths.contains(&part.len()) && part.chars().all(is_digit);
            is_number.then(|| part.parse().ok()).flatten()
        };
        let read = || {
            let (hour, minute) = text.split_once(':')?;
            NaiveTime::from_hms_opt(number(hour, &[1, 2])?, number(minute, &[2])?, 0)
        };
        read().map(Self).ok_or_else(|| ParseError::new(ValueKind::TimeOfDay, text))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn time(text: &str) -> TimeOfDay {
        text.parse().expect("a time")
    }

    #[test]
    fn a_time_is_read_by_the_clock_of_24_hours_and_nothing_else_is() {
        for (text, shown) in [("20:30", "20:30"), ("8:05", "08:05"), ("00:00", "00:00")] {
            assert_eq!(time(text).to_string(), shown);
        }
        for text in ["24:00", "8pm", "20", "20:3", "20:60", "020:30", "-1:30", " 8:30", "8:30 ", ""]
        {
            let refused = text.parse::<TimeOfDay>();
            assert_eq!(refused, Err(ParseError::new(ValueKind::TimeOfDay, text)));
        }
    }

    #[test]
    fn a_time_has_come_until_the_next_day_starts() {
        let start = DayStart::default();
        let has_come = |at: &str, now: &str| time(at).has_come(now.parse().expect("a time"), start);
        assert!(!has_come("20:30", "20:29:59"));
        assert!(has_come("20:30", "20:30:00"));
        assert!(has_come("20:30", "03:59:59"));
        assert!(!has_come("20:30", "04:00:00"));
        assert!(!has_come("01:00", "23:00:00"));
        assert!(has_come("01:00", "01:30:00"));
    }
}
