//! A list of values, as text or as JSON Lines.

use crate::command::Context;
use crate::command::error::Result;
use crate::view::View;

/// Shows values one after the other, with an empty line between two texts.
#[derive(Debug)]
pub struct Listing<'a> {
    context: &'a mut Context,
    is_first: bool,
}

impl<'a> Listing<'a> {
    pub(super) fn new(context: &'a mut Context) -> Self {
        Self { context, is_first: true }
    }

    /// Shows the next value. Errors if the output cannot be written.
    pub fn show(&mut self, view: View) -> Result<()> {
        let needs_gap = !self.is_first && !self.context.shows_json();
        self.is_first = false;
        if needs_gap {
            self.context.terminal.data("\n")?;
        }
        self.context.show(view)
    }
}
