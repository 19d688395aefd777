//! Which lesson comes next: a table of candidates for each rule, and random histories, in which
//! every choice is compared with a model. The model knows the lessons and what happened to them,
//! but not how the store reads the candidates.

use std::collections::{BTreeMap, BTreeSet};

use proptest::prelude::*;
use uuid::Uuid;

use super::*;
use crate::journal::testing::{day, slug};

fn november(number: u32) -> Day {
    day(&format!("2026-11-{number:02}"))
}

fn id(number: u128) -> LessonId {
    LessonId(Uuid::from_u128(number))
}

/// A series without any serving and without a waiting lesson.
fn untouched(name: &str) -> SeriesProgress {
    SeriesProgress {
        slug: slug(name),
        paused: false,
        next_unserved: None,
        last_first_served: None,
        last_served: None,
        longest_unserved: None,
        longest_unserved_loved: None,
    }
}

fn waiting_for(name: &str, lesson: u128) -> SeriesProgress {
    SeriesProgress { next_unserved: Some(id(lesson)), ..untouched(name) }
}

/// A series in progress; its last serving was of a new lesson.
fn begun(name: &str, lesson: u128, last: u32) -> SeriesProgress {
    let last = Some(november(last));
    SeriesProgress { last_first_served: last, last_served: last, ..waiting_for(name, lesson) }
}

fn served(name: &str, lesson: u128, last: u32) -> SeriesProgress {
    SeriesProgress {
        longest_unserved: Some(LastServed { lesson: id(lesson), last: november(last) }),
        ..untouched(name)
    }
}

fn served_loved(name: &str, lesson: u128, last: u32) -> SeriesProgress {
    let longest_unserved_loved = Some(LastServed { lesson: id(lesson), last: november(last) });
    SeriesProgress { longest_unserved_loved, ..untouched(name) }
}

fn asked_for(name: &str, lesson: u128, due: u32) -> AskedBack {
    AskedBack { lesson: id(lesson), series: slug(name), due: november(due) }
}

fn shelf(series: Vec<SeriesProgress>) -> Candidates {
    Candidates { series, ..Candidates::default() }
}

#[expect(clippy::unnecessary_wraps, reason = "it is held against what the plan returns")]
fn chosen(lesson: u128, reason: Reason) -> Option<Choice> {
    Some(Choice { lesson: id(lesson), reason })
}

#[test]
fn an_empty_shelf_has_no_lesson() {
    assert_eq!(next(&Candidates::default(), november(22), Order::Series), None);
    assert_eq!(next(&Candidates::default(), november(22), Order::Mixed), None);
    assert_eq!(next(&shelf(vec![untouched("a")]), november(22), Order::Series), None);
}

#[test]
fn what_was_asked_back_and_is_due_comes_before_what_waits() {
    let mut shelf = shelf(vec![begun("a", 2, 20)]);
    shelf.asked_back = vec![asked_for("a", 1, 22)];
    let due = Reason::AskedBack { due: november(22) };
    for order in [Order::Series, Order::Mixed] {
        let reason = if order == Order::Series { Reason::InProgress } else { Reason::Mixed };
        assert_eq!(next(&shelf, november(21), order), chosen(2, reason), "a day too early");
        assert_eq!(next(&shelf, november(22), order), chosen(1, due));
        assert_eq!(next(&shelf, november(29), order), chosen(1, due), "overdue");
    }
}

#[test]
fn of_the_lessons_asked_back_the_longest_due_comes_first() {
    let mut shelf = shelf(vec![waiting_for("a", 9)]);
    shelf.asked_back = vec![asked_for("a", 1, 20), asked_for("a", 2, 19), asked_for("a", 3, 23)];
    let due = Reason::AskedBack { due: november(19) };
    assert_eq!(next(&shelf, november(24), Order::Series), chosen(2, due));
}

