//! `vfs`: what the library does on a disk that fails under SQLite: at the Nth call, once and from then
//! on, for each N until nothing fails any more.

mod disk;
mod sentences;

use std::fs;
use std::path::Path;
use std::sync::atomic::{AtomicUsize, Ordering};
use std::sync::{Arc, OnceLock};

use dwell::journal::lesson::ShippedSeries;
use dwell::library::SHIPPED;
use dwell::store::{JournalItem, Store, StoreError};

use crate::Size;
use crate::home::{Home, make_folder};
use crate::oracle::{check, journal_state};
use crate::pool::Pool;
use crate::table::Table;
use crate::verbs::{FEW, Homes, OLD_WORD, Start};
use disk::{Failure, Plan, set_plan};
use sentences::{SENTENCES, Sentence};

/// The facts and the titles of lessons.
type State = Option<(Vec<String>, Vec<String>)>;

/// The ways in which a call fails, and whether later ones do too.
const WAYS: [(Failure, bool); 6] = [
    (Failure::Error, false),
    (Failure::Error, true),
    (Failure::Full, false),
    (Failure::Full, true),
    (Failure::Torn, false),
    (Failure::Torn, true),
];

/// Of the calls of one sentence, at most this many fail in the short form.
const MOST: usize = 12;

/// The facts and lessons of another journal.
static OTHER: OnceLock<Vec<JournalItem>> = OnceLock::new();

fn other_journal() -> &'static [JournalItem] {
    OTHER.get().expect("read before")
}

struct Case<'a> {
    sentence: &'a Sentence,
    before: &'a State,
    after: &'a State,
    failure: Failure,
    stays: bool,
    at: usize,
}

/// The part `vfs`.
pub fn run(table: &mut Table, pool: &Pool, homes: &Homes, size: Size) {
    OTHER.get_or_init(|| {
        let home = homes.copy(Start::Journal, &pool.folder("undisturbed").join("home"));
        let other = Home::empty(pool.folder("undisturbed").join("other"));
        assert_eq!(
            other.run(&["import", "dwell", &home.at("other.jsonl").display().to_string()]).code,
            Some(0)
        );
        let store = Store::open_existing(&other.journal(), SHIPPED).expect("opened");
        sentences::items(&store.expect("there"))
    });
    for sentence in SENTENCES {
        let folder = pool.folder("undisturbed");
        let before = state_of(homes, sentence, &folder);
        let (after, counts) = undisturbed(homes, sentence, &folder);
        assert!(sentence.only_derived || before != after, "{}", sentence.name);
        let mut cases = Vec::new();
        for (failure, stays) in WAYS {
            let calls = if failure == Failure::Error { counts.0 } else { counts.1 };
            let most = if size == Size::Long { calls } else { MOST.min(calls) };
            // The last one meets nothing, if the calls are the same at each run.
            for pick in 0..=most {
                let at = (pick * (calls + 1)) / (most + 1) + 1;
                let (before, after) = (&before, &after);
                cases.push(Case { sentence, before, after, failure, stays, at });
            }
        }
        let met = AtomicUsize::new(0);
        let wrong = pool.each(&cases, |case, folder| {
            let (found, was_met) = fail(case, homes, folder);
            met.fetch_add(usize::from(was_met), Ordering::Relaxed);
            let Case { failure, stays, at, .. } = case;
            let tell =
                |what| format!("{}: {failure:?} at {at}, stays {stays}: {what}", sentence.name);
            found.into_iter().map(tell).collect()
        });
        table.row("vfs", sentence.name, met.into_inner(), &wrong);
    }
    control(table, pool, homes);
}

/// The journal of a sentence in a folder of its own, which is emptied.
fn journal(homes: &Homes, start: Start, folder: &Path) -> std::path::PathBuf {
    let folder = folder.join("vfs");
    let _ = fs::remove_dir_all(&folder);
    make_folder(&folder);
    let path = folder.join("journal.db");
    let from = homes.journal(start);
    if from.exists() {
        fs::copy(from, &path).expect("copied");
    }
    path
}

/// Only an empty home has no series yet: it takes in a few, so that there are few calls.
const SERIES: ShippedSeries = FEW;

fn say(sentence: &Sentence, path: &Path) -> Result<(), StoreError> {
    let mut store = Store::open(path, SERIES)?;
    (sentence.say)(&mut store, path.parent().expect("a folder"))
}

fn state_of(homes: &Homes, sentence: &Sentence, folder: &Path) -> State {
    journal_state(&journal(homes, sentence.start, folder)).expect("sound")
}

