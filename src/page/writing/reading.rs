//! What is read above or beside the words: the lesson, open or folded to its title and question,
//! and what was written before.

use std::cell::RefCell;
use std::rc::Rc;

use crate::drafts::Purpose;
use crate::journal::Entry;
use crate::journal::entry::takeaway::has_takeaway;
use crate::page::paint;
use crate::text::{Line, Page, Text};
use crate::view;
use crate::view::ToRead;

/// What is read, and how much of it is shown.
#[derive(Debug)]
pub(super) struct Reading {
    entry: Option<Entry>,
    pub(super) purpose: Purpose,
    takeaway_after: bool,
    /// All of it is shown, not only title and question.
    pub(super) is_open: bool,
    /// The person asked to see the takeaway.
    shows_takeaway: bool,
    /// The first row that is shown.
    pub(super) top: usize,
    /// The lines as they were laid out last.
    laid_out: RefCell<Option<(Shape, Rc<[Line]>)>>,
}

/// What the lines depend on.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Shape {
    /// Only title and question.
    pub(super) folded: bool,
    /// The lesson's source stands in it.
    pub(super) source: bool,
    /// The person has written something.
    pub(super) has_words: bool,
    pub(super) width: u16,
}

impl Reading {
    pub(super) fn new(entry: Option<Entry>, purpose: Purpose, takeaway_after: bool) -> Self {
        let (is_open, shows_takeaway, top) = (true, false, 0);
        let laid_out = RefCell::default();
        Self { entry, purpose, takeaway_after, is_open, shows_takeaway, top, laid_out }
    }

    /// Where the lesson was learnt, for the title; `None` if the day has no lesson.
    pub(super) fn source(&self) -> Option<String> {
        self.entry.as_ref().and_then(|entry| entry.lesson.as_ref()).map(view::source)
    }

    /// Whether there is a key for the takeaway.
    pub(super) fn has_takeaway_key(&self) -> bool {
        self.takeaway_after
    }

    /// Whether there is a takeaway that is closed.
    pub(super) fn hides_takeaway(&self, has_words: bool) -> bool {
        let has_takeaway = self.entry.as_ref().is_some_and(has_takeaway);
        has_takeaway && self.takeaway_after && !self.shows_takeaway && !has_words
    }

    /// The lines, whole or folded, for a page of this width. They are made again only if something
    /// about them changed: what was written before may be long.
    pub(super) fn lines(&self, shape: Shape, page: Page) -> Rc<[Line]> {
        let mut laid_out = self.laid_out.borrow_mut();
        if let Some((last, lines)) = &*laid_out
            && *last == shape
        {
            return Rc::clone(lines);
        }
        let lines: Rc<[Line]> = paint::fold(&self.text(shape, page), shape.width).into();
        *laid_out = Some((shape, Rc::clone(&lines)));
        lines
    }

    fn text(&self, shape: Shape, page: Page) -> Text {
        let Some(entry) = &self.entry else { return Text::default() };
        let page = Page { width: Some(shape.width.max(1).into()), ..page };
        if self.purpose == Purpose::Afterthought {
            // It answers the words of that day and not the lesson.
            return if shape.folded {
                view::written(entry, page)
            } else {
                view::words_first(entry, page)
            };
        }
        let to_read = ToRead {
            source: shape.source,
            takeaway: !self.hides_takeaway(shape.has_words),
            words: self.purpose != Purpose::Revise,
        };
        if shape.folded { view::folded(entry, page) } else { view::to_read(entry, to_read, page) }
    }

    /// Shows all of it, or folds it.
    pub(super) fn toggle(&mut self) {
        self.is_open = !self.is_open;
        self.top = 0;
    }

    /// Shows the takeaway, or closes it.
    pub(super) fn toggle_takeaway(&mut self) {
        self.shows_takeaway = !self.shows_takeaway;
        self.laid_out.take();
        if self.shows_takeaway && !self.is_open {
            self.toggle();
        }
    }

    /// Moves up or down by rows, within a text of this many rows of which `shown` are shown.
    pub(super) fn scroll(&mut self, rows: isize, all: usize, shown: usize) {
        let most = all.saturating_sub(shown);
        self.top = self.top.saturating_add_signed(rows).min(most);
    }
}
