//! `dwell undo` and `dwell redo`, saved states that are brought back, and clocks that were wrong.

use std::fs;

use serde_json::{Value, json};

use crate::pty::Pty;
use crate::sandbox::{Run, Sandbox};

/// What everything in the journal looks like to a script, and today's page to a person.
fn state(home: &Sandbox) -> Vec<String> {
    let page = home.run(&["show"]).out;
    [&["log"][..], &["step"], &["series"], &["lesson", "list"], &["rest"]]
        .map(|args| home.run(&[args, &["--json"]].concat()).out)
        .into_iter()
        .chain([page])
        .collect()
}

fn text(home: &Sandbox, day: &str) -> Value {
    home.json(&["show", day])["reflection"]["text"].clone()
}

#[track_caller]
fn succeeds(home: &Sandbox, args: &[&str]) -> Run {
    let ran = home.run(args);
    assert_eq!(ran.code, 0, "{args:?}: {}", ran.err);
    ran
}

/// A home with one entry: words, a step, and a series of one lesson.
fn lived_in() -> Sandbox {
    let home = Sandbox::with_small_shelf("2026-11-22T07:00:00+01:00");
    home.ok(&["write", "first words", "--next", "call Anna"]);
    let file = home.series_file("walks", 1);
    home.ok(&["series", "add", &file]);
    home
}

#[test]
fn every_change_is_named_as_its_command_undone_and_redone() {
    let home = lived_in();
    let file = home.series_file("talks", 2);
    for (args, named) in [
        (&["write", "more words"][..], "what was saved on 2026-11-22, which reads:"),
        (&["delete", "today", "--yes"], "dwell delete 2026-11-22"),
        (&["step", "add", "walk home"], "the next step of 2026-11-22, which reads:\nwalk home"),
        (&["step", "done", "today"], "dwell step done 2026-11-22"),
        (&["step", "partly", "today"], "dwell step partly 2026-11-22"),
        (&["step", "drop", "today"], "dwell step drop 2026-11-22"),
        (
            &["step", "done", "today", "she laughed"],
            "dwell step done 2026-11-22, which reads:\nshe",
        ),
        (
            &["step", "add", "walk", "--when", "at noon"],
            "the next step of 2026-11-22, which reads:\nwalk (at noon)",
        ),
        (&["quiet", "today"], "dwell quiet 2026-11-22\n"),
        (
            &["afterthought", "today", "later"],
            "the afterthought on 2026-11-22, which reads:\nlater",
        ),
        (&["lesson", "love", "the-defiant-ones/1"], "dwell lesson love the-defiant-ones/1\n"),
        (
            &["lesson", "again", "the-defiant-ones/2", "week"],
            "dwell lesson again the-defiant-ones/2, from 2026-11-29 on",
        ),
        (
            &["series", "again", "the-defiant-ones", "week"],
            "dwell series again the-defiant-ones, from 2026-11-29 on",
        ),
        (&["lesson", "retire", "walks/1"], "dwell lesson retire walks/1"),
        (&["series", "add", &file], "what added the series talks (2 lessons)"),
        (&["series", "pause", "walks"], "dwell series pause walks"),
        (&["series", "next", "the-pillow-book"], "dwell series next the-pillow-book"),
        (&["rest", "2026-12-24", "2026-12-26"], "dwell rest 2026-12-24 2026-12-26\n"),
    ] {
        let before = state(&home);
        home.ok(args);
        let after = state(&home);
        // Whether and when a lesson comes again is not listed anywhere.
        assert!(before != after || args[1] == "again" || args[1] == "retire", "{args:?}");
        let undone = succeeds(&home, &["undo"]);
        assert!(undone.err.starts_with(&format!("undo: {named}")), "{args:?}: {}", undone.err);
        assert!(undone.err.ends_with("hint: dwell redo puts it back\n"), "{}", undone.err);
        assert_eq!(undone.err.matches("undo: ").count(), 1, "named once: {}", undone.err);
        assert_eq!(state(&home), before, "undo of {args:?}");
        let redone = succeeds(&home, &["redo"]);
        let (named, _) = named.split_once(", which reads").unwrap_or((named.trim_end(), ""));
        assert!(redone.err.starts_with(&format!("redo: {named}")), "{args:?}: {}", redone.err);
        assert_eq!(state(&home), after, "redo of {args:?}");
        assert_eq!(home.run(&["redo"]).code, 1, "there is no more");
        home.ok(&["undo"]);
    }
}

