//! The calendar as a person and a script see it, and the days of rest in it.

use std::collections::BTreeMap;
use std::fs;
use std::sync::OnceLock;

use chrono::{Datelike, NaiveDate, TimeDelta};
use serde_json::{Value, json};

use crate::sandbox::Sandbox;

/// The moment of the tests, a Sunday.
const NOW: &str = "2026-11-22T07:00:00+01:00";

/// A home in which somebody has used dwell since the end of 2025.
pub fn lived_in() -> Sandbox {
    static JOURNAL: OnceLock<Vec<u8>> = OnceLock::new();
    let journal = JOURNAL.get_or_init(|| {
        // Few lessons, so that a series is served more than once in a month.
        let mut sandbox = Sandbox::with_small_shelf("2025-12-20T07:00:00+01:00");
        let walks = sandbox.series_file("walks", 3);
        sandbox.ok(&["series", "add", &walks]);
        let first = NaiveDate::from_ymd_opt(2025, 12, 20).expect("a date");
        for number in 0..=337u32 {
            let date = first + TimeDelta::days(number.into());
            sandbox.set_now(&format!("{date}T07:00:00+01:00"));
            // A summer without dwell; on most other days an entry, with word counts that vary.
            let away = (6..=8).contains(&date.month()) || number % 5 == 3;
            let words = number * number * 7 % 97 + 1;
            if number % 11 == 5 {
                sandbox.ok(&["today"]);
            } else if !away {
                sandbox.ok(&["write", &"word ".repeat(words as usize)]);
            }
        }
        // A reflection on a day without a lesson, and one that has an emoji but no word.
        sandbox.ok(&["write", "--day", "2026-07-04", "A day in July."]);
        sandbox.ok(&["write", "--day", "2026-07-05", "🙂"]);
        fs::read(sandbox.journal()).expect("a journal")
    });
    let mut sandbox = Sandbox::at(NOW);
    sandbox.set("COLUMNS", "80");
    // Creates the folder; the journal in it is replaced.
    sandbox.ok(&["series", "list"]);
    fs::write(sandbox.journal(), journal).expect("written");
    sandbox
}

fn with(more: &[(&str, &str)]) -> Sandbox {
    let mut sandbox = lived_in();
    for (name, value) in more {
        sandbox.set(name, value);
    }
    sandbox
}

macro_rules! screen {
    ($name:ident, $more:expr, $($arg:literal),+) => {
        #[test]
        fn $name() {
            let ran = with(&$more).run(&[$($arg),+]);
            insta::assert_snapshot!(ran.transcript());
        }
    };
}

screen!(a_year_at_60_columns, [("COLUMNS", "60")], "calendar");
screen!(a_year_at_80_columns, [("DWELL_REST_DAYS", "sunday")], "calendar");
screen!(a_year_at_120_columns, [("COLUMNS", "120")], "calendar");
screen!(a_year_in_bands_at_40_columns, [("COLUMNS", "40")], "calendar");
screen!(a_year_without_utf8, [("LC_ALL", "C"), ("DWELL_REST_DAYS", "sat sun")], "calendar");
screen!(a_year_that_begins_late, [("DWELL_WEEK_START", "sunday")], "calendar", "2025");
screen!(a_year_of_weeks_from_saturday, [("DWELL_WEEK_START", "saturday")], "calendar", "2026");
screen!(a_year_of_weeks_as_in_the_country, [("LC_ALL", "en_US.UTF-8")], "calendar");
screen!(a_year_in_colour, [("DWELL_REST_DAYS", "sunday")], "--color", "always", "calendar");
screen!(a_month_at_60_columns, [("COLUMNS", "60")], "calendar", "2026-11");
screen!(a_month_of_weeks_from_sunday, [("DWELL_WEEK_START", "sun")], "calendar", "jan");
screen!(a_month_of_two_series, [], "calendar", "2025-12");
screen!(a_month_without_utf8, [("LC_ALL", "C")], "calendar", "-1m");
screen!(a_month_at_30_columns, [("COLUMNS", "30")], "calendar", "NOVEMBER");
screen!(a_month_in_colour, [], "--color", "always", "calendar", "nov");
screen!(a_month_in_json, [("DWELL_REST_DAYS", "sunday")], "calendar", "2026-11", "--json");
screen!(a_year_without_an_entry, [], "calendar", "2019");
screen!(a_month_without_an_entry, [], "calendar", "2026-12");
screen!(what_is_no_year, [], "calendar", "20226");
screen!(a_year_before_the_first, [], "calendar", "-400y");
screen!(help_on_the_calendar, [], "calendar", "--help");

#[test]
fn colour_changes_no_sign() {
    let mut sandbox = lived_in();
    for columns in ["60", "120"] {
        sandbox.set("COLUMNS", columns);
        for args in [&["calendar"][..], &["calendar", "2026-11"]] {
            let plain = sandbox.ok(args);
            let styled = sandbox.ok(&[args, &["--color", "always"]].concat());
            assert_ne!(styled, plain);
            let mut bare = String::new();
            for (number, part) in styled.split('\x1b').enumerate() {
                bare.push_str(if number == 0 {
                    part
                } else {
                    part.split_once('m').expect("SGR").1
                });
            }
            assert_eq!(bare, plain);
        }
    }
}

