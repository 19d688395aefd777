//! The state of a lesson and of a series, computed from the facts about them.

use std::collections::{BTreeMap, HashMap, HashSet};

use crate::journal::entry::fact::{Event, Fact, FactId};
use crate::journal::lesson::position::ADDED;
use crate::journal::lesson::{Labels, LessonId, Source};
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

/// A series on the shelf.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct SeriesState {
    pub title: String,
    pub source: Source,
    pub introduction: Option<String>,
    pub lessons: Vec<LessonId>,
    /// The earlier editions of lessons of the series, each with the lesson that took its place.
    pub editions: BTreeMap<LessonId, LessonId>,
    /// The labels of lessons that have others than those of their rows.
    pub labels: BTreeMap<LessonId, Labels>,
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
                Event::SeriesAdded { title, source, introduction, shipped, .. } => {
                    let new = if *shipped { clock } else { (-clock).max(ADDED.start) };
                    let position = state.as_ref().map_or(new, |state| state.position);
                    state = Some(Self {
                        title: title.clone(),
                        source: source.clone(),
                        introduction: introduction.clone(),
                        lessons: Vec::new(),
                        editions: BTreeMap::new(),
                        labels: BTreeMap::new(),
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
        let state = state?;
        let lessons = lessons(facts);
        let editions = editions(facts, &lessons);
        let position = put_next.unwrap_or(state.position);
        Some(Self { lessons, editions, labels: labels(facts), position, paused, ..state })
    }
}

/// Whether the lessons that a series has depend on an event.
pub fn changes_lessons(event: &Event) -> bool {
    matches!(
        event,
        Event::SeriesAdded { .. } | Event::LessonsAdded { .. } | Event::LessonEdited { .. }
    )
}

/// The lessons of a series in order. The last time that it was added counts, with what was added
/// and edited without its knowledge: two devices that add lessons apart both keep theirs.
fn lessons(facts: &[Fact]) -> Vec<LessonId> {
    let is_addition = |fact: &&Fact| matches!(fact.event, Event::SeriesAdded { .. });
    let additions = facts.iter().filter(is_addition);
    let known: HashSet<FactId> = additions.flat_map(|fact| fact.parents.iter().copied()).collect();
    let mut lessons = match facts.iter().rfind(is_addition).map(|fact| &fact.event) {
        Some(Event::SeriesAdded { lessons, .. }) => lessons.clone(),
        _ => Vec::new(),
    };
    let mut seen: HashSet<LessonId> = lessons.iter().copied().collect();
    let mut replaced: HashMap<LessonId, LessonId> = HashMap::new();
    for fact in facts.iter().filter(|fact| !known.contains(&fact.id)) {
        match &fact.event {
            Event::LessonsAdded { lessons: added, .. } => {
                lessons.extend(added.iter().copied().filter(|lesson| seen.insert(*lesson)));
            }
            Event::LessonEdited { lesson, before, .. } if lesson != before => {
                // Another device may have edited the same edition.
                let before = last_edition(&replaced, *before, |id| seen.contains(&id));
                let Some(place) = lessons.iter().position(|one| *one == before) else { continue };
                seen.remove(&before);
                if seen.insert(*lesson) {
                    lessons[place] = *lesson;
                } else {
                    lessons.remove(place);
                }
                replaced.insert(before, *lesson);
            }
            _ => {}
        }
    }
    lessons
}

/// The lessons whose words the person gave to others that were there: those that first came by an
/// edit, and not with an edition of the series.
pub fn with_own_words(facts: &[Fact]) -> HashSet<LessonId> {
    let mut came_by_edit: HashMap<LessonId, bool> = HashMap::new();
    for fact in facts {
        match &fact.event {
            Event::SeriesAdded { lessons, .. } | Event::LessonsAdded { lessons, .. } => {
                for lesson in lessons {
                    came_by_edit.entry(*lesson).or_insert(false);
                }
            }
            Event::LessonEdited { lesson, before, .. } if lesson != before => {
                came_by_edit.entry(*lesson).or_insert(true);
            }
            _ => {}
        }
    }
    came_by_edit.into_iter().filter_map(|(lesson, by_edit)| by_edit.then_some(lesson)).collect()
}

/// The earlier editions of these lessons.
fn editions(facts: &[Fact], lessons: &[LessonId]) -> BTreeMap<LessonId, LessonId> {
    let mut next: HashMap<LessonId, LessonId> = HashMap::new();
    for fact in facts {
        if let Event::LessonEdited { lesson, before, .. } = fact.event
            && lesson != before
        {
            next.insert(before, lesson);
        }
    }
    if next.is_empty() {
        return BTreeMap::new();
    }
    let shelved: HashSet<LessonId> = lessons.iter().copied().collect();
    let earlier = next.keys().filter(|lesson| !shelved.contains(lesson));
    let editions =
        earlier.map(|lesson| (*lesson, last_edition(&next, *lesson, |id| shelved.contains(&id))));
    editions.filter(|(_, last)| shelved.contains(last)).collect()
}

/// The first lesson on the shelf that follows on this one.
fn last_edition(
    next: &HashMap<LessonId, LessonId>,
    lesson: LessonId,
    is_shelved: impl Fn(LessonId) -> bool,
) -> LessonId {
    let (mut last, mut met) = (lesson, HashSet::new());
    // Two lessons may each have taken the place of the other.
    while !is_shelved(last) && met.insert(last) {
        let Some(following) = next.get(&last) else { break };
        last = *following;
    }
    last
}

fn labels(facts: &[Fact]) -> BTreeMap<LessonId, Labels> {
    let mut all = BTreeMap::new();
    for fact in facts {
        if let Event::LessonEdited { lesson, labels, .. } = &fact.event {
            match labels {
                Some(labels) => _ = all.insert(*lesson, labels.clone()),
                None => _ = all.remove(lesson),
            }
        }
    }
    all
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
            introduction: None,
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
        let mut event = added("a", &[]);
        if let Event::SeriesAdded { shipped, .. } = &mut event {
            *shipped = true;
        }
        let shipped = series(vec![event]).position;
        let once = series(vec![added("a", &[]), put_next()]).position;
        let twice = series(vec![added("a", &[]), put_next(), put_next()]).position;
        let replaced = series(vec![added("a", &[]), put_next(), added("b", &[])]).position;
        assert!(twice < once && once < ADDED.start && ADDED.contains(&mine));
        assert_eq!(shipped, 10);
        assert_eq!(replaced, once);
    }

    fn id(number: u128) -> LessonId {
        LessonId(Uuid::from_u128(number))
    }

    fn more(lessons: &[u128]) -> Event {
        Event::LessonsAdded { slug: slug(), lessons: lessons.iter().copied().map(id).collect() }
    }

    fn edited(before: u128, lesson: u128) -> Event {
        Event::LessonEdited { slug: slug(), lesson: id(lesson), before: id(before), labels: None }
    }

    #[test]
    fn lessons_are_added_at_the_end_and_edited_at_their_place() {
        for (events, wanted) in [
            (vec![added("a", &[1, 2]), more(&[3]), more(&[2, 4])], vec![1, 2, 3, 4]),
            (vec![added("a", &[1, 2, 3]), edited(2, 5)], vec![1, 5, 3]),
            (vec![added("a", &[1, 2]), edited(2, 5), edited(5, 6)], vec![1, 6]),
            // Two devices edited the same edition: the later one holds.
            (vec![added("a", &[1, 2]), edited(1, 5), edited(1, 6)], vec![6, 2]),
            // An edit back, and one after it.
            (vec![added("a", &[1, 2]), edited(1, 5), edited(5, 1)], vec![1, 2]),
            (vec![added("a", &[1, 2]), edited(1, 5), edited(5, 1), edited(1, 7)], vec![7, 2]),
            // Two devices gave two lessons the same words.
            (vec![added("a", &[1, 2]), edited(1, 5), edited(2, 5)], vec![5]),
            (vec![added("a", &[1, 2]), edited(8, 9)], vec![1, 2]),
            // Two devices began the same series.
            (vec![added("a", &[]), more(&[1]), added("a", &[]), more(&[2])], vec![1, 2]),
        ] {
            let wanted: Vec<LessonId> = wanted.into_iter().map(id).collect();
            assert_eq!(series(events.clone()).lessons, wanted, "{events:?}");
        }
    }

    #[test]
    fn a_series_added_again_replaces_what_it_knew_and_no_more() {
        let mut all = facts(vec![
            added("a", &[1, 2]),
            more(&[3]),
            edited(2, 4),
            more(&[5]),
            edited(1, 6),
            added("b", &[1, 4, 7]),
        ]);
        // The first lesson that was added and the first edit were known.
        all[5].parents = vec![all[0].id, all[1].id, all[2].id];
        let state = SeriesState::from_facts(&all).expect("on the shelf");
        assert_eq!(state.lessons, [6, 4, 7, 5].map(id));
        assert_eq!(state.editions[&id(2)], id(4), "what was said of it still counts");
    }

    #[test]
    fn an_edition_is_known_by_each_one_before_it() {
        let state = series(vec![
            added("a", &[1, 2, 3]),
            edited(1, 5),
            edited(5, 6),
            edited(2, 7),
            edited(7, 2),
            edited(9, 10),
        ]);
        let editions: Vec<(LessonId, LessonId)> = state.editions.into_iter().collect();
        assert_eq!(editions, [(1, 6), (5, 6), (7, 2)].map(|(lesson, now)| (id(lesson), id(now))));
    }

    #[test]
    fn the_labels_of_the_last_edit_hold() {
        let labels = |tag: &str| Labels { tags: vec![tag.to_owned()], source: Source::default() };
        let with =
            |labels| Event::LessonEdited { slug: slug(), lesson: id(1), before: id(1), labels };
        let of = |events: Vec<Event>| {
            series([vec![added("a", &[1])], events].concat()).labels.get(&id(1)).cloned()
        };
        assert_eq!(of(vec![]), None);
        assert_eq!(of(vec![with(Some(labels("a"))), with(Some(labels("b")))]), Some(labels("b")));
        assert_eq!(of(vec![with(Some(labels("a"))), with(None)]), None);
    }
}
