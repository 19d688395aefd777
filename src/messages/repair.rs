//! What a repair would do, and what it did.

use std::io;
use std::path::Path;

use crate::journal::Day;
use crate::messages::{Message, files, numbers};
use crate::store::ReplacedJournal;
use crate::store::doctor::Salvaged;
use crate::store::doctor::repair::Step;

pub const NOTHING_TO_REPAIR: &str = "there is nothing that a repair would do";
pub const NOTHING_REPAIRED: &str = "nothing was repaired";
pub const CONFIRM: &str = "Do this, after a copy?";
pub const REBUILT: &str = "the tables and the search index were made again from the facts";

/// What a step would do.
pub fn would(step: &Step) -> String {
    match step {
        Step::Salvage => "would make a new journal of all that can be read, and keep the damaged \
                          one beside it"
            .to_owned(),
        Step::Rebuild => {
            "would make the tables and the search index again from the facts".to_owned()
        }
        Step::MoveAway(file) => {
            format!("would move {} away from the journal, to the copy", files::shown(file))
        }
        Step::TakeAway(day) => {
            format!("would take away the lesson of {day}, with what was written on that day")
        }
        Step::Remove(path) => format!("would remove {}", files::shown(path)),
        Step::Close(path) => format!("would close {} to other people", files::shown(path)),
    }
}

/// Says that nobody can be asked.
pub fn not_confirmed() -> Message {
    Message::new("a repair asks first, and nobody can answer here").hint("--yes")
}

/// Says that a damaged sealed file cannot be mended. `backup` is the newest one that opens, and some
/// may not have been tried.
pub fn nothing_to_salvage(sealed: &Path, backup: Option<&Path>, has_unread: bool) -> Message {
    let sealed = files::shown(sealed);
    let message = Message::new(format!(
        "nothing can be salvaged of {sealed}: of a sealed file that was altered, age opens nothing"
    ));
    match backup {
        Some(backup) => message.hint(format!(
            "dwell restore {} goes back to the newest backup that opens, and keeps the damaged file",
            files::word(backup)
        )),
        None if has_unread => message
            .hint("dwell doctor names the newest backup that opens, if the passphrase is given"),
        None => message.hint(format!(
            "no backup opens either; keep {sealed}, and look for copies of it on other disks"
        )),
    }
}

/// Says that a locked journal which opens, and is damaged inside, is mended while it is plain.
pub fn salvage_needs_plain(sealed: &Path) -> Message {
    Message::new(format!(
        "{} opens, and what is damaged in it can be salvaged only while it is not locked",
        files::shown(sealed)
    ))
    .hint("dwell unlock, then dwell doctor --repair, then dwell lock")
}

pub fn rebuilding(percent: usize) -> String {
    format!("making the tables from the facts: {percent} %")
}

pub fn copied(copy: &Path) -> String {
    format!("the journal as it was is in {}", files::shown(copy))
}

pub fn moved(file: &Path, kept: &Path) -> String {
    format!("moved {} to {}", files::shown(file), files::shown(kept))
}

pub fn taken_away(day: Day) -> String {
    format!(
        "the lesson of {day} is taken away and will come again; dwell redo puts it back; what was \
         written is kept: dwell show {day} --revisions"
    )
}

/// What became of a file that was to be removed.
pub fn removed(path: &Path, failed: Option<&io::Error>) -> String {
    match failed {
        None => format!("removed {}", files::shown(path)),
        Some(error) => format!("{} was not removed: {}", files::shown(path), files::cause(error)),
    }
}

/// What became of a file that was to be closed to others.
pub fn closed(path: &Path, failed: Option<&io::Error>) -> String {
    match failed {
        None => format!("closed {} to other people", files::shown(path)),
        Some(error) => format!("{} was not closed: {}", files::shown(path), files::cause(error)),
    }
}

/// What a salvage saved, and where the damaged journal is.
pub fn salvaged(salvaged: &Salvaged, replaced: &ReplacedJournal) -> String {
    let saved =
        format!("{} and {}", numbers::facts(salvaged.facts), numbers::lessons(salvaged.lessons));
    let mended = match salvaged.mended {
        0 => String::new(),
        1 => ", one of which had a flipped bit, turned back".to_owned(),
        rows => {
            format!(", {} of which had a flipped bit, turned back", numbers::grouped(rows as u64))
        }
    };
    let kept = match replaced {
        ReplacedJournal::None => String::new(),
        ReplacedJournal::BackedUp(copy) => {
            format!("; the old one is in {}", files::shown(&copy.path))
        }
        ReplacedJournal::Kept(path) => format!("; the old one is now {}", files::shown(path)),
    };
    format!("a new journal was made of {saved}{mended}{kept}")
}

/// What was lost, a line each.
pub fn lost(salvaged: &Salvaged) -> Vec<String> {
    let facts = salvaged.lost_facts.iter().map(|(kind, day)| match day {
        Some(day) => format!("lost: a fact of {day} ({kind})"),
        None => format!("lost: a fact ({kind})"),
    });
    let lessons = salvaged.lost_lessons.iter().map(|name| format!("lost: the lesson {name}"));
    facts.chain(lessons).collect()
}

/// The hint after a salvage that may have lost what a backup has.
pub fn backup_may_have_more(backup: &Path) -> String {
    format!(
        "dwell import dwell {} brings in what the newest backup has more, and takes nothing away",
        files::word(backup)
    )
}

pub fn kept_as_draft(day: Day) -> String {
    format!("words of {day} that only a damaged row had are kept as a draft: dwell write --resume")
}
