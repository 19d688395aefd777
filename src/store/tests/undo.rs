//! What undo undoes.

use super::*;

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
