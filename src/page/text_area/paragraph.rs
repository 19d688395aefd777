//! One paragraph of what is written, with its rows, and the places in it where a cursor can stand.
//!
//! A cursor stands between two graphemes, never inside of one.

use std::ops::Range;

use unicode_segmentation::{GraphemeCursor, UnicodeSegmentation};

use crate::text::{Rows, glyphs};

#[derive(Debug)]
pub(super) struct Paragraph {
    text: String,
    rows: Rows,
}

impl Paragraph {
    pub(super) fn new(text: String, width: usize) -> Self {
        Self { text, rows: Rows::new(width) }
    }

    pub(super) fn text(&self) -> &str {
        &self.text
    }

    pub(super) fn replace(&mut self, range: Range<usize>, new: &str) {
        self.text.replace_range(range.clone(), new);
        self.rows.edit(&self.text, range, new.len());
    }

    /// The place of a cursor at or after this byte.
    pub(super) fn snap(&self, byte: usize) -> usize {
        let mut cursor = GraphemeCursor::new(byte, self.text.len(), true);
        match cursor.is_boundary(&self.text, 0) {
            Ok(true) => byte,
            _ => self.after(byte).unwrap_or(self.text.len()),
        }
    }

    /// The place of a cursor after this byte, if there is one.
    pub(super) fn after(&self, byte: usize) -> Option<usize> {
        let mut cursor = GraphemeCursor::new(byte, self.text.len(), true);
        cursor.next_boundary(&self.text, 0).ok().flatten()
    }

    /// The place of a cursor before this byte, if there is one.
    pub(super) fn before(&self, byte: usize) -> Option<usize> {
        let mut cursor = GraphemeCursor::new(byte, self.text.len(), true);
        cursor.prev_boundary(&self.text, 0).ok().flatten()
    }

    /// The end of the word at or after this place, or of the paragraph.
    pub(super) fn word_end(&self, byte: usize) -> usize {
        let word = self.text[byte..].unicode_word_indices().next();
        word.map_or(self.text.len(), |(at, word)| self.snap(byte + at + word.len()))
    }

    /// The start of the word at or before this place, or of the paragraph.
    pub(super) fn word_start(&self, byte: usize) -> usize {
        let Some((at, _)) = self.text[..byte].unicode_word_indices().next_back() else { return 0 };
        if self.snap(at) == at { at } else { self.before(at).unwrap_or(0) }
    }

    /// The rows at this width; those of another width are forgotten.
    fn rows(&mut self, width: usize) -> (&mut Rows, &str) {
        if self.rows.width() != width {
            self.rows = Rows::new(width);
        }
        (&mut self.rows, &self.text)
    }

    pub(super) fn count(&mut self, width: usize, most: usize) -> usize {
        let (rows, text) = self.rows(width);
        rows.count(text, most)
    }

    /// The row in which a byte stands.
    pub(super) fn row_at(&mut self, width: usize, byte: usize) -> usize {
        let (rows, text) = self.rows(width);
        rows.at(text, byte)
    }

    pub(super) fn row(&mut self, width: usize, index: usize) -> Option<Range<usize>> {
        let (rows, text) = self.rows(width);
        rows.row(text, index)
    }

    /// The last place of a cursor in a row: before the white space at a break, where the next
    /// letter would still stand in this row.
    pub(super) fn row_end(&self, row: &Range<usize>) -> usize {
        if row.end == self.text.len() {
            return row.end;
        }
        let shown = glyphs(&self.text[row.clone()]).filter(|glyph| !glyph.hangs()).last();
        shown.map_or(row.start, |glyph| row.start + glyph.at + glyph.text.len())
    }

    /// The columns before a byte of a row.
    pub(super) fn column(&self, row: &Range<usize>, byte: usize) -> usize {
        let before = glyphs(&self.text[row.start..byte.clamp(row.start, row.end)]).last();
        before.map_or(0, |glyph| glyph.column + glyph.width)
    }

    /// The place in a row that is nearest to a column, at or before it.
    pub(super) fn at_column(&self, row: &Range<usize>, column: usize) -> usize {
        let end = self.row_end(row);
        let reached =
            glyphs(&self.text[row.start..end]).find(|glyph| glyph.column + glyph.width > column);
        reached.map_or(end, |glyph| row.start + glyph.at)
    }
}
