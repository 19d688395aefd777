//! The setting `screen = "lines"`: what is shown can be heard. Words and numbers stand where
//! drawings would, lines are only added, and nothing on the screen changes after it was read out.

use crate::calendar;
use crate::pty::Pty;
use crate::sandbox::Sandbox;

/// A home in which somebody has used dwell for a year and hears it.
fn heard() -> Sandbox {
    let mut home = calendar::lived_in();
    home.set("DWELL_SCREEN", "lines");
    home.set("DWELL_REST_DAYS", "sunday");
    home
}

macro_rules! screen {
    ($name:ident, $($arg:literal),+) => {
        #[test]
        fn $name() {
            insta::assert_snapshot!(heard().screen(&[$($arg),+]));
        }
    };
}

screen!(a_year_in_words, "calendar");
screen!(a_month_in_words, "calendar", "november");
screen!(a_month_of_two_series_in_words, "calendar", "2025-12");
screen!(a_week_in_words, "review", "week");
screen!(a_month_looked_back_on_in_words, "review", "month");
screen!(a_year_looked_back_on_in_words, "review", "year");
screen!(numbers_in_words, "stats");
screen!(the_series_in_words, "series", "show", "walks");

/// Runs that show something to look at on a page without words.
const SHOWN: [&[&str]; 11] = [
    &["calendar"],
    &["calendar", "2026-11"],
    &["review", "week"],
    &["review", "month", "october"],
    &["review", "year"],
    &["stats"],
    &["tags"],
    &["series", "list"],
    &["lesson", "list"],
    &["step"],
    &["today"],
];

#[test]
fn no_line_has_a_sign_that_only_shows_something_or_columns() {
    let home = heard();
    home.ok(&["write", "Two tags #work #home, and a step.", "--next", "call Anna"]);
    for args in SHOWN {
        let shown = home.ok(args);
        let is_drawn = |c: char| matches!(c, '\u{2500}'..='\u{27bf}' | '\u{b7}' | '|' | '~');
        assert!(!shown.contains(is_drawn), "{args:?}\n{shown}");
        // What is written as days and steps are, is one column beside another.
        let is_aligned = shown.lines().any(|line| line.contains("   "));
        assert!(!is_aligned, "{args:?}\n{shown}");
    }
}

#[test]
fn the_option_is_the_setting_for_one_run() {
    let mut home = calendar::lived_in();
    let drawn = home.ok(&["calendar"]);
    let told = home.ok(&["calendar", "--no-page"]);
    assert_ne!(told, drawn);
    assert_eq!(home.ok(&["config", "screen", "--no-page"]), "lines\n");
    home.ok(&["config", "screen", "lines"]);
    assert_eq!(home.ok(&["calendar"]), told);
    home.set("DWELL_SCREEN", "page");
    assert_eq!(home.ok(&["calendar"]), drawn);
    // A simple terminal has drawings as long as nobody wants words.
    home.set("TERM", "dumb");
    assert_eq!(home.ok(&["calendar"]), drawn);
}

#[test]
fn a_script_gets_the_same_json() {
    let mut home = heard();
    let runs = [&["stats", "--json"][..], &["review", "week", "--json"], &["calendar", "--json"]];
    let told = runs.map(|args| home.ok(args));
    home.set("DWELL_SCREEN", "page");
    assert_eq!(runs.map(|args| home.ok(args)), told);
}

/// The control sequences in what came to a terminal that do more than add text: all but those that
/// style it and those that mark a paste.
fn not_only_added(stream: &str) -> Vec<String> {
    let mut found = Vec::new();
    for part in stream.split('\x1b').skip(1) {
        let end = part.find(|c: char| c != '[' && ('@'..='~').contains(&c));
        let sequence = &part[..end.map_or(part.len(), |end| end + 1)];
        let is_style = sequence.starts_with('[') && sequence.ends_with('m');
        if !is_style && !["[?2004h", "[?2004l"].contains(&sequence) {
            found.push(format!("ESC {sequence}"));
        }
    }
    let mut rest = stream.replace("\r\n", "\n");
    rest.retain(|c| matches!(c, '\r' | '\u{8}'));
    found.extend(rest.chars().map(|c| c.escape_default().to_string()));
    found
}

#[test]
fn what_moves_or_erases_is_told_from_what_is_added() {
    for (stream, wanted) in [
        ("a\r\nb \x1b[1;32mc\x1b[0m \x1b[?2004h\x1b[?2004l", vec![]),
        ("a\x1b[Jb\x1b[2A", vec!["ESC [J", "ESC [2A"]),
        ("\x1b[?1049h\x1b[?25l", vec!["ESC [?1049h", "ESC [?25l"]),
        ("a\rb\u{8}", vec!["\\r", "\\u{8}"]),
    ] {
        assert_eq!(not_only_added(stream), wanted, "{stream:?}");
    }
}

