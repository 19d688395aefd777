//! The daily ritual at a real terminal: reading, writing, the next step, and all the ways in which
//! a person or a machine can interrupt it. Whatever happens, no word may be lost.

use std::time::Instant;

use crate::pty::{Pty, TIMEOUT};
use crate::sandbox::{self, Sandbox};

/// A question sends this when it is ready. Keys sent earlier might be echoed by the terminal too.
const LISTENING: &str = "\x1b[?2004h";
const CTRL_C: &str = "\x03";
const CTRL_D: &str = "\x04";
const WHEN: &str = "When? (Enter for no time)";
const DOWN: &str = "\x1b[B";
/// The page takes the screen.
const PAGE: &str = "\x1b[?1049h";
const NUMBER: &str = "Which number?";
const NEXT_STEP: &str = "Your next step, if there is one:";

/// Starts the program and waits until it asks for a text.
#[track_caller]
fn start_at_text(home: &Sandbox, args: &[&str]) -> Pty {
    let mut pty = Pty::start(home, args);
    pty.wait_for("Ctrl-C stops");
    pty.wait_for(LISTENING);
    pty
}

/// Waits for the last question, which is shown when keys are read.
#[track_caller]
fn wait_for_next_step(pty: &mut Pty) {
    pty.wait_for(NEXT_STEP);
}

fn text_of(home: &Sandbox, day: &str) -> String {
    let entry = home.json(&["show", day]);
    entry["reflection"]["text"].as_str().expect("a reflection").to_owned()
}

/// A text of about this many characters, in lines of 80, no two of which are equal.
fn long_text(characters: usize, blank_lines: bool) -> String {
    let mut text = String::new();
    for number in 0.. {
        if text.len() >= characters {
            break;
        }
        text.push_str(&format!("{number:06} {}\n", "word ".repeat(14).trim_end()));
        if blank_lines && number % 9 == 0 {
            text.push_str("\n\n\n");
        }
    }
    text.trim_end().to_owned()
}

#[test]
fn a_marked_paste_of_a_hundred_thousand_characters_loses_none() {
    let home = Sandbox::new();
    let text = long_text(100_000, true);
    let mut pty = start_at_text(&home, &["write"]);
    pty.paste(&text);
    pty.send(CTRL_D);
    pty.wait_for("saved 2026-11-22");
    assert_eq!(pty.end(), 0);
    assert_eq!(text_of(&home, "today"), text);
}

#[test]
fn an_unmarked_paste_of_a_hundred_thousand_characters_loses_none() {
    let home = Sandbox::new();
    let text = long_text(100_000, false);
    let mut pty = start_at_text(&home, &["write"]);
    pty.send(&text.replace('\n', "\r"));
    pty.send(CTRL_D);
    pty.wait_for("saved 2026-11-22");
    assert_eq!(pty.end(), 0);
    assert_eq!(text_of(&home, "today"), text);
}

#[test]
fn an_unmarked_paste_goes_on_over_empty_lines_while_more_is_coming() {
    let home = Sandbox::new();
    let text = long_text(100_000, true);
    // The end must have no empty lines: when nothing more is waiting, they end the text.
    let text = format!("{text}\n{}", long_text(4_000, false));
    let mut pty = start_at_text(&home, &["write"]);
    pty.send(&text.replace('\n', "\r"));
    pty.send(CTRL_D);
    pty.wait_for("saved 2026-11-22");
    assert_eq!(pty.end(), 0);
    assert_eq!(text_of(&home, "today"), text);
}

#[test]
fn what_is_typed_ahead_of_a_question_answers_it() {
    let home = Sandbox::new();
    let mut pty = start_at_text(&home, &[]);
    pty.send("eins\rzwei\r\r\rcall Anna\rat noon\r");
    pty.wait_for("Saved. Your first day. Tomorrow brings the next lesson.");
    assert_eq!(pty.end(), 0);
    assert_eq!(text_of(&home, "today"), "eins\nzwei");
    let step = home.json(&["show"])["step"].clone();
    assert_eq!((&step["text"], &step["when"]), (&"call Anna".into(), &"at noon".into()));
}

#[test]
fn a_whole_ritual_keeps_every_word_and_ends_with_one_line() {
    let home = Sandbox::new();
    let mut pty = Pty::start(&home, &[]);
    pty.wait_for("Don't put all your eggs in one basket");
    pty.wait_for("Ctrl-C stops");
    pty.wait_for(LISTENING);
    assert!(pty.screen().lines().all(|line| line.chars().count() <= 72), "{}", pty.screen());
    pty.send("Füße, größer als gedacht\r世界 und 🙂 und 👩‍👩‍👧\r\r  und eingerückt #tag\r\r\r");
    wait_for_next_step(&mut pty);
    pty.send("Anna anrufen 🙂\r");
    pty.wait_for(WHEN);
    pty.send("um 9\r");
    pty.wait_for("Saved. Your first day. Tomorrow brings the next lesson.");
    assert_eq!(pty.end(), 0);
    assert!(!pty.cursor_hidden());
    assert_eq!(pty.stream().to_lowercase().matches("saved").count(), 1, "{}", pty.screen());

    let entry = home.json(&["show"]);
    let text = "Füße, größer als gedacht\n世界 und 🙂 und 👩‍👩‍👧\n\n  und eingerückt #tag";
    assert_eq!(entry["reflection"]["text"], text);
    assert_eq!(entry["step"]["text"], "Anna anrufen 🙂");
    assert_eq!(entry["step"]["when"], "um 9");
    assert_eq!(home.draft_texts(), [""; 0]);
}

