//! Files as they are met: links, pipes and devices, other owners, what killed runs left, damage.
//! Nothing hangs, nothing is read without end, and each failure names its path and the next step.

use std::fs;
use std::os::unix::fs::{PermissionsExt, symlink};
use std::path::Path;
use std::process::Command;

use crate::sandbox::{Run, Sandbox};

/// Makes a pipe that nobody writes to. False if the system has no program for it.
fn make_pipe(path: &Path) -> bool {
    Command::new("mkfifo").arg(path).status().is_ok_and(|status| status.success())
}

#[expect(clippy::disallowed_methods, reason = "a test home is nobody's")]
fn make_folder(path: &Path) {
    fs::create_dir_all(path).expect("a folder");
}

fn settings_file(home: &Sandbox) -> std::path::PathBuf {
    let folder = home.home().join(".config/dwell");
    make_folder(&folder);
    folder.join("config.toml")
}

/// Checks that a run failed with this code, a message that names this path, and a next step.
#[track_caller]
fn assert_named(ran: &Run, code: i32, path: &Path) {
    assert_eq!(ran.code, code, "{}", ran.err);
    assert_names(&ran.err, path);
}

/// Checks that the first message names this path and a next step.
#[track_caller]
fn assert_names(said: &str, path: &Path) {
    let path = path.to_str().expect("UTF-8");
    assert!(said.starts_with("dwell: ") && said.contains(path), "{said}");
    assert!(said.contains("\nhint: ") && !said.contains("os error"), "{said}");
}

fn words(home: &Sandbox) -> String {
    home.json(&["show"])["reflection"]["text"].as_str().unwrap_or_default().to_owned()
}

#[test]
fn a_link_to_a_journal_or_a_folder_that_is_not_there_yet_is_followed() {
    for (link, target, made) in [
        (".local/share/dwell/journal.db", "sync/journal.db", "sync/journal.db"),
        (".local/share/dwell/journal.db", "a/deep/one/journal.db", "a/deep/one/journal.db"),
        (".local/share/dwell", "sync/dwell", "sync/dwell/journal.db"),
        (".local/share", "sync", "sync/dwell/journal.db"),
        (".local", "sync", "sync/share/dwell/journal.db"),
    ] {
        for is_relative in [false, true] {
            let home = Sandbox::new();
            let link = home.home().join(link);
            let folder = link.parent().expect("a folder");
            make_folder(folder);
            let up = folder.strip_prefix(home.home()).expect("inside").components().count();
            let base = if is_relative { "../".repeat(up).into() } else { home.home().to_owned() };
            let target = base.join(target);
            symlink(&target, &link).expect("linked");
            home.ok(&["write", "first words"]);
            assert_eq!(words(&home), "first words");
            let made = home.home().join(made);
            assert!(fs::symlink_metadata(&link).expect("there").is_symlink(), "{target:?}");
            let mode = |path: &Path| fs::metadata(path).expect("made").permissions().mode() & 0o777;
            assert_eq!(mode(&made), 0o600, "{target:?}");
            assert_eq!(mode(made.parent().expect("a folder")), 0o700, "{target:?}");
        }
    }
}

#[test]
fn drafts_and_settings_are_kept_at_the_end_of_a_link() {
    for (link, target) in [
        (".local/state", "synced state"),
        (".local/state/dwell/drafts", "synced/drafts"),
        (".config", "synced settings"),
        (".config/dwell/config.toml", "far/away.toml"),
    ] {
        let home = Sandbox::new();
        home.ok(&["today"]);
        fs::remove_dir_all(home.home().join(".local/state")).expect("removed");
        let link = home.home().join(link);
        make_folder(link.parent().expect("a folder"));
        symlink(home.home().join(target), &link).expect("linked");
        let whole = fs::read(home.journal()).expect("read");
        fs::write(home.journal(), b"not now").expect("written");
        assert_eq!(home.run(&["write", "kept words"]).code, 3);
        fs::write(home.journal(), whole).expect("written");
        home.ok(&["write", "--resume"]);
        assert_eq!(words(&home), "kept words", "{target}");
        home.ok(&["config", "order", "mixed"]);
        assert_eq!(home.ok(&["config", "order"]), "mixed\n", "{target}");
        assert!(fs::symlink_metadata(&link).expect("there").is_symlink(), "{target}");
        assert!(home.home().join(target).exists(), "{target}");
    }
}

