//! The page in a real terminal: whole days, all the ways out of it, and what must never happen to
//! the words on it. Its layouts and keys are tested beside their code.

use std::time::{Duration, Instant};

use crate::pty::{Pty, TIMEOUT};
use crate::sandbox::Sandbox;

const SAVE: &str = "\x04";
const KEEP: &str = "\x1b";
const CANCEL: &str = "\x03";
const EDITOR: &str = "\x05";
const STOP: &str = "\x1a";

const SIZES: [(u16, u16); 3] = [(80, 24), (40, 16), (120, 40)];

fn home() -> Sandbox {
    let mut home = Sandbox::new();
    home.set("DWELL_SCREEN", "page");
    home
}

/// Opens the page and waits until it is drawn.
#[track_caller]
fn open(home: &Sandbox, args: &[&str]) -> Pty {
    open_sized(home, args, (80, 24))
}

#[track_caller]
fn open_sized(home: &Sandbox, args: &[&str], (columns, rows): (u16, u16)) -> Pty {
    let mut pty = Pty::start_sized(home, args, columns, rows);
    wait_for_page(&mut pty);
    pty
}

#[track_caller]
fn wait_for_page(pty: &mut Pty) {
    // The line of keys is the last that is drawn, in one of two forms.
    pty.wait_for_screen("F1 ");
    assert!(pty.in_whole_screen());
}

/// Ends the program with this key, and returns its status.
#[track_caller]
fn end_with(pty: &mut Pty, key: &str) -> u32 {
    pty.send(key);
    let code = pty.end();
    assert!(!pty.in_whole_screen(), "{}", pty.screen());
    assert!(!pty.cursor_hidden());
    code
}

fn text_of(home: &Sandbox, day: &str) -> String {
    let entry = home.json(&["show", day]);
    entry["reflection"]["text"].as_str().unwrap_or_default().to_owned()
}

/// Waits until something holds that is not on the screen.
#[track_caller]
fn wait_until(what: &str, mut holds: impl FnMut() -> bool) {
    let deadline = Instant::now() + TIMEOUT;
    while !holds() {
        assert!(Instant::now() < deadline, "no {what}");
        std::thread::sleep(Duration::from_millis(10));
    }
}

/// Starts the page in a shell that says how it ended, with the id of its process in a file.
#[track_caller]
fn open_in_shell(home: &Sandbox) -> Pty {
    let script = "stty -a >before; sh -c 'echo $$ >new; mv new id; exec \"$PROGRAM\"'; \
                  echo \"ended $?\"; stty -a >after";
    let mut pty = Pty::start_shell(home, script);
    wait_for_page(&mut pty);
    pty
}

/// Sends the page a signal.
fn signal(home: &Sandbox, name: &str) {
    let script = format!("kill -s {name} $(cat id)");
    let mut kill = std::process::Command::new("sh");
    let sent = kill.args(["-c", &script]).current_dir(home.home()).status().expect("sh");
    assert!(sent.success());
}

fn assert_same_modes(home: &Sandbox, after: &str) {
    let read = |name| std::fs::read_to_string(home.home().join(name)).expect("read");
    assert_eq!(read("before"), read("after"), "{after}");
}

#[test]
fn a_day_and_the_day_after_it_are_written_at_every_size() {
    for size in SIZES {
        let mut home = home();
        let mut pty = open_sized(&home, &[], size);
        pty.send("What I wrote\ron two lines.\t");
        pty.send("call Anna\ttonight");
        pty.wait_for_screen("When:      tonight");
        assert_eq!(end_with(&mut pty, SAVE), 0, "{size:?}");
        let screen = pty.screen();
        assert!(screen.starts_with("Sunday 22 November 2026\n"), "{screen}");
        assert!(screen.contains("What I wrote\non two lines."), "{screen}");
        assert!(screen.contains("Saved. Your first day."), "{screen}");
        assert_eq!(pty.lines_scrolled_off(), 0);
        let entry = home.json(&["show"]);
        assert_eq!(entry["reflection"]["text"], "What I wrote\non two lines.");
        assert_eq!(entry["step"]["text"], "call Anna");
        assert_eq!(entry["step"]["when"], "tonight");
        assert!(home.draft_files().is_empty());

        home.set_now("2026-11-23T07:00:00+01:00");
        let mut pty = open_sized(&home, &[], size);
        pty.wait_for_screen("[d] done");
        pty.send("d");
        // The answer moves on to the words.
        pty.wait_until_gone("[d] done");
        pty.send("Done it.");
        pty.wait_for_screen("Done it.");
        assert_eq!(end_with(&mut pty, SAVE), 0, "{size:?}");
        assert_eq!(text_of(&home, "today"), "Done it.");
        assert_eq!(home.json(&["show", "yesterday"])["step"]["state"], "done");
    }
}

