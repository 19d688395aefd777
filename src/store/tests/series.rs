//! Series and lessons on the shelf.

use super::*;

#[test]
fn other_tags_reach_the_lessons_that_are_there() {
    let mut journal = Journal::new();
    let mut walks = series("walks", 2);
    journal.store.add_series(journal.now, &walks).expect("added");
    walks.lessons[1].tags = vec!["other".to_owned()];
    assert_eq!(journal.store.add_series(journal.now, &walks).expect("added"), Added::Replaced);
    let name = "walks/2".parse().expect("infallible");
    let found = journal.store.lessons_named(&name, journal.now.day).expect("read");
    assert_eq!(found[0].lesson.text.tags, ["other"]);
}

#[test]
fn a_series_that_is_taken_back_leaves_its_served_days_as_they_were() {
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
    assert_tables_say_what_the_facts_do(&journal.store);
}

#[test]
fn a_replaced_series_keeps_the_days_of_the_lessons_that_stayed() {
    let mut journal = Journal::new();
    let mut walks = series("walks", 3);
    journal.store.add_series(journal.now, &walks).expect("added");
    journal.store.put_series_next(journal.now, &slug("walks")).expect("put");
    journal.serve();
    assert_eq!(journal.store.add_series(journal.now, &walks).expect("added"), Added::Same);
    walks.lessons.swap(0, 2);
    walks.lessons[1].story = "changed".to_owned();
    assert_eq!(journal.store.add_series(journal.now, &walks).expect("added"), Added::Replaced);
    let mut served = Vec::new();
    let one = |lesson: &crate::journal::lesson::ShelvedLesson| {
        served.push((lesson.lesson.number, lesson.served.len()));
        Ok::<(), StoreError>(())
    };
    journal.store.each_lesson(Some(&slug("walks")), one).expect("read");
    assert_eq!(served, [(1, 0), (2, 0), (3, 1)]);
    assert_tables_say_what_the_facts_do(&journal.store);
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
