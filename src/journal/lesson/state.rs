//! The state of a lesson and of a series, computed from the facts about them.

use std::ops::Range;

use crate::journal::entry::fact::{Event, Fact};
use crate::journal::lesson::{LessonId, Source};
use crate::journal::time::day::Day;

/// What a person said about a lesson.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct LessonState {
    pub loved: bool,
    pub retired: bool,
    /// The day from which it is due, if the person asked for it to come again. A serving on that
    /// day or later fulfils this.
    pub due: Option<Day>,
}

impl LessonState {
    /// The state from the facts about one lesson, which are in order and were not undone.
    pub fn from_facts(facts: &[Fact]) -> Self {
        let mut state = Self::default();
        for fact in facts {
            match fact.event {
                Event::Loved { loved, .. } => state.loved = loved,
                Event::AskedBack { due, .. } => {
                    state.due = Some(due);
                    state.retired = false;
                }
                Event::Retired { .. } => {
                    state.due = None;
                    state.retired = true;
                }
                _ => {}
            }
        }
        state
    }

    /// The day from which the lesson is still due; `None` if it is not, or was served since that
    /// day.
    pub fn still_due(self, last_served: Option<Day>) -> Option<Day> {
        self.due.filter(|due| last_served.is_none_or(|last| last < *due))
    }
}

/// The positions of series that the person added and did not put next.
pub const ADDED: Range<i64> = -(1 << 40)..SHIPPED_FROM;
/// The positions of shipped series that were not put next begin here.
pub const SHIPPED_FROM: i64 = 0;

/// A series on the shelf.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct SeriesState {
    pub title: String,
    pub source: Source,
    pub lessons: Vec<LessonId>,
    /// Series that have not begun come in ascending order of this number: first those that were
    /// put next, the last one in front; then those that the person added, the last one in front;
    /// then the shipped ones in their order.
    pub position: i64,
    pub paused: bool,
}

