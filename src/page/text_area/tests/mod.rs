//! Writing with keys, as a person sees it, and against a simple model.

mod frames;
mod keys;
mod model;
mod scripts;

use ratatui_core::buffer::Buffer;
use ratatui_core::layout::{Position, Rect};

use super::{Pressed, TextArea};
use crate::terminal::input::{Key, KeyPress};

/// A text with the cursor at its start.
fn at_start(text: &str) -> TextArea {
    let mut area = TextArea::new(text);
    press(&mut area, &[KeyPress::ctrl(Key::Home)]);
    area
}

/// Presses keys that all mean something.
fn press(area: &mut TextArea, keys: &[KeyPress]) {
    for key in keys {
        assert_ne!(area.press(*key), Pressed::NotMine, "{key:?}");
    }
}

fn ctrl(letter: char) -> KeyPress {
    KeyPress::ctrl(Key::Char(letter))
}

fn alt(letter: char) -> KeyPress {
    KeyPress::alt(Key::Char(letter))
}

const fn plain(key: Key) -> KeyPress {
    KeyPress::plain(key)
}

const fn shift(key: Key) -> KeyPress {
    KeyPress::shift(key)
}

/// The byte of the cursor in the whole text.
fn cursor(area: &TextArea) -> usize {
    area.between(&(super::Place::default()..area.caret.cursor)).len()
}

/// The text with `|` where the cursor is.
fn marked(area: &TextArea) -> String {
    let mut text = area.text();
    text.insert(cursor(area), '|');
    text
}

/// What is drawn on a screen of this size, and where the cursor is on it.
fn frame(area: &mut TextArea, width: u16, height: u16) -> (Buffer, Position) {
    let mut buffer = Buffer::empty(Rect::new(0, 0, width, height));
    let cursor = area.draw(buffer.area, true, &mut buffer).expect("a cursor");
    (buffer, cursor)
}

/// The rows that are drawn, without the white space at their ends.
fn lines(buffer: &Buffer) -> Vec<String> {
    let area = buffer.area;
    let mut lines = Vec::new();
    for y in area.top()..area.bottom() {
        let mut line = String::new();
        let mut next = area.left();
        for x in area.left()..area.right() {
            if x >= next {
                let symbol = buffer[(x, y)].symbol();
                line.push_str(symbol);
                next = x + ratatui_core::buffer::CellWidth::cell_width(symbol).max(1);
            }
        }
        lines.push(line.trim_end().to_owned());
    }
    lines
}
