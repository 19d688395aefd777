//! `damage`: journals that are cut, flipped, overwritten, of other programs, of other versions, and
//! beside files that do not belong to them. Nothing panics or hangs, readers write nothing, and a
//! write is refused with its words kept, or is there afterwards.

mod cases;
mod pages;

use std::collections::BTreeMap;
use std::fs;
use std::path::{Path, PathBuf};
use std::sync::Mutex;
use std::time::Duration;

use rusqlite::Connection;
use rusqlite::types::Value;

use crate::Size;
use crate::home::{Home, Run, files_below};
use crate::pool::Pool;
use crate::table::Table;
use crate::verbs::{Homes, Start};
use crate::watch;
use cases::Case;

/// No reader of a small journal takes this long, however damaged it is.
const PATIENCE: Duration = Duration::from_secs(20);

/// What only reads.
const READERS: &[&[&str]] = &[
    &["log", "--json", "--oldest-first"],
    &["log"],
    &["show", "2026-11-20", "--revisions"],
    &["search", "oldword20", "--json"],
    &["lesson", "list", "--json"],
    &["step", "--json"],
    &["stats", "--json"],
    &["status"],
    &["export", "jsonl"],
];

/// What is checked of one case.
struct Examination<'a> {
    homes: &'a Homes,
    /// The rows of the whole journal.
    whole: &'a Rows,
    has_doctor: bool,
    /// What a control does behind the program's back, before the readers run and after the write.
    tamper: [Option<fn(&Home)>; 2],
}

/// What a case did.
#[derive(Debug, Default, Clone, Copy)]
struct Seen {
    cases: usize,
    refused: usize,
    changed: usize,
    found_by_doctor: usize,
}

/// The part `damage`; of all kinds of damage if `only` names none.
pub fn run(table: &mut Table, pool: &Pool, homes: &Homes, size: Size, only: Option<&str>) {
    let folder = pool.folder("undisturbed");
    let journal = homes.journal(Start::Journal);
    let whole = rows(&journal).expect("whole");
    let has_doctor =
        homes.copy(Start::Journal, &folder.join("home")).run(&["doctor", "--help"]).code == Some(0);
    let examination = Examination { homes, whole: &whole, has_doctor, tamper: [None, None] };
    let cases = cases::all(homes, &folder, size);
    let mut kinds: BTreeMap<&str, Vec<&Case>> = BTreeMap::new();
    for case in cases.iter().filter(|case| only.is_none_or(|only| case.kind == only)) {
        kinds.entry(&case.kind).or_default().push(case);
    }
    for (kind, cases) in kinds {
        let seen = Mutex::new(Seen::default());
        let wrong = pool.each(&cases, |case, folder| {
            let (found, one) = examination.examine(case, folder);
            let mut seen = seen.lock().expect("never panics");
            seen.cases += 1;
            seen.refused += one.refused;
            seen.changed += one.changed;
            seen.found_by_doctor += one.found_by_doctor;
            found.into_iter().map(|what| format!("{kind}, {}: {what}", case.what)).collect()
        });
        let seen = seen.into_inner().expect("never panics");
        let doctor = if has_doctor {
            format!(", doctor {}/{}", seen.found_by_doctor, seen.changed)
        } else {
            String::new()
        };
        let what = format!("{kind} (write refused {}{doctor})", seen.refused);
        table.row("damage", &what, seen.cases, &wrong);
    }
    control(table, &folder, &examination, &cases);
}

/// A reader that writes, and a write that is lost: both must be noticed.
fn control(table: &mut Table, folder: &Path, examination: &Examination<'_>, cases: &[Case]) {
    let whole =
        Case { kind: String::new(), what: String::new(), ..cases::whole(examination.homes, cases) };
    let (found, _) = examination.examine(&whole, folder);
    assert_eq!(found, Vec::<String>::new(), "nothing is wrong with a whole journal");
    let touch: fn(&Home) = |home| {
        let other = Connection::open(home.journal()).expect("opened");
        other.execute_batch("PRAGMA user_version = 77").expect("changed");
    };
    let lose: fn(&Home) = |home| {
        let other = Connection::open(home.journal()).expect("opened");
        other.execute_batch("DELETE FROM fact WHERE body LIKE '%ontopword%'; DELETE FROM entry WHERE day = '2026-11-26'").expect("changed");
    };
    let controls = [[Some(touch), None], [None, Some(lose)]];
    let noticed = controls.iter().filter(|tamper| {
        let tampered = Examination { tamper: **tamper, ..*examination };
        !tampered.examine(&whole, folder).0.is_empty()
    });
    table.control(
        "damage",
        "a reader that writes, and a write that is lost",
        2,
        noticed.count(),
        2,
    );
}

