//! The state of a day from its facts: texts and their revisions, steps and their answers, and two
//! devices that are merged. No text may go missing in a merge.

use std::collections::BTreeSet;

use proptest::prelude::*;
use uuid::Uuid;

use super::*;
use crate::journal::entry::fact::Subject;
use crate::journal::lesson::plan::Reason;
use crate::journal::testing::{day, fact};

const DAY: &str = "2026-11-22";
const DAY_AFTER: &str = "2026-11-23";

/// A moment on the 22nd, this number of minutes after seven.
fn at(minutes: u64) -> Moment {
    let seven: Moment = "2026-11-22T07:00:00+01:00".parse().expect("a moment");
    seven + std::time::Duration::from_secs(60 * minutes)
}

fn wrote(number: u64, parents: &[u64], text: &str) -> Fact {
    wrote_on(number, parents, text, DAY)
}

fn wrote_on(number: u64, parents: &[u64], text: &str, on: &str) -> Fact {
    fact(number, parents, Event::Wrote { day: day(DAY), text: text.to_owned(), on: day(on) })
}

fn deleted(number: u64, parents: &[u64]) -> Fact {
    fact(number, parents, Event::Deleted { day: day(DAY) })
}

fn stepped(number: u64, parents: &[u64], text: &str) -> Fact {
    fact(number, parents, Event::Stepped { day: day(DAY), text: text.to_owned(), when: None })
}

fn answered(number: u64, parents: &[u64], state: StepState, on: &str) -> Fact {
    let event = Event::Answered { day: day(DAY), state, on: day(on), outcome: None };
    fact(number, parents, event)
}

fn served(number: u64, lesson: u128, at: Moment) -> Fact {
    let lesson = LessonId(Uuid::from_u128(lesson));
    let event = Event::Served { day: day(DAY), lesson, reason: Reason::NextSeries };
    Fact { at, ..fact(number, &[], event) }
}

fn reflection_of(facts: &[Fact]) -> Reflection {
    from_facts(facts).and_then(|state| state.reflection).expect("a reflection")
}

fn step_of(facts: &[Fact]) -> Step {
    from_facts(facts).and_then(|state| state.step).expect("a step")
}

fn text_of(facts: &[Fact]) -> Option<String> {
    from_facts(facts).and_then(|state| state.reflection).map(|reflection| reflection.text)
}

fn numbers(heads: &[FactId]) -> Vec<u128> {
    heads.iter().map(|id| id.0.as_u128()).collect()
}

fn states(facts: &[(Fact, bool)]) -> Vec<(String, RevisionState)> {
    revisions(facts).into_iter().map(|revision| (revision.text, revision.state)).collect()
}

#[test]
fn no_facts_are_nothing_to_show() {
    assert_eq!(from_facts(&[]), None);
    assert_eq!(from_facts(&[wrote(1, &[], "a"), deleted(2, &[1])]), None);
    assert!(text_heads(&[]).is_empty() && step_heads(&[]).is_empty());
}

#[test]
fn a_serving_alone_is_an_entry_without_words() {
    let state = from_facts(&[served(1, 7, at(2))]).expect("an entry");
    let lesson = LessonId(Uuid::from_u128(7));
    let serving = Serving { lesson, at: at(2), reason: Reason::NextSeries };
    assert_eq!(state.serving, Some(serving));
    assert_eq!((state.reflection, state.step), (None, None));
}

#[test]
fn the_first_words_are_the_first_revision() {
    let words = reflection_of(&[served(1, 7, at(0)), wrote(2, &[], "one\n two ")]);
    let wanted = Reflection {
        text: "one\n two ".to_owned(),
        words: 2,
        written_at: at(2),
        revised_at: at(2),
        revisions: 1,
        late: false,
    };
    assert_eq!(words, wanted);
}

#[test]
fn a_text_takes_the_place_of_the_one_it_names() {
    let facts = [wrote(1, &[], "one"), wrote(2, &[1], "one\n\ntwo"), wrote(3, &[2], "three")];
    for (count, text) in [(1, "one"), (2, "one\n\ntwo"), (3, "three")] {
        let words = reflection_of(&facts[..count]);
        assert_eq!(words.text, text);
        assert_eq!(usize::try_from(words.revisions), Ok(count));
        assert_eq!((words.written_at, words.revised_at), (at(1), at(count as u64)));
        assert_eq!(numbers(&text_heads(&facts[..count])), [count as u128]);
    }
}

