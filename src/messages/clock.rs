//! The clock and the time zone.

use crate::clock::ClockError;
use crate::journal::Day;
use crate::messages::Message;

/// Why the clock could not be read.
pub fn error(error: &ClockError) -> Message {
    match error {
        ClockError::UnknownZone(zone) => {
            Message::new(format!("TZ is '{zone}', which names no time zone"))
                .hint("a zone looks like TZ=Europe/Berlin")
        }
        ClockError::BadNow(text) => {
            Message::new(format!("DWELL_NOW is '{text}', which is no RFC 3339 time"))
                .hint("a time looks like DWELL_NOW=2026-11-22T07:00:00+01:00")
        }
        ClockError::OutOfRange(at) => Message::new(format!("the clock says {}", at.to_rfc3339()))
            .hint("dwell keeps the years 1900 to 9998; set the clock"),
    }
}

/// Says that the newest serving lies so far ahead of the clock that one of the two is wrong.
pub fn doubt(clock: Day, served: Day) -> String {
    format!("the clock says {clock}, but a lesson was served on {served}: one of the two is wrong")
}