/// Selects all and deletes it.
const EMPTY: &str = "\x1ba\x7f";

#[test]
fn words_that_were_all_deleted_stay_a_draft_or_are_shown() {
    for way in ["\x1b", CANCEL, "HUP"] {
        let home = home();
        let mut pty = open(&home, &[]);
        pty.send("All that I wrote today.");
        pty.wait_for_screen("draft kept");
        pty.send(EMPTY);
        pty.wait_for_screen("Write here.");
        match way {
            "HUP" => pty.signal(way),
            key => pty.send(key),
        }
        pty.end();
        assert_eq!(home.draft_texts(), ["All that I wrote today."], "{way}");
        let mut pty = open(&home, &[]);
        pty.wait_for_screen("All that I wrote today.");
        pty.wait_for_screen("These words are a draft that was not saved.");
        pty.send(EMPTY);
        pty.wait_for_screen("Write here.");
        assert_eq!(end_with(&mut pty, SAVE), 0);
        assert!(pty.screen().contains("All that I wrote today."), "{}", pty.screen());
        assert!(home.draft_files().is_empty());
        assert_eq!(home.json(&["show"])["reflection"], serde_json::Value::Null);
    }
}

#[test]
fn an_edit_or_an_afterthought_that_stayed_a_draft_goes_on() {
    let home = home();
    home.ok(&["write", "First words."]);
    for (args, rest, saved) in [
        (&["edit"][..], " Second.", "First words. Second. Third."),
        (&["afterthought", "today"], "A second.", "A second. Third."),
    ] {
        let mut pty = open(&home, args);
        pty.send(rest);
        pty.wait_for_screen(rest.trim());
        pty.send("\x1b");
        assert_eq!(pty.end(), 0);
        let mut pty = open(&home, args);
        pty.wait_for_screen(rest.trim());
        pty.wait_for_screen("These words are a draft that was not saved.");
        pty.send(" Third.");
        pty.wait_for_screen("Third.");
        assert_eq!(end_with(&mut pty, SAVE), 0);
        assert!(pty.screen().contains(saved), "{}", pty.screen());
        assert!(home.draft_files().is_empty());
    }
    assert_eq!(text_of(&home, "today"), "First words. Second. Third.");
    assert_eq!(home.json(&["show"])["afterthoughts"][0]["text"], "A second. Third.");
}

#[test]
fn an_answer_to_a_step_is_saved_however_the_page_ends() {
    for way in ["\x1b", CANCEL, "TERM", "HUP"] {
        let mut home = home();
        home.ok(&["write", "Words.", "--next", "call Anna"]);
        home.set_now("2026-11-23T07:00:00+01:00");
        let mut pty = open(&home, &[]);
        pty.wait_for_screen("[d] done");
        pty.send("p");
        pty.wait_until_gone("[d] done");
        match way {
            "TERM" | "HUP" => pty.signal(way),
            key => pty.send(key),
        }
        pty.end();
        assert_eq!(home.json(&["show", "yesterday"])["step"]["state"], "partly", "{way}");
    }
}

#[test]
fn a_sentence_typed_at_the_question_after_a_step_is_words() {
    let mut home = home();
    home.ok(&["write", "Words.", "--next", "call Anna"]);
    home.set_now("2026-11-23T07:00:00+01:00");
    let mut pty = open(&home, &[]);
    pty.wait_for_screen("[d] done");
    pty.send("dreams of last night");
    pty.wait_for_screen("dreams of last night");
    assert_eq!(end_with(&mut pty, SAVE), 0);
    assert_eq!(text_of(&home, "today"), "dreams of last night");
    assert_eq!(home.json(&["show", "yesterday"])["step"]["state"], "open");
}

