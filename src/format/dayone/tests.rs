use std::io::{Cursor, Write};

use chrono::FixedOffset;
use proptest::prelude::*;
use zip::ZipWriter;
use zip::write::SimpleFileOptions;

use super::escapes::{escaped, resolved};
use super::*;
use crate::format::EntryWriter;
use crate::format::entry_text::entry_text;
use crate::format::limits::Limit;
use crate::format::testing::{entries, odd_text};
use crate::journal::entry::tags;
use crate::journal::{Entry, Moment};

fn zone() -> LocalZone {
    LocalZone::Fixed(FixedOffset::east_opt(3600).expect("an offset"))
}

fn json(text: &str) -> Result<JournalFile, FormatError> {
    read(Cursor::new(text), zone(), Limits::USUAL)
}

fn entry(fields: &str) -> String {
    format!("{{\"metadata\":{{\"version\":\"1.0\"}},\"entries\":[\n{{{fields}}}]}}")
}

fn only(fields: &str) -> Record {
    let mut file = json(&entry(fields)).expect("an export");
    assert!(file.skipped.is_empty(), "{:?}", file.skipped);
    file.records.pop().expect("a record")
}

/// An archive of these parts.
fn archive(parts: &[(&str, &[u8])]) -> Vec<u8> {
    let mut archive = ZipWriter::new(Cursor::new(Vec::new()));
    for (name, bytes) in parts {
        archive.start_file(*name, SimpleFileOptions::default()).expect("begun");
        archive.write_all(bytes).expect("written");
    }
    archive.finish().expect("ended").into_inner()
}

fn unzip(bytes: Vec<u8>) -> Result<JournalFile, FormatError> {
    read(Cursor::new(bytes), zone(), Limits::USUAL)
}

fn why(bytes: Vec<u8>) -> (Option<String>, String) {
    let error = unzip(bytes).expect_err("refused");
    (error.part, format!("{:?}", error.why))
}

const WALK: &str = r##""uuid":"0A1B2C3D4E5F60718293A4B5C6D7E8F9","creationDate":"2026-11-22T03:30:00Z",
    "timeZone":"America/New_York","starred":true,"tags":["Daily Life","2026"],
    "photos":[{"md5":"x"},{"md5":"y"}],"weather":{"new":[1]},"text":"# Chains\n\nI called back\\. `a\\.b`""##;

