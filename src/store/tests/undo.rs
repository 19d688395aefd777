//! What undo undoes.

use super::*;
use crate::store::facts::row;

#[test]
fn undo_undoes_a_whole_command_and_never_a_serving() {
    let mut journal = Journal::new();
    let day = journal.now.day;
    let due = day.plus_days(7).expect("in range");
    let writing = Writing {
        day,
        text: "words",
        step: Some(&testing::step("call")),
        again: Some(Repeat::On(due)),
    };
    let entry = journal.store.write(journal.now, Order::Series, writing).expect("written").entry;
    assert!(entry.step.is_some());
    let undone = journal.undo().expect("a change");
    let words: Vec<&str> = undone.iter().map(Event::word).collect();
    assert_eq!(words, ["wrote", "stepped", "asked_back"]);
    let entry = journal.store.entry(day).expect("read").expect("the serving stays");
    assert_eq!((entry.reflection, entry.step), (None, None));
    assert!(journal.undo().is_none());
    assert_tables_agree_with_facts(&journal.store);
}

#[test]
fn a_fact_with_the_greatest_clock_stands_in_the_way_of_no_change() {
    let (mut journal, mut other) = (Journal::new(), Journal::new());
    let day = journal.now.day;
    other.write(day, "from far away");
    let mut items = Vec::new();
    let far = |fact: &StoredFact| {
        let mut fact = fact.clone();
        fact.fact.clock = row::GREATEST_CLOCK;
        fact.seal();
        items.push(Ok(JournalItem::Fact(Box::new(fact))));
        Ok::<(), StoreError>(())
    };
    other.store.each_fact(far).expect("read");
    journal.store.merge(journal.now, items.into_iter()).expect("merged");
    journal.now.at += chrono::TimeDelta::minutes(1);
    journal.write(day, "written here");
    let both = "from far away\n\nwritten here";
    assert_eq!(journal.text(day).as_deref(), Some(both));
    journal.now.at += chrono::TimeDelta::minutes(1);
    assert!(journal.undo().is_some());
    assert_eq!(journal.text(day).as_deref(), Some("from far away"));
    assert_tables_agree_with_facts(&journal.store);
}

/// Takes in the facts of another journal, the last first.
fn take_in(journal: &mut Journal, from: &Journal) {
    let mut items = Vec::new();
    let lesson = |lesson: &StoredLesson| {
        items.push(Ok(JournalItem::Lesson(lesson.clone())));
        Ok::<(), StoreError>(())
    };
    from.store.each_stored_lesson(lesson).expect("read");
    let fact = |fact: &StoredFact| {
        items.push(Ok(JournalItem::Fact(Box::new(fact.clone()))));
        Ok::<(), StoreError>(())
    };
    from.store.each_fact(fact).expect("read");
    journal.store.merge(journal.now, items.into_iter().rev()).expect("merged");
}

#[test]
fn two_devices_that_undo_and_redo_apart_come_to_the_same_answer() {
    for redone_here in [false, true] {
        let (mut here, mut there) = (Journal::new(), Journal::new());
        let day = here.now.day;
        here.write(day, "words");
        take_in(&mut there, &here);
        // What another device recorded is not undone here, and nothing of it is redone.
        assert!(there.undo().is_none() && there.redo().is_none());
        there.write(day, "more");
        here.undo();
        if redone_here {
            here.redo();
        }
        take_in(&mut there, &here);
        take_in(&mut here, &there);
        assert_eq!(here.text(day), there.text(day));
        let text = here.text(day).expect("the words of the other device");
        assert!(text.starts_with("words\n\nmore"), "{text}");
        assert_tables_agree_with_facts(&here.store);
        assert_tables_agree_with_facts(&there.store);
    }
}

#[test]
fn an_undo_that_is_merged_before_what_it_undid_still_holds() {
    let mut here = Journal::new();
    let day = here.now.day;
    here.write(day, "words");
    here.undo();
    let mut facts = Vec::new();
    let fact = |fact: &StoredFact| {
        facts.push(fact.clone());
        Ok::<(), StoreError>(())
    };
    here.store.each_fact(fact).expect("read");
    let mut there = Journal::new();
    for fact in facts.into_iter().rev() {
        let item = JournalItem::Fact(Box::new(fact));
        there.store.merge(there.now, std::iter::once(Ok(item))).expect("merged");
        assert_tables_agree_with_facts(&there.store);
    }
    assert_eq!(there.text(day), None);
}

#[test]
fn what_was_undone_meanwhile_is_not_undone_twice() {
    let mut journal = Journal::new();
    let day = journal.now.day;
    journal.write(day, "one");
    journal.write(day, "two");
    let change = journal.store.last_change(journal.now).expect("read").expect("a change");
    journal.store.undo(journal.now, &change).expect("undone");
    let again = journal.store.undo(journal.now, &change);
    assert!(matches!(again, Err(StoreError::DoneMeanwhile)), "{again:?}");
    assert_eq!(journal.text(day).as_deref(), Some("one"));
    journal.store.redo(journal.now, &change).expect("redone");
    let again = journal.store.redo(journal.now, &change);
    assert!(matches!(again, Err(StoreError::DoneMeanwhile)), "{again:?}");
    assert_eq!(journal.text(day).as_deref(), Some("one\n\ntwo"));
}

#[test]
fn a_forgotten_day_ends_what_can_be_redone() {
    let mut journal = Journal::new();
    let day = journal.now.day;
    journal.write(day, "words");
    journal.undo();
    let shown = journal.store.written_facts(day).expect("read");
    journal.store.forget(journal.now, day, &shown).expect("forgotten");
    assert!(journal.redo().is_none());
    assert_tables_agree_with_facts(&journal.store);
}
