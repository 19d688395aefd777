//! The zone in which the person lives, for times that another program stored without one.

use chrono::offset::LocalResult;
use chrono::{DateTime, FixedOffset, Local, NaiveDateTime, Offset, TimeDelta, TimeZone, Utc};

use crate::clock::{Clock, ClockError};
use crate::journal::Moment;

/// The zone of the person.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum LocalZone {
    /// That of a clock that was set, in summer and in winter.
    Fixed(FixedOffset),
    /// The system's.
    System,
}

impl Clock {
    /// The zone of the person. Errors if the time cannot be read.
    pub fn local_zone(&self) -> Result<LocalZone, ClockError> {
        let now = self.now()?;
        Ok(match self.set_to {
            Some(_) => LocalZone::Fixed(*now.at.offset()),
            None => LocalZone::System,
        })
    }
}

impl LocalZone {
    /// The moment at which the clock on the wall shows this time. If it does so twice, the first
    /// one.
    pub fn on_the_wall(self, time: NaiveDateTime) -> Moment {
        let offset = match self {
            Self::Fixed(offset) => offset,
            Self::System => system_offset(time),
        };
        offset.from_local_datetime(&time).single().unwrap_or_else(|| time.and_utc().fixed_offset())
    }

    /// An instant with the offset that the clock on the wall has then.
    pub fn of_instant(self, at: DateTime<Utc>) -> Moment {
        match self {
            Self::Fixed(offset) => at.with_timezone(&offset),
            Self::System => at.with_timezone(&Local).fixed_offset(),
        }
    }
}

/// The offset that the system's zone has at a time on the wall.
fn system_offset(time: NaiveDateTime) -> FixedOffset {
    match Local.offset_from_local_datetime(&time) {
        LocalResult::Single(offset) | LocalResult::Ambiguous(offset, _) => offset.fix(),
        // The clock skips this time: the offset is that of the hours before.
        LocalResult::None => {
            let before = time.checked_sub_signed(TimeDelta::hours(3)).unwrap_or(time);
            let before = Local.offset_from_local_datetime(&before).earliest();
            before.map_or_else(|| Utc.fix(), |offset| offset.fix())
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_set_clock_has_its_offset_at_all_times() {
        for offset in ["+13:00", "-10:00"] {
            let now = format!("2026-11-22T07:00:00{offset}");
            let clock = Clock { set_to: Some(now), ..Clock::default() };
            let zone = clock.local_zone().expect("a zone");
            let time = "2020-01-01T00:00:00".parse().expect("a time");
            let at = zone.on_the_wall(time);
            assert_eq!(at.to_rfc3339(), format!("2020-01-01T00:00:00{offset}"));
            assert_eq!(zone.of_instant(at.to_utc()), at);
        }
    }

    #[test]
    fn every_time_on_the_wall_is_a_moment_with_that_time() {
        let first: NaiveDateTime = "2026-01-01T00:15:00".parse().expect("a time");
        for hour in 0..9000 {
            let time = first + TimeDelta::hours(hour);
            assert_eq!(LocalZone::System.on_the_wall(time).naive_local(), time);
        }
    }
}
