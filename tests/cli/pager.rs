//! Long output through the person's pager: pagers that work, fail or are missing, at a real
//! terminal, and the cases in which none may be started.

use std::fs;
use std::os::unix::fs::PermissionsExt;
use std::path::PathBuf;

use crate::pty::Pty;
use crate::sandbox::{self, Sandbox};

/// A pager that saves its input in a file and then says that it has ended.
const RECORDER: &str = "cat > \"$HOME/got\"; echo the pager was here";

/// Writes a program into the sandbox.
fn program(home: &Sandbox, name: &str, script: &str) -> PathBuf {
    let path = home.home().join("bin").join(name);
    // It may exist already.
    let _ = fs::create_dir(home.home().join("bin"));
    fs::write(&path, format!("#!/bin/sh\n{script}\n")).expect("written");
    fs::set_permissions(&path, fs::Permissions::from_mode(0o755)).expect("made a program");
    path
}

/// A home with one entry, whose pager is this script.
fn with_pager(script: &str) -> Sandbox {
    let mut home = lived_in();
    let path = program(&home, "pager", script);
    home.set("DWELL_PAGER", &path.display().to_string());
    home
}

fn lived_in() -> Sandbox {
    let mut home = Sandbox::new();
    // In plain lines there is no pager but one that is named for dwell.
    home.set("DWELL_SCREEN", "page");
    home.ok(&["write", "The first words."]);
    home.ok(&["write", "The last words."]);
    home
}

/// Adds 300 days with more text than a pipe holds. The entry of the day number `damaged` cannot be
/// read. Newest first, the first line is `day 0300` and the last one `day 0001`.
fn add_many_days(home: &Sandbox, damaged: Option<u32>) {
    let journal = rusqlite::Connection::open(home.journal()).expect("opened");
    journal.execute("DELETE FROM entry", []).expect("removed");
    for number in 1..=300 {
        let day = format!("19{:02}-{:02}-11", 50 + number / 12, 1 + number % 12);
        let text = format!("day {number:04}\n{}", "words ".repeat(200));
        let afterthoughts = (damaged == Some(number)).then_some("{");
        journal
            .execute(
                "INSERT INTO entry (day, text, written_at, written_offset, revised_at,
                                    revised_offset, revisions, late, words, afterthoughts)
                 VALUES (?1, ?2, 0, 0, 0, 0, 1, 0, 202, ?3)",
                rusqlite::params![day, text, afterthoughts],
            )
            .expect("inserted");
    }
}

fn got(home: &Sandbox) -> Option<String> {
    fs::read_to_string(home.home().join("got")).ok()
}

fn less_is_installed() -> bool {
    sandbox::has_program("less")
}

#[test]
fn what_is_shown_at_a_terminal_goes_through_the_pager_to_the_byte() {
    let mut home = with_pager(RECORDER);
    home.set("COLUMNS", "80");
    for args in [
        &["log"][..],
        &["show"],
        &["show", "--revisions"],
        &["lesson"],
        &["lesson", "list"],
        &["lesson", "show"],
        &["series"],
        &["series", "list"],
        &["series", "show", "the-defiant-ones"],
    ] {
        let mut pty = Pty::start(&home, args);
        pty.wait_for("the pager was here");
        assert_eq!(pty.end(), 0, "{args:?}");
        // The hint is not data: it is told when the pager is left.
        let hint = "\nhint: dwell edit 2026-11-22 --revision N --yes brings one back";
        let hint = if args.contains(&"--revisions") { hint } else { "" };
        assert_eq!(pty.screen(), format!("the pager was here{hint}"), "{args:?}");
        let wanted = home.ok(&[&["--color", "always"], args].concat());
        assert_eq!(got(&home).as_deref(), Some(wanted.as_str()), "{args:?}");
        fs::remove_file(home.home().join("got")).expect("removed");
    }
}

#[test]
fn the_pager_is_a_command_with_arguments() {
    let mut home = lived_in();
    let path = program(&home, "two words", "cat > \"$HOME/got\"; echo \"$# $1 $2\"");
    home.set("DWELL_PAGER", &format!("'{}' 'an argument' -x", path.display()));
    let mut pty = Pty::start(&home, &["log"]);
    pty.wait_for("2 an argument -x");
    assert_eq!(pty.end(), 0);
    assert!(got(&home).expect("paged").contains("The last words."));
}

