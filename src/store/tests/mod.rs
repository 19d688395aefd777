//! The store's sentences: that the tables say what the facts do, that undo leads back, and that
//! what is no journal is left alone.

mod forget;
mod review;
mod search;

use std::collections::{BTreeMap, BTreeSet};
use std::path::PathBuf;

use proptest::prelude::*;
use rusqlite::Connection;
use tempfile::TempDir;

use super::facts::row;
use super::file::schema;
use super::read::{candidates, stats};
use super::tables::{project, rows};
use super::write::servings;
use super::*;
use crate::journal::entry::reflection::below;
use crate::journal::lesson::plan::Order;
use crate::journal::lesson::{LessonName, LessonText};
use crate::journal::look_back::rest::{Holiday, RestWeekdays};
use crate::journal::search::query::Query;
use crate::journal::{Day, Event, LessonId, Moment, Now, Rests, Series, Slug, Source, StepState};

/// One series ships: five lessons are soon served, and quickly compared.
const SHIPPED: Shipped = Shipped {
    edition: || [1; 32],
    series: || {
        let mut first = series("the-defiant-ones", 5);
        first.lessons[0].story = "about eggs, and about headphones".to_owned();
        vec![first]
    },
};

/// A journal in a folder of its own, with a clock that the test moves.
struct Journal {
    folder: TempDir,
    store: Store,
    now: Now,
}

impl Journal {
    /// A journal with the five lessons of the series that ships.
    fn new() -> Self {
        let mut journal = Self::empty(SHIPPED);
        journal.store.install_shipped(journal.now).expect("installed");
        journal
    }

    /// A journal that has not met the shipped series yet.
    fn empty(shipped: Shipped) -> Self {
        let shared = Path::new("/dev/shm");
        let folder = if shared.is_dir() { TempDir::new_in(shared) } else { TempDir::new() };
        let folder = folder.expect("a folder");
        let store = Store::open(&folder.path().join("journal.db"), shipped).expect("created");
        Self { folder, store, now: now("2026-11-22T07:00:00+01:00") }
    }

    fn path(&self) -> PathBuf {
        self.folder.path().join("journal.db")
    }

    fn later(&mut self, days: i64) {
        let at = self.now.at + chrono::TimeDelta::days(days);
        self.now = Now { at, day: Day::new(at.date_naive()).expect("in range") };
    }

    fn serve(&mut self) -> Served {
        self.store.serve(self.now, Order::Series).expect("served")
    }

    fn write(&mut self, day: Day, text: &str) -> Written {
        let writing = Writing { day, text, step: None, again: None };
        self.store.write(self.now, Order::Series, writing).expect("written")
    }

    fn text(&self, day: Day) -> Option<String> {
        let entry = self.store.entry(day).expect("read")?;
        entry.reflection.map(|reflection| reflection.text)
    }

    fn undo(&mut self) -> Option<Undone> {
        self.store.undo(self.now).expect("undone")
    }
}

fn now(text: &str) -> Now {
    let at = Moment::parse_from_rfc3339(text).expect("a time");
    Now { at, day: Day::new(at.date_naive()).expect("in range") }
}

fn slug(text: &str) -> Slug {
    text.parse().expect("a slug")
}

fn series(name: &str, lessons: usize) -> Series {
    let lesson = |number| LessonText {
        title: format!("{name} {number}"),
        story: "s".to_owned(),
        takeaway: "t".to_owned(),
        question: "q?".to_owned(),
        tags: vec!["tag".to_owned()],
    };
    Series {
        slug: slug(name),
        title: format!("Series {name}"),
        source: Source { title: name.to_owned(), kind: "own".to_owned(), ..Source::default() },
        lessons: (1..=lessons).map(lesson).collect(),
    }
}

/// Every row of a table as text, in order, without the row's own id.
fn rows_of(connection: &Connection, table: &str) -> Vec<String> {
    let mut statement = connection.prepare(&format!("SELECT * FROM {table}")).expect("a table");
    let names: Vec<String> = statement.column_names().map(ToOwned::to_owned).collect();
    let mut found = statement.query([]).expect("read");
    let mut rows = Vec::new();
    while let Some(row) = found.next().expect("read") {
        let values = names.iter().filter(|name| *name != "id").map(|name| {
            let value: rusqlite::types::Value = row.get(name.as_str()).expect("a value");
            format!("{name}={value:?}")
        });
        rows.push(values.collect::<Vec<_>>().join(" "));
    }
    rows.sort();
    rows
}

