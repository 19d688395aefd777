//! The examination of a locked journal: in memory with the passphrase, and from outside without it.

use std::collections::BTreeMap;
use std::fs;
use std::path::PathBuf;
use std::time::SystemTime;

use rusqlite::Connection;
use serde_json::Value;

use crate::locked::{COMMAND, assert_nowhere, files, key_file, locked, recipients, sealed, text};
#[cfg(unix)]
use crate::pty::Pty;
use crate::sandbox::Sandbox;

/// A locked home with a sealed backup.
fn with_backup() -> Sandbox {
    let (sandbox, _) = locked();
    sandbox.ok(&["backup"]);
    sandbox
}

/// A home that is locked after this change of its plain file.
fn changed(sql: &str) -> Sandbox {
    let sandbox = with_backup();
    sandbox.ok(&["unlock"]);
    let connection = Connection::open(sandbox.journal()).expect("opened");
    assert!(connection.execute(sql, []).expect("run") > 0, "{sql}");
    drop(connection);
    sandbox.ok(&["lock", "--yes", "--backups"]);
    sandbox
}

fn findings(sandbox: &Sandbox) -> Vec<Value> {
    let ran = sandbox.run(&["doctor", "--json"]);
    ran.out.lines().map(|line| serde_json::from_str(line).expect("JSON")).collect()
}

fn kinds(sandbox: &Sandbox) -> Vec<String> {
    let kind = |one: &Value| one["kind"].as_str().expect("text").to_owned();
    findings(sandbox).iter().map(kind).collect()
}

#[track_caller]
fn assert_found(sandbox: &Sandbox, kind: &str, severity: &str, part: &str) {
    let found = findings(sandbox);
    let is_it =
        |one: &&Value| one["kind"] == kind && one["what"].as_str().expect("text").contains(part);
    let one = found.iter().find(is_it).unwrap_or_else(|| panic!("{kind}, {part}: {found:#?}"));
    assert_eq!(one["severity"], severity);
}

fn bytes(sandbox: &Sandbox) -> BTreeMap<PathBuf, Vec<u8>> {
    files(sandbox).into_iter().map(|path| (path.clone(), fs::read(path).expect("read"))).collect()
}

fn backup(sandbox: &Sandbox) -> PathBuf {
    let folder = sandbox.journal().with_file_name("backups");
    let paths = fs::read_dir(folder).expect("listed").map(|file| file.expect("listed").path());
    let mut paths: Vec<PathBuf> = paths.collect();
    paths.sort();
    paths.remove(0)
}

#[test]
fn a_locked_journal_that_is_well_is_examined_in_memory_and_nothing_is_written() {
    let sandbox = with_backup();
    fs::remove_file(recipients(&sandbox)).expect("removed");
    let before = bytes(&sandbox);
    assert_found(&sandbox, "recipients_file", "warning", "is not there");
    assert_eq!(bytes(&sandbox), before);
    sandbox.ok(&["show"]);
    let before = bytes(&sandbox);
    let ran = sandbox.run(&["doctor"]);
    assert_eq!((ran.code, ran.err.as_str()), (0, ""), "{}", ran.out);
    assert!(ran.out.contains("all is well: ") && ran.out.contains(", 1 entry, "), "{}", ran.out);
    let kinds = kinds(&sandbox);
    for kind in ["examined", "encrypted", "backup", "versions"] {
        assert!(kinds.iter().any(|other| other == kind), "{kind}: {kinds:?}");
    }
    assert!(!kinds.iter().any(|kind| ["not_encrypted", "sealed_backups"].contains(&&**kind)));
    assert_eq!(bytes(&sandbox), before);
}

#[test]
fn without_the_passphrase_the_files_are_looked_at_and_the_rest_is_said_to_need_it() {
    let mut sandbox = with_backup();
    sandbox.set(COMMAND, "");
    sandbox.run_with(&["write"], b"words that wait");
    assert_found(&sandbox, "drafts", "note", "1 draft of 2026-11-22 not saved yet");
    assert!(!kinds(&sandbox).contains(&"plain_drafts".to_owned()));
    for command in ["", "echo four wrong words"] {
        sandbox.set(COMMAND, command);
        let ran = sandbox.run(&["doctor"]);
        assert_eq!(ran.code, 3, "{}", ran.out);
        assert!(
            ran.out.replace('\n', " ").contains("its facts need the passphrase"),
            "{}",
            ran.out
        );
        assert_eq!(ran.err.contains("the passphrase does not open"), !command.is_empty());
        assert!(!ran.out.contains("all is well") && !ran.out.contains("damage: "), "{}", ran.out);
        assert_found(&sandbox, "sealed_backups", "note", "1 backup: locked");
        assert_found(&sandbox, "encrypted", "note", "the journal is locked");
    }
    sandbox.set(COMMAND, "");
    let whole = fs::read(sealed(&sandbox)).expect("read");
    let key = fs::read(key_file(&sandbox)).expect("read");
    // What can be told of the files without a secret.
    for (bytes, part) in [
        (&b""[..], "is empty"),
        (b"words", "is not a file that age has sealed"),
        (&whole[..60], "is damaged"),
    ] {
        fs::write(sealed(&sandbox), bytes).expect("written");
        assert_found(&sandbox, "not_usable", "damage", part);
    }
    fs::write(sealed(&sandbox), "").expect("written");
    let ran = sandbox.run(&["doctor", "--repair"]);
    assert!(ran.err.contains("hint: dwell doctor names the newest backup"), "{}", ran.err);
    let other = with_backup();
    fs::copy(sealed(&other), sealed(&sandbox)).expect("copied");
    assert_found(&sandbox, "not_usable", "damage", "locked with another key");
    fs::write(sealed(&sandbox), &whole).expect("written");
    fs::copy(key_file(&other), key_file(&sandbox)).expect("copied");
    assert_found(&sandbox, "recipients_file", "warning", "was made for another key file");
    fs::remove_file(key_file(&sandbox)).expect("removed");
    assert_found(&sandbox, "not_usable", "damage", "without it the passphrase opens nothing");
    fs::write(key_file(&sandbox), &key).expect("written");
    fs::write(recipients(&sandbox), "words").expect("written");
    assert_found(&sandbox, "not_usable", "damage", "is not a file of keys");
}

