//! Entries as an export of Day One: a zip archive with one journal in JSON.

use std::io::{self, Write};

use chrono::{DateTime, SecondsFormat, Utc};
use serde_json::json;
use zip::ZipWriter;
use zip::write::{SimpleFileOptions, StreamWriter};

use crate::format::dayone::escapes::escaped;
use crate::format::dayone::zone::{self, Zone};
use crate::format::entry_text::{entry_text, moment, on_its_day};
use crate::format::{EntryWriter, identity};
use crate::journal::entry::tags;
use crate::journal::{Entry, Moment};
use crate::text::escape_in_json;

/// The name of the part, from which Day One takes the name of the journal.
const PART: &str = "dwell.json";

/// Writes entries.
pub struct Writer<W: Write> {
    /// `None` once it is finished.
    archive: Option<ZipWriter<StreamWriter<W>>>,
    /// What comes before the next entry.
    before: &'static str,
}

impl<W: Write> std::fmt::Debug for Writer<W> {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("Writer").field("before", &self.before).finish_non_exhaustive()
    }
}

impl<W: Write> Writer<W> {
    /// Begins the archive.
    pub fn new(out: W) -> io::Result<Self> {
        let mut archive = ZipWriter::new_stream(out);
        archive.start_file(PART, SimpleFileOptions::default().large_file(true))?;
        archive.write_all(b"{\"metadata\":{\"version\":\"1.0\"},\"entries\":[")?;
        Ok(Self { archive: Some(archive), before: "" })
    }

    fn part(&mut self) -> &mut ZipWriter<StreamWriter<W>> {
        self.archive.as_mut().expect("it is not finished")
    }
}

impl<W: Write> Drop for Writer<W> {
    fn drop(&mut self) {
        // Dropped, an archive would end itself as if it were whole, and complain where it cannot.
        std::mem::forget(self.archive.take());
    }
}

impl<W: Write> EntryWriter for Writer<W> {
    fn entry(&mut self, entry: &Entry) -> io::Result<()> {
        let Some(text) = entry_text(entry) else { return Ok(()) };
        let (at, zone) = in_a_zone(entry);
        let revised = entry.reflection.as_ref().map_or(at, |written| written.revised_at.to_utc());
        let value = json!({
            "uuid": uuid(entry),
            "creationDate": at.to_rfc3339_opts(SecondsFormat::Secs, true),
            "modifiedDate": revised.to_rfc3339_opts(SecondsFormat::Secs, true),
            "timeZone": zone,
            "isAllDay": false,
            "starred": false,
            "isPinned": false,
            "tags": tags::tags(&text),
            "text": escaped(&text),
        });
        let before = std::mem::replace(&mut self.before, ",\n");
        write!(self.part(), "{before}{}", escape_in_json(&value.to_string()))
    }

    fn finish(mut self: Box<Self>) -> io::Result<()> {
        self.part().write_all(b"\n]}\n")?;
        let archive = self.archive.take().expect("it is not finished");
        archive.finish()?.into_inner().flush()
    }
}

/// Stays the same when the words are revised, so that Day One takes a later export for the same
/// entries.
fn uuid(entry: &Entry) -> String {
    let first = entry.reflection.as_ref().map(|written| written.written_at.timestamp_millis());
    let first = first.map(|first| first.to_string()).unwrap_or_default();
    identity::key(&["dwell", &entry.day.to_string(), &first]).to_uppercase()
}

/// When the entry was written, and the name of a zone in which that is on its day.
fn in_a_zone(entry: &Entry) -> (DateTime<Utc>, String) {
    let at = moment(entry);
    let (at, zone) = match zone_of(at) {
        Some(zone) => (at, zone),
        None => (at.to_utc().fixed_offset(), "UTC".to_owned()),
    };
    (on_its_day(at, entry).to_utc(), zone)
}

/// The name of a zone that has the offset of this moment then: one of whole hours, else one of a
/// place. `None` if there is none.
fn zone_of(at: Moment) -> Option<String> {
    let seconds = at.offset().local_minus_utc();
    let hours = seconds / 3600;
    if seconds == 0 {
        return Some("UTC".to_owned());
    }
    if seconds % 3600 == 0 && (-12..=14).contains(&hours) {
        // In these names the sign is that of the way back to UTC.
        return Some(format!("Etc/GMT{:+}", -hours));
    }
    let has_offset = |name: &&str| {
        Zone::of_name(name).is_some_and(|zone| zone.offset(at.to_utc()) == *at.offset())
    };
    zone::names().find(has_offset).map(str::to_owned)
}
