//! The JSON of `jrnl --format json`.

use chrono::{NaiveDate, NaiveTime};
use serde_json::Value;

use crate::clock::LocalZone;
use crate::format::entry_list::{self, text};
use crate::format::journal_file::JournalFile;
use crate::format::jrnl::{self, PROGRAM};
use crate::format::limits::Limits;
use crate::format::{Fault, FormatError};
use crate::journal::entry::record::Record;

/// Reads the entries of a text. Errors if it is not such JSON.
pub fn read(text: &str, zone: LocalZone, limits: Limits) -> Result<JournalFile, FormatError> {
    entry_list::read(text, PROGRAM, limits, |entry, file| {
        let record = record(entry, zone)?;
        file.left_out.stars += u64::from(entry["starred"] == true);
        Ok(record)
    })
}

fn record(entry: &Value, zone: LocalZone) -> Result<Record, Fault> {
    let (date, time) = (text(entry, "date")?, text(entry, "time")?);
    let (title, body) = (text(entry, "title")?, text(entry, "body")?);
    let wrong = |part: &str| Fault::NotADate(part.to_owned());
    let day = NaiveDate::parse_from_str(date, "%Y-%m-%d").map_err(|_| wrong(date))?;
    let at = NaiveTime::parse_from_str(time, "%H:%M").map_err(|_| wrong(time))?;
    let words = if body.is_empty() { title.to_owned() } else { format!("{title}\n{body}") };
    jrnl::record(day.and_time(at), &words, zone)
}
