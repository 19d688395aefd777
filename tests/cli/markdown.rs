//! `dwell export markdown` and `dwell import markdown`.

use std::fs;
use std::path::Path;

use crate::sandbox::Sandbox;

/// Words that break the structure of many formats.
const ODD: &str = "---\n# head\n<!-- dwell: end -->\ntext\n---\ndate: 2020-01-01\n---\n\n- [ ] no\
                   \u{202f}step \u{1b}[31m שלום 👩‍👩‍👧  \n```\nnever closed";

fn written() -> Sandbox {
    let mut home = Sandbox::new();
    assert_eq!(
        home.run_with(&["write", "--next", "call Anna", "--when", "tonight"], ODD.as_bytes()).code,
        0
    );
    home.set_now("2026-11-23T07:00:00+01:00");
    assert_eq!(home.run_with(&["write"], b"one\r\ntwo\r\n\r\nthree").code, 0);
    home.ok(&["step", "done", "she laughed"]);
    home.ok(&["write", "--day", "2026-11-20", "A day without a lesson."]);
    home.ok(&["afterthought", "2026-11-22", "later #tag"]);
    home.set_now("2026-11-24T07:00:00+01:00");
    home.ok(&["write", "gone"]);
    home.ok(&["delete", "today", "--yes"]);
    home
}

/// What comes back: the words, the step and the afterthoughts of each day.
fn kept(home: &Sandbox) -> Vec<serde_json::Value> {
    let mut all = home.json_lines(&["log"]);
    all.retain(|entry| {
        let is_null = |name: &str| entry[name].is_null();
        !is_null("reflection")
            || !is_null("step")
            || entry["afterthoughts"] != serde_json::json!([])
    });
    for entry in &mut all {
        let fields = entry.as_object_mut().expect("an object");
        fields.remove("lesson");
        fields.remove("served_at");
        if let Some(reflection) = fields["reflection"].as_object_mut() {
            // The loss that the documentation names.
            for name in ["revised_at", "revisions", "late"] {
                reflection.remove(name);
            }
        }
    }
    all
}

#[test]
fn a_folder_and_a_file_come_back_into_an_empty_journal() {
    let home = written();
    let folder = home.home().join("notes");
    let file = home.home().join("all.md");
    let paths = [folder.to_str().expect("UTF-8"), file.to_str().expect("UTF-8")];
    for path in paths {
        let ran = home.run(&["export", "markdown", "--output", path]);
        assert_eq!((ran.code, ran.out.as_str()), (0, ""), "{}", ran.err);
        assert!(ran.err.starts_with("wrote 4 entries to "), "{}", ran.err);
        let other = Sandbox::at("2026-11-25T07:00:00+01:00");
        let would = other.run(&["import", "markdown", "--dry-run", path]);
        assert!(would.err.contains("would import 3 entries, 0 merged, 0 skipped"), "{}", would.err);
        assert!(!other.journal().exists());
        let ran = other.run(&["import", "markdown", path]);
        assert!(ran.err.contains("imported 3 entries, 0 merged, 0 skipped"), "{}", ran.err);
        assert_eq!(kept(&other), kept(&home));
        let again = other.run(&["import", "markdown", path]);
        assert!(again.err.contains("imported 0 entries, 0 merged, 3 skipped"), "{}", again.err);
        assert_eq!(kept(&other), kept(&home));
        other.ok(&["undo", "--yes"]);
        assert_eq!(other.run(&["log"]).code, 1, "one import is one undo");
    }
    // It goes out to standard output as to the file.
    assert_eq!(home.ok(&["export", "markdown"]), fs::read_to_string(&file).expect("read"));
    // What comes from a journal is not there twice if it comes back.
    let ran = home.run(&["import", "markdown", paths[0]]);
    assert!(ran.err.contains("imported 0 entries, 0 merged, 3 skipped"), "{}", ran.err);
}

#[test]
fn names_do_not_collide_and_files_of_others_stay() {
    let home = written();
    let folder = home.home().join("notes");
    fs::create_dir(&folder).expect("made");
    fs::write(folder.join("readme.MD"), "of somebody").expect("written");
    let path = folder.to_str().expect("UTF-8");
    home.ok(&["export", "markdown", "--output", path]);
    assert_eq!(fs::read_to_string(folder.join("readme.MD")).expect("read"), "of somebody");
    let all = home.ok(&["export", "markdown"]);
    assert_eq!(home.run(&["export", "markdown", "--output", path]).code, 0);
    let mut names: Vec<String> = fs::read_dir(&folder)
        .expect("listed")
        .map(|file| file.expect("listed").file_name().to_string_lossy().to_lowercase())
        .collect();
    names.sort();
    let count = names.len();
    names.dedup();
    assert_eq!(names, ["2026", "readme-dwell.md", "readme.md"]);
    assert_eq!(names.len(), count, "no two names differ by their case alone");
    let readme = fs::read_to_string(folder.join("README-dwell.md")).expect("read");
    assert!(readme.starts_with("# A journal\n"), "{readme}");
    assert_eq!(
        fs::read_dir(folder.join("2026")).expect("listed").count(),
        all.matches("\n# 2026-").count()
    );
}

