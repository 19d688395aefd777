//! Facts: what happened. A stored fact is never changed.
//!
//! The journal is a set of facts; everything else in it is derived from them. Copies of a journal
//! are merged by the union of their facts. So a fact names the facts that its writer knew (its
//! parents), and never depends on where it is stored.

use std::fmt;
use std::str::FromStr;

use chrono::{DateTime, Utc};
use uuid::Uuid;

use crate::journal::entry::step::StepState;
use crate::journal::lesson::plan::Reason;
use crate::journal::lesson::slug::Slug;
use crate::journal::lesson::{Labels, LessonId, Source};
use crate::journal::time::day::{Day, Moment};

/// One thing that happened.
#[derive(Debug, Clone, PartialEq)]
pub struct Fact {
    pub id: FactId,
    /// A Lamport clock: greater than that of every fact that its writer knew. It orders facts even
    /// if a wall clock was wrong. Facts with the same value were made without knowledge of each
    /// other, and are ordered by id.
    pub clock: u64,
    /// The first fact of the change that this one belongs to. One command makes one change, which
    /// is undone as a whole.
    pub change: FactId,
    /// The journal file in which it was first recorded.
    pub device: DeviceId,
    /// The newest facts of the same chain (texts, steps, afterthoughts) that its writer knew. For
    /// [`Event::Undid`] and [`Event::Redid`] the facts that they undo or redo; for
    /// [`Event::Forgot`] the facts that were erased.
    pub parents: Vec<FactId>,
    /// When it happened: the instant, with the offset of the person's clock.
    pub at: Moment,
    /// Where it was imported from; `None` if it was not imported from another program.
    pub origin: Option<Origin>,
    pub event: Event,
}

/// Names the journal file in which a fact was first recorded. A copy of the file keeps it.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct DeviceId(pub Uuid);

/// Where something was imported from: a format, and a key that is unique in that format.
#[derive(Debug, Clone, PartialEq, Eq, Hash)]
pub struct Origin {
    /// A word without `/`, such as `jrnl`.
    pub format: String,
    pub key: String,
}

impl fmt::Display for Origin {
    /// `format/key`, as the journal stores it.
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

/// A UUID of version 7, so that ids sort by time.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct FactId(pub Uuid);

impl FactId {
    /// When the fact was recorded, by the clock of its device. The `at` of an imported fact is the
    /// time that the other program has for it. `None` if the id does not hold a time.
    pub fn recorded_at(self) -> Option<DateTime<Utc>> {
        let (seconds, nanos) = self.0.get_timestamp()?.to_unix();
        DateTime::from_timestamp(i64::try_from(seconds).ok()?, nanos)
    }
}

impl fmt::Display for FactId {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        self.0.fmt(f)
    }
}

/// What happened.
#[derive(Debug, Clone, PartialEq)]
pub enum Event {
    /// The lesson was served on the day.
    Served { day: Day, lesson: LessonId, reason: Reason },
    /// The day's reflection was saved with this text, on the day `on`.
    Wrote { day: Day, text: String, on: Day },
    /// The reflection, the step and the afterthoughts of the day were removed.
    Deleted { day: Day },
    /// A line was added to the day's reflection.
    AddedAfterthought { day: Day, text: String },
    /// The day got a next step.
    /// `when` is the moment for which it is planned.
    Stepped { day: Day, text: String, when: Option<String> },
    /// The day's step was answered on the day `on`. `outcome` is what came of it.
    Answered { day: Day, state: StepState, on: Day, outcome: Option<String> },
    /// The entry of the day is not to come back by itself, or may again.
    Quieted { day: Day, quiet: bool },
    /// All that was ever written on the day was erased; the parents are the erased facts.
    Forgot { day: Day },
    /// The days from `first` to `last` were marked as rest, or the mark was removed.
    Rested { first: Day, last: Day, rests: bool },
    /// A series was added to the shelf, or its lessons were replaced. `shipped` is true if it came
    /// with the program.
    /// The parents are what it takes the place of.
    SeriesAdded {
        slug: Slug,
        title: String,
        source: Source,
        introduction: Option<String>,
        lessons: Vec<LessonId>,
        shipped: bool,
    },
    /// Lessons were added to a series, behind those that it has.
    LessonsAdded { slug: Slug, lessons: Vec<LessonId> },
    /// The lesson `lesson` took the place of `before`, with all that was said of it. Both are the
    /// same if only the labels changed. `labels` are those of `lesson` from now on; `None` for
    /// those of its row.
    LessonEdited { slug: Slug, lesson: LessonId, before: LessonId, labels: Option<Labels> },
    /// The series was paused.
    Paused { slug: Slug },
    /// The series was resumed.
    Resumed { slug: Slug },
    /// The series was put in front of the others.
    PutNext { slug: Slug },
    /// The person loves the lesson, or no longer does.
    Loved { lesson: LessonId, loved: bool },
    /// The person asked for the lesson to come again, due from this day.
    AskedBack { lesson: LessonId, due: Day },
    /// The lesson is not to come again.
    Retired { lesson: LessonId },
    /// The parents, which are facts of this change, were undone.
    Undid { change: FactId },
    /// The parents, which are facts of this change and were undone, hold again.
    Redid { change: FactId },
    /// An event of a kind or version that this release does not know. It is stored unchanged and
    /// has no effect here.
    Unknown { kind: String, subject: Subject },
}

