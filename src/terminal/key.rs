//! One key at a time: a line of choices, each with its key, and the value of the key pressed.
//!
//! A terminal sends a key as one or more bytes. Those are read and no more: what is typed ahead
//! waits for the next question. A key that no choice takes does nothing, however many bytes it has.

use std::io::{self, Write};
use std::time::Duration;

use crate::platform;
use crate::platform::RawMode;
use crate::terminal::{AskError, Terminal};
use crate::text::{WIDEST, one_line};

/// Bracketed paste: the terminal marks the beginning and the end of what is pasted.
const BRACKETED_PASTE_ON: &str = "\x1b[?2004h";
const BRACKETED_PASTE_OFF: &str = "\x1b[?2004l";

/// A key that can choose something. A letter is the same key with and without Shift.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Key {
    Char(char),
    Enter,
    /// Escape, and Ctrl-D.
    Escape,
    Up,
    Down,
    Left,
    Right,
}

/// One of the answers to choose from: its keys, of which the first is shown, the label beside it,
/// and the value that it gives.
#[derive(Debug, Clone, Copy)]
pub struct KeyChoice<T> {
    key: Key,
    others: &'static [Key],
    label: &'static str,
    value: T,
}

impl<T> KeyChoice<T> {
    pub fn new(letter: char, label: &'static str, value: T) -> Self {
        Self { key: Key::Char(letter), others: &[], label, value }
    }

    /// The default answer: Enter, the space bar, Right and Down.
    pub fn usual(label: &'static str, value: T) -> Self {
        Self { key: Key::Enter, others: &[Key::Char(' '), Key::Right, Key::Down], label, value }
    }

    /// The answer that changes nothing: this letter, Enter, Escape and Ctrl-D.
    pub fn nothing(letter: char, label: &'static str, value: T) -> Self {
        Self { key: Key::Char(letter), others: &[Key::Enter, Key::Escape], label, value }
    }

    /// The answer that leaves: this letter, Escape and Ctrl-D.
    pub fn leave(letter: char, label: &'static str, value: T) -> Self {
        Self { key: Key::Char(letter), others: &[Key::Escape], label, value }
    }

    /// The same choice with these keys beside the one that is shown.
    #[must_use]
    pub fn or(self, others: &'static [Key]) -> Self {
        Self { others, ..self }
    }

    fn takes(&self, key: Key) -> bool {
        self.key.is(key) || self.others.iter().any(|other| other.is(key))
    }

    fn shown(&self) -> String {
        let label = self.label;
        match self.key {
            Key::Char(letter) => format!("[{letter}] {label}"),
            key => format!("[{key:?}] {label}"),
        }
    }
}

impl Key {
    fn is(self, other: Self) -> bool {
        match (self, other) {
            (Self::Char(one), Self::Char(other)) => one.to_lowercase().eq(other.to_lowercase()),
            (one, other) => one == other,
        }
    }
}

impl Terminal {
    /// Asks for one key, without Enter, and returns the value of the first choice that takes it.
    /// The choices are shown below the text and erased after the answer. Errors if the person
    /// presses Ctrl-C, or if the terminal is gone.
    pub fn ask_key<T: Copy>(&mut self, choices: &[KeyChoice<T>]) -> Result<T, AskError> {
        Ok(self.ask(choices, |_| Ok(()))?.value)
    }

    /// Asks a question that is answered by a letter, without Enter. The question and the answer
    /// stay on the screen. Somebody who types a sentence gives no answer: after a letter that is
    /// none, all keys are passed over until there is a pause. Errors as [`Terminal::ask_key`].
    pub fn ask_by_letter<T: Copy>(
        &mut self,
        question: &str,
        choices: &[KeyChoice<T>],
    ) -> Result<T, AskError> {
        self.flush()?;
        let question = textwrap::fill(&one_line(question), self.page.width.unwrap_or(WIDEST));
        writeln!(io::stderr().lock(), "{question}")?;
        let chosen = self.ask(choices, skip_words)?;
        writeln!(io::stderr().lock(), "> {}", chosen.label)?;
        Ok(chosen.value)
    }

