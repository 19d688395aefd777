//! Backups around a change: before the first one of a day, and before one that adds very much.

use crate::journal::{Day, Now};
use crate::store::file::check;
use crate::store::{Backups, CheckedCopy, Reason, Result, Store, StoreError, backups};

impl Store {
    /// Makes a backup now. Errors if it cannot be made.
    pub fn back_up(&mut self, backups: &Backups, day: Day, reason: Reason) -> Result<CheckedCopy> {
        if let Some(sealed) = &self.connection.sealed {
            return backups.make_sealed(sealed, day, reason);
        }
        backups
            .make(&mut self.connection.connection, day, reason)
            .map_err(|error| error.at(&self.path))
    }

    /// Copies the journal to a path that is free, and checks the copy. Errors if it cannot be made.
    pub fn copy_to(&mut self, path: &std::path::Path) -> Result<CheckedCopy> {
        if let Some(sealed) = &self.connection.sealed {
            return backups::copy_sealed(sealed, std::iter::once(path.to_owned()));
        }
        backups::copy_to(&mut self.connection.connection, path)
            .map_err(|error| error.at(&self.path))
    }

    /// The backup before a change that adds very much. If it cannot be made, that is noted.
    pub(crate) fn back_up_before(&mut self, now: Now, reason: Reason) {
        if let Some(backups) = self.backups.clone() {
            let made = self.back_up_if_own(&backups, now, reason);
            self.note_failure(&backups, made);
        }
    }

    fn back_up_if_own(&mut self, backups: &Backups, now: Now, reason: Reason) -> Result<()> {
        if !self.make_daily_backup(backups, now)? && backups::has_own(&self.connection)? {
            self.back_up(backups, now.day, reason)?;
        }
        Ok(())
    }

    /// Makes the backup before the first change of a day. False if none is due.
    fn make_daily_backup(&mut self, backups: &Backups, now: Now) -> Result<bool> {
        if let Some(sealed) = &self.connection.sealed {
            return backups.make_sealed_daily(sealed, &self.connection, now);
        }
        let Some(due) = backups.due(&self.connection, now)? else { return Ok(false) };
        due.make(&mut self.connection.connection)?;
        Ok(true)
    }

    /// Makes the backup before the first change of a day, and checks the journal. Errors if the
    /// journal is damaged. If the backup fails for another reason, that is noted.
    pub(crate) fn back_up_and_check(&mut self, now: Now) -> Result<()> {
        let Some(backups) = self.backups.clone() else { return self.read(check::check) };
        let made = self.make_daily_backup(&backups, now);
        match made {
            // The pages of the backup are those of the journal, and were all checked.
            Ok(true) => self.read(check::check_after_copy),
            Ok(false) => self.read(check::check),
            // The check would wait for the same lock as long again.
            Err(error) if error.is_locked() => Err(error.at(&self.path)),
            Err(error) => {
                // If the journal is damaged, the backup failed for that reason. Then only the damage is
                // told.
                self.read(check::check)?;
                self.note_failure(&backups, Err(error));
                Ok(())
            }
        }
    }

    fn note_failure(&self, backups: &Backups, made: Result<()>) {
        if let Err(error) = made {
            let error = StoreError::NoBackup(Box::new(error.at(&self.path)));
            backups.failure().note(error);
        }
    }
}
