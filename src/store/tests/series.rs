//! Series and lessons on the shelf.

use super::*;

#[test]
fn changed_tags_reach_the_lessons_on_the_shelf() {
    let mut journal = Journal::new();
    let mut walks = series("walks", 2);
    journal.store.add_series(journal.now, &walks).expect("added");
    walks.lessons[1].tags = vec!["other".to_owned()];
    assert_eq!(journal.store.add_series(journal.now, &walks).expect("added"), AddResult::Replaced);
    let name = "walks/2".parse().expect("infallible");
    let found = journal.store.lessons_named(&name, journal.now.day).expect("read");
    assert_eq!(found[0].lesson.text.tags, ["other"]);
}

#[test]
fn undoing_a_series_leaves_its_served_days_as_they_were() {
    let mut journal = Journal::new();
    journal.store.add_series(journal.now, &series("walks", 2)).expect("added");
    journal.store.put_series_next(journal.now, &slug("walks")).expect("put");
    let before = journal.serve().entry;
    assert_eq!(before.lesson.as_ref().map(|lesson| lesson.series_length), Some(2));
    journal.undo();
    journal.undo();
    assert_eq!(journal.store.entry(before.day).expect("read"), Some(before));
    assert!(journal.store.series(&slug("walks")).expect("read").is_none());
    journal.later(1);
    let next = journal.serve().entry.lesson.expect("a lesson");
    assert_eq!(next.series, slug("the-defiant-ones"));
    assert_tables_agree_with_facts(&journal.store);
}

#[test]
fn a_replaced_series_keeps_the_days_of_the_lessons_that_stayed() {
    let mut journal = Journal::new();
    let mut walks = series("walks", 3);
    journal.store.add_series(journal.now, &walks).expect("added");
    journal.store.put_series_next(journal.now, &slug("walks")).expect("put");
    journal.serve();
    assert_eq!(journal.store.add_series(journal.now, &walks).expect("added"), AddResult::Same);
    walks.lessons.swap(0, 2);
    walks.lessons[1].story = "changed".to_owned();
    assert_eq!(journal.store.add_series(journal.now, &walks).expect("added"), AddResult::Replaced);
    let mut served = Vec::new();
    let one = |lesson: &crate::journal::lesson::ShelvedLesson| {
        served.push((lesson.lesson.number, lesson.served.len()));
        Ok::<(), StoreError>(())
    };
    journal.store.each_lesson(Some(&slug("walks")), one).expect("read");
    assert_eq!(served, [(1, 0), (2, 0), (3, 1)]);
    assert_tables_agree_with_facts(&journal.store);
}

#[test]
fn a_new_edition_of_a_shipped_series_comes_where_no_lesson_was_met() {
    const LATER: ShippedSeries = ShippedSeries {
        edition: || [2; 32],
        series: || {
            ["the-defiant-ones", "loved", "served", "own", "walks"]
                .map(|slug| {
                    let mut later = series(slug, 3);
                    later.lessons[0].title = "Later".to_owned();
                    later
                })
                .to_vec()
        },
    };
    const EARLIER: ShippedSeries = ShippedSeries {
        edition: || [1; 32],
        series: || ["served", "loved", "own", "walks"].map(|slug| series(slug, 2)).to_vec(),
    };
    let mut journal = Journal::empty(EARLIER);
    journal.store.install_shipped(journal.now).expect("installed");
    journal.store.add_series(journal.now, &series("own", 4)).expect("added");
    journal.store.pause_series(journal.now, &slug("walks")).expect("paused");
    let served = journal.serve().entry;
    let loved = journal
        .store
        .lessons_named(&"loved/2".parse().expect("infallible"), journal.now.day)
        .expect("read");
    journal.store.love(journal.now, loved[0].lesson.id, true).expect("loved");
    let order = |store: &Store| {
        let shelf = store.all_series().expect("read");
        shelf
            .into_iter()
            .map(|series| (series.slug.to_string(), series.lessons))
            .collect::<Vec<_>>()
    };
    let path = journal.path();
    for _ in 0..2 {
        journal.store = Store::open(&path, LATER).expect("opened");
        journal.store.install_shipped(journal.now).expect("installed");
        let shelf =
            [("served", 2), ("loved", 2), ("own", 4), ("walks", 3), ("the-defiant-ones", 3)];
        assert_eq!(order(&journal.store), shelf.map(|(slug, of)| (slug.to_owned(), of)));
    }
    assert!(journal.store.series(&slug("walks")).expect("read").expect("there").paused);
    assert_eq!(journal.store.entry(served.day).expect("read"), Some(served));
    assert_tables_agree_with_facts(&journal.store);
}

#[test]
fn lessons_are_found_by_place_id_and_title() {
    let mut journal = Journal::new();
    let today = journal.serve().entry;
    let id = today.lesson.expect("a lesson").id;
    let find = |name: &str| {
        let name: LessonName = name.parse().expect("infallible");
        journal.store.lessons_named(&name, today.day).expect("read")
    };
    let by_place = find("the-defiant-ones/1");
    assert_eq!(by_place[0].lesson.id, id);
    assert_eq!(find(&id.to_string()), by_place);
    assert_eq!(find(&id.to_string()[..8]), by_place);
    assert_eq!(find(&by_place[0].lesson.text.title.to_uppercase()), by_place);
    assert_eq!(find("today"), by_place);
    for nothing in ["the-defiant-ones/6", "none/1", "ffffffff", "a%", "%%%%"] {
        assert!(find(nothing).is_empty(), "{nothing}");
    }
}
