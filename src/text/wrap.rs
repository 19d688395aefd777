//! Wraps a line of text to a width, in any script: between words, between the characters of Chinese
//! and Japanese, and never inside an emoji, an address or code.

use std::ops::Range;

use textwrap::WordSeparator;
use unicode_segmentation::UnicodeSegmentation;
use unicode_width::UnicodeWidthStr;

use crate::text::sanitise::BREAK;
use crate::text::{one_line, plain, whole};

/// The columns that a letter may take.
const WIDEST_LETTER: usize = 2;

/// Breaks one line of text into lines of at most `width` columns where the text allows it, and
/// between two graphemes where a word is wider than that. An address, a path or code between
/// backticks stays whole, also if it is wider. White space at a break is dropped; other white space
/// is kept, unless it fills a line before its first word.
pub fn wrap(line: &str, width: usize) -> Vec<String> {
    wrap_lines(line, "", 0, width)
}

/// The same with all lines but the first one indented, as far as the mark or label at the beginning
/// of the line is wide, so that they stand below the text after it.
pub fn wrap_below(line: &str, mark: &str, width: usize) -> Vec<String> {
    wrap_lines(line, mark, mark.width().min(width / 2), width)
}

/// The same with this indentation. There is no break before or inside the mark.
pub fn wrap_lines(line: &str, mark: &str, indent: usize, width: usize) -> Vec<String> {
    let mut lines = Lines::new(indent, width);
    if plain::is_plain(line) {
        lines.put_all(words(line, mark.len(), &[], plain::words(line)));
    } else {
        lines.put_all(words(line, mark.len(), &whole::parts(line), unicode_words(line)));
    }
    lines.done.push(lines.current);
    lines.done
}

/// Lines that are being filled.
struct Lines {
    indent: usize,
    width: usize,
    done: Vec<String>,
    current: String,
    /// The columns that the current line takes.
    taken: usize,
    has_text: bool,
}

impl Lines {
    fn new(indent: usize, width: usize) -> Self {
        let (done, current) = (Vec::new(), String::new());
        Self { indent, width, done, current, taken: 0, has_text: false }
    }

    fn put_all<'a>(&mut self, words: impl Iterator<Item = Word<'a>>) {
        // The white space before the next word.
        let mut space = "";
        for Word { text, after, is_whole } in words {
            self.put(space, text, is_whole);
            space = after;
        }
    }

    fn put(&mut self, space: &str, word: &str, is_whole: bool) {
        let (before, width) = (columns(space), columns(word));
        if self.has_text && self.taken + before + width > self.width {
            self.break_line();
        } else if self.has_text || self.taken + before + WIDEST_LETTER <= self.width {
            self.current.push_str(space);
            self.taken += before;
        }
        if is_whole || (is_printable_ascii(word) && self.taken + width <= self.width) {
            return self.push(word, width);
        }
        for grapheme in word.graphemes(true) {
            let width = grapheme.width();
            if self.has_text && self.taken + width > self.width {
                self.break_line();
            }
            self.push(grapheme, width);
        }
    }

    fn push(&mut self, text: &str, width: usize) {
        if text.is_ascii() {
            self.current.push_str(text);
        } else {
            self.current.extend(text.chars().filter(|c| *c != BREAK));
        }
        self.taken += width;
        self.has_text |= width > 0;
    }

    fn break_line(&mut self) {
        let next = " ".repeat(self.indent);
        self.done.push(std::mem::replace(&mut self.current, next));
        (self.taken, self.has_text) = (self.indent, false);
    }
}

/// A part of a line that is only broken if it is wider than a line, and the white space after it.
struct Word<'a> {
    text: &'a str,
    after: &'a str,
    /// It is not broken even then.
    is_whole: bool,
}

/// The words of a line, of which the first one holds the mark at its beginning. `found` has the
/// bytes between two places to break: of a word, and of the white space after it. There is no break
/// inside `parts`.
fn words<'a>(
    line: &'a str,
    mark: usize,
    parts: &[Range<usize>],
    found: impl Iterator<Item = (usize, usize)>,
) -> impl Iterator<Item = Word<'a>> {
    let mut found = found.peekable();
    let (mut start, mut at_break, mut at_word) = (0, 0, 0);
    std::iter::from_fn(move || {
        let (word, space) = found.next()?;
        let mut end = start + word;
        let mut next = end + space;
        while found.peek().is_some() && (next <= mark || is_inside(parts, &mut at_break, next)) {
            let (word, space) = found.next()?;
            end = next + word;
            next = end + space;
        }
        let (text, after) = line[start..next].split_at(end - start);
        let is_whole = is_any_in(parts, &mut at_word, start..end);
        start = next;
        Some(Word { text, after, is_whole })
    })
}

/// The words of a line between the places to break that Unicode names.
fn unicode_words(line: &str) -> impl Iterator<Item = (usize, usize)> {
    let found = WordSeparator::UnicodeBreakProperties.find_words(line);
    found.map(|word| (word.word.len(), word.whitespace.len()))
}

/// The columns that a text takes.
fn columns(text: &str) -> usize {
    if is_printable_ascii(text) { text.len() } else { text.width() }
}

fn is_printable_ascii(text: &str) -> bool {
    text.bytes().all(|byte| matches!(byte, b' '..=b'~'))
}

/// Whether a break at this place would be inside one of these parts.
fn is_inside(parts: &[Range<usize>], at: &mut usize, place: usize) -> bool {
    is_any_in(parts, at, place - 1..place) && parts[*at].end > place
}

