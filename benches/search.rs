//! How long `dwell search` takes to find a rare word in a journal of a hundred years, and in one of
//! a million lessons, beside the `sqlite3` program asking the same index of the same file.
//!
//! `cargo bench --bench search` prints medians of runs taken in turn and their ratio. It needs the
//! `sqlite3` program. `-- ENTRIES LESSONS RUNS` sets the sizes and the number of runs.

#![expect(clippy::print_stdout, reason = "a bench prints what it measured")]

use std::path::Path;
use std::process::{Command, Stdio};
use std::time::{Duration, Instant};

use chrono::{NaiveDate, TimeDelta};
use dwell::journal::lesson::LessonText;
use dwell::journal::plan::Order;
use dwell::journal::{Day, Moment, Now, Series, Source};
use dwell::store::{Store, Writing};
use tempfile::TempDir;

const LAST_DAY: &str = "2126-11-22";
const RARE: &str = "quetzalcoatl";

fn main() {
    let mut numbers = std::env::args().skip(1).filter_map(|word| word.parse::<u32>().ok());
    let entries = numbers.next().unwrap_or(36_500);
    let lessons = numbers.next().unwrap_or(1_000_000);
    let runs = numbers.next().unwrap_or(100) as usize;
    compare(&format!("{entries} entries"), runs, 3.0, |store| fill_entries(store, entries));
    compare(&format!("{lessons} lessons"), runs, 5.0, |store| fill_lessons(store, lessons));
}

/// Fills a journal, searches it with both programs in turn, and prints how long each took.
fn compare(what: &str, runs: usize, wanted: f64, fill: impl FnOnce(&mut Store)) {
    let shared = Path::new("/dev/shm");
    let home = if shared.is_dir() { TempDir::new_in(shared) } else { TempDir::new() };
    let home = home.expect("a folder");
    let journal = home.path().join("journal.db");
    println!("writing {what}");
    fill(&mut Store::open(&journal).expect("a journal"));
    let size = std::fs::metadata(&journal).expect("there").len();
    let journal = journal.to_str().expect("UTF-8");
    let now = format!("{LAST_DAY}T09:00:00+00:00");
    let select = format!(
        "SELECT rowid, bm25(search, 4.0, 1.0) AS score,
                snippet(search, -1, '[', ']', '...', 24)
         FROM search WHERE search MATCH '\"{RARE}\"' ORDER BY score"
    );
    let dwell = env!("CARGO_BIN_EXE_dwell");
    let search =
        |more: &[&str]| command(dwell, &[&["--journal", journal, "search", RARE], more].concat());
    let mut commands: [(&str, Command, Vec<Duration>); 4] = [
        ("dwell search", search(&[]), Vec::new()),
        ("dwell search --json", search(&["--json"]), Vec::new()),
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
    println!("{what}, {} MB, {runs} runs in turn, medians:", size / 1_000_000);
    let medians = commands.map(|(name, _, times)| (name, median(times)));
    let sqlite = medians[2].1;
    for (name, median) in medians {
        let (ms, ratio) = (median.as_secs_f64() * 1e3, median.as_secs_f64() / sqlite.as_secs_f64());
        println!("{name:20} {ms:6.2} ms  {ratio:5.2} of sqlite3 (wanted: under {wanted})");
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

/// A reflection of some seventy words a day up to the last day; a few hold the rare word.
fn fill_entries(store: &mut Store, entries: u32) {
    let last: NaiveDate = LAST_DAY.parse().expect("a date");
    let mut words = Words(7);
    for number in 0..entries {
        let date = last - TimeDelta::days(i64::from(entries - 1 - number));
        let mut text = words.sentence(70);
        if number % (entries / 5).max(1) == 1 {
            text = format!("{text} {RARE} {}", words.sentence(10));
        }
        let writing = Writing { day: now(date).day, text: &text, step: None, again: None };
        store.write(now(date), Order::Series, writing).expect("written");
    }
}

/// Series of a thousand short lessons; a few lessons hold the rare word.
fn fill_lessons(store: &mut Store, lessons: u32) {
    let now = now(LAST_DAY.parse().expect("a date"));
    let mut words = Words(7);
    for first in (0..lessons).step_by(1000) {
        let lesson = |number: u32| LessonText {
            title: format!("Lesson {number}: {}", words.sentence(3)),
            story: match number % (lessons / 5).max(1) {
                1 => format!("{} {RARE}", words.sentence(10)),
                _ => words.sentence(12),
            },
            takeaway: words.sentence(5),
            question: words.sentence(5),
            tags: Vec::new(),
        };
        let series = Series {
            slug: format!("series-{first}").parse().expect("a slug"),
            title: format!("Series {first}"),
            source: Source {
                title: "A bench".to_owned(),
                kind: "own".to_owned(),
                ..Source::default()
            },
            lessons: (first..lessons.min(first + 1000)).map(lesson).collect(),
        };
        store.add_series(now, &series).expect("added");
    }
}

fn now(date: NaiveDate) -> Now {
    let at = Moment::parse_from_rfc3339(&format!("{date}T07:00:00+00:00")).expect("a time");
    Now { at, day: Day::new(date).expect("in range") }
}

/// Words of which some come often and most come seldom, the same at every run.
struct Words(u64);

impl Words {
    fn sentence(&mut self, length: usize) -> String {
        (0..length).map(|_| self.word()).collect::<Vec<_>>().join(" ")
    }

    fn word(&mut self) -> String {
        let (first, second) = (self.number() % 5000, self.number() % 5000);
        // The product makes low numbers the common ones.
        let mut number = first * second / 5000 + 20;
        let mut word = String::new();
        while number > 0 {
            for letters in ["bdfglmnprstvkwhj", "aeiou"] {
                let count = letters.len() as u64;
                word.extend(letters.chars().nth(usize::try_from(number % count).expect("small")));
                number /= count;
            }
        }
        word
    }

    /// The next of a row of numbers without a pattern.
    fn number(&mut self) -> u64 {
        self.0 =
            self.0.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
        self.0 >> 33
    }
}
