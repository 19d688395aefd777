//! Moving a journal: `dwell export jsonl` and `dwell import dwell`.

use std::fs;

use crate::sandbox::Sandbox;

fn written() -> Sandbox {
    let mut home = Sandbox::new();
    home.ok(&["write", "First words. #work", "--next", "call Anna"]);
    home.set_now("2026-11-23T07:00:00+01:00");
    home.ok(&["write", "--day", "2026-11-22", "More words."]);
    home.ok(&["afterthought", "2026-11-22", "a line"]);
    home.ok(&["write", "undone"]);
    home.ok(&["undo"]);
    home
}

#[test]
fn an_exported_journal_makes_the_same_journal_elsewhere() {
    let home = written();
    let file = home.home().join("journal.jsonl");
    let path = file.to_str().expect("UTF-8");
    let ran = home.run(&["export", "jsonl", "--output", path]);
    assert_eq!((ran.code, ran.out.as_str()), (0, ""), "{}", ran.err);
    assert!(ran.err.starts_with("wrote ") && ran.err.contains("journal.jsonl"), "{}", ran.err);
    let text = fs::read_to_string(&file).expect("written");
    assert_eq!(home.ok(&["export", "jsonl"]), text);
    #[cfg(unix)]
    {
        use std::os::unix::fs::PermissionsExt;
        assert_eq!(fs::metadata(&file).expect("there").permissions().mode() & 0o777, 0o600);
    }
    let other = Sandbox::at("2026-11-24T07:00:00+01:00");
    let would = other.run(&["import", "dwell", "--dry-run", path]);
    assert!(would.err.contains("would import"), "{}", would.err);
    let ran = other.run(&["import", "dwell", path]);
    assert_eq!(ran.code, 0, "{}", ran.err);
    assert!(ran.err.contains("0 already here"), "{}", ran.err);
    assert_eq!(other.ok(&["export", "jsonl"]), text);
    assert_eq!(other.ok(&["show", "2026-11-22"]), home.ok(&["show", "2026-11-22"]));
    let again = other.run(&["import", "dwell", path, "--json"]);
    assert!(again.out.starts_with("{\"facts\":0,\"lessons\":0,"), "{}", again.out);
    assert_eq!(other.ok(&["export", "jsonl"]), text);
    // An undo here does not undo a change of the other device.
    assert_eq!(other.run(&["undo"]).code, 1);
    other.ok(&["write", "new words"]);
    assert_eq!(other.run(&["undo"]).code, 0);
    assert_eq!(other.run(&["undo"]).code, 1);
}

#[test]
fn a_journal_can_be_piped_into_another() {
    let home = written();
    let text = home.ok(&["export", "jsonl"]);
    let other = Sandbox::at("2026-11-24T07:00:00+01:00");
    let ran = other.run_with(&["import", "dwell", "-"], text.as_bytes());
    assert_eq!(ran.code, 0, "{}", ran.err);
    assert_eq!(other.ok(&["export", "jsonl"]), text);
}

#[test]
fn a_bad_line_is_named_and_does_not_stop_the_rest() {
    let home = written();
    let text = home.ok(&["export", "jsonl"]).replace("More words.", "Other words");
    let other = Sandbox::at("2026-11-24T07:00:00+01:00");
    let ran = other.run_with(&["import", "dwell", "-"], text.as_bytes());
    assert_eq!(ran.code, 2);
    assert!(ran.err.contains(", line ") && ran.err.contains("is damaged"), "{}", ran.err);
    assert!(other.ok(&["show", "2026-11-22"]).contains("First words."));
}

#[test]
fn nothing_is_taken_of_a_copy_that_was_cut_off() {
    let text = written().ok(&["export", "jsonl"]);
    let other = Sandbox::at("2026-11-24T07:00:00+01:00");
    let ran = other.run_with(&["import", "dwell", "-"], &text.as_bytes()[..text.len() - 20]);
    assert_eq!(ran.code, 2);
    assert!(ran.err.contains("ends within an entry"), "{}", ran.err);
    assert!(!other.run(&["show", "2026-11-22"]).out.contains("First words."));
}

#[test]
fn wrong_files_and_existing_files_are_refused_and_left_as_they_are() {
    let home = written();
    let file = home.home().join("diary.txt");
    fs::write(&file, "Dear diary").expect("written");
    let path = file.to_str().expect("UTF-8");
    let other = Sandbox::new();
    let ran = other.run(&["import", "dwell", path]);
    assert_eq!(ran.code, 2);
    assert!(ran.err.contains("is not a file of dwell export jsonl"), "{}", ran.err);
    assert!(!other.journal().exists(), "nothing was left behind");
    assert_eq!(other.run(&["import", "dwell", "/nowhere/at.all"]).code, 2);
    let ran = home.run(&["export", "jsonl", "--output", path]);
    assert_eq!(ran.code, 3, "{}", ran.err);
    assert_eq!(fs::read_to_string(&file).expect("read"), "Dear diary");
    assert_eq!(other.run(&["export", "jsonl"]).code, 1, "there is no journal yet");
}

