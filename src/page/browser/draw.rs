//! Draws the browser: a title, the list and the text, and a last line of keys.
//!
//! It looks as the page does. Everything that is told by a look is also told by a sign.

use ratatui_core::buffer::Buffer;
use ratatui_core::layout::{Position, Rect};
use ratatui_core::style::Style;

use crate::journal::Period;
use crate::messages::{browser, search, time};
use crate::page::browser::layout::{ITEM_ROWS, Layout};
use crate::page::browser::list::{Item, Target};
use crate::page::browser::{Above, Browser, Kind, Pane, help};
use crate::page::paint;
use crate::text::{Line, Page, Role, Sheet, Text, shorten};

/// A smaller window shows nothing but that it is too small.
const SMALLEST: (u16, u16) = (20, 5);

impl Browser {
    /// Takes the size of the screen; it may be another one than before.
    pub fn resize(&mut self, size: (u16, u16)) {
        if self.size != size {
            self.size = size;
            let visible = self.visible();
            for layer in &mut self.layers {
                layer.list.scroll(visible);
            }
        }
    }

    /// Draws everything, and returns where the cursor of the terminal belongs.
    pub fn draw(&mut self, area: Rect, buf: &mut Buffer) -> Option<Position> {
        let area = area.intersection(buf.area);
        self.resize((area.width, area.height));
        if area.width < SMALLEST.0 || area.height < SMALLEST.1 {
            paint::bar(Role::Quiet, browser::too_small(), "", area, self.page, buf);
            return None;
        }
        let bottom = self.bottom(self.layout(area, 1).bottom.width);
        let rows = u16::try_from(bottom.len()).unwrap_or(1).clamp(1, area.height / 2);
        let layout = self.layout(area, rows);
        if let (Some(reading), Some(text)) = (&mut self.reading, layout.text) {
            reading.lay_out(text.width, self.page);
            reading.scroll(0, text.height.into());
        }
        let (left, right) = self.title();
        paint::bar(Role::Heading, &left, &right, layout.title, self.page, buf);
        self.draw_lines(&layout, buf);
        let mut cursor = match &mut self.above {
            Some(Above::Calendar(map)) => map.draw(layout.body, self.week_start, self.page, buf),
            Some(Above::Help(top)) => {
                let width = usize::from(layout.body.width);
                let text = help::text(Page { width: Some(width), ..self.page });
                let lines = paint::fold(&text, layout.body.width);
                *top = (*top).min(lines.len().saturating_sub(layout.body.height.into()));
                paint::text(&lines[*top..], layout.body, self.page.color, buf);
                None
            }
            None => self.draw_panes(&layout, buf),
        };
        if let Some(on_line) = self.draw_bottom(&bottom, layout.bottom, buf) {
            cursor = Some(on_line);
        }
        cursor
    }

    /// Draws the line below the title and the one between the panes.
    fn draw_lines(&self, layout: &Layout, buf: &mut Buffer) {
        let (across, upright) = if self.page.utf8 { ("\u{2500}", "\u{2502}") } else { ("-", "|") };
        let draw = |stroke: &str, area: Rect, buf: &mut Buffer| {
            for position in area.intersection(buf.area).positions() {
                buf[position]
                    .set_symbol(stroke)
                    .set_style(paint::style(Role::Quiet, self.page.color));
            }
        };
        draw(across, layout.rule, buf);
        if let Some(divider) = layout.divider.filter(|_| self.above.is_none()) {
            draw(upright, divider, buf);
        }
    }

    fn title(&self) -> (String, String) {
        let layer = self.layer();
        let count = layer.list.items.len();
        match &self.above {
            Some(Above::Calendar(map)) => {
                return (browser::calendar(Period::year_of(map.chosen)), String::new());
            }
            Some(Above::Help(_)) => return (browser::KEYS.to_owned(), String::new()),
            None => {}
        }
        let days = browser::days(self.entries);
        match (&layer.kind, self.target()) {
            (_, Some(Target::Day(day))) if !self.has_two_panes() && self.pane == Pane::Text => {
                (time::day(day), String::new())
            }
            (Kind::Days, _) => (browser::JOURNAL.to_owned(), days),
            (Kind::Search(words), _) => {
                (browser::searched(words), browser::places(count, !layer.is_cut))
            }
            (Kind::OtherYears(day), _) => {
                (browser::in_other_years(*day), browser::days(count as u64))
            }
            (Kind::Shelf, _) => (browser::SERIES.to_owned(), String::new()),
            (Kind::Lessons(_, title), _) => (title.clone(), String::new()),
        }
    }

