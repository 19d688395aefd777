//! Import.

use std::io;
use std::path::Path;

use crate::format::limits::Limit;
use crate::format::{Counts, Fault, FormatError, RecordKind};
use crate::messages::{Message, files, numbers};
use crate::store::MergeReport;

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

/// Why a record of a file was not imported, or the whole file.
pub fn bad_record(path: &Path, error: &FormatError) -> Message {
    let said = |what: &str| Message::new(format!("{}: {what}", place(path, error)));
    match &error.why {
        Fault::Io(error) => said(&format!("cannot be read: {}", files::cause(error))),
        Fault::TooLong => said("the line is too long, and what follows was not read"),
        Fault::TooMuch(limit) => {
            said(&too_much(*limit)).hint("--large takes it in all the same; nothing was imported")
        }
        Fault::NotUtf8 => said("it is not UTF-8 text"),
        Fault::Nul => said("it holds a zero byte, which no text has"),
        Fault::NoLessons => said("no numbered lessons were found in it").hint(
            "each lesson needs a heading with its number, such as #1 - Title, on a line of its own",
        ),
        Fault::LessonWithoutText => said("this heading has no text below it"),
        Fault::NotJson => said("it is not JSON"),
        Fault::Torn => said("it ends within a record"),
        Fault::Mark => said("this mark of dwell stands where it does not belong"),
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

/// Why a record was skipped.
pub fn skipped(path: &Path, error: &FormatError) -> Message {
    let Message { text, hint } = bad_record(path, error);
    Message { text: format!("skipped: {text}"), hint }
}

fn place(path: &Path, error: &FormatError) -> String {
    let mut place = path.display().to_string();
    if let Some(part) = &error.part {
        place.push_str(&format!(", {part}"));
    }
    if let Some(line) = error.line {
        place.push_str(&format!(", line {line}"));
    }
    place
}

fn too_much(limit: Limit) -> String {
    match limit {
        Limit::Bytes(bytes) => format!("it holds more than {} MiB", bytes >> 20),
        Limit::Records(records) => {
            format!("it holds more than {} records", numbers::grouped(records))
        }
        Limit::Field(bytes) => format!("a field holds more than {} MiB", bytes >> 20),
    }
}

/// What became of the records of a file.
pub fn counts(path: &Path, of: RecordKind, counts: Counts, dry_run: bool) -> String {
    let Counts { imported, merged, known, unusable } = counts;
    let verb = if dry_run { "would import" } else { "imported" };
    let imported = match of {
        RecordKind::Entry => numbers::entries(imported),
        RecordKind::Lesson => numbers::count(imported, "lesson", "lessons"),
    };
    let mut text = format!(
        "{}: {verb} {imported}, {} merged, {} skipped",
        path.display(),
        numbers::grouped(merged),
        numbers::grouped(counts.skipped()),
    );
    let reasons = [(known, "already here"), (unusable, "cannot be used")];
    let mut reasons = reasons.into_iter().filter(|(count, _)| *count > 0).peekable();
    if reasons.peek().is_some() {
        let named: Vec<String> =
            reasons.map(|(count, why)| format!("{} {why}", numbers::grouped(count))).collect();
        text.push_str(&format!(" ({})", named.join(", ")));
    }
    text
}

/// Says that some lines were not imported. Each was named before.
pub fn not_all_imported(bad: usize) -> Message {
    Message::new(format!("{} could not be imported; all the others were", numbers::lines(bad)))
        .hint("nothing that was here was changed")
}