#[test]
fn nothing_is_broken_in_the_middle_of_a_word_on_narrow_and_wide_screens() {
    for columns in [60, 80, 120] {
        let home = Sandbox::new();
        let mut pty = Pty::start_sized(&home, &[], columns, 60);
        pty.wait_for("Ctrl-C stops and keeps a draft.");
        pty.wait_for(LISTENING);
        pty.send("Words.\r\r\r");
        wait_for_next_step(&mut pty);
        pty.send("\r");
        assert_eq!(pty.end(), 0);
        let screen = pty.screen();
        let longest = screen.lines().map(|line| line.chars().count()).max().expect("lines");
        assert!(longest <= usize::from(columns).min(72), "{longest} of {columns}:\n{screen}");
        assert!(screen.contains("\nWhen you are done: Enter on two empty lines, or Ctrl-D.\n"));
    }
}

#[test]
fn a_screen_without_colour_gets_no_colour() {
    let mut home = Sandbox::new();
    home.set("NO_COLOR", "1");
    home.ok(&["write", "--next", "call Anna", "words"]);
    home.set_now("2026-11-23T07:00:00+01:00");
    let mut pty = Pty::start(&home, &[]);
    pty.wait_for("Yesterday you meant to: call Anna");
    pty.wait_for("let go");
    pty.send("d");
    pty.wait_for(LISTENING);
    pty.send("More.\r\r\r");
    wait_for_next_step(&mut pty);
    pty.send("\r");
    assert_eq!(pty.end(), 0);
    let stream = pty.stream();
    let sequences = stream.split("\x1b[").skip(1);
    let styles: Vec<&str> = sequences
        .filter(|sequence| {
            sequence.trim_start_matches(|c: char| c.is_ascii_digit() || c == ';').starts_with('m')
        })
        .collect();
    assert!(styles.is_empty(), "{styles:?}");
}

/// A journal in which yesterday has an open step.
fn with_a_step_from_yesterday() -> Sandbox {
    let mut home = Sandbox::new();
    home.ok(&["write", "--next", "call Anna", "words"]);
    home.set_now("2026-11-23T07:00:00+01:00");
    home
}

#[test]
fn the_next_day_begins_with_a_question_about_the_step_and_every_answer_is_saved() {
    for (letter, state) in [("d", "done"), ("P", "partly"), ("l", "dropped")] {
        let home = with_a_step_from_yesterday();
        let mut pty = Pty::start(&home, &[]);
        pty.wait_for("Yesterday you meant to: call Anna");
        pty.wait_for("let go");
        pty.send(letter);
        pty.wait_for(LISTENING);
        assert!(!pty.cursor_hidden());
        pty.send(CTRL_D);
        pty.wait_for("Your answer is saved. Nothing is written today.");
        assert_eq!(pty.end(), 0);
        assert_eq!(home.json(&["show", "2026-11-22"])["step"]["state"], state);
        let screen = pty.screen();
        let at = |text: &str| screen.find(text).unwrap_or_else(|| panic!("{text}:\n{screen}"));
        assert!(at("you meant to") < at("Monday 23 November 2026"), "the step comes first");
    }
}

#[test]
fn a_step_that_is_not_done_yet_stays_open_and_is_asked_about_once_a_day() {
    let mut home = with_a_step_from_yesterday();
    let mut pty = Pty::start(&home, &[]);
    pty.wait_for("let go");
    pty.send("n");
    pty.wait_for(LISTENING);
    pty.send(CTRL_D);
    assert_eq!(pty.end(), 0);
    assert_eq!(home.json(&["show", "2026-11-22"])["step"]["state"], "open");

    let mut pty = start_at_text(&home, &[]);
    pty.send(CTRL_D);
    assert_eq!(pty.end(), 0);
    assert!(!pty.stream().contains("you meant to"), "{}", pty.screen());

    home.set_now("2026-11-24T07:00:00+01:00");
    let mut pty = Pty::start(&home, &[]);
    pty.wait_for("On Sunday you meant to: call Anna");
    pty.wait_for("let go");
    pty.send(CTRL_C);
    assert_eq!(pty.end(), 130);
}

#[test]
fn a_day_that_is_done_asks_nothing() {
    let home = Sandbox::new();
    home.ok(&["write", "--next", "call Anna", "words"]);
    let mut pty = Pty::start(&home, &[]);
    assert_eq!(pty.end(), 0);
    let screen = pty.screen();
    assert!(screen.contains("words") && screen.contains("call Anna"), "{screen}");
    assert!(!screen.contains("Ctrl") && !screen.contains("Saved"), "{screen}");
}

#[test]
fn a_next_step_left_empty_is_not_asked_for_again_that_day() {
    let home = Sandbox::new();
    home.ok(&["write", "words"]);
    let mut pty = Pty::start(&home, &[]);
    wait_for_next_step(&mut pty);
    pty.send("\r");
    assert_eq!(pty.end(), 0);
    let mut pty = Pty::start(&home, &[]);
    assert_eq!(pty.end(), 0);
    assert!(!pty.stream().contains(NEXT_STEP));
}

#[test]
fn the_end_key_ends_the_text() {
    let home = Sandbox::new();
    let mut pty = start_at_text(&home, &[]);
    pty.send("One line\rand half of another");
    pty.send(CTRL_D);
    wait_for_next_step(&mut pty);
    pty.send(CTRL_D);
    pty.wait_for("Saved.");
    assert_eq!(pty.end(), 0);
    assert_eq!(text_of(&home, "today"), "One line\nand half of another");
}

#[test]
fn ending_without_a_word_writes_nothing() {
    for keys in [CTRL_D, "\r\r", "  \r\r\r"] {
        let home = Sandbox::new();
        let mut pty = start_at_text(&home, &[]);
        pty.send(keys);
        pty.wait_for("Nothing was written, so nothing is saved.");
        assert_eq!(pty.end(), 0);
        assert!(home.json(&["show"])["reflection"].is_null());
        assert_eq!(home.draft_texts(), [""; 0]);
    }
}

