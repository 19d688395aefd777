//! Series and lessons on the shelf.

use super::*;

#[test]
fn changed_tags_reach_the_lessons_on_the_shelf() {
    let mut journal = Journal::new();
    let mut walks = series("walks", 2);
    journal.store.add_series(journal.now, &walks).expect("added");
    walks.lessons[1].tags = vec!["other".to_owned()];
    assert_eq!(
        journal.store.add_series(journal.now, &walks).expect("added").result,
        AddResult::Replaced
    );
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
    assert_eq!(
        journal.store.add_series(journal.now, &walks).expect("added").result,
        AddResult::Same
    );
    walks.lessons.swap(0, 2);
    walks.lessons[1].story = "changed".to_owned();
    assert_eq!(
        journal.store.add_series(journal.now, &walks).expect("added").result,
        AddResult::Replaced
    );
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
                    // A lesson that is there already, with another label.
                    later.lessons[1].tags = vec!["later".to_owned()];
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
    let tags = |name: &str| {
        let name: LessonName = name.parse().expect("infallible");
        let found = journal.store.lessons_named(&name, journal.now.day).expect("read");
        found[0].lesson.text.tags.clone()
    };
    for (name, is_later) in
        [("walks/2", true), ("the-defiant-ones/2", true), ("loved/2", false), ("own/2", false)]
    {
        assert_eq!(tags(name) == ["later"], is_later, "{name}");
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

/// The text of a lesson on the shelf, with another story.
fn retold(store: &Store, name: &str, story: &str) -> (LessonId, LessonText, Source) {
    let found = store.lessons_named(&name.parse().expect("infallible"), day_of_tests());
    let lesson = found.expect("read").remove(0).lesson;
    (lesson.id, LessonText { story: story.to_owned(), ..lesson.text }, lesson.source)
}

fn day_of_tests() -> Day {
    testing::day("2026-11-22")
}

#[test]
fn an_edited_lesson_keeps_what_was_said_of_it_and_no_entry_moves() {
    let mut journal = Journal::new();
    let before = journal.serve().entry;
    let served = before.lesson.clone().expect("a lesson");
    journal.store.love(journal.now, served.id, true).expect("loved");
    let (id, text, source) = retold(&journal.store, "the-defiant-ones/1", "told anew");
    assert_eq!(id, served.id);
    let edited = journal.store.edit_lesson(journal.now, id, &text, &source).expect("edited");
    let EditResult::Edited(new) = edited else { panic!("{edited:?}") };
    let entry = journal.store.entry(before.day).expect("read").expect("there");
    let shown = entry.lesson.expect("a lesson");
    assert_eq!((shown.id, &shown.text), (served.id, &served.text));
    assert!(shown.loved, "the lesson is loved, in each edition");
    let present = journal.store.present_edition(served.id).expect("read").expect("on the shelf");
    assert_eq!(present.lesson.id, new);
    assert_eq!(present.served, [before.day]);
    assert!(present.lesson.loved);
    // What is said of the old edition from now on counts for the new one too.
    journal.store.ask_back(journal.now, served.id, Repeat::Never).expect("retired");
    assert!(journal.store.present_edition(new).expect("read").expect("there").retired);
    journal.undo();
    journal.later(1);
    let next = journal.serve().entry.lesson.expect("a lesson");
    assert_eq!(next.number, 2, "the edited lesson is not served as a new one");
    let loved = Query { loved: true, ..Query::default() };
    let mut days = Vec::new();
    let one = |entry: &crate::journal::Entry| {
        days.push(entry.day);
        Ok::<(), StoreError>(())
    };
    journal.store.each_entry(&loved, one).expect("read");
    assert_eq!(days, [before.day]);
    assert_tables_agree_with_facts(&journal.store);
}

#[test]
fn an_edit_and_its_undo_and_redo_and_an_edit_back() {
    let mut journal = Journal::new();
    let (first, text, source) = retold(&journal.store, "the-defiant-ones/2", "told anew");
    let original = journal.store.series_lessons(&slug("the-defiant-ones")).expect("read");
    let ids = |store: &Store| {
        let lessons = store.series_lessons(&slug("the-defiant-ones")).expect("read");
        lessons.into_iter().map(|lesson| lesson.id).collect::<Vec<_>>()
    };
    let before = ids(&journal.store);
    let (now, edit) = (journal.now, |store: &mut Store, id, text: &LessonText, now| {
        store.edit_lesson(now, id, text, &source).expect("edited")
    });
    let EditResult::Edited(second) = edit(&mut journal.store, first, &text, now) else { panic!() };
    let mut after = before.clone();
    after[1] = second;
    assert_eq!(ids(&journal.store), after);
    journal.undo();
    assert_eq!(ids(&journal.store), before);
    journal.redo();
    assert_eq!(ids(&journal.store), after);
    // By its first id the present edition is edited.
    let again = LessonText { title: "another".to_owned(), ..text };
    let EditResult::Edited(third) = edit(&mut journal.store, first, &again, now) else { panic!() };
    after[1] = third;
    assert_eq!(ids(&journal.store), after);
    let back = edit(&mut journal.store, third, &original[1].text, now);
    assert_eq!(back, EditResult::Edited(first));
    assert_eq!(ids(&journal.store), before);
    assert_eq!(edit(&mut journal.store, first, &original[1].text, now), EditResult::Unchanged);
    let same = edit(&mut journal.store, first, &original[2].text, now);
    assert_eq!(same, EditResult::SameAs(before[2]));
    let nothing = edit(&mut journal.store, LessonId(uuid::Uuid::nil()), &original[2].text, now);
    assert_eq!(nothing, EditResult::NotOnShelf);
    assert_tables_agree_with_facts(&journal.store);
}

#[test]
fn lessons_are_added_behind_those_of_a_series_and_taken_back() {
    let mut journal = Journal::new();
    let mut own = Series::own();
    own.lessons = series("own", 2).lessons;
    let learnt = Source { title: "Grandmother".to_owned(), ..own.source.clone() };
    own.learnt_elsewhere.insert(own.lesson_ids()[1], learnt.clone());
    let added = journal.store.add_lessons(journal.now, &own).expect("added");
    assert_eq!(added, own.lesson_ids());
    assert_eq!(journal.store.add_lessons(journal.now, &own).expect("added"), []);
    let mut more = Series::own();
    more.lessons = series("more", 1).lessons;
    journal.store.add_lessons(journal.now, &more).expect("added");
    let lessons = journal.store.series_lessons(&own.slug).expect("read");
    let shown: Vec<(&str, &str)> = lessons
        .iter()
        .map(|lesson| (lesson.text.title.as_str(), lesson.source.title.as_str()))
        .collect();
    assert_eq!(
        shown,
        [("own 1", "My own lessons"), ("own 2", "Grandmother"), ("more 1", "My own lessons")]
    );
    let places = journal
        .store
        .lessons_named(&"my-own-lessons/3".parse().expect("infallible"), journal.now.day);
    assert_eq!(places.expect("read")[0].lesson.series_length, 3);
    journal.undo();
    assert_eq!(journal.store.series_lessons(&own.slug).expect("read").len(), 2);
    journal.undo();
    assert_eq!(journal.store.series(&own.slug).expect("read"), None);
    journal.redo();
    assert_eq!(journal.store.series(&own.slug).expect("read").expect("there").lessons, 2);
    assert_tables_agree_with_facts(&journal.store);
}

#[test]
fn a_new_edition_updates_what_was_not_served_and_keeps_what_was() {
    let mut journal = Journal::new();
    let walks = |stories: &[&str]| {
        let mut walks = series("walks", stories.len());
        for (lesson, story) in walks.lessons.iter_mut().zip(stories) {
            lesson.story = (*story).to_owned();
        }
        walks
    };
    journal.store.add_series(journal.now, &walks(&["a", "b", "c"])).expect("added");
    journal.store.put_series_next(journal.now, &slug("walks")).expect("put");
    let served = journal.serve().entry;
    let second = journal.store.series_lessons(&slug("walks")).expect("read")[1].id;
    journal.store.love(journal.now, second, true).expect("loved");
    let later = walks(&["A", "B", "c", "d"]);
    let report = journal.store.add_series(journal.now, &later).expect("added");
    assert_eq!(report.result, AddResult::Replaced);
    assert_eq!(report.lessons.kept, ["walks 1"]);
    assert_eq!(report.lessons.updated, ["walks 2"]);
    assert_eq!(report.lessons.added, ["walks 4"]);
    assert_eq!((report.lessons.removed.len(), report.lessons.same), (0, 1));
    let shelf = journal.store.series_lessons(&slug("walks")).expect("read");
    let stories: Vec<&str> = shelf.iter().map(|lesson| lesson.text.story.as_str()).collect();
    assert_eq!(stories, ["a", "B", "c", "d"]);
    let second = journal.store.present_edition(second).expect("read").expect("there");
    assert!(second.lesson.loved && second.lesson.text.story == "B");
    assert_eq!(
        journal
            .store
            .entry(served.day)
            .expect("read")
            .and_then(|entry| entry.lesson)
            .map(|lesson| lesson.text),
        served.lesson.map(|lesson| lesson.text)
    );
    // The same file once more is no change, though a lesson keeps other words.
    let again = journal.store.add_series(journal.now, &later).expect("added");
    assert_eq!((again.result, again.lessons.same), (AddResult::Same, 3));
    assert_tables_agree_with_facts(&journal.store);
    journal.undo();
    let shelf = journal.store.series_lessons(&slug("walks")).expect("read");
    assert_eq!(shelf.len(), 3, "one command is one change");
    assert_tables_agree_with_facts(&journal.store);
}

#[test]
fn tags_and_sources_change_for_a_served_lesson_too_and_are_taken_back() {
    let mut journal = Journal::new();
    let served = journal.serve().entry;
    let id = served.lesson.as_ref().expect("a lesson").id;
    let shelved = journal.store.present_edition(id).expect("read").expect("there").lesson;
    let source = Source { title: "Grandmother".to_owned(), ..shelved.source.clone() };
    let text = LessonText { tags: vec!["home".to_owned()], ..shelved.text.clone() };
    let edited = journal.store.edit_lesson(journal.now, id, &text, &source).expect("edited");
    assert_eq!(edited, EditResult::Edited(id));
    let shown = journal.store.entry(served.day).expect("read").expect("there").lesson;
    let shown = shown.expect("a lesson");
    assert_eq!((shown.source.title.as_str(), shown.text.tags), ("Grandmother", text.tags));
    journal.undo();
    assert_eq!(journal.store.entry(served.day).expect("read"), Some(served));
    assert_tables_agree_with_facts(&journal.store);
}
