//! The earlier entry on a lesson, side by side with the new one.

use crate::journal::Entry;
use crate::messages::time;
use crate::text::{Page, Role, Sheet, Text};
use crate::view::entry::{earlier, put_question, put_words};

/// On a narrower page, two columns are too narrow to read.
const NARROWEST: usize = 56;
/// The columns between the two.
const GAP: usize = 3;

/// The last earlier entry on a lesson and the new one, side by side with their dates, and the older
/// ones below. On a narrow page, and in words, only the earlier ones, one below the other. Empty if there
/// are none.
pub fn beside(now: &Entry, before: &[Entry], page: Page) -> Text {
    let Some((last, others)) = before.split_first() else { return Text::default() };
    let Some(width) = page.width.filter(|width| *width >= NARROWEST && !page.in_words) else {
        return earlier(before, page);
    };
    let column = Page { width: Some((width - GAP) / 2), ..page };
    let mut sheet = Sheet::new(page);
    sheet.blank();
    put_question(&mut sheet, now);
    sheet.columns(column_of(last, column), column_of(now, column), (width - GAP) / 2, GAP);
    let mut text = sheet.into_text();
    text.append(earlier(others, page));
    text
}

/// An entry's day, words and step, for one of two columns.
fn column_of(entry: &Entry, column: Page) -> Text {
    let mut sheet = Sheet::new(column);
    sheet.line(Role::Quiet, &time::date(entry.day));
    put_words(&mut sheet, entry);
    sheet.into_text()
}
