//! What Backspace takes away: an emoji, a flag, a keycap or a syllable of jamo whole, and otherwise
//! the last character, so that an accent or a vowel sign can be mended alone, as in Thai and Hindi.

use unicode_segmentation::UnicodeSegmentation;

use crate::text::hidden;

/// The bytes that one Backspace removes at the end of this text, in which no line ends; 0 if it is
/// empty.
pub fn last_to_delete(text: &str) -> usize {
    let Some(grapheme) = text.graphemes(true).next_back() else { return 0 };
    if is_one_sign(grapheme) {
        return grapheme.len();
    }
    // A selector cannot be seen, so it goes with the sign whose form it chose.
    let is_selector = |c: char| hidden::is_joiner_or_selector(c) && !hidden::is_joiner(c);
    let kept = grapheme.trim_end_matches(is_selector);
    let last = kept.chars().next_back().map_or(0, char::len_utf8);
    grapheme.len() - kept.len() + last
}

/// Whether a grapheme was chosen or composed as one sign.
fn is_one_sign(grapheme: &str) -> bool {
    const KEYCAP: char = '\u{20e3}';
    let is_jamo = |c| matches!(c, '\u{1100}'..='\u{11ff}' | '\u{a960}'..='\u{a97f}' | '\u{ac00}'..='\u{d7ff}');
    let is_of_flag = |c| matches!(c, '\u{1f1e6}'..='\u{1f1ff}');
    grapheme.starts_with(is_pictograph)
        || grapheme.ends_with(KEYCAP)
        || grapheme.chars().all(is_jamo)
        || grapheme.chars().all(is_of_flag)
}

/// Whether a joiner can make one emoji of this character and another.
fn is_pictograph(c: char) -> bool {
    !c.is_ascii()
        && [c, '\u{200d}', '\u{2764}'].iter().collect::<String>().graphemes(true).count() == 1
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    /// What Backspace leaves, after each press until the text is empty.
    fn presses(text: &str) -> Vec<&str> {
        let mut left = text;
        let mut all = Vec::new();
        while !left.is_empty() {
            left = &left[..left.len() - last_to_delete(left)];
            all.push(left);
        }
        all
    }

    #[test]
    fn a_sign_of_several_characters_goes_whole() {
        for sign in [
            "👩‍👩‍👧‍👦",
            "👍🏽",
            "❤️",
            "🏳️‍🌈",
            "🏴󠁧󠁢󠁥󠁮󠁧󠁿",
            "🇩🇪",
            "1️⃣",
            "#⃣",
            "©️",
            "\u{1112}\u{1161}\u{11ab}",
            "\u{ac00}\u{11a8}",
            "葛\u{e0100}",
            "a\u{fe0f}",
        ] {
            assert_eq!(presses(&format!("a{sign}")), ["a", ""], "{sign}");
            assert_eq!(presses(&format!("{sign}{sign}")), [sign, ""], "{sign}");
        }
        assert_eq!(presses("🇩🇪🇫"), ["🇩🇪", ""]);
        assert_eq!(presses("a👩\u{200d}"), ["a", ""]);
    }

    #[test]
    fn a_letter_loses_its_last_character_alone() {
        assert_eq!(presses("ที่"), ["ที", "ท", ""]);
        assert_eq!(presses("क्षि"), ["क्ष", "क्", "क", ""]);
        assert_eq!(presses("क्\u{200d}"), ["क्", "क", ""]);
        assert_eq!(presses("e\u{301}"), ["e", ""]);
        assert_eq!(presses("שָׁ"), ["שָ", "ש", ""]);
        assert_eq!(presses("世é "), ["世é", "世", ""]);
        assert_eq!(last_to_delete(""), 0);
    }

    proptest! {
        #[test]
        fn something_is_always_removed_and_the_rest_is_a_text(text in "[\\p{Any}&&[^\n]]{1,20}") {
            let removed = last_to_delete(&text);
            prop_assert!(removed > 0 && text.is_char_boundary(text.len() - removed));
        }
    }
}
