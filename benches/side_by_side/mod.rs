//! Runs commands in turn and prints the median of each beside that of the `sqlite3` program.

#![expect(clippy::print_stdout, reason = "a bench prints what it measured")]

pub mod prose;

use std::process::{Command, Stdio};
use std::time::{Duration, Instant};

use chrono::NaiveDate;
use dwell::journal::{Day, Moment, Now};
use dwell::library::SHIPPED;
use dwell::store::Store;
use tempfile::TempDir;

pub const LAST_DAY: &str = "2126-11-22";

/// Seven in the morning of a day.
pub fn now(date: NaiveDate) -> Now {
    let at = Moment::parse_from_rfc3339(&format!("{date}T07:00:00+00:00")).expect("a time");
    Now { at, day: Day::new(date).expect("in range") }
}

/// The numbers on the command line, in order.
pub fn numbers() -> impl Iterator<Item = u32> {
    std::env::args().skip(1).filter_map(|word| word.parse().ok())
}

/// Fills a journal, then runs in turn `dwell` with each of these arguments and `sqlite3` with the
/// query. Prints the median time of each and its ratio to that of `sqlite3`.
pub fn compare(
    what: &str,
    runs: usize,
    dwell: &[&[&str]],
    query: &str,
    fill: impl FnOnce(&mut Store),
) {
    let home = TempDir::new_in("/dev/shm").or_else(|_| TempDir::new()).expect("a folder");
    let journal = home.path().join("journal.db");
    println!("writing {what}");
    fill(&mut Store::open(&journal, SHIPPED).expect("a journal"));
    let size = std::fs::metadata(&journal).expect("there").len();
    let journal = journal.to_str().expect("UTF-8");
    let of_dwell = dwell.iter().map(|args| {
        let all = [&["--journal", journal], *args].concat();
        (format!("dwell {}", args.join(" ")), command(env!("CARGO_BIN_EXE_dwell"), &all))
    });
    let others = [("sqlite3".to_owned(), command("sqlite3", &[journal, query]))];
    let mut commands: Vec<(String, Command, Vec<Duration>)> = (others.into_iter())
        .chain(of_dwell)
        .chain([("true".to_owned(), command("true", &[]))])
        .map(|(name, command)| (name, command, Vec::new()))
        .collect();
    for (_, command, _) in &mut commands {
        command.env_clear().env("HOME", home.path());
        command.env("DWELL_NOW", format!("{LAST_DAY}T09:00:00+00:00"));
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
    println!("{what}, {} MB, {runs} runs in turn, medians:", size / 1_000_000);
    let medians: Vec<_> =
        commands.into_iter().map(|(name, _, times)| (name, median(times))).collect();
    let sqlite = medians[0].1;
    for (name, median) in medians {
        let (ms, ratio) = (median.as_secs_f64() * 1e3, median.as_secs_f64() / sqlite.as_secs_f64());
        println!("{name:32} {ms:6.2} ms  {ratio:5.2} of sqlite3");
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
