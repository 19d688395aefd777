//! The rows of one paragraph where it is written: soft line breaks as places in the text, which
//! does not change.
//!
//! Rows break where [`wrap()`](crate::text::wrap()) would break, but for addresses and code, which
//! need not stay whole. Where a row ends depends only on the text from its start on. So after an
//! edit, rows are found again from those that saw the edited place until one begins where an old
//! one began; and rows are found only as far as somebody asks for them.

use std::ops::Range;

use textwrap::WordSeparator;

use crate::text::glyphs;

/// The rows of a paragraph at one width. It is given the same text at every call, or told of the
/// change by [`Rows::edit`].
#[derive(Debug, Clone)]
pub struct Rows {
    width: usize,
    known: Vec<Row>,
    /// Where the row after the known ones begins, if there is one.
    next: Option<usize>,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
struct Row {
    start: usize,
    /// The place in the text before which everything had a say in where this row ends.
    seen: usize,
}

/// What stands after the first grapheme too many may decide whether there is a break before it.
const GRAPHEMES_AFTER: usize = 2;
/// A row sees fewer rows than these after itself, even if each holds one grapheme.
const ROWS_SEEN: usize = 8;
/// After an edit, this number of rows is found again at once, in the hope to meet an old one.
const MOST_FOUND_AGAIN: usize = 100;

impl Rows {
    /// Rows of at most `width` columns, or of one grapheme that is wider.
    pub fn new(width: usize) -> Self {
        Self { width, known: Vec::new(), next: Some(0) }
    }

    pub fn width(&self) -> usize {
        self.width
    }

    /// The row in which this byte stands; the end of the text stands in the last row.
    pub fn at(&mut self, text: &str, byte: usize) -> usize {
        while self.next.is_some_and(|next| next <= byte) {
            self.find_next(text);
        }
        self.known.partition_point(|row| row.start <= byte).saturating_sub(1)
    }

    /// The bytes of a row, with the white space that hangs out of it.
    pub fn row(&mut self, text: &str, index: usize) -> Option<Range<usize>> {
        self.count(text, index + 1);
        let start = self.known.get(index)?.start;
        let after = self.known.get(index + 1).map(|row| row.start);
        Some(start..after.or(self.next).unwrap_or(text.len()))
    }

    /// How many rows there are, counted as far as `most`. An empty text has one.
    pub fn count(&mut self, text: &str, most: usize) -> usize {
        while self.known.len() < most && self.next.is_some() {
            self.find_next(text);
        }
        self.known.len().min(most)
    }

    /// Tells that these bytes were removed, and this number put in their place. The text is the new
    /// one.
    pub fn edit(&mut self, text: &str, removed: Range<usize>, added: usize) {
        let at = self.known.partition_point(|row| row.start <= removed.start);
        let Some(first) =
            (at.saturating_sub(ROWS_SEEN)..at).find(|row| self.known[*row].seen >= removed.start)
        else {
            return;
        };
        let moved = |at: usize| at - removed.end + removed.start + added;
        let old_next = self.next;
        let old = self.known.split_off(first);
        self.next = Some(old[0].start);
        let mut old = old
            .into_iter()
            .filter(|row| row.start >= removed.end)
            .map(|row| Row { start: moved(row.start), seen: moved(row.seen) })
            .peekable();
        for _ in 0..MOST_FOUND_AGAIN {
            let Some(start) = self.next else { return };
            while old.next_if(|row| row.start < start).is_some() {}
            if start >= removed.start + added && old.peek().is_some_and(|row| row.start == start) {
                self.known.extend(old);
                self.next = old_next.map(moved);
                return;
            }
            self.find_next(text);
        }
    }