#[test]
fn leaving_in_the_middle_keeps_a_draft_that_the_next_run_offers() {
    let home = Sandbox::new();
    let mut pty = start_at_text(&home, &[]);
    pty.send("Die erste Zeile\rund die halbe zwei");
    pty.wait_for_screen("und die halbe zwei");
    pty.send(CTRL_C);
    pty.wait_for("stopped; your words are kept as a draft");
    assert_eq!(pty.end(), 130);
    assert!(!pty.cursor_hidden());
    assert_eq!(home.draft_texts(), ["Die erste Zeile\nund die halbe zwei"]);

    let mut pty = Pty::start(&home, &[]);
    pty.wait_for("There is a draft of 7 words");
    pty.wait_for("throw it away");
    pty.wait_for(NUMBER);
    pty.send("1\r");
    pty.wait_for(LISTENING);
    pty.wait_for_screen("und die halbe zwei");
    pty.send("te\r\r\r");
    wait_for_next_step(&mut pty);
    pty.send("\r");
    assert_eq!(pty.end(), 0);
    assert_eq!(text_of(&home, "today"), "Die erste Zeile\nund die halbe zweite");
    assert_eq!(home.draft_texts(), [""; 0]);
}

/// A journal with a draft of these words.
fn with_a_draft(words: &str) -> Sandbox {
    let home = Sandbox::new();
    let mut pty = start_at_text(&home, &[]);
    pty.send(words);
    pty.wait_for_screen(words);
    pty.send(CTRL_C);
    assert_eq!(pty.end(), 130);
    home
}

#[test]
fn a_draft_can_be_left_for_later() {
    let home = with_a_draft("Kept for later");
    let mut pty = Pty::start(&home, &[]);
    pty.wait_for(NUMBER);
    for no_number in ["", "0", "4", "one"] {
        pty.send(&format!("{no_number}\r"));
        pty.wait_for(NUMBER);
    }
    pty.send("2\r");
    pty.wait_for(LISTENING);
    pty.send("Other words\r\r\r");
    wait_for_next_step(&mut pty);
    pty.send("\r");
    assert_eq!(pty.end(), 0);
    assert_eq!(text_of(&home, "today"), "Other words");
    assert_eq!(home.draft_texts(), ["Kept for later"]);

    let mut pty = Pty::start(&home, &["write", "--resume"]);
    pty.wait_for(LISTENING);
    pty.wait_for_screen("Kept for later");
    pty.send(CTRL_D);
    pty.wait_for("the new ones below the others");
    assert_eq!(pty.end(), 0);
    assert_eq!(text_of(&home, "today"), "Other words\n\nKept for later");
}

#[test]
fn a_draft_is_thrown_away_only_after_it_was_shown_and_confirmed() {
    for (answer, kept) in [("n", 1), ("\r", 1), ("y", 0)] {
        let home = with_a_draft("Words to throw away");
        let mut pty = Pty::start(&home, &[]);
        pty.wait_for(NUMBER);
        pty.send("3\r");
        pty.wait_for("Words to throw away");
        pty.wait_for("Throw these words away for good?");
        pty.send(answer);
        pty.wait_for(LISTENING);
        pty.send(CTRL_D);
        assert_eq!(pty.end(), 0);
        assert_eq!(home.draft_texts().len(), kept, "after {answer:?}");
    }
}

#[test]
fn before_the_page_a_draft_is_chosen_with_the_arrow_keys() {
    let mut home = with_a_draft("Words to throw away");
    home.set_now("2026-11-23T07:00:00+01:00");
    home.set("DWELL_SCREEN", "page");
    let mut pty = Pty::start(&home, &[]);
    pty.wait_for("throw it away");
    pty.send(CTRL_C);
    assert_eq!(pty.end(), 130);
    assert!(!pty.cursor_hidden());
    let mut pty = Pty::start(&home, &[]);
    pty.wait_for("throw it away");
    pty.send(&format!("{DOWN}{DOWN}\r"));
    pty.wait_for("Throw these words away for good?");
    assert_eq!(home.draft_texts(), ["Words to throw away"]);
    pty.send("y");
    pty.wait_for("yes");
    pty.wait_for(PAGE);
    assert_eq!(home.draft_texts().concat(), "");
    pty.send(CTRL_C);
    assert_eq!(pty.end(), 130);
}

#[test]
fn leaving_at_a_choice_shows_the_cursor_again() {
    let home = with_a_step_from_yesterday();
    let mut pty = Pty::start(&home, &[]);
    pty.wait_for("let go");
    pty.send(CTRL_C);
    assert_eq!(pty.end(), 130);
    assert!(!pty.cursor_hidden());
    assert_eq!(home.json(&["show", "2026-11-22"])["step"]["state"], "open");
}

#[test]
fn leaving_at_the_next_step_keeps_the_words() {
    let home = Sandbox::new();
    let mut pty = start_at_text(&home, &[]);
    pty.send("Words.\r\r\r");
    wait_for_next_step(&mut pty);
    pty.send(&format!("half a st{CTRL_C}"));
    pty.wait_for("stopped; your words are saved");
    assert_eq!(pty.end(), 130);
    assert!(!pty.cursor_hidden());
    assert_eq!(text_of(&home, "today"), "Words.");
}

#[test]
fn a_resize_in_the_middle_of_typing_loses_nothing() {
    let home = Sandbox::new();
    let mut pty = start_at_text(&home, &[]);
    pty.send("Eine Zeile, die auf einem schmalen Bildschirm umbrochen wird 世界\rund mit");
    pty.wait_for_screen("und mit");
    for (columns, rows) in [(40, 20), (100, 30), (25, 10)] {
        pty.resize(columns, rows);
        pty.send("ten");
    }
    pty.send(" drin\r\r\r");
    wait_for_next_step(&mut pty);
    pty.send("\r");
    assert_eq!(pty.end(), 0);
    let text =
        "Eine Zeile, die auf einem schmalen Bildschirm umbrochen wird 世界\nund mittententen drin";
    assert_eq!(text_of(&home, "today"), text);
}