#[test]
fn words_are_added_and_changed_and_thought_over_on_the_page() {
    for size in SIZES {
        let home = home();
        let mut pty = open_sized(&home, &["write"], size);
        pty.send("First words");
        assert_eq!(end_with(&mut pty, SAVE), 0, "{size:?}");
        let mut pty = open_sized(&home, &["edit"], size);
        pty.wait_for_screen("First words");
        pty.send(" and more");
        assert_eq!(end_with(&mut pty, SAVE), 0, "{size:?}");
        assert_eq!(text_of(&home, "today"), "First words and more");
        let mut pty = open_sized(&home, &["afterthought", "today"], size);
        pty.send("seen later");
        assert_eq!(end_with(&mut pty, SAVE), 0, "{size:?}");
        assert_eq!(home.json(&["show"])["afterthoughts"][0]["text"], "seen later");
        assert_eq!(pty.lines_scrolled_off(), 0);
        assert!(home.draft_files().is_empty());
    }
}

#[test]
fn escape_keeps_a_draft_and_the_next_dwell_goes_on_with_it() {
    let home = home();
    let mut pty = open(&home, &[]);
    pty.send("Begun\tcall Anna\ttonight");
    pty.wait_for_screen("When:      tonight");
    assert_eq!(end_with(&mut pty, KEEP), 0);
    assert!(pty.screen().contains("Begun") && pty.screen().contains("Kept as a draft."));
    assert!(home.json(&["show"])["reflection"].is_null());
    assert_eq!(home.draft_texts(), ["Begun"]);
    let mut pty = open(&home, &[]);
    pty.wait_for_screen("When:      tonight");
    pty.send(" and ended");
    pty.wait_for_screen("Begun and ended");
    assert_eq!(end_with(&mut pty, SAVE), 0);
    let entry = home.json(&["show"]);
    assert_eq!(entry["reflection"]["text"], "Begun and ended");
    assert_eq!(
        (&entry["step"]["text"], &entry["step"]["when"]),
        (&"call Anna".into(), &"tonight".into())
    );
    assert!(home.draft_files().is_empty());
}

#[test]
fn a_page_that_was_left_with_nothing_on_it_leaves_nothing() {
    for (key, code) in [(SAVE, 0), (KEEP, 0), (CANCEL, 130)] {
        let home = home();
        let mut pty = open(&home, &[]);
        assert_eq!(end_with(&mut pty, key), code);
        assert!(home.draft_files().is_empty());
        assert!(home.json(&["show"])["reflection"].is_null());
    }
}

#[test]
fn control_c_keeps_a_draft_and_shows_none_of_it() {
    let home = home();
    let mut pty = open(&home, &[]);
    pty.send("a secret");
    pty.wait_for_screen("a secret");
    assert_eq!(end_with(&mut pty, CANCEL), 130);
    assert!(pty.screen().contains("your words are kept as a draft"), "{}", pty.screen());
    assert!(!pty.screen().contains("secret"));
    assert_eq!(home.draft_texts(), ["a secret"]);
}

#[test]
fn no_words_stand_in_the_title_or_in_what_was_scrolled_off() {
    let home = home();
    let mut pty = open_sized(&home, &[], (40, 16));
    for number in 0..60 {
        pty.send(&format!("secret line {number}\r"));
    }
    pty.wait_for_screen("secret line 59");
    assert_eq!(end_with(&mut pty, CANCEL), 130);
    assert!(!pty.stream().contains("\x1b]"), "no title is set");
    assert_eq!(pty.lines_scrolled_off(), 0);
    assert!(!pty.screen().contains("secret"));
}

#[test]
fn a_signal_in_the_middle_of_a_paragraph_loses_no_key() {
    for (name, status) in [("HUP", 129), ("TERM", 143), ("QUIT", 131), ("INT", 130)] {
        let home = home();
        let mut pty = open_in_shell(&home);
        pty.send("A finished line\rand half a par");
        pty.wait_for_screen("half a par");
        signal(&home, name);
        pty.wait_for(&format!("ended {status}"));
        pty.end();
        assert!(!pty.in_whole_screen() && !pty.cursor_hidden(), "{name}");
        assert!(!pty.screen().contains("finished line"), "{name}");
        assert_eq!(home.draft_texts(), ["A finished line\nand half a par"], "{name}");
        assert_same_modes(&home, name);
    }
}

