//! The sheet that a view is written on: the one way from a value's text to the page.

use anstyle::Style;
use unicode_width::UnicodeWidthStr;

use crate::text::{Page, one_line, sanitise};

use crate::journal::search::{CLOSE, OPEN};
use crate::text::wrap;

/// Text for a page in the making. Everything put on it is made safe to show.
pub(super) struct Sheet {
    page: Page,
    lines: Vec<Line>,
}

/// A line of pieces, each in a style of its own, made safe to show and broken to the width.
type Line = Vec<(Style, String)>;

pub(super) const PLAIN: Style = Style::new();
pub(super) const STRONG: Style = Style::new().bold();
pub(super) const QUIET: Style = Style::new().dimmed();
pub(super) const SPOKEN: Style = Style::new().italic();
/// What a search found: underlined, since bold alone looks like plain text on some terminals.
pub(super) const FOUND: Style = Style::new().bold().underline();

impl Sheet {
    pub(super) fn new(page: Page) -> Self {
        Self { page, lines: Vec::new() }
    }

    pub(super) fn into_text(self) -> String {
        let mut text = String::new();
        for line in self.lines {
            for (style, piece) in line {
                let style = if self.page.color && !piece.is_empty() { style } else { PLAIN };
                text.push_str(&format!("{style}{piece}{style:#}"));
            }
            text.push('\n');
        }
        text
    }

    /// Text of one or more lines, each broken to the width of the page.
    pub(super) fn prose(&mut self, style: Style, text: &str) {
        for line in sanitise(text).split('\n') {
            match self.page.width {
                Some(width) => {
                    // A tab's width depends on where it stands, which a broken line changes.
                    let broken = wrap(&line.replace('\t', "    "), width);
                    self.lines.extend(broken.into_iter().map(|line| vec![(style, line)]));
                }
                None => self.lines.push(vec![(style, line.to_owned())]),
            }
        }
    }

    /// Text set as one line, broken to the width of the page.
    pub(super) fn line(&mut self, style: Style, text: &str) {
        self.prose(style, &one_line(text));
    }

    /// Pieces of text, each in its style, on one line. The line is not broken: what is drawn stays
    /// as it is. Spaces at its end are left out.
    pub(super) fn pieces(&mut self, pieces: &[(Style, &str)]) {
        let mut line: Vec<(Style, String)> = Vec::new();
        for (style, text) in pieces.iter().filter(|(_, text)| !text.is_empty()) {
            let style = if self.page.color { *style } else { PLAIN };
            match line.last_mut() {
                // Spaces look the same in any style that only colours letters.
                Some((last, before)) if *last == style || text.trim().is_empty() => {
                    before.push_str(&one_line(text));
                }
                _ => line.push((style, one_line(text))),
            }
        }
        if let Some((_, last)) = line.last_mut() {
            last.truncate(last.trim_end().len());
        }
        self.lines.push(line);
    }

    /// Text set as one line, in which what stands between marks was found: it is styled, or in
    /// brackets on a page without styles.
    pub(super) fn snippet(&mut self, text: &str) {
        // Each letter that is safe to show, and whether it was found.
        let mut letters: Vec<(char, bool)> = Vec::with_capacity(text.len());
        for (piece, mark) in pieces(text) {
            let is_found = mark == Some(OPEN);
            let (open, close) = if is_found && !self.page.color { ("[", "]") } else { ("", "") };
            let shown = format!("{open}{}{close}", one_line(piece));
            letters.extend(shown.chars().map(|c| (c, is_found)));
        }
        let plain: String = letters.iter().map(|(c, _)| c).collect();
        let lines =
            self.page.width.map_or_else(|| vec![plain.clone()], |width| wrap(&plain, width));
        let mut letters = letters.into_iter();
        for line in lines {
            let mut pieces: Line = Vec::new();
            for c in line.chars() {
                // White space at a break is dropped; all else is there in the same order.
                let is_found = letters.by_ref().find(|(other, _)| *other == c);
                let style =
                    if is_found.is_some_and(|(_, is_found)| is_found) { FOUND } else { PLAIN };
                match pieces.last_mut() {
                    Some((last, piece)) if *last == style => piece.push(c),
                    _ => pieces.push((style, c.to_string())),
                }
            }
            self.lines.push(pieces);
        }
    }

