//! What is bounded is taken up to its bound, and refused one past it, with nothing lost.

use std::fs;
use std::path::PathBuf;

use dwell::platform::create_private_folder;

use crate::sandbox::Sandbox;

const MIB: usize = 1 << 20;

fn file(home: &Sandbox, name: &str, content: impl AsRef<[u8]>) -> String {
    let path = home.home().join(name);
    fs::write(&path, content).expect("written");
    path.display().to_string()
}

fn small() -> Sandbox {
    Sandbox::with_small_shelf("2026-11-22T07:00:00+01:00")
}

#[test]
fn a_reflection_has_sixteen_mebibytes_and_not_a_byte_more() {
    let home = small();
    // Lines, as a person writes them.
    let line = format!("{}\n", "word ".repeat(12));
    let mut text = line.repeat(16 * MIB / line.len() + 1);
    text.truncate(16 * MIB - 1);
    text.push('e');
    let ran = home.run_with(&["write"], text.as_bytes());
    assert_eq!(ran.code, 0, "{}", ran.err);
    text.push('e');
    let ran = home.run_with(&["write", "--day", "yesterday"], text.as_bytes());
    assert_eq!(ran.code, 2, "{}", ran.err);
    assert_eq!(home.draft_texts(), [text]);
    // Nor by a word that is added to it.
    let ran = home.run(&["write", "more"]);
    assert_eq!(ran.code, 2, "{}", ran.err);
    assert!(ran.err.contains("16 MiB"), "{}", ran.err);
}

#[test]
fn a_series_file_has_sixteen_mebibytes_and_not_a_byte_more() {
    let home = small();
    let mut series = fs::read_to_string(home.series_file("long", 1)).expect("read");
    series.push_str("# ");
    series.push_str(&"x".repeat(16 * MIB - series.len()));
    home.ok(&["series", "add", &file(&home, "whole.toml", &series)]);
    series.push('x');
    let ran = home.run(&["series", "add", &file(&home, "more.toml", series)]);
    assert!(ran.code == 2 && ran.err.contains("16 MiB"), "{}", ran.err);
}

#[test]
fn the_settings_have_one_mebibyte_and_not_a_byte_more() {
    let home = small();
    let folder = home.home().join(".config/dwell");
    create_private_folder(&folder).expect("made");
    let settings = |length: usize| {
        let text = "order = \"mixed\"\n# ";
        fs::write(folder.join("config.toml"), format!("{text}{}", "x".repeat(length - text.len())))
            .expect("written");
    };
    settings(MIB);
    assert_eq!(home.ok(&["config", "order"]), "mixed\n");
    settings(MIB + 1);
    let ran = home.run(&["write", "my words"]);
    assert!(ran.code == 3 && ran.err.contains("1 MiB"), "{}", ran.err);
    assert_eq!(home.draft_texts(), ["my words"]);
}

#[test]
fn another_journal_has_sixty_four_mebibytes_unless_one_asks_for_more() {
    let home = small();
    home.ok(&["write", "words of the other journal"]);
    let text = home.ok(&["export", "jsonl"]);
    let (head, lines) = text.split_once('}').expect("a head");
    // Space within the head is no part of it.
    let padded = |length: usize| format!("{head}{}}}{lines}", " ".repeat(length - text.len()));
    let journal = fs::read(home.journal()).expect("read");
    // SQLite uses as many pages as the head of the file says.
    let grown = |length: usize| {
        let mut bytes = journal.clone();
        bytes.resize(length, 0);
        bytes
    };
    let text_of = |length| padded(length).into_bytes();
    is_taken_up_to_a_bound("other.jsonl", &text_of(64 * MIB), &text_of(64 * MIB + 1));
    is_taken_up_to_a_bound("other.db", &grown(64 * MIB), &grown(64 * MIB + 4096));
}

/// `more` is beyond the bound by as little as can be.
fn is_taken_up_to_a_bound(name: &str, whole: &[u8], more: &[u8]) {
    let home = small();
    let ran = home.run(&["import", "dwell", &file(&home, name, whole)]);
    assert!(ran.code == 0 && ran.err.contains("imported "), "{name}: {}", ran.err);
    let home = small();
    let more = file(&home, name, more);
    let ran = home.run(&["import", "dwell", &more]);
    assert!(ran.code == 2 && ran.err.contains("64 MiB"), "{name}: {}", ran.err);
    assert!(ran.err.contains("--large"), "{name}: {}", ran.err);
    assert!(!home.ok(&["export", "jsonl"]).contains("words of the other"), "{name}");
    home.ok(&["import", "dwell", "--large", &more]);
    assert!(home.ok(&["show"]).contains("words of the other"), "{name}");
}

#[test]
fn a_field_of_an_import_has_one_mebibyte_unless_one_asks_for_more() {
    let home = small();
    let table = |length: usize| format!("Highlight\nokapi\n{}\n", "x".repeat(length));
    let ran = home.run(&["import", "csv", &file(&home, "whole.csv", table(MIB))]);
    assert!(ran.code == 0 && ran.err.contains("imported 2"), "{}", ran.err);
    let home = small();
    let ran = home.run(&["import", "csv", &file(&home, "more.csv", table(MIB + 1))]);
    assert!(ran.code == 2 && ran.err.contains("1 MiB"), "{}", ran.err);
    assert!(ran.err.contains("hint: --large"), "{}", ran.err);
    assert_eq!(home.run(&["search", "--lessons", "okapi"]).code, 1, "nothing came in");
}

#[test]
fn folders_are_read_as_deep_as_sixty_four_and_what_lies_deeper_is_named() {
    let home = small();
    let root = home.home().join("notes");
    let deep = |depth: usize| {
        let mut folder = root.clone();
        folder.extend(std::iter::repeat_n(PathBuf::from("f"), depth));
        folder
    };
    create_private_folder(&deep(65)).expect("made");
    fs::write(deep(64).join("2026-11-20.md"), "as deep as it goes").expect("written");
    fs::write(deep(65).join("2026-11-21.md"), "too deep").expect("written");
    let ran = home.run(&["import", "markdown", root.to_str().expect("UTF-8")]);
    assert!(ran.err.contains("imported 1"), "{}", ran.err);
    assert!(ran.err.contains("64 folders"), "{}", ran.err);
    assert_eq!(home.ok(&["log"]).matches("deep").count(), 1);
}

#[test]
fn what_is_nested_without_end_is_refused_and_ends_nothing() {
    let home = small();
    for depth in [100, 127, 128, 129, 200_000] {
        let (open, close) = ("[".repeat(depth), "]".repeat(depth));
        let objects = format!("{}1{}", "{\"a\":".repeat(depth), "}".repeat(depth));
        for (args, name, content) in [
            (&["series", "add"][..], "deep.toml", format!("slug = {open}1{close}")),
            (&["import", "jrnl"], "deep.json", format!("{{\"entries\":{open}{close}}}")),
            (&["import", "dayone"], "one.json", format!("{{\"entries\":{objects}}}")),
            (&["import", "dwell"], "deep.jsonl", format!("{objects}\n")),
            (&["import", "tui-journal"], "tui.json", format!("{open}{close}")),
        ] {
            let path = file(&home, name, content);
            let ran = home.run(&[args, &[&path]].concat());
            assert!(ran.code == 2 || ran.code == 1, "{name} {depth}: {} {}", ran.code, ran.err);
            assert!(ran.err.starts_with("dwell: "), "{name} {depth}: {}", ran.err);
            assert!(!ran.err.contains("panicked"), "{name} {depth}: {}", ran.err);
        }
    }
}
