//! Text as a value: lines of pieces, each with the role it plays.
//!
//! A role says what a piece is, not how it looks. A terminal turns roles into escape sequences, a
//! web page would turn them into classes, and a test reads the plain text.

/// What a piece of text is to its reader.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum Role {
    /// Text without a style.
    #[default]
    Plain,
    /// A title.
    Heading,
    /// What stands beside the text: a date, a label, a count.
    Quiet,
    /// The question that a lesson ends in.
    Question,
    /// What a search found.
    Found,
    /// Words that a revision removed.
    Removed,
    /// Words that a revision added.
    Added,
    /// The mark of today in a calendar.
    Today,
    /// What was done, drawn: a day with words in a calendar, a bar.
    Amount,
}

/// A line of pieces from left to right.
pub type Line = Vec<(Role, String)>;

/// Lines of text that are safe to show and wrapped to the width of their page.
///
/// Only a [`Sheet`](crate::text::Sheet) makes one, so no control character is in it.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Text {
    lines: Vec<Line>,
}

impl Text {
    pub(super) fn of(lines: Vec<Line>) -> Self {
        Self { lines }
    }

    pub fn lines(&self) -> &[Line] {
        &self.lines
    }

    pub(super) fn into_lines(self) -> Vec<Line> {
        self.lines
    }

    /// The text without roles, with a line break after each line.
    pub fn plain(&self) -> String {
        let mut plain = String::with_capacity(self.size());
        for line in &self.lines {
            plain.extend(line.iter().map(|(_, piece)| piece.as_str()));
            plain.push('\n');
        }
        plain
    }

    /// Puts the lines of another text below.
    pub fn append(&mut self, mut below: Self) {
        self.lines.append(&mut below.lines);
    }

    /// The bytes of the plain text, line breaks included.
    pub fn size(&self) -> usize {
        let of_line = |line: &Line| line.iter().map(|(_, piece)| piece.len()).sum::<usize>() + 1;
        self.lines.iter().map(of_line).sum()
    }
}
