//! Bytes of a terminal, and what was typed with them.

use crate::terminal::input::{Input, Key, KeyPress};

/// Decodes bytes, which may come in pieces of any size.
#[derive(Debug, Default)]
pub(super) struct Decoder {
    rest: Vec<u8>,
}

impl Decoder {
    /// What these bytes complete.
    pub(super) fn feed(&mut self, bytes: &[u8]) -> Vec<Input> {
        // A first form, to be replaced: text, Enter, Ctrl and arrows.
        let mut found = Vec::new();
        self.rest.extend_from_slice(bytes);
        let text = String::from_utf8_lossy(&std::mem::take(&mut self.rest)).into_owned();
        let mut chars = text.chars().peekable();
        while let Some(c) = chars.next() {
            let key = match c {
                '\r' | '\n' => KeyPress::plain(Key::Enter),
                '\t' => KeyPress::plain(Key::Tab),
                '\x7f' | '\x08' => KeyPress::plain(Key::Backspace),
                '\x1b' if chars.peek() == Some(&'[') => {
                    chars.next();
                    match chars.next() {
                        Some('A') => KeyPress::plain(Key::Up),
                        Some('B') => KeyPress::plain(Key::Down),
                        Some('C') => KeyPress::plain(Key::Right),
                        Some('D') => KeyPress::plain(Key::Left),
                        _ => continue,
                    }
                }
                '\x1b' => KeyPress::plain(Key::Escape),
                '\x01'..='\x1a' => KeyPress::ctrl(Key::Char(char::from(c as u8 + b'`'))),
                c if c.is_control() => continue,
                c => {
                    match found.last_mut() {
                        Some(Input::Text(text)) => text.push(c),
                        _ => found.push(Input::Text(c.to_string())),
                    }
                    continue;
                }
            };
            found.push(Input::Key(key));
        }
        found
    }

    /// Whether the last byte is an Escape that may be the key or begin a sequence.
    pub(super) fn waits_for_escape(&self) -> bool {
        self.rest == b"\x1b"
    }

    /// Takes the Escape that stood alone for a time as the key.
    pub(super) fn end_escape(&mut self) -> Vec<Input> {
        self.rest.clear();
        vec![Input::Key(KeyPress::plain(Key::Escape))]
    }
}
