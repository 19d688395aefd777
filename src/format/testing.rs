//! Entries with texts that formats stumble over.

use chrono::{DateTime, FixedOffset, TimeDelta};
use proptest::prelude::*;

use crate::journal::entry::reflection::{self, Afterthought, Reflection};
use crate::journal::entry::step::{Step, StepState};
use crate::journal::{Day, Entry, Moment};

/// Pieces that mean something in one of the formats.
const PIECES: [&str; 36] = [
    "[2020-01-01] ",
    "[2020-01-01 10:00] ",
    "\n[2020-01-01 10:00] x",
    "%",
    "\n%\n",
    "\n==========\n",
    "\n---\n",
    "---",
    "\r\n",
    "\n",
    "\n\n",
    "\r",
    "\u{202f}",
    "\u{2028}",
    "\u{feff}",
    "שלום",
    "\u{202e}",
    "😀❤️",
    "\u{1}",
    "\u{1b}[31m",
    "\u{85}",
    "\\",
    "\\.",
    "`",
    "```\n",
    "~~~",
    "    ",
    "\t",
    " *",
    "**",
    "# ",
    "#tag",
    "@work",
    "\"",
    ",",
    "word ",
];

/// A text that a journal may hold.
pub(super) fn odd_text() -> impl Strategy<Value = String> {
    let piece = prop_oneof![
        8 => proptest::sample::select(PIECES.as_slice()).prop_map(str::to_owned),
        1 => "\\PC{1,4}",
    ];
    proptest::collection::vec(piece, 1..12)
        .prop_filter_map("words", |pieces| reflection::kept(&pieces.concat()).map(str::to_owned))
}

fn moment() -> impl Strategy<Value = Moment> {
    let minutes = prop_oneof![
        3 => (-12..=14_i32).prop_map(|hours| hours * 60),
        1 => proptest::sample::select([330, -210, 570, 765, 37, -1, 867].as_slice()),
    ];
    (1_500_000_000..1_900_000_000_i64, minutes).prop_map(|(seconds, minutes)| {
        let offset = FixedOffset::east_opt(minutes * 60).expect("an offset");
        DateTime::from_timestamp(seconds, 0).expect("in range").with_timezone(&offset)
    })
}

fn line() -> impl Strategy<Value = String> {
    "[a-zא-ת#`\\\\ ]{0,9}[a-z]"
}

fn step() -> impl Strategy<Value = Step> {
    let states = vec![StepState::Open, StepState::Done, StepState::Partly, StepState::Dropped];
    let state = proptest::sample::select(states);
    let answer = (state, proptest::option::of(line()));
    (line(), proptest::option::of(line()), answer).prop_map(|(text, when, (state, outcome))| {
        let closed_on = "2026-11-23".parse().ok().filter(|_| state.is_closed());
        Step { text, when, state, closed_on, outcome: outcome.filter(|_| state.is_closed()) }
    })
}

/// An entry whose words were written on its day, or on one near it.
fn entry() -> impl Strategy<Value = Entry> {
    let words = (odd_text(), moment(), prop_oneof![3 => Just(0), 1 => -2..3_i64]);
    let thoughts = proptest::collection::vec((odd_text(), moment()), 0..2);
    let below = (proptest::option::of(step()), thoughts);
    (proptest::option::weighted(0.9, words), moment(), below).prop_map(
        |(words, other, (step, thoughts))| {
            let (at, days) = words.as_ref().map_or((other, 0), |(_, at, days)| (*at, *days));
            let date = (at + TimeDelta::days(days)).date_naive();
            let written = |(text, at, _): (String, _, _)| Reflection {
                words: reflection::word_count(&text),
                text,
                written_at: at,
                revised_at: at,
                revisions: 1,
                late: days < 0,
            };
            let thought = |(text, written_at)| Afterthought { text, written_at };
            Entry {
                day: Day::new(date).expect("in range"),
                lesson: None,
                served_at: None,
                reflection: words.map(written),
                step,
                asked_on: None,
                afterthoughts: thoughts.into_iter().map(thought).collect(),
                quiet: false,
            }
        },
    )
}

/// Entries of some days.
pub(super) fn entries() -> impl Strategy<Value = Vec<Entry>> {
    proptest::collection::vec(entry(), 0..5)
}
