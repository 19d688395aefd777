//! A list from which a person picks: check marks, and a filter that is typed.
//!
//! It knows no terminal: keys change it, and it is drawn into cells. Only the rows on the screen are
//! drawn, and a filter looks only at texts that were folded before, so thousands are as quick
//! as ten.

use ratatui_core::buffer::Buffer;
use ratatui_core::layout::{Position, Rect};
use ratatui_core::style::Style;

use crate::journal::search::fold::folded;
use crate::messages::picker;
use crate::page::browser::Stroke;
use crate::page::paint;
use crate::terminal::input::{Key, KeyPress};
use crate::text::{Page, Role, one_line, shorten};

/// A row to pick.
#[derive(Debug)]
struct Row {
    title: String,
    book: String,
    /// What the filter looks at.
    words: String,
    is_picked: bool,
}

/// What a key asks the program to do.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Picking {
    GoesOn,
    /// Take what is picked.
    Ends,
    /// Take nothing.
    Leaves,
    Suspends,
}

/// The list.
#[derive(Debug)]
pub struct Picker {
    page: Page,
    rows: Vec<Row>,
    /// The rows that the filter leaves.
    shown: Vec<usize>,
    filter: String,
    /// The row with the keys, among those that are shown, and the first one on the screen.
    chosen: usize,
    top: usize,
    /// The rows on the screen.
    height: usize,
    picked: usize,
    notice: Option<&'static str>,
}

/// The lines of the screen that are not rows: a title, a filter and the keys.
const OTHER_LINES: u16 = 3;

/// The longest filter, in characters.
const LONGEST: usize = 100;

impl Picker {
    /// A list of rows, each with its title and its book.
    pub fn new(page: Page, rows: impl Iterator<Item = (String, String)>) -> Self {
        let row = |(title, book): (String, String)| {
            let words = folded(&format!("{title} {book}"));
            Row { title, book, words, is_picked: false }
        };
        let rows: Vec<Row> = rows.map(row).collect();
        let shown = (0..rows.len()).collect();
        let (filter, notice) = (String::new(), None);
        Self { page, rows, shown, filter, chosen: 0, top: 0, height: 1, picked: 0, notice }
    }

    /// Whether each row is picked.
    pub fn picked(&self) -> impl Iterator<Item = bool> {
        self.rows.iter().map(|row| row.is_picked)
    }

    /// Does what a key means.
    pub fn press(&mut self, stroke: &Stroke) -> Picking {
        self.notice = None;
        let page = isize::try_from(self.height).unwrap_or(1).max(1);
        match stroke {
            Stroke::Char(' ') => self.toggle(),
            Stroke::Char(letter) => self.set_filter(&format!("{}{letter}", self.filter)),
            Stroke::Paste(text) => self.set_filter(&format!("{}{}", self.filter, one_line(text))),
            Stroke::Key(KeyPress { key: Key::Char(letter), ctrl: true, .. }) => match letter {
                'c' | 'd' => return Picking::Leaves,
                'z' => return Picking::Suspends,
                'u' => self.set_filter(""),
                'a' => self.toggle_all(),
                'n' => self.move_by(1),
                'p' => self.move_by(-1),
                _ => {}
            },
            Stroke::Key(press) => match press.key {
                Key::Enter if self.picked == 0 => self.notice = Some(picker::NOTHING_PICKED),
                Key::Enter => return Picking::Ends,
                Key::Escape if self.filter.is_empty() => return Picking::Leaves,
                Key::Escape => self.set_filter(""),
                Key::Backspace => {
                    let mut filter = self.filter.clone();
                    filter.pop();
                    self.set_filter(&filter);
                }
                Key::Tab => self.toggle_all(),
                Key::Up => self.move_by(-1),
                Key::Down => self.move_by(1),
                Key::PageUp => self.move_by(-page),
                Key::PageDown => self.move_by(page),
                Key::Home => self.move_by(isize::MIN),
                Key::End => self.move_by(isize::MAX),
                _ => {}
            },
        }
        Picking::GoesOn
    }

    fn move_by(&mut self, rows: isize) {
        let last = self.shown.len().saturating_sub(1);
        self.chosen = self.chosen.saturating_add_signed(rows).min(last);
    }

    /// Picks the row with the keys, or takes that back, and goes to the next.
    fn toggle(&mut self) {
        if let Some(row) = self.shown.get(self.chosen) {
            let row = &mut self.rows[*row];
            row.is_picked = !row.is_picked;
            self.picked = if row.is_picked { self.picked + 1 } else { self.picked - 1 };
            self.move_by(1);
        }
    }