#[test]
fn an_export_of_nothing_makes_nothing() {
    let home = Sandbox::new();
    let folder = home.home().join("notes");
    let path = folder.to_str().expect("UTF-8");
    for format in ["markdown", "csv", "text"] {
        assert_eq!(home.run(&["export", format, "--output", path]).code, 1, "no journal");
    }
    home.ok(&["write", "words"]);
    for format in ["markdown", "csv", "text"] {
        let ran = home.run(&["export", format, "--output", path, "--tag", "nowhere"]);
        assert_eq!(ran.code, 1);
        assert!(ran.err.contains("no entry matches") && ran.err.contains("hint: "), "{}", ran.err);
    }
    assert!(!folder.exists());
}

#[test]
fn the_filters_are_those_of_the_log_and_days_go_out_oldest_first() {
    let home = written();
    let days = |args: &[&str]| {
        let text = home.ok(&[&["export", "markdown"], args].concat());
        let days = text.lines().filter_map(|line| line.strip_prefix("# 2026-11-"));
        days.map(str::to_owned).collect::<Vec<_>>()
    };
    assert_eq!(days(&[]), ["20", "22", "23", "24"]);
    assert_eq!(days(&["--limit", "2"]), ["23", "24"], "the newest ones");
    assert_eq!(days(&["--limit", "2", "--oldest-first"]), ["20", "22"]);
    assert_eq!(days(&["--since", "2026-11-21", "--until", "2026-11-23"]), ["22", "23"]);
    assert_eq!(days(&["--tag", "tag"]), ["22"]);
    let ran = home.run(&["export", "jsonl", "--tag", "tag"]);
    assert_eq!(ran.code, 2);
    assert!(ran.err.contains("jsonl is the whole journal"), "{}", ran.err);
    assert_eq!(home.run(&["export", "text", "--spreadsheet-safe"]).code, 2);
}

#[test]
fn csv_is_exact_or_safe_for_spreadsheets_and_says_so() {
    let home = Sandbox::new();
    home.ok(&["write", "=1+1"]);
    assert!(home.ok(&["export", "csv"]).contains(",=1+1,"));
    let ran = home.run(&["export", "csv", "--spreadsheet-safe"]);
    assert!(ran.out.contains(",'=1+1,"), "{}", ran.out);
    assert!(ran.err.contains("a ' stands before"), "{}", ran.err);
    let text = home.ok(&["export", "text"]);
    assert!(text.starts_with("Sunday 22 November 2026\n") && text.contains("\n=1+1\n"), "{text}");
}

/// A vault of notes as Obsidian keeps it.
fn vault(home: &Sandbox) -> String {
    let vault = home.home().join("vault");
    let files = [
        (".obsidian/2026-01-01.md", "settings"),
        (".trash/2026-01-02.md", "thrown away"),
        ("2026-11-20.md", "---\ntags: [work]\nmood: 3\n---\nA note\n## Lunch\n"),
        ("2025/20250102.md", "older\r\nnote\r\n"),
        ("2026/11-November/2026-11-17-Tuesday.md", "# 2026-11-17\n\nIn the evening.\n"),
        ("zettel/abc.md", "---\ndate: 2026-11-16T08:30:00\ntitle: A walk\n---\nIn the woods.\n"),
        ("2026-11-19.md", ""),
        ("2026-02-30.md", "no such day"),
        ("ideas.md", "an idea"),
        ("picture.png", "no note"),
    ];
    for (name, text) in files {
        let path = vault.join(name);
        dwell::platform::create_private_folder(path.parent().expect("a folder")).expect("made");
        fs::write(path, text).expect("written");
    }
    vault.to_str().expect("UTF-8").to_owned()
}

