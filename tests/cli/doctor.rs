//! `dwell doctor`: what is well is said in a line, what is not is said with what to do, and the
//! exit code tells the two apart.

use std::fs;
use std::path::Path;

use rusqlite::Connection;
use serde_json::Value;

use crate::sandbox::{Run, Sandbox};

fn written() -> Sandbox {
    let home = Sandbox::with_small_shelf("2026-11-22T07:00:00+01:00");
    home.ok(&["write", "First words. #work", "--next", "call Anna"]);
    // The journal of the sandbox is older than the day, so it is one that a backup is missed of.
    home.run(&["backup"]);
    home
}

fn change(home: &Sandbox, sql: &str) {
    let connection = Connection::open(home.journal()).expect("opened");
    assert!(connection.execute(sql, []).expect("run") > 0, "{sql}");
}

fn findings(run: &Run) -> Vec<Value> {
    run.out.lines().map(|line| serde_json::from_str(line).expect("JSON")).collect()
}

fn kinds(home: &Sandbox, severity: &str) -> Vec<String> {
    let found = findings(&home.run(&["doctor", "--json"]));
    let of = found.iter().filter(|one| one["severity"] == severity);
    of.map(|one| one["kind"].as_str().expect("text").to_owned()).collect()
}

#[test]
fn what_is_well_is_said_in_one_line() {
    let home = Sandbox::new();
    let ran = home.run(&["doctor"]);
    assert_eq!(ran.code, 0, "{}", ran.err);
    assert!(ran.out.contains("there is no journal"), "{}", ran.out);
    home.ok(&["write", "First words."]);
    let before = fs::read(home.journal()).expect("read");
    let ran = home.run(&["doctor"]);
    assert_eq!((ran.code, ran.err.as_str()), (0, ""), "{}", ran.out);
    assert!(ran.out.contains("\nall is well: ") && ran.out.contains(", 1 entry, "), "{}", ran.out);
    assert!(!ran.out.contains("warning: ") && !ran.out.contains("damage: "), "{}", ran.out);
    assert!(fs::read(home.journal()).expect("read") == before);
}

#[test]
fn damage_is_named_with_its_day_and_what_to_do_and_has_an_exit_code_of_its_own() {
    let home = written();
    change(&home, "UPDATE fact SET body = replace(body, 'First', 'FirsT') WHERE kind = 'wrote'");
    let before = fs::read(home.journal()).expect("read");
    let ran = home.run(&["doctor"]);
    assert_eq!(ran.code, 3, "{}", ran.out);
    assert!(ran.out.contains("of 2026-11-22 is not what was written"), "{}", ran.out);
    assert!(ran.out.contains("\n  dwell doctor --repair"), "{}", ran.out);
    assert!(!ran.out.contains("all is well"), "{}", ran.out);
    assert!(fs::read(home.journal()).expect("read") == before);
    let found = findings(&home.run(&["doctor", "--json"]));
    let damaged = found.iter().find(|one| one["kind"] == "damaged_fact").expect("found");
    assert_eq!((&damaged["severity"], &damaged["about"]), (&"damage".into(), &"2026-11-22".into()));
    // An entry that shows other words than those that were saved.
    let home = written();
    change(&home, "UPDATE entry SET text = 'forged'");
    assert_eq!(kinds(&home, "damage"), ["derived_table"]);
    let home = written();
    change(&home, "UPDATE lesson SET story = story || '!' WHERE rowid = 3");
    assert!(kinds(&home, "damage").contains(&"damaged_lesson".to_owned()));
}

