//! How long it takes to rebuild all derived tables from the facts, and to compare the tables with
//! the facts: in a journal of one year and in one of a hundred years.
//!
//! `cargo bench --bench rebuild` prints the medians of some runs. `-- DAYS RUNS` sets another size.

#![expect(clippy::print_stdout, reason = "a bench prints what it measured")]

#[expect(
    dead_code,
    reason = "the other benches use the comparison with sqlite3, this one does not"
)]
mod side_by_side;

use std::time::{Duration, Instant};

use chrono::{NaiveDate, TimeDelta};
use dwell::journal::Step;
use dwell::journal::entry::fact::Origin;
use dwell::journal::entry::record::Record;
use dwell::library::SHIPPED;
use dwell::store::Store;
use side_by_side::prose::Prose;
use side_by_side::{LAST_DAY, now, numbers};
use tempfile::TempDir;

fn main() {
    let mut numbers = numbers();
    let sizes = match numbers.next() {
        Some(days) => vec![days],
        None => vec![365, 36_500],
    };
    let runs = numbers.next().unwrap_or(5);
    for days in sizes {
        measure(days, runs);
    }
}

fn measure(days: u32, runs: u32) {
    let home = TempDir::new().expect("a folder");
    let path = home.path().join("journal.db");
    let mut store = Store::open(&path, SHIPPED).expect("a journal");
    let last: NaiveDate = LAST_DAY.parse().expect("a date");
    let mut prose = Prose(7);
    let records = (0..days).map(|number| {
        let now = now(last - TimeDelta::days(i64::from(days - 1 - number)));
        Record {
            day: now.day,
            at: now.at,
            text: prose.sentence(70),
            tags: Vec::new(),
            step: (number % 3 == 0).then(|| Step::open(prose.sentence(5))),
            afterthoughts: Vec::new(),
            origin: Origin { format: "bench".to_owned(), key: number.to_string() },
        }
    });
    let (_, filled) = timed(|| store.import(now(last), records).expect("imported"));
    store.install_shipped(now(last)).expect("installed");
    let size = std::fs::metadata(&path).expect("there").len() / 1_000_000;
    println!("{days} days, {size} MB, filled by one batch in {:.2} s", filled.as_secs_f64());
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
