//! What the sequences of a terminal mean: text, keys, pastes, and nothing for all that a terminal
//! sends by itself.
//!
//! A key comes in one of several forms, as terminals differ: a letter or a number with the numbers
//! of Shift, Alt and Ctrl, or the number of its character. All of them are read, since a terminal
//! may use a form that nobody asked it for, or that another program did not take back.

use vte::{Params, Perform};

use crate::terminal::input::keys;
use crate::terminal::input::{Input, Key, KeyPress};

/// These two end a sequence, and the parser tells of them also where that is all they do.
const CANCEL: u8 = 0x18;
const SUBSTITUTE: u8 = 0x1a;
const NEXT_LINE: u8 = 0x85;

/// What was found so far and not given out.
#[derive(Debug, Default)]
pub(super) struct Found {
    inputs: Vec<Input>,
    /// The paste whose end is still to come.
    paste: Option<Paste>,
    form: Form,
    following: Following,
    string_has_ended: bool,
}

#[derive(Debug, Default)]
struct Paste {
    text: String,
    after_return: bool,
}

/// What is known of a sequence before its numbers.
#[derive(Debug, Default, Clone, Copy)]
struct Form {
    /// A second Escape stood before it, as Alt does in old terminals.
    alt: bool,
    /// It began with `ESC O`.
    is_keypad: bool,
    shift: bool,
}

/// Bytes that belong to a sequence although they follow its last letter.
#[derive(Debug, Default, Clone, Copy, PartialEq, Eq)]
enum Following {
    #[default]
    Nothing,
    /// The number of bytes of a mouse report that are still to come: they can be any.
    Mouse(u8),
    /// The letter of F1 to F5 at the Linux console.
    Console,
}

impl Found {
    pub(super) fn take_inputs(&mut self) -> Vec<Input> {
        std::mem::take(&mut self.inputs)
    }

    pub(super) fn is_paste(&self) -> bool {
        self.paste.is_some()
    }

    pub(super) fn end_paste(&mut self) {
        if let Some(paste) = self.paste.take() {
            self.inputs.push(Input::Paste(paste.text));
        }
    }

    /// Whether this byte belongs to the sequence that has ended before it.
    pub(super) fn takes(&mut self, byte: u8) -> bool {
        match self.following {
            Following::Nothing => return false,
            Following::Mouse(count) if count > 1 => self.following = Following::Mouse(count - 1),
            Following::Mouse(_) => self.following = Following::Nothing,
            Following::Console => {
                self.following = Following::Nothing;
                if !matches!(byte, b'A'..=b'E') {
                    return false;
                }
                self.key(KeyPress::plain(Key::Function(byte - b'A' + 1)));
            }
        }
        true
    }

    /// A sequence begins: after two Escapes, and as keys of a keypad do.
    pub(super) fn begin(&mut self, alt: bool, is_keypad: bool) {
        self.form = Form { alt, is_keypad, shift: false };
    }

    /// The sequence means its key with Shift.
    pub(super) fn add_shift(&mut self) {
        self.form.shift = true;
    }

    /// Whether the string that the parser followed has ended since the last call.
    pub(super) fn take_end_of_string(&mut self) -> bool {
        std::mem::take(&mut self.string_has_ended)
    }

    /// A key; nothing within a paste.
    pub(super) fn key(&mut self, press: KeyPress) {
        if self.paste.is_none() {
            self.inputs.push(Input::Key(press));
        }
    }

    /// A character after an Escape: a key with Alt. No key that does anything has Alt and a
    /// character beyond ASCII, so that is text.
    pub(super) fn alt(&mut self, c: char) {
        let with_alt = |press| KeyPress { alt: true, ..press };
        match u8::try_from(c).ok().filter(u8::is_ascii) {
            _ if self.paste.is_some() => {
                if !matches!(c, ' '..='~') {
                    self.print(c);
                }
            }
            Some(byte) => match keys::control(byte) {
                Some(press) => self.key(with_alt(press)),
                None => self.key(KeyPress::alt(Key::Char(c))),
            },
            None => self.print(c),
        }
    }

