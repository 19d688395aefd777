//! Saving a person's text so that no word of it is lost.
//!
//! A [`Compose`] holds the day of a text, what the text becomes there, and where it is until the
//! journal has it. [`Compose::save`] returns the new entry of the day, or the reason why the
//! journal did not take the text and the place where the text is now. Nothing here uses a terminal
//! or a command line, so every screen and command saves in the same way.

#[cfg(test)]
mod tests;

use std::fmt;
use std::path::PathBuf;

use crate::drafts::{Draft, DraftError, Drafts, Purpose};
use crate::journal::lesson::plan::Order;
use crate::journal::{Day, DayName, Entry, FactId, Moment, NewStep, Now};
use crate::store::{Repeat, Store, StoreError, WriteResult, Writing};

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
}

/// What is saved with a reflection.
#[derive(Debug, Default)]
pub struct Extras {
    /// The next step.
    pub step: Option<NewStep>,
    /// When the day's lesson comes again.
    pub again: Option<Repeat>,
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

/// The result of a save.
#[derive(Debug)]
pub struct SaveReport {
    /// The entry of the day after the save.
    pub entry: Entry,
    /// The journal had the same text before, so nothing was saved.
    pub is_unchanged: bool,
    /// The text was added below another.
    pub below: bool,
    /// The text that this one replaced, if the person had not seen it. It stays as a revision.
    pub replaced_text: Option<String>,
    /// The step that the new one replaced.
    pub replaced_step: Option<String>,
}

/// A text that the journal did not take.
#[derive(Debug)]
pub struct UnsavedText {
    pub why: SaveError,
    pub place: Place,
}

/// The place of a text that the journal did not take.
#[derive(Debug)]
pub enum Place {
    /// In this draft file.
    Draft(PathBuf),
    /// Only here: the caller must show it to the person. The error is why there is no draft.
    Nowhere { text: String, error: DraftError },
}

/// Why the journal did not take a text.
#[derive(Debug)]
pub enum SaveError {
    /// The journal could not be read or written, or refused the change.
    Store(StoreError),
    /// The day has no reflection to revise or to add an afterthought to.
    NothingWritten { day: Day },
}

/// For logs and tests. `messages` has the sentence for a person.
impl fmt::Display for SaveError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        fmt::Debug::fmt(self, f)
    }
}

impl std::error::Error for SaveError {
    fn source(&self) -> Option<&(dyn std::error::Error + 'static)> {
        match self {
            Self::Store(error) => Some(error),
            Self::NothingWritten { .. } => None,
        }
    }
}

impl From<StoreError> for SaveError {
    fn from(error: StoreError) -> Self {
        Self::Store(error)
    }
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
    /// The purpose of a draft with this text. An afterthought whose draft is continued is added to
    /// the reflection.
    pub fn purpose(&self) -> Purpose {
        match self {
            Self::Add(_) | Self::Afterthought => Purpose::Add,
            Self::Revise(_) => Purpose::Revise,
        }
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
                self.discard_draft(store, text);
                Ok(report)
            }
            Err(why) => {
                let (day, purpose) = (self.day, self.intent.purpose());
                let place = match self.keep_in {
                    KeepIn::Draft(draft) => keep_in(draft, text),
                    KeepIn::NewDraft(drafts) => keep(&drafts, day, purpose, now.at, text),
                };
                Err(Box::new(UnsavedText { why, place }))
            }
        }
    }

    /// Writes the text to the journal.
    fn write(&self, store: &mut Store, now: Now, text: &str) -> Result<SaveReport, SaveError> {
        let day = self.day;
        match &self.intent {
            Intent::Add(Extras { step, again }) => {
                let writing = Writing { day, text, step: step.as_ref(), again: *again };
                Ok(store.write(now, self.order, writing)?.into())
            }
            Intent::Revise(base) => revise(store, now, day, base.as_ref(), text),
            Intent::Afterthought => {
                Base::read(store, day)?;
                Ok(SaveReport::of(store.add_afterthought(now, day, text)?))
            }
        }
    }

    /// Removes the draft, if the text can be read back from the journal. A draft that stays does no
    /// harm: it is offered to the person again.
    fn discard_draft(&self, store: &Store, text: &str) {
        let KeepIn::Draft(draft) = &self.keep_in else { return };
        let Ok(Some(entry)) = store.entry(self.day) else { return };
        let is_reflection = entry.reflection.is_some_and(|written| written.text.contains(text));
        if is_reflection || entry.afterthoughts.iter().any(|afterthought| afterthought.text == text)
        {
            let _ = draft.discard();
        }
    }
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
    Ok(SaveReport { replaced_text: unseen, ..written.into() })
}

/// Saves a text as a new draft, if the journal did not take it or there is no journal.
pub fn keep(drafts: &Drafts, day: Day, purpose: Purpose, at: Moment, text: &str) -> Place {
    place(drafts.keep(day, purpose, at, text.as_bytes()), text)
}

/// Saves a text in the draft in which it was typed.
fn keep_in(mut draft: Draft, text: &str) -> Place {
    let saved = draft.write(text.as_bytes()).and_then(|()| draft.sync());
    place(saved.map(|()| draft.path().to_owned()), text)
}

fn place(saved: Result<PathBuf, DraftError>, text: &str) -> Place {
    match saved {
        Ok(path) => Place::Draft(path),
        Err(error) => Place::Nowhere { text: text.to_owned(), error },
    }
}

/// The day of a draft if no journal can tell which day was meant: the day that the name means by
/// the clock. It is today if there is no name, if the name means no day, or a day after today.
pub fn day_to_keep(name: Option<DayName>, today: Day) -> Day {
    name.and_then(|name| name.resolve(today)).unwrap_or(today).min(today)
}

impl SaveReport {
    fn of(entry: Entry) -> Self {
        Self { entry, is_unchanged: false, below: false, replaced_text: None, replaced_step: None }
    }
}

impl From<WriteResult> for SaveReport {
    fn from(written: WriteResult) -> Self {
        let WriteResult { entry, below, replaced_step } = written;
        Self { below, replaced_step, ..Self::of(entry) }
    }
}
