//! What is read above or beside the words: the lesson, open or folded to its title and question,
//! and what was written before.

use crate::drafts::Purpose;
use crate::journal::Entry;
use crate::text::{Page, Text};
use crate::view;
use crate::view::ToRead;

/// What is read, and how much of it is shown.
#[derive(Debug)]
pub(super) struct Reading {
    entry: Option<Entry>,
    purpose: Purpose,
    takeaway_after: bool,
    /// All of it is shown, not only title and question.
    pub(super) is_open: bool,
    /// The person asked to see the takeaway.
    pub(super) shows_takeaway: bool,
    /// The first row that is shown.
    pub(super) top: usize,
}

impl Reading {
    pub(super) fn new(entry: Option<Entry>, purpose: Purpose, takeaway_after: bool) -> Self {
        let (is_open, shows_takeaway, top) = (true, false, 0);
        Self { entry, purpose, takeaway_after, is_open, shows_takeaway, top }
    }

    /// Where the lesson was learnt, for the title; `None` if the day has no lesson.
    pub(super) fn source(&self) -> Option<String> {
        self.entry.as_ref().and_then(|entry| entry.lesson.as_ref()).map(view::source)
    }

    /// Whether there is a takeaway that is closed.
    pub(super) fn hides_takeaway(&self, has_words: bool) -> bool {
        let has_lesson = self.entry.as_ref().is_some_and(|entry| entry.lesson.is_some());
        has_lesson && self.takeaway_after && !self.shows_takeaway && !has_words
    }

    /// The text, whole or folded, for a page of this width. `source` is whether the lesson's source
    /// stands in it.
    pub(super) fn text(&self, folded: bool, source: bool, has_words: bool, page: Page) -> Text {
        let Some(entry) = &self.entry else { return Text::default() };
        let to_read = ToRead {
            source,
            takeaway: !self.hides_takeaway(has_words),
            words: self.purpose != Purpose::Revise,
        };
        if folded { view::folded(entry, page) } else { view::to_read(entry, to_read, page) }
    }

    /// Shows all of it, or folds it.
    pub(super) fn toggle(&mut self) {
        self.is_open = !self.is_open;
        self.top = 0;
    }

    /// Moves up or down by rows, within a text of this many rows of which `shown` are shown.
    pub(super) fn scroll(&mut self, rows: isize, all: usize, shown: usize) {
        let most = all.saturating_sub(shown);
        self.top = self.top.saturating_add_signed(rows).min(most);
    }
}
