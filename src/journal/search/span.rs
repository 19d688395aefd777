//! Spans: the parts of a line that a search found, and the parts around them.

/// A part of a line; all of it was found, or nothing of it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Span {
    /// Not empty.
    pub text: String,
    pub is_found: bool,
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
