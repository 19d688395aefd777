//! Why a day's lesson is that day's, in one sentence.

use crate::journal::Lesson;
use crate::journal::lesson::plan::Reason;
use crate::text::{Page, Role, Sheet, Text};

/// The reason in one sentence.
pub fn why(lesson: &Lesson, series_title: &str, reason: Reason, page: Page) -> Text {
    let Lesson { number, series_length: of, .. } = lesson;
    let what = format!("\"{}\" is lesson {number} of {of} of {series_title}", lesson.text.title);
    let because = match reason {
        Reason::AskedBack { due } => format!("you asked for it again from {due} on"),
        Reason::InProgress => "that series is under way and its lessons come in order".to_owned(),
        Reason::NextSeries => "that series was the next on your shelf".to_owned(),
        Reason::Mixed => "your series take turns and that one had waited longest".to_owned(),
        Reason::Round { last } => {
            format!("every lesson has been served and this one rested longest, since {last}")
        }
        Reason::LovedRound { last } => format!(
            "every lesson has been served and you love this one, so it rests half as long; it \
             rested since {last}"
        ),
    };
    let mut sheet = Sheet::new(page);
    sheet.line(Role::Plain, &format!("{what}, and it came because {because}."));
    sheet.into_text()
}