#[cfg(unix)]
#[test]
fn at_a_terminal_the_passphrase_is_asked_for_once_also_for_a_repair() {
    let mut sandbox = changed("UPDATE entry SET text = 'forged'");
    sandbox.set(COMMAND, "");
    let mut pty = Pty::start(&sandbox, &["doctor", "--repair"]);
    pty.wait_for("Passphrase:");
    pty.send("four words\r");
    pty.wait_for("of the entries differ");
    pty.wait_for("Do this, after a copy?");
    pty.send("y");
    pty.wait_for("all is well");
    assert_eq!(pty.end(), 0);
    assert_eq!(pty.stream().matches("Passphrase:").count(), 1, "{}", pty.stream());
    let mut pty = Pty::start(&sandbox, &["doctor"]);
    pty.wait_for("Passphrase:");
    pty.send("\x03");
    assert_eq!(pty.end(), 130);
    sandbox.set(COMMAND, "echo four words");
    assert_eq!(text(&sandbox), "a word before the lock");
}

#[test]
fn what_is_derived_is_made_again_and_sealed() {
    let sandbox = changed("UPDATE entry SET text = 'forged'");
    let before = bytes(&sandbox);
    let ran = sandbox.run(&["doctor"]);
    assert_eq!(ran.code, 3, "{}", ran.out);
    assert!(ran.out.contains("of the entries differ"), "{}", ran.out);
    let asked = sandbox.run(&["doctor", "--repair"]);
    assert!(asked.code == 2 && asked.err.contains("would make the tables"), "{}", asked.err);
    assert_eq!(bytes(&sandbox), before);
    let ran = sandbox.run(&["doctor", "--repair", "--yes"]);
    assert_eq!(ran.code, 0, "{} {}", ran.out, ran.err);
    assert!(ran.err.replace('\n', "").contains("before-repair.db.age"), "{}", ran.err);
    assert_eq!(text(&sandbox), "a word before the lock");
    assert!(!sandbox.journal().exists());
    for word in ["a word before", "forged"] {
        assert_nowhere(&sandbox, word);
    }
}

#[test]
fn a_sealed_journal_of_an_older_form_is_examined_as_it_would_be_after_the_upgrade() {
    let sandbox = with_backup();
    let old = sandbox.home().join("old.db");
    let connection = Connection::open(&old).expect("created");
    let form = include_str!("../fixtures/form-2.sql");
    connection.execute_batch(form).expect("made");
    drop(connection);
    sandbox.ok(&["restore", &old.display().to_string(), "--yes"]);
    let before = bytes(&sandbox);
    assert_found(&sandbox, "old_form", "note", "(2, tables ");
    assert_found(&sandbox, "examined", "note", "fact");
    assert_eq!(bytes(&sandbox), before, "nothing is written, also no lock of the upgrade");
    sandbox.ok(&["log"]);
    assert!(!kinds(&sandbox).contains(&"old_form".to_owned()));
    assert!(!sandbox.journal().exists());
}

#[test]
fn a_fact_that_was_altered_is_found_and_its_salvage_needs_a_plain_journal() {
    let sandbox = changed("UPDATE fact SET body = replace(body, 'before', 'behind')");
    let before = fs::read(sealed(&sandbox)).expect("read");
    let ran = sandbox.run(&["doctor", "--repair", "--yes"]);
    assert_eq!(ran.code, 3, "{}", ran.out);
    assert!(ran.out.contains("of 2026-11-22 is not what was written"), "{}", ran.out);
    let err = ran.err.replace('\n', " ");
    assert!(err.contains("hint: dwell unlock, then dwell doctor --repair"), "{err}");
    assert_eq!(fs::read(sealed(&sandbox)).expect("read"), before);
}

