//! The tags of a person's words, with how often and how lately they were used.

use unicode_width::UnicodeWidthStr;

use crate::journal::look_back::tag_count::TagCount;
use crate::messages::numbers::{days, grouped};
use crate::messages::time;
use crate::text::{Page, Role, Sheet, Text};

/// Tags as a table: the tag, the number of days, the latest day. A tag that is wider than half the
/// page pushes the rest of its line to the right.
pub fn tags(tags: &[TagCount], page: Page) -> Text {
    if page.in_words {
        return in_words(tags, page);
    }
    let rows: Vec<[String; 3]> = tags.iter().map(row).collect();
    let most = page.width.map_or(usize::MAX, |width| width / 2);
    let widest = |column: usize| {
        let widths = rows.iter().map(|row| row[column].width()).filter(|width| *width <= most);
        widths.max().unwrap_or_default()
    };
    let (of_tags, of_counts) = (widest(0), widest(1));
    let mut sheet = Sheet::new(page);
    for [tag, count, day] in &rows {
        let after = " ".repeat(of_tags.saturating_sub(tag.width()) + 2);
        let before = " ".repeat(of_counts.saturating_sub(count.width()));
        let counted = format!("{after}{before}{count}  ");
        sheet.pieces(&[(Role::Plain, tag), (Role::Plain, &counted), (Role::Quiet, day)]);
    }
    sheet.into_text()
}

fn in_words(tags: &[TagCount], page: Page) -> Text {
    let mut sheet = Sheet::new(page);
    for TagCount { tag, count, last } in tags {
        let (days, last) = (days(*count), time::day(*last));
        sheet.line(Role::Plain, &format!("{tag}: {days}, the latest {last}"));
    }
    sheet.into_text()
}

fn row(tag: &TagCount) -> [String; 3] {
    [format!("#{}", tag.tag), grouped(tag.count), time::day_with_weekday(tag.last)]
}