#[test]
fn a_closed_terminal_loses_nothing_and_a_kill_no_finished_line() {
    for signal in ["HUP", "KILL", "TERM"] {
        let home = Sandbox::new();
        let mut pty = start_at_text(&home, &[]);
        pty.send("One finished line\ranother one\rand half of a thi");
        pty.wait_for_screen("half of a thi");
        pty.signal(signal);
        assert_ne!(pty.end(), 0);
        let mut pty = Pty::start(&home, &["write", "--resume"]);
        pty.wait_for(LISTENING);
        pty.wait_for_screen("One finished line\nanother one");
        pty.send(CTRL_D);
        pty.wait_for("saved 2026-11-22");
        assert_eq!(pty.end(), 0);
        let text = text_of(&home, "today");
        let half = if signal == "KILL" { "" } else { "\nand half of a thi" };
        let kept = format!("One finished line\nanother one{half}");
        assert!(text.starts_with(&kept), "{signal}: {text}");
    }
}

/// As with nohup, or when a remote shell loses its connection.
#[test]
#[cfg(target_os = "linux")]
fn a_terminal_that_goes_away_without_a_signal_leaves_a_draft() {
    // A terminal inside the terminal, so that the test can end the inner one.
    if !sandbox::has_program("script") {
        return;
    }
    let home = Sandbox::new();
    let inside = "trap \"\" HUP; \"$PROGRAM\" write; echo $? > code; mv code ended";
    let mut pty = Pty::start_shell(&home, &format!("exec script -qc '{inside}' /dev/null"));
    pty.wait_for("Ctrl-C stops");
    pty.wait_for(LISTENING);
    pty.send("One finished line\rand half of a thi");
    pty.wait_for_screen("half of a thi");
    pty.signal("KILL");
    wait_until("the end", || home.home().join("ended").exists());
    let code = std::fs::read_to_string(home.home().join("ended")).expect("read");
    assert_ne!(code, "0\n");
    assert_eq!(home.draft_texts(), ["One finished line\nand half of a thi"]);
    assert!(home.json(&["show"])["reflection"].is_null());
}

/// Waits for something that is not on the screen.
#[track_caller]
fn wait_until(what: &str, is_there: impl Fn() -> bool) {
    let deadline = Instant::now() + TIMEOUT;
    while !is_there() {
        assert!(Instant::now() < deadline, "{what} did not come");
        std::thread::yield_now();
    }
}

#[test]
fn several_pasted_lines_become_one_next_step_and_do_not_reach_the_shell() {
    let home = Sandbox::new();
    home.ok(&["write", "words"]);
    let mut pty =
        Pty::start_shell(&home, "dwell; while read -r line; do echo \"shell: $line\"; done");
    wait_for_next_step(&mut pty);
    pty.paste("call Anna\ntouch escaped\nthen rest");
    pty.send("\r");
    pty.wait_for(WHEN);
    pty.send("\r");
    pty.wait_for("Your next step is saved.");
    pty.send(CTRL_D);
    pty.end();
    assert!(!pty.stream().contains("shell: "), "{}", pty.screen());
    let step = home.json(&["show"])["step"]["text"].clone();
    assert_eq!(step, "call Anna touch escaped then rest");
}

#[test]
fn the_question_about_a_long_step_is_wrapped_and_shown_once() {
    let mut home = Sandbox::new();
    let step = "call Anna about all the things that I wanted to tell her when we met in the city";
    home.ok(&["write", "--next", step, "words"]);
    home.set_now("2026-11-23T07:00:00+01:00");
    let mut pty = Pty::start_sized(&home, &[], 60, 60);
    pty.wait_for("let go");
    pty.send("n");
    pty.wait_for(LISTENING);
    pty.send(CTRL_D);
    assert_eq!(pty.end(), 0);
    let screen = pty.screen();
    let asked = "Yesterday you meant to: call Anna about all the things that\n\
                 I wanted to tell her when we met in the city\n\
                 [d] done  [p] partly  [n] not yet  [l] let go\n\
                 > not yet\n\n\
                 Monday 23 November 2026";
    assert!(screen.starts_with(asked), "{screen}");
    assert_eq!(screen.matches("Yesterday").count(), 1, "{screen}");
}

#[test]
fn a_terminal_that_cannot_erase_loses_no_line() {
    let mut home = Sandbox::new();
    home.set("TERM", "dumb");
    let mut pty = Pty::start(&home, &[]);
    pty.wait_for("Ctrl-C stops");
    pty.send("One line\r\ranother line\r\r\r");
    wait_for_next_step(&mut pty);
    pty.send("call Anna\r");
    pty.wait_for(WHEN);
    pty.send("\r");
    pty.wait_for("Saved.");
    assert_eq!(pty.end(), 0);
    assert_eq!(text_of(&home, "today"), "One line\n\nanother line");
    assert_eq!(home.json(&["show"])["step"]["text"], "call Anna");
}

#[test]
fn a_terminal_that_cannot_erase_can_be_left_after_a_choice() {
    let mut home = with_a_step_from_yesterday();
    home.set("TERM", "dumb");
    let mut pty = Pty::start(&home, &[]);
    pty.wait_for("let go");
    pty.send("\r");
    pty.wait_for("Ctrl-C stops");
    pty.send("One line\rhalf a li");
    wait_until("the draft", || home.draft_texts() == ["One line\nhalf a li"]);
    pty.send(CTRL_C);
    assert_eq!(pty.end(), 130);
    assert_eq!(home.draft_texts(), ["One line\nhalf a li"]);
}