    /// Picks all rows that are shown, or none of them if all are picked.
    fn toggle_all(&mut self) {
        let is_picked = !self.shown.iter().all(|row| self.rows[*row].is_picked);
        for row in &self.shown {
            self.rows[*row].is_picked = is_picked;
        }
        self.picked = self.rows.iter().filter(|row| row.is_picked).count();
    }

    fn set_filter(&mut self, filter: &str) {
        let filter: String = filter.chars().take(LONGEST).collect();
        if filter == self.filter {
            return;
        }
        let words = folded(&filter);
        let has = |row: &usize| self.rows[*row].words.contains(words.trim());
        // More letters leave fewer rows.
        let narrows = folded(&self.filter);
        if words.starts_with(&narrows) && !self.filter.is_empty() {
            self.shown = std::mem::take(&mut self.shown).into_iter().filter(has).collect();
        } else {
            self.shown = (0..self.rows.len()).filter(has).collect();
        }
        (self.filter, self.chosen, self.top) = (filter, 0, 0);
    }

    /// Draws the list, and returns where the cursor of the terminal belongs.
    pub fn draw(&mut self, area: Rect, buf: &mut Buffer) -> Position {
        let area = area.intersection(buf.area);
        let line = |y: u16| Rect { y: area.y + y, height: 1, ..area };
        let height = area.height.saturating_sub(OTHER_LINES);
        self.height = height.max(1).into();
        self.top = self.top.clamp((self.chosen + 1).saturating_sub(self.height), self.chosen);
        let title = picker::title(self.shown.len(), !self.filter.is_empty());
        let count = picker::picked(self.picked, self.rows.len());
        paint::bar(Role::Heading, &title, &count, line(0), self.page, buf);
        if self.shown.is_empty() && height > 0 {
            paint::bar(Role::Quiet, picker::NO_MATCH, "", line(1), self.page, buf);
        }
        for y in 0..height {
            if let Some(row) = self.shown.get(self.top + usize::from(y)) {
                let is_chosen = self.top + usize::from(y) == self.chosen;
                self.draw_row(&self.rows[*row], is_chosen, line(y + 1), buf);
            }
        }
        let filter = picker::filter(&self.filter);
        if area.height > 1 {
            paint::bar(Role::Plain, &filter, "", line(area.height - 2), self.page, buf);
            let keys = self.notice.map_or_else(|| keys(area.width), str::to_owned);
            paint::bar(Role::Quiet, &keys, "", line(area.height - 1), self.page, buf);
        }
        // On the row with the keys, where a screen reader follows; while a filter is typed, there.
        let row = u16::try_from(self.chosen - self.top).unwrap_or(0) + 1;
        let end = paint::width(&one_line(&filter)).min(area.width.saturating_sub(1));
        if self.filter.is_empty() {
            Position::new(area.x, (area.y + row).min(area.bottom().saturating_sub(1)))
        } else {
            Position::new(area.x + end, area.bottom().saturating_sub(2).max(area.y))
        }
    }

    fn draw_row(&self, row: &Row, is_chosen: bool, area: Rect, buf: &mut Buffer) {
        let sign = if is_chosen { ">" } else { " " };
        let mark = if row.is_picked { "[x]" } else { "[ ]" };
        let book = shorten(&row.book, usize::from(area.width / 3), self.page.utf8);
        let of_book = if area.width < 60 { 0 } else { paint::width(&book) + 2 };
        let of_title = area.width.saturating_sub(of_book);
        let left = Rect { width: of_title, ..area };
        let role = if row.is_picked { Role::Heading } else { Role::Plain };
        paint::bar(role, &format!("{sign} {mark} {}", row.title), "", left, self.page, buf);
        if of_book > 0 {
            let right = Rect { x: area.x + of_title + 2, width: of_book - 2, ..area };
            paint::bar(Role::Quiet, &book, "", right, self.page, buf);
        }
        if is_chosen && self.page.color {
            buf.set_style(area, Style::new().reversed().not_dim());
        }
    }
}

/// The keys that fit on a line.
fn keys(width: u16) -> String {
    let mut keys = picker::KEYS.to_vec();
    while paint::width(&keys.join("  ")) > width && keys.pop().is_some() {}
    keys.join("  ")
}

#[cfg(test)]
mod tests {
    use super::*;

    fn picker(rows: &[(&str, &str)]) -> Picker {
        let rows = rows.iter().map(|(title, book)| ((*title).to_owned(), (*book).to_owned()));
        Picker::new(Page::UNSET, rows)
    }

