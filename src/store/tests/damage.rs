//! Damage that is met on the way: what can be read is read and the damage is named, words can still
//! be erased, and each failure of SQLite has a meaning.

use std::fs;

use super::*;
use crate::journal::entry::fact::Subject;

/// The damage that a look at the entry of a day finds.
fn found(journal: &Journal, day: Day) -> Vec<Damage> {
    let checked = journal.store.checked_entry(day).expect("read");
    let what = checked.damaged.into_iter().map(|error| match error {
        StoreError::Damaged { path, what } => {
            assert_eq!(path, journal.path());
            what
        }
        other => panic!("{other}"),
    });
    what.collect()
}

fn damage(journal: &Journal, sql: &str) {
    assert!(journal.store.connection.execute(sql, []).expect("run") > 0, "{sql}");
}

/// A journal with a lesson, words, a step and an afterthought today.
fn with_words() -> (Journal, Day) {
    let mut journal = Journal::new();
    let day = journal.now.day;
    let writing =
        Writing { day, text: "my words", step: Some(&testing::step("call Anna")), again: None };
    journal.store.write(journal.now, Order::Series, writing).expect("written");
    journal.store.add_afterthought(journal.now, day, "later").expect("added");
    (journal, day)
}

#[test]
fn an_entry_that_its_facts_do_not_add_up_to_is_told_and_shown_as_it_was_saved() {
    for sql in [
        "UPDATE entry SET text = 'forged'",
        "UPDATE entry SET text = NULL",
        "UPDATE entry SET step_state = 'done'",
        "UPDATE entry SET afterthoughts = NULL",
        "UPDATE entry SET lesson = NULL",
        "UPDATE entry SET served_at = 0",
        "DELETE FROM entry",
    ] {
        let (mut journal, day) = with_words();
        assert_eq!(found(&journal, day), []);
        let whole = journal.store.entry(day).expect("read").expect("an entry");
        damage(&journal, sql);
        assert_eq!(found(&journal, day), [Damage::Entry(day)], "{sql}");
        let shown = journal.store.checked_entry(day).expect("read").entry.expect("an entry");
        assert_eq!(shown, whole, "{sql}");
        // What is shown can be deleted, and the tables are then right again.
        journal.store.delete(journal.now, &shown).expect("deleted");
        assert_tables_agree_with_facts(&journal.store);
    }
    let (mut journal, day) = with_words();
    journal.later(1);
    let invented = journal.now.day;
    journal.serve();
    damage(&journal, &format!("DELETE FROM fact WHERE subject = '{invented}'"));
    assert!(journal.store.checked_entry(invented).expect("read").entry.is_none());
    assert_eq!(found(&journal, invented), [Damage::Entry(invented)]);
    assert_eq!(found(&journal, day), []);
}

#[test]
fn a_value_that_cannot_be_read_does_not_hide_what_was_saved() {
    let (journal, day) = with_words();
    damage(&journal, "UPDATE entry SET afterthoughts = '{'");
    let checked = journal.store.checked_entry(day).expect("read");
    assert_eq!(checked.entry.expect("an entry").afterthoughts.len(), 1);
    assert_eq!(found(&journal, day).len(), 2);
}

#[test]
fn a_lesson_whose_id_is_not_that_of_its_words_is_told() {
    for column in ["title", "story", "takeaway", "question"] {
        let (journal, day) = with_words();
        damage(&journal, &format!("UPDATE lesson SET {column} = {column} || '!'"));
        assert_eq!(found(&journal, day), [Damage::Lesson(day)], "{column}");
    }
}

#[test]
fn a_lesson_that_did_not_come_along_with_an_import_is_no_damage() {
    let (journal, day) = with_words();
    damage(&journal, "DELETE FROM lesson");
    assert_eq!(found(&journal, day), []);
}

#[test]
fn a_day_with_a_damaged_fact_can_be_read_and_forgotten() {
    for change in ["replace(body, 'my words', 'my wards')", "'{'", "x'ff'", "'{}'"] {
        let (mut journal, day) = with_words();
        let subject = Subject::Day(day);
        damage(
            &journal,
            &format!("UPDATE fact SET body = CAST({change} AS TEXT) WHERE kind = 'wrote'"),
        );
        let found = found(&journal, day);
        let [Damage::Fact { subject: of, .. }] = found.as_slice() else { panic!("{found:?}") };
        assert_eq!(*of, subject);
        let shown = journal.store.checked_entry(day).expect("read").entry.expect("an entry");
        assert_eq!(shown.reflection.map(|reflection| reflection.text).as_deref(), Some("my words"));
        let facts = journal.store.written_facts(day).expect("read");
        let damaged = facts.iter().filter(|fact| matches!(fact, WrittenFact::Damaged { .. }));
        assert_eq!(damaged.count(), 1, "{change}");
        journal.store.forget(journal.now, day, &facts).expect("forgotten");
        let entry = journal.store.entry(day).expect("read").expect("the serving stays");
        assert_eq!((entry.reflection, entry.step), (None, None));
        let bytes = std::fs::read(journal.path()).expect("read");
        for word in [&b"my words"[..], b"my wards", b"call Anna"] {
            assert!(!bytes.windows(word.len()).any(|window| window == word), "{change}");
        }
        journal.write(day, "new words");
        assert_eq!(self::found(&journal, day), []);
    }
}