    fn find_next(&mut self, text: &str) {
        let Some(start) = self.next else { return };
        let (end, seen) = first_row(&text[start..], self.width);
        self.known.push(Row { start, seen: start + seen });
        self.next = Some(start + end).filter(|end| *end < text.len());
    }
}

/// Where the first row of a text ends, and how much of the text was looked at.
fn first_row(text: &str, width: usize) -> (usize, usize) {
    let mut starts = Vec::with_capacity(width + GRAPHEMES_AFTER + 1);
    let mut too_many = None;
    let mut seen = text.len();
    for glyph in glyphs(text) {
        let is_too_many = glyph.at > 0 && glyph.column + glyph.width > width && !glyph.hangs();
        match too_many {
            None if is_too_many => too_many = Some((glyph.at, starts.len())),
            Some((_, before)) if starts.len() > before + GRAPHEMES_AFTER => {
                seen = glyph.at;
                break;
            }
            _ => {}
        }
        starts.push(glyph.at);
    }
    let Some((too_many, _)) = too_many else { return (text.len(), seen) };
    let mut at = 0;
    let breaks = WordSeparator::UnicodeBreakProperties.find_words(&text[..seen]).map(|word| {
        at += word.word.len() + word.whitespace.len();
        at
    });
    let breaks = breaks.take_while(|at| *at <= too_many);
    // There is never a break inside a grapheme.
    let last = breaks.filter(|at| starts.binary_search(at).is_ok()).last();
    (last.unwrap_or(too_many), seen)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::text::wrap;
    use proptest::prelude::*;

    fn rows(text: &str, width: usize) -> Vec<&str> {
        let mut rows = Rows::new(width);
        (0..).map_while(|index| rows.row(text, index)).map(|row| &text[row]).collect()
    }

    #[test]
    fn words_move_to_the_next_row_and_white_space_hangs() {
        assert_eq!(rows("", 5), [""]);
        assert_eq!(rows("one two", 7), ["one two"]);
        assert_eq!(rows("one two   three", 7), ["one two   ", "three"]);
        assert_eq!(rows("one two   ", 7), ["one two   "]);
        assert_eq!(rows("        a", 4), ["        ", "a"]);
        assert_eq!(rows("abc\td", 4), ["abc\t", "d"]);
        assert_eq!(rows("世界は広い", 4), ["世界", "は広", "い"]);
        assert_eq!(rows("abcdefg", 3), ["abc", "def", "g"]);
        assert_eq!(rows("世界", 1), ["世", "界"]);
        assert_eq!(rows("a \u{301}b", 1), ["a", " \u{301}", "b"]);
        assert_eq!(rows("ខ្ញុំ\u{200b}ស្រឡាញ់", 5), ["ខ្ញុំ\u{200b}", "ស្រឡាញ់"]);
    }

    #[test]
    fn a_row_is_found_without_those_after_it() {
        let text = "one two ".repeat(10_000);
        let mut rows = Rows::new(8);
        assert_eq!(rows.row(&text, 2), Some(16..24));
        assert_eq!(rows.known.len(), 3);
        assert_eq!(rows.at(&text, 80), 10);
        assert_eq!(rows.known.len(), 11);
        assert_eq!(rows.count(&text, 100), 100);
    }

    #[test]
    fn an_edit_finds_only_the_rows_around_it_again() {
        let mut text = "one two ".repeat(1_000);
        let mut rows = Rows::new(8);
        assert_eq!(rows.count(&text, usize::MAX), 1_000);
        let before = rows.known.clone();
        text.insert(4_000, 'x');
        rows.edit(&text, 4_000..4_000, 1);
        assert_eq!((rows.known.len(), rows.next), (1_000, None));
        let same = rows.known.iter().zip(&before).take_while(|(new, old)| new == old).count();
        assert!(same >= 497, "{same}");
    }

    /// Letters of every kind that matters for breaks, graphemes and widths.
    fn letters() -> impl Strategy<Value = String> {
        let signs = "abc  \t-–/.,)(\"'1%$!«»世界は、。ไี่คन्ि\u{301}\u{200b}\u{200d}\u{a0}\u{ad}\
                     🇩🇪👩🏽❤\u{fe0f}\u{1100}\u{1161}\u{11a8}\u{1b}[\u{2028}\u{85}\u{3000}ﾊﾞא";
        let signs: Vec<char> = signs.chars().collect();
        prop::collection::vec(prop::sample::select(signs), 0..60)
            .prop_map(|letters| letters.into_iter().collect())
    }

    /// The nearest place at or before this one that is between two characters.
    fn floor(text: &str, at: usize) -> usize {
        (0..=at.min(text.len())).rev().find(|at| text.is_char_boundary(*at)).expect("0")
    }

    proptest! {
        #[test]
        fn every_byte_is_in_one_row_and_no_row_is_too_wide(text in letters(), width in 1usize..12) {
            let rows = rows(&text, width);
            prop_assert_eq!(rows.concat(), text.clone());
            for row in rows {
                let glyphs: Vec<_> = glyphs(row).collect();
                let hanging = glyphs.iter().rev().take_while(|glyph| glyph.hangs()).count();
                let shown = &glyphs[..glyphs.len() - hanging];
                let taken = shown.last().map_or(0, |glyph| glyph.column + glyph.width);
                prop_assert!(taken <= width || shown.len() == 1, "{row:?} takes {taken}");
            }
        }

        #[test]
        fn prose_breaks_where_it_is_wrapped_elsewhere(
            words in prop::collection::vec("[a-zé世]{1,3}[,.]?", 1..20), width in 8usize..30,
        ) {
            let text = words.join(" ");
            let rows: Vec<_> = rows(&text, width).into_iter().map(str::trim).collect();
            let lines = wrap(&text, width);
            prop_assert_eq!(rows, lines.iter().map(|line| line.trim()).collect::<Vec<_>>());
        }

        #[test]
        fn edits_give_the_rows_of_the_whole_text(
            text in letters(),
            edits in prop::collection::vec((0usize..200, 0usize..8, letters()), 1..6),
            known in 0usize..80, width in 1usize..12,
        ) {
            let mut text = text;
            let mut rows = Rows::new(width);
            for (at, length, new) in edits {
                rows.count(&text, known);
                let start = floor(&text, at);
                let removed = start..floor(&text, start + length).max(start);
                let new = &new[..floor(&new, at % 20)];
                text.replace_range(removed.clone(), new);
                rows.edit(&text, removed, new.len());
                let mut anew = Rows::new(width);
                for index in 0..rows.known.len() {
                    prop_assert_eq!(anew.row(&text, index), rows.clone().row(&text, index));
                }
            }
            let mut anew = Rows::new(width);
            anew.count(&text, usize::MAX);
            rows.count(&text, usize::MAX);
            prop_assert_eq!(&rows.known, &anew.known);
        }
    }
}
