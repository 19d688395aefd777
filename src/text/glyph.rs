//! How a text is shown where it is written: each grapheme at the column where it stands.
//!
//! Nothing may disappear from the sight of its writer, and nothing may be obeyed by the terminal.
//! So what cannot be seen has a visible form, unless a letter needs it. Widths are those of the
//! cells in which the letters are drawn.

use std::borrow::Cow;

use unicode_normalization::char::is_combining_mark;
use unicode_segmentation::UnicodeSegmentation;
use unicode_width::UnicodeWidthStr;

use crate::text::hidden::{self, Look};
use crate::text::sanitise::{BREAK, push_visible};

/// One grapheme of a text.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Glyph<'a> {
    /// The byte at which it begins.
    pub at: usize,
    pub text: &'a str,
    /// What is drawn for it; it may be nothing.
    pub shown: Cow<'a, str>,
    /// The columns before it.
    pub column: usize,
    /// The columns that it takes.
    pub width: usize,
}

const TAB: usize = 4;
/// More characters than any letter has. The rest of a longer one is not drawn.
const MOST_CHARACTERS: usize = 32;
/// What a mark is drawn on that has no letter.
const DOTTED_CIRCLE: char = '\u{25cc}';

/// The glyphs of a row, in order.
pub fn glyphs(row: &str) -> impl Iterator<Item = Glyph<'_>> {
    let mut next = 0;
    row.grapheme_indices(true).map(move |(at, text)| {
        let column = next;
        let (shown, width) = match text.as_bytes() {
            [b' '..=b'~'] => (Cow::Borrowed(text), 1),
            b"\t" => {
                let width = TAB - column % TAB;
                (Cow::Borrowed(&"    "[..width]), width)
            }
            _ => {
                let shown = visible(text);
                let width = width(&shown);
                (shown, width)
            }
        };
        next += width;
        Glyph { at, text, shown, column, width }
    })
}

impl Glyph<'_> {
    /// Whether it is white space that may hang out of a row at its end.
    pub fn hangs(&self) -> bool {
        self.text.chars().all(|c| {
            matches!(
                c,
                ' ' | '\t' | '\u{1680}' | '\u{2000}'..='\u{2006}' | '\u{2008}'..='\u{200b}'
                    | '\u{205f}' | '\u{3000}'
            )
        })
    }
}

/// The columns of a text that is drawn grapheme by grapheme.
fn width(shown: &str) -> usize {
    // Terminals give a cell of its own to a voiced sound mark of half width.
    let sound_marks = shown.chars().filter(|c| matches!(c, '\u{ff9e}' | '\u{ff9f}')).count();
    shown.graphemes(true).map(UnicodeWidthStr::width).sum::<usize>() + sound_marks
}

/// What is drawn for a grapheme.
fn visible(grapheme: &str) -> Cow<'_, str> {
    let end = grapheme.char_indices().nth(MOST_CHARACTERS).map_or(grapheme.len(), |(at, _)| at);
    let grapheme = &grapheme[..end];
    if grapheme.starts_with(BREAK) {
        return Cow::Borrowed("");
    }
    let is_lone_mark = grapheme.starts_with(is_combining_mark);
    if !is_lone_mark && !hidden::may_change(grapheme) {
        return Cow::Borrowed(grapheme);
    }
    let mut shown = String::new();
    if is_lone_mark {
        shown.push(DOTTED_CIRCLE);
    }
    for (piece, look) in hidden::pieces(grapheme) {
        // Alone, a grapheme does not show whether the letter after it needs its joiner.
        let shapes = !shown.is_empty() && piece.chars().all(hidden::is_joiner_or_selector);
        match look {
            Look::AsItIs => shown.push_str(piece),
            Look::Hidden if shapes => shown.push_str(piece),
            _ => piece.chars().for_each(|c| push_visible(&mut shown, c)),
        }
    }
    Cow::Owned(shown)
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    fn shown(text: &str) -> String {
        glyphs(text).map(|glyph| glyph.shown.into_owned()).collect()
    }

    #[test]
    fn what_cannot_be_seen_has_a_visible_form_unless_a_letter_needs_it() {
        for (text, wanted) in [
            ("a\u{1b}[1m", "a^[[1m"),
            ("a\u{202e}b\r\u{85}", "a<U+202E>b^M<U+0085>"),
            ("a\u{2028}b\u{feff}", "a<U+2028>b<U+FEFF>"),
            ("a\u{200b}b\u{200e}c", "ab\u{200e}c"),
            ("a\u{e0067}", "a<U+E0067>"),
            ("\u{200d}", "<U+200D>"),
            ("\u{301}a", "\u{25cc}\u{301}a"),
            ("\u{93f}", "\u{25cc}\u{93f}"),
            ("می\u{200c}خواهم", "می\u{200c}خواهم"),
            ("क्\u{200d}ष", "क्\u{200d}ष"),
            ("❤\u{fe0f} 葛\u{e0100}", "❤\u{fe0f} 葛\u{e0100}"),
            ("🏴󠁧󠁢󠁥󠁮󠁧󠁿 👩‍👩‍👧 1️⃣", "🏴󠁧󠁢󠁥󠁮󠁧󠁿 👩‍👩‍👧 1️⃣"),
        ] {
            assert_eq!(shown(text), wanted, "{text:?}");
        }
    }

    #[test]
    fn a_tab_reaches_to_the_next_fourth_column() {
        let columns = |text| glyphs(text).map(|glyph| glyph.column).collect::<Vec<_>>();
        assert_eq!(columns("\ta\tb"), [0, 4, 5, 8]);
        assert_eq!(columns("世\tb"), [0, 2, 4]);
    }

    #[test]
    fn a_letter_with_ever_more_marks_is_drawn_with_some_of_them() {
        let text = format!("a{}", "\u{301}".repeat(10_000));
        assert!(shown(&text).chars().count() <= MOST_CHARACTERS);
    }

    proptest! {
        #[test]
        fn nothing_that_is_drawn_is_obeyed_by_a_terminal(text in "[\\p{Any}&&[^\n]]{0,40}") {
            let shown = shown(&text);
            prop_assert!(!shown.chars().any(crate::text::is_unsafe), "{shown:?}");
        }

        #[test]
        fn all_of_the_text_is_in_its_glyphs(text in "[\\p{Any}&&[^\n]]{0,40}") {
            let whole: String = glyphs(&text).map(|glyph| glyph.text).collect();
            prop_assert_eq!(whole, text);
        }
    }
}
