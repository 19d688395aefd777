//! The last lines of the screen: what is said or asked, the search line, or the keys that do
//! something now.

use ratatui_core::buffer::Buffer;
use ratatui_core::layout::{Position, Rect};
use ratatui_core::style::Style;

use crate::messages::browser;
use crate::page::browser::{Above, Browser, Kind, Pane};
use crate::page::paint;
use crate::text::{Line, Page, Role, Sheet};

impl Browser {
    /// What stands on the last lines.
    pub(super) fn bottom(&self, width: u16) -> Vec<Line> {
        let words = match (&self.question, &self.notice) {
            (Some((question, _)), _) => format!("{question} ({})", browser::YES_OR_NO),
            (None, Some(notice)) => notice.clone(),
            (None, None) => return Vec::new(),
        };
        self.prose(&words, width).lines().to_vec()
    }

    /// Draws the last lines: what is said or asked, the search line, or the keys.
    pub(super) fn draw_bottom(
        &self,
        said: &[Line],
        area: Rect,
        buf: &mut Buffer,
    ) -> Option<Position> {
        if !said.is_empty() {
            paint::text(said, area, self.page.color, buf);
            return None;
        }
        if let (true, Kind::Search(words)) = (self.is_typing, &self.layer().kind) {
            return Some(self.draw_search_line(words, area, buf));
        }
        let more = self.more_text();
        let taken = if more.is_empty() { 0 } else { paint::width(more) + 2 };
        let keys = self.keys(area.width.saturating_sub(taken));
        paint::bar(Role::Quiet, &keys, more, area, self.page, buf);
        None
    }

    fn draw_search_line(&self, words: &str, area: Rect, buf: &mut Buffer) -> Position {
        let mut sheet = Sheet::new(Page { width: None, ..self.page });
        // A letter after it keeps the spaces at its end.
        sheet.line(Role::Plain, &format!("/{words}"));
        let line = sheet.into_text().plain();
        let line = line.trim_end_matches('\n');
        // The end of a long line is where one types.
        let mut from = 0;
        while paint::width(&line[from..]) >= area.width && from < line.len() {
            from += line[from..].chars().next().map_or(1, char::len_utf8);
        }
        let (x, y) =
            buf.set_stringn(area.x, area.y, &line[from..], area.width.into(), Style::new());
        Position::new(x.min(area.right().saturating_sub(1)), y)
    }

    /// The keys that fit on a line of this width; those for help and to leave always.
    fn keys(&self, width: u16) -> String {
        let keys = match (&self.above, self.pane) {
            (Some(Above::Calendar(_)), _) => browser::CALENDAR_KEYS,
            (Some(Above::Help(_)), _) => browser::HELP_KEYS,
            (None, Pane::Text) => browser::TEXT_KEYS,
            (None, Pane::List) if self.is_typing => browser::SEARCH_KEYS,
            (None, Pane::List) if self.layers.len() > 1 => browser::OTHER_LIST_KEYS,
            (None, Pane::List) => browser::LIST_KEYS,
        };
        let last = if self.above.is_some() { Vec::new() } else { browser::LAST_KEYS.to_vec() };
        let mut shown = keys.to_vec();
        let joined = |shown: &[&str]| [shown, &last].concat().join("  ");
        while paint::width(&joined(&shown)) > width && shown.pop().is_some() {}
        joined(&shown)
    }

    /// Whether the text goes on outside the screen, and the keys that show it.
    fn more_text(&self) -> &'static str {
        let is_shown = self.above.is_none() && (self.has_two_panes() || self.pane == Pane::Text);
        let target = self.target().filter(|_| is_shown);
        let reading =
            self.reading.as_ref().filter(|reading| target.as_ref() == Some(&reading.target));
        let Some(reading) = reading else { return "" };
        match (reading.top > 0, reading.top < reading.last_top(self.text_height())) {
            (false, false) => "",
            (false, true) => browser::MORE_BELOW,
            (true, false) => browser::MORE_ABOVE,
            (true, true) => browser::MORE_ON_BOTH_SIDES,
        }
    }
}