#[test]
fn the_day_of_an_entry_is_the_one_in_its_own_zone() {
    let record = only(WALK);
    assert_eq!(record.day.to_string(), "2026-11-21");
    assert_eq!(record.at.to_rfc3339(), "2026-11-21T22:30:00-05:00");
    assert_eq!(record.text, "# Chains\n\nI called back. `a\\.b`");
    assert_eq!(record.tags, ["daily-life", "2026"]);
    assert_eq!(record.origin.to_string(), "dayone/0A1B2C3D4E5F60718293A4B5C6D7E8F9");
    for (date, name, local) in [
        ("2026-03-29T00:59:59Z", "Europe/Berlin", "2026-03-29T01:59:59+01:00"),
        ("2026-03-29T01:00:00Z", "Europe/Berlin", "2026-03-29T03:00:00+02:00"),
        ("2026-10-24T22:30:00Z", "Europe/Berlin", "2026-10-25T00:30:00+02:00"),
        ("2026-01-01T10:30:00Z", "Pacific/Kiritimati", "2026-01-02T00:30:00+14:00"),
        ("2026-01-01T10:30:00Z", "Pacific/Honolulu", "2026-01-01T00:30:00-10:00"),
        ("2026-01-01T23:30:00Z", "GMT+0100", "2026-01-02T00:30:00+01:00"),
    ] {
        let fields = format!(r#""creationDate":"{date}","timeZone":"{name}","text":"x""#);
        assert_eq!(only(&fields).at.to_rfc3339(), local);
        assert_eq!(only(&fields).day.to_string(), local[..10]);
    }
}

#[test]
fn what_is_left_out_is_counted_and_a_zone_that_is_not_known_is_that_of_the_person() {
    let file = json(&entry(WALK)).expect("an export");
    assert_eq!((file.left_out.media, file.left_out.stars), (2, 1));
    let fields = r#""creationDate":"2026-11-22T23:30:00Z","timeZone":"Mars/Base","text":"x""#;
    let file = json(&entry(fields)).expect("an export");
    assert_eq!(file.records[0].day.to_string(), "2026-11-23");
    assert_eq!(file.left_out.zones.into_iter().collect::<Vec<_>>(), [("Mars/Base".to_owned(), 1)]);
}

#[test]
fn rich_text_is_read_only_if_there_is_no_text() {
    let rich = r#""creationDate":"2026-11-22T10:00:00Z",
        "richText":"{\"contents\":[{\"text\":\"one \"},{\"embeddedObjects\":[]},{\"text\":\"two\"}]}""#;
    assert_eq!(only(rich).text, "one two");
    assert_eq!(only(&format!("{rich},\"text\":\"words\"")).text, "words");
    let empty = r#""creationDate":"2026-11-22T10:00:00Z","richText":"nothing""#;
    let file = json(&entry(empty)).expect("an export");
    assert!(matches!(file.skipped[0], FormatError { line: Some(2), why: Fault::NoWords, .. }));
}

#[test]
fn each_journal_of_an_archive_is_read_and_nothing_else() {
    let parts = [
        ("Journal.json", entry(WALK)),
        ("Old/Work.json", entry(r#""creationDate":"2020-01-01T10:00:00Z","text":"work""#)),
        ("../../evil.json", entry(r#""creationDate":"2020-01-01T10:00:00Z","text":"evil""#)),
        ("__MACOSX/._Journal.json", "nothing".to_owned()),
        ("photos/x.jpeg", "\u{0}".to_owned()),
    ];
    let parts: Vec<_> = parts.iter().map(|(name, text)| (*name, text.as_bytes())).collect();
    let file = unzip(archive(&parts)).expect("an export");
    let texts: Vec<_> = file.records.iter().map(|one| one.text.as_str()).collect();
    assert_eq!(texts, ["# Chains\n\nI called back. `a\\.b`", "work"]);
    let bad = entry(r#""creationDate":"yesterday","text":"x""#);
    let file = unzip(archive(&[("J.json", bad.as_bytes())])).expect("an export");
    assert!(matches!(&file.skipped[0].part, Some(part) if part == "J.json"));
}

#[test]
fn an_archive_that_is_no_export_or_not_whole_is_refused() {
    let whole = archive(&[("Journal.json", entry(WALK).as_bytes())]);
    for length in [10, whole.len() / 2, whole.len() - 1] {
        assert_eq!(why(whole[..length].to_vec()), (None, "DamagedArchive".to_owned()));
    }
    let mut changed = whole.clone();
    changed[60] ^= 0x55;
    assert_eq!(why(changed), (Some("Journal.json".to_owned()), "DamagedArchive".to_owned()));
    let not_of_day_one = "NotOf { program: \"Day One\" }".to_owned();
    assert_eq!(why(archive(&[("photos/x.jpeg", b"x")])), (None, not_of_day_one.clone()));
    let other = r#"{"entries":[{"title":"of jrnl","date":"2026-11-22","time":"10:00"}]}"#;
    let part = Some("J.json".to_owned());
    assert_eq!(why(archive(&[("J.json", other.as_bytes())])), (part.clone(), not_of_day_one));
    assert_eq!(why(archive(&[("J.json", b"{\"entries\":[")])), (part.clone(), "Torn".to_owned()));
    assert_eq!(why(archive(&[("J.json", b"\x89PNG")])), (part.clone(), "NotUtf8".to_owned()));
    // The flag that says that a part is encrypted, in the directory and before the part.
    let mut locked = whole.clone();
    let directory = whole.windows(4).position(|at| at == b"PK\x01\x02").expect("a directory");
    locked[6] |= 1;
    locked[directory + 8] |= 1;
    assert_eq!(why(locked).1, "Encrypted");
    let mut method = whole;
    method[8] = 97;
    method[directory + 10] = 97;
    assert_eq!(why(method).1, "Compression");
}

#[test]
fn what_an_archive_becomes_is_limited() {
    let bomb = archive(&[("J.json", &vec![b' '; 4 << 20])]);
    assert!(bomb.len() < 100_000);
    let error = unzip(bomb).expect_err("refused");
    assert!(matches!(error.why, Fault::TooMuch(Limit::Ratio(200))), "{error}");
    let text = entry(r#""creationDate":"2020-01-01T10:00:00Z","text":"x""#);
    let parts: Vec<_> = (0..30).map(|n| (format!("{n}.json"), text.clone())).collect();
    let parts: Vec<_> = parts.iter().map(|(name, text)| (name.as_str(), text.as_bytes())).collect();
    let bytes = archive(&parts);
    let limited = |limits| read(Cursor::new(bytes.clone()), zone(), limits).map_err(|e| e.why);
    let few = text.len() as u64 * 10;
    assert!(matches!(
        limited(Limits { bytes: few, ..Limits::USUAL }),
        Err(Fault::TooMuch(Limit::Bytes(bytes))) if bytes == few
    ));
    assert!(matches!(
        limited(Limits { records: 10, ..Limits::USUAL }),
        Err(Fault::TooMuch(Limit::Records(10)))
    ));
}

fn exported(entries: &[Entry]) -> Vec<u8> {
    let mut bytes = Vec::new();
    let mut writer = Box::new(out::Writer::new(&mut bytes).expect("begun"));
    for entry in entries {
        writer.entry(entry).expect("written");
    }
    writer.finish().expect("ended");
    bytes
}

proptest! {
    #[test]
    fn escapes_resolve_to_the_text(text in odd_text()) {
        prop_assert_eq!(resolved(&escaped(&text)), text);
    }

    /// The lines that an export adds are named in `docs/formats.md`; nothing else changes.
    #[test]
    fn what_is_exported_comes_back_on_its_day(entries in entries()) {
        let file = unzip(exported(&entries)).expect("an export");
        prop_assert!(file.skipped.is_empty() && file.left_out.zones.is_empty());
        let written: Vec<&Entry> = entries.iter().filter(|one| entry_text(one).is_some()).collect();
        prop_assert_eq!(file.records.len(), written.len());
        for (record, entry) in file.records.iter().zip(written) {
            let text = entry_text(entry).expect("words");
            prop_assert_eq!(record.day, entry.day);
            prop_assert_eq!(&record.text_with_tags(), &text);
            prop_assert_eq!(&record.tags, &tags::tags(&text));
            let words = entry.reflection.as_ref();
            prop_assert!(words.is_none_or(|words| text.starts_with(&words.text)));
            let at = words.map(|words| words.written_at);
            // No zone has the other offsets in summer and in winter.
            let has_zone = |at: &Moment| {
                let minutes = at.offset().local_minus_utc() / 60;
                minutes % 60 == 0 || [330, 570].contains(&minutes)
            };
            if let Some(at) = at.filter(|at| at.date_naive() == entry.day.date() && has_zone(at)) {
                prop_assert_eq!(record.at.timestamp(), at.timestamp());
                prop_assert_eq!(record.at.offset(), at.offset());
            }
        }
        let again = unzip(exported(&entries)).expect("an export");
        prop_assert_eq!(again.records, file.records);
    }
}

#[test]
fn an_export_without_entries_is_whole() {
    assert!(unzip(exported(&[])).expect("an export").records.is_empty());
}
