//! The lines of a file, each no longer than a field may be. A file of UTF-16, as old devices wrote
//! it, is read as if it were UTF-8.

use std::io::{BufRead, Read};

use crate::format::limits::{Limit, Limits};
use crate::format::{Fault, FormatError};

/// Reads lines.
#[derive(Debug)]
pub(super) struct Lines<R> {
    from: R,
    longest: u64,
    /// The number of the last line that was read, counted from 1.
    number: u64,
    /// `None` before the first line.
    is_utf16: Option<bool>,
}

/// A line.
#[derive(Debug)]
pub(super) struct Line {
    pub(super) number: u64,
    /// Without the line break. Not UTF-8 if the file is damaged here.
    pub(super) bytes: Vec<u8>,
}

impl Line {
    /// The text. Errors if it is damaged.
    pub(super) fn text(&self) -> Result<&str, Fault> {
        let text = std::str::from_utf8(&self.bytes).map_err(|_| Fault::NotUtf8)?;
        if text.contains('\0') { Err(Fault::Nul) } else { Ok(text) }
    }
}

impl<R: BufRead> Lines<R> {
    pub(super) fn new(from: R, limits: Limits) -> Self {
        Self { from, longest: limits.field, number: 0, is_utf16: None }
    }

    /// The number of the last line that was read.
    pub(super) fn number(&self) -> u64 {
        self.number
    }

    /// What is not read yet.
    pub(super) fn into_rest(self) -> R {
        self.from
    }

    /// The byte that comes next; `None` at the end.
    pub(super) fn peek(&mut self) -> Result<Option<u8>, FormatError> {
        match self.from.fill_buf() {
            Ok(bytes) => Ok(bytes.first().copied()),
            Err(error) => Err(FormatError::at_line(self.number + 1, error.into())),
        }
    }

    /// The next line; `None` at the end.
    pub(super) fn next(&mut self) -> Result<Option<Line>, FormatError> {
        self.number += 1;
        match self.read() {
            Ok(bytes) => Ok(bytes.map(|bytes| Line { number: self.number, bytes })),
            Err(why) => Err(FormatError::at_line(self.number, why)),
        }
    }

    fn read(&mut self) -> Result<Option<Vec<u8>>, Fault> {
        if self.is_utf16.is_none() {
            let begin = self.from.fill_buf()?;
            let has_zeros = |begin: &[u8]| matches!(begin, [first, 0, second, 0, ..] if *first != 0 && *second != 0);
            self.is_utf16 = Some(begin.starts_with(b"\xff\xfe") || has_zeros(begin));
        }
        let is_utf16 = self.is_utf16 == Some(true);
        let mut bytes = Vec::new();
        loop {
            // With its line break, and a byte more that tells a line that is too long.
            let room = (self.longest + 3).saturating_sub(bytes.len() as u64);
            let count = self.from.by_ref().take(room).read_until(b'\n', &mut bytes)?;
            if bytes.len() as u64 > self.longest + 2 {
                return Err(Fault::TooMuch(Limit::Field(self.longest)));
            }
            if bytes.is_empty() {
                return Ok(None);
            }
            if !is_utf16 {
                break;
            }
            // The line break is a whole character: its first byte stands at an even place.
            if count > 0 && bytes.len() % 2 == 1 && bytes.last() == Some(&b'\n') {
                self.from.by_ref().take(1).read_to_end(&mut bytes)?;
                if bytes.last() == Some(&0) {
                    return Ok(Some(from_utf16(&bytes[..bytes.len() - 2])));
                }
            } else if count == 0 || bytes.last() != Some(&b'\n') {
                return Ok(Some(from_utf16(&bytes)));
            }
        }
        if bytes.last() == Some(&b'\n') {
            bytes.pop();
        }
        if bytes.last() == Some(&b'\r') {
            bytes.pop();
        }
        Ok(Some(bytes))
    }
}

/// A line of UTF-16 as UTF-8, without a carriage return at its end. What is no character becomes a
/// byte that is none either.
fn from_utf16(bytes: &[u8]) -> Vec<u8> {
    let units = bytes.chunks_exact(2).map(|pair| u16::from_le_bytes([pair[0], pair[1]]));
    let mut text = Vec::new();
    for found in char::decode_utf16(units) {
        match found {
            Ok(c) => text.extend_from_slice(c.encode_utf8(&mut [0; 4]).as_bytes()),
            Err(_) => text.push(0xff),
        }
    }
    if bytes.len() % 2 == 1 {
        text.push(0xff);
    }
    if text.last() == Some(&b'\r') {
        text.pop();
    }
    text
}

#[cfg(test)]
mod tests {
    use super::*;

    fn lines(bytes: &[u8]) -> Vec<Vec<u8>> {
        let mut lines = Lines::new(bytes, Limits { field: 20, ..Limits::USUAL });
        std::iter::from_fn(|| lines.next().expect("short").map(|line| line.bytes)).collect()
    }

    #[test]
    fn a_line_of_utf16_is_one_of_utf8() {
        let utf16 = |text: &str| {
            let units = text.encode_utf16();
            units.flat_map(u16::to_le_bytes).collect::<Vec<u8>>()
        };
        // The second byte of the first of these letters, and the first of the next, is a line feed.
        for text in ["ab\u{a0a}\u{10a}b\r\nc", "\u{feff}\u{a0d}\n\nx", "ab\n"] {
            assert_eq!(lines(&utf16(text)), lines(text.as_bytes()), "{text:?}");
        }
        assert_eq!(lines(b"a\0b\0\x00\xd8"), [b"ab\xff"]);
    }

    #[test]
    fn a_line_may_be_as_long_as_a_field_and_no_longer() {
        assert_eq!(lines(b"12345678901234567890\r\n1\n"), [&b"12345678901234567890"[..], b"1"]);
        let limits = Limits { field: 10, ..Limits::USUAL };
        for long in [&b"123456789012\n"[..], b"1234567890123"] {
            let refused = Lines::new(long, limits).next().expect_err("long");
            assert!(matches!(refused.why, Fault::TooMuch(Limit::Field(10))));
        }
    }
}
