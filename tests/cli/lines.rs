//! The setting `screen = "lines"`: what is shown can be heard. Words and numbers stand where
//! drawings would, lines are only added, and nothing on the screen changes after it was read out.

use crate::calendar;
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
