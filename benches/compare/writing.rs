//! Verbs that change the journal: `write` beside `sqlite3` inserting as safely, the first one of a day
//! beside the next one, and the changes of a day in a large journal beside the same in a small one.
//! Each run is a new day.

use std::fs;
use std::path::Path;
use std::process::{Command, Stdio};
use std::time::Duration;

use crate::bench::{Bench, timed, times};
use crate::cell::{Cell, Figures};
use crate::counters::syncs;
use crate::journals::Journal;
use crate::journals::life::reflection;
use crate::programs::{Home, day, run};

pub fn measure(bench: &mut Bench) {
    for (journal, of) in [
        (Journal::Day, "one entry"),
        (Journal::Years, "2,750 entries"),
        (Journal::Century, "36,500 entries"),
    ] {
        beside_sqlite3(bench, journal, of);
    }
    first_of_a_day(bench);
    changes(bench);
}

/// The first write of a day, before which a backup is made, beside the next one of that day.
fn first_of_a_day(bench: &mut Bench) {
    let work = "`dwell write`, the first of a day, on 365 entries";
    let cell = Cell::new("backup", work, "the next one of that day", 1.5);
    bench.cell(cell, |bench| {
        let words = reflection(1);
        let journal = bench.home.copy(Journal::Year, "backed-up");
        let write = |number| timed(&mut bench.home.dwell(&journal, number + 1, &["write", &words]));
        Ok(bench.in_turn(write, write))
    });
}

fn beside_sqlite3(bench: &mut Bench, journal: Journal, of: &str) {
    let work = format!("`dwell write` on {of}");
    let beside = "`sqlite3`, inserting as safely";
    let words = reflection(1);
    let cell = Cell::new("write", &work, beside, 1.1);
    bench.cell(Cell { in_readme: journal == Journal::Century, ..cell }, |bench| {
        let home = &bench.home;
        let [of_dwell, of_sqlite3] = ["written", "inserted"].map(|name| home.copy(journal, name));
        Ok(bench.in_turn(
            |number| {
                run(&mut home.dwell(&of_dwell, number + 1, &["today"]));
                timed(&mut home.dwell(&of_dwell, number + 1, &["write", &words]))
            },
            |number| timed(&mut home.sqlite3(&of_sqlite3, &[&insertion(number + 1, &words)])),
        ))
    });
    let cell = Cell::new("write", &work, "the number of syncs", 4.0);
    bench.cell(cell, |bench| {
        let copy = bench.home.copy(journal, "counted");
        run(&mut bench.home.dwell(&copy, 1, &["today"]));
        let dwell = syncs(&bench.home.dwell(&copy, 1, &["write", &words]))?;
        Ok(Figures::Amount { dwell, unit: "syncs" })
    });
}

/// A fact and an entry, as a script that is as careful as dwell would insert them.
fn insertion(days_later: usize, words: &str) -> String {
    let day = day(days_later);
    format!(
        "PRAGMA journal_mode = DELETE; PRAGMA synchronous = EXTRA; BEGIN IMMEDIATE;
         INSERT INTO fact (id, clock, change, device, at, offset, kind, version, subject, parents,
                           body, hash)
         SELECT randomblob(16), max(clock) + 1, randomblob(16), randomblob(16), 4951098000000, 0,
                'wrote', 1, '{day}', x'', json_object('day', '{day}', 'on', '{day}',
                'text', '{words}'), randomblob(32) FROM fact;
         INSERT INTO entry (day, text, words, written_at, written_offset, revisions)
         VALUES ('{day}', '{words}', 157, 4951098000000, 0, 1);
         COMMIT;"
    )
}

/// What is done to a day, in this order, and how each cell names it.
const CHANGES: [(&[&str], &str); 4] = [
    (
        &["write", "And some more words for the evening."],
        "`dwell write`, more words below those of the day,",
    ),
    (&["edit", "today"], "`dwell edit`"),
    (&["step", "done"], "`dwell step done`"),
    (&["undo"], "`dwell undo`"),
];

fn changes(bench: &mut Bench) {
    let cells = CHANGES.map(|(_, name)| {
        let work = format!("{name} on 36,500 entries");
        Cell::new("change", &work, "the same on one entry", 1.3)
    });
    if !bench.wants(&cells) {
        return;
    }
    let home = &bench.home;
    let [large, small] =
        [Journal::Century, Journal::Day].map(|journal| home.copy(journal, "changed"));
    let edited = home.path().join("edited.txt");
    fs::write(&edited, reflection(2)).expect("written");
    let mut pairs = CHANGES.map(|_| Vec::new());
    for number in 0..=bench.options.runs {
        let [of_large, of_small] =
            [&large, &small].map(|journal| change_day(home, journal, number + 1, &edited));
        // The first day warms the caches.
        if number > 0 {
            for (at, pairs) in pairs.iter_mut().enumerate() {
                pairs.push((of_large[at], of_small[at]));
            }
        }
    }
    for (cell, pairs) in cells.into_iter().zip(pairs) {
        if bench.wants(std::slice::from_ref(&cell)) {
            bench.add(cell, Ok(times(&pairs)));
        }
    }
}

/// How long each of the changes takes on a new day that has words and a step.
fn change_day(home: &Home, journal: &Path, days_later: usize, edited: &Path) -> [Duration; 4] {
    let words = reflection(1);
    run(&mut home.dwell(journal, days_later, &["write", &words, "--next", "call Anna"]));
    CHANGES.map(|(args, _)| {
        let mut command = home.dwell(journal, days_later, args);
        timed(with_input(&mut command, edited))
    })
}

fn with_input<'a>(command: &'a mut Command, file: &Path) -> &'a mut Command {
    command.stdin(Stdio::from(fs::File::open(file).expect("there")))
}
