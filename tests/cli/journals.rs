//! Journals of other programs: `dwell import jrnl|dayone|tui-journal` and `dwell export jrnl|dayone`.

use std::fs;
use std::path::{Path, PathBuf};
use std::process::Command;

use serde_json::Value;

use crate::sandbox::{Run, Sandbox};

const TEXT: &str = "[2026-11-20 09:30:00 PM] Pride makes a poor guide.\n\
    I refused help twice today. @work\n\n\
    [2026-11-21 01:30:00 AM] Chains bind both ends *\n\n\
    [2026-11-21 07:05:00 AM] Called back. #phone\n";

const DAY_ONE: &str = r#"{"metadata":{"version":"1.0"},"entries":[
    {"uuid":"A","creationDate":"2026-11-20T03:30:00Z","timeZone":"America/New_York",
     "tags":["Family"],"photos":[{"md5":"x"}],"text":"I called back\\."},
    {"uuid":"B","creationDate":"2026-11-20T03:30:00Z","timeZone":"Mars/Base","text":"Far away."},
    {"uuid":"C","creationDate":"yesterday","text":"When?"}]}"#;

/// Writes a file into the home and returns its path.
fn file(home: &Sandbox, name: &str, bytes: impl AsRef<[u8]>) -> String {
    let path = home.home().join(name);
    fs::write(&path, bytes).expect("written");
    path.display().to_string()
}

#[track_caller]
fn import(home: &Sandbox, args: &[&str]) -> Run {
    let ran = home.run(&[&["import"], args].concat());
    assert_eq!(ran.code, 0, "{args:?}: {}", ran.err);
    ran
}

fn text(home: &Sandbox, day: &str) -> String {
    let entry = home.json(&["show", day]);
    assert!(entry["lesson"].is_null(), "an imported day has no lesson");
    entry["reflection"]["text"].as_str().expect("words").to_owned()
}

/// What is said when an import is undone.
fn import_undone(home: &Sandbox) -> String {
    let undone = home.run(&["undo", "--yes"]);
    assert_eq!(undone.code, 0, "{}", undone.err);
    undone.err
}

#[test]
fn a_journal_of_jrnl_comes_in_once_on_its_days_and_is_one_undo() {
    let home = Sandbox::new();
    let path = file(&home, "jrnl.txt", TEXT);
    let would = import(&home, &["jrnl", "--dry-run", &path]).err;
    assert!(would.contains("would import 3 entries, 0 merged, 0 skipped"), "{would}");
    assert!(!home.journal().exists(), "nothing was begun");
    let said = import(&home, &["jrnl", &path]).err;
    assert!(said.contains("imported 3 entries, 0 merged, 0 skipped"), "{said}");
    assert!(said.contains("left out: stars (1 entry)"), "{said}");
    assert_eq!(text(&home, "2026-11-21"), "Chains bind both ends\n\nCalled back. #phone");
    let entry = home.json(&["show", "2026-11-20"]);
    assert_eq!(entry["reflection"]["written_at"], "2026-11-20T21:30:00+01:00");
    assert_eq!(entry["reflection"]["late"], false);
    assert_eq!(home.json_lines(&["search", "--reflections", "refused help"]).len(), 1);
    assert_eq!(home.json_lines(&["tags"])[0]["tag"], "phone");
    let again = import(&home, &["jrnl", "--json", &path]).out;
    assert!(again.ends_with("\"imported\":0,\"merged\":0,\"skipped\":3}\n"), "{again}");
    let would = import(&home, &["jrnl", "--dry-run", &path]).err;
    assert!(would.contains("would import 0 entries, 0 merged, 3 skipped (3 already here)"));
    let undone = import_undone(&home);
    assert_eq!(undone, "undo: the import of 3 entries\nhint: dwell redo puts it back\n");
    assert_eq!(home.run(&["show", "2026-11-20"]).code, 1);
    assert_eq!(home.run(&["show", "2026-11-21"]).code, 1);
    // Undone, it can come in again.
    let said = import(&home, &["jrnl", &path]).err;
    assert!(said.contains("imported 3 entries"), "{said}");
}

