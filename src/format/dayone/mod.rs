//! Exports of Day One: a zip archive with a JSON file for each journal, or such a JSON file alone.
//!
//! An instant is stored in UTC, beside the zone in which the entry was written. Its day is the one
//! that it was there. Pictures and other media are left out; what the words say of them stays.

mod archive;
mod escapes;
pub mod out;
mod zone;

use std::io::{BufReader, Read, Seek, SeekFrom};

use chrono::DateTime;
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
use zone::Zone;

pub const PROGRAM: &str = "Day One";

/// The lists of an entry that name its media.
const MEDIA: [&str; 5] = ["photos", "videos", "audios", "pdfAttachments", "pdfs"];

/// Reads an export. `zone` is that of the person, for entries without one. Errors if the file is
/// not whole, or not of Day One.
pub fn read(
    mut from: impl Read + Seek,
    zone: LocalZone,
    limits: Limits,
) -> Result<JournalFile, FormatError> {
    let mut start = Vec::new();
    let failed = |error| FormatError::from(Fault::from(error));
    from.by_ref().take(4).read_to_end(&mut start).map_err(failed)?;
    from.seek(SeekFrom::Start(0)).map_err(failed)?;
    if !start.starts_with(b"PK") {
        let text = whole_text::read(BufReader::new(from), limits)?;
        return journal(&text, zone, limits);
    }
    let mut file = JournalFile::default();
    archive::each_json(from, limits, |name, text| {
        let mut part = journal(text, zone, limits).map_err(|error| error.in_part(name))?;
        part.skipped = part.skipped.into_iter().map(|error| error.in_part(name)).collect();
        file.append(part);
        Ok(limits.check_records((file.records.len() + file.skipped.len()) as u64)?)
    })?;
    Ok(file)
}

/// Reads the JSON of one journal.
fn journal(text: &str, zone: LocalZone, limits: Limits) -> Result<JournalFile, FormatError> {
    entry_list::read(text, PROGRAM, limits, |entry, file| record(entry, zone, file))
}

fn record(entry: &Value, local: LocalZone, file: &mut JournalFile) -> Result<Record, Fault> {
    let date = text(entry, "creationDate")?;
    let not_a_date = || Fault::NotADate(date.to_owned());
    let instant = DateTime::parse_from_rfc3339(date).map_err(|_| not_a_date())?.to_utc();
    let name = entry["timeZone"].as_str();
    let written_in = name.and_then(Zone::of_name);
    let at = match &written_in {
        Some(zone) => zone.of_instant(instant),
        None => local.of_instant(instant),
    };
    let day = Day::new(at.date_naive()).ok_or_else(not_a_date)?;
    let words = words(entry);
    let text = reflection::kept(&words).ok_or(Fault::NoWords)?.to_owned();
    file.left_out.media += media(entry);
    file.left_out.stars += u64::from(entry["starred"] == true);
    if let Some(name) = name.filter(|_| written_in.is_none()) {
        *file.left_out.zones.entry(name.to_owned()).or_default() += 1;
    }
    let key = match entry["uuid"].as_str().filter(|uuid| !uuid.is_empty()) {
        Some(uuid) => uuid.to_ascii_uppercase(),
        None => identity::key(&[&instant.to_rfc3339(), &text]),
    };
    Ok(Record {
        day,
        at,
        text,
        tags: entry_list::tags(entry),
        step: None,
        afterthoughts: Vec::new(),
        origin: Origin { format: "dayone".to_owned(), key },
    })
}

/// The words of an entry: its text in Markdown, or else what its rich text says.
fn words(entry: &Value) -> String {
    match entry["text"].as_str().filter(|text| !text.is_empty()) {
        Some(text) => escapes::resolved(text),
        None => entry["richText"].as_str().map(rich_text).unwrap_or_default(),
    }
}

/// The words of a rich text, which is JSON inside a text. Empty if it is anything else.
fn rich_text(json: &str) -> String {
    let value: Value = serde_json::from_str(json).unwrap_or_default();
    let parts = value["contents"].as_array().into_iter().flatten();
    parts.filter_map(|part| part["text"].as_str()).collect()
}

/// The number of pictures and other media of an entry.
fn media(entry: &Value) -> u64 {
    MEDIA.iter().filter_map(|name| entry[name].as_array()).map(|list| list.len() as u64).sum()
}

#[cfg(test)]
mod tests;