#[test]
fn several_undos_are_redone_until_there_is_a_new_change() {
    let home = Sandbox::with_small_shelf("2026-11-22T07:00:00+01:00");
    for words in ["one", "two", "three"] {
        home.ok(&["write", words]);
    }
    home.ok(&["undo"]);
    home.ok(&["undo"]);
    assert_eq!(text(&home, "today"), "one");
    home.ok(&["redo"]);
    assert_eq!(text(&home, "today"), "one\n\ntwo");
    // A lesson that is served is no change of the person.
    home.ok(&["today"]);
    home.ok(&["redo"]);
    assert_eq!(text(&home, "today"), "one\n\ntwo\n\nthree");
    home.ok(&["undo"]);
    home.ok(&["write", "four"]);
    let ran = home.run(&["redo"]);
    assert_eq!(ran.code, 1);
    assert!(ran.err.contains("there is nothing to redo"), "{}", ran.err);
    assert_eq!(text(&home, "today"), "one\n\ntwo\n\nfour");
    assert_eq!(home.json(&["undo"]), json!({"took_back": "wrote", "of": "2026-11-22"}));
    assert_eq!(home.json(&["redo"]), json!({"put_back": "wrote", "of": "2026-11-22"}));
}

#[test]
fn undo_asks_before_it_leaves_today() {
    let mut home = Sandbox::new();
    home.ok(&["write", "yesterday's words"]);
    home.set_now("2026-11-23T07:00:00+01:00");
    // What was done today may be about another day.
    home.ok(&["write", "--day", "yesterday", "late words"]);
    home.ok(&["undo"]);
    assert_eq!(text(&home, "yesterday"), "yesterday's words");
    let refused = home.run(&["undo"]);
    assert_eq!(refused.code, 2);
    assert!(refused.err.contains("was made on 2026-11-22"), "{}", refused.err);
    assert!(refused.err.ends_with("hint: --yes\n"), "{}", refused.err);
    assert_eq!(text(&home, "yesterday"), "yesterday's words");

    let mut pty = Pty::start(&home, &["undo"]);
    pty.wait_for("yesterday's words");
    pty.wait_for("This was done on 2026-11-22. Undo it?");
    pty.send("n");
    pty.wait_for("nothing was undone");
    assert_eq!(pty.end(), 0);
    assert_eq!(text(&home, "yesterday"), "yesterday's words");
    let mut pty = Pty::start(&home, &["undo"]);
    pty.wait_for("Undo it?");
    pty.send("y");
    pty.wait_for("dwell redo puts it back");
    assert_eq!(pty.end(), 0);
    assert_eq!(text(&home, "yesterday"), Value::Null);
    home.ok(&["redo"]);
    home.ok(&["undo", "--yes"]);
    assert_eq!(text(&home, "yesterday"), Value::Null);
}

#[test]
fn a_night_is_a_part_of_the_day_before_for_undo_too() {
    let mut home = Sandbox::at("2026-11-22T22:00:00+01:00");
    home.ok(&["write", "evening"]);
    home.set_now("2026-11-23T03:00:00+01:00");
    home.ok(&["undo"]);
    home.ok(&["redo"]);
    home.set_now("2026-11-23T05:00:00+01:00");
    assert_eq!(home.run(&["undo"]).code, 2);
}

#[test]
fn nothing_is_undone_unseen() {
    let home = lived_in();
    let Ok(full) = fs::OpenOptions::new().write(true).open("/dev/full") else { return };
    let full = || full.try_clone().expect("cloned");
    for args in [&["write", "words that are shown"][..], &["lesson", "love", "walks/1"]] {
        home.ok(args);
        let before = state(&home);
        for (verb, out_is_full) in [("undo", false), ("undo", true)] {
            let mut command = home.command(&[verb, "--json"]);
            if out_is_full {
                command.stdout(full())
            } else {
                command.stderr(full())
            };
            let ran: Run = command.output().expect("started").into();
            assert_eq!(ran.code, 3, "{args:?} {verb}");
            assert_eq!(state(&home), before, "{args:?} {verb}");
        }
        let quiet = succeeds(&home, &["undo", "--quiet"]);
        let wanted = if args[0] == "write" { "first words\n\nwords that are shown\n" } else { "" };
        assert_eq!(quiet.err, wanted);
    }
    // A redo that removes words shows them too.
    home.ok(&["delete", "today", "--yes"]);
    home.ok(&["undo"]);
    let ran: Run = home.command(&["redo"]).stderr(full()).output().expect("started").into();
    assert_eq!((ran.code, text(&home, "today")), (3, json!("first words")));
    let redone = succeeds(&home, &["redo"]);
    assert!(redone.err.contains("first words"), "{}", redone.err);
    assert_eq!(text(&home, "today"), Value::Null);
}

