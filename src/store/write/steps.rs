//! Steps: naming the next one, and what became of it.

use crate::journal::entry::fact::Subject;
use crate::journal::lesson::plan::Order;
use crate::journal::{Day, Entry, Event, Now, Step, StepState, entry};
use crate::store::tables::device_memory::Memory;
use crate::store::write::transaction::Transaction;
use crate::store::{Result, Store, StoreError};

impl Store {
    /// Gives a day its next step. Returns the entry and the step that was there before. Errors if
    /// the day has not come yet.
    pub fn add_step(
        &mut self,
        now: Now,
        order: Order,
        day: Day,
        text: &str,
    ) -> Result<(Entry, Option<String>)> {
        self.change(now, |transaction| {
            transaction.require_come(day)?;
            transaction.serve_if_today(day, order)?;
            let replaced = transaction.set_step(day, text)?;
            Ok((transaction.entry(day)?, replaced))
        })
    }

    /// Answers the step of a day. Errors if the day no longer has the step that was shown.
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

    /// Has this file remember that the person was asked about the step of a day today and left it
    /// as it is.
    pub fn leave_step(&mut self, now: Now, day: Day) -> Result<()> {
        self.change(now, |transaction| {
            let on = transaction.today()?;
            transaction.remember(Memory::AskedAboutStep, day, on)
        })
    }
}

impl Transaction<'_> {
    /// Records a day's next step. Returns the one that it takes the place of.
    pub(crate) fn set_step(&mut self, day: Day, text: &str) -> Result<Option<String>> {
        let facts = self.in_force(&Subject::Day(day))?;
        let before = entry::from_facts(&facts).and_then(|state| state.step).map(|step| step.text);
        let event = Event::Stepped { day, text: text.to_owned() };
        self.record(entry::step_heads(&facts), event)?;
        Ok(before)
    }
}
