//! A reminder that is set up: when it comes, and where that stands.

use crate::journal::TimeOfDay;
use crate::text::{Page, Role, Sheet, Text};

/// A reminder, and what runs it.
#[derive(Debug, Clone, Copy)]
pub struct ReminderRow<'a> {
    /// `None` if it was changed so that no time can be read.
    pub time: Option<TimeOfDay>,
    /// The name of what runs it.
    pub by: &'a str,
    /// Where it stands: a file, or the table of cron.
    pub place: &'a str,
}

pub fn reminders(reminders: &[ReminderRow<'_>], page: Page) -> Text {
    let mut sheet = Sheet::new(page);
    for ReminderRow { time, by, place } in reminders {
        let time =
            time.map_or_else(|| "at an unknown time".to_owned(), |time| format!("at {time}"));
        sheet.line(Role::Plain, &format!("each day {time}, by {by}: {place}"));
    }
    sheet.into_text()
}
