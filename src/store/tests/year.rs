//! A year with all that ships.

use super::*;

/// The lessons of so many days in a row, by the series they come from.
fn lived(order: Order, days: usize) -> Vec<(Slug, LessonId)> {
    let mut journal = Journal::empty();
    let mut served = Vec::new();
    for _ in 0..days {
        let today = journal.store.serve(journal.now, order).expect("served");
        let lesson = today.entry.lesson.expect("a lesson");
        served.push((lesson.series, lesson.id));
        journal.later(1);
    }
    served
}

#[test]
fn every_day_of_a_year_brings_another_lesson_and_then_it_goes_round_again() {
    let served = lived(Order::Series, 366);
    let lessons: BTreeSet<LessonId> = served[..365].iter().map(|(_, lesson)| *lesson).collect();
    assert_eq!(lessons.len(), 365);
    assert_eq!(served[365], served[0]);
    // Five days are spent with each series.
    assert!(served[..365].chunks(5).all(|days| days.iter().all(|(slug, _)| *slug == days[0].0)));
}

#[test]
fn in_mixed_order_every_day_brings_another_series_from_the_first_day_on() {
    let served = lived(Order::Mixed, 80);
    let series: BTreeSet<&Slug> = served[..73].iter().map(|(slug, _)| slug).collect();
    assert_eq!(series.len(), 73);
    assert_eq!(served[73].0, served[0].0);
    assert_ne!(served[73].1, served[0].1);
}

#[test]
fn a_journal_of_an_earlier_release_meets_the_new_series_behind_its_own() {
    let mut journal = Journal::empty();
    journal.stock_first_series();
    journal.store.add_series(journal.now, &series("walks", 2)).expect("added");
    let sql = "UPDATE setting SET value = x'00' WHERE name = 'library'";
    journal.store.connection.execute(sql, []).expect("as before an update");
    journal.serve();
    let all = journal.store.all_series().expect("read");
    assert_eq!(all.len(), 74);
    let first: Vec<&str> = all[..3].iter().map(|series| series.slug.as_str()).collect();
    assert_eq!(first, ["the-defiant-ones", "walks", "the-green-belt-movement"]);
}