#[test]
fn words_are_late_if_the_first_of_them_came_on_a_later_day() {
    let late = |first, second| {
        let facts = [wrote_on(1, &[], "one", first), wrote_on(2, &[1], "two", second)];
        reflection_of(&facts).late
    };
    assert!(!late(DAY, DAY));
    assert!(!late(DAY, DAY_AFTER), "revised later, but written in time");
    assert!(late(DAY_AFTER, DAY_AFTER));
    assert!(!late("2026-11-21", DAY), "a clock that went back makes nobody late");
}

#[test]
fn a_text_after_a_deletion_is_a_first_revision_again() {
    let mut facts = vec![wrote(1, &[], "one"), wrote(2, &[1], "two"), deleted(3, &[2])];
    assert_eq!(from_facts(&facts), None);
    assert_eq!(numbers(&text_heads(&facts)), [3]);
    facts.push(wrote_on(4, &[3], "new", DAY_AFTER));
    let words = reflection_of(&facts);
    assert_eq!((words.text.as_str(), words.revisions, words.late), ("new", 1, true));
    assert_eq!((words.written_at, words.revised_at), (at(4), at(4)));
    facts.push(wrote(5, &[4], "newer"));
    assert_eq!(reflection_of(&facts).revisions, 2);
}

#[test]
fn two_texts_of_two_devices_are_both_shown_until_one_names_both() {
    let mut facts = vec![wrote(1, &[], "one"), wrote(2, &[1], "left"), wrote(3, &[1], "right")];
    let words = reflection_of(&facts);
    assert_eq!((words.text.as_str(), words.revisions), ("left\n\nright", 3));
    assert_eq!((words.written_at, words.revised_at), (at(1), at(3)));
    assert_eq!(numbers(&text_heads(&facts)), [2, 3]);
    facts.push(wrote(4, &[2, 3], "both"));
    assert_eq!((text_of(&facts).as_deref(), reflection_of(&facts).revisions), (Some("both"), 4));
    assert_eq!(numbers(&text_heads(&facts)), [4]);
}

#[test]
fn a_text_that_names_one_of_two_leaves_the_other_shown() {
    let facts = [wrote(1, &[], "left"), wrote(2, &[], "right"), wrote(3, &[1], "LEFT")];
    assert_eq!(text_of(&facts).as_deref(), Some("right\n\nLEFT"));
    assert_eq!(numbers(&text_heads(&facts)), [2, 3]);
}

#[test]
fn a_deletion_hides_no_words_that_were_added_at_the_same_time() {
    let mut facts = vec![wrote(1, &[], "one"), deleted(2, &[1]), wrote(3, &[1], "one\n\nmore")];
    let words = reflection_of(&facts);
    assert_eq!((words.text.as_str(), words.revisions), ("one\n\nmore", 2));
    assert_eq!(numbers(&text_heads(&facts)), [2, 3]);
    facts.push(deleted(4, &[2, 3]));
    assert_eq!(from_facts(&facts), None);
}

#[test]
fn a_deletion_of_one_of_two_texts_leaves_the_other() {
    let facts = [wrote(1, &[], "left"), deleted(2, &[1]), wrote(3, &[], "right")];
    assert_eq!(text_of(&facts).as_deref(), Some("right"));
}

#[test]
fn undoing_a_text_or_a_deletion_brings_back_the_text_before_it() {
    let first = wrote(1, &[], "one");
    assert_eq!(text_of(&[first.clone(), wrote(2, &[1], "two")]).as_deref(), Some("two"));
    // Both the text and a deletion stand alone again once what named the text is gone.
    assert_eq!(text_of(std::slice::from_ref(&first)).as_deref(), Some("one"));
    assert_eq!(numbers(&text_heads(&[first])), [1]);
}