#[test]
fn of_two_lessons_due_since_one_day_the_first_on_the_shelf_comes_first() {
    let mut shelf = shelf(vec![untouched("a"), untouched("b")]);
    shelf.asked_back = vec![asked_for("a", 5, 20), asked_for("b", 1, 20)];
    let due = Reason::AskedBack { due: november(20) };
    assert_eq!(next(&shelf, november(22), Order::Series), chosen(5, due));
}

#[test]
fn a_lesson_asked_back_from_a_paused_series_waits_until_it_is_taken_up_again() {
    let mut shelf = shelf(vec![untouched("a"), waiting_for("b", 9)]);
    shelf.asked_back = vec![asked_for("a", 1, 1), asked_for("b", 2, 20)];
    shelf.series[0].paused = true;
    let later = Reason::AskedBack { due: november(20) };
    assert_eq!(next(&shelf, november(22), Order::Series), chosen(2, later));
    shelf.asked_back.pop();
    assert_eq!(next(&shelf, november(22), Order::Series), chosen(9, Reason::NextSeries));
    shelf.series[0].paused = false;
    let longest = Reason::AskedBack { due: november(1) };
    assert_eq!(next(&shelf, november(22), Order::Series), chosen(1, longest));
}

#[test]
fn the_first_series_on_the_shelf_is_the_first_to_be_begun() {
    let shelf = shelf(vec![untouched("a"), waiting_for("b", 2), waiting_for("c", 3)]);
    assert_eq!(next(&shelf, november(22), Order::Series), chosen(2, Reason::NextSeries));
}

#[test]
fn a_series_in_progress_goes_on_wherever_it_stands() {
    let shelf = shelf(vec![waiting_for("a", 1), begun("b", 2, 10), waiting_for("c", 3)]);
    assert_eq!(next(&shelf, november(22), Order::Series), chosen(2, Reason::InProgress));
}

#[test]
fn of_two_series_in_progress_the_one_begun_or_gone_on_with_last_goes_on() {
    for (a, b, wanted) in [(10, 12, 2), (12, 10, 1)] {
        let shelf = shelf(vec![begun("a", 1, a), begun("b", 2, b)]);
        assert_eq!(next(&shelf, november(22), Order::Series), chosen(wanted, Reason::InProgress));
    }
}

#[test]
fn a_lesson_that_came_back_does_not_make_its_series_the_one_in_progress() {
    let mut shelf = shelf(vec![begun("a", 1, 10), begun("b", 2, 12)]);
    shelf.series[0].last_served = Some(november(15));
    assert_eq!(next(&shelf, november(22), Order::Series), chosen(2, Reason::InProgress));
}

#[test]
fn a_series_at_its_end_gives_way_to_the_next_one() {
    let mut shelf = shelf(vec![begun("a", 1, 21), waiting_for("b", 2)]);
    shelf.series[0].next_unserved = None;
    assert_eq!(next(&shelf, november(22), Order::Series), chosen(2, Reason::NextSeries));
}

#[test]
fn a_paused_series_is_passed_over() {
    let mut shelf = shelf(vec![begun("a", 1, 20), waiting_for("b", 2)]);
    shelf.series[0].paused = true;
    assert_eq!(next(&shelf, november(22), Order::Series), chosen(2, Reason::NextSeries));
    assert_eq!(next(&shelf, november(22), Order::Mixed), chosen(2, Reason::Mixed));
    shelf.series[1].paused = true;
    assert_eq!(next(&shelf, november(22), Order::Series), None);
    assert_eq!(next(&shelf, november(22), Order::Mixed), None);
    shelf.series = vec![served("a", 1, 1), served_loved("b", 2, 20)];
    shelf.series[0].paused = true;
    let round = Reason::LovedRound { last: november(20) };
    assert_eq!(next(&shelf, november(22), Order::Series), chosen(2, round));
}

