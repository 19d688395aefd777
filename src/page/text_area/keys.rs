//! What each key does where words are written. What is not here belongs to the page: Ctrl-D,
//! Escape, Tab, the function keys and others.

use crate::page::text_area::change::Run;
use crate::page::text_area::movement::Motion;
use crate::page::text_area::{Caret, Place, TextArea};
use crate::terminal::input::{Input, Key, KeyPress};

/// What came of a key.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Pressed {
    /// The text or the cursor changed, or there was nothing more to do.
    Done,
    /// Up, in the first row.
    AtTop,
    /// Down, in the last row.
    AtBottom,
    /// The key means nothing here.
    NotMine,
}

impl TextArea {
    /// Takes what somebody typed.
    pub fn take(&mut self, input: &Input) -> Pressed {
        match input {
            Input::Text(text) => self.type_text(text),
            Input::Paste(text) => self.paste(text),
            Input::Key(press) => return self.press(*press),
        }
        Pressed::Done
    }

    /// Takes a key.
    pub fn press(&mut self, press: KeyPress) -> Pressed {
        if let Some(motion) = motion(press) {
            return self.travel(motion, press.shift);
        }
        let KeyPress { key, ctrl, alt, .. } = press;
        match (key, ctrl, alt) {
            (Key::Enter, false, false) if !self.is_one_line => self.enter(),
            (Key::Backspace, false, false) => self.backspace(),
            (Key::Delete, false, false) => self.delete(),
            (Key::Backspace, ..) => self.cut_to(self.word_left(), Run::CutBefore),
            (Key::Delete, ..) => self.cut_to(self.word_right(), Run::CutAfter),
            (Key::Char(letter), true, false) => return self.press_ctrl(letter),
            (Key::Char(letter), false, true) => return self.press_alt(letter),
            _ => return Pressed::NotMine,
        }
        Pressed::Done
    }

    fn press_ctrl(&mut self, letter: char) -> Pressed {
        match letter {
            'w' => self.cut_to(self.word_left(), Run::CutBefore),
            'u' => self.cut_to(self.paragraph_start(), Run::CutBefore),
            'k' => self.cut_to(self.paragraph_end(), Run::CutAfter),
            'x' | 'c' => {
                let Some(selection) = self.selection() else { return Pressed::NotMine };
                self.history.run = None;
                if letter == 'x' {
                    self.cut_to(selection.start, Run::CutBefore);
                    self.history.run = None;
                } else {
                    self.cut = self.between(&selection);
                }
            }
            'v' => {
                let cut = std::mem::take(&mut self.cut);
                self.paste(&cut);
                self.cut = cut;
            }
            '_' => self.undo(),
            'y' => self.redo(),
            _ => return Pressed::NotMine,
        }
        Pressed::Done
    }

    fn press_alt(&mut self, letter: char) -> Pressed {
        match letter.to_ascii_lowercase() {
            'd' => self.cut_to(self.word_right(), Run::CutAfter),
            'u' | 'z' => self.undo(),
            'r' => self.redo(),
            'a' => {
                let anchor = Some(Place::default());
                self.caret = Caret { anchor, ..Caret::at(self.end()) };
                (self.history.run, self.goal) = (None, None);
            }
            _ => return Pressed::NotMine,
        }
        Pressed::Done
    }
}

/// Where a key takes the cursor, with Shift or without.
fn motion(press: KeyPress) -> Option<Motion> {
    let KeyPress { key, ctrl, alt, .. } = press;
    Some(match (key, ctrl, alt) {
        (Key::Left, false, false) => Motion::Left,
        (Key::Right, false, false) => Motion::Right,
        (Key::Left, ..) | (Key::Char('b' | 'B'), false, true) => Motion::WordLeft,
        (Key::Right, ..) | (Key::Char('f' | 'F'), false, true) => Motion::WordRight,
        (Key::Up, false, false) => Motion::Up,
        (Key::Down, false, false) => Motion::Down,
        (Key::PageUp, false, false) => Motion::PageUp,
        (Key::PageDown, false, false) => Motion::PageDown,
        (Key::Home, false, false) | (Key::Char('a'), true, false) => Motion::RowStart,
        (Key::End, false, false) => Motion::RowEnd,
        (Key::Home, true, false) => Motion::TextStart,
        (Key::End, true, false) => Motion::TextEnd,
        _ => return None,
    })
}
