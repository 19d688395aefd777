//! Tables of keys: which letter or number of a sequence, and which control character, is which key.

use crate::terminal::input::{Key, KeyPress};

/// The key that sends this control character; `None` for a byte that is none.
pub(super) fn control(byte: u8) -> Option<KeyPress> {
    Some(match byte {
        b'\r' | b'\n' => KeyPress::plain(Key::Enter),
        b'\t' => KeyPress::plain(Key::Tab),
        b'\x08' | b'\x7f' => KeyPress::plain(Key::Backspace),
        b'\x1b' => KeyPress::plain(Key::Escape),
        0..=0x1f => KeyPress::ctrl(Key::Char(char::from(byte + b'@').to_ascii_lowercase())),
        _ => return None,
    })
}

/// The key of `ESC [`, numbers, and this letter.
pub(super) fn lettered(letter: char, numbers: usize) -> Option<KeyPress> {
    let key = match letter {
        'A' => Key::Up,
        'B' => Key::Down,
        'C' => Key::Right,
        'D' => Key::Left,
        'F' => Key::End,
        'H' => Key::Home,
        'P' => Key::Function(1),
        'Q' => Key::Function(2),
        // With two numbers it says where the cursor is.
        'R' if numbers < 2 => Key::Function(3),
        'S' => Key::Function(4),
        'Z' => return Some(KeyPress::shift(Key::Tab)),
        // rxvt
        'a'..='d' => return lettered(letter.to_ascii_uppercase(), 0).map(shifted),
        _ => return None,
    };
    Some(KeyPress::plain(key))
}

fn shifted(press: KeyPress) -> KeyPress {
    KeyPress { shift: true, ..press }
}

/// The key of `ESC O`, numbers, and this letter.
pub(super) fn keypad(letter: char) -> Option<KeyPress> {
    match letter {
        'I' => Some(KeyPress::plain(Key::Tab)),
        'M' => Some(KeyPress::plain(Key::Enter)),
        // rxvt
        'a'..='d' => {
            lettered(letter.to_ascii_uppercase(), 0).map(|press| KeyPress { ctrl: true, ..press })
        }
        'Z' => None,
        _ => lettered(letter, 0),
    }
}

/// The character that a key of the keypad gives with this letter.
pub(super) fn keypad_character(letter: char) -> Option<char> {
    match letter {
        'X' => Some('='),
        'j'..='y' => char::from_u32(u32::from(letter) - 0x40),
        _ => None,
    }
}

/// The key of `ESC [`, this number, and `~`, or a letter that rxvt puts in its place.
pub(super) fn numbered(last: char, number: u16) -> Option<KeyPress> {
    let key = match number {
        1 | 7 => Key::Home,
        2 => Key::Insert,
        3 => Key::Delete,
        4 | 8 => Key::End,
        5 => Key::PageUp,
        6 => Key::PageDown,
        11..=15 => function(number - 10),
        17..=21 => function(number - 11),
        23..=26 => function(number - 12),
        28 | 29 => function(number - 13),
        31..=34 => function(number - 14),
        _ => return None,
    };
    let press = KeyPress::plain(key);
    match last {
        '~' => Some(press),
        '^' => Some(KeyPress { ctrl: true, ..press }),
        '@' => Some(KeyPress { ctrl: true, shift: true, ..press }),
        _ => None,
    }
}

/// Whether the number of a key stands before this end of a sequence.
pub(super) fn takes_number(last: char) -> bool {
    matches!(last, '~' | '^' | '@')
}

fn function(number: u16) -> Key {
    Key::Function(u8::try_from(number).unwrap_or(u8::MAX))
}

const SHIFT: u16 = 1;
const ALT: u16 = 2;
const CTRL: u16 = 4;
/// The keys of other names that can be held: with one of them, a character is not typed.
const OTHERS: u16 = 8 | 16 | 32;
const CAPS_LOCK: u16 = 64;

/// The keys that are held, one bit each. The terminal adds 1, and sends nothing for none.
fn held(modifiers: u16) -> u16 {
    modifiers.saturating_sub(1)
}

/// The key with those that this number means.
pub(super) fn with_modifiers(press: KeyPress, modifiers: u16) -> KeyPress {
    let held = held(modifiers);
    KeyPress {
        shift: press.shift || held & SHIFT != 0,
        alt: press.alt || held & ALT != 0,
        ctrl: press.ctrl || held & CTRL != 0,
        ..press
    }
}

/// A key that is told by the number of its character.
#[derive(Debug, PartialEq, Eq)]
pub(super) enum Coded {
    Text(String),
    Key(KeyPress),
    Nothing,
}

/// What the key gives with this number, its number with Shift, the keys held, and the text that the
/// terminal says it gives; each 0 or empty if it is not known.
pub(super) fn coded(code: u16, with_shift: u16, modifiers: u16, text: &[u16]) -> Coded {
    if let Some(key) = named(code) {
        return Coded::Key(with_modifiers(KeyPress::plain(key), modifiers));
    }
    let held = held(modifiers);
    let Some(c) = character(code) else { return Coded::Nothing };
    if held & (CTRL | ALT | OTHERS) != 0 {
        let c = if held & CTRL == 0 { Some(c) } else { with_ctrl(c) };
        return match c {
            Some(c) if held & OTHERS == 0 => {
                Coded::Key(with_modifiers(KeyPress::plain(Key::Char(c)), modifiers))
            }
            _ => Coded::Nothing,
        };
    }
    let text: String = text.iter().filter_map(|code| character(*code)).collect();
    if !text.is_empty() {
        return Coded::Text(text);
    }
    let is_upper = held & (SHIFT | CAPS_LOCK) != 0;
    Coded::Text(match character(with_shift) {
        Some(c) if is_upper => c.to_string(),
        _ if is_upper => c.to_uppercase().to_string(),
        _ => c.to_string(),
    })
}

fn named(code: u16) -> Option<Key> {
    Some(match code {
        8 | 127 => Key::Backspace,
        9 => Key::Tab,
        10 | 13 | 57_414 => Key::Enter,
        27 => Key::Escape,
        57_376..=57_398 => function(code - 57_363),
        57_417 => Key::Left,
        57_418 => Key::Right,
        57_419 => Key::Up,
        57_420 => Key::Down,
        57_421 => Key::PageUp,
        57_422 => Key::PageDown,
        57_423 => Key::Home,
        57_424 => Key::End,
        57_425 => Key::Insert,
        57_426 => Key::Delete,
        _ => return None,
    })
}

/// The character with this number; `None` for a key without one, and for a control character.
fn character(code: u16) -> Option<char> {
    match code {
        57_399..=57_408 => char::from_u32(u32::from(code - 57_399) + u32::from('0')),
        57_409 => Some('.'),
        57_410 => Some('/'),
        57_411 => Some('*'),
        57_412 => Some('-'),
        57_413 => Some('+'),
        57_415 => Some('='),
        57_416 => Some(','),
        0xe000..=0xf8ff => None,
        // The parser counts no further, so which character it is is not known.
        u16::MAX => Some(char::REPLACEMENT_CHARACTER),
        _ => char::from_u32(code.into()).filter(|c| !c.is_control()),
    }
}

/// The name of the key with Ctrl, as in the control character that it usually sends.
fn with_ctrl(c: char) -> Option<char> {
    match c {
        ' ' | '2' => Some('@'),
        '/' | '7' | '-' => Some('_'),
        '6' => Some('^'),
        '@' | '['..='_' => Some(c),
        'a'..='z' | 'A'..='Z' => Some(c.to_ascii_lowercase()),
        _ => None,
    }
}
