//! One value as one line of JSON, and the form of an instant in it.

use chrono::SecondsFormat;
use serde::Serialize;

use crate::journal::Moment;
use crate::text::escape_in_json;

/// RFC 3339 to the second, with the offset of the person's clock.
pub(super) fn instant(at: Moment) -> String {
    at.to_rfc3339_opts(SecondsFormat::Secs, false)
}

/// The value as one line, with every character escaped that a terminal could obey.
pub(super) fn line(value: &impl Serialize) -> String {
    let plain = serde_json::to_string(value).expect("maps here have text for keys");
    let mut line = escape_in_json(&plain).into_owned();
    line.push('\n');
    line
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::text::is_unsafe;
    use proptest::prelude::*;

    proptest! {
        #[test]
        fn text_reads_back_to_the_byte_and_holds_nothing_a_terminal_obeys(text in any::<String>()) {
            let line = line(&text);
            let body = line.strip_suffix('\n').expect("a line");
            prop_assert!(!body.chars().any(|c| c == '\n' || is_unsafe(c)));
            prop_assert_eq!(serde_json::from_str::<String>(body).expect("JSON"), text);
        }
    }
}