/// The days of the log, each with its words, its lesson's place and whether it was served.
fn from_log(sandbox: &Sandbox, year: &str) -> BTreeMap<String, [Value; 4]> {
    let (since, until) = (format!("{year}-01-01"), format!("{year}-12-31"));
    let entries = sandbox.json_lines(&["log", "--since", &since, "--until", &until]);
    let values = |entry: &Value| {
        let words = match &entry["reflection"] {
            Value::Null => json!(0),
            reflection => reflection["words"].clone(),
        };
        let served = json!(!entry["served_at"].is_null());
        [words, entry["lesson"]["series"].clone(), entry["lesson"]["number"].clone(), served]
    };
    entries.iter().map(|e| (e["day"].as_str().expect("a day").to_owned(), values(e))).collect()
}

#[test]
fn the_calendar_and_the_log_agree() {
    let mut sandbox = lived_in();
    sandbox.set("DWELL_REST_DAYS", "sunday");
    sandbox.ok(&["rest", "2026-12-24", "2026-12-25"]);
    for year in ["2025", "2026"] {
        let log = from_log(&sandbox, year);
        assert!(log.len() > 5, "{year}");
        let mut date: NaiveDate = format!("{year}-01-01").parse().expect("a date");
        let days = sandbox.json_lines(&["calendar", year]);
        assert_eq!(days.len(), 365);
        for day in &days {
            let name = date.to_string();
            let nothing = [json!(0), json!(null), json!(null), json!(false)];
            let [words, series, number, served] = log.get(&name).unwrap_or(&nothing);
            let holiday = ["2026-12-24", "2026-12-25"].contains(&name.as_str());
            let wanted = json!({
                "day": name, "words": words, "shade": day["shade"], "series": series,
                "number": number, "served": served,
                "rest": holiday || date.weekday() == chrono::Weekday::Sun,
            });
            assert_eq!(day, &wanted);
            date += TimeDelta::days(1);
        }
    }
}

#[test]
fn the_shades_part_the_written_days_into_quarters() {
    let sandbox = lived_in();
    let days = sandbox.json_lines(&["calendar"]);
    let number = |value: &Value| value.as_u64().expect("a number");
    let mut written: Vec<(u64, u64)> = (days.iter())
        .filter(|day| number(&day["shade"]) > 0)
        .map(|day| (number(&day["words"]), number(&day["shade"])))
        .collect();
    let log = sandbox.json_lines(&["log", "--since", "2026-01-01"]);
    let reflections = log.iter().filter(|entry| !entry["reflection"].is_null()).count();
    assert_eq!(written.len(), reflections, "what is written has a shade, a picture too");
    written.sort_unstable();
    assert!(written.is_sorted_by_key(|(_, shade)| *shade), "more words, never a lighter shade");
    for (at, (words, shade)) in written.iter().enumerate() {
        // Days with the same number of words have the same shade.
        let (first, last) = (
            written.partition_point(|(other, _)| other < words),
            written.partition_point(|(other, _)| other <= words) - 1,
        );
        // A day at the border of two quarters belongs to the higher one.
        let quarter = |at: usize| (1 + (at * 4 + 3) / written.len()) as u64;
        assert!((quarter(first)..=quarter(last)).contains(shade), "{at}: {words} words");
    }
}

#[test]
fn a_month_is_its_days_of_the_year_shaded_as_there() {
    let sandbox = lived_in();
    let year = sandbox.json_lines(&["calendar", "2026"]);
    let mut months = Vec::new();
    for month in ["jan", "2026-03", "-1m", "nov"] {
        let days = sandbox.json_lines(&["calendar", month]);
        let first = days[0]["day"].as_str().expect("a day").to_owned();
        let at = year.iter().position(|day| day["day"] == first).expect("in the year");
        assert_eq!(days, year[at..at + days.len()], "{month}");
        months.push((first, days.len()));
    }
    let wanted = [("2026-01-01", 31), ("2026-03-01", 31), ("2026-10-01", 31), ("2026-11-01", 30)];
    assert_eq!(months, wanted.map(|(first, days)| (first.to_owned(), days)));
}

#[test]
fn a_journal_that_is_not_there_or_holds_no_entry_is_told_apart_from_an_empty_year() {
    let sandbox = Sandbox::new();
    let ran = sandbox.run(&["calendar"]);
    assert_eq!(ran.code, 1);
    assert!(ran.err.contains("there is no journal at"), "{}", ran.err);
    assert!(!sandbox.journal().exists(), "who only looks leaves nothing behind");
    sandbox.ok(&["series", "list"]);
    let ran = sandbox.run(&["calendar", "--json"]);
    assert_eq!((ran.code, ran.out.as_str()), (1, ""));
    assert_eq!(ran.err, "dwell: no entry in 2026\nhint: dwell\n");
}

