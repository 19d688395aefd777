//! The JSON to which `tui-journal` exports entries, and its transfer to another of its journals.
//!
//! tui-journal asks for a date without a time, and stores the midnight of UTC for it: that is a
//! bare date, the same in every zone. Any other time is an instant, whose day is the one that it
//! was where the person lives.

use std::io::BufRead;

use chrono::{DateTime, NaiveTime};
use serde_json::Value;

use crate::clock::LocalZone;
use crate::format::entry_list::{self, text};
use crate::format::journal_file::JournalFile;
use crate::format::limits::Limits;
use crate::format::{Fault, FormatError, identity, whole_text};
use crate::journal::Day;
use crate::journal::entry::fact::Origin;
use crate::journal::entry::record::Record;
use crate::journal::entry::reflection;

pub const PROGRAM: &str = "tui-journal";

/// The version of the format that is read.
const VERSION: u64 = 100;

/// Reads a file. Errors if it is not whole, not of tui-journal, or of a newer version.
pub fn read(
    from: impl BufRead,
    zone: LocalZone,
    limits: Limits,
) -> Result<JournalFile, FormatError> {
    let text = whole_text::read(from, limits)?;
    if let Some(version) = entry_list::number(&text, "version").filter(|one| *one > VERSION) {
        return Err(Fault::Newer { version }.into());
    }
    entry_list::read(&text, PROGRAM, limits, |entry, _| record(entry, zone))
}

fn record(entry: &Value, zone: LocalZone) -> Result<Record, Fault> {
    let (date, title, content) =
        (text(entry, "date")?, text(entry, "title")?, text(entry, "content")?);
    let not_a_date = || Fault::NotADate(date.to_owned());
    let instant = DateTime::parse_from_rfc3339(date).map_err(|_| not_a_date())?.to_utc();
    let at = match instant.time() {
        NaiveTime::MIN => zone.on_the_wall(instant.naive_utc()),
        _ => zone.of_instant(instant),
    };
    let words = match content {
        "" => title.to_owned(),
        _ => format!("{title}\n\n{content}"),
    };
    Ok(Record {
        day: Day::new(at.date_naive()).ok_or_else(not_a_date)?,
        at,
        text: reflection::kept(&words).ok_or(Fault::NoWords)?.to_owned(),
        tags: entry_list::tags(entry),
        step: None,
        afterthoughts: Vec::new(),
        origin: Origin {
            format: PROGRAM.to_owned(),
            key: identity::key(&[&instant.to_rfc3339(), title, content]),
        },
    })
}

#[cfg(test)]
mod tests {
    use chrono::FixedOffset;

    use super::*;

    fn journal(hours: i32, text: &str) -> Result<JournalFile, FormatError> {
        let zone = FixedOffset::east_opt(hours * 3600).expect("an offset");
        read(text.as_bytes(), LocalZone::Fixed(zone), Limits::USUAL)
    }

    fn only(hours: i32, date: &str) -> Record {
        let text = format!(
            r#"{{"version":100,"entries":[{{"date":"{date}","title":"A walk","content":"By the sea",
            "tags":["Sea Side"],"priority":1}}]}}"#
        );
        journal(hours, &text).expect("a journal").records.pop().expect("a record")
    }

    #[test]
    fn a_bare_date_is_that_day_in_every_zone_and_an_instant_is_the_day_that_it_was_there() {
        for hours in [13, 0, -10] {
            let record = only(hours, "2026-11-21T00:00:00Z");
            assert_eq!(record.day.to_string(), "2026-11-21", "{hours}");
            assert_eq!(record.at.naive_local().to_string(), "2026-11-21 00:00:00");
        }
        assert_eq!(only(13, "2026-11-21T23:30:00Z").day.to_string(), "2026-11-22");
        assert_eq!(only(-10, "2026-11-21T09:30:00Z").day.to_string(), "2026-11-20");
        let record = only(0, "2026-11-21T00:00:00Z");
        assert_eq!(
            (record.text.as_str(), record.tags[0].as_str()),
            ("A walk\n\nBy the sea", "sea-side")
        );
        assert_eq!(only(5, "2026-11-21T00:00:00Z").origin, record.origin);
    }

    #[test]
    fn a_newer_version_and_other_files_are_refused() {
        let newer = journal(0, r#"{"version":101,"entries":[]}"#).expect_err("refused");
        assert!(matches!(newer.why, Fault::Newer { version: 101 }));
        let other = journal(0, r#"{"entries":[{"date":"2026-11-21","time":"10:00"}]}"#);
        assert!(matches!(other.expect_err("refused").why, Fault::NotOf { .. }));
    }
}
