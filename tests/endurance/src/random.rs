//! `random`: many processes at once, some of them killed at any moment. What was acknowledged is there,
//! what was forgotten is nowhere, and the journal is sound.

use std::collections::{BTreeMap, HashMap};
use std::fs;
use std::path::Path;
use std::process::Stdio;
use std::sync::Mutex;
use std::sync::atomic::{AtomicUsize, Ordering};
use std::thread;
use std::time::Duration;

use crate::Size;
use crate::dice::Dice;
use crate::home::{Home, Run, files_below};
use crate::oracle::{check, journal_state};
use crate::pool::Pool;
use crate::table::Table;
use crate::verbs::{Homes, Start};
use crate::watch;

/// What many runs did.
#[derive(Debug, Default)]
struct Log {
    runs: usize,
    killed: usize,
    /// Runs that gave up because others held the journal.
    locked: usize,
    /// What was said to be saved.
    acknowledged: Vec<String>,
    wrong: Vec<String>,
}

/// The part `random`.
pub fn run(table: &mut Table, pool: &Pool, homes: &Homes, size: Size) {
    let is_long = size == Size::Long;
    let folder = pool.folder("random");
    // Each round has a journal of its own, which stays small.
    let (rounds, acknowledged) = if is_long { (14, 4000) } else { (1, 300) };
    let mut all = Log::default();
    for round in 0..rounds {
        let home = homes.copy(Start::Journal, &folder.join("home"));
        all.add(killed_writers(&home, acknowledged, round));
    }
    all.tell(table, "kill -9 of ten writers, at random");
    let mut all = Log::default();
    for round in 0..if is_long { 60 } else { 3 } {
        all.add(first_writers(Home::empty(folder.join("home")), round));
    }
    all.tell(table, "kill -9 of twelve first writers on an empty home");
    let home = homes.copy(Start::Locked, &folder.join("home"));
    killed_writers(&home, if is_long { 300 } else { 10 }, 99)
        .tell(table, "kill -9 of ten writers on a locked journal");
    let home = homes.copy(Start::Journal, &folder.join("home"));
    let log = mixed(&home, if is_long { 20_000 } else { 500 });
    log.tell(table, "32 that write, read, import, export and forget");
    control(table, homes, &folder);
}

impl Log {
    fn add(&mut self, other: Self) {
        self.runs += other.runs;
        self.killed += other.killed;
        self.locked += other.locked;
        self.acknowledged.extend(other.acknowledged);
        self.wrong.extend(other.wrong);
    }

    fn tell(&self, table: &mut Table, what: &str) {
        let Self { runs, killed, locked, acknowledged, wrong } = self;
        table.row("random", &format!("{what}: runs"), *runs, wrong);
        if *killed > 0 {
            table.row("random", "… of which killed", *killed, &[]);
        }
        table.row("random", "… of which acknowledged words", acknowledged.len(), &[]);
        if *locked > 0 {
            table.row("random", "… of which gave up after five seconds", *locked, &[]);
        }
    }
}

/// Ten writers, of whose runs every eighth is killed, until this many changes are acknowledged.
fn killed_writers(home: &Home, acknowledged: usize, round: usize) -> Log {
    let log = Mutex::new(Log::default());
    let count = AtomicUsize::new(0);
    thread::scope(|scope| {
        for writer in 0..10 {
            let (log, count) = (&log, &count);
            scope.spawn(move || {
                let mut dice = Dice((round * 100 + writer) as u64);
                let mut number = 0;
                while count.load(Ordering::Relaxed) < acknowledged {
                    number += 1;
                    let word = format!("K{round}x{writer}x{number}W");
                    let day = some_day(&mut dice, 2020..2026);
                    let is_killed = dice.roll(8) == 0;
                    let after = Duration::from_micros(dice.roll(20_000) as u64);
                    let run = write(home, &day, &word, is_killed.then_some(after));
                    let mut log = log.lock().expect("never panics");
                    log.runs += 1;
                    if run.said("saved 2") {
                        count.fetch_add(1, Ordering::Relaxed);
                        log.acknowledged.push(word);
                    } else if run.said("is locked") {
                        log.locked += 1;
                    } else if run.code.is_some() {
                        log.wrong.push(format!("{word}: {:?} {}", run.code, run.err));
                    }
                    log.killed += usize::from(run.code.is_none());
                }
            });
        }
    });
    let mut log = log.into_inner().expect("never panics");
    log.wrong.extend(losses(home, &log.acknowledged));
    log
}

