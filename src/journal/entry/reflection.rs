//! Reflections: the text that a person wrote about a day, stored exactly as it was written.
//!
//! The text is never interpreted as anything else.

use unicode_segmentation::UnicodeSegmentation;

use crate::journal::entry::markdown;
use crate::journal::time::day::{Day, Moment};
use crate::text::is_blank;

/// What a person wrote about a day, in its present state.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Reflection {
    /// The text, byte for byte.
    pub text: String,
    /// How many words it has. To count them takes longer than to read the text.
    pub words: usize,
    /// When the text was first saved.
    pub written_at: Moment,
    /// When it was last saved.
    pub revised_at: Moment,
    /// The number of saved states, including this one.
    pub revisions: u32,
    /// Whether it was first written on a later day than its own.
    pub late: bool,
}

/// A line with its time that was added to a reflection later.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Afterthought {
    pub text: String,
    pub written_at: Moment,
}

/// One saved state of a reflection.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Revision {
    pub text: String,
    /// The text from which this one was made; `None` for the first text, and the first after a
    /// deletion.
    pub before: Option<String>,
    pub written_at: Moment,
    pub state: RevisionState,
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
    /// It was undone.
    Undone,
}

/// The largest text that a day may have, in bytes: 16 MiB. The same bound holds for what is read
/// from standard input, a draft or an editor, so that what was saved can be edited.
pub const LARGEST: u64 = 16 << 20;

/// The number of words by Unicode's word boundaries.
pub fn word_count(text: &str) -> usize {
    text.unicode_words().count()
}

/// The first sentence of the text, on one line. The next sentences are added while there are fewer
/// than four words. Empty if the text has no letter or digit.
pub fn first_sentence(text: &str) -> String {
    let has_words = |line: &&str| line.chars().any(char::is_alphanumeric);
    let prose = markdown::without_comments(text);
    let line = markdown::prose_lines(&prose).into_iter().find(has_words);
    // A text may consist of nothing but code, and then that is what was written.
    let line = line.or_else(|| text.lines().map(str::trim).find(has_words));
    let mut taken = String::new();
    // The words are counted as they are taken: a text may have very many sentences without any.
    let mut words = 0;
    for sentence in line.unwrap_or_default().split_sentence_bounds() {
        // A very short sentence is a greeting, or ends at the full stop of an abbreviation.
        if words >= 4 || taken.ends_with(['\u{3002}', '\u{ff01}', '\u{ff1f}']) {
            break;
        }
        taken.push_str(sentence);
        words += word_count(sentence);
    }
    taken.trim().to_owned()
}

/// The text as the journal stores it: without empty lines before it and line breaks at its end. The
/// first line keeps its indentation. `None` if there is nothing to read in it.
pub fn kept(text: &str) -> Option<&str> {
    let mut text = text.trim_end_matches(['\n', '\r']);
    while let Some((first, rest)) = text.split_once('\n')
        && is_blank(first)
    {
        text = rest;
    }
    (!is_blank(text)).then_some(text)
}

/// `more` below `existing`, with an empty line between them.
pub fn below(existing: &str, more: &str) -> String {
    format!("{existing}\n\n{more}")
}

/// Whether a text that was first saved on the day `on` is late for `day`.
pub fn is_late(on: Day, day: Day) -> bool {
    on > day
}

#[cfg(test)]
mod tests {
    use super::*;
    #[cfg(unix)]
    use crate::text::testing::assert_linear;

    #[test]
    fn words_are_counted_in_every_script() {
        assert_eq!(word_count("I can't stop – won't."), 4);
        assert_eq!(word_count("äöü ñandú"), 2);
        assert_eq!(word_count("  \n— …"), 0);
    }

    #[test]
    fn the_first_sentence_of_a_text_is_found() {
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
    fn only_empty_lines_before_and_line_breaks_after_are_removed() {
        assert_eq!(kept("  a\r\nb \n\r\n\n"), Some("  a\r\nb "));
        assert_eq!(kept("\n \r\n\t\n  a\n\n  b"), Some("  a\n\n  b"));
        assert_eq!(kept("\u{feff}a\n\n- b"), Some("\u{feff}a\n\n- b"));
        assert_eq!(kept("\n\u{200b}\n\n\n"), None);
        assert_eq!(kept(" \n\t "), None);
        assert_eq!(kept(""), None);
    }

    #[cfg(unix)]
    #[test]
    fn the_time_grows_as_the_text_does() {
        assert_linear("the first sentence", 4_000, |text| _ = first_sentence(text));
        assert_linear("the number of words", 4_000, |text| _ = word_count(text));
        assert_linear("what is kept", 4_000, |text| _ = kept(text));
    }
}