/// Whether one of these parts, which are in order, overlaps a range. `at` is the first part that
/// may do so, and is moved on: the ranges that are asked for are in order too.
fn is_any_in(parts: &[Range<usize>], at: &mut usize, range: Range<usize>) -> bool {
    while parts.get(*at).is_some_and(|part| part.end <= range.start) {
        *at += 1;
    }
    parts.get(*at).is_some_and(|part| part.start < range.end)
}

/// The text on one line of at most `width` columns: whole, or its beginning and a sign that more
/// would follow.
pub fn shorten(text: &str, width: usize, utf8: bool) -> String {
    let text = one_line(text);
    if columns(&text) <= width {
        return text;
    }
    let more = if utf8 { "\u{2026}" } else { "..." };
    let room = width.saturating_sub(more.width());
    let (mut end, mut taken) = (0, 0);
    for (at, grapheme) in text.grapheme_indices(true) {
        taken += grapheme.width();
        if taken > room {
            break;
        }
        end = at + grapheme.len();
    }
    format!("{}{more}", text[..end].trim_end())
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
    fn white_space_that_fills_a_line_is_dropped() {
        for width in [2, 20, 72] {
            assert_eq!(wrap(&format!("{}x", " ".repeat(width)), width), ["x"]);
            let wide = format!("{}世", " ".repeat(width - 1));
            assert_eq!(wrap(&wide, width), ["世"]);
        }
        assert_eq!(wrap("        世界", 10), ["        世", "界"]);
    }

    #[test]
    fn wide_letters_count_for_two_and_break_between_any_two() {
        assert_eq!(wrap("世界は広い", 4), ["世界", "は広", "い"]);
    }

    #[test]
    fn a_line_too_long_ends_in_a_sign_that_more_would_follow() {
        assert_eq!(shorten("one two three", 13, false), "one two three");
        assert_eq!(shorten("one two three", 12, false), "one two t...");
        assert_eq!(shorten("one two three", 11, false), "one two...");
        assert_eq!(shorten("世界は広い", 9, false), "世界は...");
        assert_eq!(shorten("one two three", 12, true), "one two thr…");
        assert_eq!(shorten("one two three", 9, true), "one two…");
    }

    #[test]
    fn addresses_paths_and_code_are_not_broken_at_any_width() {
        let whole = [
            "https://example.org/a-long-way/to-go?and=more#than-this",
            "`cargo test --offline -q --test cli`",
            "file:///home/anna/a/path/of/some/length.txt",
            "~/.local/share/dwell/journal.db",
        ];
        let text =
            format!("see {} and {}, then {} and {} too", whole[0], whole[1], whole[2], whole[3]);
        for width in 1..90 {
            let lines = wrap(&text, width);
            for part in whole {
                assert!(lines.iter().any(|line| line.contains(part)), "{width}: {lines:?}");
            }
        }
        assert_eq!(wrap("a `b c` d", 4), ["a", "`b c`", "d"]);
        assert_eq!(
            wrap("詳しくはhttps://a.example/b。次", 8),
            ["詳しくは", "https://a.example/b。", "次"]
        );
    }

    #[test]
    fn lines_below_a_mark_are_indented_under_its_text() {
        assert_eq!(wrap_below("- one two three", "- ", 9), ["- one two", "  three"]);
        assert_eq!(wrap_below("10. abcdefgh", "10. ", 8), ["10. abcd", "    efgh"]);
        // The indentation leaves at least half of the width.
        assert_eq!(wrap_below("- [ ] one two", "- [ ] ", 9), ["- [ ] one", "    two"]);
        assert_eq!(
            wrap_below("- https://a.example/b c", "- ", 6),
            ["- https://a.example/b", "  c"]
        );
    }

    #[test]
    fn a_place_to_break_in_scripts_without_spaces_is_used_and_not_shown() {
        assert_eq!(wrap("ខ្ញុំ\u{200b}ស្រឡាញ់\u{200b}សៀវភៅ", 5), ["ខ្ញុំ", "ស្រឡាញ់", "សៀវភៅ"]);
    }

    #[test]
    fn a_joined_emoji_is_never_taken_apart() {
        let family = "👩‍👩‍👧";
        for line in wrap(&family.repeat(7), 5) {
            assert_eq!(line.replace(family, ""), "", "{line}");
        }
    }

    /// The same by the tables of Unicode alone.
    fn wrap_by_unicode(line: &str, mark: &str, indent: usize, width: usize) -> Vec<String> {
        let mut lines = Lines::new(indent, width);
        lines.put_all(words(line, mark.len(), &whole::parts(line), unicode_words(line)));
        lines.done.push(lines.current);
        lines.done
    }

    proptest! {
        #[test]
        fn plain_lines_are_wrapped_as_all_others_are(
            line in prop_oneof!["[a-c0-2 .,;:!?()'\"-]{0,40}", "([a-z]{1,9}[ .,'-]{1,3}){0,9}", "[ -~]{0,40}"],
            mark in 0usize..4,
            indent in 0usize..4,
            width in 1usize..30,
        ) {
            let mark = &line[..mark.min(line.len())];
            let wanted = wrap_by_unicode(&line, mark, indent, width);
            prop_assert_eq!(wrap_lines(&line, mark, indent, width), wanted);
        }

        #[test]
        fn no_letter_is_lost_and_no_line_is_too_wide(text in "\\PC{0,80}", width in 2usize..30) {
            let lines = wrap(&text, width);
            let letters = |text: &str| text.split_whitespace().collect::<String>();
            prop_assert_eq!(letters(&lines.concat()), letters(&text).replace(BREAK, ""));
            let may_be_wide = |line: &str| {
                line.graphemes(true).count() == 1 || !whole::parts(&text).is_empty()
            };
            for line in &lines {
                prop_assert!(line.width() <= width || may_be_wide(line), "{line:?}");
            }
        }
    }
}