#[test]
fn series_take_turns_when_mixed_and_the_one_that_waited_longest_is_next() {
    let mut shelf = shelf(vec![begun("a", 1, 21), begun("b", 2, 20), begun("c", 3, 19)]);
    shelf.last_series = Some(slug("a"));
    assert_eq!(next(&shelf, november(22), Order::Mixed), chosen(3, Reason::Mixed));
    shelf.series.push(waiting_for("d", 4));
    assert_eq!(next(&shelf, november(22), Order::Mixed), chosen(4, Reason::Mixed), "never served");
    shelf.series.insert(0, waiting_for("e", 5));
    assert_eq!(next(&shelf, november(22), Order::Mixed), chosen(5, Reason::Mixed), "shelf order");
}

#[test]
fn mixed_stays_with_a_series_only_while_no_other_waits() {
    let mut shelf = shelf(vec![begun("a", 1, 21), begun("b", 2, 20)]);
    shelf.last_series = Some(slug("a"));
    assert_eq!(next(&shelf, november(22), Order::Mixed), chosen(2, Reason::Mixed));
    shelf.series[1].next_unserved = None;
    assert_eq!(next(&shelf, november(22), Order::Mixed), chosen(1, Reason::Mixed));
    shelf.series[1].next_unserved = Some(id(2));
    shelf.series[1].paused = true;
    assert_eq!(next(&shelf, november(22), Order::Mixed), chosen(1, Reason::Mixed));
}

#[test]
fn mixed_leaves_the_last_series_even_if_the_lesson_it_served_is_no_longer_in_it() {
    // A lesson whose text was changed is another one, so the series may look never served.
    let mut shelf = shelf(vec![waiting_for("a", 1), begun("b", 2, 20)]);
    shelf.last_series = Some(slug("a"));
    assert_eq!(next(&shelf, november(22), Order::Mixed), chosen(2, Reason::Mixed));
}

#[test]
fn a_lesson_comes_round_only_when_none_is_waiting() {
    let mut shelf = shelf(vec![served("a", 1, 1), served_loved("b", 2, 1), waiting_for("c", 3)]);
    assert_eq!(next(&shelf, november(22), Order::Series), chosen(3, Reason::NextSeries));
    shelf.series[2].next_unserved = None;
    let round = Reason::LovedRound { last: november(1) };
    assert_eq!(next(&shelf, november(22), Order::Series), chosen(2, round));
}

#[test]
fn the_lesson_served_longest_ago_comes_round_first() {
    for (a, b, wanted, last) in [(3, 5, 1, 3), (5, 3, 2, 3)] {
        let shelf = shelf(vec![served("a", 1, a), served("b", 2, b)]);
        let round = Reason::Round { last: november(last) };
        assert_eq!(next(&shelf, november(22), Order::Series), chosen(wanted, round));
        assert_eq!(next(&shelf, november(22), Order::Mixed), chosen(wanted, round));
    }
}

#[test]
fn a_loved_lesson_waits_half_as_long() {
    let today = november(22);
    let plain = Reason::Round { last: november(12) };
    // Ten days of rest for the plain one: the loved one is ahead from its sixth day on.
    for (last, wanted) in [(15, 2), (16, 2), (17, 1), (18, 1), (21, 1)] {
        let shelf = shelf(vec![served("a", 1, 12), served_loved("b", 2, last)]);
        let loved = Reason::LovedRound { last: november(last) };
        let reason = if wanted == 1 { plain } else { loved };
        assert_eq!(next(&shelf, today, Order::Series), chosen(wanted, reason), "{last}");
    }
}

#[test]
fn of_equal_rests_the_lesson_served_earlier_comes_round_first() {
    let series = vec![served_loved("a", 1, 17), served("b", 2, 12)];
    let round = Reason::Round { last: november(12) };
    assert_eq!(next(&shelf(series), november(22), Order::Series), chosen(2, round));
}

#[test]
fn of_two_loved_lessons_the_longest_rested_comes_round_first() {
    let shelf = shelf(vec![served_loved("a", 1, 9), served_loved("b", 2, 8)]);
    let round = Reason::LovedRound { last: november(8) };
    assert_eq!(next(&shelf, november(22), Order::Series), chosen(2, round));
}

