//! One value as one line of JSON, and the form of an instant in it.

use std::borrow::Cow;

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
    let mut line = serde_json::to_string(value).expect("maps here have text for keys");
    if let Cow::Owned(escaped) = escape_in_json(&line) {
        line = escaped;
    }
    line.push('\n');
    line
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::text::is_unsafe;
    use proptest::prelude::*;

    /// Texts with many signs that are shown only beside certain others, or never.
    fn hiding() -> impl Strategy<Value = String> {
        let signs: Vec<char> =
            "a \u{ad}ی\u{200b}\u{200c}\u{200d}\u{2028}\u{3164}\u{fe0f}\u{feff}👩🏴\u{e0067}"
                .chars()
                .collect();
        prop::collection::vec(prop::sample::select(signs), 0..24)
            .prop_map(|letters| letters.into_iter().collect())
    }

    proptest! {
        #[test]
        fn text_reads_back_to_the_byte_and_hides_nothing_and_nothing_in_it_is_obeyed(
            text in prop_oneof![any::<String>(), hiding()],
        ) {
            let line = line(&text);
            let body = line.strip_suffix('\n').expect("a line");
            let hidden = ['\n', '\u{ad}', '\u{200b}', '\u{2028}', '\u{3164}', '\u{feff}'];
            prop_assert!(!body.contains(is_unsafe) && !body.contains(hidden));
            prop_assert_eq!(serde_json::from_str::<String>(body).expect("JSON"), text);
        }
    }
}