    fn press(picker: &mut Picker, keys: &str) {
        keys.chars().for_each(|key| _ = picker.press(&Stroke::Char(key)));
    }

    fn key(picker: &mut Picker, key: Key) -> Picking {
        picker.press(&Stroke::Key(KeyPress::plain(key)))
    }

    fn shown(picker: &mut Picker, columns: u16, rows: u16) -> Vec<String> {
        let area = Rect::new(0, 0, columns, rows);
        let mut buf = Buffer::empty(area);
        picker.draw(area, &mut buf);
        let line = |y| (0..columns).map(|x| buf[(x, y)].symbol()).collect::<String>();
        (0..rows).map(|y| line(y).trim_end().to_owned()).collect()
    }

    const ROWS: [(&str, &str); 4] = [
        ("Ask once, plainly.", "Field Notes"),
        ("Begin before you are ready.", "Field Notes"),
        ("\u{c9}t\u{e9}", "Le livre"),
        ("An \u{1b}[31mescape", "A\u{202e}B"),
    ];

    #[test]
    fn rows_are_picked_one_by_one_or_all_that_the_filter_leaves() {
        let mut picker = picker(&ROWS);
        assert_eq!(key(&mut picker, Key::Enter), Picking::GoesOn);
        assert!(shown(&mut picker, 80, 8)[7].starts_with("nothing is picked yet"));
        press(&mut picker, " ");
        press(&mut picker, "ete");
        assert_eq!(picker.shown, [2]);
        assert_eq!(key(&mut picker, Key::Tab), Picking::GoesOn);
        assert_eq!(picker.picked().collect::<Vec<_>>(), [true, false, true, false]);
        key(&mut picker, Key::Escape);
        assert_eq!(picker.shown.len(), 4);
        key(&mut picker, Key::Tab);
        assert_eq!(picker.picked, 4);
        key(&mut picker, Key::Tab);
        assert_eq!(picker.picked, 0);
        press(&mut picker, "field");
        key(&mut picker, Key::Backspace);
        assert_eq!((picker.filter.as_str(), picker.shown.len()), ("fiel", 2));
        key(&mut picker, Key::Down);
        press(&mut picker, " ");
        assert_eq!(key(&mut picker, Key::Enter), Picking::Ends);
        assert_eq!(picker.picked().collect::<Vec<_>>(), [false, true, false, false]);
        assert_eq!(key(&mut picker, Key::Escape), Picking::GoesOn);
        assert_eq!(key(&mut picker, Key::Escape), Picking::Leaves);
    }

    #[test]
    fn the_list_is_drawn_at_every_size_and_shows_nothing_that_a_terminal_obeys() {
        let mut picker = picker(&ROWS);
        press(&mut picker, " ");
        let lines = shown(&mut picker, 80, 8);
        assert!(lines[0].starts_with("4 highlights") && lines[0].ends_with("1 of 4 picked"));
        assert!(
            lines[1].starts_with("  [x] Ask once, plainly.") && lines[1].ends_with("Field Notes")
        );
        assert!(lines[2].starts_with("> [ ] Begin before"), "{lines:?}");
        assert_eq!(lines[6], "Filter:");
        assert_eq!(lines[7], picker::KEYS.join("  "));
        for (columns, rows) in [(40, 16), (120, 40), (20, 5), (1, 1), (3, 2), (0, 0)] {
            for line in shown(&mut picker, columns, rows) {
                assert!(!line.chars().any(crate::text::is_unsafe), "{line:?}");
            }
        }
    }

    #[test]
    fn the_row_with_the_keys_is_always_on_the_screen() {
        let rows: Vec<(String, String)> =
            (0..50_000).map(|number| (format!("row {number}"), "book".to_owned())).collect();
        let mut picker = Picker::new(Page::UNSET, rows.into_iter());
        for (pressed, wanted) in [
            (Key::End, "> [ ] row 49999"),
            (Key::PageUp, "> [ ] row 49992"),
            (Key::Home, "> [ ] row 0"),
            (Key::PageDown, "> [ ] row 7"),
        ] {
            key(&mut picker, pressed);
            let lines = shown(&mut picker, 40, 10);
            assert!(lines.iter().any(|line| line.starts_with(wanted)), "{lines:?}");
        }
        press(&mut picker, "49999");
        assert_eq!(shown(&mut picker, 40, 10)[1], "> [ ] row 49999");
    }
}
