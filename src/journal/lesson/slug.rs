//! The short name of a series, and the tags of lessons and reflections.
//!
//! Both are typed as one word on a command line. The completion of bash splits words at `=`, `:`
//! and `@`, so neither may have one of those.

use std::fmt;
use std::str::FromStr;

use unicode_normalization::UnicodeNormalization;
use unicode_normalization::char::is_combining_mark;

use crate::journal::parse_error::{ParseError, ValueKind};

/// The short name of a series: 1 to 64 of `a-z`, `0-9` and `-`, not beginning with `-`.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Slug(String);

impl Slug {
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

/// The tag in lower case and without `#`, as tags are compared; `None` if the text is not a tag. A
/// tag has letters of any script, digits, `-` and `_`, with at least one letter.
pub fn tag(text: &str) -> Option<String> {
    // A letter and its accent may be one character or two.
    let word: String = text.strip_prefix('#').unwrap_or(text).nfc().collect();
    let allowed = |c: char| c.is_alphanumeric() || c == '-' || c == '_';
    (word.chars().all(allowed) && word.chars().any(char::is_alphabetic))
        .then(|| word.to_lowercase())
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
        for bad in ["", "#", "#1", "a b", "a=b", "a:b", "a@b", "--"] {
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
}
