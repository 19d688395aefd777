//! The clock and the time zone.

use crate::clock::{ClockError, ZoneFault};
use crate::journal::{Day, Today};
use crate::messages::Message;

/// Why the clock could not be read.
pub fn error(error: &ClockError) -> Message {
    match error {
        ClockError::BadZone { zone, fault: ZoneFault::Unknown } => {
            Message::new(format!("TZ is '{zone}', which names no time zone"))
                .hint("a zone looks like TZ=Europe/Berlin")
        }
        ClockError::BadZone { zone, fault: ZoneFault::NoDatabase } => Message::new(format!(
            "TZ is '{zone}', and this system has no time zone database to look it up in"
        ))
        .hint("install the package tzdata, or set TZ to a rule: TZ=CET-1CEST,M3.5.0,M10.5.0/3"),
        ClockError::BadZone { zone, fault: ZoneFault::NoDates } => Message::new(format!(
            "TZ is '{zone}', a rule that does not say when summer time begins and ends"
        ))
        .hint(
            "name a zone, as in TZ=Europe/Berlin, or add the dates: TZ=CET-1CEST,M3.5.0,M10.5.0/3",
        ),
        ClockError::BadNow(text) => {
            Message::new(format!("DWELL_NOW is '{text}', which is no RFC 3339 time"))
                .hint("a time looks like DWELL_NOW=2026-11-22T07:00:00+01:00")
        }
        ClockError::OutOfRange(at) => Message::new(format!("the clock says {}", at.to_rfc3339()))
            .hint("dwell keeps the years 1900 to 9998; set the clock"),
    }
}

/// Which day was taken for today and why; `None` if it is simply the day that the clock gives.
pub fn which_day(today: Today) -> Option<Message> {
    let Today { day, by_clock, too_far_ahead } = today;
    if day != by_clock {
        return Some(Message::new(format!(
            "the clock says {by_clock}, but the lesson of {day} came already, so today is still \
             {day}"
        )));
    }
    let ahead = too_far_ahead?;
    let told =
        Message::new(format!("today is {day} by the clock, though {ahead} had its lesson already"));
    Some(told.hint(format!("if the clock is right, dwell undo takes the lesson of {ahead} away")))
}

/// Says that no lesson is served, because the clock is plainly behind.
pub fn behind(clock: Day, newest: Day) -> Message {
    Message::new(format!(
        "the clock says {clock}, but lessons came until {newest}, so no lesson is served"
    ))
    .hint(format!(
        "set the clock; if {clock} is right, dwell undo takes the lesson of {newest} away"
    ))
}
