//! Builds a [`Text`]. Nothing else does, so every text that is shown was made safe here.

use unicode_width::UnicodeWidthStr;

use crate::text::blocks::{Blocks, Wrapping};
use crate::text::sanitise::{one_line_to_wrap, sanitise_to_wrap};
use crate::text::styled::Line;
use crate::text::{Page, Role, Table, Text, one_line, sanitise, wrap, wrap_below, wrap_lines};

/// A text that is being built, line by line. Everything added to it is made safe to show.
#[derive(Debug)]
pub struct Sheet {
    page: Page,
    lines: Vec<Line>,
}

impl Sheet {
    pub fn new(page: Page) -> Self {
        Self { page, lines: Vec::new() }
    }

    pub fn into_text(self) -> Text {
        Text::of(self.lines)
    }

    /// Adds a text of one or more lines, each wrapped to the width of the page. What belongs to an
    /// item of a list or to a quotation stands below its beginning; code and tables are not
    /// wrapped.
    pub fn prose(&mut self, role: Role, text: &str) {
        let Some(width) = self.page.width else {
            self.lines.extend(sanitise(text).split('\n').map(|line| vec![(role, line.to_owned())]));
            return;
        };
        // A tab's width depends on where it stands, which a broken line changes.
        let text = sanitise_to_wrap(text).replace('\t', "    ");
        let mut lines = text.split('\n').peekable();
        let mut blocks = Blocks::new();
        while let Some(line) = lines.next() {
            match blocks.next(line, lines.peek().copied()) {
                Wrapping::Words { mark } => self.wrapped(role, wrap_below(line, mark, width)),
                Wrapping::Never => self.lines.push(vec![(role, one_line(line))]),
            }
        }
    }

    /// Adds a text as one line, wrapped to the width of the page.
    pub fn line(&mut self, role: Role, text: &str) {
        self.labelled(role, "", text);
    }

    /// Adds a label and a text as one line, wrapped to the width of the page. The text stands to
    /// the right of the label on all its lines, unless that leaves too little room.
    pub fn labelled(&mut self, role: Role, label: &str, text: &str) {
        let (label, text) = (one_line(label), one_line_to_wrap(text));
        match self.page.width {
            Some(width) => {
                let line = format!("{label}{text}");
                let (mark, indent) = match label.width() {
                    0 => ("", 0),
                    columns if columns <= width / 2 => (label.as_str(), columns),
                    _ => ("", 2),
                };
                self.wrapped(role, wrap_lines(&line, mark, indent, width));
            }
            None => self.lines.push(vec![(role, one_line(&format!("{label}{text}")))]),
        }
    }

    fn wrapped(&mut self, role: Role, lines: Vec<String>) {
        self.lines.extend(lines.into_iter().map(|line| vec![(role, line)]));
    }

    /// Adds pieces as one line, which is not wrapped: a drawing keeps its columns. Spaces at its
    /// end are left out.
    pub fn pieces(&mut self, pieces: &[(Role, &str)]) {
        let mut line = Line::new();
        for (role, text) in pieces.iter().filter(|(_, text)| !text.is_empty()) {
            match line.last_mut() {
                // Spaces look the same in any role.
                Some((last, before)) if last == role || text.trim().is_empty() => {
                    before.push_str(&one_line(text));
                }
                _ => line.push((*role, one_line(text))),
            }
        }
        if let Some((_, last)) = line.last_mut() {
            last.truncate(last.trim_end().len());
        }
        self.lines.push(line);
    }

