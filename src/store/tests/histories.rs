//! Random histories, compared with a model that does not know facts: the tables agree with the
//! facts, undo brings back the state before, and redo the state before the undo.

use super::*;
use crate::journal::lesson::plan;
use crate::journal::lesson::plan::shelf::Start;
use crate::store::read::candidates::{self, Wanted};

/// One thing that a person may do. Numbers choose among the days, lessons or series that there are.
#[derive(Debug, Clone)]
pub(super) enum Action {
    NextDay(u8),
    Serve,
    Write(u8, String),
    Revise(u8, String),
    Delete(u8),
    Afterthought(u8, String),
    Step(u8, String),
    Answer(u8, u8),
    Leave(u8),
    Quiet(u8, bool),
    AddSeries(u8),
    AddLesson(bool, String),
    EditLesson(u8, String),
    Label(u8, String),
    Pause(u8),
    Resume(u8),
    PutNext(u8),
    Love(u8, bool),
    AskBack(u8),
    Retire(u8),
    Rest(u8, u8, bool),
    /// A fact of an unknown kind is merged from another device.
    Unknown(u8),
    Undo,
    Redo,
}

pub(super) fn action() -> impl Strategy<Value = Action> {
    let words = "[a-zäß世 #\n\"'\\\\]{1,12}";
    prop_oneof![
        4 => (1u8..4).prop_map(Action::NextDay),
        3 => Just(Action::Serve),
        4 => (any::<u8>(), words).prop_map(|(n, text)| Action::Write(n, text)),
        2 => (any::<u8>(), words).prop_map(|(n, text)| Action::Revise(n, text)),
        1 => any::<u8>().prop_map(Action::Delete),
        2 => (any::<u8>(), words).prop_map(|(n, text)| Action::Afterthought(n, text)),
        2 => (any::<u8>(), words).prop_map(|(n, text)| Action::Step(n, text)),
        2 => (any::<u8>(), any::<u8>()).prop_map(|(n, state)| Action::Answer(n, state)),
        1 => any::<u8>().prop_map(Action::Leave),
        1 => (any::<u8>(), any::<bool>()).prop_map(|(n, quiet)| Action::Quiet(n, quiet)),
        1 => (1u8..4).prop_map(Action::AddSeries),
        1 => (any::<bool>(), words).prop_map(|(own, text)| Action::AddLesson(own, text)),
        2 => (any::<u8>(), words).prop_map(|(n, text)| Action::EditLesson(n, text)),
        1 => (any::<u8>(), "[a-z]{1,4}").prop_map(|(n, tag)| Action::Label(n, tag)),
        1 => any::<u8>().prop_map(Action::Pause),
        1 => any::<u8>().prop_map(Action::Resume),
        1 => any::<u8>().prop_map(Action::PutNext),
        1 => (any::<u8>(), any::<bool>()).prop_map(|(n, loved)| Action::Love(n, loved)),
        1 => any::<u8>().prop_map(Action::AskBack),
        1 => any::<u8>().prop_map(Action::Retire),
        2 => (0u8..12, 0u8..6, any::<bool>()).prop_map(|(n, more, rests)| Action::Rest(n, more, rests)),
        1 => any::<u8>().prop_map(Action::Unknown),
        4 => Just(Action::Undo),
        3 => Just(Action::Redo),
    ]
}

/// The model: what a person can see and change. It does not know facts.
#[derive(Debug, Clone, Default, PartialEq)]
pub(super) struct Seen {
    texts: BTreeMap<Day, String>,
    afterthoughts: BTreeMap<Day, Vec<String>>,
    steps: BTreeMap<Day, (String, StepState, Option<String>)>,
    quiet: BTreeSet<Day>,
    paused: BTreeSet<Slug>,
    loved: BTreeSet<LessonId>,
    series: BTreeMap<Slug, u32>,
    tags: BTreeMap<LessonId, Vec<String>>,
    holidays: BTreeSet<Day>,
}

