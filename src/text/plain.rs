//! Lines of plain English, whose places to break are known without the tables of Unicode: after the
//! spaces between two words.
//!
//! Nearly all lines are such, and are wrapped in a fraction of the time. A line with any sign that
//! might allow another break, or forbid one at a space, is not plain here.

/// Whether the places to break of a line are those of [`words`], and none of its parts is an
/// address, a path or code.
pub(super) fn is_plain(line: &str) -> bool {
    let mut last = b' ';
    // The last byte that is no space.
    let mut before = b' ';
    for byte in line.bytes() {
        let goes_on = match (last, byte) {
            (last, b' ') => last != b'(',
            // Between a quotation mark and a bracket there is no break, also with spaces.
            (b' ', b'(') => !is_quote(before),
            (_, b'(') => false,
            // Before these there is no break, also after spaces.
            (b' ', byte) => !is_closing(byte) && is_in_word(byte),
            // After these there may be one.
            (b'!' | b'?', byte) => is_in_word(byte) && !is_letter(byte),
            (_, byte) => is_in_word(byte),
        };
        if !goes_on {
            return false;
        }
        if byte != b' ' {
            before = byte;
        }
        last = byte;
    }
    // The search for words leaves out one more break in a line that ends in a hyphen.
    last != b'-' && !line.contains("www.") && !line.contains("mailto:")
}

fn is_in_word(byte: u8) -> bool {
    is_letter(byte) || is_closing(byte) || is_quote(byte) || byte == b'-'
}

fn is_letter(byte: u8) -> bool {
    byte.is_ascii_alphanumeric() || matches!(byte, b'#' | b'&' | b'*' | b'=' | b'@' | b'_')
}

fn is_closing(byte: u8) -> bool {
    matches!(byte, b'.' | b',' | b';' | b':' | b'!' | b'?' | b')')
}

fn is_quote(byte: u8) -> bool {
    matches!(byte, b'\'' | b'"')
}

/// The bytes of each word of a plain line, and of the spaces after it.
pub(super) fn words(line: &str) -> impl Iterator<Item = (usize, usize)> {
    let mut rest = line.as_bytes();
    std::iter::from_fn(move || {
        if rest.is_empty() {
            return None;
        }
        let word = rest.iter().position(|byte| *byte == b' ').unwrap_or(rest.len());
        let spaces = rest[word..].iter().take_while(|byte| **byte == b' ').count();
        rest = &rest[word + spaces..];
        Some((word, spaces))
    })
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::text::whole;
    use proptest::prelude::*;
    use textwrap::WordSeparator;

    fn by_unicode(line: &str) -> Vec<(usize, usize)> {
        let found = WordSeparator::UnicodeBreakProperties.find_words(line);
        found.map(|word| (word.word.len(), word.whitespace.len())).collect()
    }

    #[test]
    fn what_people_write_is_plain_and_what_may_break_elsewhere_is_not() {
        for line in [
            "I can't stop, and won't: it is 3.5 km (or so) to \"the well-known\" place!",
            "  indented, 'quoted' -- and #tagged; a@b = c?",
            "- an item",
            "",
            " ",
        ] {
            assert!(is_plain(line), "{line}");
        }
        for line in [
            "and/or",
            "a|b",
            "what?no",
            "a (b)(c)",
            "see www.a.example",
            "`a b`",
            "caf\u{e9}",
            "a ,b",
            "( a",
            "\" (a",
            "100% of it",
            "a\tb",
            "one two-",
        ] {
            assert!(!is_plain(line), "{line}");
        }
    }

    proptest! {
        #[test]
        fn a_plain_line_has_the_words_that_unicode_finds(
            line in prop_oneof![
                "[a-c0-2 .,;:!?()'\"-]{0,12}",
                "[a-c #&*=@_.,:?)(-]{0,16}",
                "([a-z]{1,3}[ .,;:!?()'\"-]{0,3}){0,6}",
                "[ -~]{0,20}",
                "[a-b ]{0,9}[,;-]{0,3}",
            ],
        ) {
            if is_plain(&line) {
                prop_assert_eq!(words(&line).collect::<Vec<_>>(), by_unicode(&line), "{:?}", line);
                prop_assert!(whole::parts(&line).is_empty(), "{:?}", line);
            }
        }
    }
}
