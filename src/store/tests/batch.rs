//! Batches of lessons: shown only when they are whole, cleared when they are not, undone at once, and
//! other processes read and write meanwhile.

use std::io::Read;
use std::process::{Child, Command, Stdio};

use super::*;
use crate::journal::search::{Search, Within};

/// Lessons of one transaction: few, so that a small batch has several.
const MOST: usize = 10;

fn text(name: &str, number: u32) -> LessonText {
    LessonText {
        title: format!("Highlight {number} of {name}"),
        story: format!("a sentence about whales, the {number}th"),
        takeaway: String::new(),
        question: "What does this say to you today?".to_owned(),
        tags: Vec::new(),
    }
}

fn source(name: &str) -> Source {
    Source { title: name.to_owned(), kind: "book".to_owned(), ..Source::default() }
}

/// Adds these lessons of a series to a batch. Returns their ids.
fn add(batch: &mut Batch<'_>, name: &str, numbers: impl Iterator<Item = u32>) -> Vec<LessonId> {
    let (slug, source) = (slug(name), source(name));
    let lessons = numbers.map(|number| {
        let text = text(name, number);
        let lesson =
            BatchLesson { series: &slug, number, series_length: 250, text: &text, source: &source };
        batch.add_lesson(lesson).expect("added")
    });
    lessons.collect()
}

fn whole(name: &str, lessons: Vec<LessonId>) -> BatchSeries {
    let (slug, source) = (slug(name), source(name));
    BatchSeries { slug, title: name.to_owned(), source, introduction: None, lessons }
}

/// Takes in two series of 25 lessons each.
fn import(store: &mut Store, now: Now) {
    let mut batch = store.begin_small_batch(now, MOST).expect("begun");
    let series = ["first-book", "second-book"].map(|name| {
        let ids = add(&mut batch, name, 1..=25);
        whole(name, ids)
    });
    batch.finish(series.to_vec()).expect("finished");
}

/// All that a person could see of the two series.
fn seen(store: &Store, now: Now) -> Vec<String> {
    let mut seen: Vec<String> = store
        .all_series()
        .expect("read")
        .into_iter()
        .map(|series| series.slug.to_string())
        .collect();
    seen.extend(store.lesson_titles().expect("read"));
    let search = Search::parse("whales").expect("a search");
    store
        .each_hit(&search, &Query::default(), Within::Lessons, |_| {
            seen.push("a hit".to_owned());
            Ok::<_, StoreError>(())
        })
        .expect("searched");
    store
        .each_stored_lesson(|lesson| {
            seen.push(lesson.text.title.clone());
            Ok::<_, StoreError>(())
        })
        .expect("exported");
    let id = LessonId::of(&slug("first-book"), &text("first-book", 1)).to_string();
    for name in [&id, &id[..8], "first-book/1", "Highlight 1 of first-book"] {
        let name: LessonName = name.parse().expect("infallible");
        let found = store.lessons_named(&name, now.day).expect("read");
        seen.extend(found.into_iter().map(|found| found.lesson.text.title));
    }
    store
        .each_lesson(Some(&slug("first-book")), |lesson| {
            seen.push(lesson.lesson.text.title.clone());
            Ok::<_, StoreError>(())
        })
        .expect("listed");
    let lessons = store.series_lessons(&slug("first-book")).expect("read");
    seen.extend(lessons.into_iter().map(|lesson| lesson.text.title));
    seen.sort();
    seen
}

/// The number of rows that a batch adds to, by table, and what is remembered of one.
fn rows(store: &Store) -> Vec<i64> {
    let count = |sql| store.connection.query_row(sql, [], |row| row.get(0)).expect("counted");
    [
        "SELECT count(*) FROM lesson",
        "SELECT count(*) FROM lesson_state",
        "SELECT count(*) FROM search_docsize",
        "SELECT count(*) FROM fact",
        "SELECT count(*) FROM setting WHERE name = 'batch'",
    ]
    .map(count)
    .to_vec()
}

fn lock_file(journal: &Journal) -> PathBuf {
    journal.folder.path().join("journal.db-import")
}

