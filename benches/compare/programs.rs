//! The programs that are run, each with nothing of this process's environment but `PATH`.

use std::ffi::OsStr;
use std::fs;
use std::path::{Path, PathBuf};
use std::process::{Command, Stdio};

use chrono::TimeDelta;
use tempfile::TempDir;

use crate::journals::Journal;
use crate::journals::life::date;

/// A home folder, with copies of journals, that is gone at the end.
pub struct Home {
    folder: TempDir,
    dwell: PathBuf,
}

impl Home {
    /// On the disk that the project is on: what is measured includes what the disk takes.
    pub fn new(dwell: &Path) -> Self {
        let target = Path::new(env!("CARGO_MANIFEST_DIR")).join("target");
        let folder = TempDir::new_in(target).expect("a folder");
        Self { folder, dwell: dwell.to_owned() }
    }

    pub fn path(&self) -> &Path {
        self.folder.path()
    }

    /// A copy of a journal of its own for those who use this name.
    pub fn copy(&self, journal: Journal, name: &str) -> PathBuf {
        let copy = self.path().join(format!("{}-{name}.db", journal.name()));
        if !copy.exists() {
            fs::copy(journal.file(), &copy).expect("copied");
            // A journal that others can read is closed to them when it is opened: not in a cell.
            run(&mut self.dwell(&copy, 0, &["show", "today"]));
        }
        copy
    }

    /// dwell on a journal, on the morning this many days after the last day of the journals.
    pub fn dwell(&self, journal: &Path, days_later: usize, args: &[&str]) -> Command {
        let mut command = self.dwell_without_options(days_later, &["--journal"]);
        command.arg(journal).args(args);
        command
    }

    /// dwell with these arguments alone.
    pub fn dwell_without_options(&self, days_later: usize, args: &[&str]) -> Command {
        let mut command = self.program(&self.dwell);
        command.args(args).env("DWELL_NOW", morning(days_later));
        command
    }

    /// dwell, or another program in its place, on the journal of its home.
    pub fn bare(&self, program: Option<&Path>) -> Command {
        let mut command = self.program(program.unwrap_or(&self.dwell));
        command.env("DWELL_NOW", morning(0));
        command
    }

    /// `sqlite3` on a file, with a query or a script.
    pub fn sqlite3(&self, file: &Path, args: &[&str]) -> Command {
        let mut command = self.program(installed("sqlite3").expect("it was looked for"));
        let (options, query) = args.split_at(args.len() - 1);
        command.args(options).arg(file).args(query);
        command
    }

    /// Errors with a sentence that names the verb if this dwell does not have it.
    pub fn knows(&self, verb: &str) -> Result<(), String> {
        let mut command = self.program(&self.dwell);
        let is_known = command.args([verb, "--help"]).status().is_ok_and(|status| status.success());
        if is_known { Ok(()) } else { Err(format!("this dwell has no verb {verb}")) }
    }

    pub fn program(&self, program: impl AsRef<OsStr>) -> Command {
        let mut command = Command::new(program);
        command.env_clear().env("HOME", self.path()).env("PATH", path());
        command.env("LC_ALL", "C.UTF-8").env("TZ", "UTC").current_dir(self.path());
        command.stdin(Stdio::null()).stdout(Stdio::null()).stderr(Stdio::null());
        command
    }
}

/// Nine in the morning, this many days after the last day of the journals.
fn morning(days_later: usize) -> String {
    let days = TimeDelta::days(i64::try_from(days_later).expect("some hundred"));
    format!("{}T09:00:00+00:00", date(0) + days)
}

/// The day this many days after the last day of the journals.
pub fn day(days_later: usize) -> String {
    morning(days_later)[..10].to_owned()
}

fn path() -> std::ffi::OsString {
    #[expect(clippy::disallowed_methods, reason = "programs are found by it")]
    std::env::var_os("PATH").unwrap_or_default()
}

/// The file of a program, if it is installed.
pub fn installed(program: &str) -> Option<PathBuf> {
    let folders: Vec<PathBuf> = std::env::split_paths(&path()).collect();
    folders.into_iter().map(|folder| folder.join(program)).find(|file| file.is_file())
}

/// Errors with a sentence that names the program if it is not installed.
pub fn need(program: &str) -> Result<(), String> {
    installed(program).map(drop).ok_or_else(|| format!("{program} is not installed"))
}

/// Runs a program to its end. It must succeed.
pub fn run(command: &mut Command) {
    let status = command.status();
    let is_well = status.as_ref().is_ok_and(std::process::ExitStatus::success);
    assert!(is_well, "{command:?}: {status:?}");
}

/// What a program writes to its standard output. It must succeed, and write something.
pub fn output(command: &mut Command) -> Vec<u8> {
    let output = command.stdout(Stdio::piped()).stderr(Stdio::piped()).output();
    command.stdout(Stdio::null()).stderr(Stdio::null());
    let output = output.unwrap_or_else(|error| panic!("{command:?}: {error}"));
    let told = String::from_utf8_lossy(&output.stderr);
    assert!(output.status.success(), "{command:?}: {told}");
    assert!(!output.stdout.is_empty(), "{command:?} wrote nothing: {told}");
    output.stdout
}