#[test]
fn links_in_a_circle_are_named_and_no_words_are_lost() {
    let home = Sandbox::new();
    make_folder(home.journal().parent().expect("a folder"));
    symlink("other.db", home.journal()).expect("linked");
    symlink("journal.db", home.journal().with_file_name("other.db")).expect("linked");
    for args in [&["log"][..], &["today"], &["write", "words"]] {
        let ran = home.run(args);
        assert_named(&ran, 3, &home.journal());
        assert!(ran.err.contains("circle"), "{}", ran.err);
    }
    assert_eq!(home.draft_texts(), ["words"]);
    let home = Sandbox::new();
    let file = settings_file(&home);
    symlink("config.toml", &file).expect("linked");
    for args in [&["today"][..], &["config", "order", "mixed"]] {
        let ran = home.run(args);
        assert_named(&ran, 3, &file);
        assert!(ran.err.contains("circle"), "{}", ran.err);
    }
}

#[test]
fn what_is_no_file_is_never_waited_for_and_never_read_without_end() {
    type Make = fn(&Path) -> bool;
    let make: [(&str, Make); 4] = [
        ("a pipe", make_pipe),
        ("a folder", |path| fs::create_dir(path).is_ok()),
        ("an endless device", |path| symlink("/dev/zero", path).is_ok()),
        ("a device", |path| symlink("/dev/null", path).is_ok()),
    ];
    for (what, make) in make {
        let mut home = Sandbox::new();
        home.ok(&["write", "words"]);
        let file = settings_file(&home);
        if !make(&file) {
            continue;
        }
        assert_named(&home.run(&["log"]), 3, &file);
        assert!(home.ok(&["config", "order"]).contains("series"), "{what}");
        let _ = fs::remove_dir(&file).or_else(|_| fs::remove_file(&file));
        for name in ["journal.db-journal", "other.db"] {
            let path = home.journal().with_file_name(name);
            make(&path);
            let journal = home.journal().with_file_name(name.trim_end_matches("-journal"));
            let journal = journal.to_str().expect("UTF-8");
            for args in [&["log"][..], &["write", "kept"]] {
                let ran = home.run(&[&["--journal", journal], args].concat());
                assert_named(&ran, 3, &path);
            }
            let _ = fs::remove_dir(&path).or_else(|_| fs::remove_file(&path));
        }
        let series = home.home().join("series.toml");
        make(&series);
        let path = series.to_str().expect("UTF-8");
        for args in [["series", "add", path], ["import", "dwell", path]] {
            let ran = home.run(&args);
            assert_eq!(ran.code, 2, "{what}: {}", ran.err);
            assert!(ran.err.contains(path), "{what}: {}", ran.err);
        }
        let backups = home.journal().with_file_name("backups");
        make_folder(&backups);
        make(&backups.join("backup.db"));
        home.ok(&["forget", "today", "--yes"]);
        home.set("TZ", path);
        assert_eq!(home.run(&["log"]).code, 2, "{what}");
    }
}

#[test]
fn a_draft_that_somebody_else_may_have_put_there_is_not_taken_up() {
    let home = Sandbox::new();
    home.ok(&["today"]);
    let whole = fs::read(home.journal()).expect("read");
    fs::write(home.journal(), b"not now").expect("written");
    assert_eq!(home.run(&["write", "my words"]).code, 3);
    fs::write(home.journal(), whole).expect("written");
    let mine = fs::read_dir(home.drafts()).expect("listed").next().expect("one").expect("one");
    let name = mine.file_name().into_string().expect("UTF-8");
    // Newer drafts by their names: a link to a file of the person's own, and a pipe.
    let other = home.home().join("secret");
    fs::write(&other, "a secret").expect("written");
    // A draft's name ends in an id that begins with its time.
    let newer = |start: &str| {
        let is_id = |part: &str| part.len() == 36;
        let later = |part: &str| format!("{start}{}", &part[start.len()..]);
        let parts = name.split('.').map(|part| if is_id(part) { later(part) } else { part.into() });
        home.drafts().join(parts.collect::<Vec<String>>().join("."))
    };
    symlink(&other, newer("02")).expect("linked");
    make_pipe(&newer("03"));
    home.ok(&["write", "--resume"]);
    assert_eq!(words(&home), "my words");
    assert_eq!(fs::read_to_string(&other).expect("read"), "a secret");
}

