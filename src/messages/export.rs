//! Export.

use std::io;
use std::path::Path;

use crate::messages::{Message, files, numbers};

/// Says that the journal was written out.
pub fn exported_lines(lines: usize, path: &Path) -> String {
    format!("wrote {} to {}", numbers::lines(lines), path.display())
}

/// Says that entries were written out.
pub fn exported_entries(entries: usize, path: &Path) -> String {
    format!("wrote {} to {}", numbers::entries(entries as u64), path.display())
}

pub fn journal_is_whole() -> Message {
    Message::new("jsonl is the whole journal: it takes no options that select entries")
        .hint("dwell export csv takes them, and so do the other formats")
}

pub fn only_csv_is_spreadsheet_safe() -> Message {
    Message::new("--spreadsheet-safe is for csv alone").hint("dwell export csv --spreadsheet-safe")
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
