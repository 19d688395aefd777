//! `full`: each run of the table where no file may grow beyond a limit, on a disk without room, in a
//! folder that takes nothing, and with an output that takes nothing.

use std::ffi::CString;
use std::fs::{self, OpenOptions};
use std::io::ErrorKind;
use std::os::unix::ffi::OsStrExt;
use std::os::unix::process::CommandExt;
use std::path::{Path, PathBuf};
use std::time::{Duration, Instant};

use crate::Size;
use crate::faults::{Call, FaultyRun, undisturbed};
use crate::home::{Home, Run, make_folder, new_file};
use crate::oracle::Expected;
use crate::pool::Pool;
use crate::table::Table;
use crate::verbs::{Homes, Verb};
use crate::watch::{self, Answer};

/// What a run meets.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Lack {
    /// No file may be larger than this many bytes.
    LargestFile(u64),
    /// The disk has room for this many KiB beside what is there.
    Room(u64),
    /// The whole home is read-only.
    ReadOnlyHome,
    /// The folder of the journal is read-only.
    ReadOnlyJournal,
    /// Standard output takes nothing.
    Output,
    /// Neither output takes anything.
    Outputs,
}

const LARGEST: [u64; 8] = [0, 512, 4096, 16_384, 65_536, 131_072, 262_144, 393_216];
const ROOMS: [u64; 8] = [0, 4, 8, 16, 32, 64, 128, 256];

/// The part `full`.
pub fn run(table: &mut Table, pool: &Pool, homes: &Homes, size: Size, verbs: &[Verb]) {
    let every = if size == Size::Long { 1 } else { 3 };
    let mounts = can_mount(&pool.folder("mounted"));
    if !mounts {
        eprintln!(
            "left out: disks without room and read-only folders, because none can be mounted"
        );
    }
    let mut lacks: Vec<(&str, Vec<Lack>)> = vec![
        ("no file larger than (ulimit -f)", LARGEST.into_iter().map(Lack::LargestFile).collect()),
        ("/dev/full as an output", vec![Lack::Output, Lack::Outputs]),
    ];
    if mounts {
        lacks.push(("a disk with room for", ROOMS.into_iter().map(Lack::Room).collect()));
        lacks.push(("a read-only folder", vec![Lack::ReadOnlyHome, Lack::ReadOnlyJournal]));
    }
    let known: Vec<(&Verb, Expected)> = verbs
        .iter()
        .map(|verb| (verb, undisturbed(verb, homes, &pool.folder("undisturbed")).1))
        .collect();
    for (what, lacks) in lacks {
        let mut cases = Vec::new();
        for (number, (verb, expected)) in known.iter().enumerate() {
            for (other, lack) in lacks.iter().enumerate() {
                if (number + other).is_multiple_of(every) {
                    cases.push((*verb, expected, *lack));
                }
            }
        }
        let wrong = pool.each(&cases, |(verb, expected, lack), folder| {
            let found = meet(verb, expected, *lack, homes, folder);
            found.into_iter().map(|what| format!("{}: {lack:?}: {what}", verb.name)).collect()
        });
        table.row("full", what, cases.len(), &wrong);
    }
}

/// Runs a verb that lacks something. Returns what was wrong.
fn meet(verb: &Verb, expected: &Expected, lack: Lack, homes: &Homes, folder: &Path) -> Vec<String> {
    let needs_disk = matches!(lack, Lack::Room(_) | Lack::ReadOnlyHome | Lack::ReadOnlyJournal);
    if !needs_disk {
        let home = homes.copy(verb.start, &folder.join("home"));
        let run = run_with(verb, &home, lack, folder);
        return expected.contradictions(verb, &home, &run);
    }
    let disk = Disk::mount(folder.join("disk"));
    let home = homes.copy(verb.start, &disk.0.join("home"));
    let inner = (lack == Lack::ReadOnlyJournal).then(|| {
        // Only this folder is on the read-only disk.
        let inner = Disk::mount(home.at(".local/share"));
        let again = homes.copy(verb.start, &folder.join("home"));
        let from = again.journal();
        if from.exists() {
            make_folder(home.journal().parent().expect("a folder"));
            fs::copy(from, home.journal()).expect("copied");
        }
        inner
    });
    match (lack, &inner) {
        (Lack::Room(kilobytes), _) => disk.limit(disk.used() + kilobytes * 1024),
        (_, Some(inner)) => inner.remount(libc::MS_RDONLY, ""),
        _ => disk.remount(libc::MS_RDONLY, ""),
    }
    let run = run_with(verb, &home, lack, folder);
    disk.remount(0, "size=64m");
    if let Some(inner) = &inner {
        inner.remount(0, "size=64m");
    }
    expected.contradictions(verb, &home, &run)
}

