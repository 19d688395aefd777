//! The first `today` of a day, which chooses a lesson and records it; and the first run ever, which
//! makes the journal.

use std::path::Path;
use std::time::Duration;

use tempfile::TempDir;

use crate::bench::{Bench, timed};
use crate::cell::{Cell, Figures};
use crate::counters::instructions_of;
use crate::journals::Journal;
use crate::programs::Home;

pub fn measure(bench: &mut Bench) {
    for (large, of, is_shown) in [
        (Journal::Library, "a million lessons in 1,000 series", true),
        (Journal::LongSeries, "a million lessons in one series", false),
    ] {
        let work = format!("the first `dwell today` of a day, {of}");
        let cell = Cell::new("first today", &work, "the same with 365 lessons", 1.3);
        bench.cell(Cell { in_readme: is_shown, ..cell }, |bench| {
            let name = format!("beside-{}", large.name());
            let [large, small] =
                [large, Journal::Century].map(|journal| bench.home.copy(journal, &name));
            let of_day = |journal: &Path, number| {
                timed(&mut bench.home.dwell(journal, number + 1, &["today"]))
            };
            Ok(bench.in_turn(|number| of_day(&large, number), |number| of_day(&small, number)))
        });
        // Of the time, most is spent on waiting for the disk.
        let work = format!("the same in instructions, {of}");
        bench.cell(Cell::new("first today", &work, "with 365 lessons", 1.3), |bench| {
            let name = format!("counted-{}", large.name());
            let count = |journal| {
                let copy = bench.home.copy(journal, &name);
                instructions_of(|number| bench.home.dwell(&copy, number + 1, &["today"]))
            };
            let (dwell, other) = (count(large)?, count(Journal::Century)?);
            Ok(Figures::Amounts { dwell, other, unit: "M" })
        });
    }
    let cell = Cell::new(
        "first run",
        "the first run ever of `dwell`",
        "the same of an earlier dwell",
        0.4,
    );
    bench.cell(cell, |bench| {
        let old = bench.options.old.as_ref().ok_or("no earlier dwell was named with --old")?;
        let old = old.canonicalize().map_err(|error| format!("{}: {error}", old.display()))?;
        Ok(bench.in_turn(|_| first_run(&bench.home, None), |_| first_run(&bench.home, Some(&old))))
    });
}

/// A run in an empty home, of another program if one is named.
fn first_run(home: &Home, program: Option<&Path>) -> Duration {
    let empty = TempDir::new_in(home.path()).expect("a folder");
    let mut command = home.bare(program);
    timed(command.env("HOME", empty.path()).current_dir(empty.path()))
}
