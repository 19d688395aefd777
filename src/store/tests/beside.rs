//! What lies beside a journal: links to it, what killed runs left, rollback files of another state,
//! and whose the file is.

use std::fs;
use std::os::unix::fs::{PermissionsExt, symlink};
use std::time::{Duration, SystemTime};

use super::*;
use crate::platform;

fn open(path: &Path) -> Result<Store> {
    Store::open(path, SHIPPED)
}

fn why(error: StoreError) -> Unusable {
    match error {
        StoreError::Unusable { why, .. } => why,
        other => panic!("{other}"),
    }
}

/// The path and the open journal of a test, which is closed.
fn closed(journal: Journal) -> (TempDir, PathBuf, Now) {
    let path = journal.path();
    let Journal { folder, store, now } = journal;
    drop(store);
    (folder, path, now)
}

#[test]
fn a_journal_is_made_at_the_end_of_its_links() {
    let folder = TempDir::new().expect("a folder");
    let at = |name: &str| folder.path().join(name);
    symlink("deep/er/real.db", at("journal.db")).expect("linked");
    symlink(at("other"), at("data")).expect("linked");
    for (path, real) in
        [("journal.db", "deep/er/real.db"), ("data/in/journal.db", "other/in/journal.db")]
    {
        let store = open(&at(path)).expect("created");
        assert_eq!(store.begun(), Some(Begun::InNewFolder));
        assert!(at(real).is_file(), "{real}");
        assert!(open(&at(path)).expect("opened").begun().is_none());
    }
    assert!(fs::symlink_metadata(at("journal.db")).expect("there").is_symlink());
    assert!(fs::symlink_metadata(at("data")).expect("there").is_symlink());
    let mode = fs::metadata(at("deep/er")).expect("made").permissions().mode();
    assert_eq!(mode & 0o777, 0o700);
    // No other name is left beside it.
    assert_eq!(fs::read_dir(at("deep/er")).expect("listed").count(), 1);
}

#[test]
fn links_in_a_circle_are_an_error_and_no_journal() {
    let folder = TempDir::new().expect("a folder");
    let path = folder.path().join("journal.db");
    symlink("other.db", &path).expect("linked");
    symlink("journal.db", folder.path().join("other.db")).expect("linked");
    let Unusable::NotOpened(error) = why(open(&path).expect_err("refused")) else { panic!() };
    assert!(platform::is_circle_of_links(&error));
}

#[test]
fn what_killed_runs_left_is_removed_and_nothing_else() {
    let mut journal = Journal::new();
    let folder = journal.folder.path().to_owned();
    let at = |name: String| folder.join(name);
    let id = "01a2020d-0000-4000-8000-00000000000";
    for (name, is_old) in [
        (format!("journal.db.{id}1"), true),
        (format!("journal.db.{id}1-journal"), true),
        (format!("journal.db.{id}2"), false),
        (format!("other.db.{id}3"), true),
        ("journal.db.bak".to_owned(), true),
    ] {
        let file = platform::create_private_file(&at(name)).expect("made");
        if is_old {
            file.set_modified(SystemTime::UNIX_EPOCH + Duration::from_hours(24)).expect("set");
        }
    }
    journal.serve();
    let mut left: Vec<_> = fs::read_dir(&folder)
        .expect("listed")
        .map(|file| file.expect("listed").file_name().into_string().expect("UTF-8"))
        .collect();
    left.sort();
    let kept =
        [format!("journal.db.{id}2"), "journal.db.bak".to_owned(), format!("other.db.{id}3")];
    assert_eq!(left, [vec!["journal.db".to_owned()], kept.to_vec()].concat());
}

#[test]
fn a_second_name_that_a_killed_run_left_is_gone_before_words_are_written() {
    let (_folder, path, now) = closed(Journal::new());
    let second = platform::beside(&path, ".01a2020d-0000-4000-8000-000000000001");
    fs::hard_link(&path, &second).expect("linked");
    let copy = path.with_extension("snapshot");
    fs::hard_link(&path, &copy).expect("linked");
    let mut store = open(&path).expect("opened");
    assert!(!second.exists());
    assert!(copy.exists(), "a name that somebody else gave the file stays");
    let writing = Writing { day: now.day, text: "words", step: None, again: None };
    store.write(now, Order::Series, writing).expect("written");
}

