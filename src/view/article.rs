//! A series that is about to be stored, whole, as an article was read.

use crate::journal::Series;
use crate::messages::{import, numbers};
use crate::text::{Page, Role, Sheet, Text};

/// The series with all its lessons, and what was left out at the end of the article.
pub fn article(series: &Series, closing: Option<&str>, page: Page) -> Text {
    let mut sheet = Sheet::new(page);
    sheet.line(Role::Heading, &series.title);
    let source = &series.source;
    let by = source.by.iter().map(|by| format!(" by {by}"));
    let year = source.year.iter().map(|year| format!(", {year}"));
    let about: String = by.chain(year).collect();
    let lessons = numbers::lessons(series.lessons.len());
    sheet.line(Role::Quiet, &format!("{}, {}{about}, {lessons}", source.title, source.kind));
    if let Some(introduction) = &series.introduction {
        sheet.blank();
        sheet.prose(Role::Plain, introduction);
    }
    for (lesson, number) in series.lessons.iter().zip(1..) {
        sheet.blank();
        sheet.line(Role::Heading, &format!("{number}. {}", lesson.title));
        sheet.blank();
        sheet.prose(Role::Plain, &lesson.story);
        if !lesson.takeaway.is_empty() {
            sheet.blank();
            sheet.line(Role::Quiet, import::TAKEAWAY);
            sheet.prose(Role::Plain, &lesson.takeaway);
        }
        sheet.blank();
        sheet.prose(Role::Question, &lesson.question);
    }
    if let Some(closing) = closing {
        sheet.blank();
        sheet.line(Role::Quiet, import::LEFT_OUT_AT_THE_END);
        sheet.prose(Role::Quiet, closing);
    }
    sheet.into_text()
}