#[test]
fn days_of_rest_are_marked_listed_unmarked_and_undone() {
    let sandbox = Sandbox::new();
    let err = |args: &[&str]| {
        let ran = sandbox.run(args);
        assert_eq!(ran.code, 0, "{args:?}: {}", ran.err);
        ran.err
    };
    let list = || sandbox.json_lines(&["rest"]);
    // Without a journal.
    assert_eq!(
        err(&["rest", "2026-12-24", "2027-01-02"]),
        "2026-12-24 to 2027-01-02: marked as rest\n"
    );
    assert_eq!(err(&["rest", "yesterday"]), "2026-11-21: marked as rest\n");
    assert_eq!(err(&["rest", "-1d"]), "2026-11-21: marked as rest already\n");
    assert_eq!(sandbox.ok(&["rest"]), "2026-11-21  (1 day)\n2026-12-24 to 2027-01-02  (10 days)\n");
    assert_eq!(
        err(&["rest", "2026-12-28", "2026-12-30", "--off"]),
        "2026-12-28 to 2026-12-30: no longer marked as rest\n"
    );
    assert_eq!(
        list(),
        [
            json!({"first": "2026-11-21", "last": "2026-11-21"}),
            json!({"first": "2026-12-24", "last": "2026-12-27"}),
            json!({"first": "2026-12-31", "last": "2027-01-02"}),
        ]
    );
    assert_eq!(err(&["rest", "--no-more", "2026-12-29"]), "2026-12-29: not marked as rest\n");
    assert_eq!(
        err(&["undo"]),
        "undo: dwell rest 2026-12-28 2026-12-30 --off\nhint: dwell redo puts it back\n"
    );
    assert_eq!(list().len(), 2);
    err(&["undo"]);
    assert_eq!(list(), [json!({"first": "2026-12-24", "last": "2027-01-02"})]);
    err(&["undo"]);
    let ran = sandbox.run(&["rest"]);
    assert_eq!(
        ran.transcript(),
        "--- stderr\ndwell: no days of rest are marked\nhint: dwell rest DAY\n--- exit code 1\n"
    );
    assert_eq!(sandbox.run(&["undo"]).code, 1, "what changed nothing is nothing to take back");
}

#[test]
fn a_day_of_rest_without_words_looks_like_one_and_one_with_words_does_not() {
    let sandbox = lived_in();
    // The 19th has words; on the 21st and 24th nothing is written, and the 24th has not come.
    let signs = |days: &[&str]| -> Vec<String> {
        let month = sandbox.ok(&["calendar", "nov"]);
        let cell = |day: &&str| {
            let (_, after) = month.split_once(&format!(" {day}")).expect("a cell");
            after.chars().take(2).collect::<String>().trim().to_owned()
        };
        days.iter().map(cell).collect()
    };
    let days = ["19", "18", "24"];
    let before = signs(&days);
    assert_eq!(before[1..], ["·", ""], "{}", sandbox.ok(&["calendar", "nov"]));
    assert!("░▒▓█".contains(&before[0]) && !before[0].is_empty(), "{before:?}");
    sandbox.ok(&["rest", "2026-11-18", "2026-11-24"]);
    // A planned holiday is shown too.
    assert_eq!(signs(&days), [before[0].as_str(), "~", "~"]);
    assert!(sandbox.ok(&["calendar"]).contains("~ rest"));
}

#[test]
fn the_second_date_of_a_holiday_may_leave_its_year_out() {
    let sandbox = lived_in();
    let ran = sandbox.run(&["rest", "2026-12-24", "01-02"]);
    assert_eq!((ran.code, ran.err.as_str()), (0, "2026-12-24 to 2027-01-02: marked as rest\n"));
}

#[test]
fn what_cannot_be_a_holiday_is_refused_by_name() {
    let sandbox = lived_in();
    for (args, wanted) in [
        (
            &["rest", "2026-12-26", "2026-12-24"][..],
            "dwell: 2026-12-26 is after 2026-12-24\nhint: dwell rest 2026-12-24 2026-12-26\n",
        ),
        (
            &["rest", "2027-01-01", "2028-01-02"],
            "dwell: 2027-01-01 to 2028-01-02 is more than 366 days\nhint: mark it a year at a time\n",
        ),
        (
            &["rest", "2036-11-23"],
            "dwell: 2036-11-23 is more than ten years ahead\n\
             hint: the last day that can be marked today is 2036-11-22\n",
        ),
        (
            &["rest", "chrsitmas"],
            "dwell: 'chrsitmas' is not a day\n\
             hint: a day is 2026-11-22, 11-22, today, yesterday, monday, -7d, -2w, -3m or -1y\n",
        ),
    ] {
        let ran = sandbox.run(args);
        assert_eq!((ran.code, ran.err.as_str()), (2, wanted));
    }
    assert_eq!(sandbox.run(&["rest", "--off"]).code, 2);
    assert_eq!(sandbox.run(&["rest"]).code, 1, "nothing was marked");
}

#[test]
fn listing_days_of_rest_leaves_nothing_behind() {
    let sandbox = Sandbox::new();
    for args in [&["rest"][..], &["rest", "today", "--off"]] {
        let ran = sandbox.run(args);
        assert_eq!(ran.code, 1, "{}", ran.err);
        assert!(!sandbox.journal().exists());
    }
}
