//! What a person sees, whole: standard output, standard error and the exit code together.

use unicode_width::UnicodeWidthStr;

use crate::sandbox::{Run, Sandbox};

/// A home with three days in it, shown on the third, eighty columns wide.
fn lived_in() -> Sandbox {
    let mut sandbox = Sandbox::new();
    sandbox.set("COLUMNS", "80");
    sandbox.ok(&[
        "write",
        "One salary, one friend at work, one hobby. #work",
        "--next",
        "call Anna",
    ]);
    sandbox.set_now("2026-11-23T07:00:00+01:00");
    sandbox.ok(&["today"]);
    sandbox.ok(&["step", "done"]);
    sandbox.set_now("2026-11-24T07:10:00+01:00");
    sandbox.ok(&["write", "Die Werkstatt meines Großvaters.\n\n世界は広い。"]);
    sandbox.ok(&["write", "And a line more."]);
    sandbox.ok(&["write", "--day", "yesterday", "Late, but here."]);
    sandbox
}

macro_rules! screen {
    ($name:ident, $($arg:literal),+) => {
        #[test]
        fn $name() {
            insta::assert_snapshot!(lived_in().screen(&[$($arg),+]));
        }
    };
}

screen!(today_with_words, "today");
screen!(today_in_json, "today", "--json");
screen!(a_late_entry, "show", "yesterday");
screen!(an_entry_with_a_closed_step, "show", "2026-11-22");
screen!(the_revisions_of_a_day, "show", "--revisions");
screen!(the_log, "log");
screen!(the_lessons, "lesson", "list", "--series", "the-defiant-ones");
screen!(one_lesson, "lesson", "show", "the-defiant-ones/4");
screen!(one_series, "series", "show", "the-defiant-ones");
screen!(the_settings, "config");
screen!(the_first_page_of_help, "--help");
screen!(help_on_writing, "write", "--help");
screen!(styled_output, "--color", "always", "today");

#[test]
fn why_todays_lesson() {
    insta::assert_snapshot!(lived_in().screen(&["why"]), @r#"
    "Chase what you love" is lesson 3 of 5 in "Five lessons from The Defiant
    Ones", and it came because that series is in progress and its lessons
    come in order.
    --- stderr
    --- exit code 0
    "#);
}

#[test]
fn an_undo() {
    insta::assert_snapshot!(lived_in().screen(&["undo"]), @"
    --- stderr
    undo: what was saved on 2026-11-23, which reads:
    Late, but here.
    hint: dwell redo puts it back
    --- exit code 0
    ");
}

#[test]
fn a_deletion() {
    insta::assert_snapshot!(lived_in().screen(&["delete", "today", "--yes"]), @"
    --- stderr
    2026-11-24 Tue  Chase what you love
    What do you wish somebody would call to say?
    Die Werkstatt meines Großvaters.

    世界は広い。

    And a line more.
    deleted what was written on 2026-11-24; dwell undo brings it back
    --- exit code 0
    ");
}

#[test]
fn a_day_without_an_entry() {
    insta::assert_snapshot!(lived_in().screen(&["show", "2026-11-03"]), @"
    --- stderr
    dwell: no entry on 2026-11-03
    hint: dwell log --since 2026-10-27
    --- exit code 1
    ");
}

#[test]
fn a_mistyped_command() {
    insta::assert_snapshot!(lived_in().screen(&["wirte"]), @"
    --- stderr
    dwell: there is no command 'wirte'
    hint: dwell write
    --- exit code 2
    ");
}

#[test]
fn the_series() {
    let mut sandbox = lived_in();
    sandbox.ok(&["series", "pause", "janet-frame"]);
    let Run { out, err, code } = sandbox.run(&["series"]);
    let first: String = out.split_inclusive('\n').take(5).collect();
    insta::assert_snapshot!(Run { out: first, err, code }.transcript());
    // In a pipe nothing is cut.
    sandbox.set("COLUMNS", "");
    let out = sandbox.ok(&["series"]);
    let series = sandbox.json_lines(&["series"]);
    assert_eq!(out.lines().count(), series.len());
    for (line, series) in out.lines().zip(series) {
        let text = |key: &str| series[key].as_str().expect("text").to_owned();
        let (served, lessons) = (&series["served"], &series["lessons"]);
        let mark = match text("slug").as_str() {
            "the-defiant-ones" => "in progress: ",
            "janet-frame" => "paused: ",
            _ => "",
        };
        let wanted = format!("{}  {served} of {lessons}  {mark}{}", text("slug"), text("title"));
        assert_eq!(line, wanted);
    }
}

/// The lists and calendars of a home with titles longer than any screen.
#[test]
fn lists_and_calendars_fit_the_screen_with_one_line_a_row() {
    let mut sandbox = lived_in();
    sandbox.ok(&["step", "add", "call Anna and ask her how she found her way out of the city"]);
    sandbox.ok(&["rest", "today", "2026-12-24"]);
    let lists: [(&[&str], usize); 4] = [
        (&["series", "list"], 73),
        (&["lesson", "list"], 365),
        (&["series", "show", "the-defiant-ones"], 0),
        (&["lesson", "list", "--series", "the-defiant-ones"], 5),
    ];
    let others: [&[&str]; 8] = [
        &["calendar"],
        &["calendar", "november"],
        &["review", "week"],
        &["review", "month"],
        &["review", "year"],
        &["stats"],
        &["step"],
        &["rest"],
    ];
    for columns in [80, 60, 40, 20] {
        sandbox.set("COLUMNS", &columns.to_string());
        let all = lists.into_iter().chain(others.map(|args| (args, 0)));
        for (args, rows) in all {
            let out = sandbox.ok(args);
            assert!(rows == 0 || out.lines().count() == rows, "{args:?} at {columns}: {out}");
            let is_marked = out.contains("in progress");
            assert!(is_marked || args != ["series", "list"], "{out}");
            assert!(!is_marked || args[0] == "series", "{out}");
            for line in out.lines() {
                assert!(line.width() <= columns, "{args:?} at {columns}: {line}");
            }
        }
    }
}

#[test]
fn what_changed_in_each_revision() {
    let mut sandbox = Sandbox::new();
    sandbox.set("COLUMNS", "60");
    sandbox.ok(&["write", "Anna called. I was out all day and came home late, too late."]);
    let edited: [&[u8]; 3] = [
        b"Anton called, twice. I was out all day and came home late.",
        b"Anton called, twice.\nI was out all day\nand came home late.",
        b"Anton called.\nI was out all day\nand came home late.\n\nTomorrow I shall call him back, \
          before the day begins, and ask him what it was about.",
    ];
    for text in edited {
        assert_eq!(sandbox.run_with(&["edit"], text).code, 0);
    }
    // The fourth revision is undone, so the fifth is a change of the third.
    sandbox.ok(&["undo"]);
    assert_eq!(sandbox.run_with(&["edit"], b"Anton called, thrice.").code, 0);
    let shown = sandbox.run(&["show", "--revisions"]).transcript();
    insta::assert_snapshot!(shown + &sandbox.ok(&["show", "--revisions", "--json"]));
}