    /// Asks for one key. `skip` is called after a key that chooses nothing.
    fn ask<T: Copy>(
        &mut self,
        choices: &[KeyChoice<T>],
        skip: impl Fn(Key) -> io::Result<()>,
    ) -> Result<KeyChoice<T>, AskError> {
        self.flush()?;
        // The width may have changed since the last question.
        let columns = terminal_size::terminal_size().map_or(80, |(width, _)| usize::from(width.0));
        let lines = layout(choices, columns);
        platform::take_interrupt();
        let raw_mode = RawMode::hold();
        write!(io::stderr().lock(), "{BRACKETED_PASTE_ON}{}", lines.join("\n"))?;
        let chosen = loop {
            let key = match read_key(&mut platform::typed_byte) {
                Ok(Some(key)) => key,
                Ok(None) => continue,
                Err(error) => break Err(error),
            };
            if let Some(choice) = chosen(choices, key) {
                break Ok(choice);
            }
            if let Err(error) = skip(key) {
                break Err(error);
            }
        };
        drop(raw_mode);
        write!(io::stderr().lock(), "{BRACKETED_PASTE_OFF}{}", self.erasing(&lines))?;
        if platform::take_interrupt() { Err(AskError::Cancelled) } else { Ok(chosen?) }
    }

    /// What erases these lines, given the cursor at the end of the last one; a line break on a
    /// terminal that cannot erase.
    fn erasing(&self, lines: &[String]) -> String {
        match lines.len() {
            _ if self.is_dumb => "\n".to_owned(),
            ..=1 => "\r\x1b[J".to_owned(),
            count => format!("\r\x1b[{}A\x1b[J", count - 1),
        }
    }
}

/// The choices in as few lines as fit the width of the terminal, each choice whole.
fn layout<T>(choices: &[KeyChoice<T>], columns: usize) -> Vec<String> {
    let count = |text: &str| text.chars().count();
    let mut lines: Vec<String> = Vec::new();
    for shown in choices.iter().map(KeyChoice::shown) {
        match lines.last_mut() {
            // The last column stays free: after it, terminals differ on which line the cursor is.
            Some(line) if count(line) + 2 + count(&shown) < columns => {
                line.push_str("  ");
                line.push_str(&shown);
            }
            _ => lines.push(shown),
        }
    }
    lines
}

fn chosen<T: Copy>(choices: &[KeyChoice<T>], key: Key) -> Option<KeyChoice<T>> {
    choices.iter().find(|choice| choice.takes(key)).copied()
}

/// After a letter, passes over all that is typed until there is a pause. Errors if it is Ctrl-C.
fn skip_words(key: Key) -> io::Result<()> {
    if !matches!(key, Key::Char(_)) {
        return Ok(());
    }
    while let Some(byte) = platform::typed_byte(Some(PAUSE))? {
        if byte == b'\x03' {
            return Err(io::ErrorKind::Interrupted.into());
        }
    }
    Ok(())
}

/// Nobody pauses so long within a sentence that they type without looking.
const PAUSE: Duration = Duration::from_millis(500);

/// How long to wait for the next byte of a key. If none follows, an Escape is the Escape key.
const NEXT_BYTE: Duration = Duration::from_millis(50);

