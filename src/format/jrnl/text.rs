//! The text that jrnl keeps: entries that begin with a date in brackets.
//!
//! A line that begins with `[` and holds no date is a line of the entry above it. Words before the
//! first date belong to no day.

use chrono::{NaiveDate, NaiveDateTime};

use crate::clock::LocalZone;
use crate::format::journal_file::JournalFile;
use crate::format::jrnl::{self, PROGRAM};
use crate::format::limits::Limits;
use crate::format::{Fault, FormatError};
use crate::text::is_blank;

/// The forms of a date that are read without being named: the two that jrnl has had, and common
/// others.
const FORMS: [&str; 7] = [
    "%Y-%m-%d %I:%M:%S %p",
    "%Y-%m-%d %H:%M",
    "%Y-%m-%d %H:%M:%S",
    "%Y-%m-%d %I:%M %p",
    "%Y-%m-%dT%H:%M:%S",
    "%Y-%m-%dT%H:%M",
    "%Y/%m/%d %H:%M",
];

/// Dates without a time.
const BARE_FORMS: [&str; 1] = ["%Y-%m-%d"];

/// Reads the entries of a text. Errors if no line begins with a date.
pub fn read(
    text: &str,
    form: Option<&str>,
    zone: LocalZone,
    limits: Limits,
) -> Result<JournalFile, FormatError> {
    let text = with_plain_line_breaks(text);
    let mut file = JournalFile::default();
    let mut entry = Entry { line: 1, date: None, text: String::new() };
    let mut entries = 0;
    for (line, words) in (1..).zip(text.split_inclusive('\n')) {
        let Some((date, rest)) = date_at(words, form) else {
            entry.text.push_str(words);
            continue;
        };
        entries += 1;
        limits.check_records(entries)?;
        entry.add_to(&mut file, zone, limits)?;
        entry = Entry { line, date: Some(date), text: rest.to_owned() };
    }
    entry.add_to(&mut file, zone, limits)?;
    if entries == 0 && !is_blank(&text) {
        return Err(Fault::NotOf { program: PROGRAM }.into());
    }
    Ok(file)
}

/// The text with the line breaks of Unix, if all its lines end as on Windows.
fn with_plain_line_breaks(text: &str) -> std::borrow::Cow<'_, str> {
    let breaks = text.matches('\n').count();
    if breaks > 0 && text.matches("\r\n").count() == breaks {
        return text.replace("\r\n", "\n").into();
    }
    text.into()
}

/// The entry that is being read; without a date the words before the first one.
struct Entry {
    line: u64,
    date: Option<NaiveDateTime>,
    text: String,
}

impl Entry {
    fn add_to(
        self,
        file: &mut JournalFile,
        zone: LocalZone,
        limits: Limits,
    ) -> Result<(), FormatError> {
        let at_line = |why| FormatError::at_line(self.line, why);
        limits.check_field(&self.text).map_err(at_line)?;
        let Some(date) = self.date else {
            if !is_blank(&self.text) {
                file.skipped.push(at_line(Fault::BeforeFirstEntry(self.text.trim().to_owned())));
            }
            return Ok(());
        };
        let (text, has_star) = without_star(&self.text);
        match jrnl::record(date, &text, zone) {
            Ok(record) => {
                file.left_out.stars += u64::from(has_star);
                file.records.push(record);
            }
            Err(why) => file.skipped.push(at_line(why)),
        }
        Ok(())
    }
}

/// The date at the beginning of a line, and what stands after it.
fn date_at<'a>(line: &'a str, form: Option<&str>) -> Option<(NaiveDateTime, &'a str)> {
    let (date, rest) = line.strip_prefix('[')?.split_once(']')?;
    let rest = rest.strip_prefix(' ').or_else(|| rest.trim().is_empty().then_some(rest))?;
    Some((parsed(date, form)?, rest))
}

fn parsed(date: &str, form: Option<&str>) -> Option<NaiveDateTime> {
    // Some systems put a narrow space before AM and PM.
    let date = date.replace(['\u{202f}', '\u{a0}'], " ");
    let with_time = |form: &&str| NaiveDateTime::parse_from_str(&date, form).ok();
    let bare = |form: &&str| {
        let day = NaiveDate::parse_from_str(&date, form).ok()?;
        day.and_hms_opt(0, 0, 0)
    };
    match form {
        Some(form) => with_time(&form).or_else(|| bare(&form)),
        None => FORMS.iter().find_map(with_time).or_else(|| BARE_FORMS.iter().find_map(bare)),
    }
}

/// The text without the star at the end of its first line, which marks the entry.
fn without_star(text: &str) -> (String, bool) {
    let (first, rest) = text.split_once('\n').unwrap_or((text, ""));
    match first.trim_end().strip_suffix(" *") {
        Some(title) if !is_blank(title) => (format!("{}\n{rest}", title.trim_end()), true),
        _ => (text.to_owned(), false),
    }
}