/// Makes a second journal out of the facts and the lessons of the first, and compares what the
/// tables of the two say.
fn assert_tables_say_what_the_facts_do(store: &Store) {
    let rebuilt = Journal::empty(Shipped::NONE);
    let (from, to) = (&store.connection, &rebuilt.store.connection);
    let mut subjects = BTreeSet::new();
    let mut statement = from.prepare("SELECT * FROM fact ORDER BY number, id").expect("facts");
    let mut found = statement.query([]).expect("read");
    while let Some(row) = found.next().expect("read") {
        let fact = row::fact(row).expect("whole");
        row::add(to, &fact, &[0; 16]).expect("added");
        subjects.insert(fact.event.subject());
    }
    let mut lessons = from.prepare("SELECT * FROM lesson").expect("lessons");
    let mut found = lessons.query([]).expect("read");
    while let Some(row) = found.next().expect("read") {
        let values: Vec<rusqlite::types::Value> =
            (0..10).map(|column| row.get(column).expect("a value")).collect();
        to.execute(
            "INSERT INTO lesson VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?)",
            rusqlite::params_from_iter(values),
        )
        .expect("put");
    }
    project::project(to, &subjects).expect("settled");
    for table in ["taken_back", "series", "shelf", "entry"] {
        assert_eq!(rows_of(from, table), rows_of(to, table), "{table}");
    }
    let of_lessons = "(SELECT title, body, lesson FROM search WHERE rowid < 0)";
    let lessons: u32 =
        from.query_row("SELECT count(*) FROM lesson", [], |row| row.get(0)).expect("read");
    assert_eq!(rows_of(from, of_lessons).len(), lessons as usize);
    let searched = "(SELECT day, body FROM entry LEFT JOIN search ON search.rowid = entry.id)";
    assert_eq!(rows_of(from, searched), rows_of(to, searched));
}

#[test]
fn the_bundled_database_is_free_of_the_bug_that_loses_commits() {
    assert!(rusqlite::version_number() >= 3_051_003, "{}", rusqlite::version());
}

#[test]
fn every_connection_has_the_settings_that_survive_a_power_cut() {
    let journal = Journal::new();
    let setting = |name: &str| -> String {
        let read = |row: &rusqlite::Row<'_>| row.get::<_, rusqlite::types::Value>(0);
        let sql = format!("PRAGMA {name}");
        match journal.store.connection.query_row(&sql, [], read).expect("a setting") {
            rusqlite::types::Value::Text(text) => text,
            rusqlite::types::Value::Integer(number) => number.to_string(),
            other => panic!("{other:?}"),
        }
    };
    for (name, wanted) in [
        ("journal_mode", "delete"),
        ("synchronous", "3"),
        ("foreign_keys", "1"),
        ("secure_delete", "1"),
        ("cell_size_check", "1"),
        ("trusted_schema", "0"),
        ("temp_store", "2"),
        ("mmap_size", "0"),
        ("busy_timeout", "5000"),
        ("application_id", &schema::APPLICATION_ID.to_string()),
        ("user_version", &schema::VERSION.to_string()),
    ] {
        assert_eq!(setting(name), wanted, "{name}");
    }
}

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
fn a_journal_of_the_first_form_is_brought_to_the_present_one_with_every_word() {
    let folder = TempDir::new().expect("a folder");
    let path = folder.path().join("journal.db");
    let old = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/fixtures/form-1.db");
    std::fs::copy(old, &path).expect("copied");
    let store = Store::open(&path, Shipped::NONE).expect("opened");
    let version: u32 =
        store.connection.query_row("PRAGMA user_version", [], |row| row.get(0)).expect("read");
    assert_eq!(version, schema::VERSION);
    let seen = Seen::of(&store);
    let texts: Vec<&str> = seen.texts.values().map(String::as_str).collect();
    assert_eq!(
        texts,
        [
            "late words",
            "One salary, one friend at work, one hobby. #work",
            "Ñandú und Größe: 世界は広い。"
        ]
    );
    let written = stats::written_days(&store.connection).expect("read");
    assert_eq!(written.iter().map(|day| day.words).collect::<Vec<_>>(), [2, 9, 8]);
    for (word, wanted) in
        [("nandu", 1), ("hobbies", 1), ("anna", 1), ("headphones", 2), ("undone", 0)]
    {
        let sql = format!("SELECT count(*) FROM search WHERE search MATCH '\"{word}\"'");
        let found: u32 = store.connection.query_row(&sql, [], |row| row.get(0)).expect("searched");
        assert_eq!(found, wanted, "{word}");
    }
    assert_tables_say_what_the_facts_do(&store);
}