/// Sets a shell script as the editor; `$1` is the file that it edits.
fn set_editor(home: &mut Sandbox, script: &str) {
    let path = home.home().join("editor");
    std::fs::write(&path, script).expect("written");
    home.set("VISUAL", &format!("sh '{}'", path.display()));
}

const ALT_E: &str = "\x1be";
const CTRL_E: &str = "\x05";

/// Types these words, opens the editor with its key, and waits until dwell asks for the text again.
#[track_caller]
fn type_and_edit(home: &Sandbox, words: &str) -> Pty {
    let mut pty = start_at_text(home, &[]);
    pty.send(words);
    pty.send(CTRL_E);
    pty.wait_for("Ctrl-C stops");
    pty.wait_for(LISTENING);
    pty
}

/// Ends the text and the ritual, and returns the screen.
#[track_caller]
fn finish(mut pty: Pty) -> String {
    pty.send(CTRL_D);
    wait_for_next_step(&mut pty);
    pty.send("\r");
    assert_eq!(pty.end(), 0);
    pty.screen()
}

#[test]
fn an_editor_that_saves_and_then_fails_or_leaves_nothing_loses_nothing() {
    for (script, wanted) in [
        ("echo saved > \"$1\"; exit 3", "saved"),
        ("echo moved > \"$1.new\"; mv \"$1.new\" \"$1\"; exit 3", "moved"),
        ("sleep 1.2; : > \"$1\"", "typed"),
        ("sleep 1.2; rm \"$1\"", "typed"),
    ] {
        let mut home = Sandbox::new();
        set_editor(&mut home, script);
        let mut pty = type_and_edit(&home, "typed");
        pty.send("\rafter");
        pty.send(CTRL_D);
        wait_for_next_step(&mut pty);
        pty.send("\r");
        pty.wait_for("Saved.");
        assert_eq!(pty.end(), 0);
        assert_eq!(text_of(&home, "today"), format!("{wanted}\nafter"), "{script}");
    }
}

#[test]
fn a_reflection_is_asked_for_without_a_lesson_too() {
    let home = Sandbox::new();
    home.ok(&["series", "pause", "the-defiant-ones"]);
    let mut pty = start_at_text(&home, &["write"]);
    pty.send("no lesson today");
    pty.send(CTRL_D);
    pty.wait_for("saved 2026-11-22");
    assert_eq!(pty.end(), 0);
    assert_eq!(text_of(&home, "today"), "no lesson today");
}

#[test]
fn the_editor_opens_with_the_text_so_far_and_typing_goes_on_with_its_text() {
    for script in [
        "sed s/typed/edited/ \"$1\" > new; cat new > \"$1\"",
        // Some editors write a new file and replace the old one by it.
        "sed s/typed/edited/ \"$1\" > \"$1.new\"; mv \"$1.new\" \"$1\"",
    ] {
        let mut home = Sandbox::new();
        set_editor(&mut home, script);
        let mut pty = type_and_edit(&home, "Wörter\rtyped here");
        pty.wait_for_screen("Wörter\nedited here");
        pty.send(" and more");
        finish(pty);
        assert_eq!(text_of(&home, "today"), "Wörter\nedited here and more");
        assert_eq!(home.draft_texts(), [""; 0]);
    }
}

#[test]
fn an_editor_that_fails_or_is_missing_is_named_and_the_words_stay() {
    for (command, said) in [
        ("false", "the editor 'false' ended with status 1"),
        ("no-such-editor", "the editor 'no-such-editor' was not found"),
        ("sh -c 'kill -9 $$'", "was killed"),
        ("un'closed", "cannot be read"),
    ] {
        let mut home = Sandbox::new();
        home.set("VISUAL", command);
        let screen = finish(type_and_edit(&home, "Words\rtyped"));
        assert!(screen.contains(said), "{screen}");
        assert!(screen.contains("hint: your words are still here"), "{screen}");
        assert_eq!(text_of(&home, "today"), "Words\ntyped");
    }
}

#[test]
fn a_blank_editor_is_no_editor_and_the_next_one_is_used() {
    let mut home = Sandbox::new();
    set_editor(&mut home, "echo edited > \"$1\"");
    let command = home.environment().into_iter().find(|(name, _)| name == "VISUAL");
    home.set("EDITOR", &command.expect("set").1);
    home.set("VISUAL", " ");
    finish(type_and_edit(&home, "typed"));
    assert_eq!(text_of(&home, "today"), "edited");
}

#[test]
fn an_editor_that_is_back_at_once_may_be_open_in_a_window() {
    let mut home = Sandbox::new();
    // Saves only when the test creates the file, long after the script has ended.
    set_editor(
        &mut home,
        "(while ! test -e go; do sleep 0.02; done; echo saved later > \"$1\"; touch gone) > /dev/null 2>&1 &",
    );
    let mut pty = start_at_text(&home, &[]);
    pty.send(&format!("typed{ALT_E}"));
    pty.wait_for("The editor came back at once.");
    pty.wait_for("Enter when you are done:");
    std::fs::write(home.home().join("go"), "").expect("written");
    wait_until("the save", || home.home().join("gone").exists());
    pty.send("\r");
    pty.wait_for_screen("saved later");
    pty.wait_for(LISTENING);
    finish(pty);
    assert_eq!(text_of(&home, "today"), "saved later");
}

#[test]
fn a_quick_look_into_an_editor_in_the_terminal_is_no_window() {
    let mut home = Sandbox::new();
    set_editor(&mut home, "stty raw -echo; sleep 0.2; stty sane");
    let screen = finish(type_and_edit(&home, "Words\rtyped"));
    assert!(!screen.contains("came back at once"), "{screen}");
    assert_eq!(text_of(&home, "today"), "Words\ntyped");
}

