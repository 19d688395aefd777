//! Facts: what happened, each never changed once it is kept.
//!
//! The journal is a set of facts; everything else in it is what they add up to. Two journals that
//! began as one are brought together by the union of their facts, so a fact names what its writer
//! had before it (its parents) and never depends on where it is stored.

use std::fmt;

use uuid::Uuid;

use crate::journal::entry::step::StepState;
use crate::journal::lesson::plan::Reason;
use crate::journal::lesson::slug::Slug;
use crate::journal::lesson::{LessonId, Source};
use crate::journal::time::day::{Day, Moment};

/// One thing that happened.
#[derive(Debug, Clone, PartialEq)]
pub struct Fact {
    pub id: FactId,
    /// Greater than the number of every fact its writer had seen; orders facts whatever the
    /// clocks said. Facts with the same number were made apart and are ordered by id.
    pub number: u64,
    /// The first fact of the change this one belongs to; what one command did is taken back whole.
    pub change: FactId,
    /// The facts of the same chain (texts, steps) that this one was made in knowledge of, or for
    /// [`Event::Undid`] the facts that it takes back.
    pub parents: Vec<FactId>,
    pub at: Moment,
    pub event: Event,
}

/// A UUID of version 7, made by the program before anything is written.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct FactId(pub Uuid);

impl fmt::Display for FactId {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        self.0.fmt(f)
    }
}

/// What happened.
#[derive(Debug, Clone, PartialEq)]
pub enum Event {
    /// This lesson became the lesson of this day.
    Served { day: Day, lesson: LessonId, reason: Reason },
    /// The day's reflection was saved with this text, on the day `on`.
    Wrote { day: Day, text: String, on: Day },
    /// What was written on the day was removed: reflection, step and afterthoughts.
    Deleted { day: Day },
    /// A line was added to the day's reflection.
    AddedAfterthought { day: Day, text: String },
    /// The day's entry was given a next step.
    Stepped { day: Day, text: String },
    /// The day's step was answered on the day `on`.
    Answered { day: Day, state: StepState, on: Day },
    /// On the day `on` the person was asked about this day's step and left it as it is.
    Asked { day: Day, on: Day },
    /// On the day `on` a review picked the day's entry as the one not looked at for longest.
    Looked { day: Day, on: Day },
    /// All that was ever written on the day was erased for good; the parents are what was erased.
    Forgot { day: Day },
    /// The days from `first` to `last` were marked as rest, or no longer.
    Rested { first: Day, last: Day, rests: bool },
    /// A series was put on the shelf, or its lessons were replaced. `shipped` if it came with the
    /// program.
    SeriesAdded { slug: Slug, title: String, source: Source, lessons: Vec<LessonId>, shipped: bool },
    /// The series was set aside.
    Paused { slug: Slug },
    /// The series was taken up again.
    Resumed { slug: Slug },
    /// The series was put in front of the others.
    PutNext { slug: Slug },
    /// The person loves the lesson, or no longer does.
    Loved { lesson: LessonId, loved: bool },
    /// The lesson was asked back, due from this day on.
    AskedBack { lesson: LessonId, due: Day },
    /// The lesson is not to come again.
    Retired { lesson: LessonId },
    /// The parents were taken back.
    Undid { change: FactId },
}

/// What a fact is about: all facts on one subject add up to one row.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Subject {
    Day(Day),
    Lesson(LessonId),
    Series(Slug),
    Change(FactId),
    /// The days of rest, all together.
    Rest,
}

impl fmt::Display for Subject {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Day(day) => write!(f, "{day}"),
            Self::Lesson(lesson) => write!(f, "{lesson}"),
            // A series may have any name, so it is marked off from the other subjects.
            Self::Series(slug) => write!(f, "/{slug}"),
            Self::Change(change) => write!(f, "{change}"),
            Self::Rest => write!(f, "rest"),
        }
    }
}

impl Event {
    /// The event's kind in one word, as the journal and scripts have it.
    pub fn word(&self) -> &'static str {
        match self {
            Self::Served { .. } => "served",
            Self::Wrote { .. } => "wrote",
            Self::Deleted { .. } => "deleted",
            Self::AddedAfterthought { .. } => "added_afterthought",
            Self::Stepped { .. } => "stepped",
            Self::Answered { .. } => "answered",
            Self::Asked { .. } => "asked",
            Self::Looked { .. } => "looked",
            Self::Forgot { .. } => "forgot",
            Self::Rested { .. } => "rested",
            Self::SeriesAdded { .. } => "series_added",
            Self::Paused { .. } => "paused",
            Self::Resumed { .. } => "resumed",
            Self::PutNext { .. } => "put_next",
            Self::Loved { .. } => "loved",
            Self::AskedBack { .. } => "asked_back",
            Self::Retired { .. } => "retired",
            Self::Undid { .. } => "took_back",
        }
    }

    pub fn subject(&self) -> Subject {
        match self {
            Self::Served { day, .. }
            | Self::Wrote { day, .. }
            | Self::Deleted { day }
            | Self::AddedAfterthought { day, .. }
            | Self::Stepped { day, .. }
            | Self::Answered { day, .. }
            | Self::Asked { day, .. }
            | Self::Looked { day, .. }
            | Self::Forgot { day } => Subject::Day(*day),
            Self::Rested { .. } => Subject::Rest,
            Self::SeriesAdded { slug, .. }
            | Self::Paused { slug }
            | Self::Resumed { slug }
            | Self::PutNext { slug } => Subject::Series(slug.clone()),
            Self::Loved { lesson, .. }
            | Self::AskedBack { lesson, .. }
            | Self::Retired { lesson } => Subject::Lesson(*lesson),
            Self::Undid { change } => Subject::Change(*change),
        }
    }

    /// The words that a person gave it; `None` where there are none in it.
    pub fn text(&self) -> Option<&str> {
        match self {
            Self::Wrote { text, .. }
            | Self::Stepped { text, .. }
            | Self::AddedAfterthought { text, .. } => Some(text),
            _ => None,
        }
    }

    /// Whether an undo may take this back. A serving stands for ever, having been asked or shown
    /// something changes nothing, what was forgotten is gone for good, and what ships with the
    /// program is no deed of the person's.
    pub fn can_be_taken_back(&self) -> bool {
        !matches!(
            self,
            Self::Served { .. }
                | Self::Asked { .. }
                | Self::Looked { .. }
                | Self::Forgot { .. }
                | Self::Undid { .. }
                | Self::SeriesAdded { shipped: true, .. }
        )
    }
}

/// The facts of one chain that no other fact of the chain was made in knowledge of: usually one,
/// and several where the chain went on in two places at once.
pub fn heads<'a>(chain: &[&'a Fact]) -> Vec<&'a Fact> {
    let superseded = |id: FactId| chain.iter().any(|fact| fact.parents.contains(&id));
    chain.iter().copied().filter(|fact| !superseded(fact.id)).collect()
}