fn run_with(verb: &Verb, home: &Home, lack: Lack, folder: &Path) -> FaultyRun {
    let mut command = home.command(verb.args);
    let [out, err] = ["out", "err"].map(|name| folder.join(name));
    command.stdout(new_file(&out)).stderr(new_file(&err));
    command.stdin(watch::piped(verb.input.as_bytes()).expect("a pipe"));
    let full = || OpenOptions::new().write(true).open("/dev/full").expect("there");
    if matches!(lack, Lack::Output | Lack::Outputs) {
        command.stdout(full());
    }
    if lack == Lack::Outputs {
        command.stderr(full());
    }
    if let Lack::LargestFile(bytes) = lack {
        // Its outputs are files too, and have room.
        command.stdout(std::process::Stdio::null());
        let limit = libc::rlimit { rlim_cur: bytes, rlim_max: bytes };
        // SAFETY: one call to the system.
        unsafe {
            command.pre_exec(move || {
                libc::setrlimit(libc::RLIMIT_FSIZE, &raw const limit);
                Ok(())
            });
        }
        let (read, write) = std::io::pipe().expect("a pipe");
        command.stderr(write);
        let end = watch::run(&mut command, &[], PATIENCE, |_| Answer::Go).expect("run");
        drop(command);
        let mut said = Vec::new();
        std::io::Read::read_to_end(&mut std::io::BufReader::new(read), &mut said).expect("read");
        return faulty(Run::new(&[], &said, end.status), end.hung, "home");
    }
    let end = watch::run(&mut command, &[], PATIENCE, |_| Answer::Go).expect("run");
    let read = |path| fs::read(path).expect("read");
    let place =
        if matches!(lack, Lack::Output | Lack::Outputs) { "standard output" } else { "home" };
    faulty(Run::new(&read(out), &read(err), end.status), end.hung, place)
}

const PATIENCE: Duration = Duration::from_secs(60);

fn faulty(run: Run, hung: bool, place: &str) -> FaultyRun {
    let call = Call {
        kind: crate::calls::named("pwrite64"),
        place: place.to_owned(),
        number: 2,
        changes: true,
    };
    FaultyRun { run, call, was_hit: true, hung, stays: true, is_change: true }
}

/// A small disk in memory, which goes with this value.
struct Disk(PathBuf);

impl Disk {
    fn mount(path: PathBuf) -> Self {
        make_folder(&path);
        mount(&path, 0, "size=64m,mode=700").expect("it could be mounted before");
        Self(path)
    }

    /// A program that another thread starts at this moment holds copies of this program's open
    /// files until it runs, and a disk on which a file is open for writing is busy until then.
    fn remount(&self, flags: libc::c_ulong, options: &str) {
        let until = Instant::now() + PATIENCE;
        loop {
            match mount(&self.0, flags | libc::MS_REMOUNT, options) {
                Err(error) if error.kind() == ErrorKind::ResourceBusy && Instant::now() < until => {
                    std::thread::sleep(Duration::from_millis(5));
                }
                result => return result.expect("mounted"),
            }
        }
    }

    fn limit(&self, bytes: u64) {
        self.remount(0, &format!("size={bytes}"));
    }

    /// The bytes that are in use.
    fn used(&self) -> u64 {
        let path = c_path(&self.0);
        // SAFETY: zeros are a value of it, and the call fills it in.
        let found = unsafe {
            let mut found: libc::statvfs = std::mem::zeroed();
            assert_eq!(libc::statvfs(path.as_ptr(), &raw mut found), 0);
            found
        };
        (found.f_blocks - found.f_bfree) * found.f_frsize
    }
}

impl Drop for Disk {
    fn drop(&mut self) {
        let path = c_path(&self.0);
        // SAFETY: one call to the system.
        unsafe { libc::umount2(path.as_ptr(), libc::MNT_DETACH) };
    }
}

fn mount(path: &Path, flags: libc::c_ulong, options: &str) -> std::io::Result<()> {
    let (path, options) = (c_path(path), CString::new(options).expect("no zero"));
    let kind = c"tmpfs".as_ptr();
    // SAFETY: all are texts that end with a zero.
    let code = unsafe { libc::mount(kind, path.as_ptr(), kind, flags, options.as_ptr().cast()) };
    if code == 0 { Ok(()) } else { Err(std::io::Error::last_os_error()) }
}

fn can_mount(path: &Path) -> bool {
    let can = mount(path, 0, "size=64k").is_ok();
    drop(Disk(path.to_owned()));
    can
}

fn c_path(path: &Path) -> CString {
    CString::new(path.as_os_str().as_bytes()).expect("no zero")
}