impl Seen {
    pub(super) fn of(store: &Store) -> Self {
        let mut seen = Self::default();
        store
            .each_entry(&Query::default(), |entry| {
                if let Some(reflection) = &entry.reflection {
                    seen.texts.insert(entry.day, reflection.text.clone());
                }
                let afterthoughts = entry.afterthoughts.iter().map(|one| one.text.clone());
                let afterthoughts: Vec<String> = afterthoughts.collect();
                if !afterthoughts.is_empty() {
                    seen.afterthoughts.insert(entry.day, afterthoughts);
                }
                if entry.quiet {
                    seen.quiet.insert(entry.day);
                }
                if let Some(step) = &entry.step {
                    seen.steps
                        .insert(entry.day, (step.text.clone(), step.state, step.outcome.clone()));
                }
                Ok::<(), StoreError>(())
            })
            .expect("read");
        for series in store.all_series().expect("read") {
            seen.series.insert(series.slug.clone(), series.lessons);
            if series.paused {
                seen.paused.insert(series.slug);
            }
        }
        store
            .each_lesson(None, |lesson| {
                seen.tags.insert(lesson.lesson.id, lesson.lesson.text.tags.clone());
                if lesson.lesson.loved {
                    seen.loved.insert(lesson.lesson.id);
                }
                Ok::<(), StoreError>(())
            })
            .expect("read");
        let rests = store.rests(RestWeekdays::default()).expect("read");
        seen.holidays = rests.holidays().into_iter().flat_map(Holiday::days).collect();
        seen
    }
}

