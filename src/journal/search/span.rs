//! Spans: the parts of a line that a search found, and the parts around them.

use crate::journal::search::{CLOSE, OPEN};

/// A part of a line; all of it was found, or nothing of it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Span {
    /// Not empty.
    pub text: String,
    pub is_found: bool,
}

/// The spans of a line, from left to right. [`OPEN`] and [`CLOSE`] mark what was found.
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

/// The line with brackets around what was found.
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

    fn texts(marked: &str) -> Vec<(String, bool)> {
        spans(marked).into_iter().map(|span| (span.text, span.is_found)).collect()
    }

    #[test]
    fn the_text_between_marks_was_found() {
        let wanted = [("a ", false), ("b c", true), (" d", false), ("e", true)];
        let wanted = wanted.map(|(text, is_found)| (text.to_owned(), is_found));
        assert_eq!(texts("a \u{1}b c\u{2} d\u{1}e\u{2}"), wanted);
        assert_eq!(texts(""), []);
        assert_eq!(in_brackets(&spans("a \u{1}b c\u{2} d")), "a [b c] d");
    }

    #[test]
    fn a_mark_without_its_partner_is_ignored() {
        let wanted = [("a", false), ("b", true)].map(|(text, is)| (text.to_owned(), is));
        assert_eq!(texts("\u{2}\u{2}a\u{1}b"), wanted);
    }
}
