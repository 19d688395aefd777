//! A year with all shipped series.

use std::collections::BTreeSet;

use dwell::journal::lesson::plan::Order;
use dwell::journal::lesson::{LessonText, ShippedSeries};
use dwell::journal::{Day, LessonId, Moment, Now, Series, Slug, Source};
use dwell::library::{SHIPPED, shipped};
use dwell::store::Store;
use tempfile::TempDir;

fn now(days: i64) -> Now {
    let first = Moment::parse_from_rfc3339("2026-11-22T07:00:00+01:00").expect("a time");
    let at = first + chrono::TimeDelta::days(days);
    Now { at, day: Day::new(at.date_naive()).expect("in range") }
}

/// The lessons of this many days in a row, each with its series.
fn served_in(order: Order, days: i64) -> Vec<(Slug, LessonId)> {
    let home = TempDir::new().expect("a folder");
    let mut store = Store::open(&home.path().join("journal.db"), SHIPPED).expect("a journal");
    let mut served = Vec::new();
    for day in 0..days {
        let today = store.serve(now(day), order).expect("served");
        let lesson = today.entry.lesson.expect("a lesson");
        served.push((lesson.series, lesson.id));
    }
    served
}

#[test]
fn every_day_of_a_year_brings_another_lesson_and_then_the_first_comes_again() {
    let served = served_in(Order::Series, 366);
    let lessons: BTreeSet<LessonId> = served[..365].iter().map(|(_, lesson)| *lesson).collect();
    assert_eq!(lessons.len(), 365);
    assert_eq!(served[365], served[0]);
    // Five days are spent with each series.
    assert!(served[..365].chunks(5).all(|days| days.iter().all(|(slug, _)| *slug == days[0].0)));
}

#[test]
fn in_mixed_order_every_day_brings_another_series_from_the_first_day_on() {
    let served = served_in(Order::Mixed, 80);
    let series: BTreeSet<&Slug> = served[..73].iter().map(|(slug, _)| slug).collect();
    assert_eq!(series.len(), 73);
    assert_eq!(served[73].0, served[0].0);
    assert_ne!(served[73].1, served[0].1);
}

#[test]
fn a_journal_of_an_earlier_release_gets_the_new_series_after_its_own() {
    let home = TempDir::new().expect("a folder");
    let path = home.path().join("journal.db");
    let earlier = ShippedSeries {
        edition: || [0; 32],
        series: || shipped().expect("readable").into_iter().take(1).collect(),
    };
    let lesson = LessonText {
        title: "Walk".to_owned(),
        story: "s".to_owned(),
        takeaway: "t".to_owned(),
        question: "q?".to_owned(),
        tags: vec!["tag".to_owned()],
    };
    let source = Source { title: "Walks".to_owned(), kind: "own".to_owned(), ..Source::default() };
    let slug = "walks".parse().expect("a slug");
    let walks = Series::new(slug, "Walks".to_owned(), source, vec![lesson]);
    let mut store = Store::open(&path, earlier).expect("a journal");
    store.add_series(now(0), &walks).expect("added");
    drop(store);
    let mut store = Store::open(&path, SHIPPED).expect("opened");
    store.serve(now(0), Order::Series).expect("served");
    let all = store.all_series().expect("read");
    assert_eq!(all.len(), 74);
    let first: Vec<&str> = all[..3].iter().map(|series| series.slug.as_str()).collect();
    let second = &shipped().expect("readable")[1].slug;
    assert_eq!(first, ["the-defiant-ones", "walks", second.as_str()]);
}
