//! The windows of the browser: every day once, in order, found by the index.

use super::*;

/// A journal with words on these days of November 2026.
fn with_days(days: &[u32]) -> Journal {
    let mut journal = Journal::new();
    for number in days {
        let day = format!("2026-11-{number:02}").parse().expect("a day");
        journal.write(day, &format!("words of {number}"));
    }
    journal
}

fn window(journal: &Journal, at: WindowAt, side: usize) -> (Vec<u32>, bool, bool) {
    use chrono::Datelike;
    let found = journal.store.day_window(at, side).expect("read");
    let days = found.days.iter().map(|line| line.day.date().day()).collect();
    (days, found.has_newer, found.has_older)
}

#[test]
fn a_window_has_the_days_around_one_newest_first_and_says_if_there_are_more() {
    let journal = with_days(&[2, 3, 5, 8, 13, 20]);
    let around =
        |day: &str, side| window(&journal, WindowAt::Around(day.parse().expect("a day")), side);
    assert_eq!(window(&journal, WindowAt::Newest, 2), (vec![20, 13, 8, 5], false, true));
    assert_eq!(window(&journal, WindowAt::Oldest, 2), (vec![8, 5, 3, 2], true, false));
    assert_eq!(window(&journal, WindowAt::Newest, 3), (vec![20, 13, 8, 5, 3, 2], false, false));
    assert_eq!(around("2026-11-08", 2), (vec![20, 13, 8, 5], false, true));
    assert_eq!(around("2026-11-05", 1), (vec![8, 5], true, true));
    assert_eq!(around("2026-11-06", 9), (vec![20, 13, 8, 5, 3, 2], false, false));
    assert_eq!(around("1900-01-01", 2), (vec![3, 2], true, false));
    assert_eq!(around("9998-12-31", 2), (vec![20, 13], false, true));
}

#[test]
fn a_line_has_the_title_the_first_words_and_what_is_marked() {
    let mut journal = Journal::new();
    let lesson = journal.serve().entry.lesson.expect("a lesson");
    let day = journal.now.day;
    let bare = |journal: &Journal| journal.store.day_lines(&[day]).expect("read").remove(0);
    let line = bare(&journal);
    assert_eq!(line.title.as_deref(), Some("the-defiant-ones 1"));
    assert_eq!((line.beginning, line.loved), (None, false));
    journal.write(day, &"é".repeat(500));
    journal.store.love(journal.now, lesson.id, true).expect("loved");
    let line = bare(&journal);
    assert_eq!(line.beginning, Some("é".repeat(200)));
    assert!(line.loved && !line.has_open_step && !line.has_afterthoughts);
    let none = journal.store.day_lines(&["2026-11-01".parse().expect("a day")]);
    assert!(none.expect("read").is_empty());
    assert_eq!(journal.store.entry_count().expect("read"), 1);
}

#[test]
fn a_window_is_found_by_the_index_of_the_days() {
    let journal = with_days(&[2, 3]);
    let connection = Connection::open(journal.path()).expect("opened");
    for sql in [crate::store::read::browse::BACK_FROM, crate::store::read::browse::ON_FROM] {
        let sql = sql.replace(":from", "'2026-11-03'").replace(":most", "9");
        let explained = format!("EXPLAIN QUERY PLAN SELECT entry.text FROM entry {sql}");
        let mut statement = connection.prepare(&explained).expect("prepared");
        let rows = statement.query_map([], |row| row.get(3)).expect("read");
        let plan: Vec<String> = rows.map(|row| row.expect("a row")).collect();
        assert_eq!(plan.len(), 1, "{plan:?}");
        assert!(plan[0].starts_with("SEARCH entry USING INDEX sqlite_autoindex_entry"), "{plan:?}");
    }
}

#[test]
fn the_version_changes_with_a_change_of_another_process_only() {
    let mut journal = with_days(&[2]);
    let before = journal.store.version_seen().expect("read");
    journal.write("2026-11-03".parse().expect("a day"), "own");
    assert_eq!(journal.store.version_seen().expect("read"), before);
    let mut other = Store::open(&journal.path(), SHIPPED).expect("opened");
    other.serve(journal.now, Order::Series).expect("served");
    assert_ne!(journal.store.version_seen().expect("read"), before);
}
