//! How long it takes to rebuild all derived tables from the facts, and to compare the tables with
//! the facts: in a journal of one year and in one of a hundred years.
//!
//! `cargo bench --bench rebuild` prints the medians of some runs. `-- RUNS` sets their number.

#![expect(clippy::print_stdout, reason = "a bench prints what it measured")]

#[expect(dead_code, reason = "the other benches use more of the journals")]
mod journals;

use std::time::{Duration, Instant};

use dwell::library::SHIPPED;
use dwell::store::Store;
use journals::Journal;
use tempfile::TempDir;

fn main() {
    let runs = std::env::args().skip(1).find_map(|word| word.parse().ok()).unwrap_or(5);
    for journal in [Journal::Year, Journal::Century] {
        measure(journal, runs);
    }
}

fn measure(journal: Journal, runs: u32) {
    let home = TempDir::new().expect("a folder");
    let path = home.path().join("journal.db");
    let size = std::fs::copy(journal.file(), &path).expect("copied") / 1_000_000;
    let mut store = Store::open(&path, SHIPPED).expect("a journal");
    println!("{} days, {size} MB", journal.days());
    let rebuilt = (0..runs).map(|_| timed(|| store.rebuild(&mut |_| {}).expect("rebuilt")).1);
    println!("  rebuild  {:.2} s", median(rebuilt.collect()));
    let compared = (0..runs).map(|_| {
        let (differences, took) = timed(|| store.compare().expect("compared"));
        assert!(differences.is_empty(), "{differences:?}");
        took
    });
    println!("  compare  {:.2} s", median(compared.collect()));
}

fn timed<T>(work: impl FnOnce() -> T) -> (T, Duration) {
    let started = Instant::now();
    let value = work();
    (value, started.elapsed())
}

fn median(mut times: Vec<Duration>) -> f64 {
    times.sort_unstable();
    times[times.len() / 2].as_secs_f64()
}
