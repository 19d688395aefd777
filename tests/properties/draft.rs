//! Files in the folder of drafts.

use std::fs;
use std::path::Path;

use dwell::drafts::{Drafts, Extras, JournalPlace, Label, Purpose};
use dwell::journal::Moment;
use dwell::messages;
use dwell::text::is_blank;

use super::{check_message, folder};

/// A file in the folder of drafts, of any name and content, is in nobody's way, and what is kept
/// is found again byte for byte, with all that stands beside it. The first line is the name of the
/// file.
pub(super) fn draft_files(input: &[u8]) {
    let end = input.iter().position(|byte| *byte == b'\n').unwrap_or(input.len());
    let (name, text) = (&input[..end], input.get(end + 1..).unwrap_or_default());
    let home = folder();
    let journal = JournalPlace::new(Path::new("/journal.db"), None);
    let drafts = Drafts::new(home.path().to_owned(), Some(journal));
    let at = Moment::parse_from_rfc3339("2026-11-22T07:00:00+01:00").expect("a time");
    let other = Path::new(std::str::from_utf8(name).unwrap_or("draft")).file_name();
    if let Some(name) =
        other.filter(|name| name.len() < 200 && !name.as_encoded_bytes().contains(&0))
    {
        fs::write(home.path().join(name), text).expect("written");
    }
    let found = drafts.newest(at).expect("readable");
    assert!(found.newest.is_none_or(|(_, found)| found.as_bytes() == text));
    for error in &found.unreadable {
        check_message(&messages::saving::no_readable_draft(error));
    }
    let label = Label { day: "2026-11-22".parse().ok(), purpose: Purpose::Add, extras: extras() };
    let kept = drafts.keep(&label, at, text).expect("kept").path().to_owned();
    assert_eq!(fs::read(&kept).expect("read"), text);
    if let Some(text) = std::str::from_utf8(text).ok().filter(|text| !is_blank(text)) {
        let (draft, found) = drafts.newest(at).expect("readable").newest.expect("a draft");
        assert_eq!(found, text);
        assert!(draft.path() != kept || draft.label == label, "{:?}", draft.label);
        draft.discard().expect("removed");
        assert!(!draft.path().exists());
    }
}

fn extras() -> Extras {
    let text = |text: &str| Some(text.to_owned());
    Extras { step: text("a \"step\""), when: text("at noon"), again: "week".parse().ok() }
}