type IsWhy = fn(&Unusable) -> bool;

#[test]
fn what_is_no_journal_of_this_dwell_is_refused_and_left_as_it_was() {
    let folder = TempDir::new().expect("a folder");
    let path = folder.path().join("journal.db");
    let newer = {
        let other = Journal::new();
        let path = other.path();
        drop(other.store);
        let mut bytes = std::fs::read(path).expect("read");
        bytes[60..64].copy_from_slice(&99u32.to_be_bytes());
        bytes
    };
    let foreign = {
        let path = folder.path().join("foreign.db");
        let connection = Connection::open(&path).expect("opened");
        connection.execute_batch("CREATE TABLE t (x); INSERT INTO t VALUES (1)").expect("made");
        drop(connection);
        std::fs::read(path).expect("read")
    };
    let cases: [(Vec<u8>, IsWhy); 5] = [
        (Vec::new(), |why| matches!(why, Unusable::Empty)),
        (b"Dear diary".to_vec(), |why| matches!(why, Unusable::NotAJournal)),
        (vec![b'x'; 5000], |why| matches!(why, Unusable::NotAJournal)),
        (foreign, |why| matches!(why, Unusable::OtherProgram)),
        (newer, |why| matches!(why, Unusable::Newer { .. })),
    ];
    for (bytes, wanted) in cases {
        std::fs::write(&path, &bytes).expect("written");
        let error = Store::open(&path, Shipped::NONE).expect_err("refused");
        let StoreError::Unusable { why, .. } = error else { panic!("{error}") };
        assert!(wanted(&why), "{why:?}");
        assert_eq!(std::fs::read(&path).expect("read"), bytes);
    }
}

/// Whether the file is at fault, and not what was asked.
fn is_of_the_file(error: &StoreError) -> bool {
    matches!(
        error,
        StoreError::Unusable { .. } | StoreError::Refused { .. } | StoreError::Damaged(_)
    )
}

#[test]
fn a_damaged_journal_is_refused_without_a_panic_and_without_a_write() {
    let mut journal = Journal::new();
    journal.serve();
    journal.write(journal.now.day, "words");
    let path = journal.path();
    let Journal { folder: _folder, store, now } = journal;
    drop(store);
    let whole = std::fs::read(&path).expect("read");
    for cut in (100..whole.len()).step_by(1536) {
        std::fs::write(&path, &whole[..cut]).expect("written");
        let opened = Store::open(&path, Shipped::NONE).and_then(|mut store| {
            store.serve(now, Order::Series)?;
            store.each_entry(&Query::default(), |_| Ok(()))
        });
        assert!(is_of_the_file(&opened.expect_err("refused")), "cut at {cut}");
        assert!(std::fs::read(&path).expect("read") == whole[..cut], "cut at {cut}");
    }
}

