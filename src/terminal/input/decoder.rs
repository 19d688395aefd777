//! Bytes of a terminal, and what was typed with them.
//!
//! The parser of the `vte` crate follows the sequences. It is made for what a program sends to a
//! terminal; what a keyboard sends beyond that is dealt with here, before it: bad bytes and the
//! one-byte forms of control characters, what an Escape begins, mouse reports of the oldest form,
//! and strings that never end. So the parser sees whole characters and whole openings alone.

use vte::Parser;

use crate::terminal::input::found::Found;
use crate::terminal::input::{Input, Key, KeyPress};

const ESCAPE: char = '\x1b';
/// Each of these two ends any sequence, without effect.
const CANCEL: char = '\x18';
const SUBSTITUTE: char = '\x1a';

/// A string that is longer than this will not end: answers of terminals are far shorter. Without a
/// limit, one stray Escape in something pasted could take all the words that follow.
const LONGEST: usize = 4096;

/// Decodes bytes, which may come in pieces of any size.
#[derive(Default)]
pub(super) struct Decoder {
    /// The first bytes of a character whose last ones are still to come.
    cut: Vec<u8>,
    /// The Escapes before the next character: none, the key or a beginning, or both.
    escapes: u8,
    inside: Inside,
    parser: Parser,
    found: Found,
}

/// Which sequence has begun and not ended.
#[derive(Debug, Default, Clone, Copy, PartialEq, Eq)]
enum Inside {
    #[default]
    Nothing,
    /// With numbers and a last letter. How many digits it has, while it has nothing else.
    Control { digits: Option<usize> },
    /// A string that begins with this letter after the Escape, with its length in characters.
    String { kind: char, length: usize, is_answer: bool },
}

/// What is not complete, so that whoever reads decides how long to wait for the rest.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Open {
    /// An Escape, which is the key or begins something.
    Escape,
    /// A string that a terminal sends. `is_answer` says that it began as answers of terminals do,
    /// and not as words after a key with Alt would.
    String {
        length: usize,
        is_answer: bool,
    },
    Paste,
}

/// Whether a string of this kind that a terminal sends may begin with this character.
fn may_follow(kind: char, c: char) -> bool {
    matches!(kind, 'X' | '^' | '_') || begins_answer(kind, c)
}

/// Whether a terminal's answer begins so: with the number of what was asked, the sign of the
/// question, or the letter of a title or a picture.
fn begins_answer(kind: char, c: char) -> bool {
    match kind {
        ']' => c.is_ascii_digit() || matches!(c, 'l' | 'L'),
        'P' => c.is_ascii_digit() || "!$+<=>?|".contains(c),
        '_' => c == 'G',
        _ => false,
    }
}

impl std::fmt::Debug for Decoder {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("Decoder").field("open", &self.open()).finish_non_exhaustive()
    }
}

impl Decoder {
    /// What these bytes complete.
    pub(super) fn feed(&mut self, bytes: &[u8]) -> Vec<Input> {
        for byte in bytes {
            if !self.found.takes(*byte) {
                self.byte(*byte);
            }
        }
        self.found.take_inputs()
    }

    /// What waits for its end. Other sequences than these do so as long as it takes: they take one
    /// character at most that was not meant for them.
    pub(super) fn open(&self) -> Option<Open> {
        match self.inside {
            _ if self.found.is_paste() => Some(Open::Paste),
            Inside::String { length, is_answer, .. } => Some(Open::String { length, is_answer }),
            Inside::Nothing if self.escapes > 0 => Some(Open::Escape),
            _ => None,
        }
    }

    /// Ends what is open: its end does not come.
    pub(super) fn close(&mut self) -> Vec<Input> {
        let escapes = std::mem::take(&mut self.escapes);
        if self.inside == Inside::Nothing {
            for _ in 0..escapes {
                self.found.key(KeyPress::plain(Key::Escape));
            }
        }
        self.cancel();
        self.found.end_paste();
        self.found.take_inputs()
    }

    /// Ends all that is not complete: nothing more comes.
    pub(super) fn finish(&mut self) -> Vec<Input> {
        if !std::mem::take(&mut self.cut).is_empty() {
            self.character(char::REPLACEMENT_CHARACTER);
        }
        self.close()
    }

