//! What changed from one saved state of a reflection to the next.

use anstyle::{AnsiColor, Style};

use crate::journal::entry::reflection::Revision;
use crate::text::diff::edits;
use crate::text::wrap;
use crate::text::{Page, one_line};
use crate::view::sheet::{QUIET, Sheet};

const REMOVED: Style = AnsiColor::Red.on_default();
const ADDED: Style = AnsiColor::Green.on_default();

/// The words that went and those that came, each change with a sign and not by its colour alone.
/// Nothing for words that were not made from others.
pub(super) fn put_changes(sheet: &mut Sheet, revision: &Revision, page: Page) {
    let Some(before) = &revision.before else { return };
    let changes = edits(before, &revision.text);
    if changes.is_empty() && *before == revision.text {
        return;
    }
    sheet.blank();
    if changes.is_empty() {
        sheet.line(QUIET, "only white space changed");
    }
    for change in changes {
        put(sheet, page, REMOVED, '-', change.removed);
        put(sheet, page, ADDED, '+', change.added);
    }
}

/// Words as one paragraph beside their sign.
fn put(sheet: &mut Sheet, page: Page, style: Style, sign: char, words: &str) {
    if words.is_empty() {
        return;
    }
    let words = one_line(words).split_whitespace().collect::<Vec<_>>().join(" ");
    let lines = match page.width {
        Some(width) => wrap(&words, width - 2),
        None => vec![words],
    };
    let signs = std::iter::once(sign).chain(std::iter::repeat(' '));
    for (line, sign) in lines.iter().zip(signs) {
        sheet.line(style, &format!("{sign} {line}"));
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::journal::entry::reflection::RevisionState;

    fn shown(before: Option<&str>, text: &str, page: Page) -> String {
        let mut sheet = Sheet::new(page);
        let written_at = "2026-11-22T07:00:00+01:00".parse().expect("a moment");
        let before = before.map(str::to_owned);
        let revision =
            Revision { text: text.to_owned(), before, written_at, fate: RevisionState::Current };
        put_changes(&mut sheet, &revision, page);
        sheet.into_text()
    }

    #[test]
    fn a_change_stands_beside_its_sign_on_every_page() {
        let (before, text) = ("I went out", "I went home\n\nand\tslept");
        let wanted = "\n- out\n+ home and slept\n";
        assert_eq!(shown(Some(before), text, Page::UNSET), wanted);
        let narrow = Page { width: Some(10), ..Page::UNSET };
        assert_eq!(shown(Some(before), text, narrow), "\n- out\n+ home and\n  slept\n");
        let styled = shown(Some(before), text, Page { color: true, ..narrow });
        assert!(styled.contains("\x1b[31m- out\x1b[0m\n\x1b[32m+ home and\x1b[0m\n"), "{styled:?}");
        assert_eq!(anstyle_off(&styled), "\n- out\n+ home and\n  slept\n");
    }

    /// The text without what steers colours.
    fn anstyle_off(text: &str) -> String {
        ["\x1b[31m", "\x1b[32m", "\x1b[0m"].iter().fold(text.to_owned(), |t, s| t.replace(s, ""))
    }

    #[test]
    fn the_first_state_and_one_that_is_the_same_have_no_changes() {
        assert_eq!(shown(None, "words", Page::UNSET), "");
        assert_eq!(shown(Some("words"), "words", Page::UNSET), "");
        assert_eq!(shown(Some("a b"), "a\nb", Page::UNSET), "\nonly white space changed\n");
    }

    #[test]
    fn what_a_terminal_would_obey_is_shown_instead() {
        assert_eq!(shown(Some("\x1b[2Jold"), "new", Page::UNSET), "\n- ^[[2Jold\n+ new\n");
    }
}