/// Does one action to the journal and to the model. Returns whether undo can undo it.
#[expect(clippy::too_many_lines, reason = "an action is a few lines, and there are many actions")]
pub(super) fn act(journal: &mut Journal, seen: &mut Seen, action: &Action) -> bool {
    let (now, order) = (journal.now, Order::Series);
    let pick = |n: u8, all: &[Day]| (!all.is_empty()).then(|| all[usize::from(n) % all.len()]);
    let texts: Vec<Day> = seen.texts.keys().copied().collect();
    let steps: Vec<Day> = seen.steps.keys().copied().collect();
    let slugs: Vec<Slug> = seen.series.keys().cloned().collect();
    let some_slug = |n: u8| slugs.get(usize::from(n) % slugs.len().max(1)).cloned();
    let past = |n: u8| now.day.minus_days(u64::from(n % 5)).expect("in range");
    let store = &mut journal.store;
    match action {
        Action::NextDay(days) => {
            journal.later(i64::from(*days));
            return false;
        }
        Action::Serve => {
            let _ = store.serve(now, order);
            return false;
        }
        Action::Write(n, text) => {
            let day = past(*n);
            let writing = Writing { day, text, step: None, again: None };
            store.write(now, order, writing).expect("written");
            let whole = seen.texts.get(&day).map_or_else(|| text.clone(), |old| below(old, text));
            seen.texts.insert(day, whole);
        }
        Action::Revise(n, text) => {
            let Some(day) = pick(*n, &texts) else { return false };
            let (_, parents) = store.revisable(day).expect("read").expect("words");
            store.revise(now, day, parents, text).expect("revised");
            seen.texts.insert(day, text.clone());
        }
        Action::Delete(n) => {
            let Some(day) = pick(*n, &texts) else { return false };
            let shown = store.entry(day).expect("read").expect("there");
            store.delete(now, &shown).expect("deleted");
            seen.texts.remove(&day);
            seen.afterthoughts.remove(&day);
            seen.steps.remove(&day);
            seen.quiet.remove(&day);
        }
        Action::Afterthought(n, text) => {
            let Some(day) = pick(*n, &texts) else { return false };
            store.add_afterthought(now, day, text).expect("added");
            seen.afterthoughts.entry(day).or_default().push(text.clone());
        }
        Action::Step(n, text) => {
            let day = past(*n);
            store.add_step(now, order, day, &testing::step(text)).expect("added");
            seen.steps.insert(day, (text.clone(), StepState::Open, None));
        }
        Action::Answer(n, state) => {
            let Some(day) = pick(*n, &steps) else { return false };
            let states = [StepState::Done, StepState::Partly, StepState::Dropped];
            let state = states[usize::from(*state) % 3];
            let shown = store.entry(day).expect("read").and_then(|entry| entry.step);
            let outcome = (n % 2 == 0).then(|| format!("came {n}"));
            let answer = StepAnswer { state, outcome: outcome.clone() };
            store.answer_step(now, day, &shown.expect("a step"), answer).expect("answered");
            let seen = seen.steps.get_mut(&day).expect("a step");
            (seen.1, seen.2) = (state, outcome);
        }
        Action::Quiet(n, quiet) => {
            let Some(day) = pick(*n, &texts) else { return false };
            store.set_quiet(now, day, *quiet).expect("set");
            if *quiet {
                seen.quiet.insert(day)
            } else {
                seen.quiet.remove(&day)
            };
        }
        Action::Leave(n) => {
            let Some(day) = pick(*n, &steps) else { return false };
            store.leave_step(now, day).expect("left");
            return false;
        }
        Action::AddSeries(n) => {
            // One of three series, each time with another number of lessons.
            let name = ["one", "two", "three"][usize::from(*n) % 3];
            let lessons = 1 + seen.series.get(&slug(name)).copied().unwrap_or(1) % 4;
            store.add_series(now, &series(name, lessons as usize)).expect("added");
            seen.series.insert(slug(name), lessons);
            let shipped = store.series(&slug("the-defiant-ones")).expect("read");
            assert!(shipped.is_some());
            // What was said of a lesson counts again when the lesson comes back.
            seen.loved = Seen::of(store).loved;
            seen.tags = Seen::of(store).tags;
        }
        Action::AddLesson(own, text) => {
            let mut to = if *own { Series::own() } else { series("one", 0) };
            to.lessons
                .push(LessonText { title: text.clone(), ..series("one", 1).lessons.remove(0) });
            let added = store.add_lessons(now, &to).expect("added");
            *seen.series.entry(to.slug.clone()).or_default() +=
                u32::try_from(added.len()).expect("small");
            seen.loved = Seen::of(store).loved;
            seen.tags = Seen::of(store).tags;
            return !added.is_empty();
        }
        Action::EditLesson(n, text) => {
            let Some(before) = some_lesson(store, *n) else { return false };
            let shelved = store.present_edition(before).expect("read").expect("on the shelf");
            let text = LessonText { story: text.clone(), ..shelved.lesson.text.clone() };
            let source = &shelved.lesson.source;
            let EditResult::Edited(id) =
                store.edit_lesson(now, before, &text, source).expect("edited")
            else {
                return false;
            };
            if seen.loved.remove(&before) {
                seen.loved.insert(id);
            }
            let tags = seen.tags.remove(&before).expect("on the shelf");
            seen.tags.insert(id, tags);
            let edited = store.present_edition(before).expect("read").expect("on the shelf");
            assert_eq!(edited.served, shelved.served, "an edited lesson is not new");
            assert_eq!(edited.retired, shelved.retired);
            assert_eq!(edited.lesson.number, shelved.lesson.number);
        }
        Action::Label(n, tag) => {
            let Some(lesson) = some_lesson(store, *n) else { return false };
            let shelved = store.present_edition(lesson).expect("read").expect("on the shelf");
            let text = LessonText { tags: vec![tag.clone()], ..shelved.lesson.text };
            let source = Source { title: tag.clone(), ..shelved.lesson.source };
            if store.edit_lesson(now, lesson, &text, &source).expect("edited")
                == EditResult::Unchanged
            {
                return false;
            }
            seen.tags.insert(lesson, vec![tag.clone()]);
        }
        Action::Pause(n) => {
            let Some(slug) = some_slug(*n) else { return false };
            let changed = store.pause_series(now, &slug).expect("paused");
            assert_eq!(changed, seen.paused.insert(slug));
            return changed;
        }
        Action::Resume(n) => {
            let Some(slug) = some_slug(*n) else { return false };
            let changed = store.resume_series(now, &slug).expect("resumed");
            assert_eq!(changed, seen.paused.remove(&slug));
            return changed;
        }
        Action::PutNext(n) => {
            let Some(slug) = some_slug(*n) else { return false };
            return store.put_series_next(now, &slug).expect("put");
        }
        Action::Love(n, loved) => {
            let Some(lesson) = some_lesson(store, *n) else { return false };
            store.love(now, lesson, *loved).expect("loved");
            if *loved {
                seen.loved.insert(lesson)
            } else {
                seen.loved.remove(&lesson)
            };
        }
        Action::AskBack(n) => {
            let Some(lesson) = some_lesson(store, *n) else { return false };
            store.ask_back(now, lesson, Repeat::On(now.day)).expect("asked");
        }
        Action::Retire(n) => {
            let Some(lesson) = some_lesson(store, *n) else { return false };
            store.ask_back(now, lesson, Repeat::Never).expect("retired");
        }
        Action::Unknown(n) => {
            let fact = crate::store::tests::facts::unknown(*n, past(*n));
            store
                .merge(now, std::iter::once(Ok(JournalItem::Fact(Box::new(fact)))))
                .expect("taken");
            return false;
        }
        Action::Rest(n, more, rests) => {
            // From some days ago to some days ahead.
            let first = now.day.minus_days(8).and_then(|day| day.plus_days(u64::from(*n)));
            let first = first.expect("in range");
            let last = first.plus_days(u64::from(*more)).expect("in range");
            let holiday = Holiday::new(first, last, now.day).expect("in order");
            let before = seen.holidays.clone();
            for day in holiday.days() {
                if *rests {
                    seen.holidays.insert(day)
                } else {
                    seen.holidays.remove(&day)
                };
            }
            let changed = store.rest(now, holiday, *rests).expect("marked");
            assert_eq!(changed, seen.holidays != before);
            return changed;
        }
        Action::Undo | Action::Redo => unreachable!("the test undoes and redoes by itself"),
    }
    true
}

