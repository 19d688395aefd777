//! Questions in plain lines, and all the ways out of one: the terminal gets its modes back, and
//! what was typed is in a draft.

use std::fs;
use std::process::Command;
use std::time::{Duration, Instant};

use crate::pty::{Pty, TIMEOUT};
use crate::sandbox::Sandbox;

const LISTENING: &str = "\x1b[?2004h";
const CTRL_C: &str = "\x03";
const CTRL_D: &str = "\x04";
const CTRL_Z: &str = "\x1a";

/// Asks for a text and leaves its process id in `pid`.
const WRITE: &str = "sh -c 'echo $$ > pid; exec \"$PROGRAM\" write'";

/// Starts a shell command and waits until dwell asks for a text in it.
#[track_caller]
fn start(home: &Sandbox, script: &str) -> Pty {
    let mut pty = Pty::start_shell(home, script);
    pty.wait_for("Ctrl-C stops");
    pty.wait_for(LISTENING);
    pty
}

fn read(home: &Sandbox, name: &str) -> String {
    fs::read_to_string(home.home().join(name)).expect("read")
}

/// Sends dwell a signal, not the shell that it runs in.
fn signal(home: &Sandbox, name: &str) {
    let mut kill = Command::new("sh");
    kill.args(["-c", "kill -s \"$1\" \"$2\"", "sh", name, read(home, "pid").trim()]);
    assert!(kill.status().expect("sh").success(), "dwell had ended");
}

#[track_caller]
fn wait_until(what: &str, is_there: impl Fn() -> bool) {
    let deadline = Instant::now() + TIMEOUT;
    while !is_there() {
        assert!(Instant::now() < deadline, "{what} did not come");
        std::thread::sleep(Duration::from_millis(20));
    }
}

#[test]
fn every_way_out_gives_the_modes_back_and_keeps_what_was_typed() {
    for (way, code) in [
        (CTRL_D, "0"),
        (CTRL_C, "130"),
        ("INT", "130"),
        ("TERM", "143"),
        ("HUP", "129"),
        ("QUIT", "131"),
    ] {
        let home = Sandbox::new();
        let script =
            format!("ulimit -c 0; stty -a > before; {WRITE}; echo $? > code; stty -a > after");
        let mut pty = start(&home, &script);
        pty.send("half a thought");
        pty.wait_for("half a thought");
        match way {
            CTRL_C | CTRL_D => pty.send(way),
            name => signal(&home, name),
        }
        pty.end();
        assert_eq!(read(&home, "code").trim(), code, "{way:?}");
        assert_eq!(read(&home, "before"), read(&home, "after"), "{way:?}");
        let drafts: &[&str] = if way == CTRL_D { &[] } else { &["half a thought"] };
        assert_eq!(home.draft_texts(), drafts, "{way:?}");
    }
}

#[test]
fn a_signal_at_a_question_without_words_leaves_no_draft() {
    let home = Sandbox::new();
    let mut pty = start(&home, &format!("{WRITE}; echo $? > code"));
    signal(&home, "TERM");
    pty.end();
    assert_eq!(read(&home, "code").trim(), "143");
    assert!(home.draft_files().is_empty());
}

#[test]
fn a_stopped_question_goes_on_with_its_open_line() {
    let home = Sandbox::new();
    let script = format!(
        "set -m; stty -a > before; {WRITE}; stty -a > stopped; fg > /dev/null; stty -a > after"
    );
    let mut pty = start(&home, &script);
    pty.send("one\rtwo");
    pty.wait_for("two");
    pty.send(CTRL_Z);
    pty.wait_for("two");
    assert_eq!(read(&home, "before"), read(&home, "stopped"));
    pty.send(&format!(" three{CTRL_D}"));
    pty.wait_for("saved 2026-11-22: 3 words");
    pty.end();
    assert_eq!(read(&home, "before"), read(&home, "after"));
    assert_eq!(home.json(&["show"])["reflection"]["text"], "one\ntwo three");
}

#[test]
fn a_question_that_was_stopped_from_outside_goes_on_too() {
    let home = Sandbox::new();
    let mut pty = start(&home, &format!("stty -a > before; {WRITE}; stty -a > after"));
    pty.send("one\rtwo");
    pty.wait_for("two");
    signal(&home, "STOP");
    signal(&home, "CONT");
    pty.wait_for("two");
    pty.send(&format!(" three{CTRL_D}"));
    pty.wait_for("saved 2026-11-22: 3 words");
    pty.end();
    assert_eq!(read(&home, "before"), read(&home, "after"));
    assert_eq!(home.json(&["show"])["reflection"]["text"], "one\ntwo three");
}

#[test]
fn what_is_typed_without_enter_survives_a_kill_after_a_moment() {
    let home = Sandbox::new();
    let mut pty = Pty::start(&home, &["write"]);
    pty.wait_for("Ctrl-C stops");
    pty.wait_for(LISTENING);
    pty.send("half a thought");
    std::thread::sleep(Duration::from_millis(1500));
    pty.signal("KILL");
    assert_ne!(pty.end(), 0);
    assert_eq!(home.draft_texts(), ["half a thought"]);
}

#[test]
fn a_line_of_any_length_is_kept_whole() {
    let home = Sandbox::new();
    let line = "word ".repeat(4_000) + "end";
    let mut pty = start(&home, "dwell write");
    pty.send(&line);
    pty.wait_for("end");
    pty.send(CTRL_D);
    pty.wait_for("saved 2026-11-22");
    pty.end();
    assert_eq!(home.json(&["show"])["reflection"]["text"], line);
}

#[test]
fn where_the_terminal_does_not_echo_nothing_typed_is_shown() {
    let mut home = Sandbox::new();
    home.set("TERM", "dumb");
    let mut pty = Pty::start_shell(&home, "stty -echo; touch silent; dwell write; stty -a > after");
    wait_until("the shell", || home.home().join("silent").exists());
    pty.wait_for("Ctrl-C stops");
    // As Emacs sends it.
    pty.send("a qxylograph\n\n\n");
    pty.wait_for("saved 2026-11-22: 2 words");
    pty.end();
    assert!(!pty.stream().contains("qxylograph"), "{}", pty.screen());
    assert!(!pty.stream().contains("\x1b["), "{}", pty.screen());
    assert!(read(&home, "after").contains("-echo "));
    assert_eq!(home.json(&["show"])["reflection"]["text"], "a qxylograph");
}

#[test]
fn backspace_and_its_like_change_the_open_line_alone() {
    let home = Sandbox::new();
    let mut pty = start(&home, "dwell write");
    pty.send("first\rsecnd\x7f\x7f\x7f");
    pty.send("cond\x1b[D\x1b[A word gone\x17");
    pty.wait_for_screen("first\nsecond word");
    pty.send("for ever\x15\x7fthird");
    pty.wait_for_screen("first\nthird");
    pty.send(CTRL_D);
    pty.end();
    assert_eq!(home.json(&["show"])["reflection"]["text"], "first\nthird");
}
