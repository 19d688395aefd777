//! The entries of other journal programs: read whole, then imported as one change.

use std::collections::HashSet;
use std::fs::File;
use std::io::{self, BufReader, Cursor, Read, Seek, SeekFrom};
use std::path::{Path, PathBuf};

use crate::clock::LocalZone;
use crate::command::Context;
use crate::command::error::{Error, Result};
use crate::command::import::{notes, report, source};
use crate::format::journal_file::JournalFile;
use crate::format::limits::{Bounded, Limits};
use crate::format::{Counts, Fault, FormatError, RecordKind, dayone, jrnl, tui_journal};
use crate::journal::entry::record::Record;
use crate::messages::import;
use crate::platform;
use crate::store::Store;

/// The program that a journal is of.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Program<'a> {
    Jrnl {
        date_format: Option<&'a str>,
    },
    DayOne,
    TuiJournal,
    /// Daily notes in Markdown, and the Markdown of dwell.
    Markdown,
}

/// How files are imported.
#[derive(Debug, Clone, Copy)]
pub struct Way {
    pub dry_run: bool,
    pub limits: Limits,
}

/// Imports files and reports what became of each. Nothing is imported if one of them cannot be
/// read.
pub fn run(program: Program, files: &[PathBuf], way: Way, context: &mut Context) -> Result<()> {
    if let Program::Jrnl { date_format: Some(format) } = program
        && !jrnl::is_date_format(format)
    {
        return Err(Error::usage(import::not_a_date_format(format)));
    }
    let zone = context.config.clock.local_zone()?;
    let mut journals = Vec::new();
    for path in files {
        journals.push((path.as_path(), read(program, path, zone, way.limits)?));
    }
    let now = context.now()?;
    let store = if way.dry_run { context.store_if_any()? } else { Some(context.open_store()?) };
    let mut known = store.as_ref().map_or(Ok(HashSet::new()), Store::origins)?;
    let mut records = Vec::new();
    let mut reports = Vec::new();
    for (path, journal) in journals {
        let JournalFile { records: all, skipped, left_out } = journal;
        let found = all.len() as u64;
        let new = records.len();
        for record in all.into_iter().filter(|one| known.insert(one.origin.to_string())) {
            records.extend(match &store {
                Some(store) if program == Program::Markdown => {
                    let entry = store.entry(record.day)?;
                    notes::beyond(record, entry.as_ref())
                }
                _ => Some(record),
            });
        }
        let imported = (records.len() - new) as u64;
        let unusable = skipped.len() as u64;
        let counts = Counts { imported, known: found - imported, unusable, ..Counts::default() };
        reports.push((path, counts, skipped, left_out));
    }
    if let Some(mut store) = store.filter(|_| !way.dry_run && !records.is_empty()) {
        // Words of one day come one below the other, the earliest first.
        records.sort_by_key(|record: &Record| record.at);
        let mut line = context.terminal.progress_line();
        let total = records.len();
        let records = (0..).zip(records).map(|(done, record)| {
            line.update(done, total, import::importing);
            record
        });
        store.import(now, records)?;
    }
    for (path, counts, skipped, left_out) in reports {
        for error in &skipped {
            report::skipped(path, error, context)?;
        }
        if counts.imported > 0 {
            for what in import::left_out(path, &left_out) {
                context.terminal.say(&what)?;
            }
        }
        report::counts(path, (RecordKind::Entry, counts), way.dry_run, context)?;
    }
    Ok(())
}

fn read(program: Program, path: &Path, zone: LocalZone, limits: Limits) -> Result<JournalFile> {
    let read = match program {
        Program::Markdown => return notes::read(path, zone, limits),
        Program::Jrnl { date_format } => jrnl::read(source::open(path)?, date_format, zone, limits),
        Program::TuiJournal => tui_journal::read(source::open(path)?, zone, limits),
        Program::DayOne => day_one(path, zone, limits)?,
    };
    read.map_err(|error| report::refused(path, &error))
}

/// Reads an export of Day One. An archive is read from its end; what cannot go back is read into
/// memory first.
fn day_one(
    path: &Path,
    zone: LocalZone,
    limits: Limits,
) -> Result<std::result::Result<JournalFile, FormatError>> {
    if path.as_os_str() != "-" {
        let failed = |error: &io::Error| Error::usage(import::not_read(path, error));
        let mut file = platform::open_file_or_pipe(path).map_err(|error| failed(&error))?;
        if is_seekable(&mut file) {
            return Ok(dayone::read(BufReader::new(file), zone, limits));
        }
    }
    let mut bytes = Vec::new();
    Ok(match Bounded::new(source::open(path)?, limits).read_to_end(&mut bytes) {
        Ok(_) => dayone::read(Cursor::new(bytes), zone, limits),
        Err(error) => Err(Fault::from(error).into()),
    })
}

fn is_seekable(file: &mut File) -> bool {
    file.seek(SeekFrom::Start(0)).is_ok()
}
