//! Makes text that dwell did not write safe to show.
//!
//! A lesson or a reflection may hold anything, and a terminal obeys what it is sent. Control
//! characters and the marks that reorder text are shown in a visible form; all other text,
//! including joined emoji and right-to-left letters, stays as it is.

use std::borrow::Cow;
use std::fmt::Write;

use unicode_width::UnicodeWidthChar;

/// The text with everything a terminal could obey made visible. Line breaks and tabs stay, and
/// `\r\n` becomes a plain line break.
pub fn sanitise(text: &str) -> Cow<'_, str> {
    if !text.chars().any(is_unsafe) {
        return Cow::Borrowed(text);
    }
    let mut shown = String::with_capacity(text.len() + 16);
    let mut chars = text.chars().peekable();
    while let Some(c) = chars.next() {
        match c {
            '\r' if chars.peek() == Some(&'\n') => {}
            // Caret notation: ^@ to ^_, and ^? for DEL.
            '\0'..='\x1f' if is_unsafe(c) => {
                shown.push('^');
                shown.push(char::from(c as u8 + b'@'));
            }
            '\x7f' => shown.push_str("^?"),
            _ if is_unsafe(c) => {
                // Writing to a string cannot fail.
                let _ = write!(shown, "<U+{:04X}>", c as u32);
            }
            _ => shown.push(c),
        }
    }
    Cow::Owned(shown)
}

/// The text as one line: made safe, with line breaks and tabs as spaces.
pub fn one_line(text: &str) -> String {
    sanitise(text).split(['\n', '\t']).collect::<Vec<_>>().join(" ")
}

/// A line of JSON with every character escaped that a terminal could obey. Such characters stand
/// only inside strings, where JSON allows an escape for any of them: the value stays the same.
pub fn escape_in_json(json: &str) -> Cow<'_, str> {
    if !json.chars().any(is_unsafe) {
        return Cow::Borrowed(json);
    }
    let mut line = String::with_capacity(json.len() + 16);
    for c in json.chars() {
        if is_unsafe(c) {
            let mut units = [0; 2];
            for unit in c.encode_utf16(&mut units) {
                // Writing to a string cannot fail.
                let _ = write!(line, "\\u{unit:04x}");
            }
        } else {
            line.push(c);
        }
    }
    Cow::Owned(line)
}

/// Whether a terminal or a reader could be misled by this character: controls other than line
/// break and tab, and the marks that embed, override, isolate or annotate text.
pub fn is_unsafe(c: char) -> bool {
    (c.is_control() && c != '\n' && c != '\t')
        || matches!(c, '\u{202a}'..='\u{202e}' | '\u{2066}'..='\u{206f}' | '\u{fff9}'..='\u{fffb}')
}

/// Whether there is nothing to read in the text: no character, or only white space, controls and
/// characters that take no room, such as a byte-order mark.
pub fn is_blank(text: &str) -> bool {
    text.chars().all(|c| {
        c.is_whitespace()
            || c.is_control()
            || has_no_shape(c)
            // A letter is one also if it takes no room of its own.
            || (c.width() == Some(0) && !c.is_alphanumeric())
    })
}

/// Letters and signs that are made to show nothing: the soft hyphen, the fillers of Hangul and the
/// empty cell of Braille.
fn has_no_shape(c: char) -> bool {
    matches!(c, '\u{ad}' | '\u{115f}' | '\u{1160}' | '\u{2800}' | '\u{3164}' | '\u{ffa0}')
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    #[test]
    fn a_text_without_anything_to_read_is_blank() {
        for text in [
            "",
            " \t\n\u{a0}\u{3000}",
            "\u{feff}",
            "\u{200b} \u{200b}",
            "\u{2060}\u{200d}",
            "\u{ad}",
            "\u{3164}\u{ffa0}\u{2800}",
            "\u{200e}\u{202e}\u{fe0f}",
            "\u{e0041}\u{1b}",
        ] {
            assert!(is_blank(text), "{text:?}");
        }
        for text in
            ["a", "a\u{200b}b", ".", "…", "\u{2764}\u{fe0f}", "世", "\u{1161}", "ا", "😀", "–"]
        {
            assert!(!is_blank(text), "{text:?}");
        }
    }

    #[test]
    fn what_a_terminal_would_obey_becomes_visible() {
        for (text, wanted) in [
            ("\x1b]0;pwned\x07", "^[]0;pwned^G"),
            ("\x1b[31mred\x1b[0m", "^[[31mred^[[0m"),
            ("a\rb", "a^Mb"),
            ("a\r\nb", "a\nb"),
            ("\u{9b}31m", "<U+009B>31m"),
            ("\0\x7f", "^@^?"),
            ("abc\u{202e}cba", "abc<U+202E>cba"),
        ] {
            assert_eq!(sanitise(text), wanted);
        }
    }

    #[test]
    fn ordinary_text_of_any_script_is_left_alone() {
        for text in ["häß\n\tlich", "世界", "👩‍👩‍👧 🏴󠁧󠁢󠁥󠁮󠁧󠁿 ❤️", "שלום \u{200f}", "e\u{301}"]
        {
            assert!(matches!(sanitise(text), Cow::Borrowed(same) if same == text));
        }
    }

    proptest! {
        #[test]
        fn nothing_unsafe_is_left_and_a_second_pass_changes_nothing(text in any::<String>()) {
            let once = sanitise(&text).into_owned();
            prop_assert!(!once.chars().any(is_unsafe));
            prop_assert_eq!(sanitise(&once).into_owned(), once);
        }
    }
}
