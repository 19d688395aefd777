//! The last line of a file: a hash of all lines before it. If it does not fit, somebody changed the
//! file. The line breaks of Windows count as plain ones: some programs change all of a file.

use sha2::{Digest, Sha256};

use crate::format::markdown::escape::OPENING;
use crate::format::markdown::section;

/// Whether a file is as dwell wrote it.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Seal {
    /// dwell wrote it, and nobody changed it.
    Whole,
    /// dwell wrote it, and somebody changed it.
    Broken,
    /// dwell did not write it.
    Missing,
}

/// The hash of what is written, line by line.
#[derive(Debug, Clone, Default)]
pub struct Hash(Sha256);

impl Hash {
    pub fn add(&mut self, text: &str) {
        self.0.update(text);
    }

    /// The line for the end of the file.
    pub fn line(self) -> String {
        let digits = self.0.finalize()[..16]
            .iter()
            .fold(String::new(), |digits, byte| format!("{digits}{byte:02x}"));
        format!("{OPENING}file {digits} -->\n")
    }
}

/// The text with its seal.
pub fn seal(mut text: String) -> String {
    let mut hash = Hash::default();
    hash.add(&text);
    text.push_str(&hash.line());
    text
}

/// The seal of a file.
pub fn of(text: &str) -> Seal {
    let text = text.replace("\r\n", "\n");
    let Some((before, last)) = text.trim_end().rsplit_once('\n') else { return Seal::Missing };
    if !is_seal(last) {
        let has_one = text.lines().any(is_seal);
        return if has_one { Seal::Broken } else { Seal::Missing };
    }
    let mut hash = Hash::default();
    hash.add(before);
    hash.add("\n");
    if hash.line().trim_end() == last && text.ends_with("-->\n") {
        Seal::Whole
    } else {
        Seal::Broken
    }
}

/// Whether a line is the seal of a file.
pub fn is_seal(line: &str) -> bool {
    section::inside(line).is_some_and(|inside| inside.starts_with("file "))
}