#[test]
fn a_kill_in_the_middle_of_a_paragraph_loses_the_last_second_at_most() {
    let home = home();
    let mut pty = open_in_shell(&home);
    pty.send("kept for sure\tcall Anna\ttonight");
    pty.wait_for_screen("draft kept");
    wait_until("draft", || home.draft_texts() == ["kept for sure"]);
    pty.send("!");
    signal(&home, "KILL");
    pty.wait_for("ended 137");
    pty.end();
    assert_eq!(home.draft_texts(), ["kept for sure"]);
    let mut pty = open(&home, &[]);
    pty.wait_for_screen("Next step: call Anna");
    pty.wait_for_screen("kept for sure");
    assert_eq!(end_with(&mut pty, SAVE), 0);
    assert_eq!(text_of(&home, "today"), "kept for sure");
}

#[test]
#[cfg(target_os = "linux")]
fn a_terminal_that_goes_away_leaves_a_draft_and_no_process() {
    // A terminal inside the terminal, so that the test can end the inner one.
    if !crate::sandbox::has_program("script") || !crate::sandbox::has_program("setsid") {
        return;
    }
    // With the signal that is sent then, and without it: another session gets none.
    for session in ["", "setsid -w"] {
        let home = home();
        let inside = "trap '' HUP; \"$PROGRAM\"; echo $? >code; mv code ended";
        std::fs::write(home.home().join("inside"), inside).expect("written");
        let script = format!("exec script -qc '{session} sh inside' /dev/null");
        let mut pty = Pty::start_shell(&home, &script);
        wait_for_page(&mut pty);
        pty.send("A finished line\rand half a par");
        pty.wait_for_screen("half a par");
        pty.signal("KILL");
        wait_until("end", || home.home().join("ended").exists());
        let code = std::fs::read_to_string(home.home().join("ended")).expect("read");
        assert_ne!(code, "0\n", "{session}");
        assert_eq!(home.draft_texts(), ["A finished line\nand half a par"], "{session}");
        assert!(home.json(&["show"])["reflection"].is_null());
    }
}

/// About this many characters in this many paragraphs, no two of which are equal.
fn long_text(characters: usize, paragraphs: usize) -> String {
    let each = characters / paragraphs;
    let paragraph = |number: usize| {
        let mut text = format!("paragraph {number:04}");
        while text.len() < each {
            text.push_str(" and words");
        }
        text
    };
    (0..paragraphs).map(paragraph).collect::<Vec<_>>().join("\n")
}

#[test]
fn a_paste_of_a_hundred_thousand_characters_loses_none() {
    for paragraphs in [1, 250] {
        let text = long_text(100_000, paragraphs);
        for is_marked in [true, false] {
            let home = home();
            let mut pty = open(&home, &["write"]);
            if is_marked {
                pty.paste(&text);
            } else {
                pty.send(&text.replace('\n', "\r"));
            }
            assert_eq!(end_with(&mut pty, SAVE), 0);
            let saved = text_of(&home, "today");
            assert!(saved == text, "{paragraphs} {is_marked}: {} characters", saved.len());
        }
    }
}

/// What terminals send by themselves, and bytes that are no text.
const REPORTS: [&[u8]; 39] = [
    // Colours.
    b"\x1b]10;rgb:cdcd/d6d6/f4f4\x07",
    b"\x1b]11;rgb:1e1e/1e1e/2e2e\x07",
    b"\x1b]11;rgb:1e1e/1e1e/2e2e\x1b\\",
    b"\x9d11;rgb:1e1e/1e1e/2e2e\x9c",
    b"\x1b[?997;1n",
    // What the terminal is.
    b"\x1b[?62;1;4c",
    b"\x1b[>1;10;0c",
    b"\x1bP!|00000000\x1b\\",
    b"\x1bP>|tmux 3.3a\x1b\\",
    b"\x1bP1$r0m\x1b\\",
    b"\x1bP1+r544e=787465726d\x1b\\",
    b"\x90>|tmux 3.3a\x9c",
    b"\x1b_Gi=1;OK\x1b\\",
    b"\x1b^private\x1b\\",
    b"\x1bXstart\x1b\\",
    // Its modes and its size.
    b"\x1b[?2026;2$y",
    b"\x1b[4;1$y",
    b"\x1b[=5;6x",
    b"\x1b[48;24;80;480;800t",
    b"\x1b[8;24;80t",
    b"\x1b[0n",
    b"\x1b[10;20R",
    b"\x1b[?1u",
    b"\x1b[>4;1m",
    // The mouse, the window, keys that are let go, keys of no use here.
    b"\x1b[<0;10;10M",
    b"\x1b[<0;10;10m",
    b"\x1b[M !!",
    b"\x1b[32;10;10M",
    b"\x1b[I",
    b"\x1b[O",
    b"\x1b[98;1:3u",
    b"\x1b[25~",
    b"\x1bOS",
    b"\x9b31m",
    // Damage.
    b"\x80",
    b"\xe9",
    b"\xe2\x82",
    b"\xc0\xaf",
    b"\xed\xa0\x80",
];