impl SeriesState {
    /// The state from the facts about one series, which are in order and were not undone. `None` if
    /// it is not on the shelf.
    pub fn from_facts(facts: &[Fact]) -> Option<Self> {
        let mut state: Option<Self> = None;
        let mut paused = false;
        let mut put_next = None;
        for fact in facts {
            let clock = i64::try_from(fact.clock).unwrap_or(i64::MAX);
            match &fact.event {
                Event::SeriesAdded { title, source, lessons, shipped, .. } => {
                    let new = if *shipped { clock } else { (-clock).max(ADDED.start) };
                    let position = state.as_ref().map_or(new, |state| state.position);
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
                Event::PutNext { .. } => put_next = Some(ADDED.start.saturating_sub(clock)),
                _ => {}
            }
        }
        state.map(|state| Self { paused, position: put_next.unwrap_or(state.position), ..state })
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::journal::Slug;
    use crate::journal::testing::{self, day, fact};
    use uuid::Uuid;

    const LESSON: LessonId = LessonId(Uuid::from_u128(7));

    fn slug() -> Slug {
        testing::slug("a")
    }

    /// Facts numbered from 10 upwards, in order.
    fn facts(events: Vec<Event>) -> Vec<Fact> {
        let numbered = (10..).zip(events);
        numbered.map(|(number, event)| fact(number, &[], event)).collect()
    }

    fn loved(loved: bool) -> Event {
        Event::Loved { lesson: LESSON, loved }
    }

    fn asked_back(due: &str) -> Event {
        Event::AskedBack { lesson: LESSON, due: day(due) }
    }

    fn retired() -> Event {
        Event::Retired { lesson: LESSON }
    }

    fn added(title: &str, lessons: &[u128]) -> Event {
        Event::SeriesAdded {
            slug: slug(),
            title: title.to_owned(),
            source: Source::default(),
            lessons: lessons.iter().map(|id| LessonId(Uuid::from_u128(*id))).collect(),
            shipped: false,
        }
    }

    fn series(events: Vec<Event>) -> SeriesState {
        SeriesState::from_facts(&facts(events)).expect("on the shelf")
    }

    #[test]
    fn the_last_fact_counts() {
        let due = Some(day("2026-12-01"));
        for (events, wanted) in [
            (vec![], LessonState::default()),
            (vec![loved(true)], LessonState { loved: true, ..LessonState::default() }),
            (vec![loved(true), loved(false)], LessonState::default()),
            (
                vec![asked_back("2026-11-29"), asked_back("2026-12-01")],
                LessonState { due, ..LessonState::default() },
            ),
            (vec![retired()], LessonState { retired: true, ..LessonState::default() }),
            (
                vec![asked_back("2026-12-01"), retired()],
                LessonState { retired: true, ..LessonState::default() },
            ),
            (
                vec![loved(true), retired(), asked_back("2026-12-01")],
                LessonState { loved: true, retired: false, due },
            ),
        ] {
            assert_eq!(LessonState::from_facts(&facts(events.clone())), wanted, "{events:?}");
        }
    }

    #[test]
    fn a_lesson_asked_back_stays_due_until_it_is_served_on_the_day_or_later() {
        let state = LessonState { due: Some(day("2026-11-22")), ..LessonState::default() };
        for (last, still) in [
            (None, true),
            (Some("2026-11-21"), true),
            (Some("2026-11-22"), false),
            (Some("2026-11-23"), false),
        ] {
            assert_eq!(state.still_due(last.map(day)).is_some(), still, "{last:?}");
        }
        assert_eq!(state.still_due(None), Some(day("2026-11-22")));
        assert_eq!(LessonState::default().still_due(None), None);
    }

    #[test]
    fn a_series_that_was_never_added_is_not_on_the_shelf() {
        assert_eq!(SeriesState::from_facts(&[]), None);
        let facts_of_it = vec![Event::Paused { slug: slug() }, Event::PutNext { slug: slug() }];
        assert_eq!(SeriesState::from_facts(&facts(facts_of_it)), None);
    }

    #[test]
    fn a_series_added_again_has_its_new_lessons_in_its_old_place() {
        let state = series(vec![
            added("old", &[1, 2]),
            Event::Paused { slug: slug() },
            added("new", &[1, 3]),
        ]);
        assert_eq!((state.title.as_str(), state.position), ("new", -10));
        assert_eq!(state.lessons, [1, 3].map(|id| LessonId(Uuid::from_u128(id))));
        assert!(state.paused, "new lessons do not resume a series");
    }

    #[test]
    fn a_series_is_paused_until_it_is_resumed() {
        let (pause, resume) = (Event::Paused { slug: slug() }, Event::Resumed { slug: slug() });
        assert!(!series(vec![added("a", &[])]).paused);
        assert!(series(vec![added("a", &[]), pause.clone()]).paused);
        assert!(!series(vec![added("a", &[]), pause.clone(), resume.clone()]).paused);
        assert!(series(vec![added("a", &[]), pause.clone(), resume, pause]).paused);
    }

    #[test]
    fn the_series_put_next_last_stands_in_front_of_all_others() {
        let put_next = || Event::PutNext { slug: slug() };
        let mine = series(vec![added("a", &[])]).position;
        let Event::SeriesAdded { slug, title, source, lessons, .. } = added("a", &[]) else {
            return;
        };
        let event = Event::SeriesAdded { slug, title, source, lessons, shipped: true };
        let shipped = series(vec![event]).position;
        let once = series(vec![added("a", &[]), put_next()]).position;
        let twice = series(vec![added("a", &[]), put_next(), put_next()]).position;
        let replaced = series(vec![added("a", &[]), put_next(), added("b", &[])]).position;
        assert!(twice < once && once < ADDED.start && ADDED.contains(&mine));
        assert_eq!(shipped, 10);
        assert_eq!(replaced, once);
    }
}
