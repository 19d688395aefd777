//! What must be true of a home after any fault.

use std::fs;
use std::path::Path;

use dwell::library::SHIPPED;
use dwell::store::{Store, StoreError};
use rusqlite::Connection;

use super::strace::{self, Call, FaultyRun};
use super::verbs::{OLD_WORD, Verb};
use crate::sandbox::Sandbox;

/// What a run changes: the facts of the journal, each as a text without its ids, and the settings.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
struct State {
    facts: Vec<String>,
    settings: String,
}

/// The states before and after an undisturbed run.
pub(super) struct Expected {
    before: State,
    after: State,
}

impl Expected {
    /// Runs the verb undisturbed. Also returns the calls that it made.
    pub(super) fn of(verb: &Verb) -> (Vec<Call>, Self) {
        let home = verb.home();
        let before = state(&home).expect("sound");
        let (calls, said) = strace::calls(verb, &home);
        let after = state(&home).expect("sound");
        assert!(said.contains(verb.done), "{said}");
        assert_ne!(before, after);
        (calls, Self { before, after })
    }

    /// Everything in the home that may not be so after this run.
    pub(super) fn contradictions(
        &self,
        verb: &Verb,
        home: &Sandbox,
        call: &Call,
        run: &FaultyRun,
    ) -> Vec<String> {
        let mut found = Vec::new();
        let state = match state(home) {
            Ok(state) => state,
            Err(what) => {
                found.push(what);
                return found;
            }
        };
        let is_made = state == self.after;
        let may_be_between = verb.starts_empty() && self.after.facts.starts_with(&state.facts);
        if !is_made && state != self.before && !may_be_between {
            found.push(format!("half of a change: {state:?}"));
        }
        if !is_made && (run.said.contains(verb.done) || run.code == Some(0)) {
            found.push("it was acknowledged and is not there".to_owned());
        }
        if is_made && verb.erases && run.code == Some(0) && file_has(&home.journal(), OLD_WORD) {
            found.push("what was erased is still in the file".to_owned());
        }
        if !is_made && let Some(word) = verb.word {
            let was_there = if verb.in_editor {
                home.home().join("editor.ran").exists()
            } else {
                // A process that is killed cannot say anything, and where the first read of the
                // input fails there is nothing yet that could be kept.
                let is_of_input = call.name == "read" && call.place == "standard input";
                run.code.is_some() && !(is_of_input && call.is_first)
            };
            let is_kept = home.draft_texts().iter().any(|text| text.contains(word));
            if was_there && !is_kept && !run.said.contains(word) {
                found.push("the words are nowhere".to_owned());
            }
        }
        if let Some(code) = run.code {
            found.extend(contradictions_of_an_end(verb, call, run, code, is_made));
        }
        found.extend(next_run(verb, home));
        found
    }
}

/// What may not be so if the program ended by itself.
fn contradictions_of_an_end(
    verb: &Verb,
    call: &Call,
    run: &FaultyRun,
    code: i32,
    is_made: bool,
) -> Vec<String> {
    let mut found = Vec::new();
    // The standard library panics where a folder that was read cannot be closed.
    let panicked = run.said.contains("panicked") && !run.said.contains("during closedir");
    if !(0..=3).contains(&code) || panicked {
        found.push(format!("it ended with {code}"));
    }
    let cannot_speak = call.place.starts_with("standard") || (run.stays && call.name == "write");
    if code == 0 || cannot_speak {
        return found;
    }
    if !run.said.contains("dwell: ") {
        found.push("it failed and does not say why".to_owned());
    }
    // Whether a commit that reported an error is durable can be asked only if later calls succeed.
    let says_so = run.said.contains(verb.done) || run.said.contains("gone from the journal");
    // A lesson that was served and could not be read is there when it is asked for again.
    let is_asked_for = verb.args[0] != "today";
    if is_made && is_asked_for && !run.stays && !says_so {
        found.push("it says that it failed, and the change is there".to_owned());
    }
    found
}

/// The state of a home. Errors with what is not sound in it.
fn state(home: &Sandbox) -> Result<State, String> {
    let settings = home.home().join(".config/dwell/config.toml");
    let settings = fs::read_to_string(settings).unwrap_or_default();
    // The first reader rolls back what a killed process left half done.
    let store = Store::open_existing(&home.journal(), SHIPPED)
        .map_err(|error| format!("the journal cannot be opened: {error}"))?;
    let Some(store) = store else { return Ok(State { facts: Vec::new(), settings }) };
    let mut facts = Vec::new();
    let read = store.each_fact(|stored| {
        facts.push(format!("{} {} {}", stored.kind, stored.subject, stored.body));
        Ok::<(), StoreError>(())
    });
    read.map_err(|error| format!("the facts cannot be read: {error}"))?;
    let differences = store.compare().map_err(|error| error.to_string())?;
    if !differences.is_empty() {
        return Err(format!("the tables differ from the facts: {differences:?}"));
    }
    drop(store);
    check(&home.journal())?;
    Ok(State { facts, settings })
}

/// Errors with what SQLite finds wrong in the file.
fn check(journal: &Path) -> Result<(), String> {
    let ask = || {
        let connection = Connection::open(journal)?;
        connection.query_row("PRAGMA integrity_check", [], |row| row.get::<_, String>(0))
    };
    match ask().map_err(|error: rusqlite::Error| error.to_string())? {
        said if said == "ok" => Ok(()),
        said => Err(format!("the integrity check says: {said}")),
    }
}

fn file_has(path: &Path, word: &str) -> bool {
    let bytes = fs::read(path).expect("read");
    bytes.windows(word.len()).any(|part| part == word.as_bytes())
}

/// What is wrong with a write, and with the same change, after the fault is gone.
fn next_run(verb: &Verb, home: &Sandbox) -> Vec<String> {
    let write = ["write", "the words after the fault"].map(str::to_owned).to_vec();
    let mut runs = vec![write];
    if verb.args[0] == "config" {
        runs.push(verb.args.clone());
    }
    let mut found = Vec::new();
    for args in runs {
        let args: Vec<&str> = args.iter().map(String::as_str).collect();
        let run = home.run(&args);
        if run.code != 0 || !run.err.contains("saved") {
            found.push(format!("{args:?} afterwards: {}", run.transcript()));
        }
    }
    found
}