#[test]
fn a_saved_state_is_brought_back_by_its_number() {
    let mut home = Sandbox::with_small_shelf("2026-11-22T07:00:00+01:00");
    home.ok(&["write", "first"]);
    assert_eq!(home.run_with(&["edit"], b"second\n").code, 0);
    home.ok(&["undo"]);
    home.ok(&["undo"]);
    assert_eq!(text(&home, "today"), Value::Null);
    let shown = succeeds(&home, &["show", "--revisions"]);
    assert!(shown.err.contains("hint: dwell edit 2026-11-22 --revision N"), "{}", shown.err);
    // Both were undone; either comes back.
    let restore = |number: &str| home.run(&["edit", "today", "--revision", number, "--yes"]);
    assert_eq!(restore("2").code, 0);
    assert_eq!(text(&home, "today"), "second");
    assert_eq!(restore("1").code, 0);
    assert_eq!(text(&home, "today"), "first");
    assert!(restore("1").err.contains("nothing was changed"));
    let states = home.json_lines(&["show", "--revisions"]);
    assert_eq!(states.len(), 4, "each is a new saved state");
    assert_eq!(states[3]["state"], "current");
    let none = restore("5");
    assert_eq!(none.code, 1);
    assert!(
        none.err.contains("2026-11-22 has 4 saved states, and 5 is none of them"),
        "{}",
        none.err
    );
    assert!(none.err.contains("hint: dwell show 2026-11-22 --revisions"), "{}", none.err);
    assert_eq!(restore("0").code, 1);
    assert_eq!(home.run(&["edit", "2026-11-03", "--revision", "1", "--yes"]).code, 1);
    // Without an answer and without an editor nothing is changed.
    let refused = home.run(&["edit", "--revision", "2"]);
    assert_eq!(refused.code, 2);
    assert!(refused.err.contains("--yes brings that state back as it is"), "{}", refused.err);
    assert_eq!(home.run(&["edit", "--yes"]).code, 2, "--yes is for a saved state");
    home.set("EDITOR", "sh -c 'echo third >> \"$0\"'");
    home.ok(&["edit", "--revision", "2"]);
    assert_eq!(text(&home, "today"), "second\nthird");
    assert_eq!(home.draft_texts(), [""; 0]);
    home.ok(&["undo"]);
    assert_eq!(text(&home, "today"), "first");
}

#[test]
fn a_saved_state_that_was_deleted_comes_back_at_a_terminal() {
    let mut home = Sandbox::new();
    home.ok(&["write", "deleted words"]);
    home.ok(&["delete", "today", "--yes"]);
    home.set("EDITOR", "true");
    for (answer, wanted) in [("n", Value::Null), ("y", json!("deleted words"))] {
        let mut pty = Pty::start(&home, &["edit", "--revision", "1"]);
        pty.wait_for("Enter when you are done");
        pty.send("\r");
        pty.wait_for("Bring this state back as it is?");
        pty.send(answer);
        assert_eq!(pty.end(), 0);
        assert_eq!(text(&home, "today"), wanted);
        assert_eq!(home.draft_texts(), [""; 0]);
    }
}

/// A home where a clock stood in 2031 for one run, and is right again on the next day.
fn after_a_clock_ahead() -> Sandbox {
    let mut home = Sandbox::with_small_shelf("2026-11-30T09:00:00+00:00");
    home.ok(&["write", "a right day"]);
    home.set_now("2031-01-01T09:00:00+00:00");
    home.ok(&["write", "words of a wrong day", "--next", "call"]);
    home.set_now("2026-12-01T09:00:00+00:00");
    home
}

#[test]
fn one_run_with_a_clock_ahead_takes_nothing_from_the_days_after_it() {
    let mut home = after_a_clock_ahead();
    for day in ["2026-12-01", "2026-12-02", "2026-12-03"] {
        home.set_now(&format!("{day}T09:00:00+00:00"));
        let saved = succeeds(&home, &["write", &format!("words of {day}")]);
        assert!(saved.err.contains("though 2031-01-01 had its lesson already"), "{}", saved.err);
        assert!(saved.err.contains(&format!("today is {day} by the clock")), "{}", saved.err);
        assert!(saved.err.contains("hint:") && saved.err.contains("dwell undo"), "{}", saved.err);
        assert!(saved.err.contains(&format!("saved {day}: ")), "{}", saved.err);
    }
    assert_eq!(home.json(&["today"])["lesson"]["number"], 5, "the wrong day used up the second");
    // Words first, then the question; then everything else is as before.
    let refused = home.run(&["undo"]);
    assert_eq!(refused.code, 2);
    assert!(refused.err.contains("the lesson of 2031-01-01 came while a clock was wrong"));
    let taken = succeeds(&home, &["undo", "--yes"]);
    assert!(taken.err.contains("words of a wrong day"), "{}", taken.err);
    assert!(
        taken.err.contains("the words are kept: dwell show 2031-01-01 --revisions"),
        "{}",
        taken.err
    );
    assert_eq!(home.run(&["show", "2031-01-01"]).code, 1);
    let kept = home.json_lines(&["show", "2031-01-01", "--revisions"]);
    assert_eq!(kept[0]["text"], "words of a wrong day");
    assert_eq!(text(&home, "2026-12-03"), "words of 2026-12-03");
    home.set_now("2026-12-04T09:00:00+00:00");
    let today = succeeds(&home, &["today", "--json"]);
    assert_eq!(today.err, "", "nothing is wrong any more");
    let today: Value = serde_json::from_str(&today.out).expect("JSON");
    assert_eq!(today["lesson"]["number"], 2, "the lesson waited");
    home.ok(&["redo"]);
    assert_eq!(text(&home, "2031-01-01"), "words of a wrong day");
}

