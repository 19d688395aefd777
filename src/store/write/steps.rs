//! Steps: the one next thing, and what became of it.

use rusqlite::named_params;

use crate::journal::entry::fact::Subject;
use crate::journal::lesson::plan::Order;
use crate::journal::{Day, Entry, Event, Now, Step, StepState, entry};
use crate::store::tables::rows;
use crate::store::write::transaction::Transaction;
use crate::store::{Result, Store, StoreError};

impl Store {
    /// Gives a day its next step. Returns the entry and the step that was there before.
    pub fn add_step(
        &mut self,
        now: Now,
        order: Order,
        day: Day,
        text: &str,
    ) -> Result<(Entry, Option<String>)> {
        self.change(now, |change| {
            change.require_come(day)?;
            change.serve_if_today(day, order)?;
            let replaced = change.set_step(day, text)?;
            Ok((change.entry(day)?, replaced))
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
        self.change(now, |change| {
            let facts = change.in_force(&Subject::Day(day))?;
            let step = entry::from_facts(&facts).and_then(|state| state.step);
            if step.is_none_or(|step| step.text != shown.text) {
                return Err(StoreError::ChangedMeanwhile { day });
            }
            let on = change.today()?;
            change.record(entry::step_heads(&facts), Event::Answered { day, state, on })?;
            change.entry(day)
        })
    }

    /// Remembers that the person was asked about the step of a day and left it as it is.
    pub fn leave_step(&mut self, now: Now, day: Day) -> Result<()> {
        self.change(now, |change| {
            let on = change.today()?;
            change.record(Vec::new(), Event::Asked { day, on })?;
            Ok(())
        })
    }

    /// Whether a step was named on a day after the one and before the other.
    pub fn has_step_between(&self, after: Day, before: Day) -> Result<bool> {
        self.read(|connection| {
            let mut statement = connection.prepare_cached(
                "SELECT 1 FROM entry WHERE day > :after AND day < :before AND step IS NOT NULL",
            )?;
            let days = named_params! { ":after": after.to_string(), ":before": before.to_string() };
            Ok(statement.exists(days)?)
        })
    }

    /// The entries whose steps are open, newest first.
    pub fn open_steps(&self) -> Result<Vec<Entry>> {
        self.read(|connection| {
            let mut statement = connection.prepare_cached(&format!(
                "{} WHERE entry.step_state = 'open' ORDER BY entry.day DESC",
                rows::SELECT_ENTRY
            ))?;
            let mut found = statement.query([])?;
            let mut entries = Vec::new();
            while let Some(row) = found.next()? {
                entries.push(rows::entry(row)?);
            }
            Ok(entries)
        })
    }

    /// The newest open step from before a day.
    pub fn open_step_before(&self, day: Day) -> Result<Option<Entry>> {
        self.read(|connection| {
            let mut statement = connection.prepare_cached(&format!(
                "{} WHERE entry.step_state = 'open' AND entry.day < :day
                 ORDER BY entry.day DESC LIMIT 1",
                rows::SELECT_ENTRY
            ))?;
            let mut found = statement.query(named_params! { ":day": day.to_string() })?;
            found.next()?.map(rows::entry).transpose()
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