/// Sends each report between two letters; in pieces of this many bytes, with a pause between two.
fn report_between_letters(reports: &[&[u8]], piece: usize, pause: Duration) {
    let home = home();
    let mut pty = open(&home, &["write"]);
    for report in reports {
        pty.send("ab");
        for bytes in report.chunks(piece) {
            pty.send_bytes(bytes);
            std::thread::sleep(pause);
        }
        pty.send("cdefgh\r");
    }
    pty.send("the end");
    pty.wait_for_screen("the end");
    assert_eq!(end_with(&mut pty, SAVE), 0);
    let saved = text_of(&home, "today");
    let lines: Vec<String> = saved.lines().map(|line| line.replace('\u{fffd}', "")).collect();
    assert_eq!(lines.len(), reports.len() + 1, "{saved}");
    for (report, line) in reports.iter().zip(&lines) {
        assert_eq!(line, "abcdefgh", "{}", report.escape_ascii());
    }
}

#[test]
fn what_a_terminal_sends_by_itself_is_no_text_and_takes_no_letter() {
    report_between_letters(&REPORTS, usize::MAX, Duration::ZERO);
}

#[test]
fn nor_is_it_when_it_comes_byte_by_byte() {
    report_between_letters(&REPORTS, 1, Duration::from_millis(1));
}

#[test]
fn nor_is_it_when_the_line_is_so_slow_that_it_takes_seconds() {
    let slow = [&b"\x1b]11;rgb:1e1e/1e1e/2e2e\x1b\\"[..], b"\x1b[?1;2c", b"\x1bP>|xterm\x1b\\"];
    report_between_letters(&slow, 1, Duration::from_millis(90));
}

#[test]
fn stopped_and_continued_the_page_has_its_words() {
    let home = home();
    let mut pty = Pty::start_shell(
        &home,
        "set -m; stty -a >before; dwell; stty -a >stopped; echo 'is stopped'; read line; \
         fg >/dev/null; echo \"ended $?\"; stty -a >after",
    );
    wait_for_page(&mut pty);
    pty.send("before the stop");
    pty.wait_for_screen("before the stop");
    pty.send(STOP);
    pty.wait_for("is stopped");
    assert!(!pty.in_whole_screen());
    assert!(!pty.screen().contains("before the stop"), "{}", pty.screen());
    assert_eq!(home.draft_texts(), ["before the stop"]);
    pty.send("\r");
    wait_for_page(&mut pty);
    pty.wait_for_screen("before the stop");
    pty.send(" and after it");
    pty.wait_for_screen("before the stop and after it");
    pty.send(SAVE);
    pty.wait_for("ended 0");
    pty.end();
    assert_eq!(text_of(&home, "today"), "before the stop and after it");
    let read = |name| std::fs::read_to_string(home.home().join(name)).expect("read");
    assert_eq!(read("before"), read("stopped"));
    assert_same_modes(&home, "stop");
}

#[test]
fn a_page_that_nobody_could_continue_is_not_stopped() {
    let home = home();
    // The first process of the terminal is a shell without jobs.
    let mut pty = Pty::start_shell(&home, "dwell; echo \"ended $?\"");
    wait_for_page(&mut pty);
    pty.send("before");
    pty.wait_for_screen("before");
    pty.send(STOP);
    pty.send(" and after");
    pty.wait_for_screen("before and after");
    pty.send(SAVE);
    pty.wait_for("ended 0");
    pty.end();
    assert_eq!(text_of(&home, "today"), "before and after");
}

#[test]
fn the_modes_of_the_terminal_come_back_after_every_key_that_ends_the_page() {
    for (key, status) in [(SAVE, 0), (KEEP, 0), (CANCEL, 130)] {
        let home = home();
        let mut pty = open_in_shell(&home);
        pty.send("words");
        pty.wait_for_screen("words");
        pty.send(key);
        pty.wait_for(&format!("ended {status}"));
        pty.end();
        assert_same_modes(&home, &format!("{key:?}"));
    }
}

