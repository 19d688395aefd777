//! Steps: setting the next step of a day, and answering it.

use crate::journal::entry::fact::Subject;
use crate::journal::lesson::plan::Order;
use crate::journal::{Day, Entry, Event, Now, Step, StepState, entry};
use crate::store::tables::device_memory::Memory;
use crate::store::write::transaction::Transaction;
use crate::store::{Result, Store, StoreError};

impl Store {
    /// Sets the next step of a day. Returns the entry and the text of the step that was replaced.
    /// Errors with [`StoreError::NotYet`] if the day is after today.
    pub fn add_step(
        &mut self,
        now: Now,
        order: Order,
        day: Day,
        text: &str,
    ) -> Result<(Entry, Option<String>)> {
        self.change(now, |transaction| {
            transaction.require_not_after_today(day)?;
            transaction.serve_if_today(day, order)?;
            let replaced = transaction.set_step(day, text)?;
            Ok((transaction.entry(day)?, replaced))
        })
    }

    /// Answers the step of a day. Errors with [`StoreError::ChangedMeanwhile`] if the day does not
    /// have the step that was shown.
    pub fn answer_step(
        &mut self,
        now: Now,
        day: Day,
        shown: &Step,
        state: StepState,
    ) -> Result<Entry> {
        self.change(now, |transaction| {
            let facts = transaction.in_force(&Subject::Day(day))?;
            let step = entry::from_facts(&facts).and_then(|state| state.step);
            if step.is_none_or(|step| step.text != shown.text) {
                return Err(StoreError::ChangedMeanwhile { day });
            }
            let on = transaction.today()?;
            transaction.record(entry::step_heads(&facts), Event::Answered { day, state, on })?;
            transaction.entry(day)
        })
    }

    /// Remembers in this file that the person was asked today about the step of a day and did not
    /// answer it.
    pub fn leave_step(&mut self, now: Now, day: Day) -> Result<()> {
        self.change(now, |transaction| {
            let on = transaction.today()?;
            transaction.remember(Memory::AskedAboutStep, day, on)
        })
    }
}

impl Transaction<'_> {
    /// Records the next step of a day. Returns the text of the step that it replaces.
    pub(crate) fn set_step(&mut self, day: Day, text: &str) -> Result<Option<String>> {
        let facts = self.in_force(&Subject::Day(day))?;
        let before = entry::from_facts(&facts).and_then(|state| state.step).map(|step| step.text);
        let event = Event::Stepped { day, text: text.to_owned() };
        self.record(entry::step_heads(&facts), event)?;
        Ok(before)
    }
}
