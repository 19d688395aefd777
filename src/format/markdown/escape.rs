//! Texts that stand in Markdown as they are, and the few that cannot.
//!
//! A text is escaped only if it holds what would end its section, or a character that a terminal
//! could obey. Each such character is then a numeric reference of HTML, which a preview shows as
//! the character itself.

use crate::text::is_unsafe;

/// How each mark begins.
pub const OPENING: &str = "<!-- dwell: ";

/// How a text was written, so that it can be read back.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct Form {
    /// All line breaks of the text are those of Windows, and stand as plain ones.
    pub is_crlf: bool,
    pub is_escaped: bool,
}

/// The text as it stands in the file, and its form.
pub fn escape(text: &str) -> (String, Form) {
    let breaks = text.matches('\n').count();
    let is_crlf = breaks > 0 && text.matches("\r\n").count() == breaks;
    let text = if is_crlf { text.replace("\r\n", "\n") } else { text.to_owned() };
    let is_escaped = text.contains(OPENING.trim_end()) || text.chars().any(is_unsafe);
    let form = Form { is_crlf, is_escaped };
    (if is_escaped { references(&text, is_unsafe) } else { text }, form)
}

/// The text as one line; line breaks are escaped too.
pub fn escape_line(text: &str) -> (String, Form) {
    let is_break = |c: char| is_unsafe(c) || c == '\n';
    let is_escaped = text.contains(OPENING.trim_end()) || text.chars().any(is_break);
    let form = Form { is_crlf: false, is_escaped };
    (if is_escaped { references(text, is_break) } else { text.to_owned() }, form)
}

/// The text that stands in the file in this form.
pub fn unescape(text: &str, form: Form) -> String {
    let text = if form.is_crlf { text.replace('\n', "\r\n") } else { text.to_owned() };
    if !form.is_escaped {
        return text;
    }
    let mut whole = String::with_capacity(text.len());
    let mut rest = text.as_str();
    while let Some((before, after)) = rest.split_once("&#") {
        whole.push_str(before);
        let (piece, after) = match reference(after) {
            Some((c, after)) => (c.to_string(), after),
            None => ("&#".to_owned(), after),
        };
        whole.push_str(&piece);
        rest = after;
    }
    whole + rest
}

/// The character of a reference after its `&#`, and what follows it.
fn reference(text: &str) -> Option<(char, &str)> {
    let digits = text.bytes().take(7).take_while(u8::is_ascii_digit).count();
    let after = text[digits..].strip_prefix(';')?;
    Some((char::from_u32(text[..digits].parse().ok()?)?, after))
}

/// The text with references for these characters, for what would begin or end a section, and for
/// the beginning of a reference.
fn references(text: &str, is_unsafe: impl Fn(char) -> bool) -> String {
    let mut escaped = String::with_capacity(text.len() + 16);
    for (at, c) in text.char_indices() {
        let rest = &text[at..];
        if is_unsafe(c) || rest.starts_with("&#") || rest.starts_with(OPENING.trim_end()) {
            escaped.push_str(&format!("&#{};", u32::from(c)));
        } else {
            escaped.push(c);
        }
    }
    escaped
}
