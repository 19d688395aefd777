//! What somebody types: keys, text and pastes, read from the bytes that a terminal sends.
//!
//! One reader serves every question, the page and the browser. A terminal also sends bytes that
//! nobody typed: reports, and answers to what other programs asked. They become nothing here.

mod decoder;
mod found;
mod keys;
mod reader;

#[cfg(test)]
mod tests;

pub use reader::{Reader, Received};

/// Something that somebody typed.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Input {
    /// Characters in the order in which they were typed, without any control character.
    Text(String),
    /// A paste that the terminal marked as one. Line breaks are `\n`; there is no other control
    /// character but the tab, and no escape sequence.
    Paste(String),
    Key(KeyPress),
}

/// A key that is not a character of its own, or is pressed together with Ctrl or Alt.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct KeyPress {
    pub key: Key,
    pub ctrl: bool,
    pub alt: bool,
    pub shift: bool,
}

/// A key of a keyboard.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Key {
    /// Only with Ctrl or Alt. With Ctrl it is a lower-case letter or one of `@ [ \ ] ^ _`.
    Char(char),
    Enter,
    Tab,
    Backspace,
    Delete,
    Insert,
    Escape,
    Up,
    Down,
    Left,
    Right,
    Home,
    End,
    PageUp,
    PageDown,
    /// F1 is 1.
    Function(u8),
}

impl KeyPress {
    /// The key alone.
    pub const fn plain(key: Key) -> Self {
        Self { key, ctrl: false, alt: false, shift: false }
    }

    /// The key with Ctrl.
    pub const fn ctrl(key: Key) -> Self {
        Self { ctrl: true, ..Self::plain(key) }
    }

    /// The key with Alt.
    pub const fn alt(key: Key) -> Self {
        Self { alt: true, ..Self::plain(key) }
    }

    /// The key with Shift.
    pub const fn shift(key: Key) -> Self {
        Self { shift: true, ..Self::plain(key) }
    }
}
