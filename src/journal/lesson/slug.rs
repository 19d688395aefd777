//! The short name of a series, and the tags of lessons and reflections.
//!
//! Both end up as one word on a command line, and bash's completion splits words at `=`, `:` and
//! `@`, so neither may hold one of those.

use std::fmt;
use std::str::FromStr;

use unicode_normalization::UnicodeNormalization;

use crate::journal::parse_error::{ParseError, ValueKind};

/// The short name of a series: 1 to 64 of `a-z`, `0-9` and `-`.
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

/// The tag in the form it is compared in (lower case, without a leading `#`), or `None` if the
/// text is no tag: letters of any script, digits, `-` and `_`, with at least one letter.
pub fn tag(text: &str) -> Option<String> {
    // A letter and its accent may be written as one or as two.
    let word: String = text.strip_prefix('#').unwrap_or(text).nfc().collect();
    let allowed = |c: char| c.is_alphanumeric() || c == '-' || c == '_';
    (word.chars().all(allowed) && word.chars().any(char::is_alphabetic))
        .then(|| word.to_lowercase())
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
}
