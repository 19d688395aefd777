//! The fields of a page, and moving between them.

use crate::page::text_area::TextArea;
use crate::page::writing::WritingPage;

/// A place on the page that takes keys.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Field {
    /// The question after an open step, counted from 0.
    Step(usize),
    Words,
    NextStep,
    When,
}

impl WritingPage {
    /// The fields of this page from top to bottom; at least one.
    pub(super) fn fields(&self) -> Vec<Field> {
        let steps = (0..self.steps.len()).map(Field::Step);
        let words = self.words.is_some().then_some(Field::Words);
        let next_step = self.next_step.is_some().then_some(Field::NextStep);
        let when = self.asks_when().then_some(Field::When);
        let mut fields: Vec<Field> = steps.chain(words).chain(next_step).chain(when).collect();
        if fields.is_empty() {
            fields.push(Field::Words);
        }
        fields
    }

    /// Whether it is asked when the next step is to be done: only of a step that is there.
    pub(super) fn asks_when(&self) -> bool {
        self.next_step.as_ref().is_some_and(|step| !step.is_blank())
    }

    /// Moves to the field below, or above. Returns false at the last one.
    pub(super) fn move_focus(&mut self, down: bool) -> bool {
        let fields = self.fields();
        let at = fields.iter().position(|field| *field == self.focus).unwrap_or(0);
        let next = if down { Some(at + 1) } else { at.checked_sub(1) };
        let Some(field) = next.and_then(|next| fields.get(next)) else { return false };
        self.focus = *field;
        true
    }

    /// Moves to the field below, and from the last one to the first; or the other way round.
    pub(super) fn cycle_focus(&mut self, down: bool) {
        if !self.move_focus(down) {
            let fields = self.fields();
            self.focus = if down { fields[0] } else { fields[fields.len() - 1] };
        }
    }

    /// Where words go that are typed at a question: the words, or the next step if no words are
    /// asked for.
    pub(super) fn focus_writing(&mut self) {
        self.focus = if self.words.is_some() { Field::Words } else { Field::NextStep };
    }

    /// The text that has the focus, if a text has it.
    pub(super) fn focused_text(&mut self) -> Option<&mut TextArea> {
        match self.focus {
            Field::Step(_) => None,
            Field::Words => self.words.as_mut(),
            Field::NextStep => self.next_step.as_mut(),
            Field::When => Some(&mut self.when),
        }
    }
}
