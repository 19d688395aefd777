//! The whole text of a file, for formats that are read only once all of the file is there.

use std::io::{BufRead, Read};

use crate::format::limits::{Bounded, Limits};
use crate::format::{Fault, FormatError};

/// Reads a text to its end, without a byte-order mark before it. Errors if it is not UTF-8, holds a
/// zero byte, or is larger than the limit.
pub fn read(from: impl BufRead, limits: Limits) -> Result<String, FormatError> {
    let mut bytes = Vec::new();
    Bounded::new(from, limits).read_to_end(&mut bytes).map_err(Fault::from)?;
    of_bytes(bytes)
}

/// The same of bytes that were read.
pub fn of_bytes(bytes: Vec<u8>) -> Result<String, FormatError> {
    let mut text = String::from_utf8(bytes).map_err(|error| {
        let line = line_of(&error.as_bytes()[..error.utf8_error().valid_up_to()]);
        FormatError::at_line(line, Fault::NotUtf8)
    })?;
    if let Some(at) = text.find('\0') {
        return Err(FormatError::at_line(line_of(&text.as_bytes()[..at]), Fault::Nul));
    }
    if text.starts_with('\u{feff}') {
        text.drain(..'\u{feff}'.len_utf8());
    }
    Ok(text)
}

/// The line on which the text after these bytes begins.
fn line_of(before: &[u8]) -> u64 {
    before.split(|byte| *byte == b'\n').count() as u64
}

/// Counts the lines up to places in a text, one after the other.
#[derive(Debug)]
pub struct LineCounter<'a> {
    text: &'a str,
    at: usize,
    line: u64,
}

impl<'a> LineCounter<'a> {
    pub fn new(text: &'a str) -> Self {
        Self { text, at: 0, line: 1 }
    }

    /// The line of a place, which is not before the last one that was asked for.
    pub fn line(&mut self, at: usize) -> u64 {
        self.line += line_of(&self.text.as_bytes()[self.at..at]) - 1;
        self.at = at;
        self.line
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn fault(bytes: &[u8]) -> (Option<u64>, Fault) {
        let error = read(bytes, Limits::USUAL).expect_err("no text");
        (error.line, error.why)
    }

    #[test]
    fn a_text_is_utf_8_without_zero_bytes() {
        assert_eq!(read(&b"\xef\xbb\xbfa\n"[..], Limits::USUAL).expect("a text"), "a\n");
        assert!(matches!(fault(b"a\nb\xe9\n"), (Some(2), Fault::NotUtf8)));
        assert!(matches!(fault(b"a\n\nb\0"), (Some(3), Fault::Nul)));
    }

    #[test]
    fn lines_are_counted_on_from_the_last_place() {
        let mut lines = LineCounter::new("a\nb\nc\n");
        assert_eq!([lines.line(0), lines.line(2), lines.line(3), lines.line(4)], [1, 2, 2, 3]);
    }
}
