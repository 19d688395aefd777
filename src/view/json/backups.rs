//! The JSON of backups.

use serde::Serialize;

use crate::messages::backups;
use crate::store::{Backup, CheckedCopy, ReplacedJournal};
use crate::view::json::line::line;

/// A backup as one line of JSON.
pub fn backup(backup: &Backup) -> String {
    #[derive(Serialize)]
    struct WireBackup<'a> {
        path: &'a str,
        day: String,
        reason: &'a str,
        bytes: u64,
        sealed: bool,
    }
    line(&WireBackup {
        path: &backup.path.to_string_lossy(),
        day: backup.day.to_string(),
        reason: backups::reason(backup.reason),
        bytes: backup.size,
        sealed: backup.is_sealed,
    })
}

/// A backup that was made, as one line of JSON.
pub fn backup_made(copy: &CheckedCopy) -> String {
    #[derive(Serialize)]
    struct WireCopy<'a> {
        path: &'a str,
        bytes: u64,
        entries: u64,
        facts: u64,
        lessons: u64,
    }
    line(&WireCopy {
        path: &copy.path.to_string_lossy(),
        bytes: copy.size,
        entries: copy.counts.entries,
        facts: copy.counts.facts,
        lessons: copy.counts.lessons,
    })
}

/// What became of the journal that a backup took the place of, as one line of JSON: where its
/// backup is, or where it was kept as it was.
pub fn restored(replaced: &ReplacedJournal) -> String {
    #[derive(Serialize)]
    struct WireReplaced {
        backup: Option<String>,
        kept: Option<String>,
    }
    let (backup, kept) = match replaced {
        ReplacedJournal::None => (None, None),
        ReplacedJournal::BackedUp(copy) => (Some(copy.path.to_string_lossy().into_owned()), None),
        ReplacedJournal::Kept(path) => (None, Some(path.to_string_lossy().into_owned())),
    };
    line(&WireReplaced { backup, kept })
}
