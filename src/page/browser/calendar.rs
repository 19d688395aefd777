//! The map of a year with a day chosen in it. As many weeks are drawn as the screen is wide, with
//! the chosen one among them.

use chrono::{Datelike, Weekday};
use ratatui_core::buffer::Buffer;
use ratatui_core::layout::{Position, Rect};

use crate::journal::{Calendar, Day, Period};
use crate::messages::{browser, time};
use crate::page::browser::keys::Step;
use crate::page::paint;
use crate::store::DayLine;
use crate::text::{Page, Role, Sheet};
use crate::view;

/// The columns of the sign of the chosen row, a weekday's name, and the space after it.
const LABEL: u16 = 6;

#[derive(Debug)]
pub(super) struct YearMap {
    pub(super) chosen: Day,
    /// The first day that can be chosen.
    first: Day,
    /// The last one.
    last: Day,
    calendar: Option<Calendar>,
    /// The entry of the chosen day, if it was read; `None` in it if there is none.
    line: Option<(Day, Option<DayLine>)>,
}

impl YearMap {
    pub(super) fn new(chosen: Day, last: Day) -> Self {
        Self { chosen, first: chosen, last: last.max(chosen), calendar: None, line: None }
    }

    pub(super) fn year(&self) -> Period {
        Period::year_of(self.chosen)
    }

    /// Whether the year of the chosen day, or its entry, is to be read.
    pub(super) fn is_unread(&self) -> bool {
        self.calendar.as_ref().is_none_or(|calendar| calendar.period != self.year())
            || self.line.as_ref().is_none_or(|(day, _)| *day != self.chosen)
    }

    /// Has the year read again.
    pub(super) fn forget(&mut self) {
        self.line = None;
    }

    pub(super) fn show(&mut self, calendar: Calendar, first: Day, line: Option<DayLine>) {
        self.first = self.first.min(first);
        self.calendar = Some(calendar);
        self.line = Some((self.chosen, line));
    }

    /// Moves by days, weeks and years, as far as there are entries and no further than today.
    pub(super) fn step(&mut self, step: Step) {
        let day = self.chosen;
        let by = |days: isize| {
            let count = days.unsigned_abs() as u64;
            if days < 0 { day.minus_days(count) } else { day.plus_days(count) }
        };
        let moved = match step {
            Step::By(days) => by(days),
            Step::Across(weeks) => by(7 * weeks),
            Step::Pages(years) if years < 0 => day.minus_months(12),
            Step::Pages(_) => day.plus_months(12),
            Step::First => Some(self.first),
            Step::Last => Some(self.last),
        };
        self.chosen = moved.unwrap_or(day).clamp(self.first, self.last);
    }

    /// Draws the map and what was written on the chosen day; the place of that day on the screen.
    pub(super) fn draw(
        &self,
        area: Rect,
        week_start: Weekday,
        page: Page,
        buf: &mut Buffer,
    ) -> Option<Position> {
        let calendar = self.calendar.as_ref()?;
        let weeks = view::weeks(calendar, week_start);
        let holds =
            |week: &view::Week<'_>| week.iter().flatten().any(|d| d.entry.day == self.chosen);
        let chosen_week = weeks.iter().position(holds)?;
        let room = area.width.saturating_sub(LABEL);
        let gap = if usize::from(room) >= 2 * weeks.len() { 2 } else { 1 };
        let shown = usize::from(room / gap).max(1);
        let from =
            (chosen_week + 1).saturating_sub(shown / 2 + 1).min(weeks.len().saturating_sub(shown));
        let weeks = &weeks[from..weeks.len().min(from + shown)];
        let column = |week: usize| area.x + LABEL + u16::try_from(week).unwrap_or(u16::MAX) * gap;
        let put = |x: u16, y: u16, role: Role, text: &str, buf: &mut Buffer| {
            if y < area.bottom() && x < area.right() {
                let room = usize::from(area.right() - x);
                buf.set_stringn(x, y, text, room, paint::style(role, page.color));
            }
        };
        for (at, week) in weeks.iter().enumerate() {
            let first = week.iter().flatten().find(|day| day.entry.day.date().day() == 1);
            if let Some(day) = first {
                put(column(at), area.y, Role::Quiet, time::month_in_short(day.entry.day), buf);
            }
        }
        let mut cursor = None;
        let mut weekday = week_start;
        for (row, y) in (0..7).zip(area.y + 1..) {
            let is_chosen = weekday == self.chosen.weekday();
            let label = format!(
                "{} {}",
                if is_chosen { ">" } else { " " },
                time::weekday_in_short(weekday)
            );
            put(area.x, y, Role::Quiet, &label, buf);
            weekday = weekday.succ();
            for (at, day) in weeks.iter().enumerate() {
                let Some(day) = day[row] else { continue };
                put(column(at), y, view::role(day.mark), view::sign(day.mark, page), buf);
                if day.entry.day == self.chosen && y < area.bottom() {
                    cursor = Some(Position::new(column(at), y));
                }
            }
        }
        if let Some(cell) = cursor.filter(|_| page.color).and_then(|at| buf.cell_mut(at)) {
            cell.set_style(ratatui_core::style::Style::new().reversed());
        }
        put(column(chosen_week - from), area.y + 8, Role::Today, "^", buf);
        let below =
            Rect { y: area.y.saturating_add(9), height: area.height.saturating_sub(9), ..area };
        self.draw_chosen(calendar, below, page, buf);
        cursor
    }

    /// Draws the chosen day with how its entry begins, and what the signs mean.
    fn draw_chosen(&self, calendar: &Calendar, area: Rect, page: Page, buf: &mut Buffer) {
        let width = usize::from(area.width);
        let page = Page { width: Some(width), screen: width, ..page };
        let mut sheet = Sheet::new(page);
        match self.line.as_ref().filter(|(day, _)| *day == self.chosen) {
            Some((day, Some(line))) => {
                sheet.line(Role::Heading, &time::day(*day));
                sheet.line(Role::Plain, line.title.as_deref().unwrap_or_default());
                let words = line.beginning.as_deref().unwrap_or(view::NOTHING_WRITTEN);
                sheet.line(Role::Quiet, words);
            }
            Some((day, None)) => sheet.line(Role::Heading, &browser::no_entry(*day)),
            None => {}
        }
        view::put_legend(&mut sheet, calendar, "", page);
        paint::text(&paint::fold(&sheet.into_text(), area.width), area, page.color, buf);
    }
}
