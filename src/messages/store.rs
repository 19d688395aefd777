//! Why the journal could not be opened, read or changed.

use std::error::Error;
use std::path::Path;

use crate::journal::entry::reflection::LARGEST;
use crate::messages::{Message, clock, parse};
use crate::store::{Damage, FactFault, Refusal, StoreError, Unusable};

const NAME_ANOTHER: &str = "use --journal to name a journal, or a file that is not there yet";
const KEEP_A_COPY: &str = "leave the file as it is and keep a copy of it before anything else";
const CHECK_THE_DISK: &str = "check the disk, then try again";

/// Says that the journal is being brought to the present form, and how far it is.
pub fn upgrading(percent: usize) -> String {
    format!("bringing your journal up to date: {percent} %")
}

/// What happened, and what to do next.
pub fn error(error: &StoreError) -> Message {
    match error {
        StoreError::Unusable { path, why } => unusable(path, why),
        StoreError::Refused { path, why, source } => refused(path, *why, source),
        StoreError::Damaged(damage) => damaged(damage),
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
        }
        StoreError::TracesLeft { path, source } => Message::new(format!(
            "the words are gone from the journal, but {} could not be rewritten, so traces may be \
             left in it: {source}",
            path.display()
        ))
        .hint("the same command again, when no other program uses the journal"),
    }
}

fn unusable(path: &Path, why: &Unusable) -> Message {
    let said = |what: &str| Message::new(format!("{} {what}", path.display()));
    match why {
        Unusable::NotAFile => said("is not a file").hint(NAME_ANOTHER),
        Unusable::NotOpened(error) => said(&format!("cannot be opened: {error}"))
            .hint("see whether the file is yours, or use --journal"),
        Unusable::NotRead(error) => said(&format!("cannot be read: {error}"))
            .hint("see whether it is a file and yours, or use --journal"),
        Unusable::NotCreated(error) => said(&format!("cannot be created: {error}"))
            .hint("see whether the folder is yours, or use --journal"),
        Unusable::Gone => said("was there a moment ago and is gone"),
        Unusable::Empty => said("is empty, so it is not a journal")
            .hint("if words were in it, get it back from a backup; if not, remove the empty file"),
        Unusable::NotAJournal => said("is not a journal").hint(NAME_ANOTHER),
        Unusable::OtherProgram => said("belongs to another program").hint(NAME_ANOTHER),
        Unusable::CutShort => said("is damaged: a part of it is missing").hint(KEEP_A_COPY),
        Unusable::Newer { form, known } => {
            said(&format!("was written by a newer dwell (form {form}, known up to {known})"))
                .hint("update dwell")
        }
    }
}

fn refused(path: &Path, why: Refusal, error: &dyn Error) -> Message {
    let said = |what: &str| Message::new(format!("{} {what}", path.display()));
    match why {
        Refusal::Locked => {
            said("is locked by another program").hint("try again when the other program is done")
        }
        Refusal::ReadOnly => {
            said("is read-only").hint("make the file and its folder writable, or use --journal")
        }
        Refusal::DiskFull => said("could not be written: the disk is full")
            .hint("make room on the disk, then try again"),
        Refusal::NotOpened => {
            said("could not be opened").hint("see whether the file and its folder are yours")
        }
        // A failing disk looks the same as a damaged file, so nothing is repaired from here.
        Refusal::Unreadable => {
            said("could not be read: it is damaged, or the disk is failing").hint(KEEP_A_COPY)
        }
        Refusal::WriteFailed => {
            said("could not be written: the disk fails, or a limit is reached").hint(CHECK_THE_DISK)
        }
        Refusal::DiskFailed => {
            said("could not be read or written: the disk reports an error").hint(CHECK_THE_DISK)
        }
        Refusal::Other => said(&format!("failed: {error}")),
    }
}

fn damaged(damage: &Damage) -> Message {
    let what = match damage {
        Damage::Pages(found) => {
            return Message::new(format!("the journal is damaged and was left as it is: {found}"))
                .hint("keep a copy of the file before anything else");
        }
        Damage::Fact { id, fault: FactFault::Hash } => {
            format!("fact {id} is not what was written")
        }
        Damage::Fact { id, fault: FactFault::Time } => format!("fact {id} has no possible time"),
        Damage::Fact { id, fault: FactFault::Body } => format!("fact {id} cannot be read"),
        Damage::Column(name) => format!("the value of {name} cannot be read"),
        Damage::NoEntry(day) => format!("there is no entry of {day}"),
    };
    Message::new(format!("the journal holds a damaged row: {what}"))
}
