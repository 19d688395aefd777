//! The sheet that a view is written on: the one way from a value's text to the page.

use anstyle::Style;

use crate::terminal::{Page, one_line, sanitise};

use super::wrap::wrap;

/// Text for a page in the making. Everything put on it is made safe to show.
pub(super) struct Sheet {
    page: Page,
    text: String,
}

pub(super) const PLAIN: Style = Style::new();
pub(super) const STRONG: Style = Style::new().bold();
pub(super) const QUIET: Style = Style::new().dimmed();
pub(super) const SPOKEN: Style = Style::new().italic();

impl Sheet {
    pub(super) fn new(page: Page) -> Self {
        Self { page, text: String::new() }
    }

    pub(super) fn into_text(self) -> String {
        self.text
    }

    /// Text of one or more lines, each broken to the width of the page.
    pub(super) fn prose(&mut self, style: Style, text: &str) {
        for line in sanitise(text).split('\n') {
            match self.page.width {
                Some(width) => {
                    // A tab's width depends on where it stands, which a broken line changes.
                    for line in wrap(&line.replace('\t', "    "), width) {
                        self.put(style, &line);
                    }
                }
                None => self.put(style, line),
            }
        }
    }

    /// Text set as one line, broken to the width of the page.
    pub(super) fn line(&mut self, style: Style, text: &str) {
        self.prose(style, &one_line(text));
    }

    pub(super) fn blank(&mut self) {
        self.text.push('\n');
    }

    fn put(&mut self, style: Style, line: &str) {
        let style = if self.page.color && !line.is_empty() { style } else { PLAIN };
        self.text.push_str(&format!("{style}{line}{style:#}\n"));
    }
}
