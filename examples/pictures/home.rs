//! A home folder with a journal, and dwell run in it with a fixed clock and nothing inherited.

use std::ffi::OsString;
use std::fs;
use std::path::{Path, PathBuf};
use std::process::Command;

use tempfile::TempDir;

use crate::Result;
use crate::lines::{DAYS, Written};

/// The moment at which the pictures are taken: the day after the last entry.
pub const NOW: &str = "2026-11-22T08:30:00+00:00";

/// A home folder that is gone at the end.
pub struct Home<'a> {
    folder: TempDir,
    pub program: &'a Path,
}

impl<'a> Home<'a> {
    pub fn new(program: &'a Path) -> Result<Self> {
        Ok(Self { folder: tempfile::tempdir()?, program })
    }

    /// A home with a copy of another's journal.
    pub fn with_journal(program: &'a Path, journal: &[u8]) -> Result<Self> {
        let home = Self::new(program)?;
        // dwell makes the folder, so that it is private.
        home.dwell(NOW, &["today", "--quiet"])?;
        fs::write(home.journal_file(), journal)?;
        Ok(home)
    }

    pub fn path(&self) -> &Path {
        self.folder.path()
    }

    pub fn journal(&self) -> Result<Vec<u8>> {
        Ok(fs::read(self.journal_file())?)
    }

    fn journal_file(&self) -> PathBuf {
        self.path().join("data/dwell/journal.db")
    }

    /// Lives the days of the journal, each in the evening.
    pub fn fill(&self) -> Result<()> {
        for (day, written) in DAYS {
            let now = format!("2026-11-{day:02}T21:00:00+00:00");
            let arguments: &[&str] = match written {
                Written::Words(words) => &["write", "--quiet", words],
                Written::Step(step) => &["step", "add", "--quiet", step],
                Written::Done(words) => &["step", "done", "--quiet", words],
                Written::Afterthought(day, words) => &["afterthought", "--quiet", day, words],
                Written::Love => &["lesson", "love", "--quiet", "today"],
            };
            self.dwell(&now, arguments)?;
        }
        Ok(())
    }

    /// Runs dwell to its end.
    fn dwell(&self, now: &str, arguments: &[&str]) -> Result<()> {
        let mut command = Command::new(self.program);
        command.args(arguments).env_clear().envs(self.environment(now)).current_dir(self.path());
        let output = command.output()?;
        if output.status.success() {
            return Ok(());
        }
        let told = String::from_utf8_lossy(&output.stderr);
        Err(format!("dwell {} on {now}: {told}", arguments.join(" ")).into())
    }

    /// The environment of a run, and nothing else.
    pub fn environment(&self, now: &str) -> Vec<(&'static str, OsString)> {
        #[expect(clippy::disallowed_methods, reason = "a program needs a PATH")]
        let path = std::env::var_os("PATH").unwrap_or_default();
        // A shell finds dwell, and says nothing of the folder.
        let folders = self.program.parent().map(Path::to_owned).into_iter();
        let path = std::env::join_paths(folders.chain(std::env::split_paths(&path)))
            .expect("folders of a PATH");
        vec![
            ("HOME", self.path().into()),
            ("XDG_DATA_HOME", self.path().join("data").into()),
            ("XDG_STATE_HOME", self.path().join("state").into()),
            ("XDG_CONFIG_HOME", self.path().join("config").into()),
            ("PATH", path),
            ("PS1", "$ ".into()),
            ("LC_ALL", "C.UTF-8".into()),
            ("TERM", "xterm-256color".into()),
            ("DWELL_NOW", now.into()),
        ]
    }
}