/// Reads one key. `next` waits for a byte, at most as long as it is told to. Returns `None` for a
/// key that can choose nothing. Errors if the key is Ctrl-C, or if the terminal cannot be read.
fn read_key(
    next: &mut impl FnMut(Option<Duration>) -> io::Result<Option<u8>>,
) -> io::Result<Option<Key>> {
    let Some(first) = next(None)? else { return Ok(None) };
    let mut more = || next(Some(NEXT_BYTE));
    let following = match first {
        b'\r' | b'\n' => return Ok(Some(Key::Enter)),
        b'\x03' => return Err(io::ErrorKind::Interrupted.into()),
        b'\x04' => return Ok(Some(Key::Escape)),
        b'\x1b' => return read_sequence(&mut more),
        b' '..=b'\x7e' => 0,
        0xc0..=0xdf => 1,
        0xe0..=0xef => 2,
        0xf0..=0xf7 => 3,
        _ => return Ok(None),
    };
    let mut bytes = vec![first];
    for _ in 0..following {
        bytes.extend(more()?);
    }
    Ok(str::from_utf8(&bytes).ok().and_then(|text| text.chars().next()).map(Key::Char))
}

/// Skips a paste: it is meant as text, and each letter of it would be a key here.
fn skip_paste(more: &mut impl FnMut() -> io::Result<Option<u8>>) -> io::Result<()> {
    let mut last = Vec::new();
    while let Some(byte) = more()? {
        last.push(byte);
        if last.ends_with(b"\x1b[201~") {
            break;
        }
        let keep = last.len().saturating_sub(6);
        last.drain(..keep);
    }
    Ok(())
}