#[test]
fn a_lesson_with_its_words_and_another_place_tags_or_source_is_found() {
    let changed = |home: &Sandbox| kinds(home, "warning").contains(&"changed_lesson".to_owned());
    for sql in [
        "UPDATE lesson SET number = 4 WHERE rowid = 3",
        "UPDATE lesson SET series_length = 13 WHERE rowid = 5",
        "UPDATE lesson SET tags = replace(tags, 'o', 'p') WHERE rowid = 3",
        "UPDATE lesson SET source = replace(source, '2017', '2013') WHERE rowid = 1",
    ] {
        let home = Sandbox::new();
        home.ok(&["write", "First words."]);
        assert!(!changed(&home));
        change(&home, sql);
        assert!(changed(&home), "{sql}");
    }
    // One's own lessons, in their place; and each way in which they change is no damage.
    let home = Sandbox::with_small_shelf("2026-11-22T07:00:00+01:00");
    let file = home.series_file("walks", 3);
    home.ok(&["series", "add", &file]);
    assert!(!changed(&home));
    change(&home, "UPDATE lesson SET number = 2 WHERE series = 'walks' AND number = 3");
    let ran = home.run(&["doctor"]);
    assert!(ran.out.contains("the lesson walks/3 has another place"), "{}", ran.out);
    let home = Sandbox::new();
    home.ok(&["series", "add", &file]);
    let longer = home.series_file("walks", 5);
    home.ok(&["series", "add", &longer]);
    home.ok(&["lesson", "add", "--title", "Salt", "--story", "a story", "--learnt", "a book"]);
    home.ok(&["lesson", "edit", "walks/2", "--title", "Another title"]);
    home.ok(&["lesson", "edit", "the-defiant-ones/2", "--tag", "other"]);
    let other = Sandbox::new();
    other.ok(&["series", "add", &file]);
    let path = other.journal().display().to_string();
    home.ok(&["import", "dwell", &path]);
    assert!(!changed(&home), "{}", home.run(&["doctor"]).out);
}

#[test]
fn every_finding_in_json_is_what_its_schema_says() {
    let path = format!("{}/docs/schemas/finding.schema.json", env!("CARGO_MANIFEST_DIR"));
    let schema: Value =
        serde_json::from_str(&fs::read_to_string(path).expect("a schema")).expect("JSON");
    let (mut schemas, mut compiler) = (boon::Schemas::new(), boon::Compiler::new());
    compiler.add_resource("schema.json", schema.clone()).expect("a resource");
    let index = compiler.compile("schema.json", &mut schemas).expect("a schema");
    let home = written();
    change(&home, "UPDATE entry SET text = 'forged'");
    fs::copy(home.journal(), home.journal().with_file_name("journal 2.db")).expect("copied");
    let found = findings(&home.run(&["doctor", "--json"]));
    assert!(found.len() > 3, "{found:?}");
    for finding in &found {
        schemas.validate(finding, index).expect("as the schema says");
        let keys: Vec<_> = finding.as_object().expect("an object").keys().collect();
        assert_eq!(keys.len(), schema["required"].as_array().expect("a list").len(), "{keys:?}");
    }
}

#[test]
fn drafts_settings_and_the_mirror_are_looked_at() {
    let home = written();
    let drafts = home.drafts();
    home.run_with(&["write", "--day", "2026-11-21", "-"], b"not UTF-8 \xff");
    assert_eq!(fs::read_dir(&drafts).expect("a draft").count(), 2);
    let config = home.home().join(".config/dwell");
    #[expect(clippy::disallowed_methods, reason = "a test home is nobody's")]
    fs::create_dir_all(&config).expect("made");
    let mirror = home.home().join("nowhere");
    let text = format!("mood = 1\nmirror = '{}'\n", mirror.display());
    fs::write(config.join("config.toml"), text).expect("written");
    let ran = home.run(&["doctor"]);
    assert_eq!(ran.code, 1, "{}", ran.out);
    for part in ["1 draft of 2026-11-21 not saved yet", "'mood'", "the mirror ", "config --help"] {
        assert!(ran.out.contains(part), "{part}: {}", ran.out);
    }
    // The draft is not taken up by a look at it.
    assert_eq!(fs::read_dir(&drafts).expect("a draft").count(), 2);
}

#[test]
fn a_conflicted_copy_comes_with_the_command_that_brings_it_in() {
    let home = written();
    let copy = "journal (Anna's conflicted copy 2026-11-22).db";
    fs::copy(home.journal(), home.journal().with_file_name(copy)).expect("copied");
    let ran = home.run(&["doctor"]);
    assert_eq!(ran.code, 1, "{}", ran.out);
    let path = home.journal().with_file_name(copy);
    let quoted = format!("dwell import dwell \"{}\"", path.display());
    assert!(ran.out.contains(&quoted), "{}", ran.out);
    assert!(Path::new(&path).exists());
}

