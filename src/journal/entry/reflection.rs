//! Reflections: the words somebody wrote about a serving, kept exactly as they were written.
//!
//! The text is never read as anything but text. Its tags are found in it, and stay in it.

use unicode_normalization::UnicodeNormalization;
use unicode_segmentation::UnicodeSegmentation;

use crate::journal::lesson::slug;
use crate::journal::time::day::{Day, Moment};

/// What a person wrote about the serving of a day, as it stands now.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Reflection {
    /// The words, to the byte.
    pub text: String,
    /// When the words were first saved.
    pub written_at: Moment,
    /// When they were last saved.
    pub revised_at: Moment,
    /// How many saved states the words have had, this one included.
    pub revisions: u32,
    /// Whether they were first written on a later day than the one they belong to.
    pub late: bool,
}

/// A dated line that was added to a reflection later.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Afterthought {
    pub text: String,
    pub written_at: Moment,
}

/// One saved state of a reflection.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Revision {
    pub text: String,
    /// The words that these were made from; `None` for the first, also after a deletion.
    pub before: Option<String>,
    pub written_at: Moment,
    pub fate: RevisionState,
}

/// What became of a revision.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum RevisionState {
    /// It is what the entry shows.
    Current,
    /// A later revision took its place.
    Revised,
    /// It was deleted.
    Deleted,
    /// It was taken back by an undo.
    Undone,
}

/// The number of words by Unicode's word boundaries.
pub fn word_count(text: &str) -> usize {
    text.unicode_words().count()
}

/// The first sentence of the text, on one line, with the next ones as long as it has fewer than
/// four words. Empty if the text holds none.
pub fn first_sentence(text: &str) -> String {
    let line = text.lines().map(str::trim).find(|line| line.chars().any(char::is_alphanumeric));
    let mut taken = String::new();
    for sentence in line.unwrap_or_default().split_sentence_bounds() {
        // Few words are a greeting, or end in the full stop of an abbreviation.
        if !taken.is_empty()
            && (word_count(&taken) >= 4 || taken.ends_with(['\u{3002}', '\u{ff01}', '\u{ff1f}']))
        {
            break;
        }
        taken.push_str(sentence);
    }
    taken.trim().to_owned()
}

/// The `#tags` in the text, lower case, each once, in the order they first appear.
///
/// A `#` opens a tag where no letter or digit stands before it; the tag runs over letters,
/// digits, `-` and `_`, and has a letter in it.
pub fn tags(text: &str) -> Vec<String> {
    let text: &str = &text.nfc().collect::<String>();
    let mut found: Vec<String> = Vec::new();
    let in_word = |c: char| c.is_alphanumeric() || c == '-' || c == '_';
    let mut before = None;
    for (at, c) in text.char_indices() {
        let opens = c == '#' && !before.is_some_and(|b: char| in_word(b) || b == '#' || b == '/');
        before = Some(c);
        if !opens {
            continue;
        }
        let rest = &text[at + 1..];
        let end = rest.find(|c| !in_word(c)).unwrap_or(rest.len());
        let word = rest[..end].trim_end_matches(['-', '_']);
        if let Some(tag) = slug::tag(word)
            && !found.contains(&tag)
        {
            found.push(tag);
        }
    }
    found
}

/// The text as it is kept: without the line breaks that end a file or a pipe's output. `None` if
/// nothing but white space is left.
pub fn kept(text: &str) -> Option<&str> {
    let text = text.trim_end_matches(['\n', '\r']);
    (!text.trim().is_empty()).then_some(text)
}

/// More words set below the ones there are, a blank line between.
pub fn below(existing: &str, more: &str) -> String {
    format!("{existing}\n\n{more}")
}

/// Whether words first saved on the day `on` came late for `day`.
pub fn is_late(on: Day, day: Day) -> bool {
    on > day
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    #[test]
    fn tags_are_found_where_a_word_begins_with_a_hash() {
        for (text, wanted) in [
            ("#work and #Home, then #work again", vec!["work", "home"]),
            ("(#übung) #仕事。", vec!["übung", "仕事"]),
            ("#a-b_c- ends", vec!["a-b_c"]),
            ("issue#5 is none, #5 is none, ## is none, a#b is none", vec![]),
            ("https://example.org/page/#top", vec![]),
            ("#", vec![]),
            ("#cafe\u{301} and #caf\u{e9}", vec!["café"]),
        ] {
            assert_eq!(tags(text), wanted, "{text}");
        }
    }

    #[test]
    fn words_are_counted_in_every_script() {
        assert_eq!(word_count("I can't stop – won't."), 4);
        assert_eq!(word_count("äöü ñandú"), 2);
        assert_eq!(word_count("  \n— …"), 0);
    }

    #[test]
    fn the_first_sentence_stands_for_a_text() {
        for (text, wanted) in [
            ("I said no today. It was hard.", "I said no today."),
            ("  \n# \nYes. I did it! Then more.", "Yes. I did it!"),
            ("no full stop\nsecond line", "no full stop"),
            ("世界は広い。小さい声。", "世界は広い。"),
            ("Dr. Dre came by and stayed. Good.", "Dr. Dre came by and stayed."),
            ("...", ""),
            ("", ""),
        ] {
            assert_eq!(first_sentence(text), wanted, "{text}");
        }
    }

    #[test]
    fn only_the_line_breaks_at_the_end_are_left_out() {
        assert_eq!(kept("  a\r\nb \n\r\n\n"), Some("  a\r\nb "));
        assert_eq!(kept(" \n\t "), None);
        assert_eq!(kept(""), None);
    }

    proptest! {
        #[test]
        fn every_tag_found_stands_in_the_text(text in "\\PC{0,60}") {
            for tag in tags(&text) {
                let written = format!("#{tag}");
                let text: String = text.nfc().collect();
                prop_assert!(text.to_lowercase().contains(&written));
            }
        }
    }
}
