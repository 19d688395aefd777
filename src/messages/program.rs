//! The command line, completions and the manual page.

use std::io;
use std::path::Path;

use crate::messages::{Message, files, numbers};

pub fn no_command(name: &str) -> Message {
    Message::new(format!("no command named {name}")).hint("dwell --help")
}

/// Says that the manual was written out.
pub fn wrote_pages(pages: u64, folder: &Path) -> String {
    format!("wrote {} to {}", numbers::count(pages, "page", "pages"), files::shown(folder))
}

/// Says that dwell stopped where it should not. The line above says where.
pub fn panicked() -> Message {
    Message::new("stopped because of a fault in dwell or in one of its libraries")
        .hint("dwell show has what is saved of today; dwell write --resume goes on with a draft")
}

pub fn no_hook(error: &io::Error) -> Message {
    Message::new(format!("no code for this shell: {error}"))
}

pub fn no_completions(error: &io::Error) -> Message {
    Message::new(format!("no completions for this shell: {error}"))
}
