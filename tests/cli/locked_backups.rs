//! Going back to backups of a locked journal: what is there before and after, what is kept, and
//! that nothing plain is left on the disk.

use std::fs;
use std::path::PathBuf;

use crate::locked::{
    COMMAND, assert_nowhere, files, is_sealed, key_file, locked, recipients, sealed, text,
};
#[cfg(unix)]
use crate::pty::Pty;
use crate::sandbox::Sandbox;

/// A locked home whose second day is not in the copy that is returned.
fn with_copy() -> (Sandbox, String, String) {
    let (mut sandbox, key) = locked();
    let copy = sandbox.home().join("copy.db.age").display().to_string();
    let ran = sandbox.run(&["backup", &copy]);
    assert!(ran.code == 0 && ran.err.contains("only the recovery key opens it"), "{}", ran.err);
    sandbox.set_now("2026-11-23T07:00:00+01:00");
    sandbox.ok(&["write", "a word of the next day"]);
    (sandbox, copy, key)
}

fn backups(sandbox: &Sandbox) -> Vec<PathBuf> {
    let listed = fs::read_dir(sandbox.journal().with_file_name("backups")).expect("listed");
    let mut found: Vec<PathBuf> = listed.map(|file| file.expect("listed").path()).collect();
    found.sort();
    found
}

fn day_before(sandbox: &Sandbox) -> String {
    let entry = sandbox.json(&["show", "2026-11-22"]);
    entry["reflection"]["text"].as_str().expect("a text").to_owned()
}

#[test]
fn a_locked_journal_goes_back_to_a_sealed_backup_and_the_one_before_is_kept_sealed() {
    let (mut sandbox, copy, _) = with_copy();
    sandbox.set(COMMAND, "");
    let ran = sandbox.run(&["restore", &copy, "--yes"]);
    assert!(ran.code == 3 && ran.err.contains("the journal is locked"), "{}", ran.err);
    sandbox.set(COMMAND, "echo four words");

    let before = fs::read(sealed(&sandbox)).expect("read");
    let asked = sandbox.run(&["restore", &copy]);
    assert!(asked.code == 2 && asked.err.contains("hint: --yes"), "{}", asked.err);
    assert!(asked.err.contains("what only the journal has would go: 1 day, 2026-11-23"));
    assert_eq!(fs::read(sealed(&sandbox)).expect("read"), before);

    let ran = sandbox.run(&["restore", &copy, "--yes"]);
    assert_eq!(ran.code, 0, "{}", ran.err);
    assert!(!ran.err.contains("stays plain"), "{}", ran.err);
    assert_eq!(sandbox.run(&["show", "2026-11-23"]).code, 1);
    assert_eq!(day_before(&sandbox), "a word before the lock");
    let kept = backups(&sandbox);
    let kept = kept.iter().find(|path| path.display().to_string().contains("before-restore"));
    let kept = kept.expect("kept");
    assert_eq!(fs::read(kept).expect("read"), before, "{}", kept.display());
    assert!(!sandbox.journal().exists());
    for word in ["a word before", "a word of the next day"] {
        assert_nowhere(&sandbox, word);
    }

    // Forward again, and once more: there is no difference then.
    let kept = kept.display().to_string();
    sandbox.ok(&["restore", &kept, "--yes"]);
    assert_eq!(text(&sandbox), "a word of the next day");
    let same = sandbox.run(&["restore", &kept, "--yes"]);
    assert!(same.code == 0 && same.err.contains("nothing was changed"), "{}", same.err);
    let itself = sandbox.run(&["restore", &sealed(&sandbox).display().to_string(), "--yes"]);
    assert!(itself.code == 3 && itself.err.contains("is the journal itself"), "{}", itself.err);
}

#[cfg(unix)]
#[test]
fn at_a_terminal_the_passphrase_is_asked_for_once_and_the_restore_is_confirmed() {
    let (mut sandbox, copy, _) = with_copy();
    sandbox.set(COMMAND, "");
    let mut pty = Pty::start(&sandbox, &["restore", &copy]);
    pty.wait_for("Passphrase:");
    pty.send("four words\r");
    pty.wait_for("would go: 1 day, 2026-11-23");
    pty.wait_for("Go back to it?");
    pty.send("y");
    pty.wait_for("the journal is as it was in");
    assert_eq!(pty.end(), 0);
    assert_eq!(pty.stream().matches("Passphrase:").count(), 1, "{}", pty.stream());
    sandbox.set(COMMAND, "echo four words");
    assert_eq!(sandbox.run(&["show", "2026-11-23"]).code, 1);
}