fn all_lessons(store: &Store) -> Vec<LessonId> {
    let mut lessons = Vec::new();
    let one = |lesson: &crate::journal::lesson::ShelvedLesson| {
        lessons.push(lesson.lesson.id);
        Ok::<(), StoreError>(())
    };
    store.each_lesson(None, one).expect("read");
    lessons
}

fn some_lesson(store: &Store, n: u8) -> Option<LessonId> {
    let lessons = all_lessons(store);
    lessons.get(usize::from(n) % lessons.len().max(1)).copied()
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(24))]
    #[test]
    fn in_random_histories_the_tables_agree_with_the_facts_and_undo_and_redo_bring_back_the_states(
        actions in prop::collection::vec(action(), 1..40),
    ) {
        let mut journal = Journal::new();
        journal.store.install_shipped(journal.now).expect("installed");
        let mut seen = Seen::of(&journal.store);
        let mut before: Vec<Seen> = Vec::new();
        // The states before each undo that can be redone.
        let mut after: Vec<Seen> = Vec::new();
        let mut served = BTreeMap::new();
        for action in &actions {
            if matches!(action, Action::Undo) {
                prop_assert_eq!(journal.undo().is_some(), !before.is_empty());
                if let Some(earlier) = before.pop() {
                    after.push(std::mem::replace(&mut seen, earlier));
                }
            } else if matches!(action, Action::Redo) {
                prop_assert_eq!(journal.redo().is_some(), !after.is_empty());
                if let Some(later) = after.pop() {
                    before.push(std::mem::replace(&mut seen, later));
                }
            } else {
                let earlier = seen.clone();
                if act(&mut journal, &mut seen, action) {
                    before.push(earlier);
                    after.clear();
                }
            }
            prop_assert_eq!(&Seen::of(&journal.store), &seen, "after {:?}", action);
            // A day that was served once keeps its lesson.
            let one = |entry: &crate::journal::Entry| {
                if let Some(lesson) = &entry.lesson {
                    served.entry(entry.day).or_insert(lesson.id);
                }
                Ok::<(), StoreError>(())
            };
            journal.store.each_entry(&Query::default(), one).expect("read");
            for (day, id) in &served {
                let entry = journal.store.entry(*day).expect("read").expect("still there");
                prop_assert_eq!(entry.lesson.map(|lesson| lesson.id), Some(*id));
            }
            assert_tables_agree_with_facts(&journal.store);
            // The list of series marks the one whose lesson the plan takes next.
            for series in journal.store.all_series().expect("read") {
                let today = journal.now.day;
                let start = journal.store.series_start(&series.slug, today, Order::Series);
                let is_next = start.expect("read") == Start::InProgress;
                prop_assert_eq!(series.in_progress, is_next, "{:?}", series.slug);
            }
            // The choice of the next lesson needs few of the series.
            for order in [Order::Series, Order::Mixed] {
                let [few, all] = [Wanted::ForChoice, Wanted::All].map(|wanted| {
                    let today = journal.now.day;
                    let found = candidates::candidates(&journal.store.connection, today, wanted);
                    plan::next(&found.expect("read"), today, order)
                });
                prop_assert_eq!(few, all);
            }
            // Wherever the history stands, an undo and a redo change nothing in the end.
            let whole = whole_state(&journal.store);
            if journal.undo().is_some() {
                prop_assert!(journal.redo().is_some());
                prop_assert_eq!(whole_state(&journal.store), whole);
                assert_tables_agree_with_facts(&journal.store);
            }
        }
    }
}

/// Everything that the journal shows.
fn whole_state(store: &Store) -> Vec<String> {
    let mut state = Vec::new();
    let entry = |entry: &crate::journal::Entry| {
        state.push(format!("{entry:?}"));
        Ok::<(), StoreError>(())
    };
    store.each_entry(&Query::default(), entry).expect("read");
    state.push(format!("{:?}", store.all_series().expect("read")));
    let lesson = |lesson: &crate::journal::lesson::ShelvedLesson| {
        state.push(format!("{lesson:?}"));
        Ok::<(), StoreError>(())
    };
    store.each_lesson(None, lesson).expect("read");
    state.push(format!("{:?}", store.rests(RestWeekdays::default()).expect("read").holidays()));
    state
}