#[test]
fn a_storm_of_sizes_loses_no_key() {
    let home = home();
    let mut pty = open(&home, &[]);
    let mut typed = String::new();
    for number in 0..120_u16 {
        let word = format!("{number} ");
        pty.send(&word);
        typed.push_str(&word);
        pty.resize(1 + number * 37 % 200, 1 + number * 23 % 60);
    }
    pty.resize(80, 24);
    pty.wait_for_screen("119");
    pty.wait_for_screen("Next step:");
    assert_eq!(end_with(&mut pty, SAVE), 0);
    assert_eq!(text_of(&home, "today"), typed);
}

#[test]
fn a_window_that_becomes_too_small_still_shows_what_one_writes() {
    for (columns, rows) in [(39, 16), (40, 15), (20, 6), (20, 4), (20, 3), (20, 2), (20, 1)] {
        let home = home();
        let mut pty = open_sized(&home, &[], (40, 16));
        pty.send("before ");
        pty.wait_for_screen("before");
        pty.resize(columns, rows);
        pty.send("\rafter");
        pty.wait_for_screen("after");
        pty.send("\tAnna");
        pty.wait_for_screen("Anna");
        pty.send("\ttonight");
        pty.wait_for_screen("tonight");
        pty.resize(40, 16);
        pty.wait_for_screen("When:      tonight");
        assert_eq!(end_with(&mut pty, SAVE), 0);
        assert_eq!(text_of(&home, "today"), "before \nafter");
        assert_eq!(home.json(&["show"])["step"]["text"], "Anna");
    }
}

#[test]
fn a_window_of_one_cell_loses_no_key() {
    let home = home();
    let mut pty = open_sized(&home, &[], (40, 16));
    pty.resize(1, 1);
    pty.send("Words\tcall Anna\ttonight");
    assert_eq!(end_with(&mut pty, SAVE), 0);
    assert_eq!(text_of(&home, "today"), "Words");
    assert_eq!(home.json(&["show"])["step"]["when"], "tonight");
}

#[test]
fn plain_lines_are_used_where_the_page_cannot_be() {
    let plain = |home: &Sandbox, args: &[&str], (columns, rows)| {
        let mut pty = Pty::start_sized(home, args, columns, rows);
        pty.wait_for("Ctrl-C stops");
        assert!(!pty.in_whole_screen());
        pty.send(CANCEL);
        pty.end();
        assert!(!pty.stream().contains("\x1b[?1049h"));
    };
    plain(&home(), &["--no-page"], (80, 24));
    plain(&home(), &[], (39, 16));
    plain(&home(), &[], (40, 15));
    let mut dumb = Sandbox::new();
    dumb.set("TERM", "dumb");
    dumb.set("DWELL_SCREEN", "page");
    plain(&dumb, &[], (80, 24));
}

#[test]
fn keys_that_are_typed_before_the_page_is_drawn_are_on_it() {
    let home = home();
    let mut pty = Pty::start_sized(&home, &["write"], 80, 24);
    pty.send("typed early\rand more");
    wait_for_page(&mut pty);
    pty.wait_for_screen("and more");
    pty.send(" later");
    pty.wait_for_screen("later");
    assert_eq!(end_with(&mut pty, SAVE), 0);
    assert_eq!(text_of(&home, "today"), "typed early\nand more later");
}

#[test]
#[cfg(target_os = "linux")]
fn a_script_in_which_the_page_is_a_command_is_stopped_with_it() {
    let home = home();
    std::fs::write(home.home().join("script"), "\"$PROGRAM\"; echo \"ended $?\"").expect("written");
    let mut pty = Pty::start_shell(&home, "set -m; sh script; echo 'is stopped'; read line; fg");
    wait_for_page(&mut pty);
    pty.send("before");
    pty.wait_for_screen("before");
    pty.send(STOP);
    pty.wait_for("is stopped");
    // The script stops first. Nobody continues the job before its last process has stopped too.
    std::thread::sleep(std::time::Duration::from_millis(500));
    pty.send("\r");
    wait_for_page(&mut pty);
    pty.send(" and after");
    pty.wait_for_screen("before and after");
    pty.send(SAVE);
    pty.wait_for("ended 0");
    pty.end();
    assert_eq!(text_of(&home, "today"), "before and after");
}

