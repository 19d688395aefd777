//! How the cursor moves: by graphemes and words of the text, and by the rows that are shown.

use crate::page::text_area::{Caret, Place, Pressed, TextArea};

/// Where a key takes the cursor.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Motion {
    Left,
    Right,
    WordLeft,
    WordRight,
    Up,
    Down,
    PageUp,
    PageDown,
    RowStart,
    RowEnd,
    TextStart,
    TextEnd,
}

/// A row that is shown: the number of its paragraph, and its own in the paragraph.
pub(super) type RowAt = (usize, usize);

impl TextArea {
    /// Moves the cursor, and selects what it passes if it `selects`.
    pub(super) fn travel(&mut self, motion: Motion, selects: bool) -> Pressed {
        use Motion::{Down, Left, PageDown, PageUp, Right, RowEnd, RowStart, TextEnd, TextStart};
        use Motion::{Up, WordLeft, WordRight};
        let selection = self.selection().filter(|_| !selects);
        let anchor = selects.then(|| self.caret.anchor.unwrap_or(self.caret.cursor));
        let goal = self.goal.take();
        let caret = match motion {
            Left => Caret::at(selection.map_or_else(|| self.left(), |selection| selection.start)),
            Right => Caret::at(selection.map_or_else(|| self.right(), |selection| selection.end)),
            WordLeft => Caret::at(self.word_left()),
            WordRight => Caret::at(self.word_right()),
            RowStart => Caret::at(self.row_start()),
            RowEnd => self.row_end(),
            TextStart => Caret::at(Place::default()),
            TextEnd => Caret::at(self.end()),
            Up | Down | PageUp | PageDown => {
                let is_down = matches!(motion, Down | PageDown);
                let rows = if matches!(motion, Up | Down) { 1 } else { self.height };
                match self.vertical(is_down, rows, goal) {
                    Some(caret) => caret,
                    None if motion == Up && !selects => return Pressed::AtTop,
                    None if motion == Down && !selects => return Pressed::AtBottom,
                    None if is_down => Caret::at(self.end()),
                    None => Caret::at(Place::default()),
                }
            }
        };
        self.caret = Caret { anchor, ..caret };
        self.history.run = None;
        Pressed::Done
    }

    pub(super) fn left(&self) -> Place {
        let Place { paragraph, byte } = self.caret.cursor;
        match self.paragraphs[paragraph].before(byte) {
            Some(byte) => Place { paragraph, byte },
            None => self.before(paragraph),
        }
    }

    pub(super) fn right(&self) -> Place {
        let Place { paragraph, byte } = self.caret.cursor;
        match self.paragraphs[paragraph].after(byte) {
            Some(byte) => Place { paragraph, byte },
            None => self.after(paragraph),
        }
    }

    pub(super) fn word_left(&self) -> Place {
        match self.caret.cursor {
            Place { paragraph, byte: 0 } => self.before(paragraph),
            Place { paragraph, byte } => {
                Place { paragraph, byte: self.paragraphs[paragraph].word_start(byte) }
            }
        }
    }

    pub(super) fn word_right(&self) -> Place {
        let Place { paragraph, byte } = self.caret.cursor;
        if self.caret.cursor == self.end_of(paragraph) {
            return self.after(paragraph);
        }
        Place { paragraph, byte: self.paragraphs[paragraph].word_end(byte) }
    }

    /// The end of the paragraph before this one, if there is one.
    fn before(&self, paragraph: usize) -> Place {
        if paragraph == 0 { Place::default() } else { self.end_of(paragraph - 1) }
    }

    /// The start of the paragraph after this one, or the end of the text.
    fn after(&self, paragraph: usize) -> Place {
        if paragraph + 1 < self.paragraphs.len() {
            Place { paragraph: paragraph + 1, byte: 0 }
        } else {
            self.end()
        }
    }

    pub(super) fn paragraph_start(&self) -> Place {
        Place { byte: 0, ..self.caret.cursor }
    }

    /// The end of the paragraph; if the cursor is there, the start of the next one.
    pub(super) fn paragraph_end(&self) -> Place {
        let end = self.end_of(self.caret.cursor.paragraph);
        if end == self.caret.cursor { self.after(end.paragraph) } else { end }
    }

    fn row_start(&mut self) -> Place {
        let (paragraph, row) = self.cursor_row();
        Place { paragraph, byte: self.row(paragraph, row).start }
    }

    fn row_end(&mut self) -> Caret {
        let (paragraph, row) = self.cursor_row();
        let row = self.row(paragraph, row);
        let end = self.paragraphs[paragraph].row_end(&row);
        let cursor = Place { paragraph, byte: end };
        Caret { cursor, is_at_row_end: end == row.end, anchor: None }
    }

    /// The place this number of rows above or below, or as far as there are any; `None` if there
    /// are none.
    fn vertical(&mut self, is_down: bool, rows: usize, goal: Option<usize>) -> Option<Caret> {
        let start = self.cursor_row();
        let row = self.row(start.0, start.1);
        let cursor = self.caret.cursor;
        let column = goal.unwrap_or_else(|| self.paragraphs[start.0].column(&row, cursor.byte));
        let next = if is_down { Self::row_below } else { Self::row_above };
        let mut at = next(self, start)?;
        for _ in 1..rows {
            let Some(further) = next(self, at) else { break };
            at = further;
        }
        self.goal = Some(column);
        let (paragraph, row) = at;
        let row = self.row(paragraph, row);
        let byte = self.paragraphs[paragraph].at_column(&row, column);
        let is_at_row_end = byte == row.end && byte > row.start;
        Some(Caret { cursor: Place { paragraph, byte }, is_at_row_end, anchor: None })
    }

    /// The row in which the cursor stands.
    pub(super) fn cursor_row(&mut self) -> RowAt {
        let Caret { cursor: Place { paragraph, byte }, is_at_row_end, .. } = self.caret;
        let row = self.paragraphs[paragraph].row_at(self.width, byte);
        let is_in_row_before = is_at_row_end && row > 0 && self.row(paragraph, row).start == byte;
        (paragraph, row - usize::from(is_in_row_before))
    }

    pub(super) fn row(&mut self, paragraph: usize, row: usize) -> std::ops::Range<usize> {
        self.paragraphs[paragraph].row(self.width, row).expect("a row of the paragraph")
    }

    pub(super) fn row_above(&mut self, (paragraph, row): RowAt) -> Option<RowAt> {
        if row > 0 {
            return Some((paragraph, row - 1));
        }
        let paragraph = paragraph.checked_sub(1)?;
        Some((paragraph, self.paragraphs[paragraph].count(self.width, usize::MAX) - 1))
    }

    pub(super) fn row_below(&mut self, (paragraph, row): RowAt) -> Option<RowAt> {
        if self.paragraphs[paragraph].row(self.width, row + 1).is_some() {
            return Some((paragraph, row + 1));
        }
        (paragraph + 1 < self.paragraphs.len()).then_some((paragraph + 1, 0))
    }
}