#[test]
fn a_step_is_open_until_it_is_answered() {
    let mut facts = vec![wrote(1, &[], "one"), stepped(2, &[], "call Anna")];
    let step = |state, closed_on: Option<&str>| Step {
        text: "call Anna".to_owned(),
        when: None,
        state,
        closed_on: closed_on.map(day),
        outcome: None,
    };
    assert_eq!(step_of(&facts), step(StepState::Open, None));
    facts.push(answered(3, &[2], StepState::Partly, DAY));
    assert_eq!(step_of(&facts), step(StepState::Partly, Some(DAY)));
    facts.push(answered(4, &[2], StepState::Done, DAY_AFTER));
    assert_eq!(step_of(&facts), step(StepState::Done, Some(DAY_AFTER)));
    facts.push(answered(5, &[2], StepState::Open, DAY_AFTER));
    assert_eq!(step_of(&facts), step(StepState::Open, None), "reopened");
    facts.push(answered(6, &[2], StepState::Dropped, DAY_AFTER));
    assert_eq!(step_of(&facts), step(StepState::Dropped, Some(DAY_AFTER)));
    assert_eq!(numbers(&step_heads(&facts)), [2], "an answer does not take the step's place");
    assert_eq!(numbers(&text_heads(&facts)), [1], "a step is no text");
}

#[test]
fn a_step_has_its_moment_and_a_closed_one_what_came_of_it() {
    let step = |number, text: &str, when: &str| {
        let when = Some(when.to_owned());
        fact(number, &[], Event::Stepped { day: day(DAY), text: text.to_owned(), when })
    };
    let answered = |number, parents: &[u64], state, outcome: &str| {
        let outcome = Some(outcome.to_owned());
        fact(number, parents, Event::Answered { day: day(DAY), state, on: day(DAY), outcome })
    };
    let mut facts = vec![step(1, "call Anna", "tonight")];
    facts.push(answered(2, &[1], StepState::Done, "she laughed"));
    let closed = step_of(&facts);
    assert_eq!(closed.when.as_deref(), Some("tonight"));
    assert_eq!(closed.outcome.as_deref(), Some("she laughed"));
    facts.push(answered(3, &[1], StepState::Open, "not at home"));
    assert_eq!(step_of(&facts).outcome, None, "an open step came to nothing yet");
    // Two devices each named a step.
    let both = step_of(&[step(1, "call Anna", "tonight"), step(2, "run", "at six")]);
    assert_eq!(
        (both.text.as_str(), both.when.as_deref()),
        ("call Anna; run", Some("tonight; at six"))
    );
}

#[test]
fn an_entry_is_quiet_until_it_may_come_back_or_is_deleted() {
    let quiet = |number, quiet| fact(number, &[], Event::Quieted { day: day(DAY), quiet });
    let is_quiet = |facts: &[Fact]| from_facts(facts).is_some_and(|state| state.quiet);
    let mut facts = vec![wrote(1, &[], "one"), quiet(2, true)];
    assert!(is_quiet(&facts));
    facts.push(quiet(3, false));
    assert!(!is_quiet(&facts));
    facts.extend([quiet(4, true), deleted(5, &[1]), wrote(6, &[5], "two")]);
    assert!(!is_quiet(&facts), "other words");
    assert_eq!(from_facts(&[quiet(1, true)]), None, "it makes no entry");
}

#[test]
fn a_step_that_takes_the_place_of_an_answered_one_is_open() {
    let mut facts = vec![
        stepped(1, &[], "call Anna"),
        answered(2, &[1], StepState::Done, DAY),
        stepped(3, &[1], "write to Anna"),
    ];
    let step = step_of(&facts);
    assert_eq!((step.text.as_str(), step.state), ("write to Anna", StepState::Open));
    facts.push(answered(4, &[1], StepState::Dropped, DAY));
    assert_eq!(step_of(&facts).state, StepState::Open, "an answer to the old one");
    facts.push(answered(5, &[3], StepState::Done, DAY));
    assert_eq!(step_of(&facts).state, StepState::Done);
    assert_eq!(numbers(&step_heads(&facts)), [3]);
}

