//! The mirror: a folder of Markdown files that follows the journal, one way.
//!
//! It is renewed once, at the end of each run, for the days that the run changed: the store notes
//! them, so no verb can forget it. Nothing that happens to the folder stops a verb or changes its
//! exit code, and nothing is synced: the journal is the safe place.

use std::collections::BTreeSet;
use std::path::Path;

use crate::command::Context;
use crate::command::error::Result;
use crate::command::export::folder::{Folder, Outcome};
use crate::journal::{Day, Entry};
use crate::library::SHIPPED;
use crate::messages::{Message, mirror};
use crate::store::{Store, WAIT};

impl Context {
    /// Renews the files of the days that were changed since the last call.
    pub fn renew_mirror(&mut self) {
        let days = self.changed.take();
        let Some(root) = self.config.mirror.clone().filter(|_| !days.is_empty()) else { return };
        if let Err(error) = renew(&root, &days, self) {
            let _ = self.complain(&error);
        }
    }
}

fn renew(root: &Path, days: &BTreeSet<Day>, context: &mut Context) -> Result<()> {
    let now = context.now()?;
    let opened = Store::open_existing(&context.config.journal, SHIPPED);
    let Some(opened) = opened.transpose() else { return Ok(()) };
    let store = context.or_unlocked(opened, WAIT)?;
    if !root.is_dir() {
        return say_away(root, days, &store, context);
    }
    let folder = Folder::new(root, now);
    let mut line = context.terminal.progress_line();
    let mut failed = Vec::new();
    for (done, day) in days.iter().enumerate() {
        line.update(done, days.len(), mirror::progress);
        let path = folder.path(*day);
        let entry = store.entry(*day)?.filter(is_written);
        let outcome = match &entry {
            Some(entry) => folder.put(entry),
            None => folder.remove(*day),
        };
        match outcome {
            Ok(Outcome::Renewed | Outcome::AsBefore) => {}
            Ok(Outcome::NotOurs) if entry.is_none() => {}
            Ok(Outcome::Changed) => failed.push(mirror::changed(&path, entry.is_some())),
            Ok(Outcome::NotOurs) => failed.push(mirror::not_ours(&path)),
            Err(error) => {
                // A disk that is full or gone is so for all days.
                failed.push(mirror::not_renewed(&path, &error, days.len() - done));
                break;
            }
        }
    }
    drop(line);
    failed.iter().try_for_each(|message| say(message, context))
}

/// Says that the folder is not there, and which days it may still hold words of. A day on which
/// only a lesson was served concerns no file.
fn say_away(root: &Path, days: &BTreeSet<Day>, store: &Store, context: &mut Context) -> Result<()> {
    let (mut has_words, mut gone) = (false, Vec::new());
    for day in days {
        if store.entry(*day)?.is_some_and(|entry| is_written(&entry)) {
            has_words = true;
        } else if store.has_forgotten(*day)? || !store.written_facts(*day)?.is_empty() {
            gone.push(*day);
        }
    }
    if has_words || !gone.is_empty() { say(&mirror::away(root, &gone), context) } else { Ok(()) }
}

fn say(Message { text, hint }: &Message, context: &mut Context) -> Result<()> {
    Ok(context.terminal.complain(text, hint.as_deref())?)
}

/// Whether the day has a file: only if a person wrote something.
fn is_written(entry: &Entry) -> bool {
    entry.reflection.is_some() || entry.step.is_some() || !entry.afterthoughts.is_empty()
}
