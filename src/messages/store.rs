//! Why the journal could not be opened, read or changed.

use std::error::Error;
use std::io;
use std::path::Path;

use crate::journal::Day;
use crate::journal::entry::fact::Subject;
use crate::journal::entry::reflection::LARGEST;
use crate::messages::{Message, backups, clock, files, parse, seal};
use crate::platform;
use crate::store::{Damage, FactFault, Privacy, Refusal, SideFault, StoreError, Unusable};

const NAME_ANOTHER: &str = "use --journal to name a journal, or a file that is not there yet";
const CHECK_THE_DISK: &str = "check the disk, then try again";

/// What to do with a damaged file. A rollback file beside it may hold what is missing.
fn keep_a_copy(path: &Path) -> String {
    let rollback = platform::beside(path, "-journal");
    let both = if rollback.exists() {
        format!("{} and {}", files::shown(path), files::shown(&rollback))
    } else {
        files::shown(path)
    };
    format!("before anything else, keep a copy of {both}")
}

/// Says that the journal is being brought to the present form, and how far it is.
pub fn upgrading(percent: usize) -> String {
    format!("bringing your journal up to date: {percent} %")
}

/// What happened, and what to do next.
pub fn error(error: &StoreError) -> Message {
    match error {
        StoreError::Unusable { path, why } => unusable(path, why),
        StoreError::Refused { path, why, source } => refused(path, *why, source),
        StoreError::Damaged { path, what } => damaged(path, what),
        StoreError::NotYet { day, today } => parse::day_to_come(*day, *today),
        StoreError::NoLessonLeft { paused } => {
            Message::new("no lesson is left to serve").hint(match paused {
                Some(slug) => format!("dwell series resume {slug}, or dwell series add FILE"),
                None => "dwell series add FILE, or dwell lesson again LESSON week".to_owned(),
            })
        }
        StoreError::ClockBehind { clock, newest } => clock::behind(*clock, *newest),
        StoreError::DoneMeanwhile => {
            Message::new("another dwell did this at the same time, so nothing was done")
                .hint("dwell log, then try again")
        }
        StoreError::ChangedMeanwhile { day } => Message::new(format!(
            "the entry of {day} was changed by another dwell at the same time, so nothing was done"
        ))
        .hint(format!("dwell show {day}, then try again")),
        StoreError::TooLarge { day } => Message::new(format!(
            "the reflection of {day} would be over {} MiB, so the text was not saved",
            LARGEST >> 20
        ))
        .hint("shorten it, or save a part of it on another day"),
        StoreError::NoLessonToRepeat { day } => {
            Message::new(format!("{day} had no lesson that could come again"))
                .hint("leave out --again")
        }
        StoreError::NotWhole => {
            Message::new("the file could not be read to its end, so nothing of it was imported")
                .hint("see the lines above, then import the file again")
        }
        StoreError::NoBackup(cause) => {
            let Message { text, hint } = self::error(cause);
            let message = Message::new(format!("no backup of the journal could be made: {text}"));
            Message { hint, ..message }
        }
        StoreError::ImportRuns => {
            Message::new("another import into this journal goes on, so nothing was imported")
                .hint("wait until it is done, then try again")
        }
        StoreError::Sealed(error) => seal::error(error),
        StoreError::NotWritten { path, source } => seal::not_written(path, source),
        StoreError::TracesLeft { path, source } => Message::new(format!(
            "the words are gone from the journal, but {} could not be rewritten, so traces may be \
             left in it: {source}",
            files::shown(path)
        ))
        .hint("the same command again, when no other program uses the journal"),
    }
}

