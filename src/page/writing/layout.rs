//! Where everything stands on a page of a given size.
//!
//! From top to bottom: the title, the open steps, what is read, the words, the next step, and one
//! line of keys. Where there is room for two columns, what is read stands beside all the rest.

use std::rc::Rc;

use ratatui_core::layout::Rect;

use crate::messages::page as messages;
use crate::page::writing::WritingPage;
use crate::page::writing::fields::Field;
use crate::page::writing::reading::Shape;
use crate::text::{Line, Role, WIDEST, one_line, wrap};

/// From this many columns on, what is read stands beside the words.
const WIDE: u16 = 110;
/// From this many rows on, there are empty lines between the parts.
const ROOMY: u16 = 20;
/// From this many rows on, there is an empty line below the title too.
const TALL: u16 = 30;
/// The words have at least this many rows, if there is room for anything else.
const FEWEST_ROWS: u16 = 3;

/// The places on a page. A place without room has no rows.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub(super) struct Layout {
    pub(super) title: Rect,
    /// The line below the title.
    pub(super) rule: Rect,
    pub(super) reading: Rect,
    /// The question, in view also where the lesson above it is cut.
    pub(super) question: Rect,
    /// The line between what is read and the words: below the one, or beside the other.
    pub(super) divider: Rect,
    pub(super) steps: Vec<Rect>,
    pub(super) words: Rect,
    pub(super) next_step: Rect,
    pub(super) when: Rect,
    pub(super) notice: Rect,
    pub(super) keys: Rect,
}

impl Layout {
    /// Whether a screen of this size has two columns.
    pub(super) fn is_wide(size: (u16, u16)) -> bool {
        size.0 >= WIDE
    }
}

/// Rows that are taken from the top or from the bottom.
struct Rows(Rect);

impl Rows {
    fn top(&mut self, rows: u16) -> Rect {
        let rows = rows.min(self.0.height);
        let taken = Rect { height: rows, ..self.0 };
        (self.0.y, self.0.height) = (self.0.y + rows, self.0.height - rows);
        taken
    }

    fn bottom(&mut self, rows: u16) -> Rect {
        let rows = rows.min(self.0.height);
        self.0.height -= rows;
        Rect { y: self.0.y + self.0.height, height: rows, ..self.0 }
    }
}

/// The columns of a page: the margin, what is read, the gap, the words. Without two columns, all
/// stands in the last.
struct Columns {
    reading: Option<(u16, u16)>,
    words: (u16, u16),
}

impl Columns {
    /// The first column of all that is shown, and how many columns it takes.
    fn outer(&self) -> (u16, u16) {
        let first = self.reading.map_or(self.words.0, |(first, _)| first);
        (first, self.words.0 + self.words.1 - first)
    }
}

fn columns(width: u16) -> Columns {
    const GAP: u16 = 5;
    let widest = u16::try_from(WIDEST).unwrap_or(u16::MAX);
    if width < WIDE {
        let words = width.saturating_sub(2).min(widest);
        return Columns { reading: None, words: ((width - words) / 2, words) };
    }
    let both = (width - 4 - GAP).min(2 * widest);
    // What one reads may be narrower than what one writes.
    let words = (both * 11 / 20).min(widest);
    let reading = both - words;
    let margin = (width - both - GAP) / 2;
    Columns { reading: Some((margin, reading)), words: (margin + reading + GAP, words) }
}

impl WritingPage {
    /// Where everything stands now.
    pub(super) fn layout(&self) -> Layout {
        let (width, height) = self.size;
        let mut rows = Rows(Rect { x: 0, y: 0, width, height });
        let is_roomy = height >= ROOMY;
        let columns = columns(width);
        let narrow = |(x, width): (u16, u16), rect: Rect| Rect { x, width, ..rect };
        let outer = columns.outer();
        let mut layout = Layout {
            title: narrow(outer, rows.top(u16::from(height >= 3))),
            rule: narrow(outer, rows.top(u16::from(height >= 12))),
            keys: narrow(outer, rows.bottom(u16::from(height >= 2))),
            ..Layout::default()
        };
        let told = self.told_lines(outer.1).len();
        layout.notice = narrow(outer, rows.bottom(u16::try_from(told).unwrap_or(u16::MAX)));
        if is_roomy {
            rows.bottom(1);
        }
        if height >= TALL {
            rows.top(1);
        }
        if let Some(reading) = columns.reading {
            layout.reading = narrow(reading, rows.0);
            let x = reading.0 + reading.1 + 2;
            layout.divider = Rect { x, width: 1, ..rows.0 };
        }
        rows.0 = narrow(columns.words, rows.0);
        self.place_steps(&mut layout, &mut rows, is_roomy);
        // In a window that has become tiny, the field that has the focus is what is left.
        let has_room = |field, rows: &Rows| self.focus == field || rows.0.height > 1;
        if self.asks_when() && has_room(Field::When, &rows) {
            layout.when = rows.bottom(1);
        }
        if self.next_step.is_some() && has_room(Field::NextStep, &rows) {
            layout.next_step = rows.bottom(1);
            if is_roomy {
                rows.bottom(1);
            }
        }
        if columns.reading.is_none() {
            self.place_reading(&mut layout, &mut rows, is_roomy);
        }
        layout.words = rows.0;
        // The cursor stands behind the last letter of a full row.
        for text in [&mut layout.words, &mut layout.next_step, &mut layout.when] {
            text.width = (text.width + 1).min(width.saturating_sub(text.x));
        }
        layout
    }

