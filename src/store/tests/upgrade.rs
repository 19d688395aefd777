//! Journals of older forms are brought to the present one, and derived tables are rebuilt.

use super::*;
use crate::store::file::form;
use crate::store::read::stats;
use crate::store::tables;

const FORM_1: &str = include_str!("../../../tests/fixtures/form-1.sql");
const FORM_2: &str = include_str!("../../../tests/fixtures/form-2.sql");

/// A journal file made from SQL text.
fn file(sql: &str) -> (TempDir, PathBuf) {
    let folder = TempDir::new().expect("a folder");
    let path = folder.path().join("journal.db");
    let connection = Connection::open(&path).expect("created");
    connection.execute_batch(sql).expect("made");
    drop(connection);
    (folder, path)
}

fn texts(store: &Store) -> Vec<(String, String)> {
    let mut texts = Vec::new();
    let oldest_first = Query { oldest_first: true, ..Query::default() };
    let one = |entry: &crate::journal::Entry| {
        let text = entry.reflection.as_ref().map(|reflection| reflection.text.clone());
        texts.extend(text.map(|text| (entry.day.to_string(), text)));
        Ok::<(), StoreError>(())
    };
    store.each_entry(&oldest_first, one).expect("read");
    texts
}

fn kinds(store: &Store) -> BTreeMap<String, usize> {
    let mut kinds = BTreeMap::new();
    store
        .each_fact(|stored| {
            *kinds.entry(stored.kind.clone()).or_default() += 1;
            Ok::<(), StoreError>(())
        })
        .expect("whole");
    kinds
}

fn found(store: &Store, word: &str) -> u32 {
    let sql = format!("SELECT count(*) FROM search WHERE search MATCH '\"{word}\"'");
    store.connection.query_row(&sql, [], |row| row.get(0)).expect("searched")
}

#[test]
fn a_journal_of_the_first_form_is_brought_to_the_present_one_with_every_word() {
    let (_folder, path) = file(FORM_1);
    let store = Store::open(&path, SHIPPED).expect("opened");
    assert_eq!(form::version_of(&store.connection).expect("read"), tables::CURRENT);
    let words = |day: &str, text: &str| (day.to_owned(), text.to_owned());
    assert_eq!(
        texts(&store),
        [
            words("2026-11-01", "Ñandú und Größe: 世界は広い。 #work"),
            words("2026-11-02", "edited words"),
            words("2026-11-20", "twenty"),
        ]
    );
    let written = stats::written_days(&store.connection).expect("read");
    assert_eq!(written.iter().map(|day| day.word_count).collect::<Vec<_>>(), [9, 2, 1]);
    for (word, wanted) in [("nandu", 1), ("anna", 1), ("headphones", 2), ("undone", 0)] {
        assert_eq!(found(&store, word), wanted, "{word}");
    }
    let kinds = kinds(&store);
    for kind in KINDS_OF_FORM_1 {
        assert!(kinds.contains_key(kind), "{kind} in {kinds:?}");
    }
    assert!(!kinds.contains_key("asked"), "a screen's memory is no fact");
    assert_tables_agree_with_facts(&store);
}

const KINDS_OF_FORM_1: [&str; 14] = [
    "served",
    "wrote",
    "deleted",
    "added_afterthought",
    "stepped",
    "answered",
    "series_added",
    "paused",
    "resumed",
    "put_next",
    "loved",
    "asked_back",
    "retired",
    "took_back",
];

#[test]
fn a_journal_of_the_second_form_is_brought_over_with_every_kind_of_fact() {
    let (_folder, path) = file(FORM_2);
    let store = Store::open(&path, SHIPPED).expect("opened");
    let kinds = kinds(&store);
    for kind in KINDS_OF_FORM_1.iter().chain(&["forgot", "rested"]) {
        assert!(kinds.contains_key(*kind), "{kind} in {kinds:?}");
    }
    assert!(!kinds.contains_key("asked") && !kinds.contains_key("looked"), "{kinds:?}");
    // The old fact about a screen is now in the memory of this file.
    let day = "2026-11-01".parse().expect("a day");
    let entry = store.entry(day).expect("read").expect("there");
    assert_eq!(entry.asked_on.map(|day| day.to_string()), Some("2026-11-03".to_owned()));
    assert_eq!(entry.afterthoughts.len(), 1);
    let picked = store.longest_unseen("2026-11-20".parse().expect("a day"), day, &[]);
    assert_eq!(picked.expect("read"), Some(day));
    assert_eq!(texts(&store).len(), 3);
    assert_tables_agree_with_facts(&store);
}