/// The model: the lessons and everything that happened to them.
#[derive(Debug, Clone, Default)]
struct History {
    /// The lessons of each series, in shelf order and number order.
    series: Vec<Vec<LessonId>>,
    /// The servings, oldest first.
    servings: Vec<(Day, LessonId)>,
    loved: BTreeSet<LessonId>,
    due: BTreeMap<LessonId, Day>,
    retired: BTreeSet<LessonId>,
    paused: BTreeSet<usize>,
}

/// What a person may do.
#[derive(Debug, Clone)]
enum Action {
    /// The person comes, `after` days after the last visit.
    Come {
        after: u64,
    },
    Love(usize),
    Unlove(usize),
    /// Asks for a lesson again, due this number of days after the last visit.
    AskBack(usize, u64),
    Retire(usize),
    Pause(usize),
    Resume(usize),
}

impl History {
    fn new(sizes: &[u128]) -> Self {
        let lessons = |(series, size): (u128, &u128)| {
            // Ids fall as numbers rise, so that a choice by id would differ from one by place.
            (0..*size).map(|number| id(1000 - 100 * series - number)).collect()
        };
        Self { series: (0..).zip(sizes).map(lessons).collect(), ..Self::default() }
    }

    fn lessons(&self) -> Vec<LessonId> {
        self.series.concat()
    }

    fn slug(series: usize) -> Slug {
        slug(&format!("s{series}"))
    }

    fn series_of(&self, lesson: LessonId) -> usize {
        self.series.iter().position(|series| series.contains(&lesson)).expect("on the shelf")
    }

    fn first(&self, lesson: LessonId) -> Option<Day> {
        self.servings.iter().find(|(_, served)| *served == lesson).map(|(day, _)| *day)
    }

    fn last(&self, lesson: LessonId) -> Option<Day> {
        self.servings.iter().rfind(|(_, served)| *served == lesson).map(|(day, _)| *day)
    }

    /// Neither retired nor in a paused series.
    fn may_come(&self, lesson: LessonId) -> bool {
        !self.retired.contains(&lesson) && !self.paused.contains(&self.series_of(lesson))
    }

    /// The lessons that may come and were never served, in shelf order.
    fn waiting(&self) -> Vec<LessonId> {
        let waits = |lesson: &LessonId| self.may_come(*lesson) && self.first(*lesson).is_none();
        self.lessons().into_iter().filter(waits).collect()
    }

    /// The day since which a lesson is due, unless it was served then or later.
    fn due(&self, lesson: LessonId) -> Option<Day> {
        let due = self.due.get(&lesson).copied()?;
        self.last(lesson).is_none_or(|last| last < due).then_some(due)
    }

    fn shelf(&self) -> Candidates {
        let series = self.series.iter().enumerate();
        let asked = |lesson: LessonId| {
            let series = Self::slug(self.series_of(lesson));
            let due = self.due(lesson).filter(|_| !self.retired.contains(&lesson));
            due.map(|due| AskedBack { lesson, series, due })
        };
        Candidates {
            series: series.map(|(index, lessons)| self.progress(index, lessons)).collect(),
            asked_back: self.lessons().into_iter().filter_map(asked).collect(),
            last_series: (self.servings.last())
                .map(|(_, lesson)| Self::slug(self.series_of(*lesson))),
        }
    }

    fn progress(&self, index: usize, lessons: &[LessonId]) -> SeriesProgress {
        let not_retired = || lessons.iter().copied().filter(|l| !self.retired.contains(l));
        let longest_unserved = |loved: bool| {
            not_retired()
                .filter(|lesson| self.loved.contains(lesson) == loved)
                .filter_map(|lesson| self.last(lesson).map(|last| LastServed { lesson, last }))
                .min_by_key(|served| served.last)
        };
        SeriesProgress {
            slug: Self::slug(index),
            paused: self.paused.contains(&index),
            next_unserved: not_retired().find(|lesson| self.first(*lesson).is_none()),
            last_first_served: lessons.iter().filter_map(|lesson| self.first(*lesson)).max(),
            last_served: lessons.iter().filter_map(|lesson| self.last(*lesson)).max(),
            longest_unserved: longest_unserved(false),
            longest_unserved_loved: longest_unserved(true),
        }
    }

