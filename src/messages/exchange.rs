//! Export and import.

use std::io;
use std::path::Path;

use crate::format::{Fault, FormatError};
use crate::messages::{Message, files, numbers};
use crate::store::MergeReport;

/// Says that the journal was written out.
pub fn exported(lines: usize, path: &Path) -> String {
    format!("wrote {} to {}", numbers::lines(lines), path.display())
}

pub fn not_written(path: &Path, error: &io::Error) -> Message {
    let cannot =
        |cause: &str| Message::new(format!("{} cannot be written: {cause}", path.display()));
    let message = cannot(&files::cause(error));
    match error.kind() {
        io::ErrorKind::AlreadyExists => {
            cannot("it is there already").hint("name a file that is not there yet")
        }
        _ => message.hint("name another file with --output"),
    }
}

pub fn not_read(path: &Path, error: &io::Error) -> Message {
    Message::new(format!("{} cannot be read: {}", path.display(), files::cause(error)))
        .hint("dwell import --help says what can be imported")
}

/// The result of an import.
pub fn merged(path: &Path, report: MergeReport, dry_run: bool) -> String {
    let MergeReport { facts, lessons, known, forgotten } = report;
    let verb = if dry_run { "would import" } else { "imported" };
    let mut parts = vec![
        format!("{verb} {} and {}", numbers::facts(facts), numbers::lessons(lessons)),
        format!("{} already here", numbers::grouped(known as u64)),
    ];
    if forgotten > 0 {
        parts.push(format!("{} left out: forgotten here", numbers::grouped(forgotten as u64)));
    }
    format!("{}: {}", path.display(), parts.join(", "))
}

/// Why a line of a file was not imported.
pub fn bad_line(path: &Path, error: &FormatError) -> Message {
    let place = format!("{}, line {}", path.display(), error.line);
    let said = |what: &str| Message::new(format!("{place}: {what}"));
    match &error.why {
        Fault::Io(error) => said(&format!("cannot be read: {}", files::cause(error))),
        Fault::TooLong => said("the line is too long, and what follows was not read"),
        Fault::NotUtf8 => said("it is not UTF-8 text"),
        Fault::NotJson => said("it is not JSON"),
        Fault::NotThisFormat => {
            Message::new(format!("{} is not a file of dwell export jsonl", path.display()))
                .hint("dwell import --help says what can be imported")
        }
        Fault::Newer { version } => {
            said(&format!("version {version} of the format is newer than this dwell"))
                .hint("update dwell")
        }
        Fault::Field(name) => said(&format!("{name} is missing or wrong")),
        Fault::DamagedFact(id) => said(&format!("fact {id} is damaged: its hash does not fit")),
        Fault::DamagedLesson => said("the lesson is damaged: its id is not that of its words"),
    }
}

/// Says that some lines were not imported. Each was named before.
pub fn not_all_imported(bad: usize) -> Message {
    Message::new(format!("{} could not be imported; all the others were", numbers::lines(bad)))
        .hint("nothing that was here was changed")
}
