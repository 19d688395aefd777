//! `dwell status`, which a prompt runs: it says how far the day is, and changes and waits for nothing.

use std::fs;
use std::time::{Duration, Instant};

use crate::sandbox::Sandbox;

/// A home whose journal cannot be looked at, and what is wrong with it.
fn unusable_journals() -> Vec<(&'static str, Sandbox)> {
    let with = |change: fn(&Sandbox)| {
        let home = Sandbox::new();
        home.ok(&["write", "words"]);
        change(&home);
        home
    };
    vec![
        ("empty", with(|home| fs::write(home.journal(), "").expect("written"))),
        ("other tables", with(|home| pragma(home, "user_version = 3001"))),
        ("newer", with(|home| pragma(home, "user_version = 9001"))),
        ("another program", with(|home| pragma(home, "application_id = 1"))),
        ("write-ahead log", with(|home| pragma(home, "journal_mode = WAL"))),
    ]
}

fn pragma(home: &Sandbox, pragma: &str) {
    let journal = rusqlite::Connection::open(home.journal()).expect("opened");
    journal.execute_batch(&format!("PRAGMA {pragma}")).expect("changed");
}

#[test]
fn a_day_is_done_when_it_has_words() {
    let mut home = Sandbox::new();
    assert_eq!(home.ok(&["status"]), "\u{25cb}\n");
    assert!(fs::read_dir(home.home()).expect("listed").next().is_none(), "something was made");
    home.ok(&["today"]);
    assert_eq!(home.ok(&["status"]), "\u{25cb}\n");
    home.ok(&["write", "words", "--next", "call Anna"]);
    assert_eq!(home.ok(&["status"]), "\u{25cf}\n");
    // The day goes on until it starts anew.
    home.set_now("2026-11-23T03:59:00+01:00");
    assert_eq!(home.ok(&["status"]), "\u{25cf}\n");
    home.set_now("2026-11-23T04:00:00+01:00");
    assert_eq!(home.ok(&["status"]), "\u{25cb}\n");
}

#[test]
fn a_script_gets_what_stands_around_the_day() {
    let mut home = Sandbox::new();
    let keys = "{\"day\":\"2026-11-22\",\"served\":false,\"reflected\":false,\"open_step\":null,\
                \"run\":0,\"entries\":0,\"locked\":false}\n";
    assert_eq!(home.ok(&["status", "--json"]), keys);
    home.ok(&["write", "words", "--next", "call Anna"]);
    home.set_now("2026-11-23T07:00:00+01:00");
    home.ok(&["today"]);
    let status = home.json(&["status"]);
    let wanted = serde_json::json!({
        "day": "2026-11-23", "served": true, "reflected": false, "open_step": "call Anna",
        "run": 1, "entries": 2, "locked": false,
    });
    assert_eq!(status, wanted);
}

#[test]
fn a_journal_that_cannot_be_read_is_silence_in_a_prompt_and_is_told_to_a_script() {
    for (what, home) in unusable_journals() {
        let before = fs::read(home.journal()).expect("read");
        let ran = home.run(&["status"]);
        assert_eq!((ran.code, ran.out.as_str(), ran.err.as_str()), (3, "", ""), "{what}");
        let ran = home.run(&["status", "--json"]);
        assert_eq!((ran.code, ran.out.as_str()), (3, ""), "{what}");
        assert!(ran.err.contains("hint: "), "{what}: {}", ran.err);
        assert_eq!(fs::read(home.journal()).expect("read"), before, "{what}");
        let folder = home.journal().parent().expect("a folder").to_owned();
        assert_eq!(fs::read_dir(folder).expect("listed").count(), 1, "{what}");
    }
}

#[test]
fn a_journal_that_is_gone_is_no_journal_without_words() {
    let home = Sandbox::new();
    home.ok(&["write", "words"]);
    fs::remove_file(home.journal()).expect("removed");
    let ran = home.run(&["status"]);
    assert_eq!((ran.code, ran.out.as_str(), ran.err.as_str()), (3, "", ""));
    let ran = home.run(&["status", "--json"]);
    assert_eq!((ran.code, ran.out.as_str()), (3, ""));
    assert!(ran.err.contains("hint: "), "{}", ran.err);
}