#[test]
fn a_deletion_removes_the_words_and_the_step() {
    let facts = [
        served(1, 7, at(0)),
        wrote(2, &[], "one"),
        stepped(3, &[], "call Anna"),
        deleted(4, &[2, 3]),
    ];
    let state = from_facts(&facts).expect("the serving stays");
    assert_eq!((state.reflection, state.step), (None, None));
    let mut facts = facts.to_vec();
    facts.push(stepped(5, &[4], "call Anna after all"));
    assert_eq!(step_of(&facts).text, "call Anna after all");
    assert_eq!(text_of(&facts), None);
    assert_eq!(numbers(&text_heads(&facts)), [4]);
}

#[test]
fn a_step_alone_is_an_entry_and_an_answer_to_none_is_not() {
    assert_eq!(step_of(&[stepped(1, &[], "call Anna")]).text, "call Anna");
    assert_eq!(from_facts(&[answered(1, &[], StepState::Done, DAY)]), None);
    let facts = [stepped(1, &[], "a"), deleted(2, &[1]), answered(3, &[2], StepState::Done, DAY)];
    assert_eq!(from_facts(&facts), None);
}

#[test]
fn two_steps_of_two_devices_are_both_shown() {
    let mut facts = vec![stepped(1, &[], "call Anna"), stepped(2, &[], "run")];
    assert_eq!(step_of(&facts).text, "call Anna; run");
    assert_eq!(numbers(&step_heads(&facts)), [1, 2]);
    facts.push(answered(3, &[1, 2], StepState::Done, DAY));
    assert_eq!(step_of(&facts).state, StepState::Done);
    facts.push(stepped(4, &[1, 2], "sleep"));
    let step = step_of(&facts);
    assert_eq!((step.text.as_str(), step.state), ("sleep", StepState::Open));
}

#[test]
fn an_answer_to_one_of_two_steps_does_not_close_the_other() {
    for (first, second) in [(1, 2), (2, 1)] {
        let mut facts = vec![stepped(1, &[], "call Anna"), stepped(2, &[], "run")];
        facts.push(answered(3, &[first], StepState::Done, DAY));
        let step = step_of(&facts);
        assert_eq!((step.text.as_str(), step.state), ("call Anna; run", StepState::Open));
        assert_eq!(step.closed_on, None);
        facts.push(answered(4, &[second], StepState::Partly, DAY_AFTER));
        let step = step_of(&facts);
        assert_eq!((step.state, step.closed_on), (StepState::Partly, Some(day(DAY_AFTER))));
        facts.push(answered(5, &[first], StepState::Open, DAY_AFTER));
        assert_eq!(step_of(&facts).state, StepState::Open, "one of the two is open again");
    }
}

#[test]
fn of_two_servings_of_one_day_the_earlier_instant_counts() {
    // The instants count, not the order of the facts and not the local times.
    let early: Moment = "2026-11-22T23:30:00+13:00".parse().expect("a moment");
    let late: Moment = "2026-11-22T07:00:00-10:00".parse().expect("a moment");
    for (first, second) in [(early, late), (late, early)] {
        let state = from_facts(&[served(1, 7, first), served(2, 8, second)]).expect("an entry");
        let wanted = if first == early { 7 } else { 8 };
        assert_eq!(state.serving.map(|serving| serving.lesson.0.as_u128()), Some(wanted));
    }
    let state = from_facts(&[served(1, 7, early), served(2, 8, early)]).expect("an entry");
    assert_eq!(state.serving.map(|serving| serving.lesson.0.as_u128()), Some(7), "by id");
}

#[test]
fn an_unknown_fact_changes_nothing() {
    let known = [wrote(1, &[], "one"), stepped(2, &[], "call Anna")];
    let subject = Subject::Day(day(DAY));
    let unknown = Event::Unknown { kind: "mooded".to_owned(), subject };
    let mut facts = known.to_vec();
    facts.push(fact(3, &[1, 2], unknown));
    assert_eq!(from_facts(&facts), from_facts(&known));
    assert_eq!(numbers(&text_heads(&facts)), [1]);
    assert_eq!(numbers(&step_heads(&facts)), [2]);
}

