//! What dwell needs of SQLite, with whatever options it was compiled.

use super::*;

#[test]
fn what_dwell_uses_of_sqlite_is_compiled_in() {
    let connection = Connection::open_in_memory().expect("opened");
    let mut statement = connection.prepare("PRAGMA compile_options").expect("prepared");
    let options = statement.query_map([], |row| row.get(0)).expect("read");
    let options: Vec<String> = options.collect::<rusqlite::Result<_>>().expect("read");
    assert!(options.iter().any(|option| option == "ENABLE_FTS5"), "{options:?}");
    assert!(!options.iter().any(|option| option == "THREADSAFE=0"), "{options:?}");
    // One of each kind that a compile option could take away.
    connection
        .execute_batch(
            "CREATE TABLE one (a TEXT CHECK (a GLOB '[0-9]*')) STRICT;
             CREATE INDEX one_part ON one (a) WHERE a IS NOT NULL;
             CREATE TABLE other (a BLOB PRIMARY KEY) STRICT, WITHOUT ROWID;
             CREATE VIRTUAL TABLE words USING fts5 (a, content = '', tokenize = \"ascii\");
             INSERT INTO words (rowid, a) VALUES (1, 'one two');
             SELECT count(*) FILTER (WHERE a > '1'), concat_ws('', a, NULL), instr(a, '1'),
                    lower(hex(a)) LIKE '3%' FROM one GROUP BY a;
             SELECT bm25(words) FROM words WHERE words MATCH 'two';
             SELECT * FROM pragma_quick_check('one');",
        )
        .expect("all of it is there");
}

#[test]
fn each_page_is_checked_before_it_is_changed_and_reading_alone_checks_none() {
    let mut journal = Journal::new();
    let path = journal.path();
    let is_checked = |store: &Store| -> bool {
        let sql = "PRAGMA cell_size_check";
        store.connection.query_row(sql, [], |row| row.get(0)).expect("answered")
    };
    let mut store = Store::open(&path, SHIPPED).expect("opened");
    assert_eq!(store.entry(journal.now.day).expect("read"), None);
    assert!(!is_checked(&store));
    store.serve(journal.now, Order::Series).expect("served");
    assert!(is_checked(&store));
    journal.later(1);
    journal.serve();
    assert!(is_checked(&journal.store));
}
