use chrono::FixedOffset;
use proptest::prelude::*;

use super::*;
use crate::format::EntryWriter;
use crate::format::entry_text::entry_text;
use crate::format::testing::entries;
use crate::journal::Entry;
use crate::text::is_blank;

fn zone(hours: i32) -> LocalZone {
    LocalZone::Fixed(FixedOffset::east_opt(hours * 3600).expect("an offset"))
}

fn journal(text: &str) -> Result<JournalFile, FormatError> {
    read(text.as_bytes(), None, zone(1), Limits::USUAL)
}

/// The days and words of the records.
fn words(file: &JournalFile) -> Vec<(String, &str)> {
    file.records.iter().map(|one| (one.at.to_rfc3339(), one.text.as_str())).collect()
}

const TEXT: &str = "[2026-11-21 09:30:00 PM] Pride makes a poor guide.\n\
    I refused help twice today. @work\n\n\
    [2026-11-22 01:30] Chains bind both ends *\n\n\
    [2026-11-22 07:05:00 AM] Called back.\n\n[x] done\n[2020-01-01 is no date\n\n";

const JSON: &str = r#"{"tags":{"@work":1},"entries":[
    {"title":"Pride makes a poor guide.","body":"I refused help twice today. @work",
     "date":"2026-11-21","time":"21:30","tags":["@work"],"starred":false,"uuid":"X"},
    {"title":"Chains bind both ends","body":"","date":"2026-11-22","time":"01:30","starred":true},
    {"title":"Called back.","body":"[x] done\n[2020-01-01 is no date",
     "date":"2026-11-22","time":"07:05","tags":[],"starred":false}]}"#;

#[test]
fn the_text_and_the_json_of_a_journal_are_the_same_records() {
    let text = journal(TEXT).expect("a journal");
    let json = journal(JSON).expect("a journal");
    assert_eq!(
        words(&json),
        [
            (
                "2026-11-21T21:30:00+01:00".to_owned(),
                "Pride makes a poor guide.\nI refused help twice today. @work"
            ),
            ("2026-11-22T01:30:00+01:00".to_owned(), "Chains bind both ends"),
            (
                "2026-11-22T07:05:00+01:00".to_owned(),
                "Called back.\n[x] done\n[2020-01-01 is no date"
            ),
        ]
    );
    assert_eq!(text.records[2].text, "Called back.\n\n[x] done\n[2020-01-01 is no date");
    let origins =
        |file: &JournalFile| file.records.iter().map(|one| one.origin.clone()).collect::<Vec<_>>();
    assert_eq!(origins(&text), origins(&json));
    assert_eq!((text.left_out.stars, json.left_out.stars), (1, 1));
    assert!(text.skipped.is_empty() && json.skipped.is_empty());
}

#[test]
fn a_date_is_the_same_day_in_every_zone() {
    for hours in [13, -10] {
        for form in [TEXT, JSON] {
            let file = read(form.as_bytes(), None, zone(hours), Limits::USUAL).expect("a journal");
            let days: Vec<_> = file.records.iter().map(|one| one.day.to_string()).collect();
            assert_eq!(days, ["2026-11-21", "2026-11-22", "2026-11-22"], "{hours}");
            assert_eq!(file.records[1].at.naive_local().to_string(), "2026-11-22 01:30:00");
        }
    }
}

#[test]
fn dates_are_read_in_the_forms_of_jrnl_and_in_one_that_is_named() {
    for (date, time) in [
        ("2026-11-21 06:00:00 PM", "18:00:00"),
        ("2026-11-21 06:00:00\u{202f}PM", "18:00:00"),
        ("2026-11-21 06:00 pm", "18:00:00"),
        ("2026-11-21 18:00", "18:00:00"),
        ("2026-11-21 18:00:05", "18:00:05"),
        ("2026-11-21T18:00", "18:00:00"),
        ("2026-11-21", "00:00:00"),
    ] {
        let file = journal(&format!("[{date}] words\n")).expect("a journal");
        let at = file.records[0].at.naive_local().to_string();
        assert_eq!(at, format!("2026-11-21 {time}"), "{date}");
    }
    let german = "[21.11.2026 18:00] Worte\n[2026-11-22 10:00] keine\n";
    assert!(matches!(
        journal("[21.11.2026 18:00] Worte\n").map_err(|error| error.why),
        Err(Fault::NotOf { .. })
    ));
    let form = Some("%d.%m.%Y %H:%M");
    let file = read(german.as_bytes(), form, zone(1), Limits::USUAL).expect("a journal");
    let text = "Worte\n[2026-11-22 10:00] keine";
    assert_eq!(words(&file), [("2026-11-21T18:00:00+01:00".to_owned(), text)]);
    assert!(is_date_format("%F %r") && !is_date_format("%Q") && !is_date_format("2026"));
}