#[test]
fn every_revision_is_kept_with_its_state() {
    let facts = [
        (wrote(1, &[], "one"), false),
        (wrote(2, &[1], "two"), false),
        (deleted(3, &[2]), false),
        (wrote(4, &[3], "three"), true),
        (wrote(5, &[3], "four"), false),
        (wrote(6, &[5], "five"), false),
    ];
    let wanted = [
        ("one", RevisionState::Revised),
        ("two", RevisionState::Deleted),
        ("three", RevisionState::Undone),
        ("four", RevisionState::Revised),
        ("five", RevisionState::Current),
    ];
    assert_eq!(states(&facts), wanted.map(|(text, state)| (text.to_owned(), state)));
    let moments: Vec<Moment> = revisions(&facts).iter().map(|r| r.written_at).collect();
    assert_eq!(moments, [at(1), at(2), at(4), at(5), at(6)]);
}

#[test]
fn a_revision_knows_the_words_it_was_made_from_and_not_those_listed_before_it() {
    let facts = [
        (wrote(1, &[], "one"), false),
        (wrote(2, &[1], "two"), true),
        (wrote(3, &[1], "three"), false),
        (wrote(4, &[1], "four"), false),
        (wrote(5, &[3, 4], "five"), false),
        (deleted(6, &[5]), false),
        (wrote(7, &[6], "six"), false),
    ];
    let before: Vec<_> = revisions(&facts).into_iter().map(|revision| revision.before).collect();
    let wanted = [None, Some("one"), Some("one"), Some("one"), Some("three\n\nfour"), None]
        .map(|text| text.map(str::to_owned));
    assert_eq!(before, wanted);
}

#[test]
fn after_an_undone_deletion_the_text_is_current() {
    let mut facts = vec![(wrote(1, &[], "one"), false), (deleted(2, &[1]), true)];
    assert_eq!(states(&facts), [("one".to_owned(), RevisionState::Current)]);
    facts[1].1 = false;
    assert_eq!(states(&facts), [("one".to_owned(), RevisionState::Deleted)]);
}

#[test]
fn two_texts_of_two_devices_are_both_current() {
    let facts =
        [(wrote(1, &[], "one"), false), (wrote(2, &[1], "a"), false), (wrote(3, &[1], "b"), false)];
    let wanted = [
        ("one", RevisionState::Revised),
        ("a", RevisionState::Current),
        ("b", RevisionState::Current),
    ];
    assert_eq!(states(&facts), wanted.map(|(text, state)| (text.to_owned(), state)));
}

/// What a person may do on one of two devices.
#[derive(Debug, Clone)]
enum Action {
    /// Writes below what is there.
    Add,
    /// Opens the words in an editor, and keeps those whose bit is set.
    Edit {
        keep: u8,
    },
    Delete,
    Step,
    Answer(StepState),
    /// Fetches the facts of the other device.
    Fetch,
}

/// A device, with the facts it knows, in order.
#[derive(Debug, Clone, Default)]
struct Device {
    facts: Vec<Fact>,
}

/// What was removed on purpose: the fact, and the words and steps that it removed.
type Removals = Vec<(FactId, BTreeSet<String>)>;

impl Device {
    fn record(&mut self, id: u128, parents: Vec<FactId>, event: Event) -> FactId {
        let id = FactId(Uuid::from_u128(id));
        let clock = self.facts.iter().map(|fact| fact.clock).max().unwrap_or_default() + 1;
        self.facts.push(Fact { id, change: id, parents, ..fact(clock, &[], event) });
        id
    }

    fn words(&self) -> BTreeSet<String> {
        text_of(&self.facts).iter().flat_map(|t| t.split_whitespace()).map(str::to_owned).collect()
    }

    fn step(&self) -> Option<Step> {
        from_facts(&self.facts).and_then(|state| state.step)
    }

    fn steps(&self) -> BTreeSet<String> {
        self.step().iter().flat_map(|step| step.text.split("; ")).map(str::to_owned).collect()
    }

    fn knows(&self, id: FactId) -> bool {
        self.facts.iter().any(|fact| fact.id == id)
    }

    /// Adds the facts of the other device.
    fn fetch(&mut self, other: &Self) {
        let new: Vec<Fact> =
            other.facts.iter().filter(|fact| !self.knows(fact.id)).cloned().collect();
        self.facts.extend(new);
        self.facts.sort_by_key(|fact| (fact.clock, fact.id));
    }

