//! Why a day's lesson was chosen, in one sentence.

use crate::journal::Lesson;
use crate::journal::lesson::plan::Reason;
use crate::messages::lessons;
use crate::text::{Page, Role, Sheet, Text};

/// The reason in one sentence.
pub fn why(lesson: &Lesson, series_title: &str, reason: Reason, page: Page) -> Text {
    let mut sheet = Sheet::new(page);
    sheet.line(Role::Plain, &lessons::why(lesson, series_title, reason));
    sheet.into_text()
}
