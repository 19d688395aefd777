//! A journal that is locked, unlocked or moved while something of it is not ended yet.

use std::fs;
use std::process::Stdio;

use crate::locked::{self, COMMAND, key_file, locked, recipients, sealed};
use crate::sandbox::Sandbox;

#[test]
fn of_two_locks_at_once_the_one_that_fails_leaves_the_key_of_the_other() {
    let mut home = Sandbox::new();
    home.ok(&["write", "a word before the lock"]);
    home.set(COMMAND, "echo four words");
    let lock = || {
        let mut command = home.command(&["lock", "--yes"]);
        command.stdin(Stdio::null()).stdout(Stdio::piped()).stderr(Stdio::piped());
        command.spawn().expect("started")
    };
    let both = [lock(), lock()].map(|child| child.wait_with_output().expect("ended"));
    let failed: Vec<_> = both.iter().filter(|output| !output.status.success()).collect();
    assert!(failed.len() <= 1, "{both:?}");
    for output in failed {
        let said = String::from_utf8_lossy(&output.stderr);
        assert_eq!(output.status.code(), Some(3), "{said}");
    }
    assert_eq!(locked::text(&home), "a word before the lock");
    assert!(!home.ok(&["doctor"]).contains("damage"));
}

#[cfg(unix)]
#[test]
fn what_was_written_while_another_run_took_the_lock_away_can_be_read() {
    let (mut home, _) = locked();
    // The editor ends only after that run.
    let program = env!("CARGO_BIN_EXE_dwell");
    home.set("EDITOR", &format!("sh -c 'echo words of the editor >>\"$1\"; {program} unlock' -"));
    let ran = home.run(&["write", "--editor"]);
    home.set(COMMAND, "");
    if ran.code != 0 {
        assert!(ran.err.contains("dwell write --resume"), "{}", ran.err);
        home.set("EDITOR", "true");
        home.ok(&["write", "--resume"]);
    }
    assert!(locked::text(&home).contains("words of the editor"), "{}", ran.err);
}

#[test]
fn the_drafts_of_a_journal_that_was_moved_become_plain_with_it() {
    let (mut home, _) = locked();
    home.set(COMMAND, "");
    for word in ["a word for later", "another word"] {
        assert_eq!(home.run(&["write", word]).code, 3);
    }
    home.set(COMMAND, "echo four words");
    let folder = home.home().join("elsewhere");
    dwell::platform::create_private_folder(&folder).expect("made");
    let journal = folder.join("journal.db");
    for file in [sealed(&home), key_file(&home), recipients(&home)] {
        fs::rename(&file, folder.join(file.file_name().expect("a name"))).expect("moved");
    }
    let journal = journal.display().to_string();
    home.ok(&["--journal", &journal, "unlock"]);
    home.set(COMMAND, "");
    let mut texts = home.draft_texts();
    texts.sort();
    assert_eq!(texts, ["a word for later", "another word"]);
    home.set("EDITOR", "true");
    home.ok(&["--journal", &journal, "write", "--resume"]);
}

#[test]
fn an_unlock_erases_no_sealed_journal_if_the_plain_one_is_damaged() {
    let (mut home, _) = locked();
    let files = [sealed(&home), key_file(&home), recipients(&home)];
    let before = files.each_ref().map(|path| fs::read(path).expect("read"));
    home.ok(&["unlock"]);
    for (path, bytes) in files.iter().zip(&before) {
        fs::write(path, bytes).expect("written");
    }
    let connection = rusqlite::Connection::open(home.journal()).expect("opened");
    let sql = "UPDATE fact SET body = replace(body, 'a word before', 'a mord before')";
    assert!(connection.execute(sql, []).expect("run") > 0);
    drop(connection);
    let ran = home.run(&["unlock"]);
    assert_eq!(ran.code, 3, "{}", ran.err);
    assert_eq!(fs::read(sealed(&home)).expect("there"), before[0]);
    fs::remove_file(home.journal()).expect("removed");
    assert_eq!(locked::text(&home), "a word before the lock");
    home.set(COMMAND, "");
}

#[test]
fn a_lock_erases_what_a_killed_examination_left() {
    let mut home = Sandbox::new();
    home.ok(&["write", "a word before the lock"]);
    let left = home.drafts().parent().expect("a folder").join(".dwell-passing-1-0");
    dwell::platform::create_private_folder(&left).expect("made");
    fs::copy(home.journal(), left.join("journal.db")).expect("copied");
    home.set(COMMAND, "echo four words");
    home.ok(&["lock", "--yes"]);
    assert!(!left.exists());
    locked::assert_nowhere(&home, "a word before");
}

#[test]
fn a_sealed_copy_is_imported_with_the_key_and_named_without_it() {
    let (mut home, _) = locked();
    let copy = home.home().join("conflicted.db.age");
    fs::copy(sealed(&home), &copy).expect("copied");
    let path = copy.display().to_string();
    home.ok(&["delete", "today", "--yes"]);
    let ran = home.run(&["import", "dwell", &path]);
    assert!(ran.code == 0 && ran.err.contains("already here"), "{}", ran.err);
    home.set(COMMAND, "");
    let other = Sandbox::new();
    other.ok(&["write", "of another journal"]);
    let ran = other.run(&["import", "dwell", &path]);
    assert!(ran.code == 2 && ran.err.contains("is locked, and this journal is not"), "{}", ran.err);
    assert!(ran.err.contains("age -d -i"), "{}", ran.err);
}