#[test]
fn at_a_terminal_a_day_of_a_wrong_clock_may_stay_and_the_last_change_is_offered() {
    let home = after_a_clock_ahead();
    home.ok(&["write", "right words"]);
    let mut pty = Pty::start(&home, &["undo"]);
    pty.wait_for("words of a wrong day");
    pty.wait_for("The lesson of 2031-01-01 came while a clock was wrong. Take it away?");
    pty.send("n");
    pty.wait_for("right words");
    pty.wait_for("dwell redo puts it back");
    assert_eq!(pty.end(), 0);
    assert_eq!(text(&home, "today"), Value::Null);
    assert_eq!(text(&home, "2031-01-01"), "words of a wrong day");
}

#[test]
fn every_command_that_writes_says_which_day_it_took() {
    let mut home = Sandbox::with_small_shelf("2026-11-22T07:00:00+13:00");
    home.ok(&["write", "words", "--next", "call"]);
    // Over the date line to the west, an hour later.
    home.set_now("2026-11-21T09:00:00-10:00");
    let said = "the clock says 2026-11-21, but the lesson of 2026-11-22 came already, so today is \
                still 2026-11-22\n";
    home.set("EDITOR", "sh -c 'echo more >> \"$0\"'");
    for args in [
        &[][..],
        &["today"],
        &["write", "more"],
        &["edit"],
        &["edit", "--revision", "1", "--yes"],
        &["step", "done", "today"],
        &["step", "add", "walk"],
        &["afterthought", "today", "later"],
        &["rest", "today"],
        &["quiet", "today"],
        &["lesson", "love", "today"],
        &["lesson", "again", "today", "week"],
        &["series", "again", "the-defiant-ones", "week"],
        &["delete", "today", "--yes"],
        &["redo"],
    ] {
        if args == ["redo"] {
            home.ok(&["undo", "--yes"]);
        }
        let ran = succeeds(&home, args);
        assert_eq!(ran.err.matches(said).count(), 1, "{args:?}: {}", ran.err);
    }
    assert_eq!(home.json_lines(&["log"]).len(), 1);
    // On a day that is simply the clock's, nothing is told.
    home.set_now("2026-11-23T09:00:00-10:00");
    assert_eq!(succeeds(&home, &["today"]).err, "");
}

#[test]
fn a_clock_that_is_plainly_behind_serves_no_lesson_and_says_so() {
    let mut home = Sandbox::new();
    for day in 20..28 {
        home.set_now(&format!("2026-11-{day}T09:00:00+00:00"));
        home.ok(&["today"]);
    }
    let before = state(&home);
    for wrong in ["1970-01-01T00:00:10+00:00", "2000-06-01T12:00:00+00:00"] {
        home.set_now(wrong);
        let ran = home.run(&["today"]);
        assert_eq!((ran.code, ran.out.as_str()), (2, ""));
        assert!(ran.err.contains("but lessons came until 2026-11-27"), "{}", ran.err);
        assert!(ran.err.contains("hint: set the clock"), "{}", ran.err);
        assert_eq!(home.run(&[]).code, 2);
        home.set_now("2026-11-27T10:00:00+00:00");
        assert_eq!(state(&home), before, "nothing moved");
    }
    home.set_now("2026-11-28T09:00:00+00:00");
    assert_eq!(succeeds(&home, &["today"]).err, "");
}

#[test]
fn after_midnight_the_page_says_until_when_the_day_goes_on() {
    let mut home = Sandbox::at("2026-11-25T01:30:00+01:00");
    let heading = |home: &Sandbox| home.ok(&["today"]).lines().next().map(str::to_owned);
    assert_eq!(heading(&home).as_deref(), Some("Tuesday 24 November 2026, until 04:00"));
    assert_eq!(home.json(&["today"])["day"], "2026-11-24");
    home.set("DWELL_DAY_START", "02:30");
    assert_eq!(heading(&home).as_deref(), Some("Tuesday 24 November 2026, until 02:30"));
    home.set_now("2026-11-25T02:30:00+01:00");
    assert_eq!(heading(&home).as_deref(), Some("Wednesday 25 November 2026"));
    assert!(home.ok(&["show", "2026-11-24"]).starts_with("Tuesday 24 November 2026\n"));
}