    /// The lesson that the rules choose, found by going through all lessons.
    fn wanted(&self, today: Day, order: Order) -> Option<LessonId> {
        let is_due = |lesson: LessonId| self.due(lesson).is_some_and(|due| due <= today);
        let asked = self.lessons().into_iter().filter(|l| self.may_come(*l) && is_due(*l));
        if let Some(lesson) = asked.min_by_key(|lesson| self.due(*lesson)) {
            return Some(lesson);
        }
        let waiting = self.waiting();
        let newest = |series: usize, when: fn(&Self, LessonId) -> Option<Day>| {
            self.series[series].iter().filter_map(|lesson| when(self, *lesson)).max()
        };
        if !waiting.is_empty() {
            let mut series: Vec<usize> =
                waiting.iter().map(|lesson| self.series_of(*lesson)).collect();
            series.dedup();
            let last = self.servings.last().map(|(_, lesson)| self.series_of(*lesson));
            // Sorting keeps the shelf order of what is equal.
            match order {
                Order::Series => series.sort_by_key(|s| Reverse(newest(*s, Self::first))),
                Order::Mixed => {
                    series.sort_by_key(|series| newest(*series, Self::last));
                    if series.iter().any(|series| Some(*series) != last) {
                        series.retain(|series| Some(*series) != last);
                    }
                }
            }
            return waiting.into_iter().find(|lesson| self.series_of(*lesson) == series[0]);
        }
        let rest = |lesson: LessonId| {
            let last = self.last(lesson).expect("all were served");
            let days = today.days_since(last);
            (Reverse(if self.loved.contains(&lesson) { 2 * days } else { days }), last)
        };
        self.lessons().into_iter().filter(|l| self.may_come(*l)).min_by_key(|l| rest(*l))
    }

    /// The same history with other lessons.
    fn renamed(&self) -> Self {
        let all = |lessons: &Vec<LessonId>| lessons.iter().copied().map(renamed).collect();
        Self {
            series: self.series.iter().map(all).collect(),
            servings: self.servings.iter().map(|(day, lesson)| (*day, renamed(*lesson))).collect(),
            loved: self.loved.iter().copied().map(renamed).collect(),
            due: self.due.iter().map(|(lesson, due)| (renamed(*lesson), *due)).collect(),
            retired: self.retired.iter().copied().map(renamed).collect(),
            paused: self.paused.clone(),
        }
    }

    fn act(&mut self, action: &Action, today: Day) {
        let lessons = self.lessons();
        let lesson = |index: usize| lessons[index % lessons.len()];
        match *action {
            Action::Come { .. } => {}
            Action::Love(index) => _ = self.loved.insert(lesson(index)),
            Action::Unlove(index) => _ = self.loved.remove(&lesson(index)),
            Action::AskBack(index, days) => {
                let due = today.plus_days(days).expect("within the years");
                self.due.insert(lesson(index), due);
                self.retired.remove(&lesson(index));
            }
            Action::Retire(index) => {
                self.due.remove(&lesson(index));
                self.retired.insert(lesson(index));
            }
            Action::Pause(index) => _ = self.paused.insert(index % self.series.len()),
            Action::Resume(index) => _ = self.paused.remove(&(index % self.series.len())),
        }
    }
}

fn renamed(lesson: LessonId) -> LessonId {
    id(u128::MAX - lesson.0.as_u128())
}

/// One visit of the person: the history before it, and the choice.
#[derive(Debug)]
struct Visit {
    before: History,
    today: Day,
    choice: Option<Choice>,
}

impl Visit {
    fn asked_back(&self) -> bool {
        matches!(self.choice, Some(Choice { reason: Reason::AskedBack { .. }, .. }))
    }