    fn byte(&mut self, byte: u8) {
        self.cut.push(byte);
        // Bad bytes are one character each, as far as they could not begin a good one.
        while !self.cut.is_empty() {
            match str::from_utf8(&self.cut) {
                Ok(text) => {
                    let c = text.chars().next();
                    self.cut.clear();
                    if let Some(c) = c {
                        self.character(c);
                    }
                }
                Err(error) => match error.error_len() {
                    None => return,
                    Some(count) => {
                        let first = self.cut[0];
                        self.cut.drain(..count);
                        self.bad_bytes(first, count);
                    }
                },
            }
        }
    }

    /// Bytes that are no character: the one-byte form of an Escape and a letter, or damage.
    fn bad_bytes(&mut self, first: u8, count: usize) {
        let is_string = matches!(self.inside, Inside::String { .. });
        match first {
            0x9c if count == 1 && is_string => self.escaped(b'\\'),
            0x8f | 0x90 | 0x98 | 0x9b | 0x9d..=0x9f if count == 1 && !is_string => {
                self.escaped(first - 0x40);
            }
            _ => self.character(char::REPLACEMENT_CHARACTER),
        }
    }

    fn escaped(&mut self, letter: u8) {
        self.character(ESCAPE);
        self.character(char::from(letter));
    }

    fn character(&mut self, c: char) {
        match self.escapes {
            0 if c == ESCAPE => self.escapes = 1,
            0 => self.inside_or_typed(c),
            _ => self.after_escape(c),
        }
    }

    fn after_escape(&mut self, c: char) {
        if c == ESCAPE {
            // The first of three was the key.
            match self.escapes {
                1 => self.escapes = 2,
                _ => self.found.key(KeyPress::plain(Key::Escape)),
            }
            return;
        }
        let is_twice = std::mem::take(&mut self.escapes) == 2;
        self.cancel();
        self.inside = match c {
            '[' | 'O' => Inside::Control { digits: Some(0) },
            'P' | 'X' | ']' | '^' | '_' => Inside::String { kind: c, length: 0, is_answer: false },
            '\\' => return,
            _ => {
                if is_twice {
                    self.found.key(KeyPress::plain(Key::Escape));
                }
                return self.found.alt(c);
            }
        };
        self.found.begin(is_twice, c == 'O');
        self.parse(ESCAPE);
        // Keys of the keypad have numbers and a letter too, which the parser does not follow.
        self.parse(if c == 'O' { '[' } else { c });
    }

    fn inside_or_typed(&mut self, c: char) {
        match &mut self.inside {
            Inside::Nothing if c == CANCEL => return self.found.control(0x18),
            Inside::Nothing if c == SUBSTITUTE => return self.found.control(0x1a),
            Inside::Nothing => {}
            _ if matches!(c, CANCEL | SUBSTITUTE) => return self.cancel(),
            Inside::String { kind, length: 0, .. } if !may_follow(*kind, c) => {
                // Nothing but a key with Alt, and words after it.
                self.cancel();
            }
            Inside::String { kind, length, is_answer } => {
                *is_answer |= *length == 0 && begins_answer(*kind, c);
                *length += 1;
                if *length > LONGEST {
                    self.cancel();
                } else if !c.is_ascii() {
                    // A byte of it could be the end of a string to the parser.
                    return;
                }
            }
            Inside::Control { digits } => match c {
                '0'..='9' => *digits = digits.map(|count| count + 1),
                // A key with Shift in the manner of rxvt. The parser would wait for a letter.
                '$' if *digits > Some(0) => return self.end_control('$'),
                '@'..='~' => return self.end_control(c),
                // Not of this sequence, which was damaged.
                '\u{80}'.. => self.cancel(),
                _ => *digits = None,
            },
        }
        self.parse(c);
        if self.found.take_end_of_string() {
            self.inside = Inside::Nothing;
        }
    }

    fn end_control(&mut self, c: char) {
        self.inside = Inside::Nothing;
        if c == '$' {
            self.found.add_shift();
        }
        self.parse(if c == '$' { '~' } else { c });
    }

    fn cancel(&mut self) {
        if self.inside != Inside::Nothing {
            self.inside = Inside::Nothing;
            self.parse(CANCEL);
            self.found.take_end_of_string();
        }
    }

    fn parse(&mut self, c: char) {
        self.parser.advance(&mut self.found, c.encode_utf8(&mut [0; 4]).as_bytes());
    }
}
