//! dwell beside the `sqlite3` program, `/bin/true`, ripgrep, jrnl and itself: medians of runs taken
//! in turn, and their ratios.
//!
//! `cargo bench --bench compare` measures everything and prints it as a table; `-- --help` says what
//! can be asked for. A ratio is the median of the ratios of two runs side by side, so that other
//! load on the machine meets both. With `-- --write` the table goes into `README.md` and a plot of
//! it into `docs/pictures`.

#![expect(clippy::print_stdout, reason = "a bench prints what it measured")]

mod bench;
mod cell;
mod counters;
mod first_days;
mod importing;
#[path = "../journals/mod.rs"]
mod journals;
mod options;
mod others;
mod plot;
mod programs;
mod reading;
mod searching;
mod sizes;
mod table;
mod writing;

use std::process::ExitCode;

use clap::Parser;

use crate::bench::Bench;
use crate::options::Options;
use crate::programs::need;

fn main() -> ExitCode {
    let options = Options::parse();
    if let Err(why) = need("sqlite3") {
        println!("{why}");
        return ExitCode::FAILURE;
    }
    let mut bench = Bench::new(options);
    reading::measure(&mut bench);
    first_days::measure(&mut bench);
    writing::measure(&mut bench);
    searching::measure(&mut bench);
    importing::measure(&mut bench);
    others::measure(&mut bench);
    sizes::measure(&mut bench);
    table::print(&bench.lines);
    if bench.options.write {
        table::write(&bench.lines, bench.options.runs);
        plot::write(&bench.lines);
    }
    let missed = bench.lines.iter().filter(|line| line.is_met() == Some(false)).count();
    if missed > 0 && bench.options.check { ExitCode::FAILURE } else { ExitCode::SUCCESS }
}