    fn comes_round(&self) -> bool {
        let reason = self.choice.map(|choice| choice.reason);
        matches!(reason, Some(Reason::Round { .. } | Reason::LovedRound { .. }))
    }
}

/// Does the actions and serves what the plan chooses.
fn visits(sizes: &[u128], actions: &[Action], order: Order) -> Vec<Visit> {
    let mut history = History::new(sizes);
    let mut today = day("2026-01-01");
    let mut visits = Vec::new();
    for action in actions {
        history.act(action, today);
        let Action::Come { after } = action else { continue };
        today = today.plus_days(*after).expect("within the years");
        let choice = next(&history.shelf(), today, order);
        visits.push(Visit { before: history.clone(), today, choice });
        history.servings.extend(choice.map(|choice| (today, choice.lesson)));
    }
    visits
}

fn any_sizes() -> impl Strategy<Value = Vec<u128>> {
    prop::collection::vec(1..5u128, 1..5)
}

fn any_order() -> impl Strategy<Value = Order> {
    prop_oneof![Just(Order::Series), Just(Order::Mixed)]
}

fn any_actions() -> impl Strategy<Value = Vec<Action>> {
    let action = prop_oneof![
        12 => (1..4u64).prop_map(|after| Action::Come { after }),
        1 => any::<usize>().prop_map(Action::Love),
        1 => any::<usize>().prop_map(Action::Unlove),
        2 => (any::<usize>(), 0..20u64).prop_map(|(lesson, days)| Action::AskBack(lesson, days)),
        1 => any::<usize>().prop_map(Action::Retire),
        1 => any::<usize>().prop_map(Action::Pause),
        2 => any::<usize>().prop_map(Action::Resume),
    ];
    prop::collection::vec(action, 0..50)
}

/// Visits only, with nothing asked for.
fn any_gaps() -> impl Strategy<Value = Vec<u64>> {
    prop::collection::vec(1..40u64, 1..30)
}

fn coming(gaps: &[u64]) -> Vec<Action> {
    gaps.iter().map(|after| Action::Come { after: *after }).collect()
}

