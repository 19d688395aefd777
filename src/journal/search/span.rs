//! A line in which the words that a search found are told apart from those around them.

use crate::journal::search::{CLOSE, OPEN};

/// A part of a line that was found as a whole, or that was not.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Span {
    /// At least one letter.
    pub text: String,
    pub is_found: bool,
}

/// The spans of a line in which what was found stands between [`OPEN`] and [`CLOSE`].
pub fn spans(marked: &str) -> Vec<Span> {
    let mut spans = Vec::new();
    let mut is_found = false;
    for piece in marked.split_inclusive([OPEN, CLOSE]) {
        let text = piece.trim_end_matches([OPEN, CLOSE]);
        if !text.is_empty() {
            spans.push(Span { text: text.to_owned(), is_found });
        }
        is_found = piece.ends_with(OPEN);
    }
    spans
}

/// The line with what was found in brackets.
pub fn in_brackets(spans: &[Span]) -> String {
    let mut line = String::new();
    for Span { text, is_found } in spans {
        let (open, close) = if *is_found { ("[", "]") } else { ("", "") };
        line.extend([open, text, close]);
    }
    line
}

#[cfg(test)]
mod tests {
    use super::*;

    fn told(marked: &str) -> Vec<(String, bool)> {
        spans(marked).into_iter().map(|span| (span.text, span.is_found)).collect()
    }

    #[test]
    fn what_stands_between_marks_was_found() {
        let wanted = [("a ", false), ("b c", true), (" d", false), ("e", true)];
        let wanted = wanted.map(|(text, is_found)| (text.to_owned(), is_found));
        assert_eq!(told("a \u{1}b c\u{2} d\u{1}e\u{2}"), wanted);
        assert_eq!(told(""), []);
        assert_eq!(in_brackets(&spans("a \u{1}b c\u{2} d")), "a [b c] d");
    }

    #[test]
    fn marks_without_their_counterpart_break_nothing() {
        let wanted = [("a", false), ("b", true)].map(|(text, is)| (text.to_owned(), is));
        assert_eq!(told("\u{2}\u{2}a\u{1}b"), wanted);
    }
}
