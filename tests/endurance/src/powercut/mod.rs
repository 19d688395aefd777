//! `powercut`: what is left of a journal if the power goes after any call of a run. A model of a disk
//! does what the real runs did; after each of their calls it loses some of what was not synced. Each
//! state is opened and checked.

mod disk;
mod record;

use std::collections::HashSet;
use std::collections::hash_map::DefaultHasher;
use std::fs;
use std::hash::{Hash, Hasher};
use std::io::Write;
use std::os::unix::fs::OpenOptionsExt;
use std::path::{Path, PathBuf};
use std::sync::Mutex;

use crate::Size;
use crate::dice::Dice;
use crate::home::{Home, make_folder};
use crate::oracle::{check, journal_state};
use crate::pool::Pool;
use crate::table::Table;
use crate::verbs::{Homes, Start};
use disk::Disk;
use record::{Deed, Step, Tree, record};

/// Runs, one after the other.
struct Script {
    name: &'static str,
    start: Start,
    steps: &'static [Step],
    /// How many states are made after each call, in the long form.
    states: usize,
}

const fn step(args: &'static [&'static str], done: &'static str) -> Step {
    Step { args, input: "", done }
}

const WRITE: Step = step(&["write", "words with newword", "--next", "a step"], "saved 2026-11-2");

const SCRIPTS: &[Script] = &[
    Script {
        name: "a day",
        start: Start::Morning,
        steps: &[
            WRITE,
            step(&["step", "done"], "saved as done"),
            step(&["afterthought", "2026-11-20", "a later thought"], "saved an afterthought"),
            Step { args: &["edit"], input: "other words", done: "saved 2026-11-27" },
            step(&["delete", "2026-11-19", "--yes"], "deleted what"),
            step(&["undo"], "dwell redo puts it back"),
            step(&["redo"], "dwell undo takes it back"),
            step(&["config", "order", "mixed"], "saved in"),
        ],
        states: 64,
    },
    Script {
        name: "imports",
        start: Start::Journal,
        steps: &[
            step(&["import", "dwell", "other.jsonl"], "imported"),
            step(&["import", "csv", "lessons.csv"], "imported"),
            step(&["series", "add", "walks.toml"], "walks: added"),
            step(
                &["lesson", "add", "--title", "Salt", "--story", "a story", "--learnt", "a book"],
                "added: ",
            ),
        ],
        states: 64,
    },
    Script { name: "a first day", start: Start::Empty, steps: &[WRITE, WRITE], states: 12 },
    Script {
        name: "forget",
        start: Start::Journal,
        steps: &[step(&["forget", "2026-11-17", "--yes"], "forgot what"), WRITE],
        states: 56,
    },
    Script {
        name: "a locked day",
        start: Start::Locked,
        steps: &[
            step(&["write", "words with newword"], "saved 2026-11-26"),
            step(&["delete", "2026-11-19", "--yes"], "deleted what"),
        ],
        states: 240,
    },
    Script { name: "form 1", start: Start::Form(1), steps: &[WRITE], states: 56 },
    Script { name: "form 2", start: Start::Form(2), steps: &[WRITE], states: 56 },
    Script { name: "form 3", start: Start::Form(3), steps: &[WRITE], states: 56 },
];

/// What must be there: the facts and titles of the journal, and the settings.
type State = (Option<(Vec<String>, Vec<String>)>, String);

/// What the runs of a script did, and the states before the first and after each.
struct Recording {
    start: Tree,
    deeds: Vec<Deed>,
    states: Vec<State>,
    starts_empty: bool,
}

