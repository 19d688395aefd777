//! Draws the rows that are in view, with the cursor among them.
//!
//! Each grapheme is drawn at the column that its own width and those before it give, which is also
//! where the cursor goes: words and cursor stay in step in every script.

use ratatui_core::buffer::Buffer;
use ratatui_core::layout::{Position, Rect};
use ratatui_core::style::{Modifier, Style};

use crate::page::text_area::movement::RowAt;
use crate::page::text_area::{Place, TextArea};
use crate::text::glyphs;

impl TextArea {
    /// How many rows the text takes in an area of this width, counted as far as `most`.
    pub fn rows(&mut self, width: u16, most: usize) -> usize {
        let columns = columns(width);
        let mut rows = 0;
        for paragraph in &mut self.paragraphs {
            if rows >= most {
                break;
            }
            rows += paragraph.count(columns, most - rows);
        }
        rows
    }

    /// The row of the cursor in the whole text, and its column.
    pub fn cursor_row_column(&mut self) -> (usize, usize) {
        let (paragraph, row) = self.cursor_row();
        let width = self.width;
        let above = self.paragraphs[..paragraph].iter_mut();
        let above: usize = above.map(|paragraph| paragraph.count(width, usize::MAX)).sum();
        (above + row, self.column((paragraph, row)))
    }

    /// Draws what of the text is in view, which moves as little as the cursor needs. Returns where
    /// the cursor is on the screen, if the text has the focus.
    pub fn draw(&mut self, area: Rect, is_focused: bool, buf: &mut Buffer) -> Option<Position> {
        let area = area.intersection(buf.area);
        if area.is_empty() {
            return None;
        }
        (self.width, self.height) = (columns(area.width), usize::from(area.height));
        let cursor_row = self.cursor_row();
        let mut row = Some(self.scroll(cursor_row));
        let mut cursor = None;
        for y in area.top()..area.bottom() {
            let Some(at) = row else { break };
            self.draw_row(at, Rect { y, height: 1, ..area }, is_focused, buf);
            if at == cursor_row {
                let column = small(self.column(at)).min(area.width - 1);
                cursor = Some(Position { x: area.x + column, y });
            }
            row = self.row_below(at);
        }
        cursor.filter(|_| is_focused)
    }

    /// Moves the view so that it holds the cursor and as much of the text as it can. Returns its
    /// first row.
    fn scroll(&mut self, cursor_row: RowAt) -> RowAt {
        let paragraph = self.top.paragraph.min(self.paragraphs.len() - 1);
        let byte = self.top.byte.min(self.end_of(paragraph).byte);
        let old = (paragraph, self.paragraphs[paragraph].row_at(self.width, byte));
        let highest = self.rows_above(cursor_row, self.height - 1);
        let mut top = old.min(cursor_row).max(highest);
        let (mut last, mut below) = (top, 1);
        while below < self.height
            && let Some(next) = self.row_below(last)
        {
            (last, below) = (next, below + 1);
        }
        top = self.rows_above(top, self.height - below);
        let (paragraph, row) = top;
        self.top = Place { paragraph, byte: self.row(paragraph, row).start };
        top
    }

    /// The row at this distance above, or the first.
    fn rows_above(&mut self, row: RowAt, count: usize) -> RowAt {
        let mut at = row;
        for _ in 0..count {
            let Some(above) = self.row_above(at) else { break };
            at = above;
        }
        at
    }

    /// The column of the cursor in its row. White space that hangs does not take it further than
    /// the column after the row.
    fn column(&mut self, (paragraph, row): RowAt) -> usize {
        let row = self.row(paragraph, row);
        self.paragraphs[paragraph].column(&row, self.caret.cursor.byte).min(self.width)
    }

    fn draw_row(&mut self, (number, row): RowAt, area: Rect, is_focused: bool, buf: &mut Buffer) {
        let range = self.row(number, row);
        let selection = self.selection().filter(|_| is_focused);
        let style = |byte| {
            let place = Place { paragraph: number, byte };
            let is_selected = selection.as_ref().is_some_and(|range| range.contains(&place));
            let modifier = if is_selected { Modifier::REVERSED } else { Modifier::empty() };
            Style::new().add_modifier(modifier)
        };
        let text = self.paragraphs[number].text();
        let width = usize::from(area.width);
        let mut end = 0;
        for glyph in glyphs(&text[range.clone()]) {
            end = glyph.column + glyph.width;
            if end > width {
                break;
            }
            let x = area.x + small(glyph.column);
            buf.set_stringn(x, area.y, &glyph.shown, glyph.width, style(range.start + glyph.at));
        }
        // A line break is seen only where it is selected.
        if range.end == text.len() && end < width {
            let cell = &mut buf[(area.x + small(end), area.y)];
            cell.set_style(style(text.len()));
        }
    }
}

/// The columns of a row in an area of this width.
fn columns(width: u16) -> usize {
    usize::from(width).saturating_sub(1).max(1)
}

fn small(column: usize) -> u16 {
    u16::try_from(column).unwrap_or(u16::MAX)
}
