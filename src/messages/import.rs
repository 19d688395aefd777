//! Import.

use std::io;
use std::path::Path;

use crate::format::journal_file::LeftOut;
use crate::format::limits::Limit;
use crate::format::{Counts, Fault, FormatError, RecordKind, jrnl};
use crate::messages::{Message, files, highlights, numbers, quoted};
use crate::store::MergeReport;
use crate::text::shorten;

/// Of a text that is shown, at most this many columns.
const MOST_SHOWN: usize = 60;

pub fn not_read(path: &Path, error: &io::Error) -> Message {
    Message::new(format!("{} cannot be read: {}", files::shown(path), files::cause(error)))
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
    format!("{}: {}", files::shown(path), parts.join(", "))
}

/// Why a record of a file was not imported, or the whole file.
pub fn bad_record(path: &Path, error: &FormatError) -> Message {
    let said = |what: &str| Message::new(format!("{}: {what}", place(path, error)));
    match &error.why {
        Fault::Io(error) => said(&format!("cannot be read: {}", files::cause(error))),
        Fault::TooLong => said("the line is too long, and what follows was not read"),
        Fault::TooMuch(limit @ Limit::Ratio(_)) => {
            said(&too_much(*limit)).hint("unpack the archive, and import the JSON file in it")
        }
        Fault::TooMuch(limit) => {
            said(&too_much(*limit)).hint("--large takes it in all the same; nothing was imported")
        }
        Fault::NotUtf8 => said("it is not UTF-8 text"),
        Fault::Nul => said("it holds a zero byte, so it is not text"),
        Fault::NoLessons => said("no numbered lessons were found in it").hint(
            "each lesson needs a heading with its number, such as #1 - Title, on a line of its own",
        ),
        Fault::LessonWithoutText => said("this heading has no text below it"),
        Fault::NotJson => said("it is not JSON"),
        Fault::Mark => said("this mark of dwell stands where it does not belong"),
        Fault::NotThisFormat => {
            Message::new(format!("{} is not a file of dwell export jsonl", files::shown(path)))
                .hint("dwell import --help says what can be imported")
        }
        Fault::NotOf { program } => {
            said(&format!("it is not a journal of {program}")).hint(match *program {
                jrnl::PROGRAM => "if its dates have a form of their own, --date-format names it",
                _ => "dwell import --help says what can be imported",
            })
        }
        Fault::NotADailyNote => {
            said("it is not a daily note: neither its name nor its properties have a date")
        }
        Fault::NotAFile => said("it is not a file; links are not followed"),
        Fault::Torn => said("the file ends within an entry, so it is not whole")
            .hint("export it again; nothing was imported"),
        Fault::DamagedArchive => said("the archive is damaged or not whole")
            .hint("export it again; nothing was imported"),
        Fault::Encrypted => said("it asks for a passphrase")
            .hint("unpack the archive, and import the JSON file in it"),
        Fault::Compression => said("it is compressed in a way that dwell does not know")
            .hint("unpack the archive, and import the JSON file in it"),
        Fault::NoWords => said("the entry has no words"),
        Fault::NotADate(text) => said(&format!("{} is not a date", quoted(&shown(text)))),
        Fault::BeforeFirstEntry(text) => {
            said(&format!("the words before the first date: {}", quoted(&shown(text))))
        }
        Fault::Newer { version } => {
            said(&format!("version {version} of the format is newer than this dwell"))
                .hint("update dwell")
        }
        Fault::Field(name) => said(&format!("{name} is missing or wrong")),
        Fault::DamagedFact(id) => said(&format!("fact {id} is damaged: its hash does not fit")),
        Fault::DamagedLesson => said("the lesson is damaged: its id is not that of its words"),
        Fault::NotHighlights(format) => Message::new(format!(
            "{} is not {}",
            files::shown(path),
            highlights::a_file_of(*format)
        ))
        .hint("dwell import --help says what can be imported"),
        Fault::Empty => Message::new(format!("{} is empty", files::shown(path)))
            .hint("copy it again, or export it again; nothing was imported"),
        Fault::CutShort => said("it ends before it is whole"),
        Fault::NoTextColumn { columns } => said("which column has the text is not clear").hint(
            format!("--columns text=COLUMN names it; {}", highlights::columns_there(columns)),
        ),
        Fault::NoColumn { name, columns } => {
            said(&format!("there is no column '{name}'")).hint(highlights::columns_there(columns))
        }
        Fault::NoText => said("it has no words"),
        Fault::Bookmark => said("it is a bookmark, without words"),
        Fault::ClippingLimit => {
            said("the Kindle kept no words: the limit of clippings for this book was reached")
        }
        Fault::NotAClipping => said("it is not a whole clipping"),
        Fault::Removed => said("it was removed from the book"),
        Fault::Ragged { fields, columns } => {
            let fields = numbers::count(*fields as u64, "field", "fields");
            said(&format!("the row has {fields}, and the first row {columns}"))
        }
    }
}

/// Says that a folder holds no notes.
pub fn no_notes(path: &Path) -> Message {
    Message::new(format!("{} holds no Markdown files", files::shown(path)))
        .hint("dwell import markdown FOLDER takes the folder of your daily notes")
}

/// Why a record was skipped.
pub fn skipped(path: &Path, error: &FormatError) -> Message {
    let Message { text, hint } = bad_record(path, error);
    Message { text: format!("skipped: {text}"), hint }
}

fn place(path: &Path, error: &FormatError) -> String {
    let mut place = files::shown(path);
    if let Some(part) = &error.part {
        place.push_str(&format!(", {part}"));
    }
    if let Some(line) = error.line {
        place.push_str(&format!(", line {line}"));
    }
    place
}

