//! `kill` and `errors`: each run of the table, killed at each of its calls that change something, and
//! with an error of the disk at each of its calls.

use std::collections::BTreeMap;
use std::fmt;
use std::fs;
use std::path::Path;
use std::time::Duration;

use crate::Size;
use crate::calls::{self, About, Kind};
use crate::home::{Home, Run, new_file, without_ids};
use crate::oracle::{Expected, state};
use crate::pool::Pool;
use crate::table::Table;
use crate::verbs::{Homes, Verb};
use crate::watch::{self, Answer, Waiting};

/// No run takes this long.
const PATIENCE: Duration = Duration::from_secs(60);

/// What happens at a call.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Fault {
    /// The process is killed before the call is made.
    Kill,
    /// The call fails with this error.
    Once(i32),
    /// This call fails with it, and all later ones of its kind: those on files if it is about a
    /// file, those on the standard streams if it is about one of them. A full disk does not
    /// silence a terminal.
    FromHere(i32),
}

/// A call that a run makes.
#[derive(Debug, Clone)]
pub struct Call {
    pub kind: &'static Kind,
    /// The file that it is about, without what differs from run to run.
    pub place: String,
    /// How many calls of this kind on this place the run made so far, this one included.
    pub number: usize,
    /// Whether it changes something, or which locks are held.
    pub changes: bool,
}

impl fmt::Display for Call {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{} {} on {}", self.kind.name, self.number, self.place)
    }
}

/// A call as any run makes one.
pub fn some_call() -> Call {
    let kind = calls::named("fsync");
    Call { kind, place: "home/journal.db".to_owned(), number: 1, changes: true }
}

/// A run in which a call failed.
#[derive(Debug)]
pub struct FaultyRun {
    pub run: Run,
    pub call: Call,
    pub was_hit: bool,
    pub hung: bool,
    /// Whether the later calls failed too, as [`Fault::FromHere`] says.
    pub stays: bool,
    /// Whether the undisturbed run changes something.
    pub is_change: bool,
}

/// Runs one verb with each fault at each of its calls.
struct Case<'a> {
    verb: &'a Verb,
    expected: &'a Expected,
    call: Call,
    fault: Fault,
}

/// The part `kill`.
pub fn kill(table: &mut Table, pool: &Pool, homes: &Homes, size: Size, verbs: &[Verb], part: Part) {
    inject(table, pool, homes, size, verbs, part, |call| {
        if call.changes { vec![Fault::Kill] } else { Vec::new() }
    });
}

/// The part `errors`.
pub fn errors(
    table: &mut Table,
    pool: &Pool,
    homes: &Homes,
    size: Size,
    verbs: &[Verb],
    part: Part,
) {
    inject(table, pool, homes, size, verbs, part, |call| {
        match (call.kind.about, call.changes, size) {
            // No disk is asked for the end of another program.
            (About::Program, ..) => Vec::new(),
            (_, false, Size::Short) => vec![Fault::Once(libc::EIO)],
            (_, false, Size::Long) => vec![Fault::Once(libc::EIO), Fault::FromHere(libc::EIO)],
            (_, true, Size::Short) => vec![Fault::Once(libc::EIO), Fault::FromHere(libc::ENOSPC)],
            (_, true, Size::Long) => [libc::EIO, libc::ENOSPC]
                .into_iter()
                .flat_map(|error| [Fault::Once(error), Fault::FromHere(error)])
                .collect(),
        }
    });
}

/// The name of a part, as it stands in the table.
pub type Part = &'static str;

fn inject(
    table: &mut Table,
    pool: &Pool,
    homes: &Homes,
    size: Size,
    verbs: &[Verb],
    part: Part,
    faults: impl Fn(&Call) -> Vec<Fault>,
) {
    for verb in verbs {
        let (calls, expected) = undisturbed(verb, homes, &pool.folder("undisturbed"));
        let mut cases = Vec::new();
        for call in sample(&calls, size.most_calls(verb, part)) {
            for fault in faults(&call) {
                cases.push(Case { verb, expected: &expected, call: call.clone(), fault });
            }
        }
        if let Some(most) = size.most_cases(verb) {
            let step = cases.len().div_ceil(most).max(1);
            cases = cases.into_iter().step_by(step).collect();
        }
        let hit = std::sync::atomic::AtomicUsize::new(0);
        let mut wrong = pool.each(&cases, |case, folder| {
            let home = homes.copy(case.verb.start, &folder.join("home"));
            let run = with_fault(case, &home, folder);
            hit.fetch_add(usize::from(run.was_hit), std::sync::atomic::Ordering::Relaxed);
            let found = case.expected.contradictions(case.verb, &home, &run);
            let said = format!("{}{}", run.run.out, run.run.err).replace('\n', " | ");
            let said: String = said.chars().take(300).collect();
            let tell = |what| {
                format!(
                    "{}: {:?} at {}: {what} [{:?} {said}]",
                    verb.name, case.fault, case.call, run.run.code
                )
            };
            found.into_iter().map(tell).collect()
        });
        let hit = hit.into_inner();
        // The calls differ a little from run to run.
        if hit * 10 < cases.len() * 9 {
            wrong.push(format!("{}: only {hit} of {} runs met their call", verb.name, cases.len()));
        }
        table.row(part, verb.name, hit, &wrong);
    }
}

