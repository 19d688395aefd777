//! Backups and going back to one, through the binary; and a journal that is gone.

use std::fs;
use std::path::PathBuf;

use crate::sandbox::Sandbox;

fn at(home: &mut Sandbox, day: &str) {
    home.set_now(&format!("{day}T07:00:00+01:00"));
}

/// A home with words on three days.
fn lived_in() -> Sandbox {
    let mut home = Sandbox::at("2026-11-20T07:00:00+01:00");
    home.ok(&["write", "the first day"]);
    for (day, words) in [("2026-11-21", "the second day"), ("2026-11-22", "the third day")] {
        at(&mut home, day);
        home.ok(&["write", words]);
    }
    home
}

fn backup(home: &Sandbox, name: &str) -> PathBuf {
    home.home().join(".local/share/dwell/backups").join(name)
}

fn days(home: &Sandbox) -> Vec<String> {
    let log = home.ok(&["log", "--json", "--oldest-first"]);
    let day = |line: &str| {
        let entry: serde_json::Value = serde_json::from_str(line).expect("JSON");
        entry["day"].as_str().expect("a day").to_owned()
    };
    log.lines().map(day).collect()
}

#[test]
fn the_backups_that_dwell_makes_by_itself_are_listed_newest_first() {
    let home = lived_in();
    let list = home.ok(&["backup", "--list"]);
    let found: Vec<_> = list.lines().map(|line| line.split("  ").next().unwrap_or(line)).collect();
    assert_eq!(found, ["2026-11-22", "2026-11-21"], "{list}");
    let lines = home.ok(&["--json", "backup", "--list"]);
    let first: serde_json::Value =
        serde_json::from_str(lines.lines().next().expect("a line")).expect("JSON");
    assert_eq!(first["day"], "2026-11-22");
    assert_eq!(first["path"], backup(&home, "journal-2026-11-22.db").display().to_string());
}

#[test]
fn a_backup_is_made_where_one_asks_for_it_and_replaces_nothing() {
    let home = lived_in();
    let folder = home.home().join("stick");
    fs::create_dir(&folder).expect("made");
    let file = folder.join("mine.db").display().to_string();
    home.ok(&["backup", &file]);
    let before = fs::read(&file).expect("a file");
    let ran = home.run(&["backup", &file]);
    assert!(ran.code == 2 && ran.err.contains("is not replaced"), "{}", ran.err);
    assert_eq!(fs::read(&file).expect("a file"), before);
    let ran = home.run(&["backup", folder.to_str().expect("UTF-8")]);
    assert!(
        ran.err.contains("stick/journal-2026-11-22.db and checked it: 3 entries"),
        "{}",
        ran.err
    );
    let ran = home.run(&["backup", folder.to_str().expect("UTF-8")]);
    assert!(ran.err.contains("stick/journal-2026-11-22-2.db and"), "{}", ran.err);
    let ran = home.run(&["backup", "/nowhere/at/all.db"]);
    assert_eq!(ran.code, 3, "{}", ran.err);
    let made = home.json(&["backup"]);
    assert_eq!(made["path"], backup(&home, "journal-2026-11-22-asked.db").display().to_string());
    assert_eq!(made["entries"], 3);
}

#[test]
fn going_back_shows_what_goes_asks_and_can_be_taken_back() {
    let home = lived_in();
    let path = backup(&home, "journal-2026-11-22.db").display().to_string();
    let refused = home.run(&["restore", &path]);
    assert_eq!(refused.code, 2);
    assert!(refused.err.contains("1 day, 2026-11-22"), "{}", refused.err);
    assert!(refused.err.contains("hint: --yes"), "{}", refused.err);
    assert_eq!(days(&home).len(), 3, "nothing was changed");
    let done = home.json(&["restore", &path, "--yes"]);
    assert_eq!(days(&home), ["2026-11-20", "2026-11-21"]);
    let kept = done["backup"].as_str().expect("a path");
    home.ok(&["restore", kept, "--yes"]);
    assert_eq!(days(&home).len(), 3);
    let ran = home.run(&["restore", "no-such.db", "--yes"]);
    assert!(ran.code == 2 && ran.err.contains("there is no file no-such.db"), "{}", ran.err);
    fs::write(home.home().join("text"), "words").expect("written");
    let text = home.home().join("text").display().to_string();
    assert_eq!(home.run(&["restore", &text, "--yes"]).code, 3);
    assert_eq!(days(&home).len(), 3);
}

