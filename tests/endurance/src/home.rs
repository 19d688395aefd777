//! A home for a run: its folders, its clock, and nothing inherited. It lies on a memory file system,
//! because a copy of it is made for each run.

use std::fs::{self, File};
use std::io;
use std::os::unix::process::ExitStatusExt;
use std::path::{Path, PathBuf};
use std::process::{Command, ExitStatus, Stdio};

use crate::watch;

/// The moment of most runs, a Thursday.
pub const NOW: &str = "2026-11-26T09:00:00+00:00";

/// The program under test: made with this one, or named by `DWELL`.
pub fn program() -> PathBuf {
    #[expect(clippy::disallowed_methods, reason = "another program can be named")]
    std::env::var_os("DWELL").map_or_else(
        || std::env::current_exe().expect("a path").with_file_name("dwell"),
        PathBuf::from,
    )
}

/// A home folder.
#[derive(Debug, Clone)]
pub struct Home {
    path: PathBuf,
    now: String,
    more: Vec<(String, String)>,
}

/// What a run wrote, and how it ended.
#[derive(Debug, Clone)]
pub struct Run {
    pub out: String,
    pub err: String,
    /// `None` if it was killed.
    pub code: Option<i32>,
}

impl Run {
    pub fn new(out: &[u8], err: &[u8], status: ExitStatus) -> Self {
        let code = if status.signal().is_some() { None } else { status.code() };
        let text = |bytes| String::from_utf8_lossy(bytes).into_owned();
        Self { out: text(out), err: text(err), code }
    }

    pub fn said(&self, words: &str) -> bool {
        self.out.contains(words) || self.err.contains(words)
    }

    /// Whether it ended as a program does that knows what happens to it.
    pub fn is_orderly(&self) -> bool {
        matches!(self.code, Some(0..=3)) && !self.said("panicked")
    }
}

impl Home {
    /// The home at this path, which is emptied.
    pub fn empty(path: PathBuf) -> Self {
        let home = Self { path, now: NOW.to_owned(), more: Vec::new() };
        home.clear();
        home
    }

    /// A copy of this home at this path.
    pub fn copy_to(&self, path: &Path) -> Self {
        let copy = Self { path: path.to_owned(), ..self.clone() };
        copy.clear();
        copy_tree(&self.path, path).expect("copied");
        copy
    }

    fn clear(&self) {
        match fs::remove_dir_all(&self.path) {
            Err(error) if error.kind() != io::ErrorKind::NotFound => panic!("{error}"),
            _ => make_folder(&self.path),
        }
    }

    pub fn path(&self) -> &Path {
        &self.path
    }

    pub fn at(&self, name: &str) -> PathBuf {
        self.path.join(name)
    }

    pub fn journal(&self) -> PathBuf {
        self.at(".local/share/dwell/journal.db")
    }

    pub fn set_now(&mut self, now: &str) {
        now.clone_into(&mut self.now);
    }

    /// Sets a variable for all later runs.
    pub fn set(&mut self, name: &str, value: &str) {
        self.more.push((name.to_owned(), value.to_owned()));
    }

    /// The texts of the drafts that are there, with what an editor saved in its copy of one.
    pub fn draft_texts(&self) -> Vec<String> {
        let drafts = files_below(&self.at(".local/state/dwell/drafts"));
        let texts = drafts.into_iter().filter(|path| path.extension() != Some("json".as_ref()));
        texts
            .map(|path| String::from_utf8_lossy(&fs::read(path).expect("read")).into_owned())
            .collect()
    }

    /// Whether a draft has this word. What is in a sealed one cannot be seen: it counts as one.
    pub fn has_draft_with(&self, word: &str) -> bool {
        let drafts = files_below(&self.at(".local/state/dwell/drafts"));
        drafts.iter().any(|path| path.extension() == Some("age".as_ref()))
            || self.draft_texts().iter().any(|text| text.contains(word))
    }