/// Sets a shell script as the editor; `$1` is the file that it edits.
fn set_editor(home: &mut Sandbox, script: &str) {
    let path = home.home().join("editor");
    std::fs::write(&path, script).expect("written");
    home.set("VISUAL", &format!("sh '{}'", path.display()));
}

#[test]
fn an_editor_is_opened_from_the_page_and_its_words_come_back() {
    let mut home = home();
    set_editor(&mut home, "stty -a >in_editor; { echo edited; cat \"$1\"; } >new; cat new >\"$1\"");
    let mut pty = open_in_shell(&home);
    pty.send("typed");
    pty.wait_for_screen("typed");
    pty.send(EDITOR);
    pty.wait_for_screen("edited");
    wait_for_page(&mut pty);
    pty.send(" and more");
    pty.wait_for_screen("typed and more");
    pty.send(SAVE);
    pty.wait_for("ended 0");
    pty.end();
    assert_eq!(text_of(&home, "today"), "edited\ntyped and more");
    let read = |name| std::fs::read_to_string(home.home().join(name)).expect("read");
    assert_eq!(read("before"), read("in_editor"));
    assert_same_modes(&home, "editor");
}

#[test]
fn an_editor_that_fails_is_told_on_the_page_and_the_words_stay() {
    for (script, told, left) in [
        ("exit 3", "ended with status 3", "typed"),
        ("echo saved >\"$1\"; exit 1", "ended with status 1", "saved"),
        ("sleep 1.2; : >\"$1\"", "The editor left nothing.", "typed"),
        ("kill -KILL $$", "was killed", "typed"),
    ] {
        let mut home = home();
        set_editor(&mut home, script);
        let mut pty = open(&home, &[]);
        pty.send("typed");
        pty.wait_for_screen("typed");
        pty.send(EDITOR);
        pty.wait_for("\x1b[?1049l");
        pty.wait_for("\x1b[?1049h");
        wait_for_page(&mut pty);
        pty.wait_for_screen(told);
        assert_eq!(end_with(&mut pty, SAVE), 0);
        assert_eq!(text_of(&home, "today"), left, "{script}");
    }
}

#[test]
fn keys_that_were_typed_at_once_with_the_key_of_the_editor_are_on_the_page_after_it() {
    let mut home = home();
    set_editor(&mut home, "{ echo edited; cat \"$1\"; } >new; cat new >\"$1\"");
    let mut pty = open(&home, &[]);
    pty.send(&format!("typed{EDITOR} and more"));
    pty.wait_for_screen("typed and more");
    assert_eq!(end_with(&mut pty, SAVE), 0);
    assert_eq!(text_of(&home, "today"), "edited\ntyped and more");
}

#[test]
fn two_pages_at_once_do_not_mix_their_words() {
    let home = home();
    let mut first = open(&home, &[]);
    let mut second = open(&home, &[]);
    first.send("from the first");
    second.send("from the second");
    first.wait_for_screen("draft kept");
    second.wait_for_screen("draft kept");
    let mut drafts = home.draft_texts();
    drafts.sort();
    assert_eq!(drafts, ["from the first", "from the second"]);
    assert_eq!(end_with(&mut first, SAVE), 0);
    assert_eq!(end_with(&mut second, SAVE), 0);
    let text = text_of(&home, "today");
    assert!(text.contains("from the first") && text.contains("from the second"), "{text}");
    assert!(home.draft_files().is_empty());
}

#[test]
fn words_are_a_draft_if_the_journal_is_locked_when_they_are_saved() {
    for has_step in [false, true] {
        let mut home = home();
        if has_step {
            home.ok(&["write", "Words.", "--next", "call Anna"]);
            home.set_now("2026-11-23T07:00:00+01:00");
        }
        let mut pty = open(&home, &[]);
        if has_step {
            pty.wait_for_screen("[d] done");
            pty.send("p");
            pty.wait_until_gone("[d] done");
        }
        pty.send("not to be lost");
        pty.wait_for_screen("not to be lost");
        let lock = rusqlite::Connection::open(home.journal()).expect("opened");
        lock.execute_batch("BEGIN EXCLUSIVE").expect("locked");
        assert_eq!(end_with(&mut pty, SAVE), 3);
        lock.execute_batch("ROLLBACK").expect("unlocked");
        drop(lock);
        let screen = pty.screen();
        assert!(screen.contains("your words are kept as a draft"), "{has_step}: {screen}");
        assert_eq!(home.draft_texts(), ["not to be lost"]);
    }
}

