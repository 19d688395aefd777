//! Lays out what stands on standard error.
//!
//! A message may hold names and values from outside: titles, file names, variables. It becomes one
//! line here, whatever is in it, so no value can look like a message of its own. At a terminal that
//! is narrower than the message, the lines that follow are indented for the same reason.

use std::io::{self, IsTerminal};

use crate::text::{Page, Role, Sheet, one_line, sanitise, wrap_lines};

/// Longer lines are hard to read, however wide the terminal is.
const WIDEST: usize = 80;
/// The spaces before each line of a message but the first.
const INDENT: usize = 2;

/// The columns of standard error, at most [`WIDEST`]; `None` if it is not a terminal.
pub(super) fn width() -> Option<usize> {
    let err = io::stderr();
    // A window may change its size at any time, so it is asked for each message.
    let columns = || terminal_size::terminal_size_of(&err).map_or(80, |(width, _)| width.0.into());
    err.is_terminal().then(|| columns().clamp(20, WIDEST))
}

/// A message as one line after its label, wrapped to the width if there is one.
pub(super) fn lines(label: &str, message: &str, width: Option<usize>) -> Vec<String> {
    let line = format!("{label}{}", one_line(message));
    match width {
        Some(width) => wrap_lines(&line, label, INDENT, width),
        None => vec![line],
    }
}

/// A text of several lines, safe to show and wrapped to the width if there is one. Without line
/// breaks at its end.
pub(super) fn text(text: &str, width: Option<usize>) -> String {
    let text = text.trim_end_matches('\n');
    if width.is_none() {
        return sanitise(text).into_owned();
    }
    let mut sheet = Sheet::new(Page { width, ..Page::UNSET });
    sheet.prose(Role::Plain, text);
    let mut plain = sheet.into_text().plain();
    plain.pop();
    plain
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::text::{is_line_break, is_unsafe, shorten};
    use proptest::prelude::*;

    #[test]
    fn a_message_is_wrapped_at_words_and_indented_below_its_first_line() {
        let message = "no entry on 2026-11-03, and none before it";
        assert_eq!(
            lines("dwell: ", message, Some(30)),
            ["dwell: no entry on 2026-11-03,", "  and none before it"]
        );
        assert_eq!(lines("dwell: ", message, None), [format!("dwell: {message}")]);
        let path = "/home/anna/.local/share/dwell/journal.db";
        assert_eq!(
            lines("dwell: ", &format!("{path} is not a journal"), Some(20)),
            [&format!("dwell: {path}"), "  is not a journal"]
        );
    }

    #[test]
    fn a_text_keeps_its_lines() {
        assert_eq!(text("one two\nthree\n\n", None), "one two\nthree");
        assert_eq!(text("one two\nthree\n", Some(4)), "one\ntwo\nthre\ne");
    }

    /// Values that try to begin a line: every sign that ends one somewhere, before words of dwell.
    fn hostile() -> impl Strategy<Value = String> {
        let breaks = ["\n", "\r\n", "\r", "\u{b}", "\u{c}", "\u{85}", "\u{2028}", "\u{2029}"];
        let parts = [
            breaks.as_slice(),
            &["saved 2026-11-26: 3 words", "hint: run evil", "dwell: ", " ", "\t", "\u{1b}[1A"],
            &["\u{202e}", "\u{feff}", "`", "https://a.example/b", "世界", "👩\u{200d}👧"],
        ]
        .concat();
        prop::collection::vec(prop::sample::select(parts), 0..12).prop_map(|parts| parts.concat())
    }

    proptest! {
        #[test]
        fn no_value_in_a_message_begins_a_line(
            value in prop_oneof![hostile(), any::<String>()],
            width in prop::option::of(20usize..80),
        ) {
            let message = format!("the value '{value}' is not known");
            let lines = lines("hint: ", &message, width);
            prop_assert!(width.is_some() || lines.len() == 1);
            for (number, line) in lines.iter().enumerate() {
                prop_assert!(!line.contains(|c| is_line_break(c) || is_unsafe(c)), "{line:?}");
                let begins = if number == 0 { "hint: the value" } else { "  " };
                prop_assert!(line.starts_with(begins), "{line:?}");
                let is_whole = line.contains(['/', '`']);
                let fits = width.is_none_or(|width| shorten(line, width, true) == *line);
                prop_assert!(is_whole || fits, "{line:?}");
            }
        }
    }
}