#[test]
fn a_plain_backup_is_sealed_as_it_comes_into_a_locked_journal() {
    let mut sandbox = Sandbox::new();
    sandbox.ok(&["write", "a word before the lock"]);
    let plain = sandbox.home().join("plain.db");
    let path = plain.display().to_string();
    sandbox.ok(&["backup", &path]);
    let bytes = fs::read(&plain).expect("read");
    sandbox.set(COMMAND, "echo four words");
    sandbox.ok(&["lock", "--yes"]);
    sandbox.set_now("2026-11-23T07:00:00+01:00");
    sandbox.ok(&["write", "a word of the next day"]);
    let ran = sandbox.run(&["restore", &path, "--yes"]);
    assert_eq!(ran.code, 0, "{}", ran.err);
    assert!(ran.err.contains(&format!("{path} itself stays plain")), "{}", ran.err);
    assert_eq!(day_before(&sandbox), "a word before the lock");
    assert_eq!(sandbox.run(&["show", "2026-11-23"]).code, 1);
    assert_eq!(fs::read(&plain).expect("read"), bytes, "it is only read");
    fs::remove_file(&plain).expect("removed");
    assert_nowhere(&sandbox, "a word before the lock");
    assert!(!sandbox.journal().exists());

    // One that was left in the middle of a change would have to be written to.
    fs::write(&plain, &bytes).expect("written");
    fs::write(plain.with_extension("db-wal"), "log").expect("written");
    let ran = sandbox.run(&["restore", &path, "--yes"]);
    assert!(ran.code == 3 && ran.err.contains("hint: dwell show --journal"), "{}", ran.err);
}

#[test]
fn a_sealed_journal_that_is_gone_comes_back_from_its_sealed_backup() {
    let (sandbox, copy, _) = with_copy();
    fs::remove_file(sealed(&sandbox)).expect("removed");
    let missing = sandbox.run(&["show"]);
    assert!(missing.code == 3 && missing.err.contains("dwell restore "), "{}", missing.err);
    sandbox.ok(&["restore", &copy, "--yes"]);
    assert_eq!(day_before(&sandbox), "a word before the lock");
    assert!(!sandbox.journal().exists());
    assert_nowhere(&sandbox, "a word before the lock");
    let ran = sandbox.run(&["restore", "--empty", "--yes"]);
    assert!(ran.code == 2 && ran.err.contains("db.age is there"), "{}", ran.err);

    // Without the key file nothing opens it; with the recovery key it is made anew.
    let (sandbox, copy, key) = with_copy();
    for path in [sealed(&sandbox), key_file(&sandbox), recipients(&sandbox)] {
        fs::remove_file(path).expect("removed");
    }
    let ran = sandbox.run(&["restore", &copy, "--yes"]);
    assert!(ran.code == 2, "{}", ran.err);
    let place = sealed(&sandbox).display().to_string();
    assert!(ran.err.contains(&format!("hint: cp {copy} {place}; then dwell passphrase")));
    fs::copy(&copy, sealed(&sandbox)).expect("copied");
    let file = sandbox.home().join("key.txt").display().to_string();
    fs::write(&file, key).expect("written");
    sandbox.ok(&["passphrase", "--recovery-file", &file, "--new-command", "echo four words"]);
    assert_eq!(day_before(&sandbox), "a word before the lock");
}

