//! Files in the folder of drafts.

use std::fs;
use std::path::Path;

use dwell::drafts::{Drafts, Purpose};
use dwell::journal::{Day, Moment};
use dwell::text::is_blank;

use super::folder;

/// A file in the folder of drafts, of any name and content, is in nobody's way, and what is kept
/// is found again byte for byte. The first line is the name of the file.
pub(super) fn draft_files(input: &[u8]) {
    let end = input.iter().position(|byte| *byte == b'\n').unwrap_or(input.len());
    let (name, text) = (&input[..end], input.get(end + 1..).unwrap_or_default());
    let home = folder();
    let drafts = Drafts::new(home.path().to_owned(), Path::new("/journal.db"));
    let at = Moment::parse_from_rfc3339("2026-11-22T07:00:00+01:00").expect("a time");
    let day: Day = "2026-11-22".parse().expect("a day");
    let other = Path::new(std::str::from_utf8(name).unwrap_or("draft")).file_name();
    if let Some(name) =
        other.filter(|name| name.len() < 200 && !name.as_encoded_bytes().contains(&0))
    {
        fs::write(home.path().join(name), text).expect("written");
    }
    let found = drafts.newest(at).expect("readable");
    assert!(found.is_none_or(|(_, found)| found.as_bytes() == text));
    let kept = drafts.keep(day, Purpose::Add, at, text).expect("kept");
    assert_eq!(fs::read(kept).expect("read"), text);
    if let Some(text) = std::str::from_utf8(text).ok().filter(|text| !is_blank(text)) {
        let (draft, found) = drafts.newest(at).expect("readable").expect("a draft");
        assert_eq!(found, text);
        draft.discard().expect("removed");
    }
}