/// Says that more records of a file could not be read than were named.
pub fn and_more(path: &Path, more: usize) -> String {
    format!("{}: {} more could not be read", files::shown(path), numbers::grouped(more as u64))
}

fn too_much(limit: Limit) -> String {
    match limit {
        Limit::Bytes(bytes) => format!("it holds more than {} MiB", bytes >> 20),
        Limit::Records(records) => {
            format!("it holds more than {} records", numbers::grouped(records))
        }
        Limit::Field(bytes) => format!("a field holds more than {} MiB", bytes >> 20),
        Limit::Parts(parts) => format!("it holds more than {} parts", numbers::grouped(parts)),
        Limit::Depth(folders) => format!("it lies deeper than {folders} folders"),
        Limit::Ratio(ratio) => format!("it would become more than {ratio} times larger"),
    }
}

/// The beginning of a text, on one line.
fn shown(text: &str) -> String {
    shorten(text, MOST_SHOWN, false)
}

/// What is left out of the entries of a journal, a sentence each.
pub fn left_out(path: &Path, left_out: &LeftOut) -> Vec<String> {
    let LeftOut { media, stars, zones } = left_out;
    let mut said = Vec::new();
    if *media > 0 {
        let media = numbers::count(*media, "picture or recording", "pictures and recordings");
        said.push(format!("left out: {media}"));
    }
    if *stars > 0 {
        said.push(format!("left out: stars ({})", numbers::entries(*stars)));
    }
    for (zone, entries) in zones {
        let (zone, entries) = (quoted(&shown(zone)), numbers::entries(*entries));
        said.push(format!("the zone {zone} is not known: your own was used for {entries}"));
    }
    said.into_iter().map(|what| format!("{}: {what}", files::shown(path))).collect()
}

pub fn not_a_date_format(format: &str) -> Message {
    Message::new(format!("{} is not a date format", quoted(format)))
        .hint("it is that of jrnl's settings, such as '%d.%m.%Y %H:%M'")
}

/// The progress line of a journal that comes in.
pub fn importing(percent: usize) -> String {
    format!("importing: {percent} %")
}

/// What became of the records of a file.
pub fn counts(path: &Path, of: RecordKind, counts: Counts, dry_run: bool) -> String {
    let Counts { imported, merged, known, not_picked, unusable } = counts;
    let verb = if dry_run { "would import" } else { "imported" };
    let imported = match of {
        RecordKind::Entry => numbers::entries(imported),
        RecordKind::Lesson => numbers::count(imported, "lesson", "lessons"),
    };
    let mut text = format!(
        "{}: {verb} {imported}, {} merged, {} skipped",
        files::shown(path),
        numbers::grouped(merged),
        numbers::grouped(counts.skipped()),
    );
    let reasons =
        [(known, "already here"), (not_picked, "not picked"), (unusable, "cannot be used")];
    let mut reasons = reasons.into_iter().filter(|(count, _)| *count > 0).peekable();
    if reasons.peek().is_some() {
        let named: Vec<String> =
            reasons.map(|(count, why)| format!("{} {why}", numbers::grouped(count))).collect();
        text.push_str(&format!(" ({})", named.join(", ")));
    }
    text
}

/// Says that some lines, or parts of a journal, were not imported. Each was named before.
pub fn not_all_imported(bad: usize, dry_run: bool) -> Message {
    let bad = numbers::count(bad as u64, "part", "parts");
    if dry_run {
        return Message::new(format!("{bad} could not be imported; all the others would be"))
            .hint("see the lines above; nothing was changed");
    }
    Message::new(format!("{bad} could not be imported; all the others were"))
        .hint("nothing that was here was changed")
}

/// Says that a part of a journal is damaged and was left out.
pub fn left_out_damaged(path: &Path, what: &str) -> Message {
    Message::new(format!("skipped: {}: {what}", files::shown(path)))
}

/// Says that a file is the journal that it should come into.
pub fn is_the_journal(path: &Path) -> Message {
    Message::new(format!(
        "{} is the journal itself, so there is nothing to import",
        files::shown(path)
    ))
    .hint("name the copy, or the journal of another machine")
}

/// Says that a file is sealed, and the journal has no key that could open it.
pub fn is_locked(path: &Path) -> Message {
    let (shown, word) = (files::shown(path), files::word(path));
    Message::new(format!("{shown} is locked, and this journal is not, so it has no key for it"))
        .hint(format!(
            "age -d -i RECOVERY-KEY-FILE -o plain.db {word}; then dwell import dwell plain.db"
        ))
}

/// Says why a journal file cannot be imported.
pub fn journal_not_read(what: &str) -> Message {
    Message::new(what).hint("dwell doctor --journal FILE says what is wrong with a journal")
}

/// Above what an article was left out of its last lesson.
pub const LEFT_OUT_AT_THE_END: &str = "left out at the end of the article:";

/// Above the takeaway of a lesson.
pub const TAKEAWAY: &str = "takeaway:";

pub const ASK_TO_TAKE_IN: &str = "Take in this series?";
pub const TAKE_IN: &str = "take it in";
pub const EDIT_FIRST: &str = "edit it first";
pub const LEAVE: &str = "leave it";

pub const LEFT: &str = "nothing was stored";

/// Where a series is of which the editor left nothing.
pub fn series_as_it_was(path: &Path) -> String {
    format!("the series is kept as it was: dwell series add {}", files::shown(path))
}

/// Where a series is that the person changed, and that cannot be read.
pub fn series_kept(path: &Path) -> String {
    format!("correct {0}, then dwell series add {0}", files::shown(path))
}

/// Says what was left out at the end of an article.
pub fn end_left_out(path: &Path, closing: &str) -> String {
    let begins = shown(closing);
    format!("{}: left out at the end of the article: {}", files::shown(path), quoted(&begins))
}