#[test]
fn a_journal_of_older_tables_is_brought_up_to_date_by_the_next_command() {
    let home = Sandbox::new();
    home.ok(&["write", "words"]);
    pragma(&home, "user_version = 3001");
    assert!(home.run(&["status", "--json"]).err.contains("hint: dwell today"));
    home.ok(&["today"]);
    assert_eq!(home.ok(&["status"]), "\u{25cf}\n");
}

#[test]
fn a_locked_journal_is_not_waited_for() {
    let home = Sandbox::new();
    home.ok(&["write", "words"]);
    let other = rusqlite::Connection::open(home.journal()).expect("opened");
    other.execute_batch("BEGIN EXCLUSIVE").expect("locked");
    let began = Instant::now();
    let ran = home.run(&["status"]);
    // Every other command waits five seconds.
    assert!(began.elapsed() < Duration::from_secs(4), "{:?}", began.elapsed());
    assert_eq!((ran.code, ran.out.as_str(), ran.err.as_str()), (3, "", ""));
    assert!(home.run(&["status", "--json"]).err.contains("locked by another program"));
    other.execute_batch("ROLLBACK; BEGIN IMMEDIATE").expect("locked");
    assert_eq!(home.ok(&["status"]), "\u{25cf}\n", "a change that is not committed hides nothing");
}

#[test]
fn a_change_that_a_crash_interrupted_is_left_to_the_next_command() {
    let home = Sandbox::new();
    home.ok(&["write", "words"]);
    let sound = fs::read(home.journal()).expect("read");
    let rollback = home.journal().with_extension("db-journal");
    let other = rusqlite::Connection::open(home.journal()).expect("opened");
    other
        .execute_batch(
            "PRAGMA cache_size = 1; BEGIN; UPDATE entry SET text = 'torn';
        UPDATE lesson SET story = story || title;",
        )
        .expect("changed");
    let (torn, kept) = (fs::read(home.journal()), fs::read(&rollback).expect("read"));
    let torn = torn.expect("read");
    other.execute_batch("ROLLBACK").expect("taken back");
    drop(other);
    fs::write(home.journal(), &torn).expect("written");
    fs::write(&rollback, &kept).expect("written");
    let ran = home.run(&["status"]);
    assert_eq!((ran.code, ran.out.as_str(), ran.err.as_str()), (3, "", ""));
    assert!(home.run(&["status", "--json"]).err.contains("hint: dwell today"));
    assert_eq!(fs::read(home.journal()).expect("read"), torn);
    assert_eq!(fs::read(&rollback).expect("read"), kept);
    assert!(home.ok(&["today"]).contains("words"));
    assert_eq!(home.ok(&["status"]), "\u{25cf}\n");
    assert_eq!(fs::read(home.journal()).expect("read").len(), sound.len());
}

#[test]
fn a_mistake_in_a_setting_that_does_not_matter_is_not_told_at_each_prompt() {
    let mut home = Sandbox::new();
    home.set("DWELL_ORDER", "random");
    assert_eq!(home.ok(&["status"]), "\u{25cb}\n");
    home.set("DWELL_DAY_START", "noon");
    let ran = home.run(&["status"]);
    assert_eq!((ran.code, ran.out.as_str(), ran.err.as_str()), (2, "", ""));
    assert!(home.run(&["status", "--json"]).err.contains("DWELL_DAY_START"));
}

#[cfg(unix)]
#[test]
fn a_person_at_a_terminal_is_told_what_is_wrong() {
    use crate::pty::Pty;
    let home = Sandbox::new();
    home.ok(&["write", "words"]);
    let mut pty = Pty::start(&home, &["status"]);
    assert_eq!(pty.end(), 0);
    assert_eq!(pty.screen(), "\u{25cf}");
    fs::write(home.journal(), "").expect("written");
    let mut pty = Pty::start(&home, &["status"]);
    assert_eq!(pty.end(), 3);
    assert!(pty.screen().contains(" is empty, "), "{}", pty.screen());
}

#[cfg(unix)]
#[test]
fn a_terminal_without_the_signs_gets_letters() {
    use crate::pty::Pty;
    let mut home = Sandbox::new();
    home.set("LC_ALL", "C");
    for wanted in ["o", "*"] {
        let mut pty = Pty::start(&home, &["status"]);
        assert_eq!(pty.end(), 0);
        assert_eq!(pty.screen(), wanted);
        home.ok(&["write", "words"]);
    }
}
