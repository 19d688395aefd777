//! Looking back: entries of long ago, and what was written on a series that ended.

use unicode_width::UnicodeWidthStr;

use crate::journal::Entry;
use crate::journal::entry::reflection::first_sentence;
use crate::journal::look_back::review::{Distance, ReviewEntry, ReviewItem};
use crate::messages::{ritual, time};
use crate::text::{Page, Role, Sheet, Text, WIDEST, shorten};
use crate::view::entry::{put_question, put_words};
use crate::view::list::steps;

/// One item of a review.
pub(super) fn item(item: &ReviewItem, page: Page) -> Text {
    match item {
        ReviewItem::Entry(one) => review_entry(one, page),
        ReviewItem::OpenSteps(entries) => still_open(entries, page),
    }
}

/// An earlier entry, under a line that says how long ago it was.
fn review_entry(remembered: &ReviewEntry, page: Page) -> Text {
    let ReviewEntry { ago, wanted, entry } = remembered;
    let (ago, day) = (time::ago(*ago), time::day(entry.day));
    let heading = match wanted {
        Some(wanted) if *wanted != entry.day => {
            format!("{ago} was empty ({}); {day}", time::day_and_month(*wanted))
        }
        _ => format!("{ago}, {day}"),
    };
    let mut sheet = Sheet::new(page);
    sheet.line(Role::Quiet, &heading);
    if let Some(lesson) = &entry.lesson {
        sheet.line(Role::Heading, &lesson.text.title);
    }
    put_question(&mut sheet, entry);
    put_words(&mut sheet, entry);
    sheet.into_text()
}

/// The beginning of an entry's words, with how long ago it was and the command that shows it
/// whole, on one line.
pub fn from_the_past(entry: &Entry, back: Distance, is_from_today: bool, page: Page) -> String {
    let words = entry.reflection.as_ref().map(|words| first_sentence(&words.text));
    let [begins, ends] = ritual::from_the_past(back, entry.day, is_from_today);
    let width = page.width.unwrap_or(WIDEST);
    let room = width.saturating_sub(begins.width() + ends.width()).max(16);
    format!("{begins}{}{ends}", shorten(&words.unwrap_or_default(), room, page.utf8))
}

/// The steps that are still open, with their days.
fn still_open(entries: &[Entry], page: Page) -> Text {
    let mut sheet = Sheet::new(page);
    sheet.line(Role::Quiet, "Steps still open");
    let mut text = sheet.into_text();
    text.append(steps(entries, page));
    text
}

/// The first sentence that the person wrote on each lesson of a series.
pub fn digest(title: &str, entries: &[Entry], page: Page) -> Text {
    let mut sheet = Sheet::new(page);
    sheet.blank();
    sheet.line(Role::Quiet, &format!("{title}: what you wrote"));
    let mut shown: u32 = 0;
    for entry in entries {
        let (Some(lesson), Some(reflection)) = (&entry.lesson, &entry.reflection) else { continue };
        shown += 1;
        sheet.blank();
        sheet.line(Role::Heading, &format!("{}. {}", lesson.number, lesson.text.title));
        sheet.prose(Role::Plain, &first_sentence(&reflection.text));
    }
    sheet.blank();
    sheet.prose(Role::Question, &ritual::which_stays(shown));
    sheet.into_text()
}
