//! Journal values as text for a page of a given width. Pure: what comes out depends on the value
//! and the page alone.
//!
//! All text that dwell did not write goes through the sheet, which makes it safe to show.
//! The words of dwell itself are plain ASCII, so that they can be read on any terminal.

mod beside;
mod calendar;
mod changes;
mod entry;
mod hit;
pub mod json;
mod list;
mod month;
mod review;
mod shade;
mod sheet;
mod stats;
mod summary;
mod why;

pub use beside::beside;
pub use entry::{all_written, earlier, entry, log_entry, question, revisions};
pub use hit::hit;
pub use list::{
    SettingRow, holidays, lesson, lesson_line, open_steps, series, series_line, settings,
};
pub use review::{digest, remembered, still_open};
pub use stats::stats;
pub use summary::summary;
pub use why::why;

use chrono::Weekday;

use crate::journal::Calendar;
use crate::journal::lesson::ShelvedSeries;
use crate::text::Page;
use sheet::Sheet;

/// A year as a map of weeks, or a month with its lessons, of which `series` has the titles.
pub fn calendar(
    calendar: &Calendar,
    series: &[ShelvedSeries],
    week_start: Weekday,
    page: Page,
) -> String {
    if calendar.period.is_month() {
        return month::month(calendar, series, week_start, page);
    }
    let mut sheet = Sheet::new(page);
    shade::put_written(&mut sheet, calendar);
    format!("{}{}", calendar::year(calendar, week_start, page), sheet.into_text())
}
