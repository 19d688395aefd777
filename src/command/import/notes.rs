//! `dwell import markdown`: a folder of notes, or one file.
//!
//! Folders whose names begin with a dot belong to programs and are passed over, as are files that
//! are no Markdown. Links are not followed: what they lead to may be anywhere.

use std::fs::{self, DirEntry};
use std::io::{self, Read};
use std::path::Path;

use crate::clock::LocalZone;
use crate::command::error::{Error, Result};
use crate::command::import::{report, source};
use crate::format::journal_file::JournalFile;
use crate::format::limits::{Limit, Limits};
use crate::format::markdown::source::read as read_note;
use crate::format::{Fault, FormatError};
use crate::journal::Entry;
use crate::journal::entry::record::Record;
use crate::messages::import;
use crate::platform;

/// A folder in a folder, and so on, no deeper than this.
const DEEPEST: u64 = 64;

/// Reads a file, or all notes in a folder.
pub fn read(path: &Path, zone: LocalZone, limits: Limits) -> Result<JournalFile> {
    let mut walk = Walk { zone, limits, bytes: 0, notes: 0, file: JournalFile::default() };
    if path.is_dir() {
        walk.folder(path, "", 0).map_err(|error| report::refused(path, &error))?;
        if walk.notes == 0 {
            return Err(Error::usage(import::no_notes(path)));
        }
        return Ok(walk.file);
    }
    let name = path.file_name().unwrap_or_default().to_string_lossy();
    let name = without_ending(&name).unwrap_or(&name);
    walk.note(name, None, source::open(path)?).map_err(|error| report::refused(path, &error))?;
    // In a folder other files are passed over. A file that was named was meant.
    match walk.file.skipped.first() {
        Some(error) if walk.file.records.is_empty() => Err(report::refused(path, error)),
        _ => Ok(walk.file),
    }
}

struct Walk {
    zone: LocalZone,
    limits: Limits,
    /// The bytes of all notes so far.
    bytes: u64,
    notes: u64,
    file: JournalFile,
}

impl Walk {
    /// Reads the notes of a folder; `below` is its path below the first one, with `/` at its end.
    fn folder(
        &mut self,
        path: &Path,
        below: &str,
        depth: u64,
    ) -> std::result::Result<(), FormatError> {
        let in_part = |error: io::Error| FormatError::from(Fault::Io(error)).in_part(below);
        let files = fs::read_dir(path).and_then(Iterator::collect::<io::Result<Vec<DirEntry>>>);
        let mut files = files.map_err(in_part)?;
        files.sort_by_key(DirEntry::file_name);
        for entry in files {
            let name = entry.file_name().to_string_lossy().into_owned();
            let part = format!("{below}{name}");
            let kind = entry.file_type().map_err(in_part)?;
            if name.starts_with('.') {
                continue;
            }
            if kind.is_dir() {
                if depth < DEEPEST {
                    self.folder(&entry.path(), &format!("{part}/"), depth + 1)?;
                } else {
                    let too_deep = FormatError::from(Fault::TooMuch(Limit::Depth(DEEPEST)));
                    self.file.skipped.push(too_deep.in_part(&part));
                }
            } else if let Some(note) = without_ending(&part) {
                if kind.is_file() {
                    let failed = |error| FormatError::from(Fault::Io(error)).in_part(&part);
                    let file = platform::open_file(&entry.path()).map_err(failed)?;
                    self.note(note, Some(&part), file).map_err(|error| error.in_part(&part))?;
                } else {
                    self.notes += 1;
                    let link = FormatError::from(Fault::NotAFile);
                    self.file.skipped.push(link.in_part(&part));
                }
            }
        }
        Ok(())
    }

    /// Reads a note; `path` is that below the folder, without its ending, and `part` its name if it
    /// is one of many.
    fn note(
        &mut self,
        path: &str,
        part: Option<&str>,
        from: impl Read,
    ) -> std::result::Result<(), FormatError> {
        self.notes += 1;
        self.limits.check_records(self.notes)?;
        let left = self.limits.bytes - self.bytes;
        let mut bytes = Vec::new();
        from.take(left.saturating_add(1)).read_to_end(&mut bytes).map_err(Fault::Io)?;
        if bytes.len() as u64 > left {
            return Err(Fault::TooMuch(Limit::Bytes(self.limits.bytes)).into());
        }
        self.bytes += bytes.len() as u64;
        let mut file = read_note(path, bytes, self.zone, self.limits)?;
        file.skipped.iter_mut().for_each(|skipped| skipped.part = part.map(str::to_owned));
        self.file.append(file);
        self.limits.check_records(self.file.records.len() as u64)?;
        Ok(())
    }
}

/// The path of a note without its ending; `None` if it is not a file of Markdown.
fn without_ending(path: &str) -> Option<&str> {
    let (name, ending) = path.rsplit_once('.')?;
    ["md", "markdown"].iter().any(|one| ending.eq_ignore_ascii_case(one)).then_some(name)
}

/// What of a record the entry of its day does not have yet; `None` if it has all of it. So what
/// goes out of a journal and comes back is not there twice, and a note that grew adds what is new.
pub fn beyond(mut record: Record, entry: Option<&Entry>) -> Option<Record> {
    let Some(entry) = entry else { return Some(record) };
    if let Some(written) = &entry.reflection {
        let (here, new) = (written.text.as_str(), record.text_with_tags());
        let has_all = format!("\n\n{here}\n\n").contains(&format!("\n\n{new}\n\n"));
        if has_all || record.text.is_empty() {
            record.text.clear();
            record.tags.clear();
        } else if let Some(more) = new.strip_prefix(here).filter(|more| more.starts_with('\n')) {
            more.trim_start_matches('\n').clone_into(&mut record.text);
            record.tags.clear();
        }
    }
    record.step = record.step.filter(|step| entry.step.as_ref() != Some(step));
    record.afterthoughts.retain(|one| !entry.afterthoughts.contains(one));
    let is_empty = record.text.is_empty() && record.tags.is_empty();
    let has_more = !is_empty || record.step.is_some() || !record.afterthoughts.is_empty();
    has_more.then_some(record)
}