impl Examination<'_> {
    /// Puts the damaged files into a home, reads, writes, and returns what was wrong.
    fn examine(&self, case: &Case, folder: &Path) -> (Vec<String>, Seen) {
        let home = self.homes.copy(Start::Journal, &folder.join("home"));
        for (ending, bytes) in &case.files {
            fs::write(beside(&home.journal(), ending), bytes).expect("written");
        }
        let mut seen = Seen::default();
        let mut found = Vec::new();
        let before = files(&home);
        if let Some(tamper) = self.tamper[0] {
            tamper(&home);
        }
        for args in READERS {
            let run = run_for(&home, folder, args, "");
            found.extend(disorder(args, &run, &[0, 1, 3]));
        }
        if self.has_doctor {
            let run = run_for(&home, folder, &["doctor"], "");
            found.extend(disorder(&["doctor"], &run.clone(), &[0, 1, 2, 3]));
            let changed = !case.is_of_other && self.is_changed(case, folder);
            seen.changed = usize::from(changed);
            let is_found = run.is_some_and(|run| run.code != Some(0));
            seen.found_by_doctor = usize::from(changed && is_found);
            if changed && !is_found {
                found.push("doctor finds nothing, and words are not as they were".to_owned());
            }
        }
        let after = files(&home);
        if !case.may_change {
            // What lies beside the journal and belongs to nothing is taken away.
            let gone = before.iter().filter(|(path, bytes)| after.get(*path) != Some(bytes));
            let gone = gone.filter(|(path, _)| case.files.len() < 2 || **path == home.journal());
            found.extend(gone.map(|(path, _)| format!("a reader has changed {}", path.display())));
        }
        let before = after;
        let write = run_for(&home, folder, &["write"], "words with ontopword\n");
        found.extend(disorder(&["write"], &write, &[0, 3]));
        let code = write.as_ref().and_then(|run| run.code);
        seen.refused = usize::from(code == Some(3));
        if code == Some(3) {
            // A backup before a change that then failed may take the place of an older one.
            let after = files(&home);
            let backups = home.at(crate::verbs::BACKUPS);
            let changed = |(path, bytes): (&PathBuf, &Vec<u8>)| {
                !path.starts_with(&backups) && after.get(path) != Some(bytes)
            };
            if before.iter().any(changed) {
                found.push("a write was refused, and has changed something".to_owned());
            }
            if !home.draft_texts().iter().any(|text| text.contains("ontopword")) {
                found.push("a write was refused, and its words are nowhere".to_owned());
            }
        }
        if let Some(tamper) = self.tamper[1] {
            tamper(&home);
        }
        if code == Some(0) {
            let show = run_for(&home, folder, &["show", "today", "--json"], "");
            if !show.as_ref().is_some_and(|run| run.out.contains("ontopword")) {
                found.push(format!("it was saved, and is not there: {show:?}"));
            }
        }
        (found, seen)
    }

    /// Whether a fact, a lesson or an entry is not as it was.
    fn is_changed(&self, case: &Case, folder: &Path) -> bool {
        let copy = folder.join("copy.db");
        for (ending, bytes) in &case.files {
            if ending.is_empty() {
                fs::write(&copy, bytes).expect("written");
            }
        }
        !case.files.iter().any(|(ending, _)| ending.is_empty())
            || rows(&copy).as_ref() != Some(self.whole)
    }
}

/// What is wrong with how a run ended; `None` as its end stands for a run that hung.
fn disorder(args: &[&str], run: &Option<Run>, codes: &[i32]) -> Option<String> {
    let Some(run) = run else { return Some(format!("{args:?} hangs")) };
    let is_orderly = run.code.is_some_and(|code| codes.contains(&code)) && run.is_orderly();
    (!is_orderly).then(|| format!("{args:?} ended with {:?}: {}", run.code, run.err))
}

/// Runs the program; `None` if it hung.
fn run_for(home: &Home, folder: &Path, args: &[&str], input: &str) -> Option<Run> {
    let mut command = home.command(args);
    let [out, err] = ["out", "err"].map(|name| folder.join(name));
    command.stdout(crate::home::new_file(&out)).stderr(crate::home::new_file(&err));
    command.stdin(watch::piped(input.as_bytes()).expect("a pipe"));
    let end = watch::run(&mut command, &[], PATIENCE, |_| watch::Answer::Go).expect("run");
    let read = |path| fs::read(path).expect("read");
    (!end.hung).then(|| Run::new(&read(out), &read(err), end.status))
}

/// All files beside the journal.
fn files(home: &Home) -> BTreeMap<PathBuf, Vec<u8>> {
    let files = files_below(&home.at(".local/share"));
    files.into_iter().map(|path| (path.clone(), fs::read(path).unwrap_or_default())).collect()
}

fn beside(journal: &Path, ending: &str) -> PathBuf {
    let mut name = journal.as_os_str().to_owned();
    name.push(ending);
    name.into()
}

/// The rows of the tables that hold what a person wrote and read.
type Rows = Vec<Vec<Value>>;

/// The rows of a journal; `None` if they cannot all be read.
fn rows(journal: &Path) -> Option<Rows> {
    let connection = Connection::open(journal).ok()?;
    let mut rows = Vec::new();
    for table in ["fact", "lesson", "entry"] {
        let mut statement = connection
            .prepare(&format!("SELECT * FROM {table} NOT INDEXED ORDER BY rowid"))
            .ok()?;
        let columns = statement.column_count();
        let mut found = statement.query([]).ok()?;
        while let Some(row) = found.next().ok()? {
            rows.push((0..columns).map(|column| row.get(column)).collect::<Result<_, _>>().ok()?);
        }
    }
    Some(rows)
}
