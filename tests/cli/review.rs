//! Looking back at a terminal and without one: the review by keys, the end of a series, a lesson
//! that is served again, and forgetting.

use std::fs;

use crate::pty::Pty;
use crate::sandbox::Sandbox;

const CTRL_D: &str = "\x04";
const CTRL_C: &str = "\x03";
/// Stands under each item of a review. When it is there, dwell reads keys.
const KEYS: &str = "[q] stop";

fn at(sandbox: &mut Sandbox, day: &str) {
    sandbox.set_now(&format!("{day}T07:00:00+01:00"));
}

/// A home on the 22nd of November with entries of about a year, a month and a week before, and an
/// older one.
fn with_past() -> Sandbox {
    let mut home = Sandbox::new();
    for (day, text) in [
        ("2025-06-03", "An old one, of June."),
        ("2025-11-22", "A year ago I wrote this."),
        ("2026-10-20", "Two days before a month ago."),
        ("2026-11-15", "Last week."),
    ] {
        at(&mut home, day);
        home.ok(&["write", text]);
    }
    home.ok(&["step", "add", "call Anna"]);
    at(&mut home, "2026-11-22");
    home
}

#[test]
fn without_a_terminal_all_of_a_review_is_shown() {
    let mut home = with_past();
    home.set("COLUMNS", "60");
    insta::assert_snapshot!(home.screen(&["review"]));
}

#[test]
fn there_may_be_nothing_to_look_back_on_yet() {
    let home = Sandbox::new();
    assert_eq!(home.run(&["review"]).code, 1);
    home.ok(&["write", "The first words."]);
    let ran = home.run(&["review"]);
    assert_eq!((ran.code, ran.out.as_str()), (1, ""));
    assert!(ran.err.contains("nothing to look back on yet"), "{}", ran.err);
}

#[test]
fn the_spans_of_a_review_are_settings() {
    let mut home = with_past();
    home.set("DWELL_REVIEW_SPANS", "18m 1w");
    let agos = |home: &Sandbox| -> Vec<String> {
        let lines = home.json_lines(&["review"]);
        lines.iter().map(|line| line["ago"].as_str().expect("ago").to_owned()).collect()
    };
    assert_eq!(agos(&home), ["1 week", "older"]);
    home.set("DWELL_REVIEW_SPANS", "years");
    assert_eq!(agos(&home), ["1 year", "open step", "older"]);
    home.set("DWELL_REVIEW_SPANS", "soon");
    assert_eq!(home.run(&["review"]).code, 2);
}

#[test]
fn a_review_goes_on_and_back_by_keys_and_takes_an_afterthought() {
    let home = with_past();
    let mut pty = Pty::start(&home, &["review"]);
    pty.wait_for("1 week ago");
    pty.wait_for(KEYS);
    pty.send(" ");
    pty.wait_for("1 month ago was empty (22 October); Tuesday 20 October 2026");
    pty.wait_for(KEYS);
    pty.send("\x1b[D");
    pty.wait_for("1 week ago");
    pty.wait_for(KEYS);
    pty.send("\r\x1b[C");
    pty.wait_for("1 year ago");
    pty.wait_for(KEYS);
    pty.send("a");
    pty.wait_for("Your afterthought:");
    pty.send("Still true.\r");
    pty.wait_for("saved an afterthought on 2025-11-22");
    pty.wait_for(KEYS);
    pty.send("l");
    pty.wait_for("loved: ");
    pty.wait_for("[l] no longer love");
    // Keys that are typed fast are keys all the same, and one that does nothing does nothing.
    pty.send("bn \x1b[C");
    pty.wait_for("Older, Tuesday 3 June 2025");
    pty.wait_for(KEYS);
    pty.send(" ");
    assert_eq!(pty.end(), 0);
    let entry = home.json(&["show", "2025-11-22"]);
    assert_eq!(entry["afterthoughts"][0]["text"], "Still true.");
    assert_eq!(entry["lesson"]["loved"], true);
}

#[test]
fn a_paste_is_not_read_as_keys_and_a_half_typed_afterthought_becomes_a_draft() {
    let home = with_past();
    let mut pty = Pty::start(&home, &["review"]);
    pty.wait_for(KEYS);
    pty.paste("such a quick look\nback");
    pty.send("a");
    pty.wait_for("Your afterthought:");
    pty.send("half a thought");
    pty.wait_for("half a thought");
    pty.send(CTRL_C);
    pty.wait_for("your words are kept as a draft");
    assert_eq!(pty.end(), 130);
    assert_eq!(home.draft_texts(), ["half a thought"]);
    assert_eq!(home.run(&["log", "--loved"]).code, 1);
}

#[test]
fn a_review_can_be_left_at_any_time() {
    let mut home = with_past();
    for (screen, stays) in [("lines", true), ("page", false)] {
        home.set("DWELL_SCREEN", screen);
        for (key, code) in [("q", 0), ("\x1b", 0), (CTRL_D, 0), (CTRL_C, 130)] {
            let mut pty = Pty::start(&home, &["review"]);
            pty.wait_for(KEYS);
            pty.send(key);
            assert_eq!(pty.end(), code, "{key:?}");
            assert_eq!(pty.screen().contains("[q]"), stays, "{}", pty.screen());
        }
    }
    assert_eq!(home.run(&["--no-input", "review"]).code, 0);
}

