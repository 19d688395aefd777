//! Makes text that dwell did not write safe to show.
//!
//! A lesson or a reflection may hold anything, and a terminal obeys what it is sent. Control
//! characters and the marks that reorder text are shown in a visible form. Characters that nobody
//! can see are left out where no letter needs them, because text can be hidden in them. All other
//! text, including joined emoji and right-to-left letters, stays as it is. What is stored does not
//! change.

use std::borrow::Cow;
use std::fmt::Write;

use unicode_width::UnicodeWidthChar;

use crate::text::hidden::{self, Look};

/// Where a line may be broken between two letters, as Khmer and Thai need it.
pub(super) const BREAK: char = '\u{200b}';

/// The text as it can be shown safely, on as many lines as it has. Line breaks and tabs stay; other
/// line separators become a line break.
pub fn sanitise(text: &str) -> Cow<'_, str> {
    safe(text, false)
}

/// The text as one line: made safe, with line breaks and tabs as spaces. Each name or value from
/// outside that stands in a sentence goes through this, so that it cannot begin a line of its own.
pub fn one_line(text: &str) -> String {
    flat(sanitise(text))
}

/// As [`sanitise`], with [`BREAK`] left in for [`wrap()`](crate::text::wrap()), which takes it out.
pub(super) fn sanitise_to_wrap(text: &str) -> Cow<'_, str> {
    safe(text, true)
}

/// As [`one_line`], with [`BREAK`] left in.
pub(super) fn one_line_to_wrap(text: &str) -> String {
    flat(safe(text, true))
}

fn flat(text: Cow<'_, str>) -> String {
    if [b'\n', b'\t'].iter().any(|byte| text.as_bytes().contains(byte)) {
        text.replace(['\n', '\t'], " ")
    } else {
        text.into_owned()
    }
}

fn safe(text: &str, keeps_breaks: bool) -> Cow<'_, str> {
    if !hidden::may_change(text) {
        return Cow::Borrowed(text);
    }
    let mut shown = String::with_capacity(text.len() + 16);
    for (piece, look) in hidden::pieces(text) {
        match look {
            Look::AsItIs => shown.push_str(piece),
            Look::Hidden if keeps_breaks && piece.starts_with(BREAK) => shown.push(BREAK),
            Look::Hidden => {}
            Look::LineBreak => shown.push('\n'),
            Look::InVisibleForm => piece.chars().for_each(|c| push_visible(&mut shown, c)),
        }
    }
    Cow::Owned(shown)
}

/// Adds the visible form of a character.
pub(super) fn push_visible(shown: &mut String, c: char) {
    match c {
        // Caret notation: ^@ to ^_, and ^? for DEL.
        '\0'..='\x1f' => shown.extend(['^', char::from(c as u8 + b'@')]),
        '\x7f' => shown.push_str("^?"),
        _ => {
            // Writing to a string cannot fail.
            let _ = write!(shown, "<U+{:04X}>", c as u32);
        }
    }
}

