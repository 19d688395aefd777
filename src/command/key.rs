//! A locked journal: its key, which is asked for once in a run, and the drafts that are sealed with
//! it.

use std::fs;
use std::io::Read;
use std::path::{Path, PathBuf};
use std::time::Duration;

use crate::command::Context;
use crate::command::error::{Error, Result};
use crate::command::opening::show_upgrade;
use crate::compose::{Compose, Intent, KeepIn};
use crate::drafts::{Drafts, JournalPlace, Sealing};
use crate::journal::Day;
use crate::library::SHIPPED;
use crate::messages::seal as words;
use crate::platform;
use crate::seal::{self, Fault, Key, KeyFiles, Passphrase, Recipients, SealError, Unlocked};
use crate::store::{self, SealedPaths, Store, StoreError, Unusable};
use crate::terminal::secret_of_command;

/// More bytes than stand before the words of a sealed file.
const HEAD: u64 = 16 << 10;

/// How often a passphrase may be typed in one run.
const TRIES: usize = 3;

impl Context {
    /// The journal that was opened, or, if it is locked, the one that its key opens.
    pub(super) fn or_unlocked(
        &mut self,
        opened: store::Result<Store>,
        wait: Duration,
    ) -> Result<Store> {
        match opened {
            Err(StoreError::Unusable { why: Unusable::Locked { .. }, .. }) => {
                let key = self.key()?;
                let backups = self.backups();
                let mut line = self.terminal.progress_line();
                let progress = &mut |progress| show_upgrade(&mut line, progress);
                let (journal, backups) = (&self.config.journal, Some(&backups));
                Ok(Store::open_sealed(journal, &key, SHIPPED, backups, wait, progress)?)
            }
            opened => Ok(opened?),
        }
    }

    /// The key of the locked journal. The passphrase is asked for once in a run. Errors if there is
    /// none, or if it does not open the key file.
    pub(super) fn key(&mut self) -> Result<Key> {
        if let Some(key) = &self.key {
            return Ok(key.clone());
        }
        let files = SealedPaths::of(&self.config.journal).keys;
        let Unlocked { key, is_recipients_file_old, .. } = self.unlock(&files)?;
        if is_recipients_file_old {
            // Drafts are sealed without a key by it. The next run tries again.
            let _ = files.write_recipients_again(&key.recipients);
        }
        self.key = Some(key.clone());
        // A run that was killed may have left something plain. What cannot be sealed now stays, and
        // the next run tries again.
        let drafts = self.drafts(None);
        drafts.take_in_left_texts();
        let _ = drafts.seal_plain();
        Ok(key)
    }

    /// The same, with the bytes of the key file.
    pub(super) fn key_and_file(&mut self) -> Result<(Key, Vec<u8>)> {
        let files = SealedPaths::of(&self.config.journal).keys;
        let Unlocked { key, sealed, .. } = self.unlock(&files)?;
        Ok((key, sealed))
    }

    fn unlock(&mut self, files: &KeyFiles) -> Result<Unlocked> {
        // Without the file, a passphrase opens nothing.
        crate::seal::read(&files.key)?;
        for _ in 1..TRIES {
            let passphrase = self.passphrase()?;
            match files.unlock(&passphrase) {
                Err(error) if self.is_typed_wrong(&error) => self.complain(&error.into())?,
                unlocked => return Ok(unlocked?),
            }
        }
        let passphrase = self.passphrase()?;
        Ok(files.unlock(&passphrase)?)
    }

    fn is_typed_wrong(&self, error: &SealError) -> bool {
        let is_wrong = matches!(error.why, Fault::WrongPassphrase | Fault::WrongPassphraseOrFile);
        is_wrong && self.config.passphrase_command.is_none()
    }

    /// The passphrase, from the command that is set for it, or else from the person.
    fn passphrase(&mut self) -> Result<Passphrase> {
        if let Some(command) = self.config.passphrase_command.clone() {
            return passphrase_of(&command);
        }
        if !self.terminal.can_ask_secret() {
            let SealedPaths { sealed, .. } = SealedPaths::of(&self.config.journal);
            return Err(Error::journal(words::locked(&sealed)));
        }
        let typed = self.terminal.ask_secret(words::ASK_PASSPHRASE);
        let typed = typed.map_err(Error::before_any_change)?;
        Passphrase::new(typed).ok_or_else(|| Error::journal(words::no_passphrase()))
    }

    /// A text that is to be saved for a day. If the journal does not take it, it is kept in a
    /// draft.
    pub fn compose(&self, store: &Store, day: Day, intent: Intent) -> Compose {
        let keep_in = KeepIn::NewDraft(self.drafts(Some(store)));
        Compose { day, intent, order: self.config.order, keep_in }
    }

    /// The drafts of the journal; `None` if it is not open.
    pub fn drafts(&self, store: Option<&Store>) -> Drafts {
        let id = store.and_then(|store| store.id().ok().flatten());
        let journal = JournalPlace::new(&self.config.journal, id);
        let sealing = match (store, &self.key) {
            (_, Some(key)) => Some(Sealing::with_key(key, self.editors_folder())),
            (Some(_), None) => None,
            (None, None) => sealing_without_key(&self.config.journal),
        };
        Drafts::new(self.config.drafts.clone(), Some(journal)).sealed(sealing)
    }

    /// A private folder in memory for what editors edit of a locked journal.
    fn editors_folder(&self) -> Option<PathBuf> {
        let folder = self.config.runtime.as_ref()?;
        let metadata = fs::metadata(folder).ok()?;
        let is_private = platform::is_own(&metadata) && !platform::is_open_to_others(&metadata);
        (folder.is_absolute() && metadata.is_dir() && is_private).then(|| folder.join("dwell"))
    }
}

/// How drafts of the journal at this path are sealed if it cannot be opened; `None` if it is not
/// locked.
pub(crate) fn sealing_without_key(journal: &Path) -> Option<Sealing> {
    let paths = SealedPaths::of(journal);
    let is_there = |path: &Path| fs::symlink_metadata(path).is_ok();
    // Its keys alone show that a journal is locked which is away for a while.
    let has_keys = is_there(&paths.keys.key) || is_there(&paths.keys.recipients);
    if is_there(&paths.plain) || !(paths.is_locked() || has_keys) {
        return None;
    }
    let recipients = paths.keys.recipients().ok();
    // Somebody may have put keys of their own there. The journal itself names those it is sealed to.
    let are_of_journal = |recipients: &Recipients| match head_of(&paths.sealed) {
        Some(head) => seal::is_for_both(&head, recipients),
        None => !paths.is_locked(),
    };
    Some(Sealing::without_key(recipients.filter(are_of_journal)))
}

/// The beginning of a sealed file, with its label; `None` if it cannot be read.
fn head_of(sealed: &Path) -> Option<Vec<u8>> {
    let mut head = Vec::new();
    platform::open_file(sealed).ok()?.take(HEAD).read_to_end(&mut head).ok()?;
    Some(head)
}

/// The passphrase that a command prints.
pub(super) fn passphrase_of(command: &str) -> Result<Passphrase> {
    let failed = |error| Error::journal(words::command_failed(command, &error));
    let text = secret_of_command(command).map_err(failed)?;
    Passphrase::new(text).ok_or_else(|| Error::journal(words::no_passphrase()))
}