#[test]
fn a_grown_journal_adds_what_is_new_below_the_words_of_the_day() {
    let home = Sandbox::new();
    home.ok(&["write", "--day", "2026-11-21", "Words of mine."]);
    let path = file(&home, "jrnl.txt", TEXT);
    import(&home, &["jrnl", &path]);
    let grown = file(&home, "grown.txt", format!("{TEXT}\n[2026-11-21 11:00:00 PM] Late.\n"));
    let said = import(&home, &["jrnl", &path, &grown]).err;
    assert!(said.contains("grown.txt: imported 1 entry, 0 merged, 3 skipped"), "{said}");
    let words = home.json(&["show", "2026-11-21"])["reflection"]["text"].clone();
    assert_eq!(words, "Words of mine.\n\nChains bind both ends\n\nCalled back. #phone\n\nLate.");
}

#[test]
fn a_date_without_a_zone_is_that_day_on_both_sides_of_the_world() {
    for offset in ["+13:00", "-10:00"] {
        let home = Sandbox::at(&format!("2026-11-22T07:00:00{offset}"));
        let path = file(&home, "jrnl.txt", "[2026-11-20 00:00] first\n[2026-11-21 23:59] last\n");
        import(&home, &["jrnl", &path]);
        assert_eq!(text(&home, "2026-11-20"), "first", "{offset}");
        assert_eq!(text(&home, "2026-11-21"), "last", "{offset}");
        let days: Vec<_> = home.json_lines(&["log"]).iter().map(|one| one["day"].clone()).collect();
        assert_eq!(days, ["2026-11-21", "2026-11-20"]);
    }
}

#[test]
fn a_real_export_of_tui_journal_comes_in_on_the_days_that_it_shows() {
    let fixture =
        Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/fixtures/journals/tui-journal.json");
    for offset in ["+13:00", "-10:00"] {
        let home = Sandbox::at(&format!("2026-11-26T07:00:00{offset}"));
        let said = import(&home, &["tui-journal", fixture.to_str().expect("UTF-8")]).err;
        assert!(said.contains("imported 3 entries, 0 merged, 0 skipped"), "{said}");
        let walk = "A walk\n\nBy the sea.\nThe tide was out.\n\n#sea #family";
        let supper = "Supper\n\nNobody spoke of work.";
        assert_eq!(text(&home, "2026-11-21"), format!("{walk}\n\n{supper}"), "{offset}");
        let words =
            "[2020-01-01] %\n\n==========\n---\n\u{202f}\u{5e9}\u{5dc}\u{5d5}\u{5dd} \u{1f600}";
        assert_eq!(text(&home, "2026-11-22"), words);
        let said = import(&home, &["tui-journal", fixture.to_str().expect("UTF-8")]).err;
        assert!(said.contains("imported 0 entries, 0 merged, 3 skipped (3 already here)"));
    }
}

#[test]
fn the_json_of_day_one_comes_in_by_its_own_zones_and_says_what_it_leaves_out() {
    let home = Sandbox::new();
    let path = file(&home, "Journal.json", DAY_ONE);
    let ran = import(&home, &["dayone", &path]);
    assert_eq!(
        ran.err.replace(&format!("{}/", home.home().display()), ""),
        "dwell: skipped: Journal.json, line 5: 'yesterday' is not a date\n\
         Journal.json: left out: 1 picture or recording\n\
         Journal.json: the zone 'Mars/Base' is not known: your own was used for 1 entry\n\
         Journal.json: imported 2 entries, 0 merged, 1 skipped (1 cannot be used)\n"
    );
    assert_eq!(text(&home, "2026-11-19"), "I called back.\n\n#family");
    assert_eq!(text(&home, "2026-11-20"), "Far away.");
    let piped = home.run_with(&["import", "dayone", "-"], DAY_ONE.as_bytes());
    assert!(piped.err.contains("imported 0 entries, 0 merged, 3 skipped"), "{}", piped.err);
}