    fn act(&mut self, action: &Action, id: u128, removals: &mut Removals) {
        let (words, steps) = (self.words(), self.steps());
        let (texts, heads) = (text_heads(&self.facts), step_heads(&self.facts));
        let before = text_of(&self.facts);
        let word = format!("w{}", id % 1000);
        let wrote = |text: String| Event::Wrote { day: day(DAY), text, on: day(DAY) };
        match *action {
            Action::Add => {
                let text = before.map_or(word.clone(), |before| reflection::below(&before, &word));
                self.record(id, texts, wrote(text));
            }
            Action::Edit { keep } => {
                let (kept, gone): (Vec<_>, Vec<_>) = words
                    .into_iter()
                    .zip((0..8).cycle())
                    .partition(|(_, bit)| keep >> bit & 1 == 1);
                let mut text: Vec<String> = kept.into_iter().map(|(word, _)| word).collect();
                text.push(word);
                let fact = self.record(id, texts, wrote(text.join(" ")));
                removals.push((fact, gone.into_iter().map(|(word, _)| word).collect()));
            }
            Action::Delete => {
                let parents = texts.into_iter().chain(heads).collect();
                let fact = self.record(id, parents, Event::Deleted { day: day(DAY) });
                removals.push((fact, words.into_iter().chain(steps).collect()));
            }
            Action::Step => {
                let text = format!("s{}", id % 1000);
                let event = Event::Stepped { day: day(DAY), text, when: None };
                let fact = self.record(id, heads, event);
                removals.push((fact, steps));
            }
            Action::Answer(state) => {
                let on = day(DAY_AFTER);
                let event = Event::Answered { day: day(DAY), state, on, outcome: None };
                self.record(id, heads, event);
            }
            Action::Fetch => {}
        }
    }
}

/// Lets two devices do their actions, each on what it knows. The ids of facts with the same clock
/// are in any order.
fn act_on_two_devices(actions: &[(bool, u16, Action)]) -> ([Device; 2], Removals) {
    let mut devices = [Device::default(), Device::default()];
    let mut removals = Removals::new();
    for (name, (second, salt, action)) in (0u128..).zip(actions) {
        let id = u128::from(*salt) * 1000 + name;
        let [one, two] = &mut devices;
        let (device, other) = if *second { (two, one) } else { (one, two) };
        if matches!(action, Action::Fetch) {
            device.fetch(other);
        }
        device.act(action, id, &mut removals);
    }
    (devices, removals)
}

fn any_actions() -> impl Strategy<Value = Vec<(bool, u16, Action)>> {
    let state = prop_oneof![Just(StepState::Open), Just(StepState::Done), Just(StepState::Partly)];
    let action = prop_oneof![
        4 => Just(Action::Add),
        3 => any::<u8>().prop_map(|keep| Action::Edit { keep }),
        1 => Just(Action::Delete),
        2 => Just(Action::Step),
        2 => state.prop_map(Action::Answer),
        3 => Just(Action::Fetch),
    ];
    prop::collection::vec((any::<bool>(), any::<u16>(), action), 0..24)
}

fn merged(one: &Device, two: &Device) -> Device {
    let mut both = one.clone();
    both.fetch(two);
    both
}

