//! How a verb opens the journal: where it is, whether it may be begun, where its backups are, and
//! what the person is told of it.

use std::mem::ManuallyDrop;
use std::time::Duration;

use crate::clock;
use crate::command::Context;
use crate::command::error::{Error, Result};
use crate::config::Config;
use crate::journal::Day;
use crate::library::SHIPPED;
use crate::messages;
use crate::store::{BackupFailure, Backups, Begun, Privacy, Progress, Store, WAIT};
use crate::terminal::ProgressLine;

/// The backups of the journal that these settings name; see [`Backups::new`] for the others.
pub(super) fn backups_of(config: &Config, today: Option<Day>, failure: &BackupFailure) -> Backups {
    let Config { backups, traces, journal, is_usual_journal, .. } = config;
    let folders = [backups.clone(), traces.clone()];
    Backups::new(folders, journal.clone(), *is_usual_journal, today, failure)
}

impl Context {
    /// The journal; creates it if there is none, and says so where the person may have expected
    /// one. Errors if it cannot be opened.
    pub fn open_store(&mut self) -> Result<Store> {
        self.open_store_within(WAIT)
    }

    /// The same, with how long to wait for a lock of another program.
    pub fn open_store_within(&mut self, wait: Duration) -> Result<Store> {
        let backups = self.backups();
        let mut line = self.terminal.progress_line();
        let progress = &mut |progress| show_upgrade(&mut line, progress);
        let (journal, backups) = (&self.config.journal, Some(&backups));
        let opened = Store::open_with_progress(journal, SHIPPED, backups, wait, progress);
        drop(line);
        let mut store = self.or_unlocked(opened, wait)?;
        store.note_changes_in(&self.changed);
        if let Some(begun) = self.begun_note(&store) {
            self.terminal.say(&begun)?;
        }
        self.warn_if_made_private(&store);
        Ok(store)
    }

    /// The backups of the journal.
    pub fn backups(&mut self) -> Backups {
        // Where the clock cannot be read, a backup is at most named after another day.
        let today = self.now().map(|now| now.day).ok().or_else(clock::utc_day);
        backups_of(&self.config, today, &self.backup_failure)
    }

    /// Says that no backup was made before a change of this run, and why. The change was made all
    /// the same.
    pub fn say_backup_failure(&mut self) {
        if let Some(failure) = self.backup_failure.take() {
            // There is nobody to tell if this cannot be written.
            let _ = self.complain(&failure.into());
        }
    }

    /// That this opening has begun the journal, where the person may have expected one. Where
    /// nothing of dwell was before, a new journal goes without saying.
    pub fn begun_note(&self, store: &Store) -> Option<String> {
        let begun = store.begun()?;
        let is_told = self.config.names_journal() || begun == Begun::InOldFolder;
        is_told.then(|| messages::store::begun(&self.config.journal))
    }

    /// The journal; `None` if there is none. Errors if it cannot be opened.
    pub fn store_if_any(&mut self) -> Result<Option<Store>> {
        let backups = self.backups();
        let mut line = self.terminal.progress_line();
        let progress = &mut |progress| show_upgrade(&mut line, progress);
        let (journal, backups) = (&self.config.journal, Some(&backups));
        let opened = Store::open_existing_with_progress(journal, SHIPPED, backups, WAIT, progress);
        drop(line);
        let mut store = match opened.transpose() {
            Some(opened) => Some(self.or_unlocked(opened, WAIT)?),
            None => None,
        };
        if let Some(store) = &mut store {
            store.note_changes_in(&self.changed);
            self.warn_if_made_private(store);
        }
        Ok(store)
    }

    /// The journal. Errors if there is none: a verb that only reads creates no file.
    pub fn existing_store(&mut self) -> Result<Store> {
        if let Some(store) = self.store_if_any()? {
            return Ok(store);
        }
        // One that was there before is more than missing.
        self.backups().require_new()?;
        if let Some(store) = self.store_if_any()? {
            // Begun by another process at this moment.
            return Ok(store);
        }
        Err(Error::nothing(messages::entries::no_journal(&self.config.journal)))
    }

    /// The same for a verb that only reads. It is not closed: to free all that SQLite holds takes
    /// long, nothing is left to be written, and the program ends soon.
    pub fn store_to_read(&mut self) -> Result<ManuallyDrop<Store>> {
        Ok(ManuallyDrop::new(self.existing_store()?))
    }

    /// Says who else can read the journal, before words are written into it.
    pub fn warn_of_readers(&mut self, store: &Store) {
        if store.privacy() != Privacy::MadePrivate {
            self.say_readers(store.privacy());
        }
    }

    fn warn_if_made_private(&mut self, store: &Store) {
        if store.privacy() == Privacy::MadePrivate {
            self.say_readers(store.privacy());
        }
    }

    fn say_readers(&mut self, privacy: Privacy) {
        if let Some(message) = messages::store::readers(&self.config.journal, privacy) {
            // Words that are about to be saved must not be lost because of this message.
            let _ = self.terminal.say(&message);
        }
    }
}

/// Shows the progress of bringing a journal to the present form.
pub(super) fn show_upgrade(line: &mut ProgressLine, Progress { done, total }: Progress) {
    line.update(done, total, messages::store::upgrading);
}
