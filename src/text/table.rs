//! A table: a line for each row, its columns aligned.
//!
//! On a page with a width every row is one line that fits it, with the sign `…` where something was
//! cut. On a page without one, a script reads the rows: nothing is cut, and two spaces stand
//! between the cells. On a page in words nothing is cut either, and a comma stands there, at which
//! a voice pauses.

use unicode_width::UnicodeWidthStr;

use crate::text::{Page, Role, one_line, shorten};

/// The spaces between two columns.
const GAP: usize = 2;

/// A column that may go altogether does so where it would have fewer columns of text.
const LEAST: usize = 6;

/// A cell of a table.
#[derive(Debug, Clone)]
pub struct Cell {
    role: Role,
    text: String,
    /// What stands after the text and is not cut with it.
    end: String,
}

impl Cell {
    pub fn new(role: Role, text: impl AsRef<str>) -> Self {
        Self { role, text: one_line(text.as_ref()), end: String::new() }
    }

    /// The same with this at the end, which stays if the text is cut.
    #[must_use]
    pub fn ending_in(self, end: impl AsRef<str>) -> Self {
        Self { end: one_line(end.as_ref()), ..self }
    }

    fn width(&self) -> usize {
        self.text.width() + self.end.width()
    }

    fn shown(&self, width: usize, utf8: bool) -> String {
        let room = width.saturating_sub(self.end.width());
        format!("{}{}", shorten(&self.text, room, utf8), self.end)
    }
}

/// Rows of cells.
#[derive(Debug, Clone)]
pub struct Table {
    /// What is cut where a row is too wide for the page, one step after the other: a column, and
    /// the width that it keeps at least in this step. One that keeps 0 may go.
    cuts: &'static [(usize, usize)],
    rows: Vec<Vec<Cell>>,
}

impl Table {
    /// A table without rows, with the steps in which its columns are cut.
    pub fn new(cuts: &'static [(usize, usize)]) -> Self {
        Self { cuts, rows: Vec::new() }
    }

    pub fn row(&mut self, cells: impl IntoIterator<Item = Cell>) {
        self.rows.push(cells.into_iter().collect());
    }

    /// The rows as pieces. A column without text is left out.
    pub(super) fn rows(&self, page: Page) -> Vec<Vec<(Role, String)>> {
        if page.in_words {
            return self.rows.iter().map(|row| spoken(row)).collect();
        }
        let widths = page.width.is_some().then(|| self.widths(page.screen));
        self.rows.iter().map(|row| pieces(row, widths.as_deref(), page.utf8)).collect()
    }

    /// The width of each column on a page that is so wide.
    fn widths(&self, screen: usize) -> Vec<usize> {
        let widest = |at: usize| {
            self.rows.iter().filter_map(|row| row.get(at)).map(Cell::width).max().unwrap_or(0)
        };
        let columns = self.rows.iter().map(Vec::len).max().unwrap_or_default();
        let mut widths: Vec<usize> = (0..columns).map(widest).collect();
        let filled = widths.iter().filter(|width| **width > 0).count();
        let taken = widths.iter().sum::<usize>() + GAP * filled.saturating_sub(1);
        let mut over = taken.saturating_sub(screen);
        for (column, kept) in self.cuts {
            let Some(width) = widths.get_mut(*column) else { continue };
            let cut = over.min(width.saturating_sub(*kept));
            *width -= cut;
            over -= cut;
            // A few letters of a text say nothing. Without the column there is room for its gap
            // too.
            if *kept == 0 && cut > 0 && *width < LEAST {
                over = over.saturating_sub(*width + GAP);
                *width = 0;
            }
        }
        widths
    }
}

fn spoken(row: &[Cell]) -> Vec<(Role, String)> {
    let mut pieces = Vec::new();
    for cell in row.iter().filter(|cell| cell.width() > 0) {
        if !pieces.is_empty() {
            pieces.push((Role::Plain, ", ".to_owned()));
        }
        pieces.push((cell.role, format!("{}{}", cell.text, cell.end)));
    }
    pieces
}