/// A line of JSON with every character escaped that is not shown as it is. Such characters stand
/// only inside strings, where JSON allows an escape for any of them: the value stays the same.
pub fn escape_in_json(json: &str) -> Cow<'_, str> {
    if !hidden::may_change(json) {
        return Cow::Borrowed(json);
    }
    let mut line = String::with_capacity(json.len() + 16);
    for (piece, look) in hidden::pieces(json) {
        if look == Look::AsItIs {
            line.push_str(piece);
            continue;
        }
        for unit in piece.encode_utf16() {
            // Writing to a string cannot fail.
            let _ = write!(line, "\\u{unit:04x}");
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

/// Whether this character ends a line for some program: the line break, and all that Unicode calls
/// a mandatory break.
pub fn is_line_break(c: char) -> bool {
    matches!(c, '\n' | '\r' | '\u{b}' | '\u{c}' | '\u{85}' | '\u{2028}' | '\u{2029}')
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
    #[cfg(unix)]
    use crate::text::testing::assert_linear;
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
        for text in [
            "häß\n\tlich",
            "世界",
            "👩‍👩‍👧 🏴󠁧󠁢󠁥󠁮󠁧󠁿 ❤️ 👁️‍🗨️ 🏳️‍🌈 🧑🏽‍🦰 🏴‍☠️ 1️⃣",
            "שלום \u{200f}",
            "e\u{301}",
            "می\u{200c}خواهم",
            "ه\u{200d}",
            "क्\u{200d}ष and क्\u{200c}ष",
            "র\u{200d}্য",
            "ශ්\u{200d}රී",
            "葛\u{e0100}城",
        ] {
            assert_eq!(sanitise(text), text, "{text:?}");
        }
    }

    #[test]
    fn what_nobody_can_see_is_left_out_where_no_letter_needs_it() {
        for (text, wanted) in [
            ("a\u{200b}b\u{2060}c\u{feff}d\u{ad}e", "abcde"),
            ("a\u{200d}b\u{200c}c \u{200d} \u{200c}", "abc  "),
            ("1\u{61c}2\u{180e}3\u{2061}4\u{2064}5", "12345"),
            ("\u{3164}a\u{ffa0}\u{115f}\u{1160}\u{1d173}\u{1d17a}b", "ab"),
            ("a\u{e0001}\u{e0068}\u{e0069}\u{e007f}b", "ab"),
            // A flag hides no more than a flag needs.
            ("🏴\u{e0068}\u{e0069}", "🏴"),
            ("🏴\u{e0067}\u{e0062}\u{e0073}\u{e0063}\u{e0074}\u{e007f}\u{e0041}", "🏴󠁧󠁢󠁳󠁣󠁴󠁿"),
            ("😀\u{fe00}\u{fe01}\u{e0101}\u{e0102}!\u{fe0f}", "😀\u{fe00}!\u{fe0f}"),
            ("می\u{200c}\u{200d}\u{200c}", "می\u{200d}"),
            ("👩\u{200d}", "👩"),
            ("👩\u{200d}a", "👩a"),
        ] {
            assert_eq!(sanitise(text), wanted, "{text:?}");
        }
    }

    #[test]
    fn one_line_is_one_line_whatever_ends_a_line_elsewhere() {
        assert_eq!(sanitise("a\u{2028}b\u{2029}c"), "a\nb\nc");
        assert_eq!(one_line("a\u{2028}b\u{2029}c\nd\te\r\nf"), "a b c d e f");
        assert_eq!(one_line("a\u{85}b\u{b}c\u{c}d\re"), "a<U+0085>b^Kc^Ld^Me");
    }

    /// Texts of the characters that are treated in a special way, and some that are not.
    fn special() -> impl Strategy<Value = String> {
        let signs = "a1 \n\t\r\u{1b}\u{85}\u{ad}\u{61c}یخ\u{64e}क्\u{200b}\u{200c}\u{200d}\u{2028}\
                     \u{202e}\u{2066}\u{3164}\u{fe0f}\u{fe00}\u{feff}👩🏽❤🏴\u{e0067}\u{e0062}\u{e007f}\u{e0100}世\u{301}";
        let signs: Vec<char> = signs.chars().collect();
        prop::collection::vec(prop::sample::select(signs), 0..24)
            .prop_map(|letters| letters.into_iter().collect())
    }

    #[cfg(unix)]
    #[test]
    fn the_time_grows_as_the_text_does() {
        assert_linear("one line", 4_000, |text| _ = one_line(text));
        assert_linear("what JSON escapes", 4_000, |text| _ = escape_in_json(text).len());
        assert_linear("what is blank", 4_000, |text| _ = is_blank(text));
    }

    #[test]
    fn no_character_is_passed_over_that_may_not_be_shown_as_it_is() {
        for c in '\0'..=char::MAX {
            let alone = c.to_string();
            assert!(hidden::may_change(&alone) || sanitise_to_wrap(&alone) == alone, "{c:?}");
            let after = format!("some words{c}");
            assert_eq!(hidden::may_change(&after), hidden::may_change(&alone), "{c:?}");
        }
    }

    proptest! {
        #[test]
        fn nothing_unsafe_is_left_and_a_second_pass_changes_nothing(
            text in prop_oneof![any::<String>(), special()],
        ) {
            let once = sanitise(&text).into_owned();
            prop_assert!(!once.chars().any(is_unsafe));
            prop_assert_eq!(sanitise(&once).into_owned(), once);
            prop_assert!(!one_line(&text).chars().any(is_line_break));
        }
    }
}
