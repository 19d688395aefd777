//! The command line, completions and the manual page.

use std::io;

use crate::messages::Message;

pub fn no_command(name: &str) -> Message {
    Message::new(format!("no command named {name}")).hint("dwell --help")
}

pub fn no_completions(error: &io::Error) -> Message {
    Message::new(format!("no completions for this shell: {error}"))
}