#[test]
fn a_batch_shows_nothing_until_it_is_whole_and_is_one_undo_and_one_redo() {
    let mut journal = Journal::new();
    let (path, now) = (journal.path(), journal.now);
    let beside = Store::open(&path, SHIPPED).expect("opened");
    let before = seen(&beside, now);
    let mut batch = journal.store.begin_small_batch(now, MOST).expect("begun");
    let first = add(&mut batch, "first-book", 1..=25);
    assert_eq!(seen(&beside, now), before);
    assert_tables_agree_with_facts(&beside);
    assert!(rows(&beside)[0] > 5, "some are written already");
    let second = add(&mut batch, "second-book", 1..=25);
    batch.finish(vec![whole("first-book", first), whole("second-book", second)]).expect("done");
    assert!(!lock_file(&journal).exists());
    assert_eq!(rows(&beside)[4], 0);
    let after = seen(&beside, now);
    // Two slugs; the title, the hit and the exported text of each lesson; the first book by four
    // names, in its list and as a series.
    assert_eq!(after.len(), before.len() + 2 + 3 * 50 + 4 + 2 * 25);
    assert_tables_agree_with_facts(&beside);
    assert_eq!(journal.undo().expect("one change").len(), 2);
    let undone = seen(&beside, now);
    // Their texts stay in the journal, and so does what names a text by its id.
    assert_eq!(undone.len(), before.len() + 50 + 2);
    assert_tables_agree_with_facts(&journal.store);
    assert_eq!(journal.redo().expect("the same change").len(), 2);
    assert_eq!(seen(&beside, now), after);
    assert_tables_agree_with_facts(&journal.store);
    journal.store.rebuild(&mut |_| {}).expect("rebuilt");
    assert_eq!(seen(&beside, now), after);
}

#[test]
fn the_same_lessons_after_an_undo_come_back_and_a_second_time_change_nothing() {
    let mut journal = Journal::new();
    import(&mut journal.store, journal.now);
    let (after, count) = (seen(&journal.store, journal.now), rows(&journal.store));
    journal.undo().expect("undone");
    import(&mut journal.store, journal.now);
    assert_eq!(seen(&journal.store, journal.now), after);
    assert_tables_agree_with_facts(&journal.store);
    let facts = rows(&journal.store)[3];
    import(&mut journal.store, journal.now);
    assert_eq!(rows(&journal.store)[3], facts, "nothing new happened");
    assert_eq!(rows(&journal.store)[..3], count[..3]);
}

#[test]
fn a_series_that_grows_keeps_its_place_and_what_was_said_of_its_lessons() {
    let mut journal = Journal::new();
    import(&mut journal.store, journal.now);
    let old = LessonId::of(&slug("first-book"), &text("first-book", 3));
    journal.store.love(journal.now, old, true).expect("loved");
    let mut batch = journal.store.begin_small_batch(journal.now, MOST).expect("begun");
    let mut ids = add(&mut batch, "first-book", 1..=40);
    // One that is new stands between two that were there.
    ids.swap(3, 33);
    batch.finish(vec![whole("first-book", ids.clone())]).expect("finished");
    assert_tables_agree_with_facts(&journal.store);
    let shelved = journal.store.series_lessons(&slug("first-book")).expect("read");
    assert_eq!(shelved.iter().map(|lesson| lesson.id).collect::<Vec<_>>(), ids);
    let name = LessonName::Place { series: slug("first-book"), number: 3 };
    assert!(journal.store.lessons_named(&name, journal.now.day).expect("read")[0].lesson.loved);
    // More behind the last one is an addition that keeps the rest of the series as it is.
    let mut batch = journal.store.begin_small_batch(journal.now, MOST).expect("begun");
    ids.extend(add(&mut batch, "first-book", 41..=60));
    batch.finish(vec![whole("first-book", ids.clone())]).expect("finished");
    assert_tables_agree_with_facts(&journal.store);
    let events = journal.undo().expect("undone");
    assert!(
        matches!(&events[..], [Event::LessonsAdded { lessons, .. }] if lessons.len() == 20),
        "{events:?}"
    );
    assert_tables_agree_with_facts(&journal.store);
}

#[test]
fn a_batch_that_is_dropped_leaves_nothing() {
    let mut journal = Journal::new();
    import(&mut journal.store, journal.now);
    let before = rows(&journal.store);
    let mut batch = journal.store.begin_small_batch(journal.now, MOST).expect("begun");
    add(&mut batch, "third-book", 1..=35);
    // Of a series that is there, and one lesson that it has already.
    add(&mut batch, "first-book", 25..=60);
    drop(batch);
    assert_eq!(rows(&journal.store), before);
    assert!(!lock_file(&journal).exists());
    assert_tables_agree_with_facts(&journal.store);
}

#[test]
fn a_second_import_at_the_same_time_is_refused() {
    let mut journal = Journal::new();
    let (path, now) = (journal.path(), journal.now);
    let mut other = Store::open(&path, SHIPPED).expect("opened");
    let batch = journal.store.begin_batch(now, &mut |_| {}).expect("begun");
    let refused = other.begin_batch(now, &mut |_| {}).expect_err("refused");
    assert!(matches!(refused, StoreError::ImportRuns), "{refused}");
    drop(batch);
    other.begin_batch(now, &mut |_| {}).expect("begun");
}

