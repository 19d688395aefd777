//! Export.

use std::io;
use std::path::Path;

use crate::messages::{Message, files, numbers};

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