#[test]
fn a_damaged_sealed_file_is_told_with_the_newest_backup_that_opens() {
    let mut sandbox = with_backup();
    let good = backup(&sandbox);
    sandbox.set_now("2026-11-23T07:00:00+01:00");
    sandbox.ok(&["backup"]);
    let bad = good.with_file_name("journal-2026-11-23-asked.db.age");
    for path in [&bad, &sealed(&sandbox)] {
        let mut bytes = fs::read(path).expect("read");
        let at = bytes.len() / 2;
        bytes[at] ^= 1;
        fs::write(path, bytes).expect("written");
    }
    let before = bytes(&sandbox);
    assert_found(&sandbox, "not_usable", "damage", "is damaged: it was cut or altered");
    assert_found(&sandbox, "bad_backup", "warning", "damaged or locked with another key");
    assert_found(&sandbox, "backup", "note", &good.display().to_string());
    let ran = sandbox.run(&["doctor", "--repair", "--yes"]);
    assert_eq!(ran.code, 3, "{}", ran.out);
    let err = ran.err.replace('\n', " ");
    assert!(err.contains("nothing can be salvaged of "), "{err}");
    assert!(err.contains(&format!("hint: dwell restore {}", good.display())), "{err}");
    assert_eq!(bytes(&sandbox), before);
    sandbox.ok(&["restore", &good.display().to_string(), "--yes"]);
    assert_eq!(sandbox.run(&["show", "2026-11-22"]).code, 0);
}

#[test]
fn a_sealed_journal_that_is_gone_is_told_with_the_newest_backup_that_opens() {
    let sandbox = with_backup();
    fs::remove_file(sealed(&sandbox)).expect("removed");
    assert_found(&sandbox, "not_usable", "damage", "is gone");
    assert_found(&sandbox, "backup", "note", &backup(&sandbox).display().to_string());
    assert_found(&sandbox, "encrypted", "note", "the journal is locked");
}

#[test]
fn what_is_plain_beside_a_locked_journal_is_named() {
    let mut sandbox = Sandbox::new();
    sandbox.ok(&["write", "words"]);
    sandbox.ok(&["backup"]);
    sandbox.run(&["write", "plain draft", "--nonsense"]);
    let draft = sandbox.draft_files().remove(0);
    let words = fs::read(&draft).expect("read");
    let plain = fs::read(sandbox.journal()).expect("read");
    sandbox.set(COMMAND, "echo four words");
    sandbox.ok(&["lock", "--yes"]);
    fs::write(&draft, words).expect("written");
    let mirror = sandbox.home().join("mirror").display().to_string();
    sandbox.set("DWELL_MIRROR", &mirror);
    for command in ["echo four words", ""] {
        sandbox.set(COMMAND, command);
        assert_found(&sandbox, "plain_backups", "warning", "1 backup in ");
        assert_found(&sandbox, "plain_drafts", "warning", "1 draft can be read");
        assert_found(&sandbox, "plain_mirror", "note", &mirror);
        assert_found(&sandbox, "drafts", "note", "not saved yet");
    }
    fs::write(sandbox.journal(), plain).expect("written");
    assert_found(&sandbox, "not_usable", "damage", "there are two journals");
    fs::remove_file(sealed(&sandbox)).expect("removed");
    assert_found(&sandbox, "key_of_plain_journal", "warning", "the journal is not locked");
    assert!(kinds(&sandbox).contains(&"not_encrypted".to_owned()));
}

#[cfg(unix)]
#[test]
fn leftovers_and_modes_of_a_locked_journal_are_found_and_repaired() {
    use std::os::unix::fs::PermissionsExt;
    let mut sandbox = with_backup();
    sandbox.set(COMMAND, "");
    let ending = "0193f4f1-7f2a-7000-8000-000000000000";
    let left = ["db", "db.age", "db.key.age"].map(|name| {
        let path = sandbox.journal().with_extension(format!("{name}.{ending}"));
        fs::write(&path, "left").expect("written");
        let file = fs::File::options().write(true).open(&path).expect("opened");
        file.set_modified(SystemTime::UNIX_EPOCH).expect("set");
        path
    });
    let folder = sandbox.journal().parent().expect("a folder").to_owned();
    fs::set_permissions(&folder, PermissionsExt::from_mode(0o755)).expect("set");
    fs::set_permissions(key_file(&sandbox), PermissionsExt::from_mode(0o644)).expect("set");
    for path in &left {
        assert_found(&sandbox, "leftover", "warning", &path.display().to_string());
    }
    let key = key_file(&sandbox).display().to_string();
    assert_found(&sandbox, "open_to_others", "warning", &key);
    sandbox.run(&["doctor", "--repair", "--yes"]);
    assert!(left.iter().all(|path| !path.exists()), "{left:?}");
    for path in [folder, key_file(&sandbox)] {
        let mode = fs::metadata(&path).expect("there").permissions().mode();
        assert_eq!(mode & 0o077, 0, "{}", path.display());
    }
}