fn unusable(path: &Path, why: &Unusable) -> Message {
    let said = |what: &str| Message::new(format!("{} {what}", files::shown(path)));
    let failed = |what: &str, error: &io::Error, or: &str| {
        said(&format!("cannot be {what}: {}", files::cause(error))).hint(match error.kind() {
            io::ErrorKind::PermissionDenied | io::ErrorKind::StorageFull => {
                files::hint(error, path).unwrap_or_else(|| or.to_owned())
            }
            _ => or.to_owned(),
        })
    };
    match why {
        Unusable::NotOpened(error) if platform::is_not_a_file(error) => {
            said("is not a file").hint(NAME_ANOTHER)
        }
        Unusable::NotOpened(error) | Unusable::NotCreated(error)
            if platform::is_circle_of_links(error) =>
        {
            said("is a link that leads in a circle")
                .hint("remove the link, or use --journal to name another file")
        }
        Unusable::NotOpened(error) => {
            failed("opened", error, "see whether the file is yours, or use --journal")
        }
        Unusable::NotRead(error) => {
            failed("read", error, "see whether it is a file and yours, or use --journal")
        }
        Unusable::NotCreated(error) => {
            failed("created", error, "see whether the folder is yours, or use --journal")
        }
        Unusable::Gone => said("was there a moment ago and is gone")
            .hint("see whether another program moved it, then try again"),
        Unusable::IsTheJournal => said("is the journal itself").hint("dwell backup --list"),
        Unusable::Missing { backup } => backups::missing(path, backup.as_deref()),
        Unusable::TakenAway { placeholder } => said(&format!(
            "was taken away by iCloud to make room, and {} is in its place",
            files::shown(placeholder)
        ))
        .hint(format!(
            "brctl download {} brings it back, or a click on it in the Finder; then keep it elsewhere",
            files::shown(path)
        )),
        Unusable::Locked { sealed } => seal::locked(sealed),
        Unusable::BesideSealed { sealed } => seal::both(path, sealed),
        Unusable::OfAnother => {
            said("belongs to another person, who could read your words, so nothing was written")
                .hint("use --journal to name a file of your own")
        }
        Unusable::NeedsChange => said("must be brought up to date before it can be looked at")
            .hint("dwell today does that"),
        Unusable::SideFile { file, fault } => side_file(path, file, *fault),
        Unusable::Empty => said("is empty, so it is not a journal")
            .hint("if words were in it, get it back from a backup; if not, remove the empty file"),
        Unusable::NotAJournal => said("is not a journal").hint(NAME_ANOTHER),
        Unusable::OtherProgram => said("belongs to another program").hint(NAME_ANOTHER),
        Unusable::CutShort => said("is damaged: a part of it is missing").hint(keep_a_copy(path)),
        Unusable::Newer { form, known } => {
            said(&format!("was written by a newer dwell (form {form}, known up to {known})"))
                .hint("update dwell")
        }
    }
}

fn side_file(path: &Path, file: &Path, fault: SideFault) -> Message {
    let (path, file) = (files::shown(path), files::shown(file));
    match fault {
        SideFault::NotAFile => {
            Message::new(format!("{file}, which belongs to the journal, is not a file"))
                .hint("move it to another place")
        }
        SideFault::OfAnother => Message::new(format!(
            "{file}, which would change the journal, belongs to another person"
        ))
        .hint("keep the journal in a folder that nobody else can write to"),
        SideFault::OfOtherState => Message::new(format!(
            "{file} is left of a change to another state of {path}, and would destroy it, so \
             nothing was done"
        ))
        .hint(format!("if you put a copy in place of {path}, move {file} away; if not, keep both")),
        SideFault::OfGone => Message::new(format!(
            "{file} is left of a journal that is gone, and would destroy a new one, so nothing was done"
        ))
        .hint("put the journal back beside it, or begin a new one with dwell restore --empty"),
    }
}

