//! Tests of endurance: what is left of a journal when the program is killed, the disk fails or fills,
//! the power goes, many write at once, or the file is damaged. `README.md` here says how they are run.

mod calls;
mod control;
mod damage;
mod dice;
mod faults;
mod full;
mod home;
mod oracle;
mod pool;
mod powercut;
mod random;
mod table;
mod verbs;
mod vfs;
mod watch;

use std::process::ExitCode;

use pool::Pool;
use table::Table;
use verbs::{Homes, Start, Verb};

/// How much is done.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Size {
    /// Samples of everything, in a few minutes.
    Short,
    /// Everything, in about an hour.
    Long,
}

impl Size {
    /// Of the calls of one kind on one file, at most this many are hit.
    fn most_calls(self, verb: &Verb, part: &str) -> usize {
        // A first run takes in all lessons and is slow, and so is a large journal.
        let is_slow = verb.starts_empty() || verb.start == Start::Large;
        match (self, part) {
            (Self::Short, "kill") if is_slow => 1,
            (Self::Short, "kill") => 4,
            (Self::Short, _) if is_slow => 1,
            (Self::Short, _) => 2,
            (Self::Long, "errors") if is_slow => 3,
            (Self::Long, "errors") => 60,
            (Self::Long, _) => 2500,
        }
    }
}

impl Size {
    /// The most faults that are made in one run; `None` if all are made.
    fn most_cases(self, verb: &Verb) -> Option<usize> {
        let is_of_lock = verb.start == Start::Locked || verb.args[0] == "lock";
        is_of_lock.then_some(if self == Self::Short { 2 } else { 120 })
    }
}

/// The parts, in the order in which they run.
const PARTS: [&str; 9] =
    ["kill", "errors", "full", "vfs", "powercut", "random", "damage", "forms", "locked"];

fn main() -> ExitCode {
    let mut size = Size::Short;
    let mut jobs = std::thread::available_parallelism().map_or(2, usize::from);
    let mut parts = Vec::new();
    let mut only = None;
    let mut write = false;
    let mut arguments = std::env::args().skip(1);
    while let Some(argument) = arguments.next() {
        match argument.as_str() {
            "can-watch" => return can_watch(),
            "short" => size = Size::Short,
            "long" => size = Size::Long,
            "--jobs" => {
                jobs = arguments.next().and_then(|n| n.parse().ok()).expect("--jobs NUMBER")
            }
            "--write" => write = true,
            "--only" => only = arguments.next(),
            part if PARTS.contains(&part) => parts.push(argument),
            _ => {
                eprintln!(
                    "usage: run short|long [--write] [--jobs NUMBER] [--only VERB|DAMAGE] [{}]",
                    PARTS.join("|")
                );
                return ExitCode::from(2);
            }
        }
    }
    let runs = |part: &str| parts.is_empty() || parts.iter().any(|chosen| chosen == part);
    let pool = Pool::new(jobs);
    let homes = Homes::new(&pool);
    let chosen: Vec<Verb> = verbs::VERBS
        .iter()
        .filter(|verb| only.as_ref().is_none_or(|name| name == verb.name))
        .flat_map(|verb| match size {
            Size::Short => vec![*verb],
            Size::Long => [Some(*verb), verb.on_large()].into_iter().flatten().collect(),
        })
        .collect();
    let mut table = Table::new();
    if runs("kill") {
        faults::kill(&mut table, &pool, &homes, size, &chosen, "kill");
        control::run(&mut table, &pool, &homes, "kill");
    }
    if runs("errors") {
        faults::errors(&mut table, &pool, &homes, size, &chosen, "errors");
    }
    if runs("full") {
        full::run(&mut table, &pool, &homes, size, &chosen);
    }
    if runs("vfs") {
        vfs::run(&mut table, &pool, &homes, size);
    }
    if runs("powercut") {
        powercut::run(&mut table, &pool, &homes, size);
    }
    if runs("random") {
        random::run(&mut table, &pool, &homes, size);
    }
    if runs("damage") {
        damage::run(&mut table, &pool, &homes, size, only.as_deref());
    }
    if runs("forms") {
        faults::kill(&mut table, &pool, &homes, size, verbs::FORMS, "forms");
        faults::errors(&mut table, &pool, &homes, size, verbs::FORMS, "forms");
    }
    if runs("locked") {
        faults::kill(&mut table, &pool, &homes, size, verbs::LOCKED, "locked");
        faults::errors(&mut table, &pool, &homes, size, verbs::LOCKED, "locked");
    }
    if write {
        write_to_readme(&table);
    }
    if table.print() { ExitCode::SUCCESS } else { ExitCode::FAILURE }
}

/// Puts the rows of the parts that ran into the table in the README of the project.
fn write_to_readme(table: &Table) {
    let mark = "<!-- `tests/endurance/run long --write` writes what stands here -->\n";
    let path = concat!(env!("CARGO_MANIFEST_DIR"), "/../../README.md");
    let text = std::fs::read_to_string(path).expect("a README");
    let (before, rest) = text.split_once(mark).expect("a mark");
    let (rows, after) = rest.split_once("<!-- until here -->").expect("its end");
    let table = table.markdown(rows, &PARTS);
    let new = format!("{before}{mark}\n{table}\n<!-- until here -->{after}");
    std::fs::write(path, new).expect("written");
}

/// Whether this system lets a program be watched; a container may not.
fn can_watch() -> ExitCode {
    let kinds: Vec<_> = calls::all().collect();
    let mut command = std::process::Command::new("/bin/true");
    let patience = std::time::Duration::from_secs(10);
    let mut seen = 0;
    let ended = watch::run(&mut command, &kinds, patience, |_| {
        seen += 1;
        watch::Answer::Go
    });
    match ended {
        Ok(end) if end.status.success() && seen > 0 => ExitCode::SUCCESS,
        Ok(_) => ExitCode::FAILURE,
        Err(error) => {
            eprintln!("no program can be watched: {error}");
            ExitCode::FAILURE
        }
    }
}
