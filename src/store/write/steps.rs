//! Steps: setting the next step of a day, and answering it.

use crate::journal::entry::fact::Subject;
use crate::journal::lesson::plan::Order;
use crate::journal::{Day, Entry, Event, NewStep, Now, Step, StepAnswer, StepState, entry};
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
        step: &NewStep,
    ) -> Result<(Entry, Option<String>)> {
        self.change(now, |transaction| {
            transaction.require_not_after_today(day)?;
            transaction.serve_if_today(day, order)?;
            let replaced = transaction.set_step(day, step)?;
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
        answer: StepAnswer,
    ) -> Result<Entry> {
        self.change(now, |transaction| {
            let facts = transaction.in_force(&Subject::Day(day))?;
            let step = entry::from_facts(&facts).and_then(|state| state.step);
            if step.is_none_or(|step| step.text != shown.text) {
                return Err(StoreError::ChangedMeanwhile { day });
            }
            let on = transaction.today()?;
            let StepAnswer { state, outcome } = answer;
            let answered = Event::Answered { day, state, on, outcome };
            transaction.record(entry::step_heads(&facts), answered)?;
            transaction.entry(day)
        })
    }

    /// Lets go of the steps of these entries, as one change. An entry whose step is not open any
    /// more stays as it is. Returns the entries that were changed.
    pub fn drop_steps(&mut self, now: Now, shown: &[Entry]) -> Result<Vec<Entry>> {
        self.change(now, |transaction| {
            let on = transaction.today()?;
            let mut dropped = Vec::new();
            for Entry { day, step: shown, .. } in shown {
                let facts = transaction.in_force(&Subject::Day(*day))?;
                let step = entry::from_facts(&facts).and_then(|state| state.step);
                if step.as_ref().is_none_or(|step| step.state.is_closed()) || step != *shown {
                    continue;
                }
                let state = StepState::Dropped;
                let answered = Event::Answered { day: *day, state, on, outcome: None };
                transaction.record(entry::step_heads(&facts), answered)?;
                dropped.push(transaction.entry(*day)?);
            }
            Ok(dropped)
        })
    }

    /// Keeps the entry of a day from coming back by itself, or lets it come back again. Returns the
    /// entry.
    pub fn set_quiet(&mut self, now: Now, day: Day, quiet: bool) -> Result<Entry> {
        self.change(now, |transaction| {
            transaction.record(Vec::new(), Event::Quieted { day, quiet })?;
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
    pub(crate) fn set_step(&mut self, day: Day, step: &NewStep) -> Result<Option<String>> {
        let facts = self.in_force(&Subject::Day(day))?;
        let before = entry::from_facts(&facts).and_then(|state| state.step).map(|step| step.text);
        let NewStep { text, when } = step.clone();
        let event = Event::Stepped { day, text, when };
        self.record(entry::step_heads(&facts), event)?;
        Ok(before)
    }
}
