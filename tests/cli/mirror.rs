//! The mirror, and the folder of Markdown files that it goes on with.

use std::fs;
use std::path::{Path, PathBuf};

use crate::sandbox::Sandbox;

/// A home whose mirror is this folder, and the folder.
fn mirrored() -> (Sandbox, PathBuf) {
    let mut home = Sandbox::new();
    let folder = home.home().join("vault");
    fs::create_dir(&folder).expect("made");
    home.set("DWELL_MIRROR", folder.to_str().expect("UTF-8"));
    (home, folder)
}

fn read(folder: &Path, day: &str) -> Option<String> {
    fs::read_to_string(folder.join(&day[..4]).join(format!("{day}.md"))).ok()
}

/// The names of all files below a folder, without those that begin with a dot.
fn names(folder: &Path) -> Vec<String> {
    let mut names = Vec::new();
    for file in fs::read_dir(folder).expect("listed").map(|file| file.expect("listed")) {
        let name = file.file_name().into_string().expect("UTF-8");
        if file.file_type().expect("a type").is_dir() {
            names.extend(self::names(&file.path()).into_iter().map(|one| format!("{name}/{one}")));
        } else {
            names.push(name);
        }
    }
    names.sort();
    names
}

#[test]
fn every_change_of_a_day_reaches_its_file() {
    let (mut home, folder) = mirrored();
    let day = "2026-11-22";
    home.ok(&["today"]);
    assert_eq!(names(&folder), [""; 0], "nothing was written yet");
    let mut before = None;
    let mut changes = |home: &Sandbox, args: &[&str], wanted: Option<&str>| {
        let ran = home.run_with(args, b"Edited words.");
        assert_eq!(ran.code, 0, "{args:?}: {}", ran.err);
        assert!(!ran.err.contains("mirror") && !ran.err.contains(".md"), "{}", ran.err);
        let text = read(&folder, day);
        assert_ne!(text, before, "{args:?}");
        let has = |wanted: &str| text.as_ref().is_some_and(|text| text.contains(wanted));
        assert!(wanted.map_or(text.is_none(), has), "{args:?}: {text:?}");
        before = text;
    };
    changes(&home, &["write", "First words."], Some("\nFirst words.\n"));
    changes(&home, &["edit"], Some("\nEdited words.\n"));
    changes(&home, &["step", "add", "call Anna"], Some("- [ ] call Anna"));
    changes(&home, &["undo"], Some("\nEdited words.\n"));
    changes(&home, &["redo"], Some("- [ ] call Anna"));
    changes(&home, &["step", "done", "she laughed"], Some("- [x] call Anna"));
    home.set_now("2026-11-24T07:00:00+01:00");
    changes(&home, &["write", "--day", day, "Late words."], Some("\nLate words.\n"));
    changes(&home, &["afterthought", day, "a line"], Some("\na line\n"));
    changes(&home, &["delete", day, "--yes"], None);
    changes(&home, &["undo", "--yes"], Some("\nLate words.\n"));
    changes(&home, &["forget", day, "--yes"], None);
    assert_eq!(names(&folder), [""; 0]);
}

#[test]
fn many_days_that_come_in_at_once_reach_their_files() {
    let mut other = Sandbox::new();
    for day in 10..30 {
        other.set_now(&format!("2026-11-{day}T07:00:00+01:00"));
        other.ok(&["write", &format!("Words of {day}.")]);
    }
    let journal = other.ok(&["export", "jsonl"]);
    let (mut home, folder) = mirrored();
    home.set_now("2026-11-30T07:00:00+01:00");
    assert_eq!(home.run_with(&["import", "dwell", "-"], journal.as_bytes()).code, 0);
    assert_eq!(names(&folder).len(), 20);
    assert!(read(&folder, "2026-11-15").expect("a file").contains("Words of 15."));
}

#[test]
fn an_export_fills_the_folder_and_the_mirror_goes_on_with_it() {
    let (mut home, folder) = mirrored();
    let path = folder.to_str().expect("UTF-8").to_owned();
    home.set("DWELL_MIRROR", "");
    home.ok(&["write", "One."]);
    home.set_now("2026-11-23T07:00:00+01:00");
    home.ok(&["write", "Two."]);
    assert_eq!(names(&folder), [""; 0], "there is no mirror");
    let export = ["export", "markdown", "--output", &path];
    let ran = home.run(&export);
    assert_eq!(ran.err, format!("wrote 2 entries to {path}\n"));
    let all = ["2026/2026-11-22.md", "2026/2026-11-23.md", "README.md"];
    assert_eq!(names(&folder), all);
    home.set("DWELL_MIRROR", &path);
    home.ok(&["write", "Three."]);
    assert!(read(&folder, "2026-11-23").expect("a file").contains("\nTwo.\n\nThree.\n"));
    let ran = home.run(&export);
    assert_eq!(ran.err, format!("wrote 0 entries to {path}, 2 as before\n"));
    assert_eq!(names(&folder), all);
}

