//! The days that a review goes back to.

use super::*;

/// A journal with words on each of so many days, the last one today.
fn written(days: i64) -> Journal {
    let mut journal = Journal::new();
    for number in 0..days {
        journal.write(journal.now.day, &format!("words of day {number}"));
        journal.later(1);
    }
    journal
}

#[test]
fn the_entry_not_looked_at_for_longest_is_the_same_all_day_and_another_the_next() {
    let mut journal = written(12);
    let oldest = journal.now.day.minus_days(12).expect("in range");
    let mut picked = Vec::new();
    for _ in 0..7 {
        let today = journal.now.day;
        let before = today.minus_days(7).expect("in range");
        let pick = journal.store.longest_unseen(today, before, &[]).expect("read").expect("one");
        journal.store.look(journal.now, pick, today).expect("remembered");
        let again = journal.store.longest_unseen(today, before, &[pick]).expect("read");
        assert_eq!(again, Some(pick));
        assert!(journal.store.is_looked_at(pick, today).expect("read"));
        picked.push(pick.days_since(oldest));
        journal.later(1);
    }
    // Five were old enough on the first day, and each day one more; each comes once before the
    // first comes again.
    assert_eq!(picked, [0, 1, 2, 3, 4, 5, 6]);
    assert!(journal.undo().is_some_and(|undone| undone.events[0].word() == "wrote"));
    assert_tables_say_what_the_facts_do(&journal.store);
}

#[test]
fn an_entry_that_is_shown_already_is_not_picked() {
    let journal = written(12);
    let today = journal.now.day;
    let oldest = today.minus_days(12).expect("in range");
    let next = oldest.plus_days(1);
    let picked = journal.store.longest_unseen(today, today, &[oldest]).expect("read");
    assert_eq!(picked, next);
}

#[test]
fn a_series_ends_on_the_day_its_last_lesson_comes_for_the_first_time() {
    let mut journal = Journal::new();
    for number in 1..=7 {
        journal.serve();
        if number % 2 == 1 {
            journal.write(journal.now.day, &format!("on {number}"));
        }
        let ended = journal.store.ended_series(journal.now.day).expect("read");
        assert_eq!(ended.is_some(), number == 5, "{number}");
        if let Some(ended) = ended {
            assert_eq!(ended.slug, slug("the-defiant-ones"));
            let numbers: Vec<u32> =
                ended.entries.iter().filter_map(|e| Some(e.lesson.as_ref()?.number)).collect();
            assert_eq!(numbers, [1, 3, 5]);
            assert!(!ended.is_asked_back);
            let due = journal.now.day.plus_months(3).expect("in range");
            let asked = journal.store.ask_series_back(journal.now, &ended.slug, due);
            assert_eq!(asked.expect("asked"), 5);
            let ended = journal.store.ended_series(journal.now.day).expect("read");
            assert!(ended.is_some_and(|ended| ended.is_asked_back));
            assert_eq!(journal.undo().map(|undone| undone.events.len()), Some(5));
        }
        journal.later(1);
    }
}

#[test]
fn a_tally_counts_what_there_is() {
    let mut journal = written(5);
    let today = journal.now.day;
    journal.store.add_step(journal.now, Order::Series, today, "call").expect("added");
    let tally = journal.store.tally(today, &Rests::default()).expect("read");
    assert_eq!((tally.entries, tally.days, tally.words), (6, 5, 20));
    assert_eq!((tally.runs.current, tally.runs.best, tally.last_30), (5, 5, 5));
    assert_eq!((tally.series_finished, tally.steps.open), (1, 1));
}
