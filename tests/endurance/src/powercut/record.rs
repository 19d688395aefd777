//! What runs of the program really did to the disk, call by call, with the bytes.

use std::collections::BTreeMap;
use std::fs;
use std::path::{Path, PathBuf};
use std::time::Duration;

use crate::calls::{self, Kind};
use crate::home::{Home, files_below, new_file};
use crate::watch::{self, Answer, Waiting};

/// One thing that was done to the disk. Paths are below the home.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Deed {
    Create(PathBuf),
    MakeFolder(PathBuf),
    Write {
        path: PathBuf,
        at: usize,
        bytes: Vec<u8>,
    },
    Truncate {
        path: PathBuf,
        length: usize,
    },
    Sync(PathBuf),
    Remove(PathBuf),
    Rename(PathBuf, PathBuf),
    Link(PathBuf, PathBuf),
    /// The program said that its change is made.
    Acknowledge,
}

/// One run of a script: its arguments, its input, and what it says when its change is durable.
#[derive(Debug, Clone, Copy)]
pub struct Step {
    pub args: &'static [&'static str],
    pub input: &'static str,
    pub done: &'static str,
}

/// Files and folders below a home.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Tree {
    pub folders: Vec<PathBuf>,
    pub files: BTreeMap<PathBuf, Vec<u8>>,
}

impl Tree {
    /// Those of a home.
    pub fn of(home: &Path) -> Self {
        let mut tree = Self::default();
        let below = |path: &Path| path.strip_prefix(home).expect("below").to_owned();
        for path in files_below(home) {
            tree.files.insert(below(&path), fs::read(&path).expect("read"));
        }
        let mut folders = vec![home.to_owned()];
        while let Some(folder) = folders.pop() {
            for found in fs::read_dir(&folder).expect("listed") {
                let path = found.expect("listed").path();
                if path.is_dir() {
                    tree.folders.push(below(&path));
                    folders.push(path);
                }
            }
        }
        tree.folders.sort();
        tree
    }
}

/// Runs one step and adds what it did.
pub fn record(home: &Home, step: &Step, folder: &Path, deeds: &mut Vec<Deed>) {
    let kinds: Vec<&Kind> = calls::all().filter(|kind| kind.changes).collect();
    let mut command = home.command(step.args);
    let [out, err] = ["out", "err"].map(|name| folder.join(name));
    command.stdout(new_file(&out)).stderr(new_file(&err));
    command.stdin(watch::piped(step.input.as_bytes()).expect("a pipe"));
    let patience = Duration::from_secs(120);
    let end = watch::run(&mut command, &kinds, patience, |waiting| {
        deeds.extend(deeds_of(waiting, home.path(), step.done));
        Answer::Go
    });
    let end = end.expect("watched");
    let said = fs::read_to_string(err).expect("read");
    assert!(end.status.success() && said.contains(step.done), "{:?}: {said}", step.args);
}

/// What a call does to the files of the home. It is asked before the call is made.
fn deeds_of(waiting: &Waiting, home: &Path, done: &str) -> Vec<Deed> {
    let arguments = waiting.arguments;
    let below = |path: Option<PathBuf>| -> Option<PathBuf> {
        let path = path?.strip_prefix(home).ok()?.to_owned();
        // The file has no name any more.
        (!path.display().to_string().ends_with(" (deleted)")).then_some(path)
    };
    let length = |at: usize| usize::try_from(arguments[at]).expect("a length");
    if waiting.kind.name == "write" && arguments[0] == 2 {
        let said = waiting.bytes(arguments[1], length(2)).expect("readable");
        let says = String::from_utf8_lossy(&said).contains(done);
        return if says { vec![Deed::Acknowledge] } else { Vec::new() };
    }
    let Some(path) = below(waiting.path()) else { return Vec::new() };
    let bytes = |address, length| waiting.bytes(address, length).expect("readable");
    match waiting.kind.name {
        name @ ("open" | "openat") => {
            let flags = arguments[if name == "open" { 1 } else { 2 }];
            let has = |flag: i32| flags & u64::try_from(flag).expect("a flag") != 0;
            let create = has(libc::O_CREAT).then(|| Deed::Create(path.clone()));
            let empty = has(libc::O_TRUNC).then_some(Deed::Truncate { path, length: 0 });
            create.into_iter().chain(empty).collect()
        }
        "write" => {
            let at = position(waiting);
            vec![Deed::Write { path, at, bytes: bytes(arguments[1], length(2)) }]
        }
        "pwrite64" => {
            vec![Deed::Write { path, at: length(3), bytes: bytes(arguments[1], length(2)) }]
        }
        "ftruncate" => vec![Deed::Truncate { path, length: length(1) }],
        "fsync" | "fdatasync" => vec![Deed::Sync(path)],
        "unlink" | "unlinkat" | "rmdir" => vec![Deed::Remove(path)],
        "mkdir" | "mkdirat" => vec![Deed::MakeFolder(path)],
        "rename" | "renameat" | "renameat2" => {
            vec![Deed::Rename(path, below(waiting.second_path()).expect("below the home"))]
        }
        "link" | "linkat" => {
            vec![Deed::Link(path, below(waiting.second_path()).expect("below the home"))]
        }
        "copy_file_range" | "sendfile" | "writev" | "fallocate" | "symlink" | "symlinkat" => {
            panic!("the model does not know {}", waiting.kind.name)
        }
        // Modes, times, locks and closing leave no bytes.
        _ => Vec::new(),
    }
}

/// Where a file is written that is open in the program.
fn position(waiting: &Waiting) -> usize {
    let told = format!("/proc/{}/fdinfo/{}", waiting.process, waiting.arguments[0]);
    let told = fs::read_to_string(told).expect("a descriptor");
    let field =
        |name: &str| told.lines().find_map(|line| line.strip_prefix(name)).expect("a field");
    let flags = i32::from_str_radix(field("flags:").trim(), 8).expect("flags");
    if flags & libc::O_APPEND != 0 {
        let path = waiting.path().expect("a file");
        return usize::try_from(fs::metadata(path).expect("there").len()).expect("small");
    }
    field("pos:").trim().parse().expect("a number")
}