#[test]
fn a_page_of_garbage_anywhere_is_refused_before_anything_is_written() {
    let mut journal = Journal::new();
    for _ in 0..30 {
        journal.serve();
        journal.write(journal.now.day, &"words ".repeat(100));
        journal.later(1);
    }
    // Pages that nothing stands on may hold what they like.
    journal.store.connection.execute_batch("VACUUM").expect("made anew");
    let path = journal.path();
    let Journal { folder: _folder, store, now } = journal;
    drop(store);
    let whole = std::fs::read(&path).expect("read");
    for page in 1..whole.len() / 4096 {
        let mut damaged = whole.clone();
        damaged[page * 4096..][..4096].fill(0xa5);
        std::fs::write(&path, &damaged).expect("written");
        let written = Store::open(&path, Shipped::NONE).and_then(|mut store| {
            let writing = Writing { day: now.day, text: "more", step: None, again: None };
            store.write(now, Order::Series, writing)
        });
        assert!(is_of_the_file(&written.expect_err("refused")), "page {page}");
        assert!(std::fs::read(&path).expect("read") == damaged, "page {page} was written to");
    }
}

#[test]
fn a_damaged_list_of_free_pages_is_refused_before_anything_is_written() {
    let mut journal = Journal::new();
    let day = journal.now.day;
    journal.write(day, &"words ".repeat(40_000));
    let (_, parents) = journal.store.revisable(day).expect("read").expect("words");
    journal.store.revise(journal.now, day, parents, "few").expect("revised");
    let path = journal.path();
    let Journal { folder: _folder, store, now } = journal;
    drop(store);
    let mut damaged = std::fs::read(&path).expect("read");
    let first_free = u32::from_be_bytes(damaged[32..36].try_into().expect("four bytes")) as usize;
    assert_ne!(first_free, 0, "there are free pages");
    damaged[(first_free - 1) * 4096..][..4096].fill(0xa5);
    std::fs::write(&path, &damaged).expect("written");
    let text = "words ".repeat(4_000);
    let writing = Writing { day, text: &text, step: None, again: None };
    let written = Store::open(&path, Shipped::NONE)
        .and_then(|mut store| store.write(now, Order::Series, writing));
    assert!(is_of_the_file(&written.expect_err("refused")));
    assert!(std::fs::read(&path).expect("read") == damaged, "it was written to");
}

#[test]
fn a_changed_byte_inside_a_text_is_noticed() {
    let mut journal = Journal::new();
    let day = journal.serve().entry.day;
    journal.write(day, "the words as they were");
    let sql = "UPDATE fact SET body = replace(body, 'they were', 'they wera')";
    journal.store.connection.execute(sql, []).expect("changed");
    let error = journal.store.revisions(day).expect_err("noticed");
    assert!(
        matches!(error, StoreError::Damaged(Damage::Fact { fault: FactFault::Hash, .. })),
        "{error}"
    );
}

