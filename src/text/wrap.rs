//! Wraps a line of text to a width, in any script: between words, between the characters of Chinese
//! and Japanese, and never inside an emoji.

use textwrap::WordSeparator;
use unicode_segmentation::UnicodeSegmentation;
use unicode_width::UnicodeWidthStr;

use crate::text::one_line;

/// Breaks one line of text into lines of at most `width` columns where the text allows it, and
/// between two graphemes where a word is wider than that. White space at a break is dropped; other
/// white space is kept.
pub fn wrap(line: &str, width: usize) -> Vec<String> {
    let mut lines = Vec::new();
    let mut current = String::new();
    // The columns that the line takes, and the white space before the next word on it.
    let (mut taken, mut space) = (0, "");
    for word in WordSeparator::UnicodeBreakProperties.find_words(line) {
        if taken > 0 && taken + space.width() + word.word.width() > width {
            lines.push(std::mem::take(&mut current));
            (taken, space) = (0, "");
        }
        current.push_str(space);
        taken += space.width();
        for grapheme in word.word.graphemes(true) {
            if taken > 0 && taken + grapheme.width() > width {
                lines.push(std::mem::take(&mut current));
                taken = 0;
            }
            current.push_str(grapheme);
            taken += grapheme.width();
        }
        space = word.whitespace;
    }
    lines.push(current);
    lines
}

/// The text on one line of at most `width` columns: whole, or its beginning and three dots.
pub fn shorten(text: &str, width: usize) -> String {
    let text = one_line(text);
    if text.width() <= width {
        return text;
    }
    let mut short = String::new();
    for grapheme in text.graphemes(true) {
        if short.width() + grapheme.width() + 3 > width {
            break;
        }
        short.push_str(grapheme);
    }
    format!("{}...", short.trim_end())
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    #[test]
    fn words_move_to_the_next_line_whole() {
        assert_eq!(wrap("one two three", 7), ["one two", "three"]);
        assert_eq!(wrap("  indented  text", 80), ["  indented  text"]);
        assert_eq!(wrap("", 10), [""]);
    }

    #[test]
    fn wide_letters_count_for_two_and_break_between_any_two() {
        assert_eq!(wrap("世界は広い", 4), ["世界", "は広", "い"]);
    }

    #[test]
    fn a_line_too_long_ends_in_three_dots() {
        assert_eq!(shorten("one two three", 13), "one two three");
        assert_eq!(shorten("one two three", 12), "one two t...");
        assert_eq!(shorten("one two three", 11), "one two...");
        assert_eq!(shorten("世界は広い", 9), "世界は...");
    }

    #[test]
    fn a_joined_emoji_is_never_taken_apart() {
        let family = "👩‍👩‍👧";
        for line in wrap(&family.repeat(7), 5) {
            assert_eq!(line.replace(family, ""), "", "{line}");
        }
    }

    proptest! {
        #[test]
        fn no_letter_is_lost_and_no_line_is_too_wide(text in "\\PC{0,80}", width in 2usize..30) {
            let lines = wrap(&text, width);
            let letters = |text: &str| text.split_whitespace().collect::<String>();
            prop_assert_eq!(letters(&lines.concat()), letters(&text));
            for line in &lines {
                prop_assert!(line.width() <= width || line.graphemes(true).count() == 1, "{line:?}");
            }
        }
    }
}