#[test]
fn a_journal_that_is_gone_is_told_and_the_words_are_kept() {
    let home = lived_in();
    fs::rename(home.journal(), home.home().join("away.db")).expect("moved");
    for args in [&["today"][..], &["log"], &["write", "new words"], &["step", "add", "a step"]] {
        let ran = home.run(args);
        assert_eq!(ran.code, 3, "{args:?}: {}", ran.err);
        assert!(ran.err.contains("journal.db is gone"), "{args:?}: {}", ran.err);
        assert!(ran.err.contains("dwell restore "), "{args:?}: {}", ran.err);
    }
    assert!(!home.journal().exists());
    assert!(home.draft_texts().iter().any(|text| text.contains("new words")));
    // A prompt shows no day without words.
    let ran = home.run(&["status"]);
    assert_eq!((ran.code, ran.out.as_str(), ran.err.as_str()), (3, "", ""));
    let path = backup(&home, "journal-2026-11-22.db").display().to_string();
    home.ok(&["restore", &path, "--yes"]);
    assert_eq!(days(&home), ["2026-11-20", "2026-11-21"]);
    fs::remove_file(home.journal()).expect("removed");
    let refused = home.run(&["restore", "--empty"]);
    assert_eq!(refused.code, 2, "{}", refused.err);
    home.ok(&["restore", "--empty", "--yes"]);
    let refused = home.run(&["restore", "--empty", "--yes"]);
    assert!(refused.code == 2 && refused.err.contains("is there"), "{}", refused.err);
    home.ok(&["write", "begun again"]);
}

#[cfg(unix)]
#[test]
fn a_link_whose_end_is_gone_begins_no_new_journal() {
    let home = Sandbox::at("2026-11-22T07:00:00+01:00");
    let folder = home.journal().parent().expect("a folder").to_owned();
    let stick = home.home().join("stick");
    for folder in [&folder, &stick] {
        dwell::platform::create_private_folder(folder).expect("made");
    }
    let end = stick.join("journal.db");
    std::os::unix::fs::symlink(&end, home.journal()).expect("linked");
    home.ok(&["write", "on the stick"]);
    home.ok(&["backup"]);
    fs::rename(&end, stick.join("away.db")).expect("moved");
    let ran = home.run(&["write", "while it is away"]);
    assert!(ran.code == 3 && ran.err.contains("journal.db is gone"), "{}", ran.err);
    assert!(!end.exists());
    assert!(home.draft_texts().iter().any(|text| text.contains("while it is away")));
}

#[test]
fn a_folder_of_backups_that_cannot_be_read_is_told_when_words_are_to_go() {
    let home = lived_in();
    let folder = home.home().join(".local/share/dwell/backups");
    fs::rename(&folder, home.home().join("away")).expect("moved");
    fs::write(&folder, "no folder").expect("written");
    let ran = home.run(&["forget", "2026-11-20", "--backups", "--yes"]);
    assert_eq!(ran.code, 3, "{}", ran.err);
    assert!(ran.err.contains("backups"), "{}", ran.err);
}

#[test]
fn a_restore_leaves_no_log_of_another_state_beside_the_journal() {
    let home = lived_in();
    let path = backup(&home, "journal-2026-11-22.db").display().to_string();
    let log = home.journal().with_extension("db-wal");
    fs::write(&log, "a log of another state").expect("written");
    home.ok(&["restore", &path, "--yes"]);
    assert_eq!(days(&home), ["2026-11-20", "2026-11-21"]);
    assert!(!log.exists());
}

#[test]
fn a_repair_removes_no_file_of_the_person_from_the_mirror() {
    let home = lived_in();
    let mirror = home.home().join("notes");
    home.ok(&["config", "mirror", mirror.to_str().expect("UTF-8")]);
    fs::create_dir(&mirror).or_else(|_| fs::metadata(&mirror).map(drop)).expect("made");
    let names = [".dwell-my-own-notes", "export.3f2504e0-4f89-11d3-9a0c-0305e82c3301", ".dwell-"];
    let old = std::time::SystemTime::UNIX_EPOCH;
    for name in names {
        let path = mirror.join(name);
        fs::write(&path, "mine").expect("written");
        let file = fs::File::options().write(true).open(&path).expect("opened");
        file.set_modified(old).expect("set");
    }
    home.run(&["doctor", "--repair", "--yes"]);
    home.ok(&["write", "more"]);
    for name in names {
        assert!(mirror.join(name).exists(), "{name}");
    }
}

#[test]
fn words_that_only_a_backup_has_are_shown_before_they_are_forgotten_there() {
    let mut home = lived_in();
    home.ok(&["write", "with-a-word-of-its-own"]);
    let path = backup(&home, "journal-2026-11-22.db").display().to_string();
    home.ok(&["restore", &path, "--yes"]);
    assert_eq!(days(&home), ["2026-11-20", "2026-11-21"]);
    at(&mut home, "2026-11-23");
    let ran = home.run(&["forget", "2026-11-22", "--backups", "--yes"]);
    assert_eq!(ran.code, 0, "{}", ran.err);
    let word = "with-a-word-of-its-own";
    assert!(ran.err.contains(word), "{}", ran.err);
    let left = fs::read(backup(&home, "journal-2026-11-22-before-restore.db")).expect("read");
    assert!(!left.windows(word.len()).any(|part| part == word.as_bytes()));
}

