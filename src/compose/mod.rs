//! Saving a person's text with the promise that no word of it is lost.
//!
//! A [`Compose`] says for which day a text is, what it becomes there, and where it is kept until
//! the journal has it. Its [`save`](Compose::save) gives either what the day has now, or the reason
//! why the journal did not take the text and the place where it is instead. Nothing here knows a
//! terminal or a command line, so everything that takes a text in saves it the same way.

#[cfg(test)]
mod tests;

use std::fmt;
use std::path::PathBuf;

use crate::drafts::{Draft, DraftError, Drafts, Purpose};
use crate::journal::lesson::plan::Order;
use crate::journal::{Day, DayName, Entry, FactId, Moment, Now};
use crate::store::{Repeat, Store, StoreError, Writing, Written};

/// A text on its way into the journal.
#[derive(Debug)]
pub struct Compose {
    /// The day that the text belongs to.
    pub day: Day,
    /// What the text becomes there.
    pub intent: Intent,
    /// The order of the plan, which chooses today's lesson if there is none yet.
    pub order: Order,
    /// Where the text is kept until the journal has it.
    pub keep_in: KeepIn,
}

/// What a text becomes on its day.
#[derive(Debug)]
pub enum Intent {
    /// A reflection, below the one that is there.
    Add(Extras),
    /// The reflection, in the place of the one that is there. `None` stands for one whose text the
    /// person did not see when they began, as in a draft that is taken up again.
    Revise(Option<Base>),
    /// A dated line on a reflection that is there.
    Afterthought,
}

/// What is saved beside a reflection.
#[derive(Debug, Default)]
pub struct Extras {
    /// The next step, as it is kept.
    pub step: Option<String>,
    /// When the day's lesson is to come again.
    pub again: Option<Repeat>,
}

/// The reflection that somebody changes, as it was when they began.
#[derive(Debug)]
pub struct Base {
    pub text: String,
    /// The facts that a revision of the text must name.
    parents: Vec<FactId>,
}

/// Where a text is kept until the journal has it.
#[derive(Debug)]
pub enum KeepIn {
    /// In the draft that it was typed in. It is removed after the save.
    Draft(Draft),
    /// In a new one of these drafts, begun only if the journal does not take the text.
    NewDraft(Drafts),
}

/// What came of a save.
#[derive(Debug)]
pub struct SaveReport {
    /// What the day has now.
    pub entry: Entry,
    /// The journal had this very text before, so nothing was saved.
    pub is_unchanged: bool,
    /// The text was added below another.
    pub below: bool,
    /// The text whose place this one took, where the person had not seen it. It is a revision now.
    pub replaced_text: Option<String>,
    /// The step whose place the new one took.
    pub replaced_step: Option<String>,
}

/// A text that the journal did not take.
#[derive(Debug)]
pub struct UnsavedText {
    pub why: SaveError,
    pub place: Place,
}

/// Where a text is that the journal did not take.
#[derive(Debug)]
pub enum Place {
    /// In the draft with this file.
    Draft(PathBuf),
    /// Nowhere but here: whoever has this shows it to the person. The error says why there is no
    /// draft.
    Nowhere { text: String, error: DraftError },
}

/// Why the journal did not take a text.
#[derive(Debug)]
pub enum SaveError {
    /// The journal could not be read or written, or refused the change.
    Store(StoreError),
    /// The day has no reflection to change or to add an afterthought to.
    NothingWritten { day: Day },
}

/// For engineers: the type as it stands. A person is told in the words of the edge.
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
    /// What a draft of this text is for. An afterthought that is taken up again joins the
    /// reflection.
    pub fn purpose(&self) -> Purpose {
        match self {
            Self::Add(_) | Self::Afterthought => Purpose::Add,
            Self::Revise(_) => Purpose::Revise,
        }
    }
}

