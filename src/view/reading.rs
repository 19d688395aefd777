//! What is read on the page above or beside the words, and what stands on the normal screen when
//! the page is left.

use crate::journal::{Day, Entry, Lesson};
use crate::messages::time;
use crate::text::{Page, Role, Sheet, Text};
use crate::view::entry::{put_all_written, put_takeaway, question, source, written};

/// How much of an entry there is to read.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct ToRead {
    /// Where the lesson was learnt.
    pub source: bool,
    pub takeaway: bool,
    /// What was written on the day before.
    pub words: bool,
}

/// The lesson of an entry, and what was written.
pub fn to_read(entry: &Entry, parts: ToRead, page: Page) -> Text {
    let mut sheet = Sheet::new(page);
    if let Some(lesson) = &entry.lesson {
        put_lesson(&mut sheet, lesson, parts);
    }
    if parts.words {
        put_all_written(&mut sheet, entry);
    }
    sheet.into_text()
}

fn put_lesson(sheet: &mut Sheet, lesson: &Lesson, parts: ToRead) {
    let text = &lesson.text;
    sheet.line(Role::Heading, &text.title);
    if parts.source {
        sheet.line(Role::Quiet, &source(lesson));
    }
    sheet.blank();
    sheet.prose(Role::Plain, &text.story);
    if parts.takeaway {
        put_takeaway(sheet, lesson);
    }
    sheet.blank();
    sheet.prose(Role::Question, &text.question);
}

/// What was written on a day, below the question that it answers, and then the lesson.
pub fn words_first(entry: &Entry, page: Page) -> Text {
    let mut text = written(entry, page);
    if let Some(lesson) = &entry.lesson {
        let mut sheet = Sheet::new(page);
        sheet.blank();
        sheet.line(Role::Quiet, &source(lesson));
        sheet.prose(Role::Plain, &lesson.text.story);
        put_takeaway(&mut sheet, lesson);
        text.append(sheet.into_text());
    }
    text
}

/// The title and the question of the lesson, and nothing else.
pub fn folded(entry: &Entry, page: Page) -> Text {
    let mut sheet = Sheet::new(page);
    if let Some(lesson) = &entry.lesson {
        sheet.line(Role::Heading, &lesson.text.title);
        sheet.prose(Role::Question, &lesson.text.question);
    }
    sheet.into_text()
}

/// What stays a draft, below the question that it answers. `beside` is what is kept beside the
/// words, a line each.
pub fn draft(day: Day, entry: Option<&Entry>, words: &str, beside: &str, page: Page) -> Text {
    let mut sheet = Sheet::new(page);
    if entry.is_none() {
        sheet.line(Role::Quiet, &time::day(day));
    }
    sheet.blank();
    for part in [words, beside].map(str::trim_end).iter().filter(|part| !part.is_empty()) {
        sheet.prose(Role::Plain, part);
    }
    let mut text = entry.map_or_else(Text::default, |entry| question(entry, page));
    text.append(sheet.into_text());
    text
}