#[test]
fn a_wrong_or_torn_file_is_refused_with_its_place_and_nothing_is_stored() {
    let home = Sandbox::new();
    let kindle = "My Book (Somebody)\n- Your Highlight on page 1\n\nwords\n==========\n";
    let good = file(&home, "good.txt", TEXT);
    for (format, bytes, said) in [
        ("jrnl", kindle.as_bytes(), "it is not a journal of jrnl"),
        ("jrnl", b"[2026-11-21 18:00] a\ncaf\xe9\n", "line 2: it is not UTF-8 text"),
        ("jrnl", b"[2026-11-21 18:00] a\n\0", "line 2: it holds a zero byte"),
        ("jrnl", b"{\"entries\":[\n{\"title\":\"a", "line 2: the file ends within an entry"),
        ("dayone", b"\x89PNG\r\n\x1a\n\0\0", "line 1: it is not UTF-8 text"),
        ("dayone", b"PK\x03\x04 and so on", "the archive is damaged or not whole"),
        ("dayone", TEXT.as_bytes(), "line 1: it is not JSON"),
        ("tui-journal", DAY_ONE.as_bytes(), "it is not a journal of tui-journal"),
        ("tui-journal", b"{\"version\":101,\"entries\":[]}", "newer than this dwell"),
    ] {
        let bad = file(&home, "bad", bytes);
        let args = if format == "jrnl" { vec![good.as_str(), &bad] } else { vec![bad.as_str()] };
        let ran = home.run(&[&["import", format], args.as_slice()].concat());
        assert_eq!(ran.code, 2, "{format} {said}: {}", ran.err);
        assert!(ran.err.contains(said), "{format} {said}: {}", ran.err);
        assert!(!home.journal().exists(), "{format} {said}: nothing was stored");
    }
    let large = file(&home, "large.txt", format!("[2026-11-21 18:00] {}", "a ".repeat(1 << 20)));
    let ran = home.run(&["import", "jrnl", &large]);
    assert_eq!(ran.code, 2);
    assert!(ran.err.contains("a field holds more than 1 MiB"), "{}", ran.err);
    import(&home, &["jrnl", "--large", &large]);
    for args in [
        &["import", "dayone", "--date-format", "%d", &good][..],
        &["import", "jrnl", "--date-format", "d.m.y", &good],
    ] {
        assert_eq!(home.run(args).code, 2, "{args:?}");
    }
}

#[test]
fn words_before_the_first_date_are_named_and_the_file_stays_as_it_is() {
    let home = Sandbox::new();
    let before = format!("Words of a time before.\n{TEXT}");
    let path = file(&home, "jrnl.txt", &before);
    let said = import(&home, &["jrnl", &path]).err;
    let named = "line 1: the words before the first date: 'Words of a time before.'";
    assert!(said.contains(named), "{said}");
    assert!(said.contains("imported 3 entries, 0 merged, 1 skipped (1 cannot be used)"), "{said}");
    assert_eq!(fs::read_to_string(path).expect("read"), before);
}

/// A journal with words, a step, an afterthought and a late entry.
fn written() -> Sandbox {
    let mut home = Sandbox::new();
    let words = "First words. #work\r\n\n[2020-01-01 10:00] x\n==========\n%\n---\n[six\n\\. \u{202f}\u{1f600}";
    home.run_with(&["write", "--next", "call Anna", "--when", "tonight", "-"], words.as_bytes());
    home.set_now("2026-11-23T01:30:00+01:00");
    home.ok(&["step", "done", "she laughed"]);
    home.ok(&["write", "--day", "2026-11-20", "Late words."]);
    home.ok(&["afterthought", "2026-11-22", "a line"]);
    home
}

const BELOW: &str = "\n\nStep: call Anna (tonight)\nDone 2026-11-22: she laughed\n\
    Afterthought 2026-11-23: a line\nLesson: Don't put all your eggs in one basket";

#[test]
fn what_is_exported_for_jrnl_and_day_one_comes_back_on_its_days() {
    let home = written();
    let first = home.json(&["show", "2026-11-22"])["reflection"]["text"].clone();
    let first = first.as_str().expect("words");
    for (export, import_as) in [("jrnl", "jrnl"), ("jrnl-text", "jrnl"), ("dayone", "dayone")] {
        let path = home.home().join(export).display().to_string();
        home.ok(&["export", export, "--output", &path]);
        let other = Sandbox::at("2026-11-24T07:00:00-10:00");
        let said = import(&other, &[import_as, &path]).err;
        assert!(said.contains("imported 2 entries, 0 merged, 0 skipped"), "{export}: {said}");
        let wanted = format!("{first}{BELOW}");
        let wanted = if export == "jrnl-text" { wanted.replace("\n[", "\n\\[") } else { wanted };
        assert_eq!(text(&other, "2026-11-22"), wanted, "{export}");
        assert_eq!(text(&other, "2026-11-20"), "Late words.", "{export}");
    }
}

/// The jrnl that `.ci/run` installs.
struct Jrnl {
    program: PathBuf,
    home: Sandbox,
}

