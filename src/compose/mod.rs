//! Saving a person's text so that no word of it is lost.
//!
//! A [`Compose`] holds the day of a text, what the text becomes there, and where it is until the
//! journal has it. [`Compose::save`] returns the new entry of the day, or the reason why the
//! journal did not take the text and the place where the text is now. Nothing here uses a terminal
//! or a command line, so every screen and command saves in the same way.

mod report;

#[cfg(test)]
mod tests;

use std::path::PathBuf;

use crate::drafts::{Draft, DraftError, Drafts, Extras, Label, Purpose};
use crate::journal::lesson::plan::Order;
use crate::journal::{Day, DayName, FactId, Moment, NewStep, Now, StepAnswer, StepState};
use crate::store::{Repeat, Store, StoreError, Writing};

pub use report::{Place, SaveError, SaveReport, UnsavedText};

/// A text on its way into the journal.
#[derive(Debug)]
pub struct Compose {
    /// The day of the text.
    pub day: Day,
    /// What the text becomes there.
    pub intent: Intent,
    /// The order in which the plan chooses today's lesson, if there is none yet.
    pub order: Order,
    /// Where the text is until the journal has it.
    pub keep_in: KeepIn,
}

/// What a text becomes on its day.
#[derive(Debug)]
pub enum Intent {
    /// A reflection, below the one that is there.
    Add(Extras),
    /// A revision, which replaces the reflection that is there. `None` if the person did not see
    /// the text of that reflection, as in a draft that is continued.
    Revise(Option<Base>),
    /// An afterthought to the reflection that is there.
    Afterthought,
    /// The next step of the day, and when it is to be done.
    Step { when: Option<String> },
    /// What came of the day's step.
    Answer(StepState),
}

/// The reflection that a person revises, as it was when they began.
#[derive(Debug)]
pub struct Base {
    pub text: String,
    /// The facts that a revision of the text must name.
    parents: Vec<FactId>,
}

/// Where a text is until the journal has it.
#[derive(Debug)]
pub enum KeepIn {
    /// In the draft in which it was typed, which is removed after the save.
    Draft(Draft),
    /// Only in memory. If the journal does not take the text, it is saved as a new one of these
    /// drafts.
    NewDraft(Drafts),
}

impl Base {
    /// Reads the reflection of a day. Errors if there is none, or if the journal cannot be read.
    pub fn read(store: &Store, day: Day) -> Result<Self, SaveError> {
        match store.revisable(day)? {
            Some((text, parents)) => Ok(Self { text, parents }),
            None => Err(SaveError::NothingWritten { day }),
        }
    }
}

impl Intent {
    /// The intent of a draft that is continued. The person did not see the text that an edit of
    /// theirs replaces.
    pub fn of_draft(label: &Label) -> Self {
        match label.purpose {
            // A draft of a lesson is for no day, and is not taken up here. Its words count.
            Purpose::Add | Purpose::Lesson => Self::Add(label.extras.clone()),
            Purpose::Revise => Self::Revise(None),
            Purpose::Afterthought => Self::Afterthought,
            Purpose::Step => Self::Step { when: label.extras.when.clone() },
            Purpose::Answer(state) => Self::Answer(state),
        }
    }

    /// The label of a draft with this text.
    pub fn label(&self, day: Day) -> Label {
        let (purpose, extras) = match self {
            Self::Add(extras) => (Purpose::Add, extras.clone()),
            Self::Revise(_) => (Purpose::Revise, Extras::default()),
            Self::Afterthought => (Purpose::Afterthought, Extras::default()),
            Self::Step { when } => {
                (Purpose::Step, Extras { when: when.clone(), ..Extras::default() })
            }
            Self::Answer(state) => (Purpose::Answer(*state), Extras::default()),
        };
        Label { day: Some(day), purpose, extras }
    }
}

impl Compose {
    /// The text that this one replaces, as it was when the person began; empty if there is none, or
    /// if they did not see it.
    pub fn text_before(&self) -> &str {
        match &self.intent {
            Intent::Revise(Some(base)) => &base.text,
            _ => "",
        }
    }

    /// The same, with the draft in which the text is typed.
    #[must_use]
    pub fn typed_in(self, draft: Draft) -> Self {
        Self { keep_in: KeepIn::Draft(draft), ..self }
    }

    /// Saves the text, which must have words, and then removes the draft in which it was typed.
    /// `now` holds the moment of the save, and the day on which the person began.
    ///
    /// Errors if the journal does not have the text; it is then at the [`Place`] in the error.
    pub fn save(
        self,
        store: &mut Store,
        now: Now,
        text: &str,
    ) -> Result<SaveReport, Box<UnsavedText>> {
        match self.write(store, now, text) {
            Ok(report) => {
                self.discard_draft(store, now, text);
                Ok(report)
            }
            Err(why) => {
                let label = self.label_to_keep(&why);
                let place = match self.keep_in {
                    KeepIn::Draft(draft) => keep_in(draft, &label.extras, text),
                    KeepIn::NewDraft(drafts) => keep(&drafts, &label, now.at, text),
                };
                Err(Box::new(UnsavedText { why, place }))
            }
        }
    }

    /// The label of the draft that keeps the text. If nothing but the lesson's return was refused,
    /// the draft does without it; else it could never be saved.
    fn label_to_keep(&self, why: &SaveError) -> Label {
        let mut label = self.intent.label(self.day);
        if let SaveError::Store(StoreError::NoLessonToRepeat { .. }) | SaveError::AfterTheCalendar =
            why
        {
            label.extras.again = None;
        }
        label
    }