/// The part `powercut`.
pub fn run(table: &mut Table, pool: &Pool, homes: &Homes, size: Size) {
    for script in SCRIPTS {
        let recording = recorded(script, homes, &pool.folder("undisturbed"));
        let states = if size == Size::Long { script.states } else { script.states / 10 };
        let stride = match (size, script.start) {
            (Size::Long, _) => 1,
            (Size::Short, Start::Empty) => 60,
            (Size::Short, _) => 5,
        };
        let (count, wrong) = cut(pool, &recording, &recording.deeds, states.max(3), stride);
        table.row("powercut", script.name, count, &wrong);
        if matches!(script.start, Start::Morning | Start::Empty | Start::Locked) {
            let mut controls = without_syncs(&recording);
            // The commit of a locked journal is a rename.
            controls.truncate(if script.start == Start::Locked { 2 } else { 3 });
            for (what, deeds) in controls {
                let stride = if script.start == Start::Empty { 60 } else { 3 };
                let (count, wrong) = cut(pool, &recording, &deeds, 6, stride);
                let what = format!("{}, {what}", script.name);
                table.control("powercut", &what, count, wrong.len(), 1);
            }
        }
    }
}

/// Runs the script, and checks that the model of the disk does the same as the disk did.
fn recorded(script: &Script, homes: &Homes, folder: &Path) -> Recording {
    let home = homes.copy(script.start, &folder.join("home"));
    // What a reader brings to the present form is the same journal.
    let copy = homes.copy(script.start, &folder.join("before"));
    let mut states = vec![state(&copy).expect("sound")];
    let start = Tree::of(home.path());
    let mut deeds = Vec::new();
    for step in script.steps {
        record(&home, step, folder, &mut deeds);
        // Reading the home itself could change it.
        let copy = home.copy_to(&folder.join("before"));
        states.push(state(&copy).expect("sound"));
    }
    let mut disk = Disk::new(&start);
    deeds.iter().for_each(|deed| disk.run(deed));
    let (model, real) = (disk.whole(), Tree::of(home.path()));
    for (path, bytes) in &real.files {
        assert!(model.files.get(path) == Some(bytes), "{}: {}", script.name, path.display());
    }
    assert_eq!(model.folders, real.folders, "{}", script.name);
    assert!(model.files.len() == real.files.len(), "{}", script.name);
    assert_eq!(disk.acknowledged, script.steps.len(), "{}", script.name);
    Recording { start, deeds, states, starts_empty: script.start == Start::Empty }
}

/// The controls: the same deeds without some of the syncs that make them durable.
fn without_syncs(recording: &Recording) -> Vec<(&'static str, Vec<Deed>)> {
    let mut folders: HashSet<PathBuf> = recording.start.folders.iter().cloned().collect();
    folders.insert(PathBuf::new());
    for deed in &recording.deeds {
        if let Deed::MakeFolder(path) = deed {
            folders.insert(path.clone());
        }
    }
    let is_of_folder = |deed: &Deed| matches!(deed, Deed::Sync(path) if folders.contains(path));
    let deeds = &recording.deeds;
    let no_folders = deeds.iter().filter(|deed| !is_of_folder(deed)).cloned().collect();
    let no_syncs = deeds.iter().filter(|deed| !matches!(deed, Deed::Sync(_))).cloned().collect();
    // With `synchronous = FULL` the removal of the rollback file, which is the commit, is not synced.
    let mut full = Vec::new();
    let mut is_after_commit = false;
    for deed in deeds {
        if is_of_folder(deed) && is_after_commit {
            is_after_commit = false;
            continue;
        }
        if let Deed::Remove(path) = deed {
            is_after_commit = path.display().to_string().ends_with("-journal");
        }
        full.push(deed.clone());
    }
    vec![
        ("without the syncs of folders", no_folders),
        ("without any sync", no_syncs),
        ("without the sync after a commit", full),
    ]
}

