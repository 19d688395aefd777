//! Backups, and going back to one.

use std::collections::BTreeSet;
use std::path::Path;

use crate::journal::Day;
use crate::messages::{Message, files, numbers};
use crate::store::{BackupDifference, CheckedCopy, Counts, Reason, ReplacedJournal};

pub const CONFIRM: &str = "Go back to it?";
pub const NOTHING_RESTORED: &str = "nothing was changed";
pub const NO_DIFFERENCE: &str =
    "the journal has all of it and nothing else, so nothing was changed";

/// More days than these are counted and not named.
const MOST_NAMED: usize = 10;

/// Says that there was a journal at this path and is none any more.
pub fn missing(journal: &Path, backup: Option<&Path>) -> Message {
    let restore = match backup {
        Some(backup) => format!("dwell restore {}", files::word(backup)),
        None => "put the file back".to_owned(),
    };
    Message::new(format!(
        "the journal {} is gone: it was moved or removed, or its disk is not there",
        files::shown(journal)
    ))
    .hint(format!("{restore}, or begin a new one with dwell restore --empty"))
}

pub fn made(copy: &CheckedCopy) -> String {
    format!(
        "copied the journal to {} and checked it: {}, {}",
        files::shown(&copy.path),
        content(copy.counts),
        size(copy.size)
    )
}

pub const OPENED_ELSEWHERE: &str = "the backup is locked: without the key file of this journal, \
                                    only the recovery key opens it";

pub fn not_there(backup: &Path) -> Message {
    Message::new(format!("there is no file {}", files::shown(backup))).hint("dwell backup --list")
}

pub fn none(folder: &Path) -> Message {
    Message::new(format!("there is no backup of the journal in {}", files::shown(folder)))
        .hint("dwell backup")
}

pub fn taken(path: &Path) -> Message {
    Message::new(format!("{} is there already, and is not replaced", files::shown(path)))
        .hint("name a new file or a folder")
}

/// Says that a sealed backup cannot be opened, as the key files of the journal are not there.
/// `is_gone` is whether the journal is not there either; `sealed` is where it would be.
pub fn no_key(backup: &Path, sealed: &Path, is_gone: bool) -> Message {
    let shown = files::shown(backup);
    let message = Message::new(format!(
        "{shown} is locked, and the files of a key are not beside the journal, which is {}",
        if is_gone { "gone" } else { "plain" }
    ));
    if is_gone {
        return message.hint(format!(
            "cp {shown} {}; then dwell passphrase --recovery-file FILE makes the key again",
            files::shown(sealed)
        ));
    }
    message.hint(format!(
        "age -d -i RECOVERY-KEY-FILE -o {} {shown}; then dwell restore with that file",
        files::shown(&backup.with_extension(""))
    ))
}

/// Says that a plain backup was left in the middle of a change.
pub fn is_interrupted(backup: &Path) -> Message {
    let backup = files::shown(backup);
    Message::new(format!("{backup} has a file beside it of a change that was not ended"))
        .hint(format!("dwell show --journal {backup} ends it; then the same again"))
}

/// Says that a plain backup which a locked journal was brought back from can still be read.
pub fn stays_plain(backup: &Path) -> String {
    format!("{} itself stays plain: whoever can read it can read its words", files::shown(backup))
}

/// Says how much a backup has, after it was checked.
pub fn backup_has(path: &Path, counts: Counts) -> String {
    format!("{} is whole: {}", files::shown(path), content(counts))
}

fn content(counts: Counts) -> String {
    let lessons = numbers::count(counts.lessons, "lesson", "lessons");
    format!("{}, {lessons}", numbers::entries(counts.entries))
}

/// What the journal would lose and gain, a line each.
pub fn difference(difference: &BackupDifference) -> Vec<String> {
    let BackupDifference { only_in_journal, only_in_backup, others } = difference;
    let mut lines = Vec::new();
    for (only, days, other, verb) in [
        ("the journal", only_in_journal, others[0], "would go"),
        ("the backup", only_in_backup, others[1], "would come back"),
    ] {
        let mut parts = Vec::new();
        if !days.is_empty() {
            parts.push(named(days));
        }
        if other > 0 {
            let changes = numbers::count(other as u64, "change", "changes");
            parts.push(format!("{changes} to lessons, series and rests"));
        }
        if !parts.is_empty() {
            lines.push(format!("what only {only} has {verb}: {}", parts.join("; ")));
        }
    }
    lines
}

/// `2 days, 2026-11-21, 2026-11-22`.
fn named(days: &BTreeSet<Day>) -> String {
    let count = numbers::count(days.len() as u64, "day", "days");
    let names: Vec<String> = days.iter().take(MOST_NAMED).map(ToString::to_string).collect();
    let more = if days.len() > MOST_NAMED { ", ..." } else { "" };
    format!("{count}, {}{more}", names.join(", "))
}

pub fn not_confirmed() -> Message {
    Message::new("it asks before it changes the journal, and nobody can answer here").hint("--yes")
}

pub fn journal_is_there(journal: &Path) -> Message {
    Message::new(format!(
        "{} is there; --empty begins a new journal only where the old one is gone",
        files::shown(journal)
    ))
    .hint("--journal names another one")
}

pub fn begun_anew(journal: &Path) -> String {
    format!("began a new journal at {}", files::shown(journal))
}

/// Says what the journal is now, and where the one before is.
pub fn restored(backup: &Path, replaced: &ReplacedJournal) -> String {
    let now = format!("the journal is as it was in {}", files::shown(backup));
    match replaced {
        ReplacedJournal::None => now,
        ReplacedJournal::BackedUp(copy) => {
            format!("{now}; as it was before it is in {}", files::shown(&copy.path))
        }
        ReplacedJournal::Kept(path) => {
            format!("{now}; the file that could not be used is kept as {}", files::shown(path))
        }
    }
}

/// Why a backup was made.
pub fn reason(reason: Reason) -> &'static str {
    match reason {
        Reason::Daily => "before the first change of the day",
        Reason::Asked => "asked for",
        Reason::BeforeImport => "before an import",
        Reason::BeforeRestore => "before a restore",
        Reason::BeforeUpgrade => "before a new form of the file",
        Reason::BeforeRepair => "before a repair",
    }
}

/// A size in mebibytes, or kibibytes if there is less than one.
pub fn size(bytes: u64) -> String {
    let kibibytes = bytes.div_ceil(1 << 10);
    if kibibytes < 1 << 10 {
        return format!("{kibibytes} KiB");
    }
    let tenths = kibibytes * 10 / 1024;
    format!("{}.{} MiB", numbers::grouped(tenths / 10), tenths % 10)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_size_is_given_in_the_unit_that_suits_it() {
        for (bytes, wanted) in [
            (1, "1 KiB"),
            (4096, "4 KiB"),
            (1 << 20, "1.0 MiB"),
            (2_411_724, "2.3 MiB"),
            (3 << 30, "3,072.0 MiB"),
        ] {
            assert_eq!(size(bytes), wanted);
        }
    }
}
