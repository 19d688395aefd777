//! The backslashes that Markdown needs before a sign that would mean something.
//!
//! Outside code, a backslash before a sign of ASCII stands for the sign. In code it is a backslash.

use crate::journal::entry::code;

/// The text that Markdown shows.
pub fn resolved(text: &str) -> String {
    if !text.contains('\\') {
        return text.to_owned();
    }
    each_part(text, |part, is_code, resolved| {
        if is_code {
            resolved.push_str(part);
            return;
        }
        let mut letters = part.chars().peekable();
        while let Some(letter) = letters.next() {
            let sign = letters.next_if(|next| letter == '\\' && next.is_ascii_punctuation());
            resolved.push(sign.unwrap_or(letter));
        }
    })
}

/// The text as Markdown that resolves to it.
pub fn escaped(text: &str) -> String {
    let with_escapes = |signs: &[char]| {
        each_part(text, |part, is_code, escaped| {
            let mut letters = part.chars().peekable();
            while let Some(letter) = letters.next() {
                let is_meant = |next: &char| next.is_ascii_punctuation();
                let is_backslash = letter == '\\' && letters.peek().is_none_or(is_meant);
                if (!is_code || !signs.is_empty()) && (is_backslash || signs.contains(&letter)) {
                    escaped.push('\\');
                }
                escaped.push(letter);
            }
        })
    };
    if !text.contains('\\') {
        return text.to_owned();
    }
    let usual = with_escapes(&[]);
    if resolved(&usual) == text {
        return usual;
    }
    // An escape may begin or end code where there was none: without any code it cannot.
    with_escapes(&['\\', '`', '~'])
}

/// Builds a text from the parts of another one; each is code or is not.
fn each_part(text: &str, mut put: impl FnMut(&str, bool, &mut String)) -> String {
    let mut built = String::with_capacity(text.len());
    let mut start = 0;
    for code in code::ranges(text) {
        put(&text[start..code.start], false, &mut built);
        put(&text[code.start..code.end], true, &mut built);
        start = code.end;
    }
    put(&text[start..], false, &mut built);
    built
}
