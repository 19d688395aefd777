//! What changed from one revision of a reflection to the next.

use crate::journal::entry::reflection::Revision;
use crate::text::diff::edits;
use crate::text::{Page, Role, Sheet, one_line, wrap};

/// Adds the removed and the added words of a revision. Each has a sign, so that no change is told
/// by its colour alone. Adds nothing for a revision that has none before it.
pub(super) fn put_changes(sheet: &mut Sheet, revision: &Revision, page: Page) {
    let Some(before) = &revision.before else { return };
    let changes = edits(before, &revision.text);
    if changes.is_empty() && *before == revision.text {
        return;
    }
    sheet.blank();
    if changes.is_empty() {
        sheet.line(Role::Quiet, "only white space changed");
    }
    let [removed, added] = if page.in_words { ["removed: ", "added: "] } else { ["- ", "+ "] };
    for change in changes {
        put(sheet, page, Role::Removed, removed, change.removed);
        put(sheet, page, Role::Added, added, change.added);
    }
}

/// Adds words as one paragraph beside their sign.
fn put(sheet: &mut Sheet, page: Page, role: Role, sign: &str, words: &str) {
    if words.is_empty() {
        return;
    }
    let words = one_line(words).split_whitespace().collect::<Vec<_>>().join(" ");
    if page.in_words {
        return sheet.line(role, &format!("{sign}{words}"));
    }
    let lines = match page.width {
        Some(width) => wrap(&words, width - sign.len()),
        None => vec![words],
    };
    let signs = std::iter::once(sign).chain(std::iter::repeat("  "));
    for (line, sign) in lines.iter().zip(signs) {
        sheet.line(role, &format!("{sign}{line}"));
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::journal::entry::reflection::RevisionState;
    use crate::text::Text;

    fn changes(before: Option<&str>, text: &str, page: Page) -> Text {
        let mut sheet = Sheet::new(page);
        let written_at = "2026-11-22T07:00:00+01:00".parse().expect("a moment");
        let before = before.map(str::to_owned);
        let revision =
            Revision { text: text.to_owned(), before, written_at, state: RevisionState::Current };
        put_changes(&mut sheet, &revision, page);
        sheet.into_text()
    }

    fn shown(before: Option<&str>, text: &str, page: Page) -> String {
        changes(before, text, page).plain()
    }

    #[test]
    fn a_change_stands_beside_its_sign_on_every_page() {
        let (before, text) = ("I went out", "I went home\n\nand\tslept");
        let wanted = "\n- out\n+ home and slept\n";
        assert_eq!(shown(Some(before), text, Page::UNSET), wanted);
        let narrow = Page { width: Some(10), ..Page::UNSET };
        assert_eq!(shown(Some(before), text, narrow), "\n- out\n+ home and\n  slept\n");
        let in_words = Page { in_words: true, ..Page::UNSET };
        let told = "\nremoved: out\nadded: home and slept\n";
        assert_eq!(shown(Some(before), text, in_words), told);
        let changed = changes(Some(before), text, narrow);
        let roles: Vec<Role> = changed.lines().iter().flatten().map(|(role, _)| *role).collect();
        assert_eq!(roles, [Role::Removed, Role::Added, Role::Added]);
    }

    #[test]
    fn the_first_revision_and_one_that_is_the_same_have_no_changes() {
        assert_eq!(shown(None, "words", Page::UNSET), "");
        assert_eq!(shown(Some("words"), "words", Page::UNSET), "");
        assert_eq!(shown(Some("a b"), "a\nb", Page::UNSET), "\nonly white space changed\n");
    }

    #[test]
    fn what_a_terminal_would_obey_is_shown_instead() {
        assert_eq!(shown(Some("\x1b[2Jold"), "new", Page::UNSET), "\n- ^[[2Jold\n+ new\n");
    }
}
