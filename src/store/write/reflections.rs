//! Reflections: saving, revising and removing them. Nothing is ever overwritten.

use crate::journal::entry::fact::Subject;
use crate::journal::entry::reflection;
use crate::journal::lesson::plan::Order;
use crate::journal::{Day, Entry, Event, FactId, LessonId, Now, entry};
use crate::store::{Result, Store, StoreError};

/// What is to be saved for a day.
#[derive(Debug, Clone, Copy)]
pub struct Writing<'a> {
    pub day: Day,
    /// The words; added below those that are there.
    pub text: &'a str,
    /// The next step.
    pub step: Option<&'a str>,
    /// When the day's lesson is to come again.
    pub again: Option<Repeat>,
}

/// When a lesson is to come again.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Repeat {
    /// From this day on.
    On(Day),
    Never,
}

impl Repeat {
    pub(crate) fn event(self, lesson: LessonId) -> Event {
        match self {
            Self::On(due) => Event::AskedBack { lesson, due },
            Self::Never => Event::Retired { lesson },
        }
    }
}

/// What came of saving.
#[derive(Debug)]
pub struct Written {
    pub entry: Entry,
    /// The words were added below others.
    pub below: bool,
    /// The step that the new one took the place of.
    pub replaced_step: Option<String>,
}

impl Store {
    /// Saves a reflection. On today, the lesson is served first if it was not yet; a past day
    /// without a serving is written about without a lesson.
    pub fn write(&mut self, now: Now, order: Order, writing: Writing<'_>) -> Result<Written> {
        let Writing { day, text, step, again } = writing;
        self.change(now, |transaction| {
            transaction.require_come(day)?;
            transaction.serve_if_today(day, order)?;
            let facts = transaction.in_force(&Subject::Day(day))?;
            let state = entry::from_facts(&facts);
            let before = state.as_ref().and_then(|state| state.reflection.as_ref());
            let whole = match before {
                Some(before) => reflection::below(&before.text, text),
                None => text.to_owned(),
            };
            let on = transaction.today()?;
            let below = before.is_some();
            transaction.record(entry::text_heads(&facts), Event::Wrote { day, text: whole, on })?;
            let replaced_step = match step {
                Some(step) => transaction.set_step(day, step)?,
                None => None,
            };
            if let Some(again) = again {
                let Some(serving) = state.and_then(|state| state.serving) else {
                    return Err(StoreError::NoLessonToRepeat { day });
                };
                transaction.record(Vec::new(), again.event(serving.lesson))?;
            }
            Ok(Written { entry: transaction.entry(day)?, below, replaced_step })
        })
    }

    /// Puts another text in the place of the one that was read with these parents. Words that
    /// somebody added meanwhile stay beside it, until the next save names both.
    pub fn revise(
        &mut self,
        now: Now,
        day: Day,
        parents: Vec<FactId>,
        text: &str,
    ) -> Result<Written> {
        self.change(now, |transaction| {
            transaction.require_come(day)?;
            let on = transaction.today()?;
            transaction.record(parents, Event::Wrote { day, text: text.to_owned(), on })?;
            Ok(Written { entry: transaction.entry(day)?, below: false, replaced_step: None })
        })
    }

    /// Adds a dated line to the reflection of a day.
    pub fn add_afterthought(&mut self, now: Now, day: Day, text: &str) -> Result<Entry> {
        self.change(now, |transaction| {
            let text = text.to_owned();
            transaction.record(Vec::new(), Event::AddedAfterthought { day, text })?;
            transaction.entry(day)
        })
    }

    /// Removes what was written on a day: the reflection, the step and the afterthoughts. The
    /// serving stays. Errors if the day no longer reads as it was shown.
    pub fn delete(&mut self, now: Now, shown: &Entry) -> Result<()> {
        self.change(now, |transaction| {
            let day = shown.day;
            let facts = transaction.in_force(&Subject::Day(day))?;
            let is_as_shown = entry::from_facts(&facts).is_some_and(|state| {
                state.reflection == shown.reflection
                    && state.step == shown.step
                    && state.afterthoughts == shown.afterthoughts
            });
            if !is_as_shown {
                return Err(StoreError::ChangedMeanwhile { day });
            }
            transaction.record(entry::all_heads(&facts), Event::Deleted { day })?;
            Ok(())
        })
    }
}