#[test]
fn the_question_and_the_lesson_stand_in_the_editor_and_are_not_saved() {
    let mut home = Sandbox::new();
    set_editor(
        &mut home,
        "basename \"$1\" > name; cp \"$1\" shown; { echo mine; cat \"$1\"; echo lost; } > new; cat new > \"$1\"",
    );
    let read =
        |home: &Sandbox, name: &str| std::fs::read_to_string(home.home().join(name)).expect("read");
    let mut pty = Pty::start(&home, &["write", "--editor"]);
    pty.wait_for("left out, because it stood below the line:");
    pty.wait_for("lost");
    pty.wait_for("saved 2026-11-22: 1 word");
    assert_eq!(pty.end(), 0);
    assert_eq!(text_of(&home, "today"), "mine");
    assert_eq!(read(&home, "name"), "2026-11-22-dont-put-all-your-eggs-in-one-basket.md\n");
    let shown = read(&home, "shown");
    assert!(shown.starts_with("\n\n-------- This line and all below it are left out."), "{shown}");
    assert!(shown.contains("\nDon't put all your eggs in one basket\n"), "{shown}");
    assert!(shown.contains("\nJimmy Iovine was twenty-four"), "{shown}");

    let words = format!("a\n{}\nb", shown.lines().nth(2).expect("the line"));
    home.ok(&["write", "--day", "yesterday", &words]);
    let mut pty = Pty::start(&home, &["edit", "yesterday"]);
    assert_eq!(pty.end(), 0);
    assert_eq!(text_of(&home, "yesterday"), format!("mine\n{words}\nlost"), "it had no lesson");
    home.ok(&["write", &words]);
    let mut pty = Pty::start(&home, &["edit", "today"]);
    assert_eq!(pty.end(), 0);
    assert_eq!(text_of(&home, "today"), format!("mine\nmine\n\n{words}"));
    assert_eq!(home.draft_texts(), [""; 0]);
}

#[test]
fn an_editor_that_is_left_without_saving_changes_nothing() {
    let mut home = Sandbox::new();
    set_editor(&mut home, "sleep 1.1");
    let screen = finish(type_and_edit(&home, "Words\rtyped"));
    assert!(!screen.contains("came back at once"), "{screen}");
    assert_eq!(text_of(&home, "today"), "Words\ntyped");
}

#[test]
fn write_with_the_editor_saves_what_it_saved_and_nothing_else() {
    let mut home = Sandbox::new();
    set_editor(&mut home, "echo from the editor > \"$1\"");
    let mut pty = Pty::start(&home, &["write", "--editor"]);
    pty.wait_for("saved 2026-11-22: 3 words");
    assert_eq!(pty.end(), 0);
    assert_eq!(text_of(&home, "today"), "from the editor");

    set_editor(&mut home, "sleep 1.1");
    let mut pty = Pty::start(&home, &["write", "--editor"]);
    pty.wait_for("Nothing was written, so nothing is saved.");
    assert_eq!(pty.end(), 0);

    set_editor(&mut home, "echo half done > \"$1\"; exit 3");
    let mut pty = Pty::start(&home, &["write", "--editor"]);
    pty.wait_for("ended with status 3");
    pty.wait_for("what was written is");
    assert_eq!(pty.end(), 2);
    assert_eq!(home.draft_texts(), ["half done\n"]);
    assert_eq!(text_of(&home, "today"), "from the editor");
}

#[test]
fn edit_opens_the_editor_on_the_words() {
    let mut home = Sandbox::new();
    home.ok(&["write", "Old words"]);
    set_editor(&mut home, "sed s/Old/New/ \"$1\" > new; cat new > \"$1\"");
    let mut pty = Pty::start(&home, &["edit"]);
    pty.wait_for("saved 2026-11-22: 2 words");
    assert_eq!(pty.end(), 0);
    assert_eq!(text_of(&home, "today"), "New words");

    set_editor(&mut home, ": > \"$1\"");
    let mut pty = Pty::start(&home, &["edit"]);
    pty.wait_for("the new text is empty; the reflection is as it was");
    assert_eq!(pty.end(), 2);
    assert_eq!(text_of(&home, "today"), "New words");
    assert_eq!(home.draft_texts(), [""; 0]);
}

#[test]
fn delete_shows_the_words_and_asks_before_they_go() {
    let home = Sandbox::new();
    home.ok(&["write", "Words to delete"]);
    for (answer, said) in [
        ("n", "nothing was deleted"),
        ("\r", "nothing was deleted"),
        ("y", "deleted what was written on 2026-11-22; dwell undo brings it back"),
    ] {
        let mut pty = Pty::start(&home, &["delete", "today"]);
        pty.wait_for("Words to delete");
        pty.wait_for("Delete what you wrote on 2026-11-22?");
        pty.send(answer);
        pty.wait_for(said);
        assert_eq!(pty.end(), 0);
        assert!(!pty.cursor_hidden());
    }
    home.ok(&["undo"]);
    let mut pty = Pty::start(&home, &["delete", "today"]);
    pty.wait_for("Delete what you wrote");
    pty.send(CTRL_C);
    assert_eq!(pty.end(), 130);
    assert!(!pty.cursor_hidden());
    assert_eq!(text_of(&home, "today"), "Words to delete");
}

#[test]
fn a_word_or_a_paste_at_a_confirmation_is_no_answer() {
    let home = Sandbox::new();
    home.ok(&["write", "Words to delete"]);
    let ask = || {
        let mut pty = Pty::start(&home, &["delete", "today"]);
        pty.wait_for("[y/N]");
        pty
    };
    let mut pty = ask();
    pty.send("yes, why not");
    pty.paste("y");
    pty.send("y");
    std::thread::sleep(std::time::Duration::from_secs(1));
    assert_eq!(text_of(&home, "today"), "Words to delete");
    pty.send("n");
    pty.wait_for("nothing was deleted");
    assert_eq!(pty.end(), 0);
    // Enter after the letter, as in many programs.
    let mut pty = ask();
    pty.send("y\r");
    pty.wait_for("yes");
    pty.wait_for("deleted what was written");
    assert_eq!(pty.end(), 0);
}

