//! The examples in the README are run as they stand, and its screens are what the program shows of
//! a year that a seeded script lives.

use std::fs;

use chrono::{Days, NaiveDate};
use dwell::journal::lesson::plan::Order;
use dwell::journal::{Day, Moment, NewStep, Now, StepState};
use dwell::library::SHIPPED;
use dwell::store::{Store, Writing};

use crate::dice::Dice;
use crate::sandbox::Sandbox;

#[test]
fn the_readme_shows_what_the_program_prints() {
    let sandbox = Sandbox::new();
    let home = sandbox.home().display();
    let cases = trycmd::TestCases::new();
    cases.register_bin("dwell", std::path::Path::new(env!("CARGO_BIN_EXE_dwell")));
    for (name, folder) in [("DATA", "data"), ("STATE", "state"), ("CONFIG", "config")] {
        cases.env(format!("XDG_{name}_HOME"), format!("{home}/{folder}"));
    }
    cases.env("DWELL_NOW", "2026-11-22T07:00:00+01:00").env("COLUMNS", "72").env("TZ", "UTC");
    cases.case("README.md");
}

/// Sentences that somebody may well write in the evening.
const SENTENCES: [&str; 14] = [
    "I asked Mira how she would do it, and her way was shorter than mine.",
    "The bread went wrong again, and this time I know why.",
    "Said no to the third meeting, and nobody minded.",
    "Walked home along the river instead of taking the train. #walking",
    "I had the answer ready before she had finished asking.",
    "Finished the drawer I have been walking past since spring. #home",
    "A slow day at work, and the better for it. #work",
    "Father told the story of the boat, and for once I asked what came after.",
    "Read ten pages and remember one line, which is one more than yesterday.",
    "The plan was too big, so I did the smallest piece of it. #work",
    "Nothing went as it should, and supper was good.",
    "I looked at my own month and not at his. #work",
    "Wrote the letter that I had been carrying around since August.",
    "Too tired to think, so only this.",
];

/// A year up to the evening of Sunday, the twenty-second of November 2026.
fn a_year(home: &Sandbox) {
    let mut store = Store::open(&home.journal(), SHIPPED).expect("a journal");
    let first: NaiveDate = "2026-01-03".parse().expect("a date");
    let mut dice = Dice(11);
    for number in 0..324 {
        let date = first + Days::new(number);
        let day = Day::new(date).expect("in range");
        let at = Moment::parse_from_rfc3339(&format!("{date}T21:00:00+01:00")).expect("a time");
        if dice.roll(7) == 0 {
            continue;
        }
        let now = Now { at, day };
        let sentences = (0..=dice.roll(5)).map(|_| *dice.pick(&SENTENCES));
        let text = sentences.collect::<Vec<_>>().join(" ");
        let step = ["call Mira about the shelf", "ask before answering"].get(dice.roll(9));
        let step = step.and_then(|text| NewStep::new(text, None));
        let writing = Writing { day, text: &text, step: step.as_ref(), again: None };
        let written = store.write(now, Order::Series, writing).expect("written");
        if let Some(step) = written.entry.step.filter(|_| number < 322) {
            store.answer_step(now, day, &step, StepState::Done.into()).expect("answered");
        }
    }
}

#[test]
fn the_screens_in_the_readme_are_what_a_year_looks_like() {
    let mut home = Sandbox::at("2026-11-22T21:00:00+01:00");
    home.set("COLUMNS", "80");
    a_year(&home);
    let readme = fs::read_to_string("README.md").expect("read").replace("\r\n", "\n");
    for args in [&["review", "week"][..], &["calendar"]] {
        let shown = format!("```text\n$ dwell {}\n{}```\n", args.join(" "), home.ok(args));
        assert!(readme.contains(&shown), "the README should show:\n{shown}");
    }
}