/// Twelve writers that all begin the journal, most of which are killed.
fn first_writers(home: Home, round: usize) -> Log {
    let log = Mutex::new(Log::default());
    thread::scope(|scope| {
        for writer in 0..12 {
            let (log, home) = (&log, &home);
            scope.spawn(move || {
                let mut dice = Dice((7_000 + round * 100 + writer) as u64);
                let word = format!("E{round}x{writer}W");
                let after = Duration::from_micros(dice.roll(400_000) as u64);
                let is_killed = dice.roll(10) < 6;
                let run = write(home, "2026-11-26", &word, is_killed.then_some(after));
                let mut log = log.lock().expect("never panics");
                log.runs += 1;
                log.killed += usize::from(run.code.is_none());
                if run.said("saved 2") {
                    log.acknowledged.push(word);
                } else if run.said("is locked") {
                    log.locked += 1;
                } else if run.code.is_some() {
                    log.wrong.push(format!("{word}: {:?} {}", run.code, run.err));
                }
            });
        }
    });
    let mut log = log.into_inner().expect("never panics");
    home.ok(&["write", "the words after it"]);
    log.wrong.extend(losses(&home, &log.acknowledged));
    log
}

/// Writes a word, through a pipe or as an argument; killed after this time, if it is not done.
fn write(home: &Home, day: &str, word: &str, killed_after: Option<Duration>) -> Run {
    let is_piped = word.len().is_multiple_of(2);
    let mut args = vec!["write", "--day", day];
    if !is_piped {
        args.push(word);
    }
    let mut command = home.command(&args);
    if is_piped {
        command.stdin(watch::piped(word.as_bytes()).expect("a pipe"));
    }
    command.stdout(Stdio::null());
    let mut child = command.spawn().expect("started");
    if let Some(after) = killed_after {
        thread::sleep(after);
        let _ = child.kill();
    }
    let output = child.wait_with_output().expect("ended");
    Run::new(&output.stdout, &output.stderr, output.status)
}

fn some_day(dice: &mut Dice, years: std::ops::Range<usize>) -> String {
    let year = years.start + dice.roll(years.len());
    format!("{year}-{:02}-{:02}", 1 + dice.roll(12), 1 + dice.roll(28))
}

/// What was acknowledged and is lost, and what else is wrong with the journal.
fn losses(home: &Home, acknowledged: &[String]) -> Vec<String> {
    let mut found = Vec::new();
    let log = home.run(&["log", "--json"]);
    if log.code != Some(0) {
        found.push(format!("the log: {:?} {}", log.code, log.err));
    }
    let mut times: HashMap<&str, usize> = HashMap::new();
    for word in log.out.split(|c: char| !c.is_alphanumeric()) {
        // A line break stands as `\n` between two texts.
        let word = word.strip_prefix('n').unwrap_or(word);
        *times.entry(word).or_default() += 1;
    }
    for word in acknowledged {
        match times.get(word.as_str()) {
            None => found.push(format!("{word} was acknowledged and is lost")),
            Some(1) => {}
            Some(times) => found.push(format!("{word} is there {times} times")),
        }
    }
    found.extend(unsound(home));
    found
}

/// What is wrong with the journal, whatever stands in it.
fn unsound(home: &Home) -> Vec<String> {
    let mut found = Vec::new();
    found.extend(journal_state(&home.journal()).err());
    found.extend(check(&home.journal()).err());
    found
}