#[test]
fn the_end_of_a_series_shows_the_first_sentences_together_and_offers_them_again() {
    let mut home = Sandbox::new();
    for number in 1..=5 {
        at(&mut home, &format!("2026-11-2{number}"));
        if number < 5 {
            home.ok(&["write", &format!("The beginning of day {number}. The rest of it.")]);
        }
    }
    let mut pty = Pty::start(&home, &[]);
    pty.wait_for("Ctrl-C stops");
    pty.wait_for("\x1b[?2004h");
    pty.send("The beginning of day 5. The rest of it.\r");
    pty.send(CTRL_D);
    pty.wait_for("Your next step");
    pty.send("\r");
    pty.wait_for("what you wrote");
    pty.wait_for("The beginning of day 1.");
    pty.wait_for("The beginning of day 5.");
    pty.wait_for("Which of these five stays with you");
    pty.wait_for("Bring these five lessons back in three months?");
    pty.send("y");
    pty.wait_for("They come again from 2027-02-25 on.");
    assert_eq!(pty.end(), 0);
    assert!(!pty.screen().contains("The rest of it.\n\n2. "), "{}", pty.screen());
    // On that day it is shown again without a question, on the next day no more.
    let again = home.run(&[]);
    assert!(again.out.contains("what you wrote") && again.code == 0, "{}", again.out);
    let question = "Which of these five stays with you, and where did you learn something like it?";
    assert!(again.out.replace('\n', " ").contains(question), "{}", again.out);
    at(&mut home, "2026-11-26");
    assert!(!home.ok(&[]).contains("what you wrote"));
    at(&mut home, "2027-02-25");
    let lesson = home.json(&["today"]);
    assert_eq!(lesson["lesson"]["number"], 1);
    assert!(home.ok(&["why"]).contains("you asked for it again"));
}

#[test]
fn a_series_can_be_asked_back_without_a_person() {
    let home = Sandbox::new();
    home.ok(&["today"]);
    let ran = home.run(&["series", "again", "the-defiant-ones", "week"]);
    assert_eq!(ran.code, 0);
    assert!(ran.err.contains("come again from 2026-11-29 on"), "{}", ran.err);
    assert_eq!(home.run(&["series", "again", "the-defiant-ones", "never"]).code, 2);
    assert_eq!(home.run(&["series", "again", "none"]).code, 1);
    let undone = home.run(&["undo"]).err;
    assert_eq!(undone.matches("undo: ").count(), 1, "told once: {undone}");
    assert_eq!(home.run(&["undo"]).code, 1);
}

#[test]
fn when_a_lesson_is_served_again_the_earlier_words_stand_beside_the_new_ones() {
    let mut home = Sandbox::new();
    home.ok(&["write", "What I thought then.", "--next", "call Anna", "--again", "week"]);
    home.ok(&["step", "done"]);
    at(&mut home, "2026-11-29");
    home.set("DWELL_SCREEN", "page");
    let mut pty = Pty::start(&home, &[]);
    pty.wait_for("Write here.");
    assert!(!pty.stream().contains("What I thought then."), "not before the new words");
    pty.send("What I think now.");
    pty.send(CTRL_D);
    assert_eq!(pty.end(), 0);
    let screen = pty.screen();
    let line = |text: &str| screen.lines().position(|line| line.contains(text));
    assert_eq!(line("22 November 2026    "), line("   29 November 2026"), "{screen}");
    let old = line("What I thought then.").expect("shown");
    assert!(screen.lines().nth(old).expect("a line").ends_with("What I think now."), "{screen}");
    assert!(screen.contains("Next step (done on"), "{screen}");
}

#[test]
fn forgetting_asks_for_the_day_to_be_typed() {
    let home = Sandbox::new();
    home.ok(&["write", "A qxylograph."]);
    for (typed, kept) in [("yes", true), ("", true), ("2026-11-21", true), ("2026-11-22", false)] {
        let mut pty = Pty::start(&home, &["forget", "today"]);
        pty.wait_for("A qxylograph.");
        pty.wait_for("Type 2026-11-22 to erase this for good:");
        pty.send(&format!("{typed}\r"));
        assert_eq!(pty.end(), 0, "{typed}");
        assert_eq!(pty.screen().contains("nothing was forgotten"), kept, "{}", pty.screen());
        assert_eq!(home.ok(&["show"]).contains("A qxylograph."), kept, "{typed}");
    }
    let bytes = fs::read(home.journal()).expect("read");
    assert!(!bytes.windows(10).any(|part| part == b"qxylograph"));
}