    pub(super) fn blank(&mut self) {
        self.lines.push(Vec::new());
    }

    /// Two other sheets side by side, the left one `width` columns wide with `gap` columns after it.
    pub(super) fn columns(&mut self, left: Self, right: Self, width: usize, gap: usize) {
        let rows = left.lines.len().max(right.lines.len());
        let (mut left, mut right) = (left.lines.into_iter(), right.lines.into_iter());
        for _ in 0..rows {
            let mut line = left.next().unwrap_or_default();
            let right = right.next().unwrap_or_default();
            if right.iter().any(|(_, piece)| !piece.is_empty()) {
                let taken: usize = line.iter().map(|(_, piece)| piece.width()).sum();
                line.push((PLAIN, " ".repeat(width.saturating_sub(taken) + gap)));
            }
            line.extend(right);
            self.lines.push(line);
        }
    }
}

/// The pieces between marks, each with the mark before it.
fn pieces(text: &str) -> impl Iterator<Item = (&str, Option<char>)> {
    let mut before = None;
    text.split_inclusive([OPEN, CLOSE]).map(move |piece| {
        let mark = before;
        before = piece.chars().next_back().filter(|c| matches!(*c, OPEN | CLOSE));
        (piece.trim_end_matches([OPEN, CLOSE]), mark)
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    fn drawn(color: bool, pieces: &[(Style, &str)]) -> String {
        let mut sheet = Sheet::new(Page { color, ..Page::UNSET });
        sheet.pieces(pieces);
        sheet.into_text()
    }

    #[test]
    fn pieces_stand_on_one_line_safe_and_without_spaces_at_its_end() {
        let pieces = [(STRONG, "a\x1b[2J\nb"), (PLAIN, " "), (QUIET, "c"), (STRONG, "  ")];
        assert_eq!(drawn(false, &pieces), "a^[[2J b c\n");
        assert_eq!(drawn(true, &pieces), "\x1b[1ma^[[2J b \x1b[0m\x1b[2mc\x1b[0m\n");
        assert_eq!(drawn(true, &[(STRONG, ""), (QUIET, "")]), "\n");
    }

    #[test]
    fn neighbours_of_one_style_are_styled_once() {
        let pieces = [(QUIET, "a"), (PLAIN, " "), (QUIET, "b"), (PLAIN, "c")];
        assert_eq!(drawn(true, &pieces), "\x1b[2ma b\x1b[0mc\n");
    }

    fn shown(text: &str, width: usize, color: bool) -> String {
        let mut sheet = Sheet::new(Page { width: Some(width), color, ..Page::UNSET });
        sheet.snippet(text);
        sheet.into_text()
    }

    #[test]
    fn what_was_found_stays_marked_over_the_end_of_a_line() {
        let text = "before \u{1}one two\u{2} after \u{1}x\u{2}";
        assert_eq!(shown(text, 11, false), "before [one\ntwo] after\n[x]\n");
        let (on, off) = (format!("{FOUND}"), format!("{FOUND:#}"));
        let wanted = format!("before {on}one{off}\n{on}two{off} after {on}x{off}\n");
        assert_eq!(shown(text, 12, true), wanted);
    }

    #[test]
    fn letters_of_a_long_run_stay_marked_where_it_is_broken() {
        let (on, off) = (format!("{FOUND}"), format!("{FOUND:#}"));
        let wanted = format!("世{on}界{off}\n{on}は{off}広\n");
        assert_eq!(shown("世\u{1}界は\u{2}広", 4, true), wanted);
    }

    #[test]
    fn a_snippet_is_as_safe_as_all_other_text() {
        let text = "a\u{1b}[31m\u{1}b\u{7}\u{2}\n\u{202e}c";
        assert_eq!(shown(text, 80, false), "a^[[31m[b^G] <U+202E>c\n");
        // Marks without their counterpart, and beside each other, break nothing.
        assert_eq!(shown("\u{2}\u{2}a\u{1}b", 80, false), "a[b]\n");
    }
}
