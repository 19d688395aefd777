//! A home of its own for each test: its own folders, a fixed clock, no colour, nothing inherited.

use std::io::Write;
use std::path::{Path, PathBuf};
use std::process::{Command, Output, Stdio};
use std::sync::OnceLock;

use dwell::journal::{Day, Moment, Now};
use dwell::library::SHIPPED;
use dwell::store::Store;
use tempfile::TempDir;

/// A home folder that is gone when the test ends.
pub struct Sandbox {
    home: TempDir,
    now: String,
    more: Vec<(String, String)>,
}

/// What a run of the program wrote, and its exit code.
#[derive(Debug)]
pub struct Run {
    pub out: String,
    pub err: String,
    pub code: i32,
}

impl Sandbox {
    /// An empty home on Sunday 2026-11-22 at seven in the morning, in Berlin's winter.
    pub fn new() -> Self {
        Self::at("2026-11-22T07:00:00+01:00")
    }

    /// An empty home at this moment.
    pub fn at(now: &str) -> Self {
        Self { home: new_home(), now: now.to_owned(), more: Vec::new() }
    }

    /// A home at this moment with five lessons to serve: all shipped series except the first are
    /// paused, so a test soon reaches the last lesson and sees what comes after it.
    ///
    /// The pauses can be undone too, so there is more to undo here than a test did.
    pub fn with_small_shelf(now: &str) -> Self {
        static JOURNAL: OnceLock<Vec<u8>> = OnceLock::new();
        let small = Self::at(now);
        // Creates the folder; the journal in it is replaced.
        drop(Store::open(&small.journal(), SHIPPED).expect("a journal"));
        let journal = JOURNAL.get_or_init(|| {
            let home = Self::new();
            let at = Moment::parse_from_rfc3339("2025-01-01T07:00:00+01:00").expect("a time");
            let now = Now { at, day: Day::new(at.date_naive()).expect("in range") };
            let mut store = Store::open(&home.journal(), SHIPPED).expect("a journal");
            store.install_shipped(now).expect("installed");
            for series in store.all_series().expect("read").iter().skip(1) {
                assert!(store.pause_series(now, &series.slug).expect("paused"));
            }
            drop(store);
            std::fs::read(home.journal()).expect("read")
        });
        std::fs::write(small.journal(), journal).expect("written");
        small
    }

    /// Moves the clock.
    pub fn set_now(&mut self, now: &str) {
        now.clone_into(&mut self.now);
    }

    /// Sets a variable for all later runs.
    pub fn set(&mut self, name: &str, value: &str) {
        self.more.retain(|(other, _)| other != name);
        self.more.push((name.to_owned(), value.to_owned()));
    }

    pub fn home(&self) -> &Path {
        self.home.path()
    }

    pub fn journal(&self) -> PathBuf {
        self.home().join(".local/share/dwell/journal.db")
    }

    pub fn drafts(&self) -> PathBuf {
        self.home().join(".local/state/dwell/drafts")
    }

    /// The files of the drafts that are there, without the notes beside them.
    pub fn draft_files(&self) -> Vec<PathBuf> {
        let Ok(files) = std::fs::read_dir(self.drafts()) else { return Vec::new() };
        let files = files.map(|file| file.expect("listed").path());
        files.filter(|path| path.extension().is_none_or(|ending| ending != "json")).collect()
    }

    /// The texts of the drafts that are there. What an editor saved in its own copy of a draft, and
    /// no run has taken in yet, is one too.
    pub fn draft_texts(&self) -> Vec<String> {
        let read = |path| std::fs::read_to_string(path).expect("read");
        let copies = |path: PathBuf| match std::fs::read_dir(&path) {
            Ok(copies) => copies.map(|copy| copy.expect("listed").path()).collect(),
            Err(_) => vec![path],
        };
        self.draft_files().into_iter().flat_map(copies).map(read).collect()
    }

    /// The environment of a run, and nothing else.
    pub fn environment(&self) -> Vec<(String, String)> {
        #[expect(clippy::disallowed_methods, reason = "programs under test need a PATH")]
        let path = std::env::var("PATH").unwrap_or_default();
        let home = self.home().display().to_string();
        let mut variables = vec![
            ("HOME".to_owned(), home),
            ("PATH".to_owned(), path),
            ("LC_ALL".to_owned(), "C.UTF-8".to_owned()),
            ("TERM".to_owned(), "xterm-256color".to_owned()),
            ("DWELL_NOW".to_owned(), self.now.clone()),
        ];
        variables.retain(|(name, _)| !self.more.iter().any(|(other, _)| other == name));
        variables.extend(self.more.iter().cloned());
        variables
    }