    fn draw_panes(&self, layout: &Layout, buf: &mut Buffer) -> Option<Position> {
        let mut cursor = None;
        if let Some(area) = layout.list {
            let list = &self.layer().list;
            let visible = usize::from((area.height / ITEM_ROWS).max(1));
            // A message of several lines leaves room for fewer items.
            let top = list.top.max((list.chosen + 1).saturating_sub(visible));
            if list.items.is_empty() && self.layer().is_read {
                paint::text(&self.nothing(area.width), area, self.page.color, buf);
            }
            let shown = list.items.iter().enumerate().skip(top).take(visible);
            for ((at, item), y) in shown.zip((area.y..area.bottom()).step_by(ITEM_ROWS.into())) {
                let row =
                    Rect { y, height: area.bottom().saturating_sub(y).min(ITEM_ROWS), ..area };
                self.draw_item(item, at == list.chosen, row, buf);
                if at == list.chosen && self.pane == Pane::List {
                    cursor = Some(Position::new(area.x, y));
                }
            }
        }
        if let (Some(area), Some(reading)) = (layout.text, &self.reading)
            && self.target().as_ref() == Some(&reading.target)
        {
            let lines = &reading.lines[reading.top.min(reading.lines.len())..];
            paint::text(lines, area, self.page.color, buf);
            if self.pane == Pane::Text {
                cursor = Some(Position::new(area.x, area.y));
            }
        }
        cursor
    }

    fn draw_item(&self, item: &Item, is_chosen: bool, area: Rect, buf: &mut Buffer) {
        let color = self.page.color;
        let sign = match (is_chosen, self.pane) {
            (true, Pane::List) => "> ",
            (true, Pane::Text) => "- ",
            (false, _) => "  ",
        };
        let marks = paint::width(&item.marks);
        let room = area.width.saturating_sub(2);
        let gap = if marks > 0 { marks + 1 } else { 0 };
        let first = self.cut(&item.first, room);
        let inner = Rect { x: area.x + 2, width: room, height: 1, ..area };
        buf.set_stringn(area.x, area.y, sign, 2, paint::style(Role::Heading, color));
        paint::text(&[first], inner, color, buf);
        let end = area.right().saturating_sub(marks);
        if area.height > 1 {
            let second = self.cut(&item.second, room.saturating_sub(gap));
            buf.set_stringn(end, area.y + 1, &item.marks, marks.into(), Style::new());
            paint::text(&[second], Rect { y: area.y + 1, ..inner }, color, buf);
        }
        if is_chosen && color {
            buf.set_style(Rect { height: 1, ..area }, Style::new().bold());
            if self.pane == Pane::List {
                // Dim letters would make the background of their cells another one.
                buf.set_style(area, Style::new().reversed().not_dim());
            }
        }
    }

    /// A line with a sign at its end where it is wider than this.
    fn cut(&self, line: &Line, columns: u16) -> Line {
        let mut room = columns;
        let mut cut = Line::new();
        let total = line.iter().map(|(_, piece)| paint::width(piece)).fold(0, u16::saturating_add);
        for (role, piece) in line {
            let width = paint::width(piece);
            if total <= columns || width < room.saturating_sub(1) {
                cut.push((*role, piece.clone()));
                room = room.saturating_sub(width);
            } else {
                // The piece with something after it, so that the sign of a cut is always there.
                let long = format!("{piece}{}", " .".repeat(room.into()));
                cut.push((*role, shorten(&long, room.into(), self.page.utf8)));
                break;
            }
        }
        cut
    }

    /// What stands in the place of an empty list.
    fn nothing(&self, width: u16) -> Vec<Line> {
        let words = match &self.layer().kind {
            Kind::Days => browser::EMPTY_JOURNAL.to_owned(),
            Kind::Search(words) if words.trim().is_empty() => browser::TYPE_WORDS.to_owned(),
            Kind::Search(words) => search::not_found(words).text,
            Kind::OtherYears(_) => browser::NO_OTHER_YEAR.to_owned(),
            Kind::Shelf | Kind::Lessons(..) => browser::NO_SERIES.to_owned(),
        };
        self.prose(&words, width).lines().to_vec()
    }

    pub(super) fn prose(&self, words: &str, width: u16) -> Text {
        let mut sheet = Sheet::new(Page { width: Some(width.into()), ..self.page });
        sheet.line(Role::Plain, words);
        sheet.into_text()
    }
}
