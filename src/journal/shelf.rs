//! What the facts on one lesson and on one series add up to: what a person wishes for a lesson,
//! and what stands on the shelf.

use super::day::Day;
use super::fact::{Event, Fact};
use super::lesson::{LessonId, Source};

/// What a person wishes for a lesson.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct Wishes {
    pub loved: bool,
    pub retired: bool,
    /// The day from which on it was asked back; a serving on that day or later grants it.
    pub due: Option<Day>,
}

impl Wishes {
    /// Adds up the facts on one lesson, given in order and without those that were taken back.
    pub fn add_up(facts: &[Fact]) -> Self {
        let mut wishes = Self::default();
        for fact in facts {
            match fact.event {
                Event::Loved { loved, .. } => wishes.loved = loved,
                Event::AskedBack { due, .. } => {
                    wishes.due = Some(due);
                    wishes.retired = false;
                }
                Event::Retired { .. } => {
                    wishes.due = None;
                    wishes.retired = true;
                }
                _ => {}
            }
        }
        wishes
    }

    /// The day from which on the lesson is still due, given when it was last served.
    pub fn still_due(self, last_served: Option<Day>) -> Option<Day> {
        self.due.filter(|due| last_served.is_none_or(|last| last < *due))
    }
}

/// A series as it stands on the shelf.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct SeriesState {
    pub title: String,
    pub source: Source,
    pub lessons: Vec<LessonId>,
    /// Series stand by rising position: first those put next, the latest in front, then the
    /// others as they came.
    pub position: i64,
    pub paused: bool,
}

impl SeriesState {
    /// Adds up the facts on one series, given in order and without those that were taken back.
    /// `None` if it is not on the shelf.
    pub fn add_up(facts: &[Fact]) -> Option<Self> {
        let mut state: Option<Self> = None;
        let mut paused = false;
        let mut put_next = None;
        for fact in facts {
            let number = i64::try_from(fact.number).unwrap_or(i64::MAX);
            match &fact.event {
                Event::SeriesAdded { title, source, lessons, .. } => {
                    let position = state.as_ref().map_or(number, |state| state.position);
                    state = Some(Self {
                        title: title.clone(),
                        source: source.clone(),
                        lessons: lessons.clone(),
                        position,
                        paused: false,
                    });
                }
                Event::Paused { .. } => paused = true,
                Event::Resumed { .. } => paused = false,
                Event::PutNext { .. } => put_next = Some(-number),
                _ => {}
            }
        }
        state.map(|state| Self { paused, position: put_next.unwrap_or(state.position), ..state })
    }
}