impl Compose {
    /// The text that this one is to take the place of, as it was when the person began; empty if
    /// there is none, or if they did not see it.
    pub fn text_before(&self) -> &str {
        match &self.intent {
            Intent::Revise(Some(base)) => &base.text,
            _ => "",
        }
    }

    /// The same, with the draft that the text is typed in.
    #[must_use]
    pub fn typed_in(self, draft: Draft) -> Self {
        Self { keep_in: KeepIn::Draft(draft), ..self }
    }

    /// Saves the text, which has words in it, and then removes the draft that it was typed in.
    /// `now` is the moment of the save and the day on which the person began.
    ///
    /// Errors if the journal does not have the text; it is then at the [`Place`] in the error.
    pub fn save(
        self,
        store: &mut Store,
        now: Now,
        text: &str,
    ) -> Result<SaveReport, Box<UnsavedText>> {
        match self.put(store, now, text) {
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

    /// Puts the text into the journal.
    fn put(&self, store: &mut Store, now: Now, text: &str) -> Result<SaveReport, SaveError> {
        let day = self.day;
        match &self.intent {
            Intent::Add(Extras { step, again }) => {
                let writing = Writing { day, text, step: step.as_deref(), again: *again };
                Ok(store.write(now, self.order, writing)?.into())
            }
            Intent::Revise(base) => revise(store, now, day, base.as_ref(), text),
            Intent::Afterthought => {
                Base::read(store, day)?;
                Ok(SaveReport::of(store.add_afterthought(now, day, text)?))
            }
        }
    }

    /// Removes the draft, but only after the text was read back from the journal. One that stays
    /// does no harm: it is offered again.
    fn discard_draft(&self, store: &Store, text: &str) {
        let KeepIn::Draft(draft) = &self.keep_in else { return };
        let Ok(Some(entry)) = store.entry(self.day) else { return };
        let is_reflection = entry.reflection.is_some_and(|written| written.text.contains(text));
        if is_reflection || entry.afterthoughts.iter().any(|one| one.text == text) {
            let _ = draft.discard();
        }
    }
}

/// Puts a text in the place of the day's, unless the journal has it already.
fn revise(
    store: &mut Store,
    now: Now,
    day: Day,
    base: Option<&Base>,
    text: &str,
) -> Result<SaveReport, SaveError> {
    let is_unchanged = match base {
        Some(base) => base.text == text,
        // What it was made from is not known: it may be an edit that was cut short before anything
        // was changed, and other words may have been saved since.
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

/// Keeps a text that the journal did not take, or that there is no journal for, as a new draft.
pub fn keep(drafts: &Drafts, day: Day, purpose: Purpose, at: Moment, text: &str) -> Place {
    placed(drafts.keep(day, purpose, at, text.as_bytes()), text)
}

/// Keeps a text in the draft that it was typed in.
fn keep_in(mut draft: Draft, text: &str) -> Place {
    let kept = draft.write(text.as_bytes()).and_then(|()| draft.sync());
    placed(kept.map(|()| draft.path().to_owned()), text)
}

fn placed(kept: Result<PathBuf, DraftError>, text: &str) -> Place {
    match kept {
        Ok(path) => Place::Draft(path),
        Err(error) => Place::Nowhere { text: text.to_owned(), error },
    }
}

/// The day that a text is kept for where no journal can say which day was meant: the one that the
/// name means by the clock, and today if there is no name, none that can be written, or a day that
/// has not come.
pub fn day_to_keep(name: Option<DayName>, today: Day) -> Day {
    name.and_then(|name| name.resolve(today)).unwrap_or(today).min(today)
}

impl SaveReport {
    fn of(entry: Entry) -> Self {
        Self { entry, is_unchanged: false, below: false, replaced_text: None, replaced_step: None }
    }
}

impl From<Written> for SaveReport {
    fn from(written: Written) -> Self {
        let Written { entry, below, replaced_step } = written;
        Self { below, replaced_step, ..Self::of(entry) }
    }
}
