//! Plain text: the entries as `dwell show` shows them, one below the other, to be read or printed.
//!
//! It is not read back: the lines are for people. What a terminal could obey is in a visible form.

use std::io::{self, Write};

use crate::format::EntryWriter;
use crate::journal::Entry;
use crate::text::{Page, WIDEST};
use crate::view::View;

/// Between two days.
const RULE: &str = "\n----------------------------------------\n\n";

/// Writes entries for people to read.
pub struct Text<'a> {
    out: &'a mut dyn Write,
    is_first: bool,
}

impl<'a> Text<'a> {
    pub fn new(out: &'a mut dyn Write) -> Self {
        Self { out, is_first: true }
    }
}

impl EntryWriter for Text<'_> {
    fn entry(&mut self, entry: &Entry) -> io::Result<()> {
        if !std::mem::replace(&mut self.is_first, false) {
            self.out.write_all(RULE.as_bytes())?;
        }
        let page = Page { width: Some(WIDEST), utf8: true, ..Page::UNSET };
        self.out.write_all(View::Entry(entry).text(page).plain().as_bytes())
    }

    fn finish(self: Box<Self>) -> io::Result<()> {
        Ok(())
    }
}