proptest! {
    #[test]
    fn every_choice_is_the_one_the_design_asks_for(
        sizes in any_sizes(), actions in any_actions(), order in any_order(),
    ) {
        for visit in visits(&sizes, &actions, order) {
            let wanted = visit.before.wanted(visit.today, order);
            prop_assert_eq!(visit.choice.map(|choice| choice.lesson), wanted, "{:?}", visit);
        }
    }

    #[test]
    fn no_lesson_comes_twice_while_one_waits_unless_it_was_asked_back(
        sizes in any_sizes(), actions in any_actions(), order in any_order(),
    ) {
        for visit in visits(&sizes, &actions, order) {
            let Some(choice) = visit.choice else { continue };
            let again = visit.before.first(choice.lesson).is_some();
            let waiting = visit.before.waiting();
            prop_assert!(!again || waiting.is_empty() || visit.asked_back(), "{:?}", visit);
            prop_assert_eq!(visit.comes_round(), again && !visit.asked_back(), "{:?}", visit);
        }
    }

    #[test]
    fn the_same_history_gives_the_same_choice(
        sizes in any_sizes(), actions in any_actions(), order in any_order(),
    ) {
        for visit in visits(&sizes, &actions, order) {
            let again = next(&visit.before.shelf(), visit.today, order);
            prop_assert_eq!(again, visit.choice, "{:?}", visit);
            // Other lessons in the same places, whose ids sort the other way round.
            let other = next(&visit.before.renamed().shelf(), visit.today, order);
            let renamed = |choice: Choice| Choice { lesson: renamed(choice.lesson), ..choice };
            prop_assert_eq!(other, visit.choice.map(renamed), "{:?}", visit);
        }
    }

    #[test]
    fn what_is_paused_or_retired_never_comes(
        sizes in any_sizes(), actions in any_actions(), order in any_order(),
    ) {
        for visit in visits(&sizes, &actions, order) {
            let Some(choice) = visit.choice else { continue };
            prop_assert!(visit.before.may_come(choice.lesson), "{:?}", visit);
        }
    }

    #[test]
    fn no_lesson_is_chosen_only_if_every_one_is_paused_or_retired(
        sizes in any_sizes(), actions in any_actions(), order in any_order(),
    ) {
        for visit in visits(&sizes, &actions, order) {
            let lessons = visit.before.lessons();
            let left = lessons.into_iter().any(|lesson| visit.before.may_come(lesson));
            prop_assert_eq!(visit.choice.is_some(), left, "{:?}", visit);
        }
    }

    #[test]
    fn mixed_never_stays_with_a_series_while_another_waits(
        sizes in any_sizes(), actions in any_actions(),
    ) {
        for visit in visits(&sizes, &actions, Order::Mixed) {
            let Some(choice) = visit.choice.filter(|_| !visit.asked_back()) else { continue };
            let Some((_, last)) = visit.before.servings.last() else { continue };
            let series = visit.before.series_of(*last);
            let another = (visit.before.waiting().into_iter())
                .any(|lesson| visit.before.series_of(lesson) != series);
            let stays = visit.before.series_of(choice.lesson) == series;
            prop_assert!(!(stays && another), "{:?}", visit);
        }
    }

    #[test]
    fn a_lesson_asked_back_comes_as_soon_as_it_is_due_and_the_longest_due_first(
        sizes in any_sizes(), actions in any_actions(), order in any_order(),
    ) {
        for visit in visits(&sizes, &actions, order) {
            let lessons = visit.before.lessons().into_iter();
            let longest = lessons
                .filter(|lesson| visit.before.may_come(*lesson))
                .filter_map(|lesson| visit.before.due(lesson))
                .filter(|due| *due <= visit.today)
                .min();
            let due = match visit.choice.map(|choice| choice.reason) {
                Some(Reason::AskedBack { due }) => Some(due),
                _ => None,
            };
            prop_assert_eq!(due, longest, "{:?}", visit);
        }
    }

    #[test]
    fn missed_days_cost_no_lesson(
        sizes in any_sizes(), gaps in any_gaps(), order in any_order(),
    ) {
        let lessons = |gaps: &[u64]| -> Vec<Option<LessonId>> {
            let visits = visits(&sizes, &coming(gaps), order);
            visits.iter().map(|visit| visit.choice.map(|choice| choice.lesson)).collect()
        };
        prop_assert_eq!(lessons(&gaps), lessons(&vec![1; gaps.len()]));
    }

    #[test]
    fn left_alone_the_plan_goes_through_the_shelf_and_round_again(
        sizes in any_sizes(), gaps in any_gaps(),
    ) {
        let shelf = History::new(&sizes).lessons();
        let visits = visits(&sizes, &coming(&gaps), Order::Series);
        for (visit, lesson) in visits.iter().zip(shelf.into_iter().cycle()) {
            prop_assert_eq!(visit.choice.map(|choice| choice.lesson), Some(lesson));
        }
    }

    #[test]
    fn a_loved_lesson_comes_round_more_often_but_no_more_than_twice_as_often(
        sizes in prop::collection::vec(2..5u128, 2..5), loved: usize,
    ) {
        let lessons = History::new(&sizes).lessons();
        let mut actions = vec![Action::Love(loved)];
        actions.extend(coming(&vec![1; lessons.len() * 8]));
        let visits = visits(&sizes, &actions, Order::Series);
        let times = |wanted: LessonId| {
            let served = visits.iter().skip(lessons.len()).filter_map(|visit| visit.choice);
            served.filter(|choice| choice.lesson == wanted).count()
        };
        let loved = lessons[loved % lessons.len()];
        for other in lessons.iter().copied().filter(|lesson| *lesson != loved) {
            let (often, seldom) = (times(loved), times(other));
            prop_assert!(often > seldom && often <= 2 * (seldom + 1), "{often} to {seldom}");
        }
    }
}