/// 32 processes that do all kinds of things.
fn mixed(home: &Home, runs: usize) -> Log {
    let log = Mutex::new(Log::default());
    let started = AtomicUsize::new(0);
    let codes: Mutex<BTreeMap<(String, Option<i32>), usize>> = Mutex::default();
    thread::scope(|scope| {
        for process in 0..32 {
            let (log, started, codes) = (&log, &started, &codes);
            scope.spawn(move || {
                let mut dice = Dice(500 + process as u64);
                while started.fetch_add(1, Ordering::Relaxed) < runs {
                    let number = started.load(Ordering::Relaxed);
                    let word = format!("M{process}x{number}W");
                    let (args, keeps) = some_run(&mut dice, process, &word);
                    let args: Vec<&str> = args.iter().map(String::as_str).collect();
                    let run = home.run(&args);
                    let mut codes = codes.lock().expect("never panics");
                    *codes.entry((args[0].to_owned(), run.code)).or_default() += 1;
                    drop(codes);
                    let mut log = log.lock().expect("never panics");
                    log.runs += 1;
                    if run.said("is locked") || run.said("another import") {
                        log.locked += 1;
                    } else if run.code == Some(2) && run.said("at the same time") {
                    } else if !matches!(run.code, Some(0 | 1)) || !run.is_orderly() {
                        log.wrong.push(format!("{args:?}: {:?} {}", run.code, run.err));
                    } else if run.code == Some(0) && keeps {
                        log.acknowledged.push(word);
                    }
                }
            });
        }
    });
    let mut log = log.into_inner().expect("never panics");
    eprintln!("         {:?}", codes.into_inner().expect("never panics"));
    // Undone and deleted words stay among the facts.
    let facts = home.run(&["export", "jsonl"]).out;
    for word in &log.acknowledged {
        if !facts.contains(word) {
            log.wrong.push(format!("{word} was acknowledged and is lost"));
        }
    }
    for process in 0..32 {
        home.run(&["forget", &forgotten_day(process), "--backups", "--yes"]);
    }
    for path in files_below(&home.at(".local/share")) {
        let bytes = fs::read(&path).expect("read");
        if bytes.windows(11).any(|part| part == b"forgotten-M") {
            log.wrong.push(format!("forgotten words are in {}", path.display()));
        }
    }
    log.wrong.extend(unsound(home));
    log
}

fn forgotten_day(process: usize) -> String {
    format!("2019-10-{:02}", process % 28 + 1)
}

/// A run, and whether its word must be kept if it succeeds.
fn some_run(dice: &mut Dice, process: usize, word: &str) -> (Vec<String>, bool) {
    let day = some_day(dice, 2024..2026);
    let forgotten = forgotten_day(process);
    let secret = format!("forgotten-{word}");
    let (args, keeps): (Vec<&str>, bool) = match dice.roll(100) {
        0..35 => (vec!["write", "--day", &day, word], true),
        35..43 => (vec!["write", "--day", &forgotten, &secret], false),
        43..48 => (vec!["forget", &forgotten, "--yes"], false),
        48..56 => (vec!["undo", "--yes"], false),
        56..59 => (vec!["redo"], false),
        59..64 => (vec!["afterthought", &day, word], true),
        64..69 => (vec!["step", "add", word], true),
        69..74 => (vec!["today"], false),
        74..81 => (vec!["log", "--json"], false),
        81..87 => (vec!["search", "word OR M1*"], false),
        87..89 => (vec!["review", "week"], false),
        89..91 => (vec!["import", "dwell", "other.jsonl"], false),
        91..93 => (vec!["import", "csv", "lessons.csv"], false),
        93..95 => (vec!["export", "jsonl"], false),
        _ => (vec!["delete", &day, "--yes"], false),
    };
    (args.into_iter().map(str::to_owned).collect(), keeps)
}

/// Words that are lost, or there twice: both must be noticed.
fn control(table: &mut Table, homes: &Homes, folder: &Path) {
    let home = homes.copy(Start::Journal, &folder.join("home"));
    let words = ["C1W", "C2W"].map(str::to_owned);
    for word in &words {
        assert!(write(&home, "2025-01-01", word, None).said("saved 2"));
    }
    assert_eq!(losses(&home, &words), Vec::<String>::new());
    let lost = losses(&home, &[words.to_vec(), vec!["C3W".to_owned()]].concat());
    write(&home, "2025-01-02", "C1W", None);
    let twice = losses(&home, &words);
    let noticed = usize::from(!lost.is_empty()) + usize::from(!twice.is_empty());
    table.control("random", "a word that is lost, and one that is there twice", 2, noticed, 2);
}
