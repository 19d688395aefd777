//! Why a text is not a value of the expected kind.

use std::fmt::Display;

use crate::config::TABLE;
use crate::journal::look_back::rest::{Holiday, HolidayError, LONGEST};
use crate::journal::{Day, DayName, ParseError, TimeName, ValueKind};
use crate::messages::Message;
use crate::messages::time;

/// The forms of a day, for hints and help.
pub const DAY_FORMS: &str =
    "a day is 2026-11-22, 11-22, today, yesterday, monday, -7d, -2w, -3m or -1y";

/// The forms of a time, for hints and help.
pub const TIME_FORMS: &str =
    "a time is 2026, 2026-11, 2026-W47, november, 2026-11-22, yesterday or -7d";

/// Says that a text is not a value of the expected kind, and what such a value looks like.
pub fn error(error: &ParseError) -> Message {
    let text = &error.text;
    let is_not = |what: &str| Message::new(format!("'{text}' is not {what}"));
    match error.expected {
        ValueKind::Day => is_not("a day").hint(DAY_FORMS),
        ValueKind::DayStart => is_not("a time from 00:00 to 12:00"),
        ValueKind::TimeOfDay => {
            is_not("a time of day").hint("a time of day is 20:30, from 00:00 to 23:59")
        }
        ValueKind::Period => is_not("a year or a month")
            .hint(format!("{TIME_FORMS}; or -1y or -3m, within the years 1900 to 9998")),
        ValueKind::Time => is_not("a time").hint(TIME_FORMS),
        ValueKind::Weekdays => Message::new(format!("'{text}' are not weekdays")),
        ValueKind::Distances => {
            Message::new(format!("'{text}' are not distances such as 1w 6m years"))
        }
        ValueKind::SeriesName => is_not("a series name (a-z, 0-9 and -)").hint("dwell series list"),
        ValueKind::Limit => is_not("a limit").hint("a limit is a number, 1 or more"),
        ValueKind::Tag => is_not("a tag").hint("a tag is letters, digits, -, _ and /"),
        ValueKind::Setting => {
            let names: Vec<&str> = TABLE.iter().map(|setting| setting.name).collect();
            is_not("a setting").hint(format!("the settings are {}", names.join(", ")))
        }
    }
}

/// Says that a day lies before the first year that dwell keeps.
pub fn day_too_early(name: DayName) -> Message {
    Message::new(format!("'{name}' lies before the year 1900"))
}

pub fn period_too_early(name: &dyn Display) -> Message {
    Message::new(format!("'{name}' lies before the year 1900"))
}

/// Says that a time is longer than the period that was asked for.
pub fn longer_than(name: TimeName, scope: &str, longer: &str) -> Message {
    Message::new(format!("{name} is longer than a {scope}"))
        .hint(format!("dwell review {longer} {name}"))
}

/// Why days cannot be marked as rest.
pub fn holiday(error: HolidayError) -> Message {
    match error {
        HolidayError::Backwards { first, last } => Message::new(format!("{first} is after {last}"))
            .hint(format!("dwell rest {last} {first}")),
        HolidayError::TooLong { first, last } => {
            let days = time::holiday(Holiday { first, last });
            Message::new(format!("{days} is more than {LONGEST} days"))
                .hint("mark it a year at a time")
        }
        HolidayError::TooFar { last, furthest } => {
            Message::new(format!("{last} is more than ten years ahead"))
                .hint(format!("the last day that can be marked today is {furthest}"))
        }
    }
}

pub fn day_to_come(day: Day, today: Day) -> Message {
    Message::new(format!("{day} has not come yet")).hint(format!("today is {today}"))
}

/// Why a text is not TOML of the expected form, on one line. `full` is all that the reader of TOML
/// says, with the line itself; `why` is the reason alone.
pub fn toml(full: &str, why: &str) -> String {
    match full.lines().next().filter(|place| place.starts_with("TOML parse error at")) {
        Some(place) => format!("{place}: {why}"),
        None => full.trim_end().to_owned(),
    }
}