proptest! {
    #[test]
    fn a_merge_loses_no_word_that_was_not_removed(actions in any_actions()) {
        let ([one, two], removals) = act_on_two_devices(&actions);
        let both = merged(&one, &two);
        for (device, other) in [(&one, &two), (&two, &one)] {
            let shown: BTreeSet<String> = &both.words() | &both.steps();
            for words in (&device.words() | &device.steps()).difference(&shown) {
                let knowingly = removals.iter().any(|(fact, gone)| {
                    gone.contains(words) && other.knows(*fact) && !device.knows(*fact)
                });
                prop_assert!(knowingly, "{words} is gone from {:?}", both.facts);
            }
        }
    }

    #[test]
    fn what_was_removed_on_both_devices_stays_removed(actions in any_actions()) {
        let ([one, two], _) = act_on_two_devices(&actions);
        let either = &(&one.words() | &two.words()) | &(&one.steps() | &two.steps());
        let both = merged(&one, &two);
        prop_assert!((&both.words() | &both.steps()).is_subset(&either));
    }

    #[test]
    fn a_step_is_closed_if_each_one_shown_was_answered_by_somebody_who_saw_it(actions in any_actions()) {
        let ([one, two], _) = act_on_two_devices(&actions);
        let both = merged(&one, &two);
        let Some(step) = both.step() else { return Ok(()) };
        let was_closed = |id: FactId| {
            let mut answers = both.facts.iter().rev().filter(|fact| fact.parents.contains(&id));
            let last = answers.find_map(answer);
            last.is_some_and(|(_, answer)| answer.state.is_closed())
        };
        let all_closed = (both.facts.iter())
            .filter(|fact| matches!(fact.event, Event::Stepped { .. }))
            .filter(|fact| step_heads(&both.facts).contains(&fact.id))
            .all(|fact| was_closed(fact.id));
        prop_assert_eq!(step.state != StepState::Open, all_closed, "{:?}", both.facts);
    }

    #[test]
    fn the_order_of_merges_does_not_matter(
        actions in any_actions(),
        pieces in prop::collection::vec(any::<u64>(), 1..5).prop_shuffle(),
    ) {
        let ([one, two], _) = act_on_two_devices(&actions);
        let whole = merged(&one, &two);
        prop_assert_eq!(&from_facts(&merged(&two, &one).facts), &from_facts(&whole.facts));
        // Parts that share some facts and lack others, merged one by one.
        let part = |bits: u64| Device {
            facts: (whole.facts.iter().zip((0..64).cycle()))
                .filter(|(_, bit)| bits >> bit & 1 == 1)
                .map(|(fact, _)| fact.clone())
                .collect(),
        };
        let rest = pieces.iter().fold(u64::MAX, |rest, bits| rest & !bits);
        let parts: Vec<Device> = pieces.iter().chain([&rest]).map(|bits| part(*bits)).collect();
        let forwards = parts.iter().fold(Device::default(), |all, part| merged(&all, part));
        let backwards = parts.iter().rev().fold(Device::default(), |all, part| merged(&all, part));
        prop_assert_eq!(&forwards.facts, &whole.facts);
        prop_assert_eq!(from_facts(&backwards.facts), from_facts(&whole.facts));
        prop_assert_eq!(text_heads(&backwards.facts), text_heads(&whole.facts));
        prop_assert_eq!(step_heads(&backwards.facts), step_heads(&whole.facts));
    }

    #[test]
    fn on_one_device_the_words_shown_are_those_of_the_last_save(actions in any_actions()) {
        let alone: Vec<_> = actions.into_iter().map(|(_, salt, action)| (false, salt, action)).collect();
        let ([device, _], _) = act_on_two_devices(&alone);
        let last = device.facts.iter().rev().find_map(|fact| match &fact.event {
            Event::Wrote { text, .. } => Some(Some(text.clone())),
            Event::Deleted { .. } => Some(None),
            _ => None,
        });
        prop_assert_eq!(text_of(&device.facts), last.flatten());
        prop_assert!(text_heads(&device.facts).len() <= 1);
    }

    #[test]
    fn every_revision_has_a_state_and_the_current_ones_are_shown(actions in any_actions()) {
        let ([one, two], _) = act_on_two_devices(&actions);
        let facts = merged(&one, &two).facts;
        let listed = revisions(&facts.iter().map(|f| (f.clone(), false)).collect::<Vec<_>>());
        let written = facts.iter().filter(|f| matches!(f.event, Event::Wrote { .. })).count();
        prop_assert_eq!(listed.len(), written);
        let current: Vec<&str> = (listed.iter())
            .filter(|revision| revision.state == RevisionState::Current)
            .map(|revision| revision.text.as_str())
            .collect();
        prop_assert_eq!(text_of(&facts).unwrap_or_default(), current.join("\n\n"));
        let counted = from_facts(&facts).and_then(|state| state.reflection).map_or(0, |r| r.revisions);
        prop_assert!(counted as usize <= written && counted as usize >= current.len());
    }
}
