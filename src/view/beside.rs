//! What was written on a lesson before, side by side with what was written now.

use crate::journal::Entry;
use crate::messages::time;
use crate::text::{Page, Role, Sheet, Text};
use crate::view::entry::{earlier, put_words};

/// Pages narrower than this have no room for two columns that read well.
const NARROWEST: usize = 56;
/// The columns between the two.
const GAP: usize = 3;

/// The new entry on a lesson and the one before it, side by side with their dates, and those from
/// before that below; on a narrow page all below one another. Empty if there is none before.
pub fn beside(now: &Entry, before: &[Entry], page: Page) -> Text {
    let Some((last, others)) = before.split_first() else { return Text::default() };
    let Some(width) = page.width.filter(|width| *width >= NARROWEST) else {
        return earlier(before, page);
    };
    let column = Page { width: Some((width - GAP) / 2), ..page };
    let mut sheet = Sheet::new(page);
    sheet.blank();
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