    /// The program with these arguments, ready to be started.
    pub fn command(&self, args: &[&str]) -> Command {
        let mut command = Command::new(env!("CARGO_BIN_EXE_dwell"));
        command.args(args).env_clear().envs(self.environment()).current_dir(self.home());
        command.stdin(Stdio::null()).stdout(Stdio::piped()).stderr(Stdio::piped());
        command
    }

    /// Runs the program and returns what it wrote and its exit code, for a snapshot. The path of
    /// the home differs at each run, so `HOME` stands for it.
    pub fn screen(&self, args: &[&str]) -> String {
        self.run(args).transcript().replace(&self.home().display().to_string(), "HOME")
    }

    /// Runs the program without input.
    pub fn run(&self, args: &[&str]) -> Run {
        self.command(args).output().expect("started").into()
    }

    /// Runs the program with these bytes on standard input.
    pub fn run_with(&self, args: &[&str], input: &[u8]) -> Run {
        let mut command = self.command(args);
        let mut child = command.stdin(Stdio::piped()).spawn().expect("started");
        // The program may end before it has read everything.
        let _ = child.stdin.take().expect("piped").write_all(input);
        child.wait_with_output().expect("ended").into()
    }

    /// Runs the program, which must succeed, and returns what it wrote to standard output.
    #[track_caller]
    pub fn ok(&self, args: &[&str]) -> String {
        let ran = self.run(args);
        assert_eq!(ran.code, 0, "{args:?}: {}", ran.err);
        ran.out
    }

    /// Runs the program, which must succeed, and reads what it wrote as one JSON object.
    #[track_caller]
    pub fn json(&self, args: &[&str]) -> serde_json::Value {
        let all = [args, &["--json"]].concat();
        serde_json::from_str(&self.ok(&all)).expect("one JSON object")
    }

    /// Runs the program, which must succeed, and reads what it wrote as JSON Lines.
    #[track_caller]
    pub fn json_lines(&self, args: &[&str]) -> Vec<serde_json::Value> {
        let all = [args, &["--json"]].concat();
        let text = self.ok(&all);
        text.lines().map(|line| serde_json::from_str(line).expect("JSON")).collect()
    }

    /// Writes a series file with this many lessons and returns its path.
    pub fn series_file(&self, slug: &str, lessons: usize) -> String {
        let mut text = format!(
            "slug = \"{slug}\"\ntitle = \"Series {slug}\"\n[source]\ntitle = \"Source {slug}\"\nkind = \"own\"\n"
        );
        for number in 1..=lessons {
            text.push_str(&format!(
                "[[lesson]]\ntitle = \"{slug} lesson {number}\"\nstory = \"A story.\"\n\
                 takeaway = \"A takeaway.\"\nquestion = \"A question?\"\ntags = [\"tag-{slug}\"]\n"
            ));
        }
        let path = self.home().join(format!("{slug}.toml"));
        std::fs::write(&path, text).expect("written");
        path.display().to_string()
    }
}

/// A folder in memory if possible: the tests commit thousands of times. Tests also run programs in
/// it, and some systems run none from there.
fn new_home() -> TempDir {
    static RUNS_NOTHING: OnceLock<bool> = OnceLock::new();
    let shared = "/dev/shm";
    let runs_nothing = *RUNS_NOTHING.get_or_init(|| {
        let mounts = std::fs::read_to_string("/proc/self/mounts").unwrap_or_default();
        let options = mounts.lines().map(|line| line.split(' ').collect::<Vec<_>>());
        let mut of_shared = options.filter(|parts| parts.get(1) == Some(&shared));
        of_shared.any(|parts| parts[3].split(',').any(|option| option == "noexec"))
    });
    let home = if runs_nothing { TempDir::new() } else { TempDir::new_in(shared) };
    home.or_else(|_| TempDir::new()).expect("a folder")
}

/// Whether a program is installed that a test needs. If not, says so: the test is left out.
pub fn has_program(name: &str) -> bool {
    let ran = Command::new(name).arg("--version").output();
    let is_there = ran.is_ok_and(|ran| ran.status.success());
    if !is_there {
        let test = std::thread::current().name().unwrap_or_default().to_owned();
        // Written past the capture of the test's output, so that it is seen.
        let _ = writeln!(std::io::stderr(), "left out: {test} needs the program {name}");
    }
    is_there
}

impl From<Output> for Run {
    fn from(output: Output) -> Self {
        Self {
            out: String::from_utf8(output.stdout).expect("UTF-8"),
            err: String::from_utf8(output.stderr).expect("UTF-8"),
            code: output.status.code().unwrap_or(-1),
        }
    }
}

impl Run {
    /// Both outputs and the exit code as one text, for a snapshot.
    pub fn transcript(&self) -> String {
        format!("{}--- stderr\n{}--- exit code {}\n", self.out, self.err, self.code)
    }
}