#[test]
fn a_day_whose_words_were_undone_or_put_back_since_is_named_before_a_restore() {
    let home = lived_in();
    home.ok(&["undo", "--yes"]);
    let undone = home.home().join("undone.db").display().to_string();
    home.ok(&["backup", &undone]);
    home.ok(&["redo"]);
    let ran = home.run(&["restore", &undone]);
    assert!(ran.err.contains("only the journal has would go: 1 day, 2026-11-22"), "{}", ran.err);
}

#[test]
fn what_is_left_beside_a_journal_that_is_gone_meets_no_new_one() {
    let left = b"pages of the journal that is gone";
    for ending in ["-journal", "-wal", "-shm"] {
        // Nothing tells that there was a journal but this file.
        let home = Sandbox::at("2026-11-20T07:00:00+01:00");
        let folder = home.journal().parent().expect("a folder").to_owned();
        dwell::platform::create_private_folder(&folder).expect("made");
        let file = folder.join(format!("journal.db{ending}"));
        fs::write(&file, left).expect("written");
        let ran = home.run(&["write", "some words"]);
        assert_eq!(ran.code, 3, "{}", ran.err);
        assert!(ran.err.contains("is left of a journal that is gone"), "{}", ran.err);
        assert!(ran.err.contains("dwell restore --empty"), "{}", ran.err);
        assert!(!home.journal().exists());
        assert_eq!(fs::read(&file).expect("there"), left);
        home.ok(&["restore", "--empty", "--yes"]);
        home.ok(&["write", "begun again"]);
        let kept = folder.join(format!("journal.db.replaced-2026-11-20T070000{ending}"));
        assert_eq!(fs::read(kept).expect("kept"), left);
    }
}

#[cfg(unix)]
#[test]
fn the_name_of_a_backup_begins_no_line_of_its_own() {
    let home = lived_in();
    let forged = home.home().join("b.db\nsaved 2026-11-22: all is well");
    fs::copy(backup(&home, "journal-2026-11-22.db"), &forged).expect("copied");
    let missing = home.home().join("c.db\nsaved 2026-11-22: all is well");
    for path in [forged, missing] {
        let path = path.to_str().expect("UTF-8");
        for args in [&["restore", path, "--yes"][..], &["backup", path], &["import", "dwell", path]]
        {
            let said = home.run(args).err;
            assert!(!said.lines().any(|line| line.starts_with("saved 2026")), "{args:?}: {said}");
        }
    }
}

#[cfg(unix)]
#[test]
fn a_backup_that_cannot_be_made_is_said_and_stops_no_word() {
    let mut home = lived_in();
    let folder = home.home().join(".local/share/dwell/backups");
    fs::remove_dir_all(&folder).expect("removed");
    fs::write(&folder, "a file").expect("written");
    at(&mut home, "2026-11-23");
    let ran = home.run(&["write", "the fourth day"]);
    assert_eq!(ran.code, 0, "{}", ran.err);
    assert!(ran.err.contains("saved 2026-11-23"), "{}", ran.err);
    assert!(ran.err.contains("dwell: no backup of the journal could be made"), "{}", ran.err);
    assert_eq!(days(&home).len(), 4);
}

#[test]
fn a_copy_is_made_in_the_working_folder_by_its_mere_name() {
    let home = lived_in();
    let ran = home.run(&["backup", "copy.db"]);
    assert!(ran.code == 0 && ran.err.contains("copied the journal to copy.db"), "{}", ran.err);
    assert!(home.home().join("copy.db").is_file());
}

#[test]
fn what_a_restore_took_away_is_kept_however_often_one_goes_back_that_day() {
    let mut home = lived_in();
    home.ok(&["write", "a precious word"]);
    at(&mut home, "2026-11-23");
    let [first, second] = ["journal-2026-11-21.db", "journal-2026-11-22.db"]
        .map(|name| backup(&home, name).display().to_string());
    let mut told = Vec::new();
    for path in [&first, &second, &first, &second, &first, &second] {
        told.push(
            home.json(&["restore", path, "--yes"])["backup"].as_str().expect("a path").to_owned(),
        );
    }
    let told_once: std::collections::BTreeSet<_> = told.iter().collect();
    assert_eq!(told_once.len(), told.len(), "{told:?}");
    home.ok(&["restore", &told[0], "--yes"]);
    let text = home.json(&["show", "2026-11-22"])["reflection"]["text"].clone();
    assert!(text.as_str().expect("a text").contains("a precious word"));
}
