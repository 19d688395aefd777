//! Draws the page.

use ratatui_core::buffer::Buffer;
use ratatui_core::layout::{Position, Rect};
use ratatui_core::terminal::Frame;

use crate::drafts::Purpose;
use crate::messages::page as messages;
use crate::page::paint;
use crate::page::text_area::TextArea;
use crate::page::writing::fields::Field;
use crate::page::writing::layout::Layout;
use crate::page::writing::steps::ANSWERS;
use crate::page::writing::{DraftState, WritingPage};
use crate::text::{Page, Role, Sheet, Text, one_line};

impl WritingPage {
    /// Draws the page, with the cursor where the next letter goes.
    pub(super) fn draw(&mut self, frame: &mut Frame) {
        let area = frame.area();
        self.size = (area.width, area.height);
        let cursor = self.draw_on(frame.buffer_mut());
        if let Some(cursor) = cursor.filter(|cursor| area.contains(*cursor)) {
            frame.set_cursor_position(cursor);
        }
    }

    fn draw_on(&mut self, buffer: &mut Buffer) -> Option<Position> {
        let layout = self.layout();
        self.draw_title(&layout, buffer);
        if let Some(top) = self.help {
            self.draw_help(top, &layout, buffer);
            return None;
        }
        self.draw_reading(&layout, buffer);
        self.draw_bottom(&layout, buffer);
        let at_steps = self.draw_steps(&layout, buffer);
        let at_text = self.draw_texts(&layout, buffer);
        at_steps.or(at_text)
    }

    /// The title with the source, if both and the mark of the draft fit on one line.
    pub(super) fn title_has_source(&self) -> bool {
        let source = self.reading.source().map_or(0, |source| columns(&source) + 3);
        let mark = messages::DRAFT_KEPT.len().max(messages::DRAFT_FAILED.len()) + 2;
        columns(&self.heading) + source + mark <= self.outer_columns().into()
    }

    fn draw_title(&self, layout: &Layout, buffer: &mut Buffer) {
        let dot = if self.look.utf8 { " \u{b7} " } else { " - " };
        let source = self.reading.source().filter(|_| self.title_has_source());
        let source = source.map_or_else(String::new, |source| format!("{dot}{source}"));
        let mut title = Sheet::new(Page { width: None, ..self.look });
        title.pieces(&[(Role::Heading, &self.heading), (Role::Quiet, &source)]);
        self.paint(&title.into_text(), layout.title, buffer);
        let (role, mark) = match self.draft {
            DraftState::Kept => (Role::Quiet, messages::DRAFT_KEPT),
            DraftState::Failed => (Role::Heading, messages::DRAFT_FAILED),
            DraftState::Untouched | DraftState::Behind => return self.draw_rule(layout, buffer),
        };
        // In a tiny window the day counts more.
        if columns(&self.heading) + 2 + columns(mark) <= layout.title.width.into() {
            self.paint_at_end(role, mark, layout.title, buffer);
        }
        self.draw_rule(layout, buffer);
    }

    fn draw_rule(&self, layout: &Layout, buffer: &mut Buffer) {
        self.paint_line(layout.rule, "", buffer);
    }

    fn draw_reading(&self, layout: &Layout, buffer: &mut Buffer) {
        let lines = self.reading_lines(layout.reading.width);
        let (all, shown) = (self.scrolled_rows(layout), usize::from(layout.reading.height));
        let top = self.reading.top.min(all.saturating_sub(shown));
        let end = all.min(top + shown);
        paint::text(&lines[top..end], layout.reading, self.look.color, buffer);
        let question = &lines[lines.len() - usize::from(layout.question.height)..];
        paint::text(question, layout.question, self.look.color, buffer);
        if layout.divider.width == 1 {
            return self.paint_upright(layout.divider, buffer);
        }
        let hides_takeaway = self.reading.hides_takeaway(self.has_words());
        let label = match () {
            () if end < all => messages::MORE_BELOW,
            () if !self.reading.is_open => messages::LESSON_KEY,
            () if hides_takeaway => messages::TAKEAWAY_KEY,
            () if self.has_words() => messages::FOLD_KEY,
            () => "",
        };
        self.paint_line(layout.divider, label, buffer);
    }

    fn draw_steps(&self, layout: &Layout, buffer: &mut Buffer) -> Option<Position> {
        let mut cursor = None;
        for (at, area) in layout.steps.iter().enumerate() {
            let has_focus = self.focus == Field::Step(at);
            let lines = self.step_lines(at, area.width);
            let mut sheet = Sheet::new(Page { width: None, ..self.look });
            for line in &lines {
                sheet.line(if has_focus { Role::Plain } else { Role::Quiet }, line);
            }
            self.paint(&sheet.into_text(), *area, buffer);
            if has_focus && let Some(last) = lines.last() {
                let x = area.x.saturating_add(paint::width(last)).saturating_add(1);
                cursor = Some(Position { x, y: area.bottom().saturating_sub(1) });
            }
        }
        cursor
    }

    /// The letters that answer a question, in as few lines as fit.
    pub(super) fn step_keys(&self, at: usize, width: usize) -> Vec<String> {
        let mut keys: Vec<String> =
            ANSWERS.iter().map(|(letter, label, _)| format!("[{letter}] {label}")).collect();
        if let Some(answer) = self.steps[at].answer_in_words() {
            keys.push(format!("> {answer}"));
        }
        in_lines(&keys, width)
    }