/// Reads the bytes that follow Escape, up to the end of the key.
fn read_sequence(more: &mut impl FnMut() -> io::Result<Option<u8>>) -> io::Result<Option<Key>> {
    let arrow = |last| match last {
        b'A' => Some(Key::Up),
        b'B' => Some(Key::Down),
        b'C' => Some(Key::Right),
        b'D' => Some(Key::Left),
        _ => None,
    };
    match more()? {
        None => Ok(Some(Key::Escape)),
        // A key with Alt, which chooses nothing. The bytes that follow belong to it.
        Some(b'\x1b') => Ok(read_sequence(more)?.filter(|key| *key == Key::Escape)),
        // Some terminals send arrows in this form, and all of them F1 to F4. With Shift or Ctrl,
        // numbers stand before the letter.
        Some(b'O') => {
            let mut is_first = true;
            while let Some(byte) = more()? {
                if !matches!(byte, b'0'..=b'9' | b';') {
                    return Ok(arrow(byte).filter(|_| is_first));
                }
                is_first = false;
            }
            Ok(None)
        }
        Some(b'[') => {
            let mut numbers = Vec::new();
            while let Some(byte) = more()? {
                match byte {
                    // The Linux console sends F1 to F5 with a second bracket.
                    b'[' if numbers.is_empty() => {}
                    b'~' if numbers == b"200" => return skip_paste(more).map(|()| None),
                    0x40..=0x7e => return Ok(arrow(byte).filter(|_| numbers.is_empty())),
                    _ => {}
                }
                numbers.push(byte);
            }
            Ok(None)
        }
        // A letter with Alt.
        Some(_) => Ok(None),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const CHOICES: [KeyChoice<&str>; 4] = [
        KeyChoice { key: Key::Enter, others: &[Key::Right, Key::Down], label: "on", value: "on" },
        KeyChoice { key: Key::Char('b'), others: &[Key::Left], label: "back", value: "back" },
        KeyChoice { key: Key::Char('ö'), others: &[], label: "open", value: "open" },
        KeyChoice { key: Key::Char('q'), others: &[Key::Escape], label: "stop", value: "stop" },
    ];

    /// All keys in these bytes.
    fn keys(bytes: &[u8]) -> Vec<Option<Key>> {
        let mut left = bytes.iter().copied().peekable();
        let mut found = Vec::new();
        while left.peek().is_some() {
            found.push(read_key(&mut |_| Ok(left.next())).expect("read"));
        }
        found
    }

    #[test]
    fn a_key_is_read_to_its_end_and_no_further() {
        for (bytes, wanted) in [
            (&b"\r\n"[..], vec![Some(Key::Enter); 2]),
            (b" ", vec![letter(" ")]),
            (b"bQ", vec![letter("b"), letter("Q")]),
            (b"\x04", vec![Some(Key::Escape)]),
            (b"\x1b", vec![Some(Key::Escape)]),
            (b"\x1b[A\x1b[B", vec![Some(Key::Up), Some(Key::Down)]),
            (b"\x1bOC\x1bOD", vec![Some(Key::Right), Some(Key::Left)]),
            ("öß世🙂".as_bytes(), ["ö", "ß", "世", "🙂"].map(letter).to_vec()),
        ] {
            assert_eq!(keys(bytes), wanted, "{}", bytes.escape_ascii());
        }
    }

    fn letter(text: &str) -> Option<Key> {
        text.chars().next().map(Key::Char)
    }

    #[test]
    fn an_unknown_key_is_read_whole() {
        // Ctrl-Right, F5, F1, F1 of the Linux console, Delete, a mouse click, Alt-q, half a
        // character, and so on.
        for bytes in [
            &b"\x1b[1;5C"[..],
            b"\x1b[15~",
            b"\x1bOP",
            b"\x1b[[A",
            b"\x1b[3~",
            b"\x1b[<0;12;7M",
            b"\x1bq",
            b"\xc3",
            b"\xff",
            b"\x7f",
            b"\x1b[",
            b"\x1b\x1b[A",
            b"\x1bO5A",
            b"\x1bO1;2A",
            b"\x1b[200~such a quick look\rback\x1b[A\x1b[201~",
        ] {
            assert_eq!(keys(bytes), [None], "{}", bytes.escape_ascii());
        }
    }

    #[test]
    fn ctrl_c_is_an_interruption_and_a_lost_terminal_an_error() {
        let interrupted = read_key(&mut |_| Ok(Some(3))).expect_err("interrupted");
        assert_eq!(interrupted.kind(), io::ErrorKind::Interrupted);
        let lost = read_key(&mut |_| Err(io::ErrorKind::UnexpectedEof.into())).expect_err("lost");
        assert!(matches!(AskError::from(lost), AskError::Cancelled));
    }

    #[test]
    fn a_key_chooses_in_either_case_and_others_choose_nothing() {
        let chosen = |key| chosen(&CHOICES, key).map(|choice| choice.value);
        for (key, wanted) in [
            (Key::Enter, Some("on")),
            (Key::Right, Some("on")),
            (Key::Char('b'), Some("back")),
            (Key::Char('B'), Some("back")),
            (Key::Char('Ö'), Some("open")),
            (Key::Left, Some("back")),
            (Key::Escape, Some("stop")),
            (Key::Up, None),
            (Key::Char('x'), None),
        ] {
            assert_eq!(chosen(key), wanted, "{key:?}");
        }
    }

    #[test]
    fn the_choices_stand_on_one_line_where_it_fits() {
        let lines = |columns| layout(&CHOICES, columns);
        assert_eq!(lines(80), ["[Enter] on  [b] back  [ö] open  [q] stop"]);
        assert_eq!(lines(22), ["[Enter] on  [b] back", "[ö] open  [q] stop"]);
        assert_eq!(lines(20), ["[Enter] on", "[b] back  [ö] open", "[q] stop"]);
        assert_eq!(lines(5).len(), 4);
    }

    #[test]
    fn the_ways_to_make_a_choice_give_it_its_keys() {
        let on = KeyChoice::usual("on", 1);
        let keys = [Key::Enter, Key::Char(' '), Key::Right, Key::Down];
        assert!(keys.map(|key| on.takes(key)) == [true; 4]);
        let leave = KeyChoice::leave('q', "stop", 2);
        assert!([Key::Char('Q'), Key::Escape].map(|key| leave.takes(key)) == [true; 2]);
        let back = KeyChoice::new('b', "back", 3).or(&[Key::Left, Key::Up]);
        assert!([Key::Char('b'), Key::Left, Key::Up].map(|key| back.takes(key)) == [true; 3]);
        assert!(!back.takes(Key::Enter) && !back.takes(Key::Escape));
    }
}