#[test]
fn a_vault_of_daily_notes_comes_in_on_its_days() {
    for offset in ["+13:00", "-10:00", "+01:00"] {
        let home = Sandbox::at(&format!("2026-11-22T12:00:00{offset}"));
        let vault = vault(&home);
        #[cfg(unix)]
        std::os::unix::fs::symlink("/etc/passwd", Path::new(&vault).join("2026-11-18.md"))
            .expect("linked");
        let skipped = if cfg!(unix) { 4 } else { 3 };
        let ran = home.run(&["import", "markdown", &vault]);
        assert_eq!(ran.code, 0, "{}", ran.err);
        let counts = format!("imported 4 entries, 0 merged, {skipped} skipped");
        assert!(ran.err.contains(&counts), "{}", ran.err);
        for named in [
            "2026-11-19.md: the entry has no words",
            "ideas.md: it is not a daily note",
            "2026-02-30",
        ] {
            assert!(ran.err.contains(named), "{named}: {}", ran.err);
        }
        for silent in ["obsidian", "trash", "picture"] {
            assert!(!ran.err.contains(silent), "{silent}: {}", ran.err);
        }
        let text = |day: &str| home.json(&["show", day])["reflection"].clone();
        assert_eq!(text("2026-11-20")["text"], "A note\n## Lunch\n\n#work");
        assert_eq!(text("2025-01-02")["text"], "older\nnote");
        assert_eq!(text("2025-01-02")["written_at"], format!("2025-01-02T12:00:00{offset}"));
        assert_eq!(text("2026-11-17")["text"], "In the evening.");
        assert_eq!(text("2026-11-16")["text"], "# A walk\n\nIn the woods.");
        assert_eq!(text("2026-11-16")["written_at"], format!("2026-11-16T08:30:00{offset}"));
        assert_eq!(home.json_lines(&["search", "woods"]).len(), 1);
        // A note that grew adds what is new, and nothing twice.
        fs::write(Path::new(&vault).join("2025/20250102.md"), "older\nnote\nand more\n")
            .expect("written");
        let ran = home.run(&["import", "markdown", &vault]);
        assert!(ran.err.contains("imported 1 entry, 0 merged"), "{}", ran.err);
        assert_eq!(text("2025-01-02")["text"], "older\nnote\n\nand more");
        home.ok(&["undo", "--yes"]);
        home.ok(&["undo", "--yes"]);
        assert_eq!(home.run(&["log"]).code, 1, "all of it is taken back");
    }
}

#[test]
fn a_step_that_was_ticked_elsewhere_is_answered_and_not_there_twice() {
    let home = Sandbox::new();
    home.ok(&["write", "words", "--next", "call Anna"]);
    let folder = home.home().join("notes");
    let path = folder.to_str().expect("UTF-8");
    home.ok(&["export", "markdown", "--output", path]);
    let file = folder.join("2026/2026-11-22.md");
    let text = fs::read_to_string(&file).expect("read");
    fs::write(&file, text.replace("- [ ] call Anna", "- [x] call Anna")).expect("written");
    home.ok(&["import", "markdown", path]);
    let entry = home.json(&["show", "2026-11-22"]);
    assert_eq!(entry["step"]["text"], "call Anna");
    assert_eq!(entry["step"]["state"], "done");
    assert_eq!(entry["reflection"]["text"], "words");
}

#[test]
fn a_file_that_was_named_and_is_no_note_is_refused() {
    let home = Sandbox::new();
    for (name, bytes) in [("p.png", &b"\x89PNG\r\n"[..]), ("t.md", b"words"), ("empty.md", b"")] {
        let path = home.home().join(name);
        fs::write(&path, bytes).expect("written");
        let ran = home.run(&["import", "markdown", path.to_str().expect("UTF-8")]);
        assert_eq!(ran.code, 2, "{name}: {}", ran.err);
        assert!(ran.err.contains(name) && !home.journal().exists(), "{}", ran.err);
    }
}

#[test]
fn files_that_are_not_whole_are_refused_and_nothing_is_stored() {
    let home = written();
    let file = home.home().join("all.md");
    let path = file.to_str().expect("UTF-8").to_owned();
    home.ok(&["export", "markdown", "--output", &path]);
    let whole = fs::read_to_string(&file).expect("read");
    let (torn, newer) = (&whole[..whole.len() / 2], whole.replace("dwell: 1\n", "dwell: 9\n"));
    let other = Sandbox::new();
    for (bytes, why) in [
        (torn.as_bytes(), "is not whole"),
        (newer.as_bytes(), "hint: update dwell"),
        (b"a\0b", "zero byte"),
        (b"a\xffb", "UTF-8"),
    ] {
        let note = other.home().join("2026-11-22.md");
        fs::write(&note, bytes).expect("written");
        let home_path = other.home().to_str().expect("UTF-8");
        for path in [note.to_str().expect("UTF-8"), home_path] {
            let ran = other.run(&["import", "markdown", path]);
            assert_eq!(ran.code, 2, "{why}: {}", ran.err);
            assert!(ran.err.contains(why), "{why}: {}", ran.err);
            assert!(!other.journal().exists());
        }
    }
    let empty = other.home().join("empty");
    fs::create_dir(&empty).expect("made");
    let ran = other.run(&["import", "markdown", empty.to_str().expect("UTF-8")]);
    assert_eq!(ran.code, 2);
    assert!(ran.err.contains("holds no Markdown files"), "{}", ran.err);
    assert_eq!(other.run(&["import", "markdown", "/nowhere/at/all"]).code, 2);
}

#[test]
fn what_a_killed_export_left_is_gone_after_the_next() {
    let home = written();
    let left = [
        "out/.dwell-01a2020d-0000-4000-8000-000000000001",
        "out/2026/.dwell-01a2020d-0000-4000-8000-000000000002",
    ]
    .map(|name| home.home().join(name));
    home.ok(&["export", "markdown", "--output", "out"]);
    for path in &left {
        fs::write(path, "half").expect("written");
        let old = std::time::SystemTime::UNIX_EPOCH;
        fs::File::open(path).expect("opened").set_modified(old).expect("set");
    }
    home.ok(&["export", "markdown", "--output", "out"]);
    assert!(left.iter().all(|path| !path.exists()));
}
