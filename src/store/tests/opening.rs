//! Opening: which files are refused, and the settings of a connection.

use rusqlite::StatementStatus;

use super::*;
use crate::store::file::form;
use crate::store::tables;

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
        ("application_id", &form::APPLICATION_ID.to_string()),
        ("user_version", &tables::CURRENT.to_string()),
    ] {
        assert_eq!(setting(name), wanted, "{name}");
    }
}

/// SQLite can plan a statement again when its values change. That takes several times as long as
/// most statements here.
#[test]
fn a_statement_is_planned_once_for_all_values() {
    let journal = Journal::new();
    let sql = include_str!("../facts/facts_on_subject.sql");
    let mut statement = journal.store.connection.prepare(sql).expect("planned");
    for value in ["2026-11-22", "2026-11-23", "2026-11-24"] {
        statement.exists([value]).expect("read");
        statement.clear_bindings();
    }
    assert_eq!(statement.get_status(StatementStatus::RePrepare), 0);
}

type IsWhy = fn(&Unusable) -> bool;

#[test]
fn a_file_that_is_not_a_journal_of_this_dwell_is_refused_and_not_changed() {
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
        let error = Store::open(&path, ShippedSeries::NONE).expect_err("refused");
        let StoreError::Unusable { why, .. } = error else { panic!("{error}") };
        assert!(wanted(&why), "{why:?}");
        assert_eq!(std::fs::read(&path).expect("read"), bytes);
    }
}

/// Whether the failure is due to the file.
fn is_of_the_file(error: &StoreError) -> bool {
    matches!(
        error,
        StoreError::Unusable { .. } | StoreError::Refused { .. } | StoreError::Damaged { .. }
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
        let opened = Store::open(&path, ShippedSeries::NONE).and_then(|mut store| {
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
    // Without free pages: damage to them would not be noticed.
    journal.store.connection.execute_batch("VACUUM").expect("rewritten");
    let path = journal.path();
    let Journal { folder: _folder, store, now } = journal;
    drop(store);
    let whole = std::fs::read(&path).expect("read");
    for page in 1..whole.len() / 4096 {
        let mut damaged = whole.clone();
        damaged[page * 4096..][..4096].fill(0xa5);
        std::fs::write(&path, &damaged).expect("written");
        let written = Store::open(&path, ShippedSeries::NONE).and_then(|mut store| {
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
    let written = Store::open(&path, ShippedSeries::NONE)
        .and_then(|mut store| store.write(now, Order::Series, writing));
    assert!(is_of_the_file(&written.expect_err("refused")));
    assert!(std::fs::read(&path).expect("read") == damaged, "it was written to");
}