#[test]
fn a_sealed_journal_that_is_damaged_is_kept_under_another_name() {
    let (sandbox, copy, _) = with_copy();
    let mut bytes = fs::read(sealed(&sandbox)).expect("read");
    let at = bytes.len() - 100;
    bytes[at] ^= 1;
    fs::write(sealed(&sandbox), &bytes).expect("written");
    let before = backups(&sandbox);
    let ran = sandbox.run(&["restore", &copy, "--yes"]);
    assert_eq!(ran.code, 0, "{}", ran.err);
    assert!(ran.err.contains("is damaged: it was cut or altered"), "{}", ran.err);
    assert!(ran.err.contains("the file that could not be used is kept as"), "{}", ran.err);
    let is_kept = |path: &PathBuf| {
        let name = path.file_name().expect("a name").to_string_lossy().into_owned();
        name.starts_with("journal.db.replaced-") && is_sealed(&name)
    };
    let kept: Vec<PathBuf> = files(&sandbox).into_iter().filter(is_kept).collect();
    assert_eq!(kept.len(), 1, "{kept:?}");
    assert_eq!(fs::read(&kept[0]).expect("read"), bytes);
    assert_eq!(backups(&sandbox), before, "a damaged file is no backup");
    assert_eq!(day_before(&sandbox), "a word before the lock");
}

#[test]
fn a_damaged_or_foreign_sealed_backup_changes_nothing() {
    let (sandbox, copy, _) = with_copy();
    let before = fs::read(sealed(&sandbox)).expect("read");
    let whole = fs::read(&copy).expect("read");
    let mut altered = whole.clone();
    altered[whole.len() / 2] ^= 1;
    let (other, of_other, _) = with_copy();
    let foreign = fs::read(&of_other).expect("read");
    drop(other);
    for (bytes, wanted) in [
        (&altered[..], "is damaged"),
        (&whole[..whole.len() - 1], "is damaged"),
        (b"", "is empty"),
        (b"words", "is not a file that age has sealed"),
        (&foreign, "locked with another key"),
    ] {
        fs::write(&copy, bytes).expect("written");
        let ran = sandbox.run(&["restore", &copy, "--yes"]);
        assert!(ran.code == 3 && ran.err.contains(wanted), "{wanted}: {}", ran.err);
        assert_eq!(fs::read(sealed(&sandbox)).expect("read"), before);
    }
}

#[test]
fn a_sealed_backup_comes_into_a_plain_journal_only_with_the_key_files() {
    let (mut sandbox, copy, _) = with_copy();
    let keys = [key_file(&sandbox), recipients(&sandbox)].map(|path| {
        let bytes = fs::read(&path).expect("read");
        (path, bytes)
    });
    sandbox.ok(&["unlock"]);
    let ran = sandbox.run(&["restore", &copy, "--yes"]);
    assert!(ran.code == 2 && ran.err.contains("hint: age -d -i"), "{}", ran.err);
    assert_eq!(text(&sandbox), "a word of the next day");
    // As an unlock that was interrupted leaves them.
    for (path, bytes) in keys {
        fs::write(path, bytes).expect("written");
    }
    sandbox.ok(&["restore", &copy, "--yes"]);
    assert_eq!(day_before(&sandbox), "a word before the lock");
    assert_eq!(sandbox.run(&["show", "2026-11-23"]).code, 1);
    assert!(sandbox.journal().exists() && !sealed(&sandbox).exists());
    sandbox.set(COMMAND, "");
    assert_eq!(day_before(&sandbox), "a word before the lock");
    // Nobody can say which of two is the one before.
    fs::copy(&copy, sealed(&sandbox)).expect("copied");
    let before = fs::read(sandbox.journal()).expect("read");
    let ran = sandbox.run(&["restore", &copy, "--yes"]);
    assert!(ran.code == 3 && ran.err.starts_with("dwell: there are two journals"), "{}", ran.err);
    assert_eq!(fs::read(sandbox.journal()).expect("read"), before);
}

#[test]
fn the_keys_stay_while_the_locked_journal_is_away_and_words_are_sealed() {
    let (mut sandbox, _) = locked();
    let away = sandbox.home().join("away");
    fs::rename(sealed(&sandbox), &away).expect("moved");
    for args in [&["unlock"][..], &["today"], &["lock", "--yes"]] {
        let ran = sandbox.run(args);
        assert_eq!(ran.code, 3, "{args:?}: {}", ran.err);
        assert!(ran.err.contains("is gone") || ran.err.contains("locked"), "{args:?}: {}", ran.err);
        assert!(!sandbox.journal().exists(), "{args:?}");
    }
    let piped = |sandbox: &Sandbox| sandbox.run_with(&["write"], b"a word from a pipe");
    assert_eq!(piped(&sandbox).code, 3);
    sandbox.set(COMMAND, "");
    assert_eq!(piped(&sandbox).code, 3);
    assert_nowhere(&sandbox, "a word from a pipe");
    assert!(!sandbox.draft_files().is_empty());
    fs::rename(&away, sealed(&sandbox)).expect("moved back");
    sandbox.set(COMMAND, "echo four words");
    assert_eq!(text(&sandbox), "a word before the lock");
    sandbox.ok(&["write", "--resume"]);
    assert!(text(&sandbox).contains("a word from a pipe"));
}

