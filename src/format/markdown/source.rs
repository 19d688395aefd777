//! The records of one file of Markdown, whoever wrote it.

use crate::clock::LocalZone;
use crate::format::journal_file::JournalFile;
use crate::format::limits::Limits;
use crate::format::markdown::note::{self, PROGRAM};
use crate::format::markdown::own::{self, OwnDay};
use crate::format::markdown::seal::{self, Seal};
use crate::format::markdown::step;
use crate::format::{Fault, FormatError, identity, whole_text};
use crate::journal::entry::fact::Origin;
use crate::journal::entry::record::Record;

/// Reads a file. `path` is its path below the folder, with `/` between names and without its
/// ending. Errors if the file is not whole; a note that is none of a day is skipped.
pub fn read(
    path: &str,
    bytes: Vec<u8>,
    zone: LocalZone,
    limits: Limits,
) -> Result<JournalFile, FormatError> {
    let mut file = JournalFile::default();
    let text = match whole_text::of_bytes(bytes) {
        // Any file may have a name that ends as those of notes do.
        Err(error) if !note::is_daily(path) => {
            file.skipped.push(error);
            return Ok(file);
        }
        text => text?,
    };
    if own::is_own(&text)? {
        for day in own::read(&text)?.into_iter().filter(OwnDay::is_written) {
            let line = day.line;
            let record = record(day, zone);
            limits.check_field(&record.text).map_err(|why| FormatError::at_line(line, why))?;
            file.records.push(record);
        }
        return Ok(file);
    }
    match note::read(path, &text, zone) {
        Ok(record) => {
            limits.check_field(&record.text)?;
            file.records.push(record);
        }
        // The file that says what the others are.
        Err(Fault::NotADailyNote) if seal::of(&text) == Seal::Whole => {}
        Err(why) => file.skipped.push(why.into()),
    }
    Ok(file)
}

/// A day that dwell wrote. What it is, its content says, wherever its file is.
fn record(day: OwnDay, zone: LocalZone) -> Record {
    let text = day.text();
    let at = day.at().unwrap_or_else(|| note::noon(day.day, zone));
    let mut parts = vec![day.day.to_string(), text.clone()];
    parts.extend(day.step.as_ref().map(|step| step::lines(step).0));
    for one in &day.afterthoughts {
        parts.extend([one.written_at.timestamp_millis().to_string(), one.text.clone()]);
    }
    let parts: Vec<&str> = parts.iter().map(String::as_str).collect();
    let origin = Origin { format: PROGRAM.to_owned(), key: identity::key(&parts) };
    let OwnDay { day, step, afterthoughts, .. } = day;
    Record { day, at, text, tags: Vec::new(), step, afterthoughts, origin }
}