#[test]
fn what_asks_nothing_is_only_added_at_a_terminal_too() {
    let home = heard();
    // The last fits on no screen, and a pager would draw it again at each key.
    for args in [&["today"][..], &["calendar"], &["review", "year"], &["log"]] {
        let mut pty = Pty::start_sized(&home, args, 80, 24);
        assert_eq!(pty.end(), 0, "{args:?}");
        assert_eq!(not_only_added(&pty.stream()), Vec::<String>::new(), "{args:?}");
    }
}

#[test]
fn a_whole_day_is_only_added() {
    let mut home = Sandbox::new();
    home.set("DWELL_SCREEN", "lines");
    home.ok(&["write", "The first day.", "--next", "call Anna"]);
    home.set_now("2026-11-23T07:00:00+01:00");
    let mut pty = Pty::start(&home, &[]);
    pty.wait_for("call Anna");
    pty.wait_for("not yet");
    pty.send("d");
    pty.wait_for("Ctrl-C stops");
    pty.wait_for("\x1b[?2004h");
    pty.send("Words of the second day.\r\x04");
    pty.wait_for("Your next step, if there is one:");
    pty.send("rest\r");
    pty.wait_for("When?");
    pty.send("\r");
    pty.wait_for("Saved.");
    assert_eq!(pty.end(), 0);
    let entry = home.json(&["show"]);
    assert_eq!(entry["reflection"]["text"], "Words of the second day.");
    assert_eq!(entry["step"]["text"], "rest");
    assert_eq!(not_only_added(&pty.stream()), Vec::<String>::new());
}

#[test]
fn the_question_and_the_last_line_are_said_once() {
    let mut home = Sandbox::new();
    home.set("DWELL_SCREEN", "lines");
    let mut pty = Pty::start(&home, &[]);
    pty.wait_for("Ctrl-C stops");
    pty.wait_for("\x1b[?2004h");
    pty.send("\x04");
    assert_eq!(pty.end(), 0);
    for once in ["Who was on your side when you were turned away?", "Nothing was written"] {
        assert_eq!(pty.stream().matches(once).count(), 1, "{once}: {}", pty.screen());
    }
}

const TAKEAWAY: &str = "You have been turned away";
const WAITS: &str = "The takeaway comes after your words, or with dwell show.";

#[test]
fn a_takeaway_that_is_wanted_after_writing_waits_for_the_words_of_the_day() {
    let mut home = Sandbox::new();
    assert!(home.ok(&["today"]).contains(TAKEAWAY));
    home.set("DWELL_TAKEAWAY", "after");
    for args in [&["today"][..], &[]] {
        let shown = home.ok(args);
        assert!(shown.contains(WAITS) && !shown.contains(TAKEAWAY), "{shown}");
        assert!(shown.contains("Who was on your side when you were turned away?"), "{shown}");
    }
    assert!(home.ok(&["show"]).contains(TAKEAWAY), "it can be read before");
    let json = home.json(&["today"]);
    assert!(json["lesson"]["takeaway"].as_str().expect("a text").contains(TAKEAWAY));
    home.ok(&["write", "Mending bicycles."]);
    let shown = home.ok(&["today"]);
    assert!(shown.contains(TAKEAWAY) && !shown.contains(WAITS), "{shown}");
}

#[test]
fn the_takeaway_follows_the_first_words_at_a_terminal() {
    let mut home = Sandbox::new();
    home.set("DWELL_TAKEAWAY", "after");
    home.set("DWELL_SCREEN", "lines");
    let mut pty = Pty::start(&home, &[]);
    pty.wait_for(WAITS);
    pty.wait_for("Ctrl-C stops");
    pty.wait_for("\x1b[?2004h");
    assert!(!pty.stream().contains(TAKEAWAY));
    pty.send("Mending bicycles.\r\x04");
    pty.wait_for(TAKEAWAY);
    pty.wait_for("Your next step, if there is one:");
    pty.send("\r");
    pty.wait_for("Saved.");
    assert_eq!(pty.end(), 0);
    // More words bring nothing that was read already.
    let mut pty = Pty::start(&home, &["write", "And one more."]);
    assert_eq!(pty.end(), 0);
    assert!(!pty.stream().contains(TAKEAWAY));
}