/// Runs the verb undisturbed. Returns the calls that it made, and what it changed.
pub fn undisturbed(verb: &Verb, homes: &Homes, folder: &Path) -> (Vec<Call>, Expected) {
    let home = homes.copy(verb.start, &folder.join("before"));
    let before = state(&home).expect("sound");
    let home = homes.copy(verb.start, &folder.join("home"));
    let kinds: Vec<&Kind> = calls::all().collect();
    let mut calls: Vec<Call> = Vec::new();
    let mut made: BTreeMap<(&str, String), usize> = BTreeMap::new();
    let (run, _) = watched(verb, &home, folder, &kinds, |waiting| {
        if let Some(place) = place(waiting, home.path()) {
            let number = made.entry((waiting.kind.name, place.clone())).or_default();
            *number += 1;
            let changes = changes(waiting);
            calls.push(Call { kind: waiting.kind, place, number: *number, changes });
        }
        Answer::Go
    });
    assert_eq!(run.code, Some(0), "{}: {}{}", verb.name, run.out, run.err);
    assert!(run.said(verb.done), "{}: {}{}", verb.name, run.out, run.err);
    let expected = Expected::new(verb, before, &home);
    (calls, expected)
}

/// Whether a call changes something. An open of a file that is there, to read it, does not.
fn changes(waiting: &Waiting) -> bool {
    let flags = match waiting.kind.name {
        "open" => waiting.arguments[1],
        "openat" => waiting.arguments[2],
        _ => return waiting.kind.changes,
    };
    flags & u64::try_from(libc::O_CREAT | libc::O_TRUNC).expect("a flag") != 0
}

/// Runs a verb with a fault at one call.
fn with_fault(case: &Case<'_>, home: &Home, folder: &Path) -> FaultyRun {
    let Case { verb, call, fault, expected } = case;
    let (mut made, mut was_hit) = (0, false);
    let (run, hung) = watched(verb, home, folder, &[call.kind], |waiting| {
        if was_hit && let Fault::FromHere(error) = fault {
            let fails = place(waiting, home.path())
                .is_some_and(|place| is_stream(&place) == is_stream(&call.place));
            return if fails { Answer::Fail(*error) } else { Answer::Go };
        }
        if was_hit || place(waiting, home.path()).as_ref() != Some(&call.place) {
            return Answer::Go;
        }
        made += 1;
        if made < call.number {
            return Answer::Go;
        }
        was_hit = true;
        match fault {
            Fault::Kill => Answer::Kill,
            Fault::Once(error) | Fault::FromHere(error) => Answer::Fail(*error),
        }
    });
    FaultyRun {
        run,
        call: call.clone(),
        was_hit,
        hung,
        stays: matches!(fault, Fault::FromHere(_)),
        is_change: expected.is_change(),
    }
}

/// Runs a verb, of which the calls of these kinds wait for an answer. True if it hung.
fn watched(
    verb: &Verb,
    home: &Home,
    folder: &Path,
    kinds: &[&'static Kind],
    answer: impl FnMut(&Waiting) -> Answer,
) -> (Run, bool) {
    let mut command = home.command(verb.args);
    let [out, err] = ["out", "err"].map(|name| folder.join(name));
    // Files take any amount without a reader.
    command.stdout(new_file(&out)).stderr(new_file(&err));
    command.stdin(watch::piped(verb.input.as_bytes()).expect("a pipe"));
    let end = watch::run(&mut command, kinds, PATIENCE, answer).expect("watched");
    let read = |path| fs::read(path).expect("read");
    (Run::new(&read(out), &read(err), end.status), end.hung)
}

/// The file below the home that a call is about, or the stream; `None` if it is about another file.
fn place(waiting: &Waiting, home: &Path) -> Option<String> {
    match (waiting.kind.about, waiting.arguments[0]) {
        (About::Program, _) => return Some("a process".to_owned()),
        (About::Descriptor, 0) => return Some("standard input".to_owned()),
        (About::Descriptor, 1) => return Some("standard output".to_owned()),
        (About::Descriptor, 2) => return Some("standard error".to_owned()),
        _ => {}
    }
    let path = waiting.path()?;
    let below = path.strip_prefix(home).ok()?;
    Some(format!("home/{}", without_ids(&below.display().to_string())))
}

/// Whether a place is a standard stream, and not a file.
pub fn is_stream(place: &str) -> bool {
    place.starts_with("standard ")
}

/// Some of these calls: of each kind on each place at most `most`, the last included.
fn sample(calls: &[Call], most: usize) -> Vec<Call> {
    let mut kinds: BTreeMap<(&str, &str), Vec<&Call>> = BTreeMap::new();
    for call in calls {
        kinds.entry((call.kind.name, &call.place)).or_default().push(call);
    }
    let mut chosen = Vec::new();
    for calls in kinds.values() {
        let last = calls.len() - 1;
        if calls.len() <= most {
            chosen.extend(calls.iter().map(|call| (*call).clone()));
            continue;
        }
        let mut picks: Vec<usize> = (1..=most).map(|pick| pick * last / most).collect();
        picks.dedup();
        chosen.extend(picks.into_iter().map(|pick| calls[pick].clone()));
    }
    chosen
}