/// Cuts the power after each call, or after each `stride`th and each that matters. Returns how many
/// different states were checked, and what was wrong.
fn cut(
    pool: &Pool,
    recording: &Recording,
    deeds: &[Deed],
    states: usize,
    stride: usize,
) -> (usize, Vec<String>) {
    let seen = Mutex::new(HashSet::new());
    let matters = |deed: &Deed| !matches!(deed, Deed::Write { .. } | Deed::Truncate { .. });
    let points: Vec<usize> = (0..=deeds.len())
        .filter(|point| point.is_multiple_of(stride) || deeds.get(point - 1).is_some_and(matters))
        .collect();
    // A thread does what comes before its points again, so it gets a run of them.
    let runs: Vec<&[usize]> = points.chunks(points.len().div_ceil(24).max(1)).collect();
    let count = std::sync::atomic::AtomicUsize::new(0);
    let wrong = pool.each(&runs, |points, folder| {
        let mut disk = Disk::new(&recording.start);
        let mut done = 0;
        let mut found = Vec::new();
        for point in *points {
            deeds[done..*point].iter().for_each(|deed| disk.run(deed));
            done = *point;
            for number in 0..states {
                let mut dice = Dice((point * 1000 + number) as u64);
                let kept = match number {
                    0 => 0,
                    1 => 100,
                    _ => *dice.pick(&[20, 50, 80, 95]),
                };
                let tree = disk.after_power_cut(kept, &mut dice);
                let is_new =
                    seen.lock().expect("never panics").insert((disk.acknowledged, hash(&tree)));
                if is_new {
                    count.fetch_add(1, std::sync::atomic::Ordering::Relaxed);
                    let what = contradiction(recording, &tree, disk.acknowledged, folder);
                    let deed = point.checked_sub(1).map(|last| short(&deeds[last]));
                    found.extend(
                        what.map(|what| format!("after call {point} ({deed:?}), {number}: {what}")),
                    );
                }
                if disk.is_durable() {
                    break;
                }
            }
        }
        found
    });
    (count.into_inner(), wrong)
}

fn short(deed: &Deed) -> String {
    match deed {
        Deed::Write { path, at, bytes } => {
            format!("write {} at {at} {}", path.display(), bytes.len())
        }
        deed => format!("{deed:?}"),
    }
}

fn hash(tree: &Tree) -> u64 {
    let mut hasher = DefaultHasher::new();
    tree.files.hash(&mut hasher);
    tree.folders.hash(&mut hasher);
    hasher.finish()
}

/// What is wrong with a state after this many acknowledged changes.
fn contradiction(
    recording: &Recording,
    tree: &Tree,
    acknowledged: usize,
    folder: &Path,
) -> Option<String> {
    let home = Home::empty(folder.join("home"));
    for folder in &tree.folders {
        make_folder(&home.path().join(folder));
    }
    for (path, bytes) in &tree.files {
        let mut options = fs::OpenOptions::new();
        let file = options.write(true).create(true).truncate(true).mode(0o600);
        file.open(home.path().join(path))
            .and_then(|mut file| file.write_all(bytes))
            .expect("written");
    }
    let found = match state(&home) {
        Ok(found) => found,
        Err(what) => return Some(what),
    };
    // The change after the last acknowledged one may be made or not.
    let may_be = &recording.states[acknowledged..(acknowledged + 2).min(recording.states.len())];
    let is_begun = recording.starts_empty
        && acknowledged == 0
        && match (&found.0, &may_be[1].0) {
            (None, _) => true,
            (Some((facts, _)), Some((after, _))) => after.starts_with(facts),
            _ => false,
        };
    if may_be.contains(&found) || is_begun {
        return None;
    }
    let counts =
        |state: &State| state.0.as_ref().map(|(facts, titles)| (facts.len(), titles.len()));
    let wanted: Vec<_> = may_be.iter().map(counts).collect();
    Some(format!(
        "after {acknowledged} acknowledged changes: {:?}, and not {wanted:?}",
        counts(&found)
    ))
}

/// The state of a home. Errors with what is not sound in it.
fn state(home: &Home) -> Result<State, String> {
    let settings = fs::read_to_string(home.at(".config/dwell/config.toml")).unwrap_or_default();
    let found = journal_state(&home.journal())?;
    if found.is_some() {
        check(&home.journal())?;
    }
    Ok((found, settings))
}