    /// Adds pieces as one line, wrapped to the width of the page. On a page without styles,
    /// brackets stand around what a search found.
    pub fn flowing<'a>(&mut self, pieces: impl Iterator<Item = (Role, &'a str)>) {
        // Wrapping sees the plain text, so each character keeps its role beside it.
        let mut letters: Vec<(Role, char)> = Vec::new();
        for (role, piece) in pieces {
            let is_marked = role == Role::Found && !self.page.color;
            let (open, close) = if is_marked { ("[", "]") } else { ("", "") };
            let shown = format!("{open}{}{close}", one_line(piece));
            letters.extend(shown.chars().map(|c| (role, c)));
        }
        let plain: String = letters.iter().map(|(_, c)| c).collect();
        let lines =
            self.page.width.map_or_else(|| vec![plain.clone()], |width| wrap(&plain, width));
        let mut letters = letters.into_iter();
        for line in lines {
            let mut pieces = Line::new();
            for c in line.chars() {
                // White space at a break is dropped; all else is there in the same order.
                let role = letters.by_ref().find(|(_, other)| *other == c);
                let role = role.map(|(role, _)| role).unwrap_or_default();
                match pieces.last_mut() {
                    Some((last, piece)) if *last == role => piece.push(c),
                    _ => pieces.push((role, c.to_string())),
                }
            }
            self.lines.push(pieces);
        }
    }

    /// Adds a table, with its columns aligned if the page has a width. In words, a row that is
    /// wider than the page is wrapped.
    pub fn table(&mut self, table: &Table) {
        for row in table.rows(self.page) {
            let pieces: Vec<(Role, &str)> =
                row.iter().map(|(role, text)| (*role, text.as_str())).collect();
            if self.page.in_words {
                self.flowing(pieces.into_iter());
            } else {
                self.pieces(&pieces);
            }
        }
    }

    pub fn blank(&mut self) {
        self.lines.push(Line::new());
    }

    /// Adds two texts side by side, the left one `width` columns wide, with `gap` columns after it.
    pub fn columns(&mut self, left: Text, right: Text, width: usize, gap: usize) {
        let (left, right) = (left.into_lines(), right.into_lines());
        let rows = left.len().max(right.len());
        let (mut left, mut right) = (left.into_iter(), right.into_iter());
        for _ in 0..rows {
            let mut line = left.next().unwrap_or_default();
            let right = right.next().unwrap_or_default();
            if right.iter().any(|(_, piece)| !piece.is_empty()) {
                let taken: usize = line.iter().map(|(_, piece)| piece.width()).sum();
                line.push((Role::Plain, " ".repeat(width.saturating_sub(taken) + gap)));
            }
            line.extend(right);
            self.lines.push(line);
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::text::Cell;
    use crate::text::Role::{Found, Heading, Plain, Quiet};
    #[cfg(unix)]
    use crate::text::testing::assert_linear;
    use proptest::prelude::*;

    fn drawn(pieces: &[(Role, &str)]) -> Text {
        let mut sheet = Sheet::new(Page::UNSET);
        sheet.pieces(pieces);
        sheet.into_text()
    }

    fn line(pieces: &[(Role, &str)]) -> Line {
        pieces.iter().map(|(role, text)| (*role, (*text).to_owned())).collect()
    }

    #[test]
    fn pieces_are_one_line_safe_and_without_spaces_at_its_end() {
        let pieces = [(Heading, "a\x1b[2J\nb"), (Plain, " "), (Quiet, "c"), (Heading, "  ")];
        assert_eq!(drawn(&pieces).plain(), "a^[[2J b c\n");
        assert_eq!(drawn(&pieces).lines(), [line(&[(Heading, "a^[[2J b "), (Quiet, "c")])]);
        assert_eq!(drawn(&[(Heading, ""), (Quiet, "")]).plain(), "\n");
    }

    #[test]
    fn neighbours_of_one_role_are_one_piece() {
        let pieces = [(Quiet, "a"), (Plain, " "), (Quiet, "b"), (Plain, "c")];
        assert_eq!(drawn(&pieces).lines(), [line(&[(Quiet, "a b"), (Plain, "c")])]);
    }

    fn prose(text: &str, width: usize) -> String {
        let mut sheet = Sheet::new(Page { width: Some(width), ..Page::UNSET });
        sheet.prose(Plain, text);
        sheet.into_text().plain()
    }

    #[test]
    fn lists_and_quotations_hang_and_code_and_tables_are_as_they_were_written() {
        let text = "Some words here\n- one two three\n1. one two three\n> said by another\n\n\
                    ```\nlet code = not_broken(at, any, width);\n```\n| a cell | another cell |\n";
        let wanted = "Some words\nhere\n- one two\n  three\n1. one two\n   three\n> said by\n  another\n\n\
                      ```\nlet code = not_broken(at, any, width);\n```\n| a cell | another cell |\n\n";
        assert_eq!(prose(text, 10), wanted);
    }

    #[test]
    fn a_text_beside_its_label_stays_to_the_right_of_it() {
        let mut sheet = Sheet::new(Page { width: Some(16), ..Page::UNSET });
        sheet.labelled(Plain, "Tags  ", "#one 3, #two 2\nsaved");
        sheet.labelled(Plain, "a long label  ", "then words");
        let wanted = "Tags  #one 3,\n      #two 2\n      saved\na long label\n  then words\n";
        assert_eq!(sheet.into_text().plain(), wanted);
    }

    fn flowing(pieces: &[(Role, &str)], width: usize, color: bool) -> Text {
        let mut sheet = Sheet::new(Page { width: Some(width), color, ..Page::UNSET });
        sheet.flowing(pieces.iter().copied());
        sheet.into_text()
    }

    #[test]
    fn what_was_found_stays_marked_over_the_end_of_a_line() {
        let pieces = [(Plain, "before "), (Found, "one two"), (Plain, " after "), (Found, "x")];
        assert_eq!(flowing(&pieces, 11, false).plain(), "before [one\ntwo] after\n[x]\n");
        let wanted = [
            line(&[(Plain, "before "), (Found, "one")]),
            line(&[(Found, "two"), (Plain, " after "), (Found, "x")]),
        ];
        assert_eq!(flowing(&pieces, 12, true).lines(), wanted);
    }

    #[test]
    fn letters_keep_their_roles_where_a_line_is_wrapped_between_them() {
        let pieces = [(Plain, "世"), (Found, "界は"), (Plain, "広")];
        let wanted = [line(&[(Plain, "世"), (Found, "界")]), line(&[(Found, "は"), (Plain, "広")])];
        assert_eq!(flowing(&pieces, 4, true).lines(), wanted);
    }

    #[test]
    fn flowing_pieces_are_as_safe_as_all_other_text() {
        let pieces = [(Plain, "a\u{1b}[31m"), (Found, "b\u{7}"), (Plain, "\n\u{202e}c")];
        assert_eq!(flowing(&pieces, 80, false).plain(), "a^[[31m[b^G] <U+202E>c\n");
    }

    #[cfg(unix)]
    #[test]
    fn the_time_grows_as_the_text_does() {
        for width in [None, Some(20)] {
            assert_linear("all that a sheet does", 400, |text| {
                let mut sheet = Sheet::new(Page { width, ..Page::UNSET });
                sheet.prose(Plain, text);
                sheet.line(Plain, text);
                sheet.labelled(Plain, "label", text);
                sheet.flowing([(Plain, text), (Found, text)].into_iter());
                let mut table = Table::new(&[(0, 8)]);
                table.row([Cell::new(Plain, text)]);
                sheet.table(&table);
                let _ = sheet.into_text().plain();
            });
        }
    }

    proptest! {
        #[test]
        fn no_text_of_a_sheet_holds_what_a_terminal_obeys(text in any::<String>()) {
            let mut sheet = Sheet::new(Page { width: Some(30), ..Page::UNSET });
            sheet.prose(Plain, &text);
            sheet.line(Plain, &text);
            sheet.pieces(&[(Plain, &text)]);
            sheet.flowing([(Found, text.as_str())].into_iter());
            sheet.labelled(Plain, &text, &text);
            let mut table = Table::new(&[]);
            table.row([Cell::new(Plain, &text)]);
            sheet.table(&table);
            let plain = sheet.into_text().plain();
            prop_assert!(!plain.chars().any(crate::text::is_unsafe), "{plain:?}");
        }
    }
}
