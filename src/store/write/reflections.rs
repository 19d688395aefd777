//! Reflections: saving, revising and removing them. No text is ever overwritten: each is a fact.

use crate::journal::entry::fact::Subject;
use crate::journal::entry::reflection;
use crate::journal::lesson::Interval;
use crate::journal::lesson::plan::Order;
use crate::journal::{Day, Entry, Event, FactId, LessonId, NewStep, Now, entry};
use crate::store::{Result, Store, StoreError};

/// What to save for a day.
#[derive(Debug, Clone, Copy)]
pub struct Writing<'a> {
    pub day: Day,
    /// The text; it is added below the text that is there.
    pub text: &'a str,
    /// The next step.
    pub step: Option<&'a NewStep>,
    /// When the day's lesson comes again.
    pub again: Option<Repeat>,
}

/// When a lesson comes again.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Repeat {
    /// It is due from this day.
    On(Day),
    Never,
}

impl Repeat {
    /// When a lesson comes again, counted from this day; `None` if that lies after the calendar's
    /// end.
    pub fn after(interval: Interval, today: Day) -> Option<Self> {
        let due = match interval {
            Interval::Week => today.plus_days(7),
            Interval::Month => today.plus_months(1),
            Interval::Season => today.plus_months(3),
            Interval::Year => today.plus_months(12),
            Interval::Never => return Some(Self::Never),
        };
        due.map(Self::On)
    }

    pub(crate) fn event(self, lesson: LessonId) -> Event {
        match self {
            Self::On(due) => Event::AskedBack { lesson, due },
            Self::Never => Event::Retired { lesson },
        }
    }
}

/// The result of saving a reflection.
#[derive(Debug)]
pub struct WriteResult {
    pub entry: Entry,
    /// The text was added below another.
    pub below: bool,
    /// The step that the new one replaced.
    pub replaced_step: Option<String>,
}

impl Store {
    /// Saves a reflection. If the day is today, its lesson is served first, unless it was served
    /// before. A past day without a serving stays without a lesson. Errors with
    /// [`StoreError::NotYet`] if the day is after today, with [`StoreError::TooLarge`] if its text
    /// would be, and with [`StoreError::NoLessonToRepeat`] if the day has no lesson that could come
    /// again.
    pub fn write(&mut self, now: Now, order: Order, writing: Writing<'_>) -> Result<WriteResult> {
        let Writing { day, text, step, again } = writing;
        self.change(now, |transaction| {
            transaction.require_not_after_today(day)?;
            transaction.serve_if_today(day, order)?;
            let facts = transaction.in_force(&Subject::Day(day))?;
            let state = entry::from_facts(&facts);
            let before = state.as_ref().and_then(|state| state.reflection.as_ref());
            let whole = match before {
                Some(before) => reflection::below(&before.text, text),
                None => text.to_owned(),
            };
            require_bound(day, &whole)?;
            let on = transaction.today()?;
            let below = before.is_some();
            transaction.record(entry::text_heads(&facts), Event::Wrote { day, text: whole, on })?;
            let replaced_step = match step {
                Some(step) => transaction.set_step(day, step)?,
                None => None,
            };
            if let Some(repeat) = again {
                let Some(serving) = state.and_then(|state| state.serving) else {
                    return Err(StoreError::NoLessonToRepeat { day });
                };
                transaction.record(Vec::new(), repeat.event(serving.lesson))?;
            }
            Ok(WriteResult { entry: transaction.entry(day)?, below, replaced_step })
        })
    }

    /// Replaces the text that was read with these parents. A text that was saved after that read
    /// stays, and is shown with the new one until a later text names both as parents. Errors with
    /// [`StoreError::NotYet`] if the day is after today, and with [`StoreError::TooLarge`] if the
    /// text is.
    pub fn revise(
        &mut self,
        now: Now,
        day: Day,
        parents: Vec<FactId>,
        text: &str,
    ) -> Result<WriteResult> {
        self.change(now, |transaction| {
            transaction.require_not_after_today(day)?;
            require_bound(day, text)?;
            let on = transaction.today()?;
            transaction.record(parents, Event::Wrote { day, text: text.to_owned(), on })?;
            Ok(WriteResult { entry: transaction.entry(day)?, below: false, replaced_step: None })
        })
    }

    /// Adds a line with its time to the reflection of a day.
    pub fn add_afterthought(&mut self, now: Now, day: Day, text: &str) -> Result<Entry> {
        self.change(now, |transaction| {
            let text = text.to_owned();
            transaction.record(Vec::new(), Event::AddedAfterthought { day, text })?;
            transaction.entry(day)
        })
    }

    /// Removes what was written on a day: the reflection, the step and the afterthoughts. The
    /// serving stays. Errors with [`StoreError::ChangedMeanwhile`] if the entry is not as `shown`.
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

/// Errors with [`StoreError::TooLarge`] if a day may not have this text.
fn require_bound(day: Day, text: &str) -> Result<()> {
    if text.len() as u64 > reflection::LARGEST {
        return Err(StoreError::TooLarge { day });
    }
    Ok(())
}
