//! What a shell offers when TAB is pressed.

use std::fs;
use std::path::Path;
use std::process::Command;

use crate::sandbox::Sandbox;

/// The candidates for the last of these words, as fish gets them.
fn offered(sandbox: &mut Sandbox, words: &[&str]) -> String {
    sandbox.set("COMPLETE", "fish");
    let ran = sandbox.run(&[&["--", "dwell"], words].concat());
    sandbox.set("COMPLETE", "");
    assert_eq!(ran.code, 0, "{}", ran.err);
    ran.out
}

#[test]
fn what_can_be_typed_is_offered() {
    let mut sandbox = Sandbox::new();
    sandbox.ok(&["write", "words #work #Übung"]);
    fs::write(sandbox.home().join("walks.toml"), "").expect("written");
    for (words, wanted) in [
        (&["series", "add", "wa"][..], "walks.toml\n"),
        (&["--journal", "wa"], "walks.toml\n"),
        (&["export", "jsonl", "--output", "wa"], "walks.toml\n"),
        (&["import", "dwell", "wa"], "walks.toml\n"),
        (&["config", "journal", "wa"], "walks.toml\n"),
        (&["log", "--tag", "wo"], "work\n"),
        (&["search", "--tag", "ü"], "übung\n"),
        (&["config", "day"], "day_start\twhen a day starts\n"),
        (&["config", "order", "m"], "mixed\n"),
        (&["man", "aft"], "afterthought\n"),
        (&["show", "yes"], "yesterday\n"),
        (&["rest", "sat"], "saturday\n"),
        (&["step", "add", "--day", "yes"], "yesterday\n"),
        (&["calendar", "nov"], "november\n"),
        (&["calendar", "20"], "2026\n"),
        (&["review", "month", "oct"], "october\n"),
        (&["review", "week", "yes"], "yesterday\n"),
        (&["lesson", "love", "the-defiant-ones/3"], "the-defiant-ones/3\tChase what you love\n"),
    ] {
        assert_eq!(offered(&mut sandbox, words), wanted, "{words:?}");
    }
}

#[test]
fn nothing_from_a_stranger_reaches_the_shell() {
    let mut sandbox = Sandbox::new();
    let path = sandbox.home().join("evil.toml");
    let text = r#"slug = "evil"
title = "A\u009b31m \u202eX\u0007Y\u200b\u009d\u009c"
[source]
title = "s"
kind = "k"
[[lesson]]
title = "t\u009b31mx\u202e"
story = "s"
takeaway = "t"
question = "q"
"#;
    fs::write(&path, text).expect("written");
    fs::write(sandbox.home().join("evil\r\u{9b}31m"), "").expect("written");
    fs::write(sandbox.home().join("evil\nline"), "").expect("written");
    let added = path.to_str().expect("UTF-8").to_owned();
    sandbox.ok(&["series", "add", &added]);
    sandbox.ok(&["series", "next", "evil"]);
    sandbox.ok(&["today"]);
    for shell in ["bash", "zsh", "fish"] {
        for words in [
            &["series", "show", "ev"][..],
            &["lesson", "show", "ev"],
            &["show", "20"],
            &["series", "add", "ev"],
        ] {
            sandbox.set("COMPLETE", shell);
            let index = words.len().to_string();
            sandbox.set("_CLAP_COMPLETE_INDEX", &index);
            sandbox.set("_CLAP_IFS", "\n");
            let out = sandbox.run(&[&["--", "dwell"], words].concat()).out;
            sandbox.set("COMPLETE", "");
            assert_eq!(out.trim_end().lines().count(), 1, "{shell} {words:?}: {out:?}");
            let bad = |c: char| (c.is_control() && c != '\n' && c != '\t') || c == '\u{202e}';
            assert!(!out.contains(bad), "{shell} {words:?}: {out:?}");
        }
    }
}

#[test]
fn zsh_loads_its_own_completion_if_nothing_else_has() {
    let sandbox = Sandbox::new();
    let script = sandbox.ok(&["completions", "zsh"]);
    assert!(script.starts_with("#compdef dwell\n"), "{script}");
    let path = sandbox.home().join("completions.zsh");
    fs::write(&path, script).expect("written");
    let line = format!("source {}; (( $+_comps[dwell] )) && echo registered", path.display());
    let ran = Command::new("zsh").args(["-f", "-c", &line]).env("HOME", sandbox.home()).output();
    // zsh is not installed everywhere.
    let Ok(ran) = ran else { return };
    assert_eq!(String::from_utf8_lossy(&ran.stdout), "registered\n");
    assert_eq!(String::from_utf8_lossy(&ran.stderr), "");
}

#[test]
fn zsh_completes_at_the_first_tab_where_a_package_has_put_the_file() {
    let sandbox = Sandbox::new();
    fs::write(sandbox.home().join("_dwell"), sandbox.ok(&["completions", "zsh"])).expect("written");
    let line = format!(
        "fpath=({} $fpath); autoload -Uz compinit; compinit -u -D; path=({} $path)
        _describe() {{ print -r -- $other }}; words=(dwell tod); CURRENT=2; _dwell",
        sandbox.home().display(),
        Path::new(env!("CARGO_BIN_EXE_dwell")).parent().expect("a folder").display(),
    );
    let ran = Command::new("zsh").args(["-f", "-c", &line]).env("HOME", sandbox.home()).output();
    // zsh is not installed everywhere.
    let Ok(ran) = ran else { return };
    let out = String::from_utf8_lossy(&ran.stdout);
    assert!(out.starts_with("today"), "{out} {}", String::from_utf8_lossy(&ran.stderr));
}
