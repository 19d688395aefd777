//! Backups around a change: before the first one of a day, and before one that adds very much.

use std::path::PathBuf;
use std::sync::mpsc::{Receiver, channel};
use std::thread::{self, JoinHandle};

use crate::journal::{Day, Now};
use crate::store::file::open;
use crate::store::{Backups, CheckedCopy, Reason, Result, Store, StoreError, backups};

/// A backup that another thread makes while the change is made.
#[derive(Debug)]
pub(crate) struct BackupInProgress {
    thread: JoinHandle<Result<CheckedCopy>>,
    /// The steps that are done: the state that is copied is settled, and it is copied.
    steps: Receiver<()>,
}

impl BackupInProgress {
    /// Waits until the next step is done, or the thread has failed, which is told at its end.
    pub(crate) fn wait_for_step(&self) {
        let _ = self.steps.recv();
    }
}

impl Store {
    /// Makes a backup now. Errors if it cannot be made.
    pub fn back_up(&self, backups: &Backups, day: Day, reason: Reason) -> Result<CheckedCopy> {
        if let Some(sealed) = &self.connection.sealed {
            return backups.make_sealed(sealed, day, reason);
        }
        backups.make(&self.connection, day, reason).map_err(|error| error.at(&self.path))
    }

    /// Copies the journal to a path that is free, and checks the copy. Errors if it cannot be made.
    pub fn copy_to(&self, path: &std::path::Path) -> Result<CheckedCopy> {
        if let Some(sealed) = &self.connection.sealed {
            return backups::copy_sealed(sealed, std::iter::once(path.to_owned()));
        }
        backups::copy_to(&self.connection, path).map_err(|error| error.at(&self.path))
    }

    /// The backup before a change that adds very much. If it cannot be made, that is noted.
    pub(crate) fn back_up_before(&self, now: Now, reason: Reason) {
        let Some(backups) = &self.backups else { return };
        if let Some(sealed) = &self.connection.sealed {
            let make = || {
                let is_made = backups.make_sealed_daily(sealed, &self.connection, now)?;
                if !is_made && backups::has_own(&self.connection)? {
                    backups.make_sealed(sealed, now.day, reason)?;
                }
                Ok(())
            };
            return self.note_failure(backups, make());
        }
        let make = || match backups.due(&self.connection, now)? {
            Some(daily) => daily.make(&self.connection).map(Some),
            None if backups::has_own(&self.connection)? => {
                self.back_up(backups, now.day, reason).map(Some)
            }
            None => Ok(None),
        };
        self.note_failure(backups, make().map(|_| ()));
    }

    /// Begins the backup before the first change of a day. It is made while the change is made, of the
    /// journal as it is when this returns. The change must not be committed before the next step.
    pub(crate) fn begin_daily_backup(&self, now: Now) -> Option<BackupInProgress> {
        let backups = self.backups.as_ref()?;
        if let Some(sealed) = &self.connection.sealed {
            let made = backups.make_sealed_daily(sealed, &self.connection, now);
            self.note_failure(backups, made.map(drop));
            return None;
        }
        let due = backups.due(&self.connection, now).unwrap_or_else(|error| {
            self.note_failure(backups, Err(error));
            None
        })?;
        // The file that is changed, also if its path leads to another one by now.
        let path = self.connection.path().map_or_else(|| self.path.clone(), PathBuf::from);
        let (step, steps) = channel();
        let spawned = thread::Builder::new().spawn(move || {
            // Nobody waits for a step any more if the change has failed.
            due.make_beside(open::connect_again(&path)?, || step.send(()).unwrap_or_default())
        });
        let Ok(thread) = spawned else {
            // A system may refuse another thread. Then the backup is made first.
            let due = backups.due(&self.connection, now);
            let made = due.and_then(|due| due.map(|due| due.make(&self.connection)).transpose());
            self.note_failure(backups, made.map(drop));
            return None;
        };
        let backup = BackupInProgress { thread, steps };
        backup.wait_for_step();
        Some(backup)
    }

    /// Waits until the backup has its name. If it cannot be made, that is noted.
    pub(crate) fn end_daily_backup(&self, backup: Option<BackupInProgress>) {
        if let (Some(backup), Some(backups)) = (backup, &self.backups) {
            // The change is made, whatever became of the backup.
            let made = backup.thread.join();
            let made = made.unwrap_or_else(|_| Err(StoreError::column("backup")));
            self.note_failure(backups, made.map(|_| ()));
        }
    }

    fn note_failure(&self, backups: &Backups, made: Result<()>) {
        if let Err(error) = made {
            let error = StoreError::NoBackup(Box::new(error.at(&self.path)));
            backups.failure().note(error);
        }
    }
}
