//! The days of the calendar and the holidays, each as one line of JSON.

use serde::Serialize;

use crate::journal::look_back::calendar::{CalendarDay, Mark};
use crate::journal::look_back::rest::Holiday;
use crate::view::json::line::line;

/// A day of the calendar as one line of JSON.
pub fn calendar_day(day: &CalendarDay) -> String {
    #[derive(Serialize)]
    struct WireDay<'a> {
        day: String,
        words: u32,
        shade: usize,
        series: Option<&'a str>,
        number: Option<u32>,
        served: bool,
        rest: bool,
    }
    let place = day.kept.place.as_ref();
    line(&WireDay {
        day: day.kept.day.to_string(),
        words: day.kept.words.unwrap_or_default(),
        shade: if let Mark::Shade(shade) = day.mark { shade } else { 0 },
        series: place.map(|place| place.series.as_str()),
        number: place.map(|place| place.number),
        served: place.is_some(),
        rest: day.rests,
    })
}

/// A holiday as one line of JSON.
pub fn holiday(holiday: Holiday) -> String {
    #[derive(Serialize)]
    struct WireHoliday {
        first: String,
        last: String,
    }
    line(&WireHoliday { first: holiday.first.to_string(), last: holiday.last.to_string() })
}