#[test]
fn no_draft_is_sealed_to_keys_that_the_journal_does_not_name() {
    let (mut sandbox, _) = locked();
    let (other, _) = locked();
    let foreign = fs::read_to_string(recipients(&other)).expect("read");
    let own = fs::read_to_string(recipients(&sandbox)).expect("read");
    let keys = |text: &str| -> Vec<String> {
        text.lines().filter(|line| line.starts_with("age1")).map(str::to_owned).collect()
    };
    sandbox.set(COMMAND, "");
    // Both keys, and each alone.
    for swapped in [&[0, 1][..], &[0], &[1]] {
        let mut text = own.clone();
        for at in swapped {
            text = text.replace(&keys(&own)[*at], &keys(&foreign)[*at]);
        }
        fs::write(recipients(&sandbox), text).expect("written");
        let ran = sandbox.run_with(&["write"], b"a word from a pipe");
        assert_eq!(ran.code, 3, "{swapped:?}");
        assert!(
            ran.err.contains("a word from a pipe"),
            "shown, since it is kept nowhere: {}",
            ran.err
        );
        for file in sandbox.draft_files() {
            assert_eq!(fs::read(&file).expect("read"), b"", "{swapped:?}: {}", file.display());
        }
    }
}

#[test]
fn every_copy_of_the_journal_is_locked_with_it_also_one_that_cannot_be_read() {
    let mut sandbox = Sandbox::at("2026-11-20T07:00:00+01:00");
    sandbox.ok(&["write", "a word of the first day"]);
    for day in ["2026-11-21", "2026-11-22"] {
        sandbox.set_now(&format!("{day}T07:00:00+01:00"));
        sandbox.ok(&["write", "a word of another day"]);
    }
    let damaged = sandbox.journal().with_file_name("backups").join("journal-2026-11-21.db");
    let mut bytes = fs::read(&damaged).expect("read");
    bytes[100..200].fill(0xff);
    fs::write(&damaged, bytes).expect("written");
    let replaced = sandbox.journal().with_file_name("journal.db.replaced-2026-11-22T070000");
    fs::copy(sandbox.journal(), &replaced).expect("copied");
    // One of a journal that was begun anew, and so has another id.
    fs::remove_file(sandbox.journal()).expect("removed");
    sandbox.ok(&["restore", "--empty", "--yes"]);
    sandbox.ok(&["write", "a new word"]);
    sandbox.set(COMMAND, "echo four words");
    sandbox.ok(&["lock", "--yes", "--backups"]);
    for word in ["a word of the first day", "a word of another day", "a new word"] {
        assert_nowhere(&sandbox, word);
    }
    sandbox.ok(&["unlock"]);
    assert!(replaced.exists() && damaged.exists());
}

#[test]
fn what_a_killed_backup_left_in_the_clear_is_erased_by_a_lock() {
    let mut sandbox = Sandbox::new();
    sandbox.ok(&["write", "a word before the lock"]);
    sandbox.ok(&["backup"]);
    let backup = backups(&sandbox).remove(0);
    let name = backup.file_name().expect("a name").to_string_lossy().into_owned();
    let left = backup.with_file_name(format!("{name}.0190a0b0-7a93-4014-9c49-906423869fc4"));
    fs::copy(&backup, &left).expect("copied");
    sandbox.set(COMMAND, "echo four words");
    sandbox.ok(&["lock", "--yes", "--backups"]);
    assert_eq!(backups(&sandbox), [backup.with_file_name(format!("{name}.age"))]);
    assert_nowhere(&sandbox, "a word before the lock");
}