#[test]
fn the_pager_is_run_as_in_a_shell() {
    let mut home = lived_in();
    let path = program(&home, "two words", "cat > \"$HOME/got\"; echo \"$MARK $1\"");
    for (pager, said) in [
        ("MARK=one \"$HOME/bin/two words\"", "one "),
        ("MARK=two; export MARK; ~/bin/two\\ words", "two "),
        ("f() { MARK=three \"$HOME/bin/two words\" \"$@\"; }; f x", "three x"),
        // The whole value is a program.
        (path.to_str().expect("UTF-8"), " "),
    ] {
        home.set("DWELL_PAGER", pager);
        let mut pty = Pty::start(&home, &["log"]);
        assert_eq!(pty.end(), 0, "{pager}");
        assert_eq!(pty.screen(), said.trim_end(), "{pager}");
        assert!(got(&home).expect("paged").contains("The last words."));
        fs::remove_file(home.home().join("got")).expect("removed");
    }
}

#[test]
fn what_is_longer_than_a_pipe_is_shown_if_the_shell_finds_no_pager() {
    let mut home = lived_in();
    add_many_days(&home, None);
    home.set("DWELL_PAGER", "\"$HOME/bin/gone\"");
    let mut pty = Pty::start(&home, &["log"]);
    pty.wait_for("the pager '\"$HOME/bin/gone\"' was not found");
    pty.wait_for("day 0300");
    pty.wait_for("day 0001");
    assert_eq!(pty.end(), 0);
    assert_eq!(pty.stream().matches("day 0150").count(), 1);
}

#[test]
fn no_pager_is_started_where_nobody_can_press_its_keys() {
    for script in [
        "dwell log < /dev/null",
        "dwell log | cat",
        "dwell log --no-input",
        "dwell log --json",
        "TERM=dumb dwell log",
    ] {
        let home = with_pager(RECORDER);
        let mut pty = Pty::start_shell(&home, &format!("{script}; echo code $?"));
        pty.wait_for("The last words.");
        pty.wait_for("code 0");
        pty.end();
        assert_eq!(got(&home), None, "{script}");
    }
    let home = with_pager(RECORDER);
    assert!(home.ok(&["log"]).contains("The last words."));
    assert_eq!(got(&home), None);
}

#[test]
fn a_pager_that_is_blank_or_cat_is_none() {
    for (variable, value) in [
        ("DWELL_PAGER", ""),
        ("DWELL_PAGER", "  "),
        ("DWELL_PAGER", "cat"),
        ("DWELL_PAGER", "''"),
        ("PAGER", ""),
        ("PAGER", "cat"),
    ] {
        let mut home = lived_in();
        let bin = program(&home, "less", RECORDER).parent().expect("a folder").to_owned();
        program(&home, "cat", "echo the pager was here; exec /bin/cat");
        home.set("PATH", &format!("{}:/usr/bin:/bin", bin.display()));
        home.set(variable, value);
        let mut pty = Pty::start(&home, &["log"]);
        pty.wait_for("The last words.");
        assert_eq!(pty.end(), 0, "{variable}={value:?}");
        assert!(!pty.screen().contains("the pager was here"), "{variable}={value:?}");
    }
}

#[test]
fn the_usual_pager_is_less_with_its_options_and_a_named_one_gets_none() {
    let mut home = lived_in();
    let report = "cat > /dev/null; echo \"less [$*] LESS=[$LESS]\"";
    let bin = program(&home, "less", report).parent().expect("a folder").to_owned();
    home.set("PATH", &format!("{}:/usr/bin:/bin", bin.display()));
    Pty::start(&home, &["log"]).wait_for("less [-FRX] LESS=[]");
    home.set("PAGER", "less");
    Pty::start(&home, &["log"]).wait_for("less [] LESS=[R]");
    home.set("LESS", "-i");
    Pty::start(&home, &["log"]).wait_for("less [] LESS=[R -i]");
    home.set("LESS", "-iR");
    Pty::start(&home, &["log"]).wait_for("less [] LESS=[-iR]");
    home.set("LESS", "-i");
    home.set("DWELL_PAGER", "less -S");
    Pty::start(&home, &["log"]).wait_for("less [-S] LESS=[R -i]");
    home.set("DWELL_PAGER", "less -r");
    Pty::start(&home, &["log"]).wait_for("less [-r] LESS=[-i]");
}

#[test]
fn a_pager_that_is_left_early_is_no_failure() {
    let home = with_pager("read -r line; echo \"got: $line\"");
    add_many_days(&home, None);
    let mut pty = Pty::start(&home, &["log"]);
    pty.wait_for("got: ");
    assert_eq!(pty.end(), 0);
    assert_eq!(pty.screen().lines().count(), 1, "{}", pty.screen());
}