    /// A control character that was typed or pasted.
    pub(super) fn control(&mut self, byte: u8) {
        let byte = if byte == NEXT_LINE { b'\n' } else { byte };
        let Some(paste) = &mut self.paste else {
            if let Some(press) = keys::control(byte) {
                self.key(press);
            }
            return;
        };
        match byte {
            b'\n' if paste.after_return => {}
            b'\r' | b'\n' => paste.text.push('\n'),
            b'\t' => paste.text.push('\t'),
            _ => {}
        }
        paste.after_return = byte == b'\r';
    }

    fn text(&mut self, c: char) {
        match self.inputs.last_mut() {
            Some(Input::Text(text)) => text.push(c),
            _ => self.inputs.push(Input::Text(c.to_string())),
        }
    }

    /// A key that is told by its number, and by the text that it gives.
    fn coded(&mut self, code: u16, shifted: u16, modifiers: u16, text: &[u16]) {
        if self.paste.is_some() {
            return;
        }
        match keys::coded(code, shifted, modifiers, text) {
            keys::Coded::Text(text) => text.chars().for_each(|c| self.text(c)),
            keys::Coded::Key(press) => self.key(press),
            keys::Coded::Nothing => {}
        }
    }
}

impl Perform for Found {
    fn print(&mut self, c: char) {
        // Breaks of lines, however they are spelt.
        if matches!(c, '\u{2028}' | '\u{2029}') {
            return self.control(b'\n');
        }
        if let Some(byte) = u8::try_from(c).ok().filter(|_| c.is_control()) {
            return self.control(byte);
        }
        match &mut self.paste {
            Some(paste) => {
                paste.text.push(c);
                paste.after_return = false;
            }
            None => self.text(c),
        }
    }

    fn execute(&mut self, byte: u8) {
        if !matches!(byte, CANCEL | SUBSTITUTE) {
            self.control(byte);
        }
    }

    fn osc_dispatch(&mut self, _: &[&[u8]], _: bool) {
        self.string_has_ended = true;
    }

    fn csi_dispatch(&mut self, params: &Params, marks: &[u8], is_cut: bool, last: char) {
        let form = std::mem::take(&mut self.form);
        if is_cut || !marks.is_empty() {
            return;
        }
        let numbers: Vec<&[u16]> = params.iter().collect();
        let number = |at: usize, part: usize| {
            numbers.get(at).and_then(|number| number.get(part)).copied().unwrap_or(0)
        };
        let first = number(0, 0);
        match (last, first) {
            ('~', 200) if self.paste.is_none() => return self.paste = Some(Paste::default()),
            ('~', 201) => return self.end_paste(),
            _ if self.paste.is_some() => return,
            ('M', 0) if !form.is_keypad && numbers.len() == 1 => {
                return self.following = Following::Mouse(3);
            }
            ('[', 0) => return self.following = Following::Console,
            _ => {}
        }
        // That a key is let go is told in the form of the key.
        if number(1, 1) == 3 {
            return;
        }
        match last {
            'u' => {
                let text = numbers.get(2).copied().unwrap_or_default();
                return self.coded(first, number(0, 1), number(1, 0), text);
            }
            '~' if first == 27 => return self.coded(number(2, 0), 0, number(1, 0), &[]),
            _ => {}
        }
        if form.is_keypad
            && let Some(c) = keys::keypad_character(last)
        {
            return self.text(c);
        }
        let press = if form.is_keypad {
            keys::keypad(last)
        } else {
            keys::numbered(last, first).or_else(|| keys::lettered(last, numbers.len()))
        };
        let Some(press) = press else { return };
        // Before a letter the last number is that of the keys held, whatever else is before it.
        let at = if keys::takes_number(last) { 1 } else { numbers.len() - 1 };
        let press = keys::with_modifiers(press, number(at, 0));
        let (alt, shift) = (press.alt || form.alt, press.shift || form.shift);
        self.key(KeyPress { alt, shift, ..press });
    }
}