/// Opens the page where no file can have more than a few hundred bytes, and pastes more.
#[track_caller]
fn open_without_room(home: &Sandbox, text: &str) -> Pty {
    home.ok(&["today"]);
    let mut pty = Pty::start_shell(home, "ulimit -f 1; dwell; echo \"ended $?\"");
    wait_for_page(&mut pty);
    pty.paste(text);
    pty.wait_for_screen("draft NOT kept");
    pty
}

#[test]
fn words_that_neither_a_draft_nor_the_journal_takes_are_shown_whichever_key_ends_the_page() {
    let text = long_text(3000, 3);
    for key in [SAVE, KEEP, CANCEL] {
        let home = home();
        let mut pty = open_without_room(&home, &text);
        pty.send(key);
        pty.wait_for("ended 3");
        pty.end();
        let stream = pty.stream();
        let after = stream.rsplit("\x1b[?1049l").next().expect("the end");
        for line in text.lines() {
            assert!(after.contains(&line[..14]), "{key:?}: {after}");
        }
        assert!(after.contains("could not be kept"), "{key:?}: {after}");
        assert!(!after.contains("kept as a draft"), "{key:?}: {after}");
    }
}

/// Replaces the folder of the drafts by a file while a page is open.
fn take_drafts_away(home: &Sandbox) {
    std::fs::remove_dir_all(home.drafts()).expect("removed");
    std::fs::write(home.drafts(), "no folder").expect("written");
}

#[test]
fn the_journal_takes_words_and_steps_that_no_draft_takes() {
    for typed in ["Words\tcall Anna", "\tcall Anna"] {
        let home = home();
        let mut pty = open(&home, &[]);
        take_drafts_away(&home);
        pty.send(typed);
        pty.wait_for_screen("draft NOT kept");
        assert_eq!(end_with(&mut pty, SAVE), 0, "{}", pty.screen());
        assert_eq!(home.json(&["show"])["step"]["text"], "call Anna");
        assert_eq!(text_of(&home, "today"), typed.split('\t').next().expect("words"));
    }
}

#[test]
fn words_in_any_script_are_saved_as_they_were_typed() {
    let words = [
        "สวัสดีที่นี่",
        "日本語を書く",
        "مرحبا بالعالم",
        "नमस्ते हिन्दी क्षि",
        "\u{1f468}\u{200d}\u{1f469}\u{200d}\u{1f467}\u{200d}\u{1f466}",
        "\u{1f1e9}\u{1f1ea}\u{1f1ef}\u{1f1f5}",
        "cafe\u{301}",
    ];
    for word in words {
        let home = home();
        let mut pty = open_sized(&home, &["write"], (40, 16));
        let line = [word; 9].join(" ");
        pty.send(&line);
        // Back to the beginning and forth again, with a letter that is put in and taken out.
        pty.send("\x1b[1;5H");
        pty.send("Q");
        pty.wait_for_screen("Q");
        pty.send("\x7f");
        pty.wait_until_gone("Q");
        pty.send("\x1b[1;5F");
        pty.send("\rthe end");
        pty.wait_for_screen("the end");
        assert_eq!(end_with(&mut pty, SAVE), 0);
        assert_eq!(text_of(&home, "today"), format!("{line}\nthe end"));
    }
}

#[test]
fn the_cursor_stands_where_the_next_letter_goes_in_every_script() {
    for word in ["สวัสดี", "日本語を", "مرحبا", "नमस्ते", "cafe\u{301}s"]
    {
        let home = home();
        let mut pty = open_sized(&home, &["write"], (40, 16));
        let line = [word; 9].join(" ");
        pty.send(&line);
        pty.send("\x1b[D\x1b[D");
        let mut before = None;
        for letter in ["Q", "Z", "J"] {
            pty.send(letter);
            let wrong = format!("{word}: {letter} is not before the cursor");
            pty.wait_until(&wrong, |pty| pty.before_cursor() == letter);
            let (row, column) = pty.cursor();
            // It came where the cursor stood before.
            assert_eq!((row, column - 1), before.unwrap_or((row, column - 1)), "{word}: {letter}");
            before = Some((row, column));
        }
        assert_eq!(end_with(&mut pty, SAVE), 0);
        let saved = text_of(&home, "today");
        assert_eq!(saved.replace("QZJ", ""), line);
    }
}
