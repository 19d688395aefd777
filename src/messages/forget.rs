//! Erasing for good what was written on a day.

use std::path::Path;

use crate::journal::Day;
use crate::messages::{Message, files, numbers};

pub const NOTHING_FORGOTTEN: &str = "nothing was forgotten";
pub const OTHER_COPIES: &str =
    "copies that dwell does not know may still hold it: exports, and backups of your disk";

pub fn not_confirmed() -> Message {
    Message::new("forgetting is for good, so it asks first, and nobody can answer here")
        .hint("--yes, or dwell delete, which can be undone")
}

pub fn type_the_day(day: Day) -> String {
    format!("Type {day} to erase this for good:")
}

pub fn forgot(day: Day) -> String {
    format!("forgot what was written on {day}")
}

pub fn forgotten_already(day: Day) -> String {
    format!("what was written on {day} is forgotten already")
}

/// Says that there is nothing to forget in the journal; `in_backups` says that backups hold some of
/// it.
pub fn never_written(day: Day, in_backups: bool) -> Message {
    Message::new(format!("nothing was ever written on {day}")).hint(if in_backups {
        backups_hold_it(day)
    } else {
        format!("dwell show {day}")
    })
}

pub fn backups_hold_it(day: Day) -> String {
    format!("backups hold it: dwell forget {day} --backups")
}

pub fn confirm_in_backups(backups: usize) -> String {
    format!("Forget it in {} too?", numbers::backups(backups))
}

/// Says that backups were left as they are.
pub fn left_in_backups(backups: usize, day: Day) -> String {
    let hold = if backups == 1 { "holds" } else { "hold" };
    let them = numbers::backups(backups);
    format!("{them} of dwell still {hold} it: dwell forget {day} --backups")
}

pub fn forgot_in(backup: &Path) -> String {
    format!("forgot it in {}", files::shown(backup))
}

/// Says that a backup could not be read, and why.
pub fn backup_not_read(why: &str) -> String {
    format!("a backup could not be read: {why}")
}

pub fn backup_gone(backup: &Path) -> Message {
    Message::new(format!("{} was there a moment ago and is gone", files::shown(backup)))
}

pub fn still_in(backup: &Path, day: Day) -> Message {
    Message::new(format!("{} still holds what was written on {day}", files::shown(backup)))
        .hint(format!("dwell forget {day} --backups"))
}

/// Says that backups could not be read. Each was named before.
pub fn may_be_in(backups: usize, day: Day) -> Message {
    let backups = numbers::backups(backups);
    Message::new(format!("{backups} could not be read and may hold what was written on {day}"))
        .hint("see the lines above; remove what is no backup, or what you do not need")
}

pub fn draft_left(day: Day, draft: &Path) -> String {
    format!("a draft for {day} is left in {}", files::shown(draft))
}
