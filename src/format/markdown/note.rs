//! Daily notes that somebody else wrote as Markdown: Obsidian and the like, a file a day.
//!
//! The day is that of the name, else of the property `date`, else of a first heading that is a date;
//! never that of the file on the disk. All words come along as they are; of the properties the date,
//! the title and the tags.

use chrono::{NaiveDate, NaiveTime};

use crate::clock::LocalZone;
use crate::format::markdown::note_day::{NameOf, of_heading, of_path};
use crate::format::markdown::properties::{self, Date, Properties};
use crate::format::{Fault, identity};
use crate::journal::entry::fact::Origin;
use crate::journal::entry::record::Record;
use crate::journal::entry::reflection;
use crate::journal::{Day, Moment};

pub const PROGRAM: &str = "markdown";

/// Whether a path below its folder, without its ending, is that of a daily note.
pub fn is_daily(path: &str) -> bool {
    of_path(path) != NameOf::Other
}

/// Makes a record of a note. `path` is its path below its folder, without its ending. Errors if the
/// note has no day, or no words.
pub fn read(path: &str, text: &str, zone: LocalZone) -> Result<Record, Fault> {
    let text = plain_line_breaks(text);
    let (properties, body) = properties::split(&text);
    let (date, title, body) = match of_path(path) {
        NameOf::Day(date, title) => (date, title, body),
        NameOf::NoSuchDay(name) => return Err(Fault::NotADate(name)),
        NameOf::Other => match (properties.date, first_heading(body)) {
            (Some(date), _) => (date.day(), None, body),
            (None, Some((date, _))) => (date, None, body),
            (None, None) => return Err(Fault::NotADailyNote),
        },
    };
    // A heading that only says the day again is no words.
    let body = first_heading(body).filter(|(day, _)| *day == date).map_or(body, |(_, rest)| rest);
    let day = Day::new(date).ok_or_else(|| Fault::NotADate(date.to_string()))?;
    let words = reflection::kept(body).ok_or(Fault::NoWords)?;
    Ok(Record {
        day,
        at: at(day, &properties, zone),
        text: with_title(properties.title.clone().or(title), words),
        tags: properties.tags,
        step: None,
        afterthoughts: Vec::new(),
        origin: Origin { format: PROGRAM.to_owned(), key: identity::key(&[path, &text]) },
    })
}

/// When the note was written, as far as its properties say. At noon, if they do not.
fn at(day: Day, properties: &Properties, zone: LocalZone) -> Moment {
    let of = |date: Date| match date {
        Date::Day(_) => None,
        Date::Time(time) => Some(zone.on_the_wall(time)),
        Date::Instant(at) => Some(at),
    };
    let is_of_day = |date: &Date| date.day() == day.date();
    let dated = properties.date.filter(is_of_day).and_then(of);
    dated.or(properties.created.and_then(of)).unwrap_or_else(|| noon(day, zone))
}

/// Noon of a day.
pub fn noon(day: Day, zone: LocalZone) -> Moment {
    let noon = NaiveTime::from_hms_opt(12, 0, 0).unwrap_or_default();
    zone.on_the_wall(day.date().and_time(noon))
}

/// The words below their title, if it is not a date and not there already.
fn with_title(title: Option<String>, words: &str) -> String {
    let first = words.lines().next().unwrap_or_default().trim_start_matches('#').trim();
    match title {
        Some(title) if first != title && of_heading(&title).is_none() => {
            reflection::below(&format!("# {title}"), words)
        }
        _ => words.to_owned(),
    }
}

/// The day of the first line, if it is a heading that is a date, and the text below.
fn first_heading(body: &str) -> Option<(NaiveDate, &str)> {
    let body = body.trim_start_matches(['\n', '\u{feff}']);
    let (first, rest) = body.split_once('\n').unwrap_or((body, ""));
    Some((of_heading(first.trim_start().strip_prefix('#')?.trim_start_matches('#'))?, rest))
}

/// The text with the line breaks of Unix, if all its lines end as on Windows.
fn plain_line_breaks(text: &str) -> String {
    let breaks = text.matches('\n').count();
    let is_crlf = breaks > 0 && text.matches("\r\n").count() == breaks;
    if is_crlf { text.replace("\r\n", "\n") } else { text.to_owned() }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::journal::testing::day;

    fn read_at(path: &str, text: &str, offset: &str) -> Result<Record, Fault> {
        let offset = offset.parse().expect("an offset");
        read(path, text, LocalZone::Fixed(offset))
    }

    fn note(path: &str, text: &str) -> Record {
        read_at(path, text, "+01:00").expect("a note")
    }

    #[test]
    fn a_note_is_of_the_day_of_its_name_in_every_zone() {
        for offset in ["+13:00", "-10:00", "+00:00"] {
            let record = read_at("2026-11-22", "words\n", offset).expect("a note");
            assert_eq!((record.day, record.text.as_str()), (day("2026-11-22"), "words"));
            assert_eq!(record.at.to_rfc3339(), format!("2026-11-22T12:00:00{offset}"));
            let created = "---\ncreated: 2026-11-23T00:30:00Z\ndate: 2026-11-20\n---\nwords";
            let record = read_at("a/20261122", created, offset).expect("a note");
            assert_eq!(record.day, day("2026-11-22"));
            assert_eq!(record.at.to_rfc3339(), "2026-11-23T00:30:00+00:00");
        }
    }

    #[test]
    fn the_day_may_stand_in_the_note() {
        let record = note("abc1", "---\ndate: 2026-11-22 08:30\ntitle: A walk\n---\nwords");
        assert_eq!((record.day, record.text.as_str()), (day("2026-11-22"), "# A walk\n\nwords"));
        assert_eq!(record.at.to_rfc3339(), "2026-11-22T08:30:00+01:00");
        let record = note("today", "\n# 2026-11-22\n\nwords\n# more\n");
        assert_eq!((record.day, record.text.as_str()), (day("2026-11-22"), "words\n# more"));
        let record = note("2026-11-22", "# Sunday, November 22, 2026\nwords");
        assert_eq!(record.text, "words");
        let record = note("2026-11-22", "# 2026-11-21\nwords");
        assert_eq!(record.text, "# 2026-11-21\nwords", "it says another day");
    }

    #[test]
    fn words_and_tags_come_along_as_they_are() {
        let text = "---\ntags: [work, home]\nmood: 3\n---\n  - [ ] a task\r\n---\nx: #work  \n\n";
        let record = note("2026-11-22_walk", text);
        assert_eq!(record.text, "# walk\n\n  - [ ] a task\r\n---\nx: #work  ");
        assert_eq!(record.tags, ["work", "home"]);
        assert_eq!(note("2026-11-22", "a\r\nb\r\n").text, "a\nb");
        assert_ne!(note("2026-11-22", "a").origin, note("2026-11-22", "b").origin);
        assert_ne!(note("2026-11-22", "a").origin, note("x/2026-11-22", "a").origin);
    }

    #[test]
    fn what_is_no_daily_note_and_what_has_no_words_is_named() {
        let fault = |path, text| read_at(path, text, "+01:00").expect_err("no note");
        assert!(matches!(fault("ideas", "words"), Fault::NotADailyNote));
        assert!(matches!(fault("2026-02-30", "words"), Fault::NotADate(_)));
        assert!(matches!(fault("1066-10-14", "words"), Fault::NotADate(_)));
        for text in ["", "\n \n", "---\ntags: [a]\n---\n", "# 2026-11-22\n"] {
            assert!(matches!(fault("2026-11-22", text), Fault::NoWords), "{text}");
        }
    }
}