#[test]
fn a_pager_that_fails_is_no_failure() {
    for script in ["cat > /dev/null; exit 3", "exit 3", "kill -9 $$"] {
        let home = with_pager(script);
        assert_eq!(Pty::start(&home, &["log"]).end(), 0, "{script}");
        add_many_days(&home, None);
        assert_eq!(Pty::start(&home, &["log"]).end(), 0, "{script}");
    }
}

#[test]
fn a_named_pager_that_is_missing_is_told_once_and_nothing_is_lost() {
    let mut home = lived_in();
    program(&home, "no-program", "");
    let no_program = home.home().join("bin/no-program");
    fs::set_permissions(&no_program, fs::Permissions::from_mode(0o644)).expect("made no program");
    for (pager, told) in [
        ("no-such-pager -x", "the pager 'no-such-pager -x' was not found"),
        (&no_program.display().to_string(), "did not start: Permission"),
    ] {
        home.set("DWELL_PAGER", pager);
        let mut pty = Pty::start(&home, &["log"]);
        pty.wait_for(told);
        pty.wait_for("The first words.");
        pty.wait_for("The last words.");
        assert_eq!(pty.end(), 0);
        assert_eq!(pty.stream().matches("dwell: ").count(), 1, "{}", pty.screen());
    }
}

#[test]
fn a_pager_that_no_shell_could_read_is_told_and_nothing_is_lost() {
    let mut home = lived_in();
    home.set("PAGER", "less 'x");
    let mut pty = Pty::start(&home, &["log"]);
    pty.wait_for("the pager 'less 'x' cannot be read");
    pty.wait_for("The last words.");
    assert_eq!(pty.end(), 0);
}

#[test]
fn without_less_the_output_comes_and_nothing_is_said() {
    let mut home = lived_in();
    home.set("PATH", &home.home().join("nothing").display().to_string());
    let mut pty = Pty::start(&home, &["log"]);
    pty.wait_for("The last words.");
    assert_eq!(pty.end(), 0);
    assert!(!pty.stream().contains("dwell: "), "{}", pty.screen());
}

#[test]
fn where_nothing_is_found_no_pager_is_started() {
    let home = with_pager(RECORDER);
    let mut pty = Pty::start(&home, &["log", "--tag", "none"]);
    pty.wait_for("no entry matches");
    assert_eq!(pty.end(), 1);
    assert_eq!(got(&home), None);
}

#[test]
fn what_is_said_waits_until_the_pager_was_left() {
    let home = with_pager("/bin/sleep 0.5; cat > \"$HOME/got\"; echo the pager was here");
    // Entries are read in batches, so the first are shown before the damaged one is read.
    add_many_days(&home, Some(1));
    let mut pty = Pty::start(&home, &["log"]);
    pty.wait_for("the pager was here");
    pty.wait_for("dwell: ");
    assert_eq!(pty.end(), 3);
    let got = got(&home).expect("paged");
    assert!(got.contains("day 0300") && got.contains("day 0050"), "{}", got.len());
}

#[test]
fn ctrl_c_reaches_the_pager_and_dwell_ends_with_it() {
    let home = with_pager("echo the pager was here; exec sleep 60");
    let mut pty = Pty::start(&home, &["log"]);
    pty.wait_for("the pager was here");
    pty.send("\x03");
    assert_eq!(pty.end(), 0);
}

#[test]
fn less_leaves_what_fits_on_the_screen_by_itself() {
    if !less_is_installed() {
        return;
    }
    let home = lived_in();
    let mut pty = Pty::start(&home, &["log"]);
    assert_eq!(pty.end(), 0);
    assert!(pty.screen().contains("The last words."), "{}", pty.screen());
}

#[test]
fn less_takes_its_keys_and_ctrl_c_and_leaves_the_terminal_as_it_was() {
    if !less_is_installed() {
        return;
    }
    let home = lived_in();
    add_many_days(&home, None);
    for ctrl_c in [false, true] {
        let mut pty = Pty::start_shell(
            &home,
            "trap : INT; stty -g > before; dwell log; echo code $?; stty -g > after",
        );
        pty.wait_for_screen("day 0300");
        pty.wait_for_screen("\n:");
        if ctrl_c {
            pty.send("\x03");
            // less rings the bell.
            pty.wait_for("\x07");
            // To show the last day, less must still get the text. It may ignore the first keys
            // after the interruption.
            pty.press_until_screen("G", "day 0001");
        }
        pty.send("q");
        pty.wait_for("code 0");
        pty.end();
        assert_eq!(pty.screen().contains("day 0001"), ctrl_c, "{}", pty.screen());
        let read = |name| fs::read_to_string(home.home().join(name)).expect("read");
        assert_eq!(read("before"), read("after"));
    }
}
