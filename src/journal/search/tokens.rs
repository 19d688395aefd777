//! Texts as the words that a search compares, and as the index takes them.
//!
//! A program cannot tell the words of Chinese, Japanese, Thai and others apart without a
//! dictionary. So each of their letters counts as a word, and any part of a text in them can be
//! found.

use crate::journal::search::fold::{Piece, PieceKind, fold, is_joint};

/// Separates the parts of one indexed text. It is a word that nobody can type, so that no phrase
/// matches across two parts.
const PART: char = '\u{e000}';

/// How a word with a joint is read. The Persian half-space is typed as a space, as nothing or as
/// itself, and a word is to be found by all three.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Reading {
    /// A joint separates two words.
    Apart,
    /// A joint is not there.
    Together,
}

/// A word of a text, folded, and its bytes in the text as it was written.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Token<'a> {
    pub word: &'a str,
    pub start: usize,
    pub end: usize,
}

/// Calls `see` with each word of the text, in order.
pub fn tokens(text: &str, reading: Reading, mut see: impl FnMut(Token<'_>)) {
    let mut word = String::new();
    let (mut first, mut last) = (0, 0);
    let mut end_word = |word: &mut String, start, end| {
        if !word.is_empty() {
            see(Token { word, start, end });
            word.clear();
        }
    };
    fold(text, |Piece { kind, start, end }| match kind {
        PieceKind::Letter(letter) => {
            if word.is_empty() {
                first = start;
            }
            word.push_str(letter);
            last = end;
        }
        PieceKind::Alone(letter) => {
            end_word(&mut word, first, last);
            word.push_str(letter);
            end_word(&mut word, start, end);
        }
        PieceKind::Joint if reading == Reading::Together => {}
        PieceKind::Joint | PieceKind::Gap(_) => end_word(&mut word, first, last),
    });
    end_word(&mut word, first, last);
}

/// Whether anything in the text is a word.
pub fn has_word(text: &str) -> bool {
    let mut has_word = false;
    tokens(text, Reading::Apart, |_| has_word = true);
    has_word
}

/// The ways to read a text: one, unless a word has a joint.
pub fn readings(text: &str) -> &'static [Reading] {
    const BOTH: [Reading; 2] = [Reading::Apart, Reading::Together];
    if text.contains(is_joint) { &BOTH } else { &BOTH[..1] }
}

/// The words of a text with a space between two.
pub fn spaced(text: &str, reading: Reading) -> String {
    let mut spaced = String::with_capacity(text.len());
    tokens(text, reading, |token| push(&mut spaced, token.word));
    spaced
}

/// The words of these texts as the index takes them: separated by spaces. A line in which a word
/// has a joint is there in both readings.
pub fn index_form(parts: &[&str]) -> String {
    let mut form = String::with_capacity(parts.iter().map(|part| part.len()).sum::<usize>() + 16);
    for (number, part) in parts.iter().enumerate() {
        if number > 0 {
            push(&mut form, PART.encode_utf8(&mut [0; 4]));
        }
        if part.is_ascii() {
            // No ASCII character is a joint.
            push_ascii(&mut form, part);
            continue;
        }
        // A space ends a word, whatever stands beside it.
        for piece in part.split(' ') {
            if piece.is_ascii() {
                push_ascii(&mut form, piece);
            } else {
                tokens(piece, Reading::Apart, |token| push(&mut form, token.word));
            }
        }
        for line in part.lines().filter(|line| line.contains(is_joint)) {
            push(&mut form, PART.encode_utf8(&mut [0; 4]));
            tokens(line, Reading::Together, |token| push(&mut form, token.word));
        }
    }
    form
}

/// The words of an ASCII text, in lower case.
fn push_ascii(form: &mut String, text: &str) {
    let mut is_in_word = false;
    for byte in text.bytes() {
        let is_letter = byte.is_ascii_alphanumeric();
        if is_letter {
            if !is_in_word && !form.is_empty() {
                form.push(' ');
            }
            form.push(byte.to_ascii_lowercase().into());
        }
        is_in_word = is_letter;
    }
}

fn push(form: &mut String, word: &str) {
    if !form.is_empty() {
        form.push(' ');
    }
    form.push_str(word);
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    proptest! {
        #[test]
        fn the_short_way_of_ascii_texts_makes_the_same_words(text in "[\\x00-\\x7f]{0,40}") {
            prop_assert_eq!(index_form(&[&text]), spaced(&text, Reading::Apart));
        }

        #[test]
        fn a_text_read_by_pieces_has_the_words_that_it_has_as_a_whole(
            text in "([ a-c1'.\\n\\t]|[—“’é仕事\u{301}\u{308}\u{94d}क\u{e31}ก\u{200d}\u{ad}\u{a0}ﬁ™]){0,30}"
        ) {
            prop_assert_eq!(index_form(&[&text]), spaced(&text, Reading::Apart));
        }
    }
}
