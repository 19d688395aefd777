//! What changed between two texts, in words: which were removed, and which were added in their
//! place.
//!
//! White space is not a word: a text with other line breaks is the same text.

use similar::{Algorithm, DiffOp, capture_diff_slices_by_key};
use unicode_segmentation::UnicodeSegmentation;

/// One change, with the words as they stand in the two texts. At least one of the two is not empty.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Edit<'a> {
    pub removed: &'a str,
    pub added: &'a str,
}

/// At most this many pieces of both texts together are compared. That takes half a second if the
/// texts share nothing, and is enough for a hundred thousand characters each, in any script.
const MOST_PIECES: usize = 200_000;

/// Up to this many equal words between two changes are easier to read as part of one change.
const WIDEST_GAP: usize = 2;

/// A part of a text, with the byte at which it begins.
type Piece<'a> = (usize, &'a str);

/// The changes that turn one text into another, in order. Long texts are compared line by line, and
/// very long ones count as replaced whole.
pub fn edits<'a>(before: &'a str, after: &'a str) -> Vec<Edit<'a>> {
    let (start, end) = same_lines_around(before, after);
    let texts = [before, after].map(|text| &text[start..text.len() - end]);
    let is_small = |pieces: &[Vec<Piece>; 2]| pieces[0].len() + pieces[1].len() <= MOST_PIECES;
    let pieces = [words, lines, whole].into_iter().map(|split| texts.map(split)).find(is_small);
    pieces.map(|pieces| compare(texts, &pieces)).unwrap_or_default()
}

/// The bytes of the whole lines that are equal at the start, and at the end, of both texts.
fn same_lines_around(before: &str, after: &str) -> (usize, usize) {
    let (old, new) = (before.as_bytes(), after.as_bytes());
    let same = old.iter().zip(new).take_while(|(one, other)| one == other).count();
    let start = old[..same].iter().rposition(|byte| *byte == b'\n').map_or(0, |at| at + 1);
    let (old, new) = (&old[start..], &new[start..]);
    let ends = old.iter().rev().zip(new.iter().rev());
    let same = ends.take_while(|(one, other)| one == other).count();
    let end = &old[old.len() - same..];
    (start, end.iter().position(|byte| *byte == b'\n').map_or(0, |at| end.len() - at))
}

fn words(text: &str) -> Vec<Piece<'_>> {
    text.split_word_bound_indices().filter(|(_, word)| !word.trim().is_empty()).collect()
}

fn lines(text: &str) -> Vec<Piece<'_>> {
    let mut next = 0;
    let lines = text.split_inclusive('\n').map(|line| {
        next += line.len();
        (next - line.len(), line.trim_end())
    });
    lines.filter(|(_, line)| !line.is_empty()).collect()
}

fn whole(text: &str) -> Vec<Piece<'_>> {
    vec![(0, text)]
}

