//! The one place that reads the clock. Everywhere else time is a value.
//!
//! `DWELL_NOW` sets the clock for tests and scripts. Otherwise a command reads the system's clock
//! and zone once. A `TZ` that does not name a zone is an error; most libraries would silently use
//! UTC.

mod local_zone;
mod zone;

use std::fmt;

use chrono::{DateTime, Local, SubsecRound, Timelike};
use uuid::Uuid;

use crate::journal::{Day, DayStart, Moment, Now};

pub use local_zone::LocalZone;
pub use zone::ZoneFault;

/// The settings for reading the time.
#[derive(Debug, Clone, Default)]
pub struct Clock {
    /// `DWELL_NOW`: an RFC 3339 instant whose offset is the local zone's.
    pub set_to: Option<String>,
    /// `TZ` from the environment.
    pub zone: Option<String>,
    pub day_start: DayStart,
}

impl Clock {
    /// The present moment, in whole milliseconds, and the day it belongs to. Errors if `TZ` or
    /// `DWELL_NOW` cannot be read, or if the day is outside the years 1900 to 9998.
    pub fn now(&self) -> Result<Now, ClockError> {
        if let Some(zone) = &self.zone {
            let bad = |fault| ClockError::BadZone { zone: zone.clone(), fault };
            zone::require_known(zone).map_err(bad)?;
        }
        let at: Moment = match &self.set_to {
            Some(text) => {
                DateTime::parse_from_rfc3339(text).map_err(|_| ClockError::BadNow(text.clone()))?
            }
            #[expect(clippy::disallowed_methods, reason = "this is the room that reads the clock")]
            None => Local::now().fixed_offset(),
        };
        let at = at.trunc_subsecs(3);
        // chrono gives a leap second as 23:59:59 and over 1000 ms. Keep it within that second.
        let at = at.with_nanosecond(at.nanosecond().min(999_000_000)).unwrap_or(at);
        match Day::lived(at.naive_local(), self.day_start) {
            Some(day) => Ok(Now { at, day }),
            None => Err(ClockError::OutOfRange(at)),
        }
    }
}

/// The system's time in UTC, for words that must be kept though the clock's settings are wrong.
pub fn system_time() -> Moment {
    #[expect(clippy::disallowed_methods, reason = "this is the room that reads the clock")]
    chrono::Utc::now().fixed_offset()
}

/// The date of the system's clock in UTC, where the day of a person cannot be known.
/// `None` outside the years 1900 to 9998.
pub fn utc_day() -> Option<Day> {
    Day::new(system_time().date_naive())
}

/// A new id that sorts by time: a UUID of version 7 with this instant, in whole milliseconds.
pub fn time_id(at: Moment) -> Uuid {
    let seconds = u64::try_from(at.timestamp()).unwrap_or_default();
    let nanos = at.timestamp_subsec_millis() * 1_000_000;
    Uuid::new_v7(uuid::Timestamp::from_unix(uuid::NoContext, seconds, nanos))
}

/// Why the time could not be read.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum ClockError {
    /// `TZ` does not name a zone.
    BadZone { zone: String, fault: ZoneFault },
    /// `DWELL_NOW` is not an RFC 3339 instant with an offset.
    BadNow(String),
    /// The day is outside the years 1900 to 9998.
    OutOfRange(Moment),
}

/// For logs and tests. `messages` has the sentence for a person.
impl fmt::Display for ClockError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        fmt::Debug::fmt(self, f)
    }
}

impl std::error::Error for ClockError {}

#[cfg(test)]
mod tests {
    use super::*;

    fn clock(now: &str) -> Clock {
        Clock { set_to: Some(now.to_owned()), ..Clock::default() }
    }

    #[test]
    fn the_day_of_a_set_clock_depends_on_its_offset() {
        let now = clock("2026-11-23T03:59:59+09:00").now().expect("a time");
        assert_eq!(now.day.to_string(), "2026-11-22");
        assert_eq!(now.at.to_rfc3339(), "2026-11-23T03:59:59+09:00");
    }

    #[test]
    fn a_clock_set_to_something_else_than_an_instant_is_an_error() {
        for text in ["", "yesterday", "2026-11-22", "2026-11-22T10:00:00"] {
            assert_eq!(clock(text).now(), Err(ClockError::BadNow(text.to_owned())));
        }
        assert!(matches!(clock("1899-06-01T10:00:00+00:00").now(), Err(ClockError::OutOfRange(_))));
    }

    #[test]
    fn an_unknown_zone_is_an_error_even_if_the_clock_is_set() {
        let clock =
            Clock { zone: Some("Nonsense/Zone".to_owned()), ..clock("2026-11-22T10:00:00Z") };
        let zone = "Nonsense/Zone".to_owned();
        assert_eq!(clock.now(), Err(ClockError::BadZone { zone, fault: ZoneFault::Unknown }));
    }

    #[test]
    fn a_leap_second_stays_in_its_second() {
        let now = clock("2016-12-31T23:59:60.5Z").now().expect("a time");
        assert_eq!(now.day.to_string(), "2016-12-31");
        assert_eq!(now.at.timestamp_subsec_millis(), 999);
    }
}