    /// Writes the text to the journal.
    fn write(&self, store: &mut Store, now: Now, text: &str) -> Result<SaveReport, SaveError> {
        let day = self.day;
        match &self.intent {
            Intent::Add(extras) => {
                let again = repeat(extras, store.today(now)?)?;
                let step = extras.new_step();
                let writing = Writing { day, text, step: step.as_ref(), again };
                Ok(store.write(now, self.order, writing)?.into())
            }
            Intent::Revise(base) => revise(store, now, day, base.as_ref(), text),
            Intent::Afterthought => {
                Base::read(store, day)?;
                Ok(SaveReport::of(store.add_afterthought(now, day, text)?))
            }
            Intent::Step { when } => {
                if day != store.today(now)? && store.entry(day)?.is_none() {
                    return Err(SaveError::NoEntry { day });
                }
                let step = NewStep { text: text.to_owned(), when: when.clone() };
                let (entry, replaced_step) = store.add_step(now, self.order, day, &step)?;
                Ok(SaveReport { replaced_step, ..SaveReport::of(entry) })
            }
            Intent::Answer(state) => {
                let entry = store.entry(day)?.ok_or(SaveError::NoEntry { day })?;
                let step = entry.step.ok_or(SaveError::NoStep { day })?;
                let answer = StepAnswer::new(*state, Some(text));
                Ok(SaveReport::of(store.answer_step(now, day, &step, answer)?))
            }
        }
    }

    /// Removes the draft, if the text can be read back from the journal. A draft that stays does no
    /// harm: it is offered to the person again.
    fn discard_draft(&self, store: &Store, now: Now, text: &str) {
        let Ok(Some(entry)) = store.entry(self.day) else { return };
        let is_saved = match self.intent {
            Intent::Add(_) | Intent::Revise(_) => {
                entry.reflection.is_some_and(|written| written.text.contains(text))
            }
            Intent::Afterthought => {
                entry.afterthoughts.iter().any(|afterthought| afterthought.text == text)
            }
            Intent::Step { .. } => entry.step.is_some_and(|step| step.text == text),
            Intent::Answer(_) => {
                entry.step.and_then(|step| step.outcome).is_some_and(|outcome| outcome == text)
            }
        };
        if !is_saved {
            return;
        }
        match &self.keep_in {
            KeepIn::Draft(draft) => drop(draft.discard()),
            KeepIn::NewDraft(drafts) => {
                drafts.discard_same(&self.intent.label(self.day), text, now.at);
            }
        }
    }
}

/// When the lesson comes again, counted from this day.
fn repeat(extras: &Extras, today: Day) -> Result<Option<Repeat>, SaveError> {
    let Some(again) = extras.again else { return Ok(None) };
    Repeat::after(again, today).map(Some).ok_or(SaveError::AfterTheCalendar)
}

/// Replaces the text of a day, unless the journal has the new text already.
fn revise(
    store: &mut Store,
    now: Now,
    day: Day,
    base: Option<&Base>,
    text: &str,
) -> Result<SaveReport, SaveError> {
    let is_unchanged = match base {
        Some(base) => base.text == text,
        // The text from which it was made is not known. It may be an edit that was interrupted
        // before anything was changed, and another text may have been saved since.
        None => store.revisions(day)?.iter().any(|revision| revision.text == text),
    };
    if is_unchanged && let Some(entry) = store.entry(day)? {
        return Ok(SaveReport { is_unchanged, ..SaveReport::of(entry) });
    }
    let (unseen, parents) = match base {
        Some(base) => (None, base.parents.clone()),
        None => store.revisable(day)?.map_or((None, Vec::new()), |(text, ids)| (Some(text), ids)),
    };
    let written = store.revise(now, day, parents, text)?;
    // A text that another process saved meanwhile is shown together with this one.
    let met_newer = written.entry.reflection.as_ref().is_some_and(|whole| whole.text != text);
    Ok(SaveReport { replaced_text: unseen, met_newer, ..written.into() })
}

/// Saves a text as a new draft, if the journal did not take it or there is no journal.
pub fn keep(drafts: &Drafts, label: &Label, at: Moment, text: &str) -> Place {
    let kept = drafts.keep(label, at, text.as_bytes());
    place(kept.map(|draft| draft.path().to_owned()), &label.extras, text)
}

/// Saves a text in the draft in which it was typed.
fn keep_in(mut draft: Draft, extras: &Extras, text: &str) -> Place {
    let saved = draft.write(text.as_bytes()).and_then(|()| draft.sync());
    let saved = saved.and_then(|()| draft.set_extras(extras));
    place(saved.map(|()| draft.path().to_owned()), extras, text)
}

fn place(saved: Result<PathBuf, DraftError>, extras: &Extras, text: &str) -> Place {
    match saved {
        Ok(path) => Place::Draft(path),
        Err(error) => Place::Nowhere { text: text.to_owned(), extras: extras.clone(), error },
    }
}

/// The day of a draft if no journal can tell which day was meant: the day that the name means by
/// the clock, `today`. It is today if there is no name, if the name means no day, or a day after
/// today. `None` if the clock cannot be read either, and the name is not a date.
pub fn day_to_keep(name: Option<DayName>, today: Option<Day>) -> Option<Day> {
    match (name, today) {
        (_, Some(today)) => {
            Some(name.and_then(|name| name.resolve(today)).unwrap_or(today).min(today))
        }
        (Some(DayName::On(day)), None) => Some(day),
        (_, None) => None,
    }
}
