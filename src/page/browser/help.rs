//! The page of help: all keys, and what the signs beside a day mean.

use crate::messages::browser;
use crate::page::browser::items::signs;
use crate::page::browser::keys::{Command, Step};
use crate::page::paint;
use crate::text::{Page, Role, Sheet, Text};

/// The columns of the keys.
const KEYS: usize = 20;

pub(super) fn text(page: Page) -> Text {
    let mut sheet = Sheet::new(page);
    for (keys, meaning) in browser::ALL_KEYS {
        let room = KEYS.saturating_sub(paint::width(keys).into());
        sheet.labelled(Role::Plain, &format!("{keys}{}", " ".repeat(room)), meaning);
    }
    sheet.blank();
    for line in browser::marks(signs(page)) {
        sheet.line(Role::Plain, &line);
    }
    sheet.into_text()
}

/// The first line on the screen after a key; `page` is the number of lines of a page.
pub(super) fn scroll(top: usize, command: Command, page: isize) -> usize {
    let by = match command {
        Command::Move(Step::By(lines)) => lines,
        Command::Move(Step::Pages(pages)) | Command::ScrollText(pages) => pages * page,
        Command::Move(Step::First) => isize::MIN,
        // More lines than the help has.
        Command::Move(Step::Last) => 1000,
        _ => 0,
    };
    top.saturating_add_signed(by)
}