fn compare<'a>(texts: [&'a str; 2], [old, new]: &[Vec<Piece<'a>>; 2]) -> Vec<Edit<'a>> {
    // This algorithm matches rare words first, as a reader does, and stays fast where the texts
    // have little in common.
    let operations = capture_diff_slices_by_key(Algorithm::Histogram, old, new, |(_, text)| *text);
    let mut changed: Vec<DiffOp> = Vec::new();
    for operation in operations {
        match (operation, changed.last_mut()) {
            (DiffOp::Equal { .. }, _) => {}
            (next, Some(last)) if belong_together(last, &next) => *last = merged(last, &next),
            (next, _) => changed.push(next),
        }
    }
    let edit = |operation: DiffOp| Edit {
        removed: part(texts[0], &old[operation.old_range()]),
        added: part(texts[1], &new[operation.new_range()]),
    };
    changed.into_iter().map(edit).collect()
}

/// Whether two changes are shown as one. Words that were only added, or only removed, stay apart:
/// together they would show the words between them as replaced.
fn belong_together(one: &DiffOp, next: &DiffOp) -> bool {
    let replaces = |operation: &DiffOp| matches!(operation, DiffOp::Replace { .. });
    match next.old_range().start - one.old_range().end {
        0 => true,
        between => between <= WIDEST_GAP && (replaces(one) || replaces(next)),
    }
}

fn merged(one: &DiffOp, next: &DiffOp) -> DiffOp {
    let (old_index, new_index) = (one.old_range().start, one.new_range().start);
    DiffOp::Replace {
        old_index,
        old_len: next.old_range().end - old_index,
        new_index,
        new_len: next.new_range().end - new_index,
    }
}

/// The part of a text from the first of these pieces to the last.
fn part<'a>(text: &'a str, pieces: &[Piece<'a>]) -> &'a str {
    match (pieces.first(), pieces.last()) {
        (Some((start, _)), Some((end, last))) => &text[*start..end + last.len()],
        _ => "",
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    fn pairs<'a>(before: &'a str, after: &'a str) -> Vec<(&'a str, &'a str)> {
        edits(before, after).into_iter().map(|change| (change.removed, change.added)).collect()
    }

    #[test]
    fn words_are_removed_added_and_replaced_in_order() {
        for (before, after, wanted) in [
            ("", "", vec![]),
            ("the same", "the same", vec![]),
            ("", "all of it", vec![("", "all of it")]),
            ("all of it", "", vec![("all of it", "")]),
            ("I went out.", "I went home.", vec![("out", "home")]),
            ("I went out.", "I never went out.", vec![("", "never")]),
            ("I never went out.", "I went out.", vec![("never", "")]),
            ("I can't stop.", "I can stop.", vec![("can't", "can")]),
            (
                "Anna called and I was out all day",
                "Anton called and I was out all night",
                vec![("Anna", "Anton"), ("day", "night")],
            ),
            ("世界は広い", "世界は狭い", vec![("広", "狭")]),
            ("👩‍👩‍👧 at home", "👩‍👩‍👦 at home", vec![("👩‍👩‍👧", "👩‍👩‍👦")]),
        ] {
            assert_eq!(pairs(before, after), wanted, "{before} -> {after}");
        }
    }

    #[test]
    fn words_added_below_are_one_change_with_their_lines() {
        let before = "One.\n\nTwo two.";
        let after = "One.\n\nTwo two.\n\nThree three.\nFour.\n\nFive.";
        assert_eq!(pairs(before, after), [("", "Three three.\nFour.\n\nFive.")]);
        assert_eq!(pairs(after, before), [("Three three.\nFour.\n\nFive.", "")]);
        // Even where the end is the same.
        assert_eq!(pairs("One.\n\nTwo.", "One.\n\nMore.\n\nTwo."), [("", "More.")]);
    }

    #[test]
    fn a_word_or_two_between_replaced_ones_go_with_them() {
        let (before, after) = ("it was a long and hard way", "it was a short and soft way");
        assert_eq!(pairs(before, after), [("long and hard", "short and soft")]);
        let (before, after) = ("a way to go there", "a long way to go right there");
        assert_eq!(pairs(before, after), [("", "long"), ("", "right")]);
    }

    #[test]
    fn a_change_of_white_space_alone_is_no_edit() {
        assert_eq!(pairs("one two\nthree", "one\n\n two   three\n"), []);
        assert_eq!(pairs("one\r\ntwo", "one\ntwo"), []);
    }

    /// `count` numbers below `different`, the same at every run, in no order.
    fn numbers(count: usize, different: u64, mut seed: u64) -> impl Iterator<Item = u64> {
        std::iter::repeat_with(move || {
            seed = seed.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1);
            (seed >> 33) % different
        })
        .take(count)
    }

    #[test]
    fn long_texts_are_compared_fast_however_little_they_share() {
        let ideographs = |seed| {
            let letter = |number| char::from_u32(0x4e00 + u32::try_from(number).ok()?);
            numbers(100_000, 3000, seed).filter_map(letter).collect::<String>()
        };
        let words = |seed| {
            let word = |number| format!("w{number:03}. ");
            numbers(17_000, 500, seed).map(word).collect::<Vec<_>>().concat()
        };
        for [before, after] in [[1, 2].map(ideographs), [1, 2].map(words)] {
            let started = std::time::Instant::now();
            assert!(!edits(&before, &after).is_empty());
            // Without optimisation it takes ten times as long.
            assert!(started.elapsed().as_secs() < 10, "{:?}", started.elapsed());
        }
    }

    #[test]
    fn texts_that_are_too_long_for_words_are_compared_by_lines_and_then_as_wholes() {
        let line = "a b c d e f g h i j k l m n o p\n";
        let (first, last) = ("a first line\n", "and a last one");
        let before = format!("{first}{}{last}", line.repeat(7000));
        let after = before.replace("first", "1st").replace("last", "Last");
        assert_eq!(
            pairs(&before, &after),
            [("a first line", "a 1st line"), ("and a last one", "and a Last one")]
        );
        // One line in the middle of many is compared by words all the same.
        let middle = |word: &str| format!("{before}\nthe {word} line\n{before}");
        assert_eq!(pairs(&middle("old"), &middle("new")), [("old", "new")]);
        let short = |letter: &str| format!("{letter}\n").repeat(120_000);
        let (before, after) = (format!("a\n{}", short("b")), format!("c\n{}d", short("b")));
        assert_eq!(pairs(&before, &after).len(), 1);
    }

    /// The words of a text that are in none of its parts, which must be in order.
    fn outside<'a>(text: &'a str, parts: impl Iterator<Item = &'a str>) -> Vec<&'a str> {
        let mut end = 0;
        let mut left = words(text);
        for part in parts.filter(|part| !part.is_empty()) {
            let start = part.as_ptr().addr() - text.as_ptr().addr();
            assert!(start >= end, "{part:?} is out of order");
            end = start + part.len();
            left.retain(|(at, _)| !(start..end).contains(at));
        }
        left.into_iter().map(|(_, word)| word).collect()
    }

    proptest! {
        #[test]
        fn what_was_neither_removed_nor_added_is_the_same_in_both(
            before in "[ab .\n世]{0,60}",
            after in "[ab .\n世]{0,60}",
        ) {
            let found = edits(&before, &after);
            prop_assert!(found.iter().all(|one| !one.removed.is_empty() || !one.added.is_empty()));
            prop_assert_eq!(
                outside(&before, found.iter().map(|one| one.removed)),
                outside(&after, found.iter().map(|one| one.added))
            );
        }
    }
}