impl Jrnl {
    fn new() -> Self {
        #[expect(clippy::disallowed_methods, reason = "it names a program to test with")]
        let program = std::env::var("DWELL_TEST_JRNL").expect("DWELL_TEST_JRNL names jrnl");
        let home = Sandbox::new();
        let settings = format!(
            "colors: {{body: none, date: none, tags: none, title: none}}\ndefault_hour: 9\n\
             default_minute: 0\neditor: ''\nencrypt: false\nhighlight: false\n\
             indent_character: '|'\njournals: {{default: {{journal: {}}}}}\nlinewrap: 79\n\
             tagsymbols: '#@'\ntemplate: false\ntimeformat: '%F %r'\nversion: v4.6\n",
            home.home().join("jrnl.txt").display()
        );
        file(&home, "jrnl.yaml", settings);
        Self { program: program.into(), home }
    }

    fn run(&self, args: &[&str], input: &str) -> String {
        let mut command = Command::new(&self.program);
        command.arg("--config-file").arg(self.home.home().join("jrnl.yaml")).args(args);
        command.env_clear().envs(self.home.environment()).env("PYTHONUTF8", "1");
        let path = file(&self.home, "input", input);
        command.stdin(fs::File::open(path).expect("opened"));
        let ran: Run = command.output().expect("started").into();
        assert_eq!(ran.code, 0, "{args:?}: {}", ran.err);
        ran.out
    }

    fn entries(&self) -> Vec<Value> {
        entries(&self.run(&["--format", "json"], ""))
    }
}

fn entries(json: &str) -> Vec<Value> {
    let journal: Value = serde_json::from_str(json).expect("JSON");
    journal["entries"].as_array().expect("a list").clone()
}

#[test]
#[ignore = "needs jrnl; .ci/run runs it"]
fn the_real_jrnl_and_dwell_read_the_journals_of_each_other() {
    let jrnl = Jrnl::new();
    for entry in [
        "2026-11-19 21:30: Pride makes a poor guide. I refused help twice today. @work",
        "2026-11-20 01:30: Chains bind both ends\n\n[x] done\n[2020] is no date\n% x\n---\n==========",
        "2026-11-21 00:00: \u{5e9}\u{5dc}\u{5d5}\u{5dd} \u{1f600}\nA line #phone. And @another/one",
    ] {
        jrnl.run(&[], entry);
    }
    let json = file(&jrnl.home, "jrnl.json", jrnl.run(&["--format", "json"], ""));
    let of_jrnl = jrnl.entries();
    assert_eq!(of_jrnl.len(), 3);
    for path in [json.as_str(), &jrnl.home.home().join("jrnl.txt").display().to_string()] {
        let home = Sandbox::at("2026-11-22T07:00:00-10:00");
        let said = import(&home, &["jrnl", path]).err;
        assert!(said.contains("imported 3 entries, 0 merged, 0 skipped"), "{said}");
        let back = entries(&home.ok(&["export", "jrnl"]));
        let sorted = |mut entry: Value| {
            entry["tags"].as_array_mut().expect("a list").sort_by_key(ToString::to_string);
            entry
        };
        let back: Vec<_> = back.into_iter().map(sorted).collect();
        assert_eq!(back, of_jrnl.clone().into_iter().map(sorted).collect::<Vec<_>>(), "{path}");
        assert!(import(&home, &["jrnl", &json]).err.contains("3 already here"));
    }
    let home = written();
    let path = home.home().join("out.txt").display().to_string();
    home.ok(&["export", "jrnl-text", "--output", &path]);
    let other = Jrnl::new();
    other.run(&["--import", "--file", &path], "");
    let read = other.entries();
    let days: Vec<_> = read.iter().map(|one| (&one["date"], &one["title"])).collect();
    let [first, second] = days.as_slice() else { panic!("{read:?}") };
    assert_eq!((first.0.as_str(), first.1.as_str()), (Some("2026-11-20"), Some("Late words.")));
    assert_eq!(second.0, "2026-11-22");
    assert_eq!(second.1, "First words. #work");
    let body = read[1]["body"].as_str().expect("a body");
    assert!(body.starts_with("\\[2020-01-01 10:00] x\n==========\n%\n---\n\\[six\n\\. "), "{body}");
    assert!(body.ends_with(BELOW.trim()), "{body}");
}
