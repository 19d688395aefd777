//! What is counted instead of timed: instructions, syncs, memory.

use std::fs;
use std::io::Read;
use std::process::Command;

use portable_pty::{CommandBuilder, PtySize, native_pty_system};
use tempfile::NamedTempFile;

use crate::bench::median_by;
use crate::programs::{need, run};

/// The instructions that a command takes, in millions, with standard output to nowhere.
pub fn instructions(command: &Command) -> Result<f64, String> {
    median_of_three(|_| count(command, run))
}

/// The same of a command that is another one at each run.
pub fn instructions_of(command: impl Fn(usize) -> Command) -> Result<f64, String> {
    median_of_three(|number| count(&command(number), run))
}

/// The same at a terminal of 80 columns.
pub fn instructions_at_terminal(command: &Command) -> Result<f64, String> {
    median_of_three(|_| count(command, at_terminal))
}

/// The seeds of hash tables make small differences.
fn median_of_three(count: impl Fn(usize) -> f64) -> Result<f64, String> {
    need("valgrind")?;
    Ok(median_by((0..3).map(count).collect(), f64::total_cmp))
}

fn count(command: &Command, run: impl Fn(&mut Command)) -> f64 {
    let log = NamedTempFile::new().expect("a file");
    let log_file = format!("--log-file={}", log.path().display());
    let options = ["--tool=callgrind", "--callgrind-out-file=/dev/null", &log_file];
    run(&mut under("valgrind", &options, command));
    let log = fs::read_to_string(log.path()).expect("a log");
    let count = log.lines().find_map(|line| line.split_once("Collected :"));
    let count: f64 = count.and_then(|(_, count)| count.trim().parse().ok()).expect("a count");
    count / 1e6
}

fn at_terminal(command: &mut Command) {
    let mut builder = CommandBuilder::new(command.get_program());
    builder.args(command.get_args());
    builder.env_clear();
    for (name, value) in command.get_envs() {
        builder.env(name, value.unwrap_or_default());
    }
    builder.env("TERM", "xterm-256color");
    let size = PtySize { rows: 24, cols: 80, pixel_width: 0, pixel_height: 0 };
    let pair = native_pty_system().openpty(size).expect("a terminal");
    let mut child = pair.slave.spawn_command(builder).expect("started");
    drop(pair.slave);
    // It ends with an error where the last process has closed the terminal.
    let _ = pair.master.try_clone_reader().expect("readable").read_to_end(&mut Vec::new());
    assert!(child.wait().expect("ended").success(), "{command:?} failed");
}

/// How often a command waits for the disk.
pub fn syncs(command: &Command) -> Result<f64, String> {
    need("strace")?;
    let log = NamedTempFile::new().expect("a file");
    let log_file = log.path().display().to_string();
    let options = ["-f", "-o", &log_file, "-e", "trace=fsync,fdatasync,sync_file_range,syncfs"];
    run(&mut under("strace", &options, command));
    let log = fs::read_to_string(log.path()).expect("a log");
    let calls = log.lines().filter(|line| line.contains("sync") && line.contains('('));
    Ok(f64::from(u32::try_from(calls.count()).expect("few")))
}

/// The most memory that a command had at a time, in megabytes.
pub fn memory(command: &Command) -> Result<f64, String> {
    // It is small, so what it has itself before the command begins is less than any dwell.
    let time = "/usr/bin/time";
    fs::metadata(time).map_err(|_| format!("{time} is not installed"))?;
    let log = NamedTempFile::new().expect("a file");
    let log_file = log.path().display().to_string();
    run(&mut under(time, &["--format=%M", "--output", &log_file], command));
    let log = fs::read_to_string(log.path()).expect("a log");
    let kib: f64 = log.trim().parse().expect("a number");
    Ok(kib * 1024.0 / 1e6)
}

/// A command, run by another program.
fn under(program: &str, options: &[&str], command: &Command) -> Command {
    let mut over = Command::new(program);
    over.args(options).arg(command.get_program()).args(command.get_args()).env_clear();
    for (name, value) in command.get_envs() {
        over.env(name, value.unwrap_or_default());
    }
    if let Some(folder) = command.get_current_dir() {
        over.current_dir(folder);
    }
    let null = std::process::Stdio::null;
    over.stdin(null()).stdout(null()).stderr(null());
    over
}
