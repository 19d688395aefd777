//! The days that a review goes back to.

use super::*;

/// A journal with words on this number of days, up to yesterday.
fn written(days: i64) -> Journal {
    let mut journal = Journal::new();
    for number in 0..days {
        journal.write(journal.now.day, &format!("words of day {number}"));
        journal.later(1);
    }
    journal
}

#[test]
fn the_entry_unseen_for_longest_is_the_same_all_day_and_another_the_next() {
    let mut journal = written(12);
    let oldest = journal.now.day.minus_days(12).expect("in range");
    let mut picked = Vec::new();
    for _ in 0..15 {
        let today = journal.now.day;
        // The first five days only.
        let before = oldest.plus_days(5).expect("in range");
        let pick = |store: &mut Store, now| store.pick_unseen(now, today, before, &[]);
        let first = pick(&mut journal.store, journal.now).expect("picked").expect("one");
        assert_eq!(pick(&mut journal.store, journal.now).expect("picked"), Some(first));
        let read = journal.store.longest_unseen(today, before, &[first]).expect("read");
        assert_eq!(read, Some(first), "the same all day");
        picked.push(first.days_since(oldest));
        journal.later(1);
    }
    // Each comes once before the first comes again, and then in the same order.
    assert_eq!(picked, [0, 1, 2, 3, 4, 0, 1, 2, 3, 4, 0, 1, 2, 3, 4]);
    assert!(journal.undo().is_some_and(|undone| undone[0].word() == "wrote"));
    assert_tables_agree_with_facts(&journal.store);
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
            assert_eq!(journal.undo().map(|undone| undone.len()), Some(5));
        }
        journal.later(1);
    }
}

#[test]
fn a_retired_lesson_neither_keeps_a_series_open_nor_is_left_out_at_its_end() {
    let mut journal = Journal::new();
    let mut lessons = Vec::new();
    for number in 1..=4 {
        let entry = journal.write(journal.now.day, &format!("on {number}")).entry;
        lessons.push(entry.lesson.expect("a lesson").id);
        if number == 3 {
            let last = "the-defiant-ones/5".parse().expect("infallible");
            let last = journal.store.lessons_named(&last, journal.now.day).expect("read");
            journal.store.ask_back(journal.now, last[0].lesson.id, Repeat::Never).expect("retired");
            journal.store.ask_back(journal.now, lessons[1], Repeat::Never).expect("retired");
        }
        if number < 4 {
            journal.later(1);
        }
    }
    let ended = journal.store.ended_series(journal.now.day).expect("read").expect("it ended");
    assert_eq!(ended.entries.len(), 4);
    let stats =
        journal.store.stats(journal.now.at, journal.now.day, &Rests::default()).expect("read");
    assert_eq!(stats.series_finished, 1);
}

#[test]
fn the_statistics_count_what_there_is() {
    let mut journal = written(5);
    let today = journal.now.day;
    journal
        .store
        .add_step(journal.now, Order::Series, today, &testing::step("call"))
        .expect("added");
    let stats = journal.store.stats(journal.now.at, today, &Rests::default()).expect("read");
    assert_eq!((stats.entries, stats.days, stats.words), (6, 5, 20));
    assert_eq!((stats.streaks.current, stats.streaks.best, stats.last_30), (5, 5, 5));
    assert_eq!((stats.series_finished, stats.steps.open), (1, 1));
}

/// The streak in a journal with words at these moments, some edited at a later one.
fn streak(words: &[&str], edits: &[(&str, &str)]) -> u64 {
    let mut journal = Journal::new();
    for at in words {
        journal.now = now(at);
        journal.write(journal.now.day, "words");
    }
    for (at, edited) in edits {
        let day = edited.parse().expect("a day");
        let (_, parents) = journal.store.revisable(day).expect("read").expect("words");
        journal.store.revise(now(at), day, parents, at).expect("revised");
    }
    let end = journal.now;
    journal.store.stats(end.at, end.day, &Rests::default()).expect("read").streaks.best
}

#[test]
fn an_edit_of_a_later_day_neither_saves_nor_breaks_a_streak() {
    let flight =
        ["2026-11-20T21:00:00+00:00", "2026-11-21T20:30:00+00:00", "2026-11-23T06:30:00+11:00"];
    assert_eq!(streak(&flight, &[]), 3);
    // Edited on the day, and edited months later.
    assert_eq!(streak(&flight, &[("2026-11-21T21:00:00+00:00", "2026-11-21")]), 3);
    assert_eq!(streak(&flight, &[("2027-02-21T21:00:00+11:00", "2026-11-21")]), 3);
    // The last words of the morning, and the edit, are not the same.
    let morning =
        ["2026-11-20T21:00:00+00:00", "2026-11-21T06:30:00+00:00", "2026-11-23T22:30:00+11:00"];
    assert_eq!(streak(&morning, &[]), 2);
    assert_eq!(streak(&morning, &[("2026-11-22T21:00:00+00:00", "2026-11-21")]), 2);
    let at_home =
        ["2026-11-20T21:00:00+01:00", "2026-11-21T20:30:00+01:00", "2026-11-23T06:30:00+01:00"];
    assert_eq!(streak(&at_home, &[]), 2);
    assert_eq!(streak(&at_home, &[("2026-11-22T21:00:00+01:00", "2026-11-21")]), 2);
}

#[test]
fn a_streak_goes_on_until_the_first_words_after_a_flight_can_no_longer_come_in_time() {
    let mut journal = Journal::new();
    for at in ["2026-11-20T21:00:00+00:00", "2026-11-21T20:30:00+00:00"] {
        journal.now = now(at);
        journal.write(journal.now.day, "words");
    }
    for (landed, wanted) in [("2026-11-23T06:30:00+11:00", 2), ("2026-11-23T07:30:00+11:00", 0)] {
        let Now { at, day } = now(landed);
        let stats = journal.store.stats(at, day, &Rests::default()).expect("read");
        assert_eq!(stats.streaks.current, wanted, "{landed}");
    }
}