fn pieces(row: &[Cell], widths: Option<&[usize]>, utf8: bool) -> Vec<(Role, String)> {
    let mut pieces = Vec::new();
    // The spaces before the next cell that has text.
    let mut space = 0;
    for (at, cell) in row.iter().enumerate() {
        let width = match widths {
            Some(widths) => widths.get(at).copied().unwrap_or_default(),
            None => cell.width(),
        };
        if width == 0 {
            continue;
        }
        let text = cell.shown(width, utf8);
        let rest = width.saturating_sub(text.width());
        pieces.push((Role::Plain, " ".repeat(space)));
        pieces.push((cell.role, text));
        space = rest + GAP;
    }
    pieces
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::text::Role::Plain;
    use crate::text::Sheet;
    use proptest::prelude::*;

    const CUTS: [(usize, usize); 2] = [(2, 8), (0, 6)];

    fn shown(rows: &[[&str; 3]], width: Option<usize>) -> String {
        let page = Page { width, screen: width.unwrap_or(80), utf8: true, ..Page::UNSET };
        let mut table = Table::new(&CUTS);
        for row in rows {
            table.row(row.map(|text| Cell::new(Plain, text)));
        }
        let mut sheet = Sheet::new(page);
        sheet.table(&table);
        sheet.into_text().plain()
    }

    const ROWS: [[&str; 3]; 2] =
        [["walks", "1 of 5", "Two walks in the park"], ["the-long-one", "12 of 20", "世界は広い"]];

    #[test]
    fn columns_are_aligned_and_cut_in_their_order() {
        assert_eq!(
            shown(&ROWS, Some(60)),
            "walks         1 of 5    Two walks in the park\nthe-long-one  12 of 20  世界は広い\n"
        );
        assert_eq!(
            shown(&ROWS, Some(36)),
            "walks         1 of 5    Two walks i…\nthe-long-one  12 of 20  世界は広い\n"
        );
        assert_eq!(
            shown(&ROWS, Some(28)),
            "walks     1 of 5    Two wal…\nthe-lon…  12 of 20  世界は…\n"
        );
    }

    #[test]
    fn a_script_gets_every_cell_whole_and_one_line_a_row() {
        assert_eq!(
            shown(&ROWS, None),
            "walks  1 of 5  Two walks in the park\nthe-long-one  12 of 20  世界は広い\n"
        );
        assert_eq!(shown(&[["a", "", "b\nsaved\x1b[2J"]], None), "a  b saved^[[2J\n");
    }

    #[test]
    fn in_words_a_row_is_whole_and_a_comma_stands_between_its_cells() {
        let mut table = Table::new(&CUTS);
        table.row([Cell::new(Plain, "walks").ending_in("/1"), Cell::new(Plain, "")]);
        table.row(["walks", "1 of 5", "Two walks in the park"].map(|text| Cell::new(Plain, text)));
        let page = Page { width: Some(20), screen: 20, in_words: true, ..Page::UNSET };
        let mut sheet = Sheet::new(page);
        sheet.table(&table);
        let wanted = "walks/1\nwalks, 1 of 5, Two\nwalks in the park\n";
        assert_eq!(sheet.into_text().plain(), wanted);
    }

    #[test]
    fn a_column_that_may_go_does_so_before_nothing_of_it_can_be_read() {
        let mut table = Table::new(&[(1, 0), (0, 5)]);
        table.row([Cell::new(Plain, "some-walks"), Cell::new(Plain, "Two walks")]);
        let shown = |screen| {
            let mut sheet = Sheet::new(Page { width: Some(screen), screen, ..Page::UNSET });
            sheet.table(&table);
            sheet.into_text().plain()
        };
        assert_eq!(shown(18), "some-walks  Two...\n");
        assert_eq!(shown(17), "some-walks\n");
        assert_eq!(shown(9), "some-w...\n");
    }

    #[test]
    fn the_end_of_a_cell_is_not_cut() {
        let mut table = Table::new(&[(0, 6)]);
        table.row([Cell::new(Plain, "the-defiant-ones").ending_in("/12")]);
        let page = Page { width: Some(9), screen: 9, utf8: true, ..Page::UNSET };
        assert_eq!(table.rows(page)[0][1].1, "the-d…/12");
    }

    proptest! {
        #[test]
        fn no_row_is_wider_than_the_page_or_more_than_one_line(
            rows in prop::collection::vec(["\\PC{0,30}", "[0-9]{0,4}", "\\PC{0,60}"], 1..5),
            width in 24usize..90,
        ) {
            let rows: Vec<[&str; 3]> =
                rows.iter().map(|row| row.each_ref().map(String::as_str)).collect();
            let text = shown(&rows, Some(width));
            prop_assert_eq!(text.lines().count(), rows.len());
            for line in text.lines() {
                prop_assert!(line.width() <= width, "{} > {width}: {line:?}", line.width());
            }
        }
    }
}
