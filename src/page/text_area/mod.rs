//! Where words are written: a text in paragraphs, a cursor, a selection, undo and redo, drawn into
//! an area of the screen.
//!
//! It knows no terminal, no draft and no journal. A key costs as much in a long text as in a short
//! one: only the rows that are shown are drawn, and only those around a change are found again.
//! The last column of its area is kept for the cursor, so that it never stands on a letter that it
//! comes after.

mod change;
mod draw;
mod keys;
mod movement;
mod paragraph;
#[cfg(test)]
mod tests;

pub use keys::Pressed;

use std::borrow::Cow;
use std::ops::Range;

use crate::text::is_blank;
use change::History;
use paragraph::Paragraph;

/// A text that somebody writes.
#[derive(Debug)]
pub struct TextArea {
    /// At least one.
    paragraphs: Vec<Paragraph>,
    caret: Caret,
    history: History,
    /// What was cut or copied last.
    cut: String,
    version: u64,
    is_one_line: bool,
    /// The columns of a row, and the rows that are shown, as it was drawn last.
    width: usize,
    height: usize,
    /// The first place that is shown.
    top: Place,
    /// The column that the cursor keeps while it moves up and down.
    goal: Option<usize>,
}

/// A place between two graphemes of the text.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, PartialOrd, Ord)]
struct Place {
    paragraph: usize,
    byte: usize,
}

/// The cursor, and what is selected with it.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
struct Caret {
    cursor: Place,
    /// Where the selection began, if something may be selected.
    anchor: Option<Place>,
    /// At a break between two rows, it stands at the end of the first one.
    is_at_row_end: bool,
}

impl Caret {
    fn at(cursor: Place) -> Self {
        Self { cursor, ..Self::default() }
    }
}

/// The size until it is drawn.
const FIRST_SIZE: (usize, usize) = (72, 20);

impl TextArea {
    /// A text in paragraphs, with the cursor at its end.
    pub fn new(text: &str) -> Self {
        Self::with(text, false)
    }

    /// A text of one paragraph: there is no Enter, and a line break becomes a space.
    pub fn one_line(text: &str) -> Self {
        Self::with(text, true)
    }

    fn with(text: &str, is_one_line: bool) -> Self {
        let (width, height) = FIRST_SIZE;
        let mut area = Self {
            paragraphs: Vec::new(),
            caret: Caret::default(),
            history: History::default(),
            cut: String::new(),
            version: 0,
            is_one_line,
            width,
            height,
            top: Place::default(),
            goal: None,
        };
        let text = area.admitted(text);
        let paragraphs = text.split('\n').map(|line| Paragraph::new(line.to_owned(), width));
        area.paragraphs = paragraphs.collect();
        area.caret = Caret::at(area.end());
        area
    }

    /// The whole text; paragraphs end with a line break, but for the last one.
    pub fn text(&self) -> String {
        self.between(&(Place::default()..self.end()))
    }

    /// Whether there is nothing to read in it.
    pub fn is_blank(&self) -> bool {
        self.paragraphs.iter().all(|paragraph| is_blank(paragraph.text()))
    }

    /// A number that grows with each change of the text.
    pub fn version(&self) -> u64 {
        self.version
    }

    /// A text as it may stand here.
    fn admitted<'a>(&self, text: &'a str) -> Cow<'a, str> {
        let mut text = Cow::Borrowed(text);
        if text.contains("\r\n") {
            text = Cow::Owned(text.replace("\r\n", "\n"));
        }
        if self.is_one_line && text.contains('\n') {
            text = Cow::Owned(text.replace('\n', " "));
        }
        text
    }

    /// What is selected, if it is not empty.
    fn selection(&self) -> Option<Range<Place>> {
        let Caret { cursor, anchor, .. } = self.caret;
        let anchor = anchor.filter(|anchor| *anchor != cursor)?;
        Some(anchor.min(cursor)..anchor.max(cursor))
    }

    fn selected_or_cursor(&self) -> Range<Place> {
        self.selection().unwrap_or(self.caret.cursor..self.caret.cursor)
    }

    fn end(&self) -> Place {
        self.end_of(self.paragraphs.len() - 1)
    }

    fn end_of(&self, paragraph: usize) -> Place {
        Place { paragraph, byte: self.paragraphs[paragraph].text().len() }
    }
}
