//! Export.

use std::io;
use std::path::Path;

use crate::messages::{Message, files, numbers};

/// Says that the journal was written out.
pub fn exported_lines(lines: usize, path: &Path) -> String {
    format!("wrote {} to {}", numbers::lines(lines), files::shown(path))
}

/// Says that entries were written out.
pub fn exported_entries(entries: usize, path: &Path) -> String {
    format!("wrote {} to {}", numbers::entries(entries as u64), files::shown(path))
}

/// What was done in a folder.
#[derive(Debug, Clone, Copy, Default)]
pub struct FolderCounts {
    pub written: usize,
    pub as_before: usize,
    pub left: usize,
}

/// Says that entries were written out as files.
pub fn exported_folder(counts: FolderCounts, root: &Path) -> String {
    let FolderCounts { written, as_before, left } = counts;
    let mut text = format!("wrote {} to {}", numbers::entries(written as u64), files::shown(root));
    if as_before > 0 {
        text.push_str(&format!(", {} as before", numbers::grouped(as_before as u64)));
    }
    if left > 0 {
        text.push_str(&format!(", {} left alone", numbers::grouped(left as u64)));
    }
    text
}

/// Says that a file was not written, because somebody changed it or made it.
pub fn left_alone(path: &Path, was_changed: bool) -> Message {
    let why = if was_changed { "somebody changed it" } else { "dwell did not write it" };
    Message::new(format!("{} was left as it is: {why}", files::shown(path)))
}

/// Says that files were left alone. Each was named before.
pub fn some_left(left: usize) -> Message {
    let files = numbers::count(left as u64, "file", "files");
    Message::new(format!("{files} could not be written; all the others were"))
        .hint("move them away, and export again")
}

pub fn folder_not_written(root: &Path, error: &io::Error) -> Message {
    Message::new(format!("{} cannot be written: {}", files::shown(root), files::cause(error)))
        .hint("name another folder with --output")
}

/// How much of the work is done.
pub fn progress(percent: usize) -> String {
    format!("writing: {percent}%")
}

/// What the files of a folder are, for somebody who has never heard of dwell.
pub const FOLDER_README: &str = include_str!("folder_readme.md");

/// Says what was done to cells.
pub const NOT_EXACT: &str =
    "a ' stands before each cell that a spreadsheet would run, so these are not exact";

pub fn journal_is_whole() -> Message {
    Message::new("jsonl is the whole journal: it takes no options that select entries")
        .hint("dwell export csv takes them, and so do the other formats")
}

pub fn only_csv_is_spreadsheet_safe() -> Message {
    Message::new("--spreadsheet-safe is for csv alone").hint("dwell export csv --spreadsheet-safe")
}

pub fn not_written(path: &Path, error: &io::Error) -> Message {
    let cannot =
        |cause: &str| Message::new(format!("{} cannot be written: {cause}", files::shown(path)));
    let message = cannot(&files::cause(error));
    match error.kind() {
        io::ErrorKind::AlreadyExists => {
            cannot("it is there already").hint("name a file that is not there yet")
        }
        _ => message.hint("name another file with --output"),
    }
}