#[test]
fn a_fact_that_was_moved_to_another_day_is_noticed() {
    let mut journal = Journal::new();
    let day = journal.serve().entry.day;
    journal.write(day, "words");
    let sql = "UPDATE fact SET subject = '2026-11-01' WHERE kind = 'wrote'";
    journal.store.connection.execute(sql, []).expect("changed");
    let other = "2026-11-01".parse().expect("a day");
    let error = journal.store.revisions(other).expect_err("noticed");
    assert!(
        matches!(error, StoreError::Damaged(Damage::Fact { fault: FactFault::Hash, .. })),
        "{error}"
    );
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
fn more_words_for_a_day_go_below_the_others() {
    let mut journal = Journal::new();
    let day = journal.now.day;
    assert!(!journal.write(day, "one\n").below);
    let written = journal.write(day, "  two");
    assert!(written.below);
    let reflection = written.entry.reflection.expect("words");
    assert_eq!(reflection.text, "one\n\n\n  two");
    assert_eq!(reflection.revisions, 2);
    assert!(written.entry.lesson.is_some());
}

#[test]
fn a_past_day_without_a_serving_is_written_about_without_a_lesson() {
    let mut journal = Journal::new();
    journal.serve();
    let missed: Day = "2026-11-03".parse().expect("a day");
    let entry = journal.write(missed, "late words").entry;
    assert_eq!(entry.lesson, None);
    assert!(entry.reflection.expect("words").late);
    // It is no serving, so today is still today.
    assert_eq!(journal.store.today(journal.now).expect("a day"), journal.now.day);
    journal.undo();
    assert_eq!(journal.store.entry(missed).expect("read"), None);
}

#[test]
fn words_added_while_an_edit_was_open_stay_beside_it() {
    let mut journal = Journal::new();
    let day = journal.now.day;
    journal.write(day, "first");
    let (text, parents) = journal.store.revisable(day).expect("read").expect("words");
    assert_eq!(text, "first");
    journal.write(day, "meanwhile");
    journal.store.revise(journal.now, day, parents, "first, edited").expect("revised");
    let both = journal.text(day).expect("words");
    assert!(both.contains("meanwhile") && both.contains("first, edited"), "{both}");
    let (_, parents) = journal.store.revisable(day).expect("read").expect("words");
    assert_eq!(parents.len(), 2);
    journal.store.revise(journal.now, day, parents, "settled").expect("revised");
    assert_eq!(journal.text(day).as_deref(), Some("settled"));
}

#[test]
fn a_deletion_and_an_answer_hold_only_for_what_was_shown() {
    let mut journal = Journal::new();
    let day = journal.now.day;
    let writing = Writing { day, text: "words", step: Some("call"), again: None };
    let shown = journal.store.write(journal.now, Order::Series, writing).expect("written").entry;
    journal.write(day, "more, meanwhile");
    let error = journal.store.delete(journal.now, &shown).expect_err("refused");
    assert!(matches!(error, StoreError::ChangedMeanwhile { .. }), "{error}");
    journal.store.add_step(journal.now, Order::Series, day, "run").expect("added");
    let step = shown.step.expect("a step");
    let answered = journal.store.answer_step(journal.now, day, &step, StepState::Done);
    assert!(answered.is_err());
    assert_eq!(journal.text(day).as_deref(), Some("words\n\nmore, meanwhile"));
    let entry = journal.store.entry(day).expect("read").expect("there");
    assert_eq!(entry.step.map(|step| step.state), Some(StepState::Open));
}

#[test]
fn no_day_that_has_not_come_can_be_written_about() {
    let mut journal = Journal::new();
    let day = journal.now.day.plus_days(1).expect("in range");
    let writing = Writing { day, text: "w", step: None, again: None };
    assert!(journal.store.write(journal.now, Order::Series, writing).is_err());
    assert!(journal.store.add_step(journal.now, Order::Series, day, "s").is_err());
    assert!(journal.store.revise(journal.now, day, Vec::new(), "w").is_err());
    assert_eq!(journal.store.entry(day).expect("read"), None);
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
fn undo_takes_back_a_whole_command_and_never_a_serving() {
    let mut journal = Journal::new();
    let day = journal.now.day;
    let due = day.plus_days(7).expect("in range");
    let writing = Writing { day, text: "words", step: Some("call"), again: Some(Repeat::On(due)) };
    let entry = journal.store.write(journal.now, Order::Series, writing).expect("written").entry;
    assert!(entry.step.is_some());
    let undone = journal.undo().expect("a change");
    let words: Vec<&str> = undone.events.iter().map(Event::word).collect();
    assert_eq!(words, ["wrote", "stepped", "asked_back"]);
    let entry = journal.store.entry(day).expect("read").expect("the serving stays");
    assert_eq!((entry.reflection, entry.step), (None, None));
    assert!(journal.undo().is_none());
    assert_tables_say_what_the_facts_do(&journal.store);
}

#[test]
fn a_series_that_is_taken_back_leaves_its_served_days_as_they_were() {
    let mut journal = Journal::new();
    journal.store.add_series(journal.now, &series("walks", 2)).expect("added");
    journal.store.put_series_next(journal.now, &slug("walks")).expect("put");
    let before = journal.serve().entry;
    assert_eq!(before.lesson.as_ref().map(|lesson| lesson.of), Some(2));
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

#[test]
fn a_selection_reads_across_batches_in_both_directions() {
    let mut journal = Journal::new();
    let mut days = Vec::new();
    for number in 0..600 {
        days.push(journal.serve().entry.day);
        if number % 3 == 0 {
            journal.write(journal.now.day, &format!("on #three {number}"));
        }
        journal.later(1);
    }
    let read = |query: &Query| {
        let mut days = Vec::new();
        let one = |entry: &crate::journal::Entry| {
            days.push(entry.day);
            Ok::<(), StoreError>(())
        };
        assert_eq!(journal.store.each_entry(query, one).expect("read"), days.len());
        days
    };
    let oldest_first = Query { oldest_first: true, ..Query::default() };
    assert_eq!(read(&oldest_first), days);
    days.reverse();
    assert_eq!(read(&Query::default()), days);
    let some = Query {
        since: Some(days[400]),
        until: Some(days[100]),
        tag: Some("three".to_owned()),
        limit: Some(90),
        ..Query::default()
    };
    let wanted: Vec<Day> = days[100..=400]
        .iter()
        .copied()
        .filter(|day| journal.text(*day).is_some())
        .take(90)
        .collect();
    assert_eq!(read(&some), wanted);
}

/// One thing that a person may do. Numbers choose among what there is.
#[derive(Debug, Clone)]
enum Deed {
    NextDay(u8),
    Serve,
    Write(u8, String),
    Revise(u8, String),
    Delete(u8),
    Afterthought(u8, String),
    Step(u8, String),
    Answer(u8, u8),
    Leave(u8),
    AddSeries(u8),
    Pause(u8),
    Resume(u8),
    PutNext(u8),
    Love(u8, bool),
    AskBack(u8),
    Retire(u8),
    Rest(u8, u8, bool),
    Undo,
}

fn deed() -> impl Strategy<Value = Deed> {
    let words = "[a-zäß世 #\n\"'\\\\]{1,12}";
    prop_oneof![
        4 => (1u8..4).prop_map(Deed::NextDay),
        3 => Just(Deed::Serve),
        4 => (any::<u8>(), words).prop_map(|(n, text)| Deed::Write(n, text)),
        2 => (any::<u8>(), words).prop_map(|(n, text)| Deed::Revise(n, text)),
        1 => any::<u8>().prop_map(Deed::Delete),
        2 => (any::<u8>(), words).prop_map(|(n, text)| Deed::Afterthought(n, text)),
        2 => (any::<u8>(), words).prop_map(|(n, text)| Deed::Step(n, text)),
        2 => (any::<u8>(), any::<u8>()).prop_map(|(n, state)| Deed::Answer(n, state)),
        1 => any::<u8>().prop_map(Deed::Leave),
        1 => (1u8..4).prop_map(Deed::AddSeries),
        1 => any::<u8>().prop_map(Deed::Pause),
        1 => any::<u8>().prop_map(Deed::Resume),
        1 => any::<u8>().prop_map(Deed::PutNext),
        1 => (any::<u8>(), any::<bool>()).prop_map(|(n, loved)| Deed::Love(n, loved)),
        1 => any::<u8>().prop_map(Deed::AskBack),
        1 => any::<u8>().prop_map(Deed::Retire),
        2 => (0u8..12, 0u8..6, any::<bool>()).prop_map(|(n, more, rests)| Deed::Rest(n, more, rests)),
        4 => Just(Deed::Undo),
    ]
}

/// What a person can see and change, kept by a model that knows nothing of facts.
#[derive(Debug, Clone, Default, PartialEq)]
struct Seen {
    texts: BTreeMap<Day, String>,
    afterthoughts: BTreeMap<Day, Vec<String>>,
    steps: BTreeMap<Day, (String, StepState)>,
    paused: BTreeSet<Slug>,
    loved: BTreeSet<LessonId>,
    series: BTreeMap<Slug, u32>,
    holidays: BTreeSet<Day>,
}

impl Seen {
    fn of(store: &Store) -> Self {
        let mut seen = Self::default();
        store
            .each_entry(&Query::default(), |entry| {
                if let Some(reflection) = &entry.reflection {
                    seen.texts.insert(entry.day, reflection.text.clone());
                }
                let afterthoughts = entry.afterthoughts.iter().map(|one| one.text.clone());
                let afterthoughts: Vec<String> = afterthoughts.collect();
                if !afterthoughts.is_empty() {
                    seen.afterthoughts.insert(entry.day, afterthoughts);
                }
                if let Some(step) = &entry.step {
                    seen.steps.insert(entry.day, (step.text.clone(), step.state));
                }
                Ok::<(), StoreError>(())
            })
            .expect("read");
        for series in store.all_series().expect("read") {
            seen.series.insert(series.slug.clone(), series.lessons);
            if series.paused {
                seen.paused.insert(series.slug);
            }
        }
        store
            .each_lesson(None, |lesson| {
                if lesson.lesson.loved {
                    seen.loved.insert(lesson.lesson.id);
                }
                Ok::<(), StoreError>(())
            })
            .expect("read");
        let rests = store.rests(RestWeekdays::default()).expect("read");
        seen.holidays = rests.holidays().into_iter().flat_map(Holiday::days).collect();
        seen
    }
}

/// Does one deed to the journal and to the model. True if it was a change that undo takes back.
#[expect(clippy::too_many_lines, reason = "a deed is a few lines, and there are many deeds")]
fn act(journal: &mut Journal, seen: &mut Seen, deed: &Deed) -> bool {
    let (now, order) = (journal.now, Order::Series);
    let pick = |n: u8, all: &[Day]| (!all.is_empty()).then(|| all[usize::from(n) % all.len()]);
    let texts: Vec<Day> = seen.texts.keys().copied().collect();
    let steps: Vec<Day> = seen.steps.keys().copied().collect();
    let slugs: Vec<Slug> = seen.series.keys().cloned().collect();
    let some_slug = |n: u8| slugs.get(usize::from(n) % slugs.len().max(1)).cloned();
    let past = |n: u8| now.day.minus_days(u64::from(n % 5)).expect("in range");
    let store = &mut journal.store;
    match deed {
        Deed::NextDay(days) => {
            journal.later(i64::from(*days));
            return false;
        }
        Deed::Serve => {
            let _ = store.serve(now, order);
            return false;
        }
        Deed::Write(n, text) => {
            let day = past(*n);
            let writing = Writing { day, text, step: None, again: None };
            store.write(now, order, writing).expect("written");
            let whole = seen.texts.get(&day).map_or_else(|| text.clone(), |old| below(old, text));
            seen.texts.insert(day, whole);
        }
        Deed::Revise(n, text) => {
            let Some(day) = pick(*n, &texts) else { return false };
            let (_, parents) = store.revisable(day).expect("read").expect("words");
            store.revise(now, day, parents, text).expect("revised");
            seen.texts.insert(day, text.clone());
        }
        Deed::Delete(n) => {
            let Some(day) = pick(*n, &texts) else { return false };
            let shown = store.entry(day).expect("read").expect("there");
            store.delete(now, &shown).expect("deleted");
            seen.texts.remove(&day);
            seen.afterthoughts.remove(&day);
            seen.steps.remove(&day);
        }
        Deed::Afterthought(n, text) => {
            let Some(day) = pick(*n, &texts) else { return false };
            store.add_afterthought(now, day, text).expect("added");
            seen.afterthoughts.entry(day).or_default().push(text.clone());
        }
        Deed::Step(n, text) => {
            let day = past(*n);
            store.add_step(now, order, day, text).expect("added");
            seen.steps.insert(day, (text.clone(), StepState::Open));
        }
        Deed::Answer(n, state) => {
            let Some(day) = pick(*n, &steps) else { return false };
            let states = [StepState::Done, StepState::Partly, StepState::Dropped];
            let state = states[usize::from(*state) % 3];
            let shown = store.entry(day).expect("read").and_then(|entry| entry.step);
            store.answer_step(now, day, &shown.expect("a step"), state).expect("answered");
            seen.steps.get_mut(&day).expect("a step").1 = state;
        }
        Deed::Leave(n) => {
            let Some(day) = pick(*n, &steps) else { return false };
            store.leave_step(now, day).expect("left");
            return false;
        }
        Deed::AddSeries(n) => {
            // Three series, each of which may come with another number of lessons.
            let name = ["one", "two", "three"][usize::from(*n) % 3];
            let lessons = 1 + seen.series.get(&slug(name)).copied().unwrap_or(1) % 4;
            store.add_series(now, &series(name, lessons as usize)).expect("added");
            seen.series.insert(slug(name), lessons);
            let shipped = store.series(&slug("the-defiant-ones")).expect("read");
            assert!(shipped.is_some());
            let kept: Vec<LessonId> = all_lessons(store);
            seen.loved.retain(|lesson| kept.contains(lesson));
        }
        Deed::Pause(n) => {
            let Some(slug) = some_slug(*n) else { return false };
            let changed = store.pause_series(now, &slug).expect("paused");
            assert_eq!(changed, seen.paused.insert(slug));
            return changed;
        }
        Deed::Resume(n) => {
            let Some(slug) = some_slug(*n) else { return false };
            let changed = store.resume_series(now, &slug).expect("resumed");
            assert_eq!(changed, seen.paused.remove(&slug));
            return changed;
        }
        Deed::PutNext(n) => {
            let Some(slug) = some_slug(*n) else { return false };
            return store.put_series_next(now, &slug).expect("put");
        }
        Deed::Love(n, loved) => {
            let Some(lesson) = some_lesson(store, *n) else { return false };
            store.love(now, lesson, *loved).expect("loved");
            if *loved {
                seen.loved.insert(lesson)
            } else {
                seen.loved.remove(&lesson)
            };
        }
        Deed::AskBack(n) => {
            let Some(lesson) = some_lesson(store, *n) else { return false };
            store.ask_back(now, lesson, Repeat::On(now.day)).expect("asked");
        }
        Deed::Retire(n) => {
            let Some(lesson) = some_lesson(store, *n) else { return false };
            store.ask_back(now, lesson, Repeat::Never).expect("retired");
        }
        Deed::Rest(n, more, rests) => {
            // From some days ago to some days ahead.
            let first = now.day.minus_days(8).and_then(|day| day.plus_days(u64::from(*n)));
            let first = first.expect("in range");
            let last = first.plus_days(u64::from(*more)).expect("in range");
            let holiday = Holiday::new(first, last, now.day).expect("in order");
            let before = seen.holidays.clone();
            for day in holiday.days() {
                if *rests {
                    seen.holidays.insert(day)
                } else {
                    seen.holidays.remove(&day)
                };
            }
            let changed = store.rest(now, holiday, *rests).expect("marked");
            assert_eq!(changed, seen.holidays != before);
            return changed;
        }
        Deed::Undo => unreachable!("the test undoes by itself"),
    }
    true
}

fn all_lessons(store: &Store) -> Vec<LessonId> {
    let mut lessons = Vec::new();
    let one = |lesson: &crate::journal::lesson::ShelvedLesson| {
        lessons.push(lesson.lesson.id);
        Ok::<(), StoreError>(())
    };
    store.each_lesson(None, one).expect("read");
    lessons
}

fn some_lesson(store: &Store, n: u8) -> Option<LessonId> {
    let lessons = all_lessons(store);
    lessons.get(usize::from(n) % lessons.len().max(1)).copied()
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(24))]
    #[test]
    fn over_random_histories_the_tables_say_what_the_facts_do_and_undo_leads_back(
        deeds in prop::collection::vec(deed(), 1..40),
    ) {
        let mut journal = Journal::new();
        journal.store.install_shipped(journal.now).expect("stocked");
        let mut seen = Seen::of(&journal.store);
        let mut before: Vec<Seen> = Vec::new();
        let mut served = BTreeMap::new();
        for deed in &deeds {
            if matches!(deed, Deed::Undo) {
                prop_assert_eq!(journal.undo().is_some(), !before.is_empty());
                if let Some(earlier) = before.pop() {
                    seen = earlier;
                }
            } else {
                let earlier = seen.clone();
                if act(&mut journal, &mut seen, deed) {
                    before.push(earlier);
                }
            }
            prop_assert_eq!(&Seen::of(&journal.store), &seen, "after {:?}", deed);
            // A day that was served once keeps its lesson.
            let one = |entry: &crate::journal::Entry| {
                if let Some(lesson) = &entry.lesson {
                    served.entry(entry.day).or_insert(lesson.id);
                }
                Ok::<(), StoreError>(())
            };
            journal.store.each_entry(&Query::default(), one).expect("read");
            for (day, id) in &served {
                let entry = journal.store.entry(*day).expect("read").expect("still there");
                prop_assert_eq!(entry.lesson.map(|lesson| lesson.id), Some(*id));
            }
            assert_tables_say_what_the_facts_do(&journal.store);
        }
    }
}