    fn draw_texts(&mut self, layout: &Layout, buffer: &mut Buffer) -> Option<Position> {
        let (look, focus) = (self.look, self.focus);
        let mut cursor = None;
        let mut draw = |text: Option<&mut TextArea>, field, label: &str, hint: &str, area: Rect| {
            let Some(text) = text.filter(|_| area.height > 0) else { return };
            let label_role = if focus == field { Role::Plain } else { Role::Quiet };
            paint::text(&one_piece(label_role, label, look), area, look.color, buffer);
            let columns = paint::width(label).min(area.width);
            let area = Rect { x: area.x + columns, width: area.width - columns, ..area };
            if text.is_blank() {
                paint::text(&one_piece(Role::Quiet, hint, look), area, look.color, buffer);
            }
            let at = text.draw(area, focus == field, buffer);
            if focus == field {
                cursor = at;
            }
        };
        let hint = match self.reading.purpose {
            Purpose::Afterthought => messages::WRITE_AFTERTHOUGHT,
            _ => messages::WRITE_HERE,
        };
        draw(self.words.as_mut(), Field::Words, "", hint, layout.words);
        let next_step = self.next_step.as_mut();
        draw(next_step, Field::NextStep, messages::NEXT_STEP, "", layout.next_step);
        draw(Some(&mut self.when), Field::When, messages::WHEN, "", layout.when);
        cursor
    }

    fn draw_bottom(&self, layout: &Layout, buffer: &mut Buffer) {
        let mut told = Sheet::new(Page { width: None, ..self.look });
        for line in self.told_lines(layout.notice.width) {
            told.line(Role::Heading, &line);
        }
        self.paint(&told.into_text(), layout.notice, buffer);
        let dot = if self.look.utf8 { " \u{b7} " } else { "   " };
        let long = messages::KEYS.join(dot);
        let fits = paint::width(&long) <= layout.keys.width;
        let keys = if fits { long } else { messages::KEYS_IN_SHORT.join("  ") };
        self.paint(&line(Role::Quiet, &keys, self.look), layout.keys, buffer);
    }

    fn draw_help(&self, top: usize, layout: &Layout, buffer: &mut Buffer) {
        let y = layout.rule.bottom();
        let area = Rect { y, height: layout.keys.y.saturating_sub(y), ..layout.title };
        let mut sheet = Sheet::new(Page { width: Some(area.width.max(1).into()), ..self.look });
        let column = messages::ALL_KEYS.iter().map(|(keys, _)| keys.len()).max().unwrap_or(0) + 2;
        let column = if usize::from(area.width) >= 2 * column { column } else { 0 };
        let takeaway = self.reading.has_takeaway_key().then_some(messages::TAKEAWAY_KEYS);
        for (keys, what) in messages::ALL_KEYS.into_iter().chain(takeaway) {
            sheet.labelled(Role::Plain, &format!("{keys:column$}"), &format!(" {what}"));
        }
        let text = sheet.into_text();
        let top = top.min(text.lines().len().saturating_sub(area.height.into()));
        paint::text(&text.lines()[top..], area, self.look.color, buffer);
        self.paint(&line(Role::Quiet, messages::BACK_TO_THE_PAGE, self.look), layout.keys, buffer);
    }

    /// What the person is told: of the last key, or else that the page stays with its day.
    pub(super) fn told(&self) -> Option<&str> {
        self.notice.as_deref().or(self.stays_with.as_deref())
    }

    fn paint(&self, text: &Text, area: Rect, buffer: &mut Buffer) {
        paint::text(text.lines(), area, self.look.color, buffer);
    }

    fn paint_at_end(&self, role: Role, text: &str, area: Rect, buffer: &mut Buffer) {
        let columns = paint::width(text).min(area.width);
        let area = Rect { x: area.right() - columns, width: columns, ..area };
        self.paint(&line(role, text, self.look), area, buffer);
    }

    /// A line across, with a label at its end.
    fn paint_line(&self, area: Rect, label: &str, buffer: &mut Buffer) {
        let stroke = if self.look.utf8 { "\u{2500}" } else { "-" };
        let space = if label.is_empty() { 0 } else { columns(label) + 1 };
        let across = stroke.repeat(usize::from(area.width).saturating_sub(space));
        self.paint(&line(Role::Quiet, &across, self.look), area, buffer);
        self.paint_at_end(Role::Quiet, label, area, buffer);
    }

    fn paint_upright(&self, area: Rect, buffer: &mut Buffer) {
        let stroke = if self.look.utf8 { "\u{2502}" } else { "|" };
        for y in area.top()..area.bottom() {
            self.paint(
                &line(Role::Quiet, stroke, self.look),
                Rect { y, height: 1, ..area },
                buffer,
            );
        }
    }
}

fn line(role: Role, text: &str, look: Page) -> Text {
    let mut sheet = Sheet::new(Page { width: None, ..look });
    sheet.pieces(&[(role, text)]);
    sheet.into_text()
}

fn one_piece(role: Role, text: &str, look: Page) -> Vec<crate::text::Line> {
    line(role, text, look).lines().to_vec()
}

/// The columns that a text takes on one line.
fn columns(text: &str) -> usize {
    paint::width(&one_line(text)).into()
}

/// Items on as few lines as fit, each whole.
fn in_lines(items: &[String], width: usize) -> Vec<String> {
    let mut lines: Vec<String> = Vec::new();
    for item in items {
        match lines.last_mut() {
            Some(line) if columns(line) + 2 + columns(item) < width => {
                line.push_str("  ");
                line.push_str(item);
            }
            _ => lines.push(item.clone()),
        }
    }
    lines
}