#[test]
fn a_journal_that_icloud_took_away_is_refused_and_the_words_are_kept() {
    let home = written();
    let placeholder = home.journal().with_file_name(".journal.db.icloud");
    fs::rename(home.journal(), &placeholder).expect("moved");
    let ran = home.run(&["write", "words of today"]);
    assert_eq!(ran.code, 3, "{}", ran.err);
    for part in ["taken away by iCloud", ".journal.db.icloud", "hint: brctl download"] {
        assert!(ran.err.replace('\n', " ").contains(part), "{part}: {}", ran.err);
    }
    assert_eq!(home.draft_texts(), ["words of today"]);
    for args in [&["today"][..], &["log"], &["status"], &["import", "dwell", "x.jsonl"], &["undo"]]
    {
        assert!([2, 3].contains(&home.run(args).code), "{args:?}");
        assert!(!home.journal().exists(), "{args:?}");
    }
    let ran = home.run(&["doctor"]);
    assert_eq!(ran.code, 3, "{}", ran.out);
    assert!(ran.out.contains("taken away by iCloud"), "{}", ran.out);
    fs::rename(&placeholder, home.journal()).expect("moved back");
    assert!(home.ok(&["show", "today"]).contains("First words."));
}

#[test]
fn a_repair_says_what_it_would_do_and_asks_where_somebody_can_answer() {
    let home = written();
    change(&home, "UPDATE entry SET text = 'forged'");
    let before = fs::read(home.journal()).expect("read");
    let ran = home.run(&["doctor", "--repair"]);
    assert_eq!(ran.code, 2, "{}", ran.err);
    let err = ran.err.replace('\n', " ");
    assert!(err.contains("would make the tables and the search index again"), "{err}");
    assert!(err.contains("hint: --yes"), "{err}");
    assert!(fs::read(home.journal()).expect("read") == before);
    let ran = home.run(&["doctor", "--repair", "--yes"]);
    let err = ran.err.replace('\n', " ");
    assert!(err.contains("the journal as it was is in "), "{err}");
    assert!(err.contains("made again from the facts"), "{err}");
    assert!(home.ok(&["show", "today"]).contains("First words."));
    assert!(kinds(&home, "damage").is_empty());
    let ran = home.run(&["doctor", "--repair", "--yes"]);
    assert!(ran.err.contains("there is nothing that a repair would do"), "{}", ran.err);
}

#[test]
fn a_damaged_journal_is_made_anew_and_words_that_only_an_entry_had_are_a_draft() {
    let home = written();
    change(&home, "UPDATE fact SET body = replace(body, 'First words', 'x') WHERE kind = 'wrote'");
    let before = fs::read(home.journal()).expect("read");
    let ran = home.run(&["doctor", "--repair", "--yes"]);
    let err = ran.err.replace('\n', " ");
    assert!(err.contains("the old one is now "), "{err}");
    assert!(err.contains("lost: a fact of 2026-11-22 (wrote)"), "{err}");
    assert!(err.contains("-asked.db brings in what the newest backup has more"), "{err}");
    assert_eq!(ran.code, 0, "{}", ran.out);
    let replaced = "is a journal that a restore or a repair replaced";
    assert!(ran.out.contains(replaced), "{}", ran.out);
    assert!(ran.out.contains("1 draft of 2026-11-22 not saved yet"), "{}", ran.out);
    assert_eq!(home.draft_texts(), ["First words. #work"]);
    home.ok(&["write", "--resume"]);
    assert!(home.ok(&["show", "today"]).contains("First words."));
    let folder = home.journal().parent().expect("a folder").to_owned();
    let names = |folder: &Path| -> Vec<_> {
        fs::read_dir(folder).expect("listed").map(|file| file.expect("listed").path()).collect()
    };
    let kept = names(&folder).into_iter().chain(names(&folder.join("backups")));
    let same = kept.filter(|path| path.is_file() && fs::read(path).expect("read") == before);
    assert_eq!(same.count(), 2, "the file itself, and a copy of it");
}