#[test]
fn undo_passes_over_a_change_with_a_damaged_fact() {
    let (mut journal, _) = with_words();
    journal.later(1);
    let second = journal.now.day;
    // Two facts in one change, of which the older is damaged.
    let step = testing::step("call Ben");
    let writing = Writing { day: second, text: "more words", step: Some(&step), again: None };
    journal.store.write(journal.now, Order::Series, writing).expect("written");
    damage(
        &journal,
        &format!("UPDATE fact SET body = '{{' WHERE kind = 'wrote' AND subject = '{second}'"),
    );
    let undone = journal.undo().expect("something to undo");
    let [Event::AddedAfterthought { text, .. }] = undone.as_slice() else { panic!("{undone:?}") };
    assert_eq!(text, "later");
}

#[test]
fn a_damaged_serving_is_forgotten_with_its_day() {
    let (mut journal, day) = with_words();
    damage(&journal, "UPDATE fact SET body = '{' WHERE kind = 'served'");
    let facts = journal.store.written_facts(day).expect("read");
    journal.store.forget(journal.now, day, &facts).expect("forgotten");
    journal.write(day, "new words");
    assert_eq!(journal.text(day).as_deref(), Some("new words"));
    assert_eq!(found(&journal, day), []);
}

#[test]
fn a_trigger_or_a_view_of_somebody_else_is_told_and_never_run() {
    for (sql, kind) in [
        ("CREATE TRIGGER t AFTER INSERT ON fact BEGIN DELETE FROM fact; END", "trigger"),
        ("CREATE VIEW t AS SELECT * FROM fact", "view"),
    ] {
        let (journal, day) = with_words();
        let path = journal.path();
        let Journal { folder: _folder, store, now } = journal;
        drop(store);
        Connection::open(&path).expect("opened").execute_batch(sql).expect("made");
        let mut store = Store::open(&path, SHIPPED).expect("opened");
        let writing = Writing { day, text: "more", step: None, again: None };
        let error = store.write(now, Order::Series, writing).expect_err("refused");
        let StoreError::Damaged { what: Damage::Foreign { kind: found, name }, .. } = error else {
            panic!("{error}")
        };
        assert_eq!((found.as_str(), name.as_str()), (kind, "t"));
        let text =
            store.entry(day).expect("read").expect("an entry").reflection.expect("words").text;
        assert_eq!(text, "my words");
        // Also where a change is made without that check.
        let copied = "INSERT INTO fact SELECT randomblob(16), clock, change, device, at, offset,
                      kind, version, subject, parents, origin, body, hash FROM fact LIMIT 1";
        store.connection.execute(copied, []).expect("added");
        let count = |row: &rusqlite::Row<'_>| row.get::<_, u32>(0);
        let facts = store.connection.query_row("SELECT count(*) FROM fact", [], count);
        assert!(facts.expect("counted") > 1);
    }
}

#[test]
fn a_journal_that_goes_away_while_it_is_open_is_told_as_that() {
    type Change = fn(&Path);
    let changes: [(&str, Change); 3] = [
        ("removed", |path| std::fs::remove_file(path).expect("removed")),
        ("moved", |path| std::fs::rename(path, path.with_extension("old")).expect("moved")),
        ("replaced", |path| {
            let copy = path.with_extension("copy");
            std::fs::copy(path, &copy).expect("copied");
            std::fs::rename(copy, path).expect("replaced");
        }),
    ];
    for (what, change) in changes {
        let (mut journal, day) = with_words();
        change(&journal.path());
        let writing = Writing { day, text: "more", step: None, again: None };
        let error = journal.store.write(journal.now, Order::Series, writing).expect_err("refused");
        let StoreError::Refused { why, path, .. } = error else { panic!("{error}") };
        assert_eq!((why, path), (Refusal::Moved, journal.path()), "{what}");
    }
}

#[test]
fn a_missing_table_is_told_as_damage_of_the_file() {
    let (journal, day) = with_words();
    journal.store.connection.execute_batch("DROP TABLE entry").expect("dropped");
    let error = journal.store.entry(day).expect_err("missing");
    assert!(matches!(error, StoreError::Refused { why: Refusal::PartMissing, .. }), "{error}");
}

#[test]
fn a_large_journal_with_a_torn_page_beside_new_facts_takes_no_words() {
    let mut journal = Journal::new();
    for number in 0..40 {
        journal.later(1);
        journal.write(journal.now.day, &format!("{number} {}", "many words ".repeat(4000)));
    }
    journal.later(1);
    journal.write(journal.now.day, "the last words");
    let path = journal.path();
    let whole = fs::read(&path).expect("read");
    assert!(whole.len() > 2 << 20, "{}", whole.len());
    // The first half of the page with the last fact is there, and the second is of nothing.
    let words = b"the last words";
    let mut tables = 0;
    let places = whole.windows(words.len()).enumerate().filter(|(_, part)| part == words);
    for (at, _) in places {
        let page = at / 4096 * 4096;
        let is_table = whole[page] == 13;
        tables += usize::from(is_table);
        let mut torn = whole.clone();
        torn[page + 2048..page + 4096].fill(0);
        fs::write(&path, &torn).expect("written");
        let mut store = Store::open(&path, SHIPPED).expect("opened");
        journal.later(1);
        let writing = Writing { day: journal.now.day, text: "new words", step: None, again: None };
        let written = store.write(journal.now, Order::Series, writing);
        let is_refused = matches!(written, Err(StoreError::Damaged { what: Damage::Pages(_), .. }));
        assert!(is_refused || !is_table, "{written:?}");
        drop(store);
        assert!(!is_refused || fs::read(&path).expect("read") == torn, "nothing is written");
    }
    assert!(tables > 0, "the words stand in a table");
}
