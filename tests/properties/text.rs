//! Texts: made safe, laid out, compared, and read for tags and sentences.

use dwell::journal::entry::{reflection, tags::tags};
use dwell::text::diff::edits;
use dwell::text::{
    Page, Role, Sheet, escape_in_json, is_blank, is_unsafe, one_line, sanitise, shorten, wrap,
};
use unicode_segmentation::UnicodeSegmentation;
use unicode_width::UnicodeWidthStr;

use super::utf8;

/// Nothing that a terminal obeys is left, no line is too wide, and no letter is lost.
pub(super) fn safe_text(input: &[u8]) {
    let Some(text) = utf8(input) else { return };
    let safe = sanitise(text).into_owned();
    assert!(!safe.chars().any(is_unsafe));
    assert_eq!(sanitise(&safe), safe);
    let line = one_line(text);
    assert!(!line.contains(['\n', '\t']) && !line.chars().any(is_unsafe));
    let json = serde_json::to_string(text).expect("a string");
    let escaped = escape_in_json(&json);
    assert!(!escaped.chars().any(is_unsafe));
    assert_eq!(serde_json::from_str::<String>(&escaped).expect("JSON"), text);
    let letters = |text: &str| text.split_whitespace().collect::<String>();
    for width in [2, 20, 72] {
        let lines = wrap(&line, width);
        assert_eq!(letters(&lines.concat()), letters(&line));
        // White space at the end of a line may stand beyond it, and what somebody may copy stays
        // whole: an address, a path, code.
        let is_whole = |line: &str| ["/", "`", "mailto:", "www."].iter().any(|s| line.contains(s));
        let fits = |line: &String| {
            line.trim_end().width() <= width || line.graphemes(true).count() == 1 || is_whole(line)
        };
        assert!(lines.iter().all(fits), "{lines:?}");
        for (utf8, more) in [(true, 1), (false, 3)] {
            assert!(shorten(text, width, utf8).width() <= width.max(more));
        }
        let mut sheet = Sheet::new(Page { width: Some(width), ..Page::UNSET });
        sheet.prose(Role::Plain, text);
        sheet.pieces(&[(Role::Plain, text), (Role::Quiet, " "), (Role::Quiet, text)]);
        sheet.flowing([(Role::Plain, text), (Role::Found, text)].into_iter());
        assert!(!sheet.into_text().plain().chars().any(is_unsafe));
    }
}

/// Tags can be typed, a first sentence is one line, and what is kept has something to read.
pub(super) fn reflections(input: &[u8]) {
    let Some(text) = utf8(input) else { return };
    let found = tags(text);
    for (at, tag) in found.iter().enumerate() {
        let again = tags(&format!("#{tag}"));
        assert_eq!(again, [tag.as_str()], "a tag that is shown can be written");
        assert!(!found[..at].contains(tag));
    }
    let sentence = reflection::first_sentence(text);
    assert!(!sentence.contains('\n') && sentence.trim() == sentence);
    assert_eq!(sentence.is_empty(), !text.contains(char::is_alphanumeric), "{sentence:?}");
    assert!(reflection::word_count(&sentence) <= reflection::word_count(text));
    match reflection::kept(text) {
        Some(kept) => {
            assert!(text.starts_with(kept) && !is_blank(kept));
            assert_eq!(reflection::kept(kept), Some(kept));
        }
        None => assert!(is_blank(text.trim_end_matches(['\n', '\r']))),
    }
}

/// What is in no difference of two texts is the same in both. A bell stands between the texts.
pub(super) fn differences(input: &[u8]) {
    let Some((before, after)) = utf8(input).and_then(|text| text.split_once('\u{7}')) else {
        return;
    };
    let found = edits(before, after);
    assert!(found.iter().all(|edit| !edit.removed.is_empty() || !edit.added.is_empty()));
    let same = outside(before, found.iter().map(|edit| edit.removed));
    assert_eq!(same, outside(after, found.iter().map(|edit| edit.added)));
    assert!(edits(before, before).is_empty());
}

/// The words of a text that are in none of its parts, which must be in order.
fn outside<'a>(text: &'a str, parts: impl Iterator<Item = &'a str>) -> Vec<&'a str> {
    let mut end = 0;
    let mut words: Vec<(usize, &str)> =
        text.split_word_bound_indices().filter(|(_, word)| !word.trim().is_empty()).collect();
    for part in parts.filter(|part| !part.is_empty()) {
        let start = part.as_ptr().addr() - text.as_ptr().addr();
        assert!(start >= end, "{part:?} is out of order");
        end = start + part.len();
        words.retain(|(at, _)| !(start..end).contains(at));
    }
    words.into_iter().map(|(_, word)| word).collect()
}
