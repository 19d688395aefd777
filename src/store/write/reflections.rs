//! Reflections: saving, revising and removing them. Nothing is ever overwritten.

use crate::journal::entry::fact::Subject;
use crate::journal::entry::reflection;
use crate::journal::entry::reflection::Revision;
use crate::journal::lesson::plan::Order;
use crate::journal::{Day, Entry, Event, FactId, LessonId, Now, entry};
use crate::store::facts::row;
use crate::store::write::transaction::Transaction;
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
        self.change(now, |change| {
            change.require_come(day)?;
            change.serve_if_today(day, order)?;
            let facts = change.in_force(&Subject::Day(day))?;
            let state = entry::from_facts(&facts);
            let before = state.as_ref().and_then(|state| state.reflection.as_ref());
            let whole = match before {
                Some(before) => reflection::below(&before.text, text),
                None => text.to_owned(),
            };
            let on = change.today()?;
            let below = before.is_some();
            change.record(entry::text_heads(&facts), Event::Wrote { day, text: whole, on })?;
            let replaced_step = match step {
                Some(step) => change.set_step(day, step)?,
                None => None,
            };
            if let Some(again) = again {
                let Some(serving) = state.and_then(|state| state.serving) else {
                    return Err(StoreError::NoLessonToRepeat { day });
                };
                change.record(Vec::new(), again.event(serving.lesson))?;
            }
            Ok(Written { entry: change.entry(day)?, below, replaced_step })
        })
    }

    /// The words of a day as they stand, and the facts that a revision of them must name; `None`
    /// if there are none.
    pub fn revisable(&self, day: Day) -> Result<Option<(String, Vec<FactId>)>> {
        self.read(|connection| {
            let facts = row::in_force(connection, &Subject::Day(day))?;
            let reflection = entry::from_facts(&facts).and_then(|state| state.reflection);
            Ok(reflection.map(|reflection| (reflection.text, entry::text_heads(&facts))))
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
        self.change(now, |change| {
            change.require_come(day)?;
            let on = change.today()?;
            change.record(parents, Event::Wrote { day, text: text.to_owned(), on })?;
            Ok(Written { entry: change.entry(day)?, below: false, replaced_step: None })
        })
    }

    /// Adds a dated line to the reflection of a day.
    pub fn add_afterthought(&mut self, now: Now, day: Day, text: &str) -> Result<Entry> {
        self.change(now, |change| {
            let text = text.to_owned();
            change.record(Vec::new(), Event::AddedAfterthought { day, text })?;
            change.entry(day)
        })
    }

    /// Removes what was written on a day: the reflection, the step and the afterthoughts. The
    /// serving stays. Errors if the day no longer reads as it was shown.
    pub fn delete(&mut self, now: Now, shown: &Entry) -> Result<()> {
        self.change(now, |change| {
            let day = shown.day;
            let facts = change.in_force(&Subject::Day(day))?;
            let is_as_shown = entry::from_facts(&facts).is_some_and(|state| {
                state.reflection == shown.reflection
                    && state.step == shown.step
                    && state.afterthoughts == shown.afterthoughts
            });
            if !is_as_shown {
                return Err(StoreError::ChangedMeanwhile { day });
            }
            change.record(entry::all_heads(&facts), Event::Deleted { day })?;
            Ok(())
        })
    }

    /// Every saved state of a day's reflection, oldest first.
    pub fn revisions(&self, day: Day) -> Result<Vec<Revision>> {
        self.read(|connection| {
            Ok(entry::revisions(&row::on_subject(connection, &Subject::Day(day))?))
        })
    }
}

impl Transaction<'_> {
    /// Serves today's lesson if `day` is today. If no lesson is left, the day goes without.
    pub(crate) fn serve_if_today(&mut self, day: Day, order: Order) -> Result<()> {
        if day == self.today()? {
            self.serve(order)?;
        }
        Ok(())
    }
}