#[test]
fn nothing_is_asked_where_nobody_can_answer() {
    let home = with_a_step_from_yesterday();
    for ran in [home.run(&[]), home.run_with(&[], b"not an answer\n")] {
        assert_eq!((ran.code, ran.err.as_str()), (0, ""));
        assert!(ran.out.starts_with("Yesterday you meant to: call Anna\n\n"), "{}", ran.out);
    }
    let ran = home.run_with(&["edit", "2026-11-22"], b"");
    assert_eq!(ran.code, 2, "{}", ran.err);
    assert_eq!(home.run(&["delete", "2026-11-22"]).code, 2);

    let mut pty = Pty::start(&home, &["--no-input"]);
    assert_eq!(pty.end(), 0);
    assert!(!pty.stream().contains("let go"), "{}", pty.screen());
    let mut pty = Pty::start(&home, &["--no-input", "write"]);
    pty.wait_for("the words cannot be asked for here");
    assert_eq!(pty.end(), 2);
    assert!(home.json(&["show", "today"])["reflection"].is_null());
}

#[test]
fn the_terminal_is_left_as_it_was_found() {
    for at_the_choice in [CTRL_C, "\r"] {
        let home = with_a_step_from_yesterday();
        let mut pty = Pty::start_shell(&home, "stty -g > before; dwell; stty -g > after");
        pty.wait_for("let go");
        pty.send(at_the_choice);
        if at_the_choice != CTRL_C {
            pty.wait_for(LISTENING);
            pty.send(CTRL_D);
        }
        pty.end();
        let read = |name| std::fs::read_to_string(home.home().join(name)).expect("read");
        assert_eq!(read("before"), read("after"), "{at_the_choice:?}");
    }
}

/// A journal in which each of these days has an open step, `step of DAY`.
fn with_steps_of(days: &[&str]) -> Sandbox {
    let mut home = Sandbox::new();
    for day in days {
        home.set_now(&format!("{day}T07:00:00+01:00"));
        home.ok(&["write", "Words.", "--next", &format!("step of {day}")]);
    }
    home
}

#[test]
fn the_three_newest_steps_that_have_not_faded_are_asked_about() {
    let days = ["2026-11-08", "2026-11-19", "2026-11-20", "2026-11-21", "2026-11-22"];
    let mut home = with_steps_of(&days);
    home.set_now("2026-11-23T07:00:00+01:00");
    home.ok(&["quiet", "2026-11-20"]);
    let mut pty = Pty::start(&home, &[]);
    for (asked, letter) in [
        ("Yesterday you meant to: step of 2026-11-22", "n"),
        ("On Saturday you meant to: step of 2026-11-21", "n"),
        ("On Thursday you meant to: step of 2026-11-19", "d"),
    ] {
        pty.wait_for(asked);
        pty.wait_for("let go");
        pty.send(letter);
    }
    pty.wait_for(LISTENING);
    pty.send(CTRL_D);
    assert_eq!(pty.end(), 0);
    let mut pty = start_at_text(&home, &[]);
    pty.send(CTRL_D);
    assert_eq!(pty.end(), 0);
    assert!(!pty.screen().contains("you meant to"), "{}", pty.screen());

    let ran = home.run(&["step"]);
    let open = "2026-11-22  step of 2026-11-22\n2026-11-21  step of 2026-11-21\n\
                2026-11-20  step of 2026-11-20\n";
    assert_eq!(
        (ran.out.as_str(), ran.err.as_str()),
        (open, "1 older step faded: dwell step --all\n")
    );
    assert_eq!(home.json_lines(&["step", "--all"]).len(), 4);
    // A step that faded is answered only by its day.
    for _ in 0..3 {
        home.ok(&["step", "drop"]);
    }
    let ran = home.run(&["step", "done"]);
    let said = "dwell: the only open steps are older ones that faded\nhint: dwell step --all\n";
    assert_eq!((ran.code, ran.err.as_str()), (1, said));
    home.ok(&["step", "done", "2026-11-08"]);
    for _ in 0..4 {
        home.ok(&["undo"]);
    }
    home.set("DWELL_STEP_FADES", "never");
    assert_eq!(home.json_lines(&["step"]).len(), 4);
}

#[test]
fn words_that_are_typed_at_the_question_after_a_step_are_no_answer() {
    let home = with_a_step_from_yesterday();
    let mut pty = Pty::start(&home, &[]);
    pty.wait_for("let go");
    pty.send("I have not done it yet, perhaps later");
    pty.send("   ");
    std::thread::sleep(std::time::Duration::from_secs(1));
    assert_eq!(home.json(&["show", "2026-11-22"])["step"]["state"], "open");
    pty.send("p");
    pty.wait_for("> partly");
    pty.wait_for(LISTENING);
    pty.send(CTRL_C);
    assert_eq!(pty.end(), 130);
    assert_eq!(home.json(&["show", "2026-11-22"])["step"]["state"], "partly");
}