#[test]
fn what_somebody_changed_or_made_is_left_alone_and_named() {
    let (mut home, folder) = mirrored();
    home.ok(&["write", "First words."]);
    let file = folder.join("2026/2026-11-22.md");
    let changed = fs::read_to_string(&file).expect("read").replace("First", "Other");
    fs::write(&file, &changed).expect("written");
    let note = folder.join("2026/2026-11-23.md");
    fs::write(&note, "a note of my own").expect("written");
    let ran = home.run(&["write", "More."]);
    assert_eq!(ran.code, 0);
    let name = file.display().to_string();
    assert!(ran.err.contains(&format!("{name} was changed since dwell wrote it")), "{}", ran.err);
    home.set_now("2026-11-23T07:00:00+01:00");
    let ran = home.run(&["write", "Words."]);
    assert_eq!(ran.code, 0);
    let name = note.display().to_string();
    assert!(ran.err.contains(&format!("{name} is not a file of dwell")), "{}", ran.err);
    let path = folder.to_str().expect("UTF-8");
    let ran = home.run(&["export", "markdown", "--output", path]);
    assert_eq!(ran.code, 3, "{}", ran.err);
    assert!(ran.err.contains("wrote 0 entries") && ran.err.contains("2 left alone"), "{}", ran.err);
    // Forgetting says it loudly, and is done all the same.
    let ran = home.run(&["forget", "2026-11-22", "--yes", "--quiet"]);
    assert_eq!(ran.code, 0);
    assert!(ran.err.contains("still holds words of that day"), "{}", ran.err);
    assert!(ran.err.contains("hint: remove it yourself"), "{}", ran.err);
    assert_eq!(fs::read_to_string(&file).expect("read"), changed);
    assert_eq!(fs::read_to_string(&note).expect("read"), "a note of my own");
}

#[test]
fn a_folder_that_is_away_is_said_once_and_stops_nothing() {
    let (mut home, folder) = mirrored();
    home.ok(&["write", "One."]);
    let away = home.home().join("away");
    fs::rename(&folder, &away).expect("moved");
    home.set_now("2026-11-23T07:00:00+01:00");
    for (args, code) in [(&["today"][..], 0), (&["log"], 0), (&["show", "2026-11-01"], 1)] {
        let ran = home.run(args);
        assert_eq!((ran.code, ran.err.contains("mirror")), (code, false), "{args:?}: {}", ran.err);
    }
    let ran = home.run(&["write", "Two.", "--next", "a step"]);
    assert_eq!(ran.code, 0);
    assert_eq!(ran.err.matches("mirror").count(), 1, "{}", ran.err);
    assert!(ran.err.contains("hint: dwell export markdown --output "), "{}", ran.err);
    let ran = home.run(&["forget", "2026-11-22", "--yes"]);
    assert_eq!(ran.code, 0);
    assert!(ran.err.contains("may still hold words of 2026-11-22"), "{}", ran.err);
    assert!(!folder.exists(), "it is not made anew");
    fs::rename(&away, &folder).expect("moved back");
    home.ok(&["write", "Three."]);
    assert!(read(&folder, "2026-11-23").expect("a file").contains("\nTwo.\n\nThree.\n"));
}

#[test]
fn a_mirror_is_set_and_its_folder_made_and_a_path_is_absolute() {
    let home = Sandbox::new();
    let ran = home.run(&["config", "mirror", "notes"]);
    assert_eq!(ran.code, 0, "{}", ran.err);
    let folder = home.home().join("notes");
    assert!(ran.err.contains(&format!("mirror = {}", folder.display())), "{}", ran.err);
    home.ok(&["write", "One."]);
    assert_eq!(names(&folder), ["2026/2026-11-22.md"]);
    #[cfg(unix)]
    for (path, wanted) in
        [("notes", 0o700), ("notes/2026", 0o700), ("notes/2026/2026-11-22.md", 0o600)]
    {
        use std::os::unix::fs::PermissionsExt;
        let mode = fs::metadata(home.home().join(path)).expect("there").permissions().mode();
        assert_eq!(mode & 0o777, wanted, "{path}");
    }
    assert_eq!(home.run(&["config", "mirror", "~/notes"]).code, 2);
    home.ok(&["config", "--unset", "mirror"]);
    home.ok(&["write", "Two."]);
    assert!(!read(&folder, "2026-11-22").expect("a file").contains("Two."));
}

#[test]
fn a_copy_of_a_day_and_a_torn_file_are_told_apart() {
    let (home, folder) = mirrored();
    home.ok(&["write", "One."]);
    let file = folder.join("2026/2026-11-22.md");
    // A copy of a day under the name of another is not the file of that day.
    let copy = folder.join("2026/2026-11-21.md");
    fs::copy(&file, &copy).expect("copied");
    let ran = home.run(&["write", "--day", "2026-11-21", "Late."]);
    assert!(ran.err.contains("2026-11-21.md is not a file of dwell"), "{}", ran.err);
    // A power cut may leave an empty file: nobody misses what is in it.
    fs::write(&file, "").expect("written");
    let ran = home.run(&["write", "Two."]);
    assert!(!ran.err.contains(".md"), "{}", ran.err);
    assert!(read(&folder, "2026-11-22").expect("a file").contains("\nOne.\n\nTwo.\n"));
}
