//! Controls of the parts `kill` and `errors`: homes in which something is wrong on purpose. The oracle
//! must notice each.

use std::fs;
use std::path::Path;

use rusqlite::Connection;

use crate::faults::{FaultyRun, some_call};
use crate::home::{Home, Run};
use crate::oracle::{Expected, state};
use crate::pool::Pool;
use crate::table::Table;
use crate::verbs::{Homes, VERBS, Verb};

/// What is done to a home after an undisturbed run, with the journal before the run.
type Harm = fn(&Home, before: &Path);

const HARMS: &[(&str, Harm)] = &[
    ("a lost change", |home, before| {
        fs::copy(before, home.journal()).expect("copied");
    }),
    ("a lost fact", |home, _| sql(home, "DELETE FROM fact WHERE body LIKE '%newword%'")),
    ("an older fact that is lost", |home, _| {
        sql(
            home,
            "DELETE FROM fact WHERE body LIKE '%oldword17%'; DELETE FROM entry WHERE day = '2026-11-17'",
        );
    }),
    ("a derived row that is lost", |home, _| {
        sql(home, "DELETE FROM entry WHERE day = '2026-11-17'")
    }),
    ("a damaged page", |home, _| {
        let mut bytes = fs::read(home.journal()).expect("read");
        let end = bytes.len();
        bytes[end - 4096..].fill(7);
        fs::write(home.journal(), bytes).expect("written");
    }),
    ("a file that is left", |home, _| {
        fs::write(home.journal().with_extension("half"), "words").expect("written");
        private(&home.journal().with_extension("half"));
    }),
    ("a file that blocks the next run", |home, _| {
        fs::create_dir(home.journal().with_extension("db-journal")).expect("made");
    }),
    ("a journal that others can read", |home, _| {
        let readable = std::os::unix::fs::PermissionsExt::from_mode(0o644);
        fs::set_permissions(home.journal(), readable).expect("set");
        let open = std::os::unix::fs::PermissionsExt::from_mode(0o755);
        fs::set_permissions(home.journal().parent().expect("a folder"), open).expect("set");
    }),
];

fn sql(home: &Home, sql: &str) {
    let connection = Connection::open(home.journal()).expect("opened");
    connection.execute_batch(sql).expect("changed");
}

fn private(path: &Path) {
    let mode = std::os::unix::fs::PermissionsExt::from_mode(0o600);
    fs::set_permissions(path, mode).expect("set");
}

/// Each harm, and a failure that keeps no words and says nothing.
pub fn run(table: &mut Table, pool: &Pool, homes: &Homes, part: &'static str) {
    let folder = pool.folder("undisturbed");
    let verb: &Verb = &VERBS[0];
    let start = homes.copy(verb.start, &folder.join("before"));
    let before = state(&start).expect("sound");
    let run_it = || {
        let home = homes.copy(verb.start, &folder.join("home"));
        let run = home.run(verb.args);
        (home, run)
    };
    let (home, _) = run_it();
    let expected = Expected::new(verb, before, &home);
    let faulty = |run: Run| FaultyRun {
        run,
        call: some_call(),
        was_hit: true,
        hung: false,
        stays: false,
        is_change: true,
    };
    let (home, run) = run_it();
    let nothing = expected.contradictions(verb, &home, &faulty(run));
    assert_eq!(nothing, Vec::<String>::new(), "nothing is wrong with an undisturbed run");
    let mut unnoticed = Vec::new();
    for (what, harm) in HARMS {
        let (home, run) = run_it();
        harm(&home, &start.journal());
        if expected.contradictions(verb, &home, &faulty(run)).is_empty() {
            unnoticed.push(format!("not noticed: {what}"));
        }
    }
    let ends = [
        ("words that are nowhere", "dwell: the disk is full", Some(3)),
        ("a silent failure", "newword", Some(3)),
        ("a success that made nothing", "saved 2026-11-26", Some(0)),
        ("an end that is no end", "dwell: newword", Some(101)),
    ];
    for (what, said, code) in ends {
        let home = homes.copy(verb.start, &folder.join("home"));
        let run = Run { out: String::new(), err: said.to_owned(), code };
        if expected.contradictions(verb, &home, &faulty(run)).is_empty() {
            unnoticed.push(format!("not noticed: {what}"));
        }
    }
    let count = HARMS.len() + ends.len();
    let noticed = count - unnoticed.len();
    table.row(part, &format!("control: harms; noticed {noticed}"), count, &unnoticed);
}
