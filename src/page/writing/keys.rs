//! What each key does on a page.

use std::time::Instant;

use crate::page::text_area::Pressed;
use crate::page::writing::fields::Field;
use crate::page::writing::layout::Layout;
use crate::page::writing::{PageEnd, WritingPage};
use crate::terminal::input::{Input, Key, KeyPress};

/// What is to be done after a key, besides drawing the page again.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Wanted {
    Nothing,
    Suspend,
    End(PageEnd),
}

impl WritingPage {
    /// Takes what was typed at this moment.
    pub(super) fn take(&mut self, input: Input, now: Instant) -> Wanted {
        self.notice = None;
        match input {
            Input::Text(text) => self.take_text(&text, now),
            Input::Paste(text) => {
                self.take_back_letter();
                self.help = None;
                self.put(&text, true);
            }
            Input::Key(press) => return self.take_key(press),
        }
        Wanted::Nothing
    }

    /// Makes a letter an answer that stood alone long enough.
    pub(super) fn settle(&mut self, now: Instant) {
        if let Field::Step(at) = self.focus
            && self.steps[at].settle(now)
        {
            self.move_focus(true);
        }
    }

    /// When [`WritingPage::settle`] has something to do.
    pub(super) fn deadline(&self) -> Option<Instant> {
        match self.focus {
            Field::Step(at) => self.steps[at].deadline(),
            _ => None,
        }
    }

    fn take_text(&mut self, text: &str, now: Instant) {
        self.help = None;
        let is_answer = self.deadline().is_none() && self.answers_step(text, now);
        if !is_answer {
            self.take_back_letter();
            self.put(text, false);
        }
    }

    /// Takes a text that is one letter as the answer to the question that has the focus. False if
    /// it is none.
    fn answers_step(&mut self, text: &str, now: Instant) -> bool {
        let Field::Step(at) = self.focus else { return false };
        let mut letters = text.chars();
        match (letters.next(), letters.next()) {
            (Some(letter), None) => self.steps[at].type_letter(letter, now),
            _ => false,
        }
    }

    /// A letter that was taken for an answer, and was followed by more, is text.
    fn take_back_letter(&mut self) {
        if let Field::Step(at) = self.focus
            && let Some(letter) = self.steps[at].take_back()
        {
            self.put(&letter.to_string(), false);
        }
    }

    /// Puts text in the field that has the focus. At a question it goes to the words: what somebody
    /// types in sentences is never lost.
    fn put(&mut self, text: &str, is_pasted: bool) {
        if let Field::Step(_) = self.focus {
            self.focus_writing();
        }
        let is_words = self.focus == Field::Words;
        if let Some(area) = self.focused_text() {
            if is_pasted { area.paste(text) } else { area.type_text(text) }
        }
        if is_words && self.reading.is_open && !Layout::is_wide(self.size) {
            self.reading.toggle();
        }
    }

    fn take_key(&mut self, press: KeyPress) -> Wanted {
        if self.confirms_letter(press) {
            return Wanted::Nothing;
        }
        if self.help.is_some() {
            return self.take_key_in_help(press);
        }
        let is_plain = !press.ctrl && !press.alt;
        match press.key {
            // The text may have its own use for it.
            Key::Char('c') if press.ctrl => {
                let copied = self.focused_text().map(|text| text.press(press));
                if copied != Some(Pressed::Done) {
                    return Wanted::End(PageEnd::Cancel);
                }
            }
            Key::Char('d') if press.ctrl => return Wanted::End(PageEnd::Save),
            Key::Char('e') if press.ctrl => return self.open_editor(),
            Key::Char('z') if press.ctrl => return Wanted::Suspend,
            Key::Char('l') if press.ctrl => self.reading.toggle(),
            Key::Char('t') if press.ctrl => self.reading.toggle_takeaway(),
            Key::Escape => return Wanted::End(PageEnd::Keep),
            Key::Function(1) => self.help = Some(0),
            Key::Function(2) => self.reading.toggle(),
            Key::Function(3) => self.reading.toggle_takeaway(),
            Key::Tab => self.cycle_focus(!press.shift),
            Key::PageUp | Key::PageDown if is_plain && !press.shift && self.can_scroll() => {
                let rows = isize::try_from(self.layout().reading.height.max(2) - 1);
                let rows = rows.unwrap_or(1);
                self.scroll(if press.key == Key::PageDown { rows } else { -rows });
            }
            _ => self.press_in_field(press),
        }
        Wanted::Nothing
    }

    /// Makes a letter that was just typed the answer: no sentence goes on with a key. Backspace
    /// takes the letter back. True if the key has done its work with that.
    fn confirms_letter(&mut self, press: KeyPress) -> bool {
        let (Field::Step(at), Some(deadline)) = (self.focus, self.deadline()) else { return false };
        if press.key == Key::Backspace {
            self.steps[at].take_back();
            return true;
        }
        self.settle(deadline);
        let is_plain = press == KeyPress::plain(press.key);
        is_plain && matches!(press.key, Key::Enter | Key::Tab | Key::Down | Key::Right)
    }

    fn open_editor(&self) -> Wanted {
        if self.words.is_some() { Wanted::End(PageEnd::OpenEditor) } else { Wanted::Nothing }
    }

    fn press_in_field(&mut self, press: KeyPress) {
        let pressed = match self.focus {
            Field::Step(at) => self.press_at_step(at, press),
            _ => self.focused_text().map_or(Pressed::NotMine, |text| text.press(press)),
        };
        // Up and Down in an empty page read the lesson.
        let reads = self.focus == Field::Words && !self.has_words() && self.can_scroll();
        match pressed {
            Pressed::AtTop if reads && self.reading.top > 0 => self.scroll(-1),
            Pressed::AtTop => _ = self.move_focus(false),
            Pressed::AtBottom if reads && self.reads_more_below() => self.scroll(1),
            Pressed::AtBottom => _ = self.move_focus(true),
            // Enter in a field of one line.
            Pressed::NotMine if press.key == Key::Enter => _ = self.move_focus(true),
            Pressed::NotMine | Pressed::Done => {}
        }
    }

    fn press_at_step(&mut self, at: usize, press: KeyPress) -> Pressed {
        match press.key {
            Key::Enter => {
                self.steps[at].leave_open();
                Pressed::AtBottom
            }
            Key::Up | Key::Left => Pressed::AtTop,
            Key::Down | Key::Right => Pressed::AtBottom,
            _ => Pressed::NotMine,
        }
    }

    /// The keys while the keys are shown: they scroll, and any other goes back to the page.
    fn take_key_in_help(&mut self, press: KeyPress) -> Wanted {
        let top = self.help.unwrap_or(0);
        self.help = match press.key {
            Key::Down => Some(top + 1),
            Key::PageDown => Some(top + usize::from(self.size.1 / 2)),
            Key::Up => Some(top.saturating_sub(1)),
            Key::PageUp => Some(top.saturating_sub(usize::from(self.size.1 / 2))),
            _ => None,
        };
        Wanted::Nothing
    }

    /// Whether not all of what is read is in view.
    fn can_scroll(&self) -> bool {
        let layout = self.layout();
        self.scrolled_rows(&layout) > usize::from(layout.reading.height)
    }

    /// Whether what is read goes on below what is in view.
    fn reads_more_below(&self) -> bool {
        let layout = self.layout();
        self.reading.top + usize::from(layout.reading.height) < self.scrolled_rows(&layout)
    }

    fn scroll(&mut self, rows: isize) {
        let layout = self.layout();
        let all = self.scrolled_rows(&layout);
        self.reading.scroll(rows, all, layout.reading.height.into());
    }
}
