//! Another journal file comes in as a union that loses nothing: in both directions, again, with
//! damage in it, and of an older form.

use std::fs;

use super::histories::{Action, Seen, act, action};
use super::*;
use crate::store::doctor::Finding;
use crate::store::other_journal::OtherJournal;

/// A copy of a journal that goes on by itself.
fn copy_of(journal: &Journal) -> Journal {
    let folder = TempDir::new_in("/dev/shm").or_else(|_| TempDir::new()).expect("a folder");
    let path = folder.path().join("journal.db");
    fs::copy(journal.path(), &path).expect("copied");
    let store = Store::open(&path, SHIPPED).expect("opened");
    Journal { folder, store, now: journal.now }
}

/// Merges the file at this path, and returns what was added and what was left out.
fn merge(journal: &mut Journal, path: &Path) -> (MergeReport, Vec<Finding>) {
    let scratch = journal.folder.path().join("scratch");
    let other = OtherJournal::open(path, &scratch, &mut |_| {}).expect("opened");
    let would = journal.store.would_merge(other.items()).expect("read");
    let report = journal.store.merge(journal.now, other.items()).expect("merged");
    assert_eq!(
        (would.facts, would.lessons, would.known),
        (report.facts, report.lessons, report.known)
    );
    let mut left_out = other.into_left_out();
    // Each was met twice.
    left_out.truncate(left_out.len() / 2);
    (report, left_out)
}

fn facts(store: &Store) -> Vec<StoredFact> {
    let mut facts = Vec::new();
    let each = store.each_fact(|fact| {
        facts.push(fact.clone());
        Ok::<(), StoreError>(())
    });
    each.expect("read");
    facts
}

/// The derived tables without row numbers, and without what only one file remembers.
fn tables(store: &Store) -> Vec<Vec<String>> {
    let read = |sql: &str| {
        let mut statement = store.connection.prepare(sql).expect("a query");
        let rows = statement.query_map([], |row| row.get::<_, String>(0)).expect("read");
        rows.collect::<rusqlite::Result<Vec<String>>>().expect("read")
    };
    [
        "SELECT hex(fact) FROM undone ORDER BY fact",
        "SELECT json_array(slug, title, source, introduction, lessons, position, paused)
         FROM series ORDER BY slug",
        "SELECT json_array(hex(lesson), series, number, first_served, last_served, loved, retired,
                           due, tags, source)
         FROM lesson_state WHERE series IN (SELECT slug FROM series) ORDER BY lesson",
        "SELECT json_array(day, hex(lesson), served_at, served_offset, text, words, written_at,
                           written_offset, revised_at, revised_offset, revisions, late, step,
                           step_when, step_state, step_closed_on, step_outcome, afterthoughts, quiet)
         FROM entry ORDER BY day",
        "SELECT hex(id) FROM lesson ORDER BY id",
    ]
    .map(read)
    .to_vec()
}

fn act_all(journal: &mut Journal, actions: &[Action]) {
    for action in actions {
        let mut seen = Seen::of(&journal.store);
        match action {
            Action::Undo => _ = journal.undo(),
            Action::Redo => _ = journal.redo(),
            action => _ = act(journal, &mut seen, action),
        }
    }
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(24))]
    #[test]
    fn two_histories_of_one_past_are_the_same_after_each_took_in_the_other(
        past in prop::collection::vec(action(), 0..12),
        here in prop::collection::vec(action(), 0..12),
        there in prop::collection::vec(action(), 0..12),
    ) {
        let mut one = Journal::new();
        act_all(&mut one, &past);
        let mut other = copy_of(&one);
        act_all(&mut one, &here);
        act_all(&mut other, &there);
        let [before, others] = [&one, &other].map(|journal| facts(&journal.store));
        // Both as they were before either took in the other.
        let kept = other.folder.path().join("kept.db");
        fs::copy(other.path(), &kept).expect("copied");
        let path = one.path();
        merge(&mut other, &path);
        merge(&mut one, &kept);
        let [ones, twos] = [&one, &other].map(|journal| facts(&journal.store));
        prop_assert_eq!(&ones, &twos);
        for fact in before.iter().chain(&others) {
            prop_assert!(ones.contains(fact), "lost: {:?}", fact);
        }
        prop_assert_eq!(tables(&one.store), tables(&other.store));
        assert_tables_agree_with_facts(&one.store);
        assert_tables_agree_with_facts(&other.store);
        // Once more adds nothing.
        let (again, _) = merge(&mut one, &kept);
        prop_assert_eq!((again.facts, again.lessons), (0, 0));
    }
}

