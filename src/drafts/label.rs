//! What the text of a draft is to become, and on which day.

use crate::journal::lesson::Interval;
use crate::journal::{Day, NewStep, StepState};

/// What the text of a draft is to become, and on which day.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Label {
    /// The day of the text; `None` if it could not be known, as when the clock could not be read.
    pub day: Option<Day>,
    pub purpose: Purpose,
    pub extras: Extras,
}

/// What the text of a draft is for.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Purpose {
    /// It is added to the text of the day.
    Add,
    /// It replaces the text of the day.
    Revise,
    /// It is added with its own time, as an afterthought to the text of the day.
    Afterthought,
    /// It is the next step of the day.
    Step,
    /// It says what came of a step: of the day's, or of the newest open one if there is no day.
    Answer(StepState),
    /// It is a form for lessons, which are added or edited. It is for no day.
    Lesson,
}

/// What is saved together with a text.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Extras {
    /// The next step that a reflection ends in: one line, not empty.
    pub step: Option<String>,
    /// When the step is to be done, in the person's words.
    pub when: Option<String>,
    /// When the day's lesson comes again.
    pub again: Option<Interval>,
}

impl Label {
    /// A text for a day, with nothing beside it.
    pub fn new(day: Option<Day>, purpose: Purpose) -> Self {
        Self { day, purpose, extras: Extras::default() }
    }

    /// Whether nothing is lost of this label if the other one is saved with the same text.
    pub(super) fn is_covered_by(&self, other: &Self) -> bool {
        let (own, others) = (&self.extras, &other.extras);
        self.purpose == other.purpose
            && (self.day.is_none() || self.day == other.day)
            && (own.step.is_none() || own.step == others.step)
            && (own.when.is_none() || own.when == others.when)
            && (own.again.is_none() || own.again == others.again)
    }
}

impl Purpose {
    pub(super) const ALL: [Self; 8] = [
        Self::Add,
        Self::Revise,
        Self::Afterthought,
        Self::Step,
        Self::Answer(StepState::Done),
        Self::Answer(StepState::Partly),
        Self::Answer(StepState::Dropped),
        Self::Lesson,
    ];

    /// The end of the file name of a draft with this purpose.
    pub(super) fn ending(self) -> &'static str {
        match self {
            Self::Add => ".md",
            Self::Revise => ".edit.md",
            Self::Afterthought => ".afterthought.md",
            Self::Step => ".step.md",
            Self::Answer(StepState::Done) => ".done.md",
            Self::Answer(StepState::Partly) => ".partly.md",
            Self::Answer(StepState::Dropped | StepState::Open) => ".dropped.md",
            Self::Lesson => ".lesson.md",
        }
    }
}

impl Extras {
    pub fn is_empty(&self) -> bool {
        *self == Self::default()
    }

    /// The next step that a reflection ends in.
    pub fn new_step(&self) -> Option<NewStep> {
        NewStep::new(self.step.as_deref()?, self.when.as_deref())
    }
}
