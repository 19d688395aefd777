//! The mirror.

use std::io;
use std::path::Path;

use crate::journal::Day;
use crate::messages::{Message, files, numbers};

/// Says that a file of the mirror was changed by somebody, and was left as it is. `is_written` says
/// whether the day still has words in the journal.
pub fn changed(path: &Path, is_written: bool) -> Message {
    let shown = files::shown(path);
    if is_written {
        Message::new(format!("{shown} was changed since dwell wrote it, and was left as it is"))
            .hint("move it away, and the next save of that day writes it again")
    } else {
        Message::new(format!(
            "{shown} was changed since dwell wrote it, and still holds words of that day"
        ))
        .hint("remove it yourself, if the words should be gone from there too")
    }
}

/// Says that the mirror has a file in the place of a day that dwell did not write.
pub fn not_ours(path: &Path) -> Message {
    Message::new(format!("{} is not a file of dwell, and was left as it is", files::shown(path)))
        .hint("give the mirror a folder of its own: dwell config mirror FOLDER")
}

/// Says that a file of the mirror could not be written or removed. `days` is how many days are not renewed.
pub fn not_renewed(path: &Path, error: &io::Error, days: usize) -> Message {
    let cause = files::cause(error);
    let days = numbers::count(days as u64, "day", "days");
    Message::new(format!(
        "the mirror is not up to date by {days}: {} cannot be changed: {cause}",
        files::shown(path)
    ))
    .hint(fill(path.ancestors().nth(2).unwrap_or(path)))
}

/// Says that the folder of the mirror is not there. `gone` are the days that have no words any
/// more.
pub fn away(root: &Path, gone: &[Day]) -> Message {
    let shown = files::shown(root);
    let message = format!("the mirror {shown} is not there, and is not up to date");
    match gone {
        [] => Message::new(message).hint(fill(root)),
        [first, more @ ..] => {
            let more = match more.len() {
                0 => String::new(),
                more => format!(" and {} more", numbers::grouped(more as u64)),
            };
            Message::new(format!("{message}: it may still hold words of {first}{more}"))
                .hint("remove the files of these days there yourself")
        }
    }
}

/// Says that the folder cannot be made.
pub fn not_made(root: &Path, error: &io::Error) -> Message {
    let cause = files::cause(error);
    Message::new(format!("the folder {} cannot be made: {cause}", files::shown(root)))
        .hint("dwell config mirror FOLDER takes another one")
}

/// The command that brings a folder up to date.
pub fn fill(root: &Path) -> String {
    let root = super::quoted(&files::shown(root));
    format!("dwell export markdown --output {root}")
}

/// How much of the work is done.
pub fn progress(percent: usize) -> String {
    format!("renewing the mirror: {percent}%")
}
