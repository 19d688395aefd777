//! Serving: which day has which lesson, and when a lesson comes again.

use super::*;
use crate::store::read::{candidates, entries, one_lesson, servings, steps};

#[test]
fn what_is_read_every_day_takes_no_longer_in_a_long_journal() {
    let journal = Journal::new();
    let plan = |sql: &str| {
        let sql = format!("EXPLAIN QUERY PLAN {sql}");
        let mut statement = journal.store.connection.prepare(&sql).expect("sound");
        let steps = statement.raw_query().mapped(|row| row.get::<_, String>("detail"));
        steps.collect::<rusqlite::Result<Vec<_>>>().expect("read").join("; ")
    };
    let by_day = "entry USING INDEX sqlite_autoindex_entry_1";
    for (sql, by_index) in [
        (servings::HAS_SERVING, by_day),
        (servings::NEWEST_AHEAD, by_day),
        (candidates::LAST_SERIES, by_day),
        (entries::OF_DAY, by_day),
        (entries::FROM_DAY, by_day),
        (steps::OPEN_STEPS, "entry USING INDEX entry_open_step"),
        (one_lesson::AS_ADDED, "lesson USING INDEX sqlite_autoindex_lesson_1"),
        (one_lesson::ON_SHELF, "lesson_state USING INTEGER PRIMARY KEY"),
    ] {
        let plan = plan(sql);
        assert!(plan.contains(by_index), "{plan}");
        assert!(!plan.contains("TEMP B-TREE") && !plan.contains("SCAN lesson"), "{plan}");
    }
}

#[test]
fn the_first_call_chooses_and_every_later_one_shows_the_same() {
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
fn a_clock_set_back_by_a_day_gets_the_newest_serving_and_opens_no_new_day() {
    let mut journal = Journal::new();
    let newest = journal.serve().entry;
    journal.later(-1);
    let today = journal.store.which_day(journal.now).expect("a day");
    assert_eq!((today.day, today.by_clock), (newest.day, journal.now.day));
    assert_eq!(today.too_far_ahead, None);
    let served = journal.serve();
    assert!(!served.is_new);
    assert_eq!(served.entry, newest);
}

#[test]
fn a_lesson_that_a_clock_ahead_used_up_comes_again_when_it_is_taken_away() {
    for ahead in [2, 20, 400, 27_000] {
        let mut journal = Journal::new();
        journal.serve();
        journal.later(ahead);
        let wrong = journal.serve().entry;
        let due = wrong.day.plus_days(7).expect("in range");
        let writing = Writing {
            day: wrong.day,
            text: "w",
            step: Some(&testing::step("s")),
            again: Some(Repeat::On(due)),
        };
        journal.store.write(journal.now, Order::Series, writing).expect("written");
        journal.later(-ahead);
        for _ in 0..2 {
            let today = journal.store.which_day(journal.now).expect("a day");
            assert_eq!((today.day, today.too_far_ahead), (journal.now.day, Some(wrong.day)));
            let entry = journal.serve().entry;
            assert_eq!(entry.day, journal.now.day, "{ahead}");
            journal.write(entry.day, "words of their own day");
            journal.later(1);
            if journal.now.day >= wrong.day {
                break;
            }
        }
        let change = journal.store.day_too_far_ahead(journal.now).expect("read");
        if ahead == 2 {
            assert_eq!(change, None, "the day has come");
            continue;
        }
        let change = change.expect("the wrong day");
        let words: Vec<&str> = change.facts.iter().map(|fact| fact.event.word()).collect();
        assert_eq!(words, ["served", "wrote", "stepped", "asked_back"]);
        let served = wrong.lesson.expect("a lesson").id;
        let is_served = |journal: &Journal| {
            let shelved = journal
                .store
                .lessons_named(&LessonName::IdPrefix(served.to_string()), journal.now.day)
                .expect("read");
            !shelved[0].served.is_empty()
        };
        journal.store.undo(journal.now, &change).expect("taken away");
        assert_eq!(journal.store.entry(wrong.day).expect("read"), None);
        assert_eq!(journal.store.revisions(wrong.day).expect("read").len(), 1, "words are kept");
        assert!(!is_served(&journal));
        assert_tables_agree_with_facts(&journal.store);
        journal.redo().expect("put back");
        assert!(is_served(&journal));
        assert_eq!(journal.text(wrong.day).as_deref(), Some("w"));
        assert_tables_agree_with_facts(&journal.store);
        // As the last thing that was undone here, it is the first that undo finds again.
        let change = journal.store.day_too_far_ahead(journal.now).expect("read").expect("ahead");
        journal.store.undo(journal.now, &change).expect("taken away");
        assert_eq!(journal.serve().entry.lesson.map(|lesson| lesson.id), Some(served));
    }
}

#[test]
fn a_clock_plainly_behind_serves_no_lesson_and_words_still_find_their_day() {
    let mut journal = Journal::new();
    let shelf = series("long", 20);
    journal.store.add_series(journal.now, &shelf).expect("added");
    for number in 0..9 {
        let next = journal.serve().entry.day;
        if number < 8 {
            journal.later(1);
        }
        assert_eq!(next.days_since("2026-11-22".parse().expect("a day")), number);
    }
    for back in [40, 20_000] {
        journal.later(-back);
        let day = journal.now.day;
        let refused = journal.store.serve(journal.now, Order::Series).expect_err("behind");
        assert!(matches!(refused, StoreError::ClockBehind { .. }), "{refused}");
        let entry = journal.write(day, "words all the same").entry;
        assert_eq!((entry.day, entry.lesson), (day, None));
        assert!(!journal.serve().is_new, "what was written is shown");
        journal.later(back);
        assert!(!journal.serve().is_new);
    }
    // Some days behind, a lesson comes; once the clock is right again it can be taken away.
    journal.later(-3);
    let before = journal.now.day;
    assert_eq!(journal.serve().entry.day, before, "it had its lesson");
    journal.later(4);
    assert!(journal.serve().is_new);
}

#[test]
fn a_lesson_that_a_clock_behind_used_up_can_be_taken_away() {
    let mut journal = Journal::new();
    journal.serve();
    journal.later(-300);
    let wrong = journal.serve().entry.day;
    assert_eq!(wrong, journal.now.day);
    journal.later(300);
    let change = journal.store.last_change(journal.now).expect("read").expect("the wrong day");
    assert_eq!(change.day_of_lesson(), Some(wrong));
    journal.undo();
    assert_eq!(journal.store.entry(wrong).expect("read"), None);
    assert!(journal.undo().is_none(), "the lesson of a right clock stays");
}

#[test]
fn the_series_of_another_release_are_installed_once() {
    let mut journal = Journal::new();
    journal.store.install_shipped(journal.now).expect("installed");
    let sql = "UPDATE setting SET value = x'00' WHERE name = 'library'";
    journal.store.connection.execute(sql, []).expect("changed");
    journal.store.install_shipped(journal.now).expect("installed");
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