    /// What the person is told, for this many columns.
    pub(super) fn told_lines(&self, width: u16) -> Vec<String> {
        self.told().map_or_else(Vec::new, |told| wrap(&one_line(told), width.max(1).into()))
    }

    /// The columns that the title takes.
    pub(super) fn outer_columns(&self) -> u16 {
        columns(self.size.0).outer().1
    }

    /// What is read, in as many rows as the words leave it, and the line below.
    fn place_reading(&self, layout: &mut Layout, rows: &mut Rows, is_roomy: bool) {
        let wanted = self.reading_lines(rows.0.width).len();
        let wanted = u16::try_from(wanted).unwrap_or(u16::MAX);
        if wanted == 0 {
            return;
        }
        let fewest = if self.words.is_some() { FEWEST_ROWS } else { 0 };
        let gap = u16::from(is_roomy);
        let room = rows.0.height.saturating_sub(fewest + 1 + gap);
        if room == 0 {
            return;
        }
        let question = if wanted > room { self.question_rows(rows.0.width) } else { 0 };
        if is_roomy && question > 0 && room > question + 4 {
            layout.reading = rows.top(room - question - 1);
            rows.top(1);
            layout.question = rows.top(question);
        } else {
            layout.reading = rows.top(wanted.min(room));
        }
        layout.divider = rows.top(1);
        rows.top(gap);
    }

    /// The rows of the question at the end of what is read; 0 if it is not at the end.
    fn question_rows(&self, width: u16) -> u16 {
        let lines = self.reading_lines(width);
        let is_question =
            |line: &&Line| line.first().is_some_and(|(role, _)| *role == Role::Question);
        let rows = lines.iter().rev().take_while(is_question).count();
        if self.reading.is_open { u16::try_from(rows).unwrap_or(u16::MAX) } else { 0 }
    }

    /// The questions after open steps. Where rows are few, only the one that has the focus.
    fn place_steps(&self, layout: &mut Layout, rows: &mut Rows, is_roomy: bool) {
        for at in 0..self.steps.len() {
            let lines = self.step_lines(at, rows.0.width).len();
            layout.steps.push(rows.top(u16::try_from(lines).unwrap_or(u16::MAX)));
        }
        if is_roomy && !self.steps.is_empty() {
            rows.top(1);
        }
    }

    /// The lines of a question after a step: with its keys if it has the focus.
    pub(super) fn step_lines(&self, at: usize, width: u16) -> Vec<String> {
        let step = &self.steps[at];
        let width = usize::from(width);
        if self.focus == Field::Step(at) {
            let mut lines = wrap(&one_line(&step.question), width);
            lines.extend(self.step_keys(at, width));
            return lines;
        }
        if self.size.1 < ROOMY {
            return Vec::new();
        }
        let text = match step.answer_in_words() {
            Some(answer) => messages::answered_step(answer, &step.step),
            None => step.question.clone(),
        };
        wrap(&one_line(&text), width)
    }

    /// What is read, for this many columns.
    pub(super) fn reading_lines(&self, width: u16) -> Rc<[Line]> {
        let shape = Shape {
            folded: !self.reading.is_open && !Layout::is_wide(self.size),
            source: !self.title_has_source(),
            has_words: self.has_words(),
            width,
        };
        self.reading.lines(shape, self.look)
    }

    /// The lines that can be scrolled: all that is read, without the question if that is always in
    /// view.
    pub(super) fn scrolled_rows(&self, layout: &Layout) -> usize {
        let all = self.reading_lines(layout.reading.width).len();
        match usize::from(layout.question.height) {
            0 => all,
            question => all.saturating_sub(question + 1),
        }
    }
}