fn refused(path: &Path, why: Refusal, error: &dyn Error) -> Message {
    let said = |what: &str| Message::new(format!("{} {what}", files::shown(path)));
    match why {
        Refusal::Locked => {
            said("is locked by another program").hint("try again when the other program is done")
        }
        Refusal::ReadOnly => {
            said("is read-only").hint("make the file and its folder writable, or use --journal")
        }
        Refusal::Moved => {
            said("was moved, replaced or removed while it was open, so nothing was written to it")
                .hint("see what is there now, then try again")
        }
        Refusal::NotRolledBack => {
            let rollback = platform::beside(path, "-journal");
            said("has a change that was interrupted, and it could not be taken back").hint(format!(
                "make the folder, the file and {} writable; if they are, check the disk",
                files::shown(&rollback)
            ))
        }
        Refusal::DiskFull => said("could not be written: the disk is full")
            .hint("make room on the disk, then try again"),
        Refusal::NotOpened => said("could not be opened, or a file beside it could not be made")
            .hint("see whether the file and its folder are yours"),
        // A failing disk looks the same as a damaged file, so nothing is repaired from here.
        Refusal::Unreadable => {
            said("could not be read: it is damaged, or the disk is failing").hint(keep_a_copy(path))
        }
        Refusal::PartMissing => {
            said(&format!("is damaged or was altered: {error}")).hint(keep_a_copy(path))
        }
        Refusal::ReadFailed => {
            said("could not be read: the disk reports an error").hint(CHECK_THE_DISK)
        }
        Refusal::WriteFailed => {
            said("could not be written: the disk fails, or a limit is reached").hint(CHECK_THE_DISK)
        }
        Refusal::NoLocks => said("could not be locked: its disk has no locks, or reports an error")
            .hint("use --journal to name a file on another disk"),
        Refusal::DiskFailed => {
            said("could not be read or written: the disk reports an error").hint(CHECK_THE_DISK)
        }
        Refusal::NoMemory => {
            said("could not be read or written: there is not enough memory").hint("try again")
        }
        Refusal::Other => {
            said(&format!("could not be read or written: {error}")).hint(keep_a_copy(path))
        }
    }
}

fn damaged(path: &Path, damage: &Damage) -> Message {
    let said = |what: &str| Message::new(format!("{} {what}", files::shown(path)));
    let repair = |day: &Day| {
        format!(
            "dwell doctor --repair; dwell show {day} shows what is left; dwell forget {day} erases it"
        )
    };
    let what = match damage {
        Damage::Pages(found) => {
            return said(&format!(
                "is damaged, or the disk is failing, and it was left as it is: {found}"
            ))
            .hint(keep_a_copy(path));
        }
        Damage::Foreign { kind, name } => {
            return said(&format!("was altered: it has a {kind} '{name}', so nothing was changed"))
                .hint(format!(
                    "whoever added it can remove it: DROP {} \"{name}\"",
                    kind.to_uppercase()
                ));
        }
        Damage::Lesson(day) => {
            return said(&format!(
                "holds a lesson for {day} whose words are not those that were saved"
            ))
            .hint(keep_a_copy(path));
        }
        Damage::Entry(day) => {
            return said(&format!(
                "holds an entry of {day} that differs from what was saved; what was saved is used"
            ))
            .hint(keep_a_copy(path));
        }
        Damage::Fact { id, subject, fault } => {
            let what = match fault {
                FactFault::Hash => format!("fact {id} is not what was written"),
                FactFault::Time => format!("fact {id} has no possible time"),
                FactFault::Body => format!("fact {id} cannot be read"),
            };
            let message = said(&format!("holds a damaged row: {what}"));
            return match subject {
                Subject::Day(day) => message.hint(repair(day)),
                _ => message.hint(keep_a_copy(path)),
            };
        }
        Damage::Column(name) => format!("the value of {name} cannot be read"),
        Damage::Conversion => {
            return said(
                "could not be brought to its new form without a loss, so it was left as it is",
            )
            .hint(keep_a_copy(path));
        }
        Damage::NoEntry(day) => format!("there is no entry of {day}"),
    };
    said(&format!("holds a damaged row: {what}")).hint(keep_a_copy(path))
}

/// Says that a new journal was begun where one may have been expected.
pub fn begun(path: &Path) -> String {
    format!("there was no journal at {}, so a new one was begun", files::shown(path))
}

/// Says who besides the person can read the journal; `None` if nobody can, or if nothing is
/// written.
pub fn readers(path: &Path, privacy: Privacy) -> Option<String> {
    let path = files::shown(path);
    match privacy {
        Privacy::Private | Privacy::OfAnother => None,
        Privacy::MadePrivate => {
            Some(format!("other people could read {path}; now it is open to you alone"))
        }
        Privacy::OpenToOthers => Some(format!(
            "other people can read {path}, and this disk does not let it be closed to them"
        )),
        Privacy::OfSuperuser => Some(format!("{path} belongs to another user, who can read it")),
    }
}
