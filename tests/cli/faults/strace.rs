//! `strace`: which calls a run makes, and a run in which one of them fails.

use std::collections::BTreeMap;
use std::fmt;
use std::fs;
use std::io::Write;
use std::os::unix::process::ExitStatusExt;
use std::path::Path;
use std::process::{Command, Stdio};

use super::verbs::Verb;
use crate::sandbox::Sandbox;

/// What happens at a call.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Fault {
    /// The process is killed before the call is made.
    Kill,
    /// The call fails with an error of the disk.
    Eio,
    /// The call fails because the disk is full.
    Enospc,
    /// This call and all later ones of its kind fail.
    EioFromHere,
}

/// A call that a run makes.
#[derive(Debug, Clone)]
pub(super) struct Call {
    pub(super) name: String,
    /// The file that it is about, without what differs from run to run.
    pub(super) place: String,
    /// How many calls of this name the run made so far, this one included.
    pub(super) number: usize,
    /// Whether it is the first of this name on this file.
    pub(super) is_first: bool,
}

impl fmt::Display for Call {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{} {} on {}", self.name, self.number, self.place)
    }
}

/// A run in which a call failed.
pub(super) struct FaultyRun {
    /// Both outputs.
    pub(super) said: String,
    /// `None` if it was killed.
    pub(super) code: Option<i32>,
    pub(super) was_hit: bool,
    /// Whether all later calls of the same kind failed too.
    pub(super) stays: bool,
}

/// Calls that start or await another program.
const OF_PROCESSES: [&str; 5] = ["clone", "clone3", "fork", "vfork", "wait4"];

/// Runs a verb undisturbed. Returns its calls on the files of its home and on its three streams, in
/// order, and what it said.
pub(super) fn calls(verb: &Verb, home: &Sandbox) -> (Vec<Call>, String) {
    let trace = home.home().join("trace");
    let run = under_strace(verb, home, &["-y", "-o", &trace.display().to_string()]);
    assert_eq!(run.code, Some(0), "{}", run.said);
    let text = fs::read(&trace).expect("a trace");
    fs::remove_file(&trace).expect("removed");
    let mut made: BTreeMap<String, usize> = BTreeMap::new();
    let mut calls = Vec::new();
    for line in String::from_utf8_lossy(&text).lines() {
        let Some((name, arguments)) = line.split_once('(') else { continue };
        let number = made.entry(name.to_owned()).or_default();
        *number += 1;
        if let Some(place) = place(name, arguments, home.home()) {
            let is_first =
                !calls.iter().any(|call: &Call| call.name == name && call.place == place);
            calls.push(Call { name: name.to_owned(), place, number: *number, is_first });
        }
    }
    (calls, run.said)
}

/// Some of these calls: of each name on each file at most `most`, the first and the last included.
pub(super) fn sample(calls: &[Call], most: usize) -> Vec<Call> {
    let mut kinds: BTreeMap<(&str, &str), Vec<&Call>> = BTreeMap::new();
    for call in calls {
        kinds.entry((&call.name, &call.place)).or_default().push(call);
    }
    let mut chosen = Vec::new();
    for calls in kinds.values() {
        let last = calls.len() - 1;
        let mut picks: Vec<usize> = (0..most).map(|pick| pick * last / (most - 1)).collect();
        picks.dedup();
        chosen.extend(picks.into_iter().map(|pick| calls[pick].clone()));
    }
    chosen
}

/// Runs a verb with a fault at one call.
pub(super) fn run_with_fault(verb: &Verb, home: &Sandbox, call: &Call, fault: Fault) -> FaultyRun {
    let (name, number) = (&call.name, call.number);
    let what = match fault {
        Fault::Kill => format!("signal=SIGKILL:when={number}"),
        Fault::Eio => format!("error=EIO:when={number}"),
        Fault::Enospc => format!("error=ENOSPC:when={number}"),
        Fault::EioFromHere => format!("error=EIO:when={number}+"),
    };
    let trace = home.home().join("trace");
    let (only, inject) = (format!("trace={name}"), format!("inject={name}:{what}"));
    let options = ["-o", &trace.display().to_string(), "-e", &only, "-e", &inject];
    let run = under_strace(verb, home, &options);
    let trace = fs::read(&trace).expect("a trace");
    let trace = String::from_utf8_lossy(&trace);
    let was_hit = trace.contains("(INJECTED)") || trace.contains("+++ killed by SIGKILL");
    FaultyRun { was_hit, stays: fault == Fault::EioFromHere, ..run }
}

/// Runs a verb under `strace`, for at most a minute.
fn under_strace(verb: &Verb, home: &Sandbox, options: &[&str]) -> FaultyRun {
    let mut command = Command::new("timeout");
    command.args(["--signal=KILL", "60", "strace"]).args(options);
    command.arg(env!("CARGO_BIN_EXE_dwell")).args(&verb.args);
    command.env_clear().envs(home.environment()).current_dir(home.home());
    command.stdin(Stdio::piped()).stdout(Stdio::piped()).stderr(Stdio::piped());
    let mut child = command.spawn().expect("strace is installed");
    // The program may end before it has read everything.
    let _ = child.stdin.take().expect("piped").write_all(verb.input.as_bytes());
    // An editor that outlives the program has the same outputs, so this waits for it too.
    let output = child.wait_with_output().expect("ended");
    let said = [output.stdout, output.stderr].concat();
    let said = String::from_utf8_lossy(&said).into_owned();
    // `strace` ends as the program did, and `timeout` as `strace` did.
    let killed = output.status.signal().is_some() || output.status.code() == Some(128 + 9);
    let code = output.status.code().filter(|_| !killed);
    FaultyRun { said, code, was_hit: false, stays: false }
}

/// The file below the home that a call is about, or the stream; `None` if it is about another file.
fn place(name: &str, arguments: &str, home: &Path) -> Option<String> {
    if OF_PROCESSES.contains(&name) {
        return Some("a process".to_owned());
    }
    let streams = [("0<", "standard input"), ("1<", "standard output"), ("2<", "standard error")];
    if let Some((_, stream)) = streams.iter().find(|(begin, _)| arguments.starts_with(begin)) {
        return Some((*stream).to_owned());
    }
    let named = arguments.starts_with(['"', 'A']);
    let (open, close) = if named { ('"', '"') } else { ('<', '>') };
    let (path, _) = arguments.split_once(open)?.1.split_once(close)?;
    let below = path.strip_prefix(&home.display().to_string())?;
    Some(format!("home{}", without_numbers(below)))
}

/// The text with a star in place of each date, id and number in it.
fn without_numbers(text: &str) -> String {
    let is_part = |c: char| c.is_ascii_hexdigit() || c == '-';
    let mut short = String::new();
    let mut rest = text;
    while let Some(start) = rest.find(is_part) {
        let end = rest[start..].find(|c| !is_part(c)).map_or(rest.len(), |length| start + length);
        let run = &rest[start..end];
        short.push_str(&rest[..start]);
        short.push_str(if run.contains(|c: char| c.is_ascii_digit()) { "*" } else { run });
        rest = &rest[end..];
    }
    short + rest
}
