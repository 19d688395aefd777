//! The short name of a series, and the tags of lessons and reflections.
//!
//! Both are typed as one word on a command line. The completion of bash splits words at `=`, `:`
//! and `@`, so neither may have one of those.

use std::fmt;
use std::str::FromStr;

use unicode_normalization::UnicodeNormalization;
use unicode_normalization::char::is_combining_mark;

use crate::journal::parse_error::{ParseError, ValueKind};
use crate::journal::search::fold::{folded, is_joint, is_letter, is_unseen};

/// The short name of a series: 1 to 64 of `a-z`, `0-9` and `-`, not beginning with `-`.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Slug(String);

impl Slug {
    /// The short name of the series of a person's own lessons.
    pub fn of_own_lessons() -> Self {
        Self("my-own-lessons".to_owned())
    }

    pub fn as_str(&self) -> &str {
        &self.0
    }
}

impl fmt::Display for Slug {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.0)
    }
}

impl FromStr for Slug {
    type Err = ParseError;

    fn from_str(text: &str) -> Result<Self, ParseError> {
        let allowed = |byte: u8| byte.is_ascii_lowercase() || byte.is_ascii_digit() || byte == b'-';
        if (1..=64).contains(&text.len()) && text.bytes().all(allowed) && !text.starts_with('-') {
            Ok(Self(text.to_owned()))
        } else {
            Err(ParseError::new(ValueKind::SeriesName, text))
        }
    }
}

/// The tag as it is shown, in lower case and without `#`; `None` if the text is not a tag. A tag
/// has letters of any script with their marks, digits, `-` and `_`, with at least one letter; `/`
/// may stand between two parts of it.
pub fn tag(text: &str) -> Option<String> {
    let word = text.strip_prefix(is_hash).unwrap_or(text);
    let has_empty_part = word.split('/').any(str::is_empty);
    let allowed = |c: char| c == '/' || is_in_tag(c);
    if has_empty_part || !word.chars().all(allowed) || !word.chars().any(char::is_alphabetic) {
        return None;
    }
    // The two joiners are part of how a word is written; nothing else that is not seen is.
    let seen = word.chars().filter(|c| matches!(c, '\u{200c}' | '\u{200d}') || !is_unseen(*c));
    // A letter and its accent may be one character or two. The Turkish İ would keep its dot beside
    // the one of i.
    Some(seen.nfc().collect::<String>().replace('İ', "i").to_lowercase())
}

/// Whether a character begins a tag: `#`, also as wide as a letter of Chinese or Japanese.
pub fn is_hash(c: char) -> bool {
    matches!(c, '#' | '\u{ff03}' | '\u{fe5f}')
}

/// Whether a character may stand in a tag.
pub fn is_in_tag(c: char) -> bool {
    let is_break = c == '\u{200b}';
    is_letter(c)
        || is_combining_mark(c)
        || matches!(c, '-' | '_')
        || (!is_break && (is_joint(c) || is_unseen(c)))
}

/// A tag as tags are compared: as readers take words for the same.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct TagKey(String);

impl TagKey {
    pub fn of(tag: &str) -> Self {
        Self(folded(tag))
    }

    /// Whether a tag is this one, or one below it: `work` includes `work/project`.
    pub fn includes(&self, tag: &str) -> bool {
        let tag = folded(tag);
        let below = tag.strip_prefix(&self.0);
        below.is_some_and(|below| below.is_empty() || below.starts_with('/'))
    }
}

/// The words of a text as a part of a file's name: lower-case letters and digits of ASCII with `-`
/// between them, at most 60. Empty if the text has none.
pub fn plain_words(text: &str) -> String {
    // An apostrophe is a part of its word.
    let plain = text.nfd().filter(|c| !is_combining_mark(*c) && !"'\u{2019}".contains(*c));
    let plain: String = plain.collect::<String>().to_lowercase();
    let words = plain.split(|c: char| !c.is_ascii_alphanumeric()).filter(|word| !word.is_empty());
    let mut name = String::new();
    for word in words {
        if name.len() + word.len() > 60 {
            break;
        }
        if !name.is_empty() {
            name.push('-');
        }
        name.push_str(word);
    }
    name
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_slug_is_a_short_plain_word() {
        for good in ["the-defiant-ones", "a", "7"] {
            assert!(good.parse::<Slug>().is_ok(), "{good}");
        }
        for bad in ["", "-x", "A", "a b", "a=b", "a:b", "ä", &"a".repeat(65)] {
            assert!(bad.parse::<Slug>().is_err(), "{bad}");
        }
    }

    #[test]
    fn a_tag_may_be_in_any_script_and_needs_a_letter() {
        assert_eq!(tag("#Work"), Some("work".to_owned()));
        assert_eq!(tag("Übung"), Some("übung".to_owned()));
        assert_eq!(tag("仕事"), Some("仕事".to_owned()));
        assert_eq!(tag("cafe\u{301}"), Some("café".to_owned()));
        assert_eq!(tag("Work/Project"), Some("work/project".to_owned()));
        assert_eq!(tag("\u{ff03}हिन्दी"), Some("हिन्दी".to_owned()));
        for bad in ["", "#", "#1", "a b", "a=b", "a:b", "a@b", "--", "/a", "a/", "a//b"] {
            assert_eq!(tag(bad), None, "{bad}");
        }
    }

    #[test]
    fn the_words_of_a_title_are_a_part_of_a_file_name() {
        for (title, wanted) in [
            ("Don't put all your eggs in one basket", "dont-put-all-your-eggs-in-one-basket"),
            ("  \u{c9}t\u{e9} \u{2014} 1999/2000!", "ete-1999-2000"),
            ("../../etc/passwd", "etc-passwd"),
            ("\u{4ed5}\u{4e8b}", ""),
            (&"word ".repeat(20), "word-word-word-word-word-word-word-word-word-word-word-word"),
            (&"x".repeat(100), ""),
        ] {
            assert_eq!(plain_words(title), wanted, "{title}");
        }
    }

    #[test]
    fn a_tag_is_shown_as_it_was_written_in_lower_case() {
        for (written, shown) in [
            ("İŞ", "iş"),
            ("ΟΔΟΣ", "οδος"),
            ("Straße", "straße"),
            ("می\u{200c}خواهم", "می\u{200c}خواهم"),
            ("so\u{ad}ft", "soft"),
        ] {
            assert_eq!(tag(written).as_deref(), Some(shown));
        }
    }

    #[test]
    fn tags_are_compared_as_readers_take_words_for_the_same() {
        for (asked, written) in [
            ("iş", "İŞ"),
            ("IŞIK", "ışık"),
            ("izmir", "İZMİR"),
            ("cafe", "café"),
            ("strasse", "Straße"),
            ("ｗｏｒｋ", "work"),
            ("work", "work/project"),
            ("Work/Project", "work/project/one"),
        ] {
            assert!(TagKey::of(asked).includes(written), "{asked} {written}");
        }
        for (asked, written) in
            [("work", "works"), ("work/project", "work"), ("project", "work/project")]
        {
            assert!(!TagKey::of(asked).includes(written), "{asked} {written}");
        }
    }
}