#[test]
fn a_drafts_folder_that_others_can_enter_is_closed_to_them() {
    let home = Sandbox::new();
    make_folder(&home.drafts());
    fs::set_permissions(home.drafts(), fs::Permissions::from_mode(0o777)).expect("set");
    assert_eq!(home.run(&["--no-input", "write", "--editor", "words"]).code, 2);
    let mode = fs::metadata(home.drafts()).expect("there").permissions().mode();
    assert_eq!(mode & 0o777, 0o700);
}

#[test]
fn a_journal_that_is_begun_where_one_may_be_expected_is_told() {
    let mut home = Sandbox::new();
    // The first day of a new home goes without saying.
    assert_eq!(home.run(&["today"]).err, "");
    fs::remove_file(home.journal()).expect("removed");
    fs::remove_dir_all(home.home().join(".local/state/dwell/journals")).expect("removed");
    let begun = "so a new one was begun";
    let ran = home.run(&["write", "words"]);
    assert!(ran.err.contains(begun) && ran.code == 0, "{}", ran.err);
    assert!(!home.run(&["write", "more"]).err.contains(begun));
    let other = home.home().join("drive/other.db").display().to_string();
    let ran = home.run(&["--journal", &other, "today"]);
    assert!(ran.err.contains(begun) && ran.err.contains(&other), "{}", ran.err);
    home.set("DWELL_JOURNAL", &format!("{other}.variable"));
    assert!(home.run(&["write", "words"]).err.contains(begun));
    assert_eq!(
        home.run(&["write", "more"]).err,
        "saved 2026-11-22: 2 words, the new ones below the others\n"
    );
}

#[test]
fn a_journal_that_goes_away_while_the_person_writes_is_told_and_the_words_are_kept() {
    for change in
        ["rm \"$J\"", "mv \"$J\" \"$J.old\"", "cp \"$J\" \"$J.new\"; mv \"$J.new\" \"$J\""]
    {
        let mut home = Sandbox::new();
        home.ok(&["write", "first words"]);
        let whole = fs::read(home.journal()).expect("read");
        let journal = home.journal().display().to_string();
        let file = home.home().join("editor");
        let script = format!("J='{journal}'; {change}; echo typed >> \"$1\"");
        fs::write(&file, script).expect("written");
        home.set("EDITOR", &format!("sh {}", file.display()));
        let ran = home.run(&["write", "--editor"]);
        assert_named(&ran, 3, &home.journal());
        assert!(ran.err.contains("was moved, replaced or removed"), "{change}: {}", ran.err);
        assert_eq!(home.draft_texts(), ["typed"], "{change}");
        fs::write(home.journal(), whole).expect("written");
        home.set("EDITOR", "");
        home.ok(&["write", "--resume"]);
        assert_eq!(words(&home), "first words\n\ntyped", "{change}");
    }
}

#[test]
fn others_are_shut_out_of_a_journal_and_the_person_is_told_once() {
    let home = Sandbox::new();
    home.ok(&["write", "words"]);
    fs::set_permissions(home.journal(), fs::Permissions::from_mode(0o644)).expect("set");
    let mut folder = home.journal();
    while folder.pop() && folder.starts_with(home.home()) {
        fs::set_permissions(&folder, fs::Permissions::from_mode(0o755)).expect("set");
    }
    let ran = home.run(&["log"]);
    assert!(ran.err.contains("now it is open to you alone"), "{}", ran.err);
    assert_eq!(home.run(&["log"]).err, "");
    assert_eq!(home.run(&["write", "more"]).err.lines().count(), 1);
}

#[test]
fn a_file_size_limit_stops_a_setting_and_loses_none_of_the_words_that_a_pipe_brings() {
    let home = Sandbox::new();
    home.ok(&["today"]);
    let limited = |command: &str| -> Run {
        let mut shell = Command::new("sh");
        shell.args(["-c", &format!("ulimit -f 0 && {command}"), "sh", env!("CARGO_BIN_EXE_dwell")]);
        shell.env_clear().envs(home.environment()).current_dir(home.home());
        shell.output().expect("started").into()
    };
    let ran = limited("\"$1\" config order mixed");
    assert_eq!(ran.code, 3, "{}", ran.err);
    assert!(ran.err.contains("config.toml") && ran.err.contains("\nhint: "), "{}", ran.err);
    let folder = home.home().join(".config/dwell");
    assert_eq!(fs::read_dir(folder).expect("listed").count(), 0, "nothing half-made is left");
    let ran = limited("\"$1\" write 'the only copy'");
    assert_eq!(ran.code, 3, "{}", ran.err);
    assert!(ran.err.contains("the only copy"), "{}", ran.err);
}