#[test]
fn a_rollback_file_of_another_state_is_told_before_it_destroys_a_copy() {
    let mut journal = Journal::new();
    journal.write(journal.now.day, "first words");
    let path = journal.path();
    let backup = fs::read(&path).expect("read");
    for text in ["second words", "third words"] {
        journal.later(1);
        journal.write(journal.now.day, text);
    }
    // A change that is interrupted: its rollback file is written, and then the file itself.
    let connection = &journal.store.connection;
    connection.execute_batch("PRAGMA cache_size = 1; BEGIN IMMEDIATE").expect("begun");
    let rollback = platform::beside(&path, "-journal");
    let mut number = 0;
    let hot = loop {
        number += 1;
        connection
            .execute("INSERT INTO setting VALUES (?1, ?2)", (number, "x".repeat(900)))
            .expect("inserted");
        // The number of pages is written when the file is.
        match fs::read(&rollback) {
            Ok(hot) if hot.len() > 512 && hot[8..12] != [0; 4] => break hot,
            _ => {}
        }
    };
    let interrupted = fs::read(&path).expect("read");
    connection.execute_batch("ROLLBACK").expect("rolled back");
    let (_folder, path, now) = closed(journal);
    let whole = fs::read(&path).expect("read");
    let put = |bytes: &[u8], hot: &[u8]| {
        fs::write(&path, bytes).expect("written");
        fs::write(&rollback, hot).expect("written");
    };
    // It is used where it belongs.
    put(&interrupted, &hot);
    let store = open(&path).expect("rolled back");
    assert!(!rollback.exists());
    assert_eq!(store.compare().expect("compared"), []);
    drop(store);
    assert!(fs::read(&path).expect("read") == whole);
    for text in ["fourth words", "fifth words"] {
        let mut store = open(&path).expect("opened");
        let writing = Writing { day: now.day, text, step: None, again: None };
        store.write(now, Order::Series, writing).expect("written");
    }
    let later = fs::read(&path).expect("read");
    // An older copy is not changed by it, and neither is a later state or another journal.
    let (_other_folder, other, _) = closed(Journal::new());
    for bytes in [backup, later, fs::read(other).expect("read")] {
        put(&bytes, &hot);
        let Unusable::SideFile { file, fault } = why(open(&path).expect_err("refused")) else {
            panic!()
        };
        assert_eq!((file, fault), (rollback.clone(), SideFault::OfOtherState));
        assert!(fs::read(&path).expect("read") == bytes && rollback.exists());
    }
    // Without it the copy is a journal.
    fs::remove_file(&rollback).expect("removed");
    assert!(open(&path).expect("opened").today(now).is_ok());
}

#[test]
fn a_file_beside_the_journal_that_is_no_file_is_refused_at_once() {
    let (_folder, path, _) = closed(Journal::new());
    for beside in ["-journal", "-wal"].map(|ending| platform::beside(&path, ending)) {
        for make in [
            (|path| fs::create_dir(path).expect("made")) as fn(&Path),
            |path| symlink("/dev/zero", path).expect("linked"),
            |path| symlink("elsewhere", path).expect("linked"),
        ] {
            make(&beside);
            let Unusable::SideFile { file, fault } = why(open(&path).expect_err("refused")) else {
                panic!()
            };
            assert_eq!((&file, fault), (&beside, SideFault::NotAFile));
            let _ = fs::remove_dir(&beside).or_else(|_| fs::remove_file(&beside));
        }
    }
    open(&path).expect("opened");
}

#[test]
fn a_write_ahead_log_beside_a_journal_that_has_none_is_refused() {
    let (_folder, path, now) = closed(Journal::new());
    let before = fs::read(&path).expect("read");
    let other = Connection::open(&path).expect("opened");
    other.execute_batch("PRAGMA journal_mode = WAL; DELETE FROM fact").expect("changed");
    let log = platform::beside(&path, "-wal");
    let frames = fs::read(&log).expect("read");
    drop(other);
    fs::write(&path, &before).expect("put back");
    fs::write(&log, frames).expect("written");
    let Unusable::SideFile { file, fault } = why(open(&path).expect_err("refused")) else {
        panic!()
    };
    assert_eq!((&file, fault), (&log, SideFault::OfOtherState));
    assert!(fs::read(&path).expect("read") == before);
    fs::write(&log, "").expect("emptied");
    assert!(open(&path).expect("opened").today(now).is_ok());
}

#[test]
fn a_journal_that_others_can_read_is_closed_to_them() {
    let (folder, path, _) = closed(Journal::new());
    let set = |path: &Path, mode| {
        fs::set_permissions(path, fs::Permissions::from_mode(mode)).expect("set");
    };
    let mode = || fs::metadata(&path).expect("there").permissions().mode() & 0o777;
    assert_eq!(open(&path).expect("opened").privacy(), Privacy::Private);
    set(&path, 0o644);
    // Nobody else gets through the folder.
    set(folder.path(), 0o700);
    assert_eq!(open(&path).expect("opened").privacy(), Privacy::Private);
    assert_eq!(mode(), 0o644);
    set(folder.path(), 0o755);
    assert_eq!(open(&path).expect("opened").privacy(), Privacy::MadePrivate);
    assert_eq!(mode(), 0o600);
    assert_eq!(open(&path).expect("opened").privacy(), Privacy::Private);
}

#[test]
fn a_write_ahead_log_that_another_program_holds_stops_nothing() {
    let (_folder, path, now) = closed(Journal::new());
    let other = Connection::open(&path).expect("opened");
    other.execute_batch("PRAGMA journal_mode = WAL").expect("set");
    let other = Connection::open(&path).expect("opened");
    let facts = |other: &Connection| {
        other.query_row("SELECT count(*) FROM fact", [], |row| row.get::<_, u32>(0)).expect("read")
    };
    other.execute_batch("BEGIN").expect("begun");
    facts(&other);
    let mut store = open(&path).expect("opened");
    let writing = Writing { day: now.day, text: "words", step: None, again: None };
    store.write(now, Order::Series, writing).expect("written");
    drop((store, other));
    let store = open(&path).expect("opened");
    let mode: String =
        store.connection.query_row("PRAGMA journal_mode", [], |row| row.get(0)).expect("read");
    assert_eq!(mode, "delete");
    assert!(store.entry(now.day).expect("read").expect("an entry").reflection.is_some());
}
