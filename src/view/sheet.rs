//! The sheet that a view is written on: the one way from a value's text to the page.

use anstyle::Style;
use unicode_width::UnicodeWidthStr;

use crate::terminal::{Page, one_line, sanitise};

use super::wrap::wrap;

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
}