#[test]
fn the_settings_are_shown_and_mended_whatever_mistake_is_in_them() {
    let home = Sandbox::new();
    let file = settings_file(&home);
    fs::write(&file, "order = \"random\"\nweek_start = 3\nmood = 1\n").expect("written");
    assert_eq!(home.run(&["today"]).code, 2);
    let ran = home.run(&["config"]);
    assert_eq!(ran.code, 0, "{}", ran.err);
    assert!(ran.out.contains("order = \"random\""), "{}", ran.out);
    for named in ["order is 'random'", "week_start is '3'", "mood"] {
        assert_eq!(ran.err.matches(named).count(), 1, "{named}: {}", ran.err);
    }
    home.ok(&["config", "order", "mixed"]);
    home.ok(&["config", "week_start", "monday"]);
    assert_eq!(home.ok(&["config", "order"]), "mixed\n");
    home.ok(&["today"]);
    fs::write(&file, "order = = 1\n").expect("written");
    let ran = home.run(&["config", "order"]);
    assert_eq!((ran.code, ran.out.as_str()), (0, "series\n"), "{}", ran.err);
    assert!(ran.err.contains(file.to_str().expect("UTF-8")), "{}", ran.err);
    let ran = home.run(&["config", "order", "mixed"]);
    assert_eq!(ran.code, 2);
    assert_eq!(ran.err.matches("TOML").count(), 1, "{}", ran.err);
    fs::write(&file, b"order = \"mi\xff\"\n").expect("written");
    assert_named(&home.run(&["today"]), 3, &file);
    let large = fs::OpenOptions::new().write(true).open(&file).expect("opened");
    large.set_len(2 << 20).expect("made large");
    assert_named(&home.run(&["today"]), 3, &file);
    assert_eq!(home.run(&["config"]).code, 0);
}

#[test]
fn a_home_that_depends_on_the_folder_is_refused() {
    let mut home = Sandbox::new();
    home.set("HOME", "somewhere");
    let ran = home.run(&["today"]);
    assert_eq!(ran.code, 2, "{}", ran.err);
    assert!(ran.err.contains("HOME is 'somewhere'") && ran.err.contains("\nhint: "), "{}", ran.err);
    assert!(!home.home().join("somewhere").exists());
}

#[test]
fn damage_in_an_entry_is_told_and_what_was_saved_is_shown() {
    let home = Sandbox::new();
    home.ok(&["write", "my words"]);
    let change = |sql: &str| {
        let journal = rusqlite::Connection::open(home.journal()).expect("opened");
        assert!(journal.execute(sql, []).expect("run") > 0, "{sql}");
    };
    change("UPDATE entry SET text = 'forged'");
    let ran = home.run(&["show"]);
    assert_eq!(ran.code, 0);
    assert!(ran.out.contains("my words") && !ran.out.contains("forged"), "{}", ran.out);
    assert_names(&ran.err, &home.journal());
    home.ok(&["delete", "today", "--yes"]);
    home.ok(&["undo"]);
    assert_eq!(words(&home), "my words");
    change("UPDATE fact SET body = replace(body, 'my words', 'my wards') WHERE kind = 'wrote'");
    let ran = home.run(&["show"]);
    assert!(ran.code == 0 && ran.out.contains("my words"), "{}{}", ran.out, ran.err);
    assert!(ran.err.contains("dwell forget 2026-11-22"), "{}", ran.err);
    let ran = home.run_with(&["edit"], b"new words");
    assert_named(&ran, 3, &home.journal());
    assert!(ran.err.contains("dwell write --resume"), "{}", ran.err);
    let ran = home.run(&["forget", "today", "--yes"]);
    assert_eq!(ran.code, 0, "{}", ran.err);
    assert!(ran.err.contains("my wards"), "what is erased is shown: {}", ran.err);
    assert!(home.json(&["show"])["reflection"].is_null());
    change("UPDATE lesson SET story = 'forged'");
    let ran = home.run(&["show"]);
    assert!(ran.code == 0 && ran.err.contains("whose words are not those"), "{}", ran.err);
}

#[test]
fn a_time_zone_rule_without_its_dates_says_what_is_missing() {
    let mut home = Sandbox::new();
    home.set("TZ", "CET-1CEST");
    let ran = home.run(&["today"]);
    assert_eq!(ran.code, 2);
    assert!(ran.err.contains("summer time") && ran.err.contains("M3.5.0"), "{}", ran.err);
    home.set("TZ", "CET-1CEST,M3.5.0,M10.5.0/3");
    home.ok(&["today"]);
}