#[test]
fn a_journal_of_the_third_form_shows_its_words_and_keeps_what_it_does_not_know() {
    let (_folder, path) = file(include_str!("../../../tests/fixtures/form-3.sql"));
    let store = Store::open(&path, SHIPPED).expect("opened");
    assert_eq!(form::version_of(&store.connection).expect("read"), tables::CURRENT);
    assert_eq!(texts(&store).len(), 3);
    assert_eq!(kinds(&store).get("mooded"), Some(&1));
    assert_tables_agree_with_facts(&store);
}

#[test]
fn a_fact_that_was_damaged_in_an_old_form_stays_damaged() {
    let (_folder, path) = file(FORM_2);
    let connection = Connection::open(&path).expect("opened");
    let sql = "UPDATE fact SET body = replace(body, 'twenty', 'twelve') WHERE kind = 'wrote'";
    connection.execute(sql, []).expect("changed");
    drop(connection);
    // It stops neither the rest nor the opening, and it is told where it is met.
    let store = Store::open(&path, SHIPPED).expect("opened");
    assert_eq!(texts(&store).len(), 2, "the others");
    let day = "2026-11-20".parse().expect("a day");
    let damaged = store.checked_entry(day).expect("read").damaged;
    let is_told = |error: &StoreError| {
        matches!(
            error,
            StoreError::Damaged { what: Damage::Fact { fault: FactFault::Hash, .. }, .. }
        )
    };
    assert!(damaged.iter().any(is_told), "{damaged:?}");
}

#[test]
fn tables_are_rebuilt_although_a_fact_is_damaged() {
    let mut journal = Journal::new();
    let day = journal.now.day;
    journal.write(day, "words of mine");
    journal.later(1);
    let second = journal.now.day;
    journal.write(second, "other words");
    let sql = format!(
        "UPDATE fact SET body = '{{' WHERE kind = 'wrote' AND subject = '{second}';
         PRAGMA user_version = {}",
        tables::CURRENT + 1
    );
    journal.store.connection.execute_batch(&sql).expect("damaged");
    let Journal { folder, store, now } = journal;
    drop(store);
    let store = Store::open(&folder.path().join("journal.db"), SHIPPED).expect("opened");
    let mut journal = Journal { folder, store, now };
    assert_eq!(journal.text(day).as_deref(), Some("words of mine"));
    assert!(journal.store.entry(second).expect("read").expect("the serving").reflection.is_none());
    assert!(!journal.store.checked_entry(second).expect("read").damaged.is_empty());
    journal.later(1);
    journal.write(journal.now.day, "new words");
    assert_tables_agree_with_facts(&journal.store);
}

#[test]
fn tables_of_another_version_are_rebuilt_at_the_next_opening() {
    let mut journal = Journal::new();
    journal.serve();
    let day = journal.now.day;
    journal.write(day, "words of mine");
    let sql = format!(
        "DROP TABLE entry; DROP TABLE search; CREATE TABLE entry (other TEXT) STRICT;
         PRAGMA user_version = {}",
        tables::CURRENT + 1
    );
    journal.store.connection.execute_batch(&sql).expect("as another release has it");
    let Journal { folder, store, now } = journal;
    drop(store);
    let mut reported = Vec::new();
    let path = folder.path().join("journal.db");
    let progress = &mut |progress| reported.push(progress);
    let store = Store::open_with_progress(&path, SHIPPED, None, WAIT, progress);
    let journal = Journal { folder, store: store.expect("opened"), now };
    assert_eq!(journal.text(day), Some("words of mine".to_owned()));
    assert!(reported.iter().all(|progress| progress.done < progress.total), "{reported:?}");
    assert!(!reported.is_empty());
    assert_tables_agree_with_facts(&journal.store);
}

#[test]
fn a_difference_between_tables_and_facts_is_reported_and_a_rebuild_repairs_it() {
    let mut journal = Journal::new();
    journal.serve();
    let day = journal.now.day;
    journal.write(day, "words");
    let entry =
        |in_journal| Difference { table: Derived::Entry, about: day.to_string(), in_journal };
    let sql = "UPDATE entry SET text = 'other'; UPDATE series SET paused = 1;";
    journal.store.connection.execute_batch(sql).expect("changed");
    let found = journal.store.compare().expect("compared");
    let about = "the-defiant-ones".to_owned();
    let series =
        |in_journal| Difference { table: Derived::Series, about: about.clone(), in_journal };
    assert_eq!(found, [series(true), series(false), entry(true), entry(false)]);
    assert_eq!(journal.text(day), Some("other".to_owned()), "comparing changes nothing");
    journal.store.rebuild(&mut |_| {}).expect("rebuilt");
    assert_tables_agree_with_facts(&journal.store);
    assert_eq!(journal.text(day), Some("words".to_owned()));
}
