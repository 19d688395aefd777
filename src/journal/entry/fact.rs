//! Facts: what happened, each never changed once it is kept.
//!
//! The journal is a set of facts; everything else in it is what they add up to. Two journals that
//! began as one are brought together by the union of their facts, so a fact names what its writer
//! had before it (its parents) and never depends on where it is stored.

use std::fmt;
use std::str::FromStr;

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
    /// A Lamport clock: greater than that of every fact its writer had seen, so that it orders
    /// facts whatever the clocks on the wall said. Facts with the same value were made apart and
    /// are ordered by id.
    pub clock: u64,
    /// The first fact of the change that this one belongs to: what one command did is undone whole.
    pub change: FactId,
    /// The journal file that it was first recorded in.
    pub device: DeviceId,
    /// The facts of the same chain (texts, steps) that this one was made in knowledge of, or for
    /// [`Event::Undid`] the facts that it undoes.
    pub parents: Vec<FactId>,
    /// When it happened: the instant, with the offset of the person's clock.
    pub at: Moment,
    /// Where an import took it from; `None` if it was made here.
    pub origin: Option<Origin>,
    pub event: Event,
}

/// Names the journal file in which a fact was first recorded. A copy of the file keeps it.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct DeviceId(pub Uuid);

/// Where an import took something from: the format, and what tells one thing in it from another.
#[derive(Debug, Clone, PartialEq, Eq, Hash)]
pub struct Origin {
    /// A word without `/`, such as `jrnl`.
    pub format: String,
    pub key: String,
}

impl fmt::Display for Origin {
    /// `format/key`, as the journal has it.
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}/{}", self.format, self.key)
    }
}

impl FromStr for Origin {
    type Err = ();

    fn from_str(text: &str) -> Result<Self, ()> {
        let (format, key) = text.split_once('/').ok_or(())?;
        Ok(Self { format: format.to_owned(), key: key.to_owned() })
    }
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
    /// The parents, which are facts of this change, were undone.
    Undid { change: FactId },
    /// Something that this release does not know. It is kept as it is and changes nothing here.
    Unknown { kind: String, subject: Subject },
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
    /// Something that this release does not know.
    Other(String),
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
            Self::Other(subject) => f.write_str(subject),
        }
    }
}

impl From<&str> for Subject {
    fn from(text: &str) -> Self {
        if let Ok(day) = text.parse() {
            return Self::Day(day);
        }
        if let Some(slug) = text.strip_prefix('/').and_then(|slug| slug.parse().ok()) {
            return Self::Series(slug);
        }
        match Uuid::parse_str(text).map(|id| (id.get_version_num(), id)) {
            Ok((7, id)) => Self::Change(FactId(id)),
            Ok((8, id)) => Self::Lesson(LessonId(id)),
            _ if text == "rest" => Self::Rest,
            _ => Self::Other(text.to_owned()),
        }
    }
}

impl Event {
    /// The event's kind in one word, as scripts have it.
    pub fn word(&self) -> &str {
        match self {
            Self::Served { .. } => "served",
            Self::Wrote { .. } => "wrote",
            Self::Deleted { .. } => "deleted",
            Self::AddedAfterthought { .. } => "added_afterthought",
            Self::Stepped { .. } => "stepped",
            Self::Answered { .. } => "answered",
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
            Self::Unknown { kind, .. } => kind,
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
            Self::Unknown { subject, .. } => subject.clone(),
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

    /// Whether an undo may take this back. A serving stands for ever, what was forgotten is gone for
    /// good, what ships with the program is not the person's own change, and nobody here can say
    /// what an unknown event did.
    pub fn can_be_taken_back(&self) -> bool {
        !matches!(
            self,
            Self::Served { .. }
                | Self::Forgot { .. }
                | Self::Undid { .. }
                | Self::Unknown { .. }
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