#[test]
fn what_is_damaged_is_named_and_the_rest_comes_in() {
    let mut other = Journal::new();
    for number in 0..30 {
        other.later(1);
        other.write(other.now.day, &format!("words {number} {}", "and more ".repeat(200)));
    }
    let damaged = other.now.day;
    let path = other.path();
    let count = facts(&other.store).len();
    let sql = format!(
        "UPDATE fact SET body = replace(body, 'words', 'wards') WHERE subject = '{damaged}'
         AND kind = 'wrote'"
    );
    other.store.connection.execute(&sql, []).expect("changed");
    other
        .store
        .connection
        .execute("UPDATE lesson SET story = 'x' WHERE rowid = 2", [])
        .expect("changed");
    drop(other.store);
    let before = fs::read(&path).expect("read");
    let mut journal = Journal::empty(ShippedSeries::NONE);
    journal.now = other.now;
    let (report, left_out) = merge(&mut journal, &path);
    assert_eq!((report.facts, report.lessons), (count - 1, 4));
    let kinds: Vec<_> = left_out.iter().map(Finding::kind).collect();
    assert_eq!(kinds, ["damaged_lesson", "damaged_fact"]);
    assert_eq!(journal.text(damaged), None);
    assert!(fs::read(&path).expect("read") == before);
    // A page of the table that cannot be read: what stands before it and behind it comes in.
    let middle = b"words 15 and";
    let place = before.windows(middle.len()).position(|part| part == middle).expect("there");
    let mut torn = before.clone();
    torn[place / 4096 * 4096..place / 4096 * 4096 + 4096].fill(0xff);
    fs::write(&path, &torn).expect("written");
    let mut journal = Journal::empty(ShippedSeries::NONE);
    journal.now = other.now;
    let scratch = journal.folder.path().join("scratch");
    let other = OtherJournal::open(&path, &scratch, &mut |_| {}).expect("opened");
    journal.store.merge(journal.now, other.items()).expect("merged");
    assert!(!other.into_left_out().is_empty());
    for number in [0_u64, 29] {
        let day = damaged.minus_days(29 - number).expect("in range");
        assert!(journal.text(day).is_some() || day == damaged, "{day}");
    }
}

#[test]
fn a_journal_of_an_older_form_comes_in_and_stays_as_it_is() {
    for sql in [
        include_str!("../../../tests/fixtures/form-1.sql"),
        include_str!("../../../tests/fixtures/form-2.sql"),
        include_str!("../../../tests/fixtures/form-3.sql"),
    ] {
        let folder = TempDir::new().expect("a folder");
        let path = folder.path().join("old.db");
        Connection::open(&path).expect("created").execute_batch(sql).expect("made");
        let before = fs::read(&path).expect("read");
        let mut journal = Journal::empty(ShippedSeries::NONE);
        let (report, _) = merge(&mut journal, &path);
        assert!(report.facts > 0);
        assert!(fs::read(&path).expect("read") == before);
        let copy = folder.path().join("copy.db");
        fs::copy(&path, &copy).expect("copied");
        let upgraded = Store::open(&copy, ShippedSeries::NONE).expect("opened");
        assert_eq!(facts(&journal.store).len(), facts(&upgraded).len());
        assert_tables_agree_with_facts(&journal.store);
        let (again, _) = merge(&mut journal, &path);
        assert_eq!(again.facts, 0);
    }
}
