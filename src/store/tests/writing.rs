//! Texts, steps and answers: what is saved, and what is refused.

use super::*;
use crate::journal::entry::reflection::LARGEST;
use crate::journal::lesson::slug::TagKey;

#[test]
fn more_words_for_a_day_go_below_the_others() {
    let mut journal = Journal::new();
    let day = journal.now.day;
    assert!(!journal.write(day, "one\n").below);
    let written = journal.write(day, "  two");
    assert!(written.below);
    let reflection = written.entry.reflection.expect("words");
    assert_eq!(reflection.text, "one\n\n\n  two");
    assert_eq!(reflection.revisions, 2);
    assert!(written.entry.lesson.is_some());
}

#[test]
fn a_past_day_without_a_serving_is_written_about_without_a_lesson() {
    let mut journal = Journal::new();
    journal.serve();
    let missed: Day = "2026-11-03".parse().expect("a day");
    let entry = journal.write(missed, "late words").entry;
    assert_eq!(entry.lesson, None);
    assert!(entry.reflection.expect("words").late);
    // Writing is not a serving, so today stays the same.
    assert_eq!(journal.store.today(journal.now).expect("a day"), journal.now.day);
    journal.undo();
    assert_eq!(journal.store.entry(missed).expect("read"), None);
}

#[test]
fn words_added_while_an_edit_was_open_stay_with_it() {
    let mut journal = Journal::new();
    let day = journal.now.day;
    journal.write(day, "first");
    let (text, parents) = journal.store.revisable(day).expect("read").expect("words");
    assert_eq!(text, "first");
    journal.write(day, "meanwhile");
    journal.store.revise(journal.now, day, parents, "first, edited").expect("revised");
    let both = journal.text(day).expect("words");
    assert!(both.contains("meanwhile") && both.contains("first, edited"), "{both}");
    let (_, parents) = journal.store.revisable(day).expect("read").expect("words");
    assert_eq!(parents.len(), 2);
    journal.store.revise(journal.now, day, parents, "settled").expect("revised");
    assert_eq!(journal.text(day).as_deref(), Some("settled"));
}

#[test]
fn a_deletion_and_an_answer_hold_only_for_what_was_shown() {
    let mut journal = Journal::new();
    let day = journal.now.day;
    let writing = Writing { day, text: "words", step: Some(&testing::step("call")), again: None };
    let shown = journal.store.write(journal.now, Order::Series, writing).expect("written").entry;
    journal.write(day, "more, meanwhile");
    let error = journal.store.delete(journal.now, &shown).expect_err("refused");
    assert!(matches!(error, StoreError::ChangedMeanwhile { .. }), "{error}");
    journal.store.add_step(journal.now, Order::Series, day, &testing::step("run")).expect("added");
    let step = shown.step.expect("a step");
    let answered = journal.store.answer_step(journal.now, day, &step, StepState::Done.into());
    assert!(answered.is_err());
    assert_eq!(journal.text(day).as_deref(), Some("words\n\nmore, meanwhile"));
    let entry = journal.store.entry(day).expect("read").expect("there");
    assert_eq!(entry.step.map(|step| step.state), Some(StepState::Open));
}

#[test]
fn a_day_after_today_cannot_be_written_about() {
    let mut journal = Journal::new();
    let day = journal.now.day.plus_days(1).expect("in range");
    let writing = Writing { day, text: "w", step: None, again: None };
    assert!(journal.store.write(journal.now, Order::Series, writing).is_err());
    assert!(journal.store.add_step(journal.now, Order::Series, day, &testing::step("s")).is_err());
    assert!(journal.store.revise(journal.now, day, Vec::new(), "w").is_err());
    assert_eq!(journal.store.entry(day).expect("read"), None);
}

#[test]
fn a_selection_reads_across_batches_in_both_directions() {
    let mut journal = Journal::new();
    let mut days = Vec::new();
    for number in 0..600 {
        days.push(journal.serve().entry.day);
        if number % 3 == 0 {
            journal.write(journal.now.day, &format!("on #three {number}"));
        }
        journal.later(1);
    }
    let read = |query: &Query| {
        let mut days = Vec::new();
        let one = |entry: &crate::journal::Entry| {
            days.push(entry.day);
            Ok::<(), StoreError>(())
        };
        assert_eq!(journal.store.each_entry(query, one).expect("read"), days.len());
        days
    };
    let oldest_first = Query { oldest_first: true, ..Query::default() };
    assert_eq!(read(&oldest_first), days);
    days.reverse();
    assert_eq!(read(&Query::default()), days);
    let some = Query {
        since: Some(days[400]),
        until: Some(days[100]),
        tag: Some(TagKey::of("three")),
        limit: Some(90),
        ..Query::default()
    };
    let wanted: Vec<Day> = days[100..=400]
        .iter()
        .copied()
        .filter(|day| journal.text(*day).is_some())
        .take(90)
        .collect();
    assert_eq!(read(&some), wanted);
}

#[test]
fn a_day_grows_up_to_the_bound_and_not_over_it() {
    let mut journal = Journal::new();
    let day = journal.now.day;
    let largest = usize::try_from(LARGEST).expect("fits");
    let first = "a".repeat(largest / 2);
    journal.write(day, &first);
    // Two line breaks stand between the first text and the second.
    let second = "b".repeat(largest - first.len() - 2);
    let over =
        Writing { day, text: &format!("{second}b"), step: Some(&testing::step("go")), again: None };
    let refused = journal.store.write(journal.now, Order::Series, over);
    assert!(matches!(refused, Err(StoreError::TooLarge { .. })), "{refused:?}");
    assert_eq!(journal.text(day).as_deref(), Some(first.as_str()));
    journal.write(day, &second);
    assert_eq!(journal.text(day).map(|text| text.len()), Some(largest));
    let refused = journal.store.revise(journal.now, day, Vec::new(), &"c".repeat(largest + 1));
    assert!(matches!(refused, Err(StoreError::TooLarge { .. })), "{refused:?}");
}