#[test]
fn words_before_the_first_date_are_skipped_and_named() {
    let file = journal("\n lost words\n\n[2026-11-21 18:00] kept\n").expect("a journal");
    assert_eq!(file.records.len(), 1);
    let [FormatError { line: Some(1), why: Fault::BeforeFirstEntry(text), .. }] =
        file.skipped.as_slice()
    else {
        panic!("{:?}", file.skipped);
    };
    assert_eq!(text, "lost words");
}

#[test]
fn an_entry_that_cannot_be_used_is_skipped_with_its_line() {
    let entry = |title: &str, date: &str, time: &str| {
        format!(r#"{{"title":"{title}","body":"","date":"{date}","time":"{time}"}}"#)
    };
    let entries = [
        entry("good", "2026-11-21", "18:00"),
        entry(" ", "2026-11-21", "18:00"),
        entry("no day", "2026-02-30", "18:00"),
        entry("no time", "2026-02-20", "18"),
        entry("too old", "0100-01-01", "10:00"),
        r#"{"title":"no body"}"#.to_owned(),
    ];
    let file = journal(&format!("{{\"entries\":[{}]}}", entries.join(",\n"))).expect("a journal");
    assert_eq!(file.records.len(), 1);
    let named = |error: &FormatError| (error.line.unwrap_or(0), format!("{:?}", error.why));
    let skipped: Vec<_> = file.skipped.iter().map(named).collect();
    let wanted = [
        (2, "NoWords"),
        (3, "NotADate(\"2026-02-30\")"),
        (4, "NotADate(\"18\")"),
        (5, "NotADate(\"0100-01-01\")"),
        (6, "Field(\"date\")"),
    ];
    assert_eq!(skipped, wanted.map(|(line, why)| (line, why.to_owned())));
}

#[test]
fn a_file_that_is_not_whole_or_not_of_jrnl_is_refused() {
    let why = |bytes: &[u8]| {
        let error = read(bytes, None, zone(1), Limits::USUAL).expect_err("refused");
        (error.line, format!("{:?}", error.why))
    };
    let torn = &JSON[..JSON.len() - 30];
    assert_eq!(why(torn.as_bytes()), (Some(6), "Torn".to_owned()));
    assert_eq!(why(b"{\"entries\":[}"), (Some(1), "NotJson".to_owned()));
    assert_eq!(why(b"[2026-11-21 18:00] a\n\xe9\n"), (Some(2), "NotUtf8".to_owned()));
    assert_eq!(why(b"[2026-11-21 18:00] a\n\0\n"), (Some(2), "Nul".to_owned()));
    let not_of_jrnl = (None, "NotOf { program: \"jrnl\" }".to_owned());
    for text in [
        "My Book (Somebody)\n- Your Highlight\n\nwords\n==========\n",
        "{}",
        "{\"entries\":5}",
        r#"{"entries":[{"creationDate":"2026-11-22T03:30:00Z","text":"of Day One"}]}"#,
    ] {
        assert_eq!(why(text.as_bytes()), not_of_jrnl, "{text}");
    }
    let large = format!("[2026-11-21 18:00] {}", "a".repeat(2 << 20));
    assert_eq!(why(large.as_bytes()).1, "TooMuch(Field(1048576))");
    let limits = Limits { records: 1, ..Limits::USUAL };
    for form in [TEXT, JSON] {
        let error = read(form.as_bytes(), None, zone(1), limits).expect_err("refused");
        assert!(matches!(error.why, Fault::TooMuch(crate::format::limits::Limit::Records(1))));
    }
    assert!(journal("").expect("an empty journal").records.is_empty());
    assert!(journal("{\"entries\":[]}").expect("an empty journal").records.is_empty());
}

#[test]
fn a_file_with_the_line_breaks_of_windows_and_a_mark_before_it_is_read_as_any_other() {
    let text = format!("\u{feff}{}", TEXT.replace('\n', "\r\n"));
    assert_eq!(words(&journal(&text).expect("a journal")), words(&journal(TEXT).expect("one")));
}

fn exported(entries: &[Entry], mut writer: Box<impl EntryWriter>) {
    for entry in entries {
        writer.entry(entry).expect("written");
    }
    writer.finish().expect("ended");
}

fn as_json(entries: &[Entry]) -> Vec<u8> {
    let mut bytes = Vec::new();
    exported(entries, Box::new(out::JsonWriter::new(&mut bytes)));
    bytes
}

fn as_text(entries: &[Entry]) -> Vec<u8> {
    let mut bytes = Vec::new();
    exported(entries, Box::new(out::TextWriter::new(&mut bytes)));
    bytes
}

fn written(entries: &[Entry]) -> Vec<(&Entry, String)> {
    entries.iter().filter_map(|one| Some((one, entry_text(one)?))).collect()
}

proptest! {
    /// The lines that an export adds are named in `docs/formats.md`; nothing else changes.
    #[test]
    fn what_is_exported_as_json_comes_back_byte_for_byte(entries in entries()) {
        let bytes = as_json(&entries);
        let file = read(bytes.as_slice(), None, zone(1), Limits::USUAL).expect("a journal");
        prop_assert!(file.skipped.is_empty());
        let records: Vec<_> = file.records.iter().map(|one| (one.day, one.text.clone())).collect();
        let wanted: Vec<_> = written(&entries).into_iter().map(|(one, text)| (one.day, text)).collect();
        prop_assert_eq!(records, wanted);
    }

    /// jrnl's text has no escapes: a line that would begin an entry gets a backslash, and a star at the
    /// end of the first line is jrnl's own.
    #[test]
    fn what_is_exported_as_text_comes_back_as_jrnl_reads_it(entries in entries()) {
        let bytes = as_text(&entries);
        let file = read(bytes.as_slice(), None, zone(1), Limits::USUAL).expect("a journal");
        prop_assert!(file.skipped.is_empty(), "{:?}", file.skipped);
        let plain = |text: &str| {
            let text = text.replace("\n\\[", "\n[").replace("\r\\[", "\r[");
            let (first, rest) = text.split_once('\n').unwrap_or((&text, ""));
            let mut title = first.trim_end();
            while let Some(before) = title.strip_suffix(" *").filter(|one| !is_blank(one)) {
                title = before.trim_end();
            }
            format!("{title}\n{rest}").trim().to_owned()
        };
        let records: Vec<_> = file.records.iter().map(|one| (one.day, plain(&one.text))).collect();
        let wanted: Vec<_> =
            written(&entries).into_iter().map(|(one, text)| (one.day, plain(&text))).collect();
        prop_assert_eq!(records, wanted);
    }
}

#[test]
fn lines_that_would_begin_an_entry_get_a_backslash() {
    let mut entry = crate::journal::testing::entry("2026-11-22");
    let text = "one [2020-01-01] x\n[2020-01-01] two\n[ ] three\n[^1] four\n[2020-01-01]five\n[six";
    entry.afterthoughts = vec![crate::journal::entry::reflection::Afterthought {
        text: text.to_owned(),
        written_at: crate::journal::testing::at("2027-01-01T10:00:00+01:00"),
    }];
    let text = String::from_utf8(as_text(&[entry])).expect("UTF-8");
    let wanted = "[2026-11-22 23:59] Afterthought 2027-01-01: one [2020-01-01] x\n\\[2020-01-01] two\n\
        [ ] three\n[^1] four\n[2020-01-01]five\n\\[six\n";
    assert_eq!(text, wanted);
}

#[test]
fn an_export_without_entries_is_a_journal() {
    assert!(read(as_json(&[]).as_slice(), None, zone(1), Limits::USUAL).is_ok());
    assert!(as_text(&[]).is_empty());
}
