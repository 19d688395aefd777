//! The reminder.

use std::io;
use std::path::Path;

use crate::journal::TimeOfDay;
use crate::messages::{Message, files};

/// What a notification says. It holds no word of the journal: others may see the screen.
pub const TITLE: &str = "dwell";
pub const NOTIFICATION: &str = "Today has no words yet.";

/// What the system shows of the reminder.
pub const DESCRIPTION: &str = "Remind of today's lesson (dwell)";

pub const TAKEN_AWAY: &str = "no notification comes any more";
pub const CANNOT_NOTIFY: &str = "notify-send is not installed here, so nothing will be shown yet";
pub const INSTALL_NOTIFIER: &str = "install libnotify (Debian: libnotify-bin)";
pub const NOT_THERE: &str = "it is not installed";

/// What was changed outside dwell's own files.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Change {
    /// A file was written.
    Wrote(String),
    Removed(String),
    /// A line of the crontab was written.
    WroteLine(String),
    RemovedLine(String),
}

pub fn set(time: TimeOfDay) -> String {
    format!("a notification comes each day at {time}, if the day has no words by then")
}

pub fn change(change: &Change) -> String {
    match change {
        Change::Wrote(path) => format!("wrote {path}"),
        Change::Removed(path) => format!("removed {path}"),
        Change::WroteLine(line) => format!("wrote into the crontab: {line}"),
        Change::RemovedLine(line) => format!("removed from the crontab: {line}"),
    }
}

pub fn none() -> Message {
    Message::new("no reminder is set up").hint("dwell remind 20:30")
}

pub fn no_scheduler(command: &str) -> Message {
    Message::new("no reminder can be set up: there is no systemd session, launchd or crontab here")
        .hint(format!("have anything else run this once a day: {command}"))
}

pub fn no_notifier() -> Message {
    Message::new("nothing can be shown: notify-send is not installed").hint(INSTALL_NOTIFIER)
}

pub fn no_program() -> Message {
    Message::new("the program of dwell was not found where it was started from")
        .hint("start dwell by its whole path, then try again")
}

/// Says that a path cannot stand in a file of the system.
pub fn unwritable(path: &Path) -> Message {
    Message::new(format!("{} cannot be named in a timer or a crontab", files::shown(path)))
        .hint("use a path of plain text on one line")
}

pub fn not_ours(path: &Path) -> Message {
    Message::new(format!("{} was not made by dwell, and was left as it is", files::shown(path)))
        .hint("move it away, then try again")
}

pub fn not_written(path: &Path, error: &io::Error) -> Message {
    failed(path, "written", error)
}

pub fn not_removed(path: &Path, error: &io::Error) -> Message {
    failed(path, "removed", error)
}

fn failed(path: &Path, what: &str, error: &io::Error) -> Message {
    let message =
        Message::new(format!("{} cannot be {what}: {}", files::shown(path), files::cause(error)));
    match files::hint(error, path) {
        Some(hint) => message.hint(hint),
        None => message,
    }
}

/// Says that another program failed. `why` is what it said.
pub fn not_run(program: &str, why: &str) -> Message {
    Message::new(format!("{program} failed: {why}")).hint("see what is wrong there, then try again")
}
