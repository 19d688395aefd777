//! The drafts that are left over, for a look at them: nothing is taken up, removed or changed.

use std::path::PathBuf;

use crate::drafts::name::Name;
use crate::drafts::place::Relation;
use crate::drafts::{Drafts, file};
use crate::journal::Day;

/// A draft that no process is writing.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct LeftDraft {
    pub day: Option<Day>,
    /// The journal that it was for, if that is gone.
    pub gone: Option<PathBuf>,
    pub is_sealed: bool,
}

impl Drafts {
    /// The drafts of this journal, and those whose journal is gone, that have something in them and
    /// that no process is writing. Empty if the folder cannot be read.
    pub fn left(&self) -> Vec<LeftDraft> {
        let names = self.files().unwrap_or_default();
        let names = names.iter().filter_map(|name| Name::parse(name));
        let mut left: Vec<LeftDraft> = names.filter_map(|name| self.left_as(&name)).collect();
        left.sort_by_key(|draft| (draft.gone.clone(), draft.day));
        left
    }

    fn left_as(&self, name: &Name) -> Option<LeftDraft> {
        let gone = match self.relation(name) {
            Relation::Own => None,
            Relation::JournalGone(path) => Some(path),
            Relation::Other => return None,
        };
        let file = file::open(&name.text_file(&self.folder)).ok()??;
        let is_held = matches!(file.try_lock(), Err(std::fs::TryLockError::WouldBlock));
        let has_step = || self.note(name).extras.step.is_some();
        let has_words = file.metadata().is_ok_and(|file| file.len() > 0) || has_step();
        (has_words && !is_held).then_some(LeftDraft {
            day: name.day,
            gone,
            is_sealed: name.is_sealed,
        })
    }
}