/// The state after the sentence, and the numbers of calls and of writes that it makes.
fn undisturbed(homes: &Homes, sentence: &Sentence, folder: &Path) -> (State, (usize, usize)) {
    let count = |failure| {
        let path = journal(homes, sentence.start, folder);
        let plan = Arc::new(Plan::new(failure, usize::MAX, false));
        set_plan(path.parent().expect("a folder"), plan.clone());
        say(sentence, &path).unwrap_or_else(|error| panic!("{}: {error}", sentence.name));
        plan.end();
        (journal_state(&path).expect("sound"), plan.made())
    };
    let (after, calls) = count(Failure::Error);
    let (again, writes) = count(Failure::Full);
    assert_eq!(after, again, "{}", sentence.name);
    (after, (calls, writes))
}

/// Says a sentence on a disk that fails. Returns what was wrong, and whether a call has failed.
fn fail(case: &Case<'_>, homes: &Homes, folder: &Path) -> (Vec<String>, bool) {
    let path = journal(homes, case.sentence.start, folder);
    let plan = Arc::new(Plan::new(case.failure, case.at, case.stays));
    set_plan(path.parent().expect("a folder"), plan.clone());
    let said = say(case.sentence, &path);
    plan.end();
    let found = contradictions(case, &path, said, plan.has_failed());
    (found, plan.has_failed())
}

fn contradictions(
    case: &Case<'_>,
    path: &Path,
    said: Result<(), StoreError>,
    has_failed: bool,
) -> Vec<String> {
    let mut found = Vec::new();
    let state = match journal_state(path) {
        Ok(state) => state,
        Err(what) => return vec![format!("{what} after {said:?}")],
    };
    let is_made = state == *case.after;
    let empty = (Vec::new(), Vec::new());
    let is_begun = case.sentence.start == Start::Empty
        && state.as_ref().is_none_or(|state| {
            // Its tables are made, or the shipped lessons are taken in.
            *state == empty
                || case.after.as_ref().is_some_and(|after| after.0.starts_with(&state.0))
        });
    if !is_made && state != *case.before && !is_begun {
        found.push(format!("half of a change after {said:?}"));
    }
    match &said {
        Ok(()) if !is_made => found.push("it succeeded and is not there".to_owned()),
        Err(error) if !has_failed => found.push(format!("it failed by itself: {error}")),
        Err(error)
            if is_made
                && !case.stays
                && !case.sentence.fails_late
                && !case.sentence.only_derived =>
        {
            found.push(format!("it failed, and the change is there: {error}"));
        }
        _ => {}
    }
    if said.is_ok() && case.sentence.fails_late {
        let bytes = fs::read(path).expect("read");
        if bytes.windows(OLD_WORD.len()).any(|part| part == OLD_WORD.as_bytes()) {
            found.push("what was erased is still in the file".to_owned());
        }
    }
    let copy = path.with_file_name(sentences::COPY);
    match (copy.exists(), &said) {
        (true, Err(_)) => found.push("it failed, and a copy is there".to_owned()),
        (true, Ok(())) if journal_state(&copy).as_ref() != Ok(case.before) => {
            found.push("the copy is not the journal".to_owned());
        }
        _ => {}
    }
    let next = Store::open(path, SERIES).and_then(|mut store| sentences::write(&mut store, path));
    if let Err(error) = next {
        found.push(format!("the next change fails: {error}"));
    } else {
        found.extend(check(path).err());
    }
    found
}

/// Changes that are lost, or made by half, on purpose: all must be noticed.
fn control(table: &mut Table, pool: &Pool, homes: &Homes) {
    let folder = pool.folder("undisturbed");
    let sentence = &SENTENCES[0];
    let before = state_of(homes, sentence, &folder);
    let (after, _) = undisturbed(homes, sentence, &folder);
    let case = Case {
        sentence,
        before: &before,
        after: &after,
        failure: Failure::Error,
        stays: false,
        at: 1,
    };
    let sql = [
        "DELETE FROM fact WHERE body LIKE '%newword%'",
        "UPDATE entry SET text = 'x' WHERE day = '2026-11-26'",
        "UPDATE fact SET body = replace(body, 'oldword15', 'x')",
        "DELETE FROM lesson_state",
    ];
    let noticed = sql.iter().filter(|sql| {
        let path = journal(homes, sentence.start, &folder);
        say(sentence, &path).expect("said");
        let other = rusqlite::Connection::open(&path).expect("opened");
        other.execute_batch(sql).expect("changed");
        drop(other);
        !contradictions(&case, &path, Ok(()), true).is_empty()
    });
    let noticed = noticed.count();
    // The whole change is lost.
    let path = journal(homes, sentence.start, &folder);
    let lost = !contradictions(&case, &path, Ok(()), true).is_empty();
    table.control(
        "vfs",
        "a change that is lost or altered",
        sql.len() + 1,
        noticed + usize::from(lost),
        sql.len() + 1,
    );
}
