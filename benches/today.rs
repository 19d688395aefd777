//! How long `dwell today` takes on a journal of a hundred years, beside the `sqlite3` program
//! selecting the same day's entry from the same file.
//!
//! `cargo bench --bench today` prints medians of runs taken in turn and their ratio. It needs the
//! `sqlite3` program. `-- ENTRIES RUNS` sets the size of the journal and the number of runs.

#![expect(clippy::print_stdout, reason = "a bench prints what it measured")]

use std::path::Path;
use std::process::{Command, Stdio};
use std::time::{Duration, Instant};

use chrono::{NaiveDate, TimeDelta};
use dwell::journal::plan::Order;
use dwell::journal::{Day, Moment, Now};
use dwell::store::{Store, Writing};
use tempfile::TempDir;

const LAST_DAY: &str = "2126-11-22";

fn main() {
    let mut numbers = std::env::args().skip(1).filter_map(|word| word.parse::<u32>().ok());
    let entries = numbers.next().unwrap_or(36_500);
    let runs = numbers.next().unwrap_or(300) as usize;
    let shared = Path::new("/dev/shm");
    let home = if shared.is_dir() { TempDir::new_in(shared) } else { TempDir::new() };
    let home = home.expect("a folder");
    let journal = home.path().join("journal.db");
    println!("writing {entries} entries");
    fill(&journal, entries);
    let size = std::fs::metadata(&journal).expect("there").len();
    let journal = journal.to_str().expect("UTF-8");
    let now = format!("{LAST_DAY}T09:00:00+00:00");
    let select = format!("SELECT * FROM entry WHERE day = '{LAST_DAY}'");
    let dwell = env!("CARGO_BIN_EXE_dwell");
    let mut commands: [(&str, Command, Vec<Duration>); 4] = [
        ("dwell today", command(dwell, &["--journal", journal, "today"]), Vec::new()),
        ("dwell today --json", command(dwell, &["--journal", journal, "today", "--json"]), vec![]),
        ("sqlite3", command("sqlite3", &[journal, &select]), Vec::new()),
        ("true", command("true", &[]), Vec::new()),
    ];
    for (_, command, _) in &mut commands {
        command.env_clear().env("HOME", home.path()).env("DWELL_NOW", &now);
    }
    for run in 0..runs + 10 {
        for (name, command, times) in &mut commands {
            let started = Instant::now();
            let status = command.status();
            let took = started.elapsed();
            assert!(status.is_ok_and(|status| status.success()), "{name} failed; is it installed?");
            // The first runs warm the caches.
            if run >= 10 {
                times.push(took);
            }
        }
    }
    println!("{entries} entries, {} MB, {runs} runs in turn, medians:", size / 1_000_000);
    let medians = commands.map(|(name, _, times)| (name, median(times)));
    let sqlite = medians[2].1;
    for (name, median) in medians {
        let (ms, ratio) = (median.as_secs_f64() * 1e3, median.as_secs_f64() / sqlite.as_secs_f64());
        println!("{name:20} {ms:6.2} ms  {ratio:5.2} of sqlite3");
    }
}

fn command(program: &str, args: &[&str]) -> Command {
    let mut command = Command::new(program);
    command.args(args).stdin(Stdio::null()).stdout(Stdio::null());
    command
}

fn median(mut times: Vec<Duration>) -> Duration {
    times.sort_unstable();
    times[times.len() / 2]
}

/// A lesson a day up to the last day, each with a reflection of some seventy words.
fn fill(journal: &Path, entries: u32) {
    let mut store = Store::open(journal).expect("a journal");
    let last: NaiveDate = LAST_DAY.parse().expect("a date");
    for number in 0..entries {
        let date = last - TimeDelta::days(i64::from(entries - 1 - number));
        let at = Moment::parse_from_rfc3339(&format!("{date}T07:00:00+00:00")).expect("a time");
        let day = Day::new(date).expect("in range");
        let text = format!("Entry {number}. {}", "Some words on what the day was like. ".repeat(8));
        let writing = Writing { day, text: &text, step: None, again: None };
        store.write(Now { at, day }, Order::Series, writing).expect("written");
    }
}
