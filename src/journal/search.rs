//! What a person searches for, and the form in which words can be found.
//!
//! Scripts that are written without spaces (Chinese, Japanese, Thai and others) have no words that
//! a program could tell apart without a dictionary, so each of their letters counts as one, and a
//! run of them is found by any part of it.

use std::borrow::Cow;

/// Stands between letters that are to be found one by one; never shown.
pub const BETWEEN: char = '\u{3}';
/// Stands before and after the words that a search found; shown in the manner of the page.
pub const OPEN: char = '\u{1}';
pub const CLOSE: char = '\u{2}';

/// The text in the form in which it is looked up: with [`BETWEEN`] before each letter of a script
/// without spaces, and without the marks themselves.
pub fn lookup_form(text: &str) -> Cow<'_, str> {
    let is_mark = |c: char| matches!(c, BETWEEN | OPEN | CLOSE);
    if !text.chars().any(|c| is_mark(c) || stands_alone(c)) {
        return Cow::Borrowed(text);
    }
    let mut form = String::with_capacity(text.len() * 4 / 3);
    let mut after_one = false;
    for c in text.chars() {
        let alone = stands_alone(c);
        // Also after the last one, where a letter of another script follows.
        if alone || (after_one && c.is_alphanumeric()) {
            form.push(BETWEEN);
        }
        form.push(if is_mark(c) { ' ' } else { c });
        after_one = alone;
    }
    Cow::Owned(form)
}

/// Whether a letter belongs to a script that is written without spaces, or, like Korean, with
/// particles joined to the word.
fn stands_alone(c: char) -> bool {
    matches!(c,
        // Thai, Lao; Burmese; Khmer: their letters, not the signs above and below them.
        '\u{e01}'..='\u{e30}' | '\u{e32}' | '\u{e33}' | '\u{e40}'..='\u{e46}'
        | '\u{e81}'..='\u{eb0}' | '\u{eb2}' | '\u{eb3}' | '\u{ec0}'..='\u{ec6}'
        | '\u{1000}'..='\u{102a}' | '\u{1780}'..='\u{17b3}'
        // Kana, bopomofo, Han, Hangul.
        | '\u{3005}'..='\u{3007}' | '\u{3041}'..='\u{3096}' | '\u{309d}'..='\u{309f}'
        | '\u{30a1}'..='\u{30ff}' | '\u{3105}'..='\u{312f}' | '\u{3400}'..='\u{4dbf}'
        | '\u{4e00}'..='\u{9fff}' | '\u{ac00}'..='\u{d7a3}' | '\u{f900}'..='\u{faff}'
        | '\u{ff66}'..='\u{ff9f}' | '\u{20000}'..='\u{3ffff}')
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn letters_of_scripts_without_spaces_are_set_apart() {
        for (text, wanted) in [
            ("plain Größe", "plain Größe"),
            ("世界は広い。", "|世|界|は|広|い。"),
            ("in 東京 2026", "in |東|京 2026"),
            ("東京tower", "|東|京|tower"),
            ("서울에서", "|서|울|에|서"),
            ("mark\u{1}ed", "mark ed"),
        ] {
            assert_eq!(lookup_form(text).replace(BETWEEN, "|"), wanted, "{text}");
        }
    }
}