#[test]
fn forgetting_without_a_person_takes_yes_and_tells_of_other_copies() {
    let home = Sandbox::new();
    // No lesson has this word, so a search can find it only in what was forgotten.
    home.ok(&["write", "An okapi."]);
    home.ok(&["write", "More of it."]);
    let refused = home.run(&["forget", "today"]);
    assert_eq!(refused.code, 2);
    assert!(refused.err.contains("--yes"), "{}", refused.err);
    let backups = home.home().join(".local/share/dwell/backups");
    fs::create_dir(&backups).expect("made");
    fs::copy(home.journal(), backups.join("2026-11-22.db")).expect("copied");
    fs::write(backups.join("other.db"), "no journal").expect("written");
    let ran = home.run(&["forget", "today", "--yes"]);
    assert_eq!(ran.code, 0);
    assert!(ran.err.contains("1 backup of dwell still holds it"), "{}", ran.err);
    assert!(ran.err.contains("a backup could not be read"), "{}", ran.err);
    assert_eq!(ran.err.matches("An okapi.").count(), 2, "earlier states are shown: {}", ran.err);
    let ran = home.run(&["forget", "today"]);
    assert_eq!(ran.code, 0);
    assert!(ran.err.contains("forgotten already"), "{}", ran.err);
    assert!(ran.err.contains("dwell forget 2026-11-22 --backups"), "{}", ran.err);
    assert_eq!(home.run(&["forget", "today", "--backups", "--yes"]).code, 0);
    for file in [home.journal(), backups.join("2026-11-22.db")] {
        let bytes = fs::read(file).expect("read");
        assert!(!bytes.windows(8).any(|part| part == b"An okapi"));
    }
    let ran = home.run(&["undo"]);
    assert_eq!(ran.code, 1);
    assert!(ran.err.contains("the last thing done was to forget"), "{}", ran.err);
    assert_eq!(home.run(&["undo", "--yes"]).code, 1);
    assert_eq!(home.run(&["search", "okapi"]).code, 1);
}

#[test]
fn forgetting_shows_all_that_goes_and_leaves_a_backup_it_only_looks_into_as_it_was() {
    let mut home = Sandbox::new();
    home.ok(&["write", "A deleted secret.", "--next", "the first step"]);
    home.ok(&["step", "add", "another step"]);
    home.ok(&["afterthought", "today", "an undone afterthought"]);
    home.ok(&["undo"]);
    home.ok(&["delete", "today", "--yes"]);
    let backups = home.home().join(".local/share/dwell/backups");
    fs::create_dir(&backups).expect("made");
    let backup = rusqlite::Connection::open(backups.join("old.db")).expect("created");
    backup.execute_batch(include_str!("../fixtures/form-1.sql")).expect("made");
    drop(backup);
    let old = fs::read(backups.join("old.db")).expect("read");
    assert_eq!(home.run(&["forget", "2026-11-01", "--yes"]).code, 1);
    assert_eq!(fs::read(backups.join("old.db")).expect("read"), old);
    let ran = home.run(&["forget", "today", "--yes"]);
    for words in ["A deleted secret.", "the first step", "another step", "an undone afterthought"] {
        assert!(ran.err.contains(words), "{words}: {}", ran.err);
    }
    at(&mut home, "2026-11-24");
    let ran = home.run(&["forget", "2026-11-01", "--backups", "--yes"]);
    assert_eq!(ran.code, 0, "{}", ran.err);
    let bytes = fs::read(backups.join("old.db")).expect("read");
    assert!(!bytes.windows(7).any(|part| part == "Größe".as_bytes()));
}

#[test]
fn an_open_step_alone_is_something_to_look_back_on() {
    let mut home = Sandbox::new();
    home.ok(&["today"]);
    home.ok(&["step", "add", "call Anna"]);
    at(&mut home, "2026-11-23");
    assert!(home.ok(&["review"]).contains("call Anna"));
}

#[test]
fn a_quiet_entry_comes_back_only_if_it_is_asked_for() {
    let mut home = Sandbox::at("2026-11-15T07:00:00+01:00");
    home.ok(&["write", "A loss. #grief", "--next", "call"]);
    home.set_now("2026-11-22T07:00:00+01:00");
    let all = [&["review"][..], &["review", "week", "2026-11-15"], &["review", "month"]];
    for args in all {
        assert!(home.ok(args).contains("A loss."), "{args:?}");
    }
    let ran = home.run(&["quiet", "2026-11-15"]);
    let said =
        "2026-11-15 no longer comes back by itself; to let it: dwell quiet 2026-11-15 --off\n";
    assert_eq!((ran.code, ran.err.as_str()), (0, said));
    assert_eq!(home.run(&["quiet", "2026-11-15"]).err, "2026-11-15 is quiet already\n");
    for args in all {
        let shown = home.run(args).out;
        assert!(!shown.contains("A loss.") && !shown.contains("call"), "{args:?}: {shown}");
    }
    assert!(!home.ok(&["today"]).contains("you meant to"));
    assert!(home.ok(&["show", "2026-11-15"]).contains("A loss."));
    assert!(home.ok(&["log"]).contains("A loss."));
    assert_eq!(home.json_lines(&["search", "--reflections", "loss"]).len(), 1);
    home.ok(&["undo"]);
    assert!(home.ok(&["review"]).contains("A loss."));
    assert_eq!(home.run(&["quiet", "2026-11-14"]).code, 1);
    assert_eq!(home.run(&["quiet"]).code, 2);
}
