//! The days that changed: every change of a journal adds those whose entries it made again. So
//! whoever keeps a copy of entries elsewhere knows what to renew, whichever verb it was.

use std::collections::BTreeSet;
use std::sync::{Arc, Mutex, PoisonError};

use crate::journal::Day;
use crate::store::Store;

/// A set of days that several owners share.
#[derive(Debug, Clone, Default)]
pub struct ChangedDays(Arc<Mutex<BTreeSet<Day>>>);

impl ChangedDays {
    pub(crate) fn add(&self, days: BTreeSet<Day>) {
        self.0.lock().unwrap_or_else(PoisonError::into_inner).extend(days);
    }

    /// The days of all changes so far; empties the set.
    pub fn take(&self) -> BTreeSet<Day> {
        std::mem::take(&mut self.0.lock().unwrap_or_else(PoisonError::into_inner))
    }
}

impl Store {
    /// Has each later change add its days to this set.
    pub fn note_changes_in(&mut self, days: &ChangedDays) {
        self.changed = days.clone();
    }
}
