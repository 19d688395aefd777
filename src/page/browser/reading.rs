//! The text beside the list: what is chosen, laid out and scrolled.

use crate::journal::Entry;
use crate::journal::lesson::{ShelvedLesson, ShelvedSeries};
use crate::messages::browser;
use crate::page::browser::list::Target;
use crate::page::paint;
use crate::text::{Line, Page, Role, Sheet, Text, WIDEST};
use crate::view::{self, View};

/// What is to be read of a chosen item.
#[derive(Debug)]
pub enum Content {
    /// An entry as far as it could be read, and what is wrong with it.
    Entry {
        entry: Option<Box<Entry>>,
        faults: Vec<String>,
    },
    Lesson(Box<ShelvedLesson>),
    Series(Box<ShelvedSeries>),
    /// It could not be read.
    Failure(String),
}

#[derive(Debug)]
pub(super) struct Reading {
    pub(super) target: Target,
    content: Content,
    pub(super) lines: Vec<Line>,
    width: u16,
    /// The first line on the screen.
    pub(super) top: usize,
}

impl Reading {
    pub(super) fn new(target: Target, content: Content) -> Self {
        Self { target, content, lines: Vec::new(), width: 0, top: 0 }
    }

    /// Lays the text out for this width, if it is not laid out for it.
    pub(super) fn lay_out(&mut self, width: u16, page: Page) {
        if self.width != width {
            self.width = width;
            let columns = usize::from(width).min(WIDEST);
            let page = Page { width: Some(columns), screen: columns, ..page };
            self.lines = paint::fold(&self.content.text(page), width);
        }
    }

    /// Scrolls by this number of lines, as far as there are any.
    pub(super) fn scroll(&mut self, lines: isize, height: usize) {
        self.top = self.top.saturating_add_signed(lines).min(self.last_top(height));
    }

    /// The first line on the screen when the last one is there too.
    pub(super) fn last_top(&self, height: usize) -> usize {
        self.lines.len().saturating_sub(height)
    }
}

impl Content {
    fn text(&self, page: Page) -> Text {
        match self {
            Self::Entry { entry, faults } => {
                let mut sheet = Sheet::new(page);
                for fault in faults {
                    sheet.line(Role::Removed, fault);
                    sheet.blank();
                }
                if entry.is_none() && faults.is_empty() {
                    sheet.line(Role::Plain, browser::ENTRY_GONE);
                }
                let mut text = sheet.into_text();
                text.append(
                    entry
                        .as_ref()
                        .map_or_else(Text::default, |entry| view::words_first(entry, page)),
                );
                text
            }
            Self::Lesson(lesson) if lesson.served.is_empty() => {
                let mut sheet = Sheet::new(page);
                sheet.line(Role::Heading, &lesson.lesson.text.title);
                sheet.blank();
                sheet.line(Role::Plain, browser::NOT_MET);
                sheet.into_text()
            }
            Self::Lesson(lesson) => View::Lesson(lesson).text(page),
            Self::Series(series) => View::Series { series, lessons: &[] }.text(page),
            Self::Failure(message) => {
                let mut sheet = Sheet::new(page);
                sheet.line(Role::Removed, message);
                sheet.into_text()
            }
        }
    }
}