#[test]
fn a_journal_whose_lessons_did_not_all_come_along_can_be_read_and_mended() {
    let home = written();
    let text = home.ok(&["export", "jsonl"]);
    let first = "Don't put all your eggs in one basket";
    let part: Vec<&str> = text.lines().filter(|line| !line.contains(first)).collect();
    let part = part.join("\n");
    let mut other = Sandbox::at("2026-11-24T07:00:00+01:00");
    assert_eq!(other.run_with(&["import", "dwell", "-"], part.as_bytes()).code, 0);
    for args in [&["log"][..], &["show", "2026-11-22"]] {
        assert!(other.ok(args).contains("First words."), "{args:?}");
    }
    assert_eq!(other.json_lines(&["search", "--reflections", "words"]).len(), 1);
    assert!(other.json(&["show", "2026-11-22"])["lesson"].is_null());
    for args in
        [&["today"][..], &["review"], &["stats"], &["calendar"], &["write", "more"], &["why"]]
    {
        assert!(matches!(other.run(args).code, 0 | 1), "{args:?}: {}", other.run(args).err);
    }
    other.set_now("2026-11-25T07:00:00+01:00");
    other.ok(&["today"]);
    // The rest of it comes later.
    assert_eq!(other.run_with(&["import", "dwell", "-"], text.as_bytes()).code, 0);
    assert_eq!(other.json(&["show", "2026-11-22"])["lesson"]["title"], first);
}

#[test]
fn a_conflicted_copy_comes_in_with_all_that_the_journal_lacks() {
    let mut home = written();
    let copy = home.journal().with_file_name("journal (Anna's conflicted copy 2026-11-23).db");
    fs::copy(home.journal(), &copy).expect("copied");
    let path = copy.to_str().expect("UTF-8");
    // Two machines go on by themselves.
    home.set_now("2026-11-24T07:00:00+01:00");
    home.ok(&["--journal", path, "write", "there"]);
    home.set_now("2026-11-25T07:00:00+01:00");
    home.ok(&["write", "here"]);
    let before = fs::read(&copy).expect("read");
    let would = home.run(&["import", "dwell", "--dry-run", path]);
    assert!(would.err.contains("would import"), "{}", would.err);
    assert!(home.run(&["show", "2026-11-24"]).code == 1);
    let ran = home.run(&["import", "dwell", path]);
    assert_eq!(ran.code, 0, "{}", ran.err);
    for (day, words) in [("2026-11-24", "there"), ("2026-11-25", "here")] {
        assert!(home.ok(&["show", day]).contains(words), "{day}");
    }
    let again = home.run(&["import", "dwell", path, "--json"]);
    assert!(again.out.starts_with("{\"facts\":0,\"lessons\":0,"), "{}", again.out);
    assert!(fs::read(&copy).expect("read") == before, "the copy is only read");
    // The name does not matter, and a text may come with it.
    let text = home.home().join("whole.jsonl");
    home.ok(&["export", "jsonl", "--output", text.to_str().expect("UTF-8")]);
    let other = home.home().join("no ending");
    fs::rename(&copy, &other).expect("renamed");
    let fresh = Sandbox::at("2026-11-26T07:00:00+01:00");
    let [text, other] = [&text, &other].map(|path| path.to_str().expect("UTF-8"));
    let would = fresh.run(&["import", "dwell", "--dry-run", other, text]);
    assert!(would.code == 0 && !fresh.journal().exists(), "{}", would.err);
    assert_eq!(fresh.run(&["import", "dwell", other, text]).code, 0);
    assert!(fresh.ok(&["show", "2026-11-25"]).contains("here"));
}

#[test]
fn the_journal_itself_and_what_is_no_journal_are_refused() {
    let home = written();
    let own = home.journal();
    let ran = home.run(&["import", "dwell", own.to_str().expect("UTF-8")]);
    assert_eq!(ran.code, 2);
    assert!(ran.err.contains("is the journal itself"), "{}", ran.err);
    let link = home.home().join("link.db");
    fs::hard_link(&own, &link).expect("linked");
    assert_eq!(home.run(&["import", "dwell", "link.db"]).code, 2);
    let foreign = home.home().join("foreign.db");
    let connection = rusqlite::Connection::open(&foreign).expect("made");
    connection.execute_batch("CREATE TABLE fact (a)").expect("made");
    let ran = home.run(&["import", "dwell", "foreign.db"]);
    assert_eq!(ran.code, 2);
    assert!(ran.err.contains("belongs to another program"), "{}", ran.err);
}

#[test]
fn a_damaged_part_of_another_journal_is_named_and_the_rest_comes_in() {
    let home = written();
    let connection = rusqlite::Connection::open(home.journal()).expect("opened");
    let sql = "UPDATE fact SET body = replace(body, 'More', 'Most') WHERE kind = 'wrote'
               AND body LIKE '%More%'";
    assert_eq!(connection.execute(sql, []).expect("changed"), 1);
    drop(connection);
    let other = Sandbox::at("2026-11-24T07:00:00+01:00");
    let path = home.journal();
    let path = path.to_str().expect("UTF-8");
    for (args, verb) in [(&["--dry-run"][..], "would be"), (&[], "were")] {
        let ran = other.run(&[&["import", "dwell", path], args].concat());
        assert_eq!(ran.code, 2, "{}", ran.err);
        let err = ran.err.replace('\n', " ");
        assert!(err.contains("of 2026-11-22 is not what was written"), "{err}");
        assert!(
            err.contains(&format!("1 part could not be imported; all the others {verb}")),
            "{err}"
        );
    }
    assert!(other.ok(&["show", "2026-11-22"]).contains("First words."));
}