#[test]
fn a_step_is_told_back_with_its_moment_and_its_answer_may_have_words() {
    let mut home = Sandbox::new();
    home.ok(&["write", "Words.", "--next", "call Anna", "--when", "when I get home or so"]);
    assert_eq!(home.run(&["write", "Words.", "--when", "tonight"]).code, 2);
    home.set_now("2026-11-23T07:00:00+01:00");
    let told = "Yesterday you meant to: call Anna (when I get home or so)\n\n";
    assert!(home.ok(&["today"]).starts_with(told));
    home.ok(&["step", "add", "2026-11-23", "run", "--when", "at six"]);
    assert_eq!(
        home.ok(&["step"]),
        "2026-11-23  run (at six)\n2026-11-22  call Anna (when I get home or so)\n"
    );
    let ran = home.run(&["step", "done", "yesterday", "she guffawed"]);
    assert_eq!(ran.err, "saved as done: call Anna (she guffawed)\n");
    for args in [&["show", "yesterday"][..], &["log"], &["review", "--day", "2026-11-29"]] {
        let shown = home.ok(args);
        let step = "Next step (done on 2026-11-23): call Anna (when I get home or so)\n\
                    What came of it: she guffawed\n";
        assert!(shown.contains(step), "{args:?}: {shown}");
    }
    assert_eq!(home.json_lines(&["search", "--reflections", "guffawed"]).len(), 1);
    let step = home.json(&["show", "yesterday"])["step"].clone();
    assert_eq!(
        (&step["when"], &step["outcome"]),
        (&"when I get home or so".into(), &"she guffawed".into())
    );
    home.ok(&["forget", "yesterday", "--yes"]);
    let bytes = std::fs::read(home.journal()).expect("read");
    for word in ["guffawed", "get home or so", "call Anna"] {
        assert!(!bytes.windows(word.len()).any(|at| at == word.as_bytes()), "{word}");
    }
}

#[test]
fn old_steps_are_let_go_together_and_undo_brings_them_back() {
    let home = with_steps_of(&["2026-11-20", "2026-11-21", "2026-11-22"]);
    let ran = home.run(&["step", "drop", "--before", "2026-11-22"]);
    let said =
        "2026-11-21  step of 2026-11-21\n2026-11-20  step of 2026-11-20\nlet go of 2 steps\n";
    assert_eq!((ran.code, ran.err.as_str()), (0, said));
    assert_eq!(home.ok(&["step"]), "2026-11-22  step of 2026-11-22\n");
    let ran = home.run(&["step", "drop", "--before", "2026-11-22"]);
    assert_eq!(
        (ran.code, ran.err.lines().next()),
        (1, Some("dwell: no step from before 2026-11-22 is open"))
    );
    home.ok(&["undo"]);
    assert_eq!(home.json_lines(&["step"]).len(), 3);
}

#[test]
fn the_last_line_is_true_whatever_was_done() {
    let mut home = Sandbox::new();
    home.ok(&["write", "Words."]);
    let mut pty = Pty::start(&home, &[]);
    wait_for_next_step(&mut pty);
    pty.send(CTRL_C);
    pty.wait_for("stopped; your words are saved");
    assert_eq!(pty.end(), 130);
    // Coming back and leaving the step empty.
    let mut pty = Pty::start(&home, &[]);
    wait_for_next_step(&mut pty);
    pty.send("\r");
    pty.wait_for("Your words of today are saved.");
    assert_eq!(pty.end(), 0);
    // Leaving at the moment of a step keeps the step.
    home.set_now("2026-11-23T07:00:00+01:00");
    home.ok(&["write", "Words."]);
    let mut pty = Pty::start(&home, &[]);
    wait_for_next_step(&mut pty);
    pty.send("run\r");
    pty.wait_for(WHEN);
    pty.send(&format!("at s{CTRL_C}"));
    pty.wait_for("stopped; your words are saved");
    assert_eq!(pty.end(), 130);
    let step = home.json(&["show"])["step"].clone();
    assert_eq!((&step["text"], &step["when"]), (&"run".into(), &serde_json::Value::Null));
}

#[test]
fn after_saving_comes_one_line_from_the_past_and_at_first_what_can_be_done_next() {
    let mut home = Sandbox::at("2025-11-18T07:00:00+01:00");
    home.set("DWELL_SCREEN", "page");
    let save = |home: &Sandbox| {
        let mut pty = Pty::start(home, &["write", "Today I wrote this."]);
        assert_eq!(pty.end(), 0);
        pty.screen()
    };
    let next = "dwell edit \u{b7} dwell undo \u{b7} dwell review";
    assert!(save(&home).contains(next));
    home.set_now("2025-11-24T07:00:00+01:00");
    assert!(save(&home).contains(next), "the seventh day");
    home.set_now("2026-11-18T07:00:00+01:00");
    let past = "A year ago: Today I wrote this.  (dwell show 2025-11-18)";
    let screen = save(&home);
    assert!(screen.contains(past) && !screen.contains(next), "{screen}");
    home.ok(&["quiet", "2025-11-18"]);
    assert!(!save(&home).contains("A year ago"));
    home.ok(&["quiet", "2025-11-18", "--off"]);
    assert!(save(&home).contains(past));
    // The nearest that has words; on a Monday also the week.
    home.set_now("2026-11-23T07:00:00+01:00");
    home.ok(&["write", "--day", "-7d", "A week before I wrote this. And more."]);
    let screen = save(&home);
    assert!(
        screen.contains("A week ago: A week before I wrote this.  (dwell show 2026-11-16)"),
        "{screen}"
    );
    assert!(screen.contains("dwell review week -7d"), "{screen}");
    // For another day, its own past.
    let mut pty = Pty::start(&home, &["write", "--day", "2026-11-19", "Late."]);
    assert_eq!(pty.end(), 0);
    assert!(!pty.screen().contains(" ago"), "{}", pty.screen());
    home.ok(&["write", "--day", "2026-10-19", "A month before."]);
    let mut pty = Pty::start(&home, &["write", "--day", "2026-11-19", "Later."]);
    assert_eq!(pty.end(), 0);
    assert!(pty.screen().contains("A month earlier: A month before."), "{}", pty.screen());
    assert!(!home.run(&["write", "In a pipe."]).err.contains("earlier"));
}