    /// The program with these arguments, ready to be started.
    pub fn command(&self, args: &[&str]) -> Command {
        let mut command = Command::new(program());
        command.args(args).env_clear().current_dir(&self.path);
        command.env("HOME", &self.path).env("PATH", "/usr/local/bin:/usr/bin:/bin");
        command.env("LC_ALL", "C.UTF-8").env("TERM", "dumb").env("DWELL_NOW", &self.now);
        // A folder stands in a variable as the text `HOME`.
        let home = self.path.display().to_string();
        command.envs(self.more.iter().map(|(name, value)| (name, value.replace("HOME", &home))));
        command.stdin(Stdio::null()).stdout(Stdio::piped()).stderr(Stdio::piped());
        command
    }

    /// Runs the program with this input.
    pub fn run_with(&self, args: &[&str], input: &str) -> Run {
        let mut command = self.command(args);
        command.stdin(watch::piped(input.as_bytes()).expect("a pipe"));
        let output = command.output().expect("started");
        Run::new(&output.stdout, &output.stderr, output.status)
    }

    /// Runs the program without input.
    pub fn run(&self, args: &[&str]) -> Run {
        let output = self.command(args).output().expect("started");
        Run::new(&output.stdout, &output.stderr, output.status)
    }

    /// Runs the program, which must succeed.
    pub fn ok(&self, args: &[&str]) -> Run {
        let run = self.run(args);
        assert_eq!(run.code, Some(0), "{args:?}: {}{}", run.out, run.err);
        run
    }

    /// The names of all files of the home, each without what differs from run to run.
    pub fn names(&self) -> Vec<String> {
        let below = |path: &PathBuf| path.strip_prefix(&self.path).expect("below").to_owned();
        let files = files_below(&self.path);
        let mut names: Vec<String> =
            files.iter().map(|path| without_ids(&below(path).display().to_string())).collect();
        names.sort();
        names.dedup();
        names
    }
}

/// A file for what a run says: it takes any amount without a reader.
#[expect(clippy::disallowed_methods, reason = "no words of anybody are in it")]
pub fn new_file(path: &Path) -> File {
    File::create(path).expect("made")
}

/// All files below a folder, at any depth; none if it is not there.
pub fn files_below(folder: &Path) -> Vec<PathBuf> {
    let Ok(listed) = fs::read_dir(folder) else { return Vec::new() };
    let mut files = Vec::new();
    for file in listed {
        let file = file.expect("listed");
        if file.file_type().expect("known").is_dir() {
            files.extend(files_below(&file.path()));
        } else {
            files.push(file.path());
        }
    }
    files.sort();
    files
}

/// Makes a folder that is open to nobody else, with the folders above it.
pub fn make_folder(path: &Path) {
    let mut builder = fs::DirBuilder::new();
    std::os::unix::fs::DirBuilderExt::mode(&mut builder, 0o700);
    builder.recursive(true).create(path).expect("made");
}

fn copy_tree(from: &Path, to: &Path) -> io::Result<()> {
    for file in fs::read_dir(from)? {
        let file = file?;
        let to = to.join(file.file_name());
        let kind = file.file_type()?;
        if kind.is_dir() {
            make_folder(&to);
            copy_tree(&file.path(), &to)?;
        } else if kind.is_symlink() {
            std::os::unix::fs::symlink(fs::read_link(file.path())?, &to)?;
        } else {
            fs::copy(file.path(), &to)?;
        }
    }
    Ok(())
}

/// The text with a star in place of each longer run of hexadecimal digits and hyphens that is no date.
pub fn without_ids(text: &str) -> String {
    let is_part = |c: char| c.is_ascii_hexdigit() || c == '-';
    let mut short = String::new();
    let mut rest = text;
    while let Some(start) = rest.find(is_part) {
        let end = rest[start..].find(|c| !is_part(c)).map_or(rest.len(), |length| start + length);
        let run = &rest[start..end];
        short.push_str(&rest[..start]);
        let is_date = run.len() == 10 && run[4..].starts_with('-') && run[7..].starts_with('-');
        let has_digit = run.contains(|c: char| c.is_ascii_digit());
        short.push_str(if run.len() > 4 && has_digit && !is_date { "*" } else { run });
        rest = &rest[end..];
    }
    short + rest
}