/// What a fact is about. The facts on one subject determine one row of the derived tables.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Subject {
    Day(Day),
    Lesson(LessonId),
    Series(Slug),
    Change(FactId),
    /// The days of rest, all together.
    Rest,
    /// A subject that this release does not know.
    Other(String),
}

impl fmt::Display for Subject {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Day(day) => write!(f, "{day}"),
            Self::Lesson(lesson) => write!(f, "{lesson}"),
            // The slash keeps a series apart from the other subjects, such as `rest`.
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
    /// The event's kind in one word, as in the JSON output.
    pub fn word(&self) -> &str {
        match self {
            Self::Served { .. } => "served",
            Self::Wrote { .. } => "wrote",
            Self::Deleted { .. } => "deleted",
            Self::AddedAfterthought { .. } => "added_afterthought",
            Self::Stepped { .. } => "stepped",
            Self::Answered { .. } => "answered",
            Self::Quieted { .. } => "quieted",
            Self::Forgot { .. } => "forgot",
            Self::Rested { .. } => "rested",
            Self::SeriesAdded { .. } => "series_added",
            Self::LessonsAdded { .. } => "lessons_added",
            Self::LessonEdited { .. } => "lesson_edited",
            Self::Paused { .. } => "paused",
            Self::Resumed { .. } => "resumed",
            Self::PutNext { .. } => "put_next",
            Self::Loved { .. } => "loved",
            Self::AskedBack { .. } => "asked_back",
            Self::Retired { .. } => "retired",
            Self::Undid { .. } => "took_back",
            Self::Redid { .. } => "put_back",
            Self::Unknown { kind, .. } => kind,
        }
    }

    /// What the event is about.
    pub fn subject(&self) -> Subject {
        match self {
            Self::Served { day, .. }
            | Self::Wrote { day, .. }
            | Self::Deleted { day }
            | Self::AddedAfterthought { day, .. }
            | Self::Stepped { day, .. }
            | Self::Answered { day, .. }
            | Self::Quieted { day, .. }
            | Self::Forgot { day } => Subject::Day(*day),
            Self::Rested { .. } => Subject::Rest,
            Self::SeriesAdded { slug, .. }
            | Self::LessonsAdded { slug, .. }
            | Self::LessonEdited { slug, .. }
            | Self::Paused { slug }
            | Self::Resumed { slug }
            | Self::PutNext { slug } => Subject::Series(slug.clone()),
            Self::Loved { lesson, .. }
            | Self::AskedBack { lesson, .. }
            | Self::Retired { lesson } => Subject::Lesson(*lesson),
            Self::Undid { change } | Self::Redid { change } => Subject::Change(*change),
            Self::Unknown { subject, .. } => subject.clone(),
        }
    }

    /// The text that a person wrote; `None` if the event has none. For a step it is the step
    /// without its moment.
    pub fn text(&self) -> Option<&str> {
        match self {
            Self::Wrote { text, .. }
            | Self::Stepped { text, .. }
            | Self::AddedAfterthought { text, .. } => Some(text),
            Self::Answered { outcome, .. } => outcome.as_deref(),
            _ => None,
        }
    }

    /// Whether `undo` may undo this event. A serving is permanent unless a wrong clock made it,
    /// forgotten words cannot come back, a shipped series is not a change of the person, and the
    /// effect of an unknown event is not known.
    pub fn can_be_undone(&self) -> bool {
        !matches!(
            self,
            Self::Served { .. }
                | Self::Forgot { .. }
                | Self::Undid { .. }
                | Self::Redid { .. }
                | Self::Unknown { .. }
                | Self::SeriesAdded { shipped: true, .. }
        )
    }
}

/// The heads of a chain: the facts that are not a parent of another fact in it. Usually one;
/// several if two devices continued the chain without knowledge of each other.
pub fn heads<'a>(chain: &[&'a Fact]) -> Vec<&'a Fact> {
    let superseded = |id: FactId| chain.iter().any(|fact| fact.parents.contains(&id));
    chain.iter().copied().filter(|fact| !superseded(fact.id)).collect()
}
