//! Which lesson is whose, and when it comes again.

use super::*;
use crate::store::read::{candidates, servings};
use crate::store::tables::rows;

#[test]
fn what_is_read_every_day_takes_no_longer_in_a_long_journal() {
    let journal = Journal::new();
    let by_day = format!("{} WHERE entry.day = '2026-11-22'", rows::SELECT_ENTRY);
    let daily = [servings::HAS_SERVING, servings::NEWEST_SERVING, candidates::LAST_SERIES, &by_day];
    let plans = daily.map(|sql| {
        let sql = format!("EXPLAIN QUERY PLAN {sql}");
        let mut statement = journal.store.connection.prepare(&sql).expect("sound");
        let mut found = statement.raw_query();
        let mut steps = Vec::new();
        while let Some(row) = found.next().expect("read") {
            steps.push(row.get::<_, String>("detail").expect("text"));
        }
        steps.join("; ")
    });
    for plan in plans {
        assert!(plan.contains("entry USING INDEX sqlite_autoindex_entry_1"), "{plan}");
        assert!(!plan.contains("TEMP B-TREE") && !plan.contains("SCAN lesson"), "{plan}");
    }
}

#[test]
fn the_first_asking_chooses_and_every_later_one_shows_the_same() {
    let mut journal = Journal::new();
    let first = journal.serve();
    assert!(first.is_new);
    journal.store.add_series(journal.now, &series("walks", 3)).expect("added");
    journal.store.put_series_next(journal.now, &slug("walks")).expect("put");
    journal.store.pause_series(journal.now, &slug("the-defiant-ones")).expect("paused");
    let again = journal.store.serve(journal.now, Order::Mixed).expect("served");
    assert!(!again.is_new);
    assert_eq!(again.entry, first.entry);
    journal.later(1);
    let next = journal.serve().entry.lesson.expect("a lesson");
    assert_eq!((next.series, next.number), (slug("walks"), 1));
}

#[test]
fn a_clock_set_back_gets_the_newest_serving_and_opens_no_new_day() {
    let mut journal = Journal::new();
    let newest = journal.serve().entry;
    for back in [1, 365, 20_000] {
        journal.later(-back);
        assert_eq!(journal.store.today(journal.now).expect("a day"), newest.day);
        let served = journal.serve();
        assert!(!served.is_new);
        assert_eq!(served.entry, newest);
        journal.later(back);
    }
}

#[test]
fn another_releases_series_are_looked_through_once() {
    let mut journal = Journal::new();
    journal.store.install_shipped(journal.now).expect("stocked");
    let sql = "UPDATE setting SET value = x'00' WHERE name = 'library'";
    journal.store.connection.execute(sql, []).expect("changed");
    journal.store.install_shipped(journal.now).expect("stocked");
    let kept: Vec<u8> = journal
        .store
        .connection
        .query_row("SELECT value FROM setting WHERE name = 'library'", [], |row| row.get(0))
        .expect("there");
    assert_eq!(kept, [1; 32]);
}

#[test]
fn a_lesson_asked_back_comes_when_it_is_due_and_once() {
    let mut journal = Journal::new();
    let day = journal.now.day;
    let due = day.plus_days(2).expect("in range");
    let writing = Writing { day, text: "w", step: None, again: Some(Repeat::On(due)) };
    journal.store.write(journal.now, Order::Series, writing).expect("written");
    let numbers: Vec<u32> = (0..5)
        .map(|_| {
            journal.later(1);
            journal.serve().entry.lesson.expect("a lesson").number
        })
        .collect();
    assert_eq!(numbers, [2, 1, 3, 4, 5]);
}

#[test]
fn a_retired_lesson_is_passed_over_until_it_is_asked_back() {
    let mut journal = Journal::new();
    let first = journal.serve().entry.lesson.expect("a lesson").id;
    journal.store.ask_back(journal.now, first, Repeat::Never).expect("retired");
    let rounds: Vec<LessonId> = (0..12)
        .map(|_| {
            journal.later(1);
            journal.serve().entry.lesson.expect("a lesson").id
        })
        .collect();
    assert!(!rounds.contains(&first));
    journal.store.ask_back(journal.now, first, Repeat::On(journal.now.day)).expect("asked");
    journal.later(1);
    assert_eq!(journal.serve().entry.lesson.map(|lesson| lesson.id), Some(first));
}