#[test]
fn others_read_and_write_while_a_batch_comes_in() {
    let mut journal = Journal::new();
    let (path, now) = (journal.path(), journal.now);
    let mut beside = Store::open(&path, SHIPPED).expect("opened");
    let mut batch = journal.store.begin_small_batch(now, MOST).expect("begun");
    let mut ids = Vec::new();
    for round in 0..10 {
        ids.extend(add(&mut batch, "first-book", round * 25 + 1..=round * 25 + 25));
        let text = format!("words {round}");
        let writing = Writing { day: now.day, text: &text, step: None, again: None };
        beside.write(now, Order::Series, writing).expect("written");
        beside.add_series(now, &series(&format!("beside-{round}"), 3)).expect("added");
    }
    batch.finish(vec![whole("first-book", ids)]).expect("finished");
    assert_tables_agree_with_facts(&journal.store);
    assert_eq!(journal.store.all_series().expect("read").len(), 12);
    assert_eq!(journal.store.lesson_titles().expect("read").len(), 5 + 250 + 30);
    assert_eq!(journal.text(now.day).expect("words").matches("words").count(), 10);
}

/// The variable in which a child is told the journal.
const OF_CHILD: &str = "DWELL_TEST_BATCH";

#[test]
fn what_a_killed_import_left_is_not_seen_and_the_next_one_clears_it() {
    let mut journal = Journal::new();
    let (path, now) = (journal.path(), journal.now);
    let (before, count) = (seen(&journal.store, now), rows(&journal.store));
    let mut child = child_in_a_batch(&path);
    let refused = journal.store.begin_batch(now, &mut |_| {}).expect_err("it is alive");
    assert!(matches!(refused, StoreError::ImportRuns), "{refused}");
    child.kill().expect("killed");
    child.wait().expect("ended");
    assert!(lock_file(&journal).exists());
    assert_eq!(rows(&journal.store)[4], 1, "it was in the midst");
    assert!(rows(&journal.store)[0] > count[0]);
    assert_eq!(seen(&journal.store, now), before);
    assert_tables_agree_with_facts(&journal.store);
    journal.write(now.day, "words");
    assert_eq!(seen(&journal.store, now), before);
    let facts = rows(&journal.store)[3];
    let mut done = Vec::new();
    drop(journal.store.begin_batch(now, &mut |progress| done.push(progress)).expect("cleared"));
    assert_eq!(rows(&journal.store), [count[0], count[1], count[2] + 1, facts, 0]);
    assert!(done.last().is_some_and(|last| last.done == last.total));
    assert!(!lock_file(&journal).exists());
    assert_tables_agree_with_facts(&journal.store);
    import(&mut journal.store, now);
    assert_tables_agree_with_facts(&journal.store);
    assert!(seen(&journal.store, now).len() > before.len());
}

/// A process of its own that is in the midst of a batch.
fn child_in_a_batch(path: &Path) -> Child {
    let program = std::env::current_exe().expect("this program");
    let mut child = Command::new(program)
        .args(["--exact", "store::tests::batch::child", "--ignored", "--nocapture"])
        .env(OF_CHILD, path)
        .stdout(Stdio::piped())
        .spawn()
        .expect("started");
    let mut said = String::new();
    let mut output = child.stdout.take().expect("piped");
    let mut bytes = [0; 256];
    while !said.contains("in the midst") {
        let read = output.read(&mut bytes).expect("read");
        assert!(read > 0, "the child ended: {said}");
        said.push_str(&String::from_utf8_lossy(&bytes[..read]));
    }
    child
}

#[test]
#[ignore = "the child of another test, which runs it"]
#[expect(clippy::print_stdout, reason = "the other test waits for it")]
#[expect(clippy::disallowed_methods, reason = "the other test names the journal in a variable")]
fn child() {
    let Ok(path) = std::env::var(OF_CHILD) else { return };
    let mut store = Store::open(Path::new(&path), SHIPPED).expect("opened");
    let mut batch = store.begin_small_batch(now("2026-11-22T07:00:00+01:00"), MOST).expect("begun");
    add(&mut batch, "first-book", 1..=25);
    add(&mut batch, "the-defiant-ones", 1..=35);
    batch.wait().expect("written");
    println!("in the midst");
    std::thread::sleep(Duration::from_mins(5));
}
