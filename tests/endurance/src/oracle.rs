//! What must be true of a home after any fault.

use std::collections::BTreeMap;
use std::fs;
use std::os::unix::fs::PermissionsExt;
use std::path::{Path, PathBuf};
use std::sync::Mutex;
use std::time::{Duration, SystemTime};

use dwell::library::SHIPPED;
use dwell::seal::{Key, Passphrase};
use dwell::store::{SealedPaths, Store, StoreError, WAIT};
use rusqlite::Connection;

use crate::faults::{FaultyRun, is_stream};
use crate::home::{Home, files_below, without_ids};
use crate::verbs::{BACKUPS, OLD_WORD, PASSPHRASE, Verb};

/// What a run changes: the facts of the journal, each as a text without its ids, the titles of its
/// lessons, the settings, and the files of exports and of the mirror.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct State {
    pub facts: Vec<String>,
    titles: Vec<String>,
    settings: String,
    files: BTreeMap<PathBuf, Vec<u8>>,
}

/// The states before and after an undisturbed run, and the files that are there after it and what
/// follows it.
#[derive(Debug, Clone)]
pub struct Expected {
    pub before: State,
    pub after: State,
    names: Vec<String>,
    end: State,
}

impl Expected {
    /// `home` is as the undisturbed run left it.
    pub fn new(verb: &Verb, before: State, home: &Home) -> Self {
        let after = state(home).expect("sound");
        let next = next_runs(verb, home);
        assert_eq!(next, Vec::<String>::new(), "{}", verb.name);
        Self { before, after, names: home.names(), end: state(home).expect("sound") }
    }

    /// Everything in the home that may not be so after this run.
    pub fn contradictions(&self, verb: &Verb, home: &Home, run: &FaultyRun) -> Vec<String> {
        let mut found = Vec::new();
        if run.hung {
            return vec!["it did not end".to_owned()];
        }
        let state = match state(home) {
            Ok(state) => state,
            // An interrupted lock leaves both files, and the same run ends it.
            Err(_) if verb.ends_itself && is_between(home) => {
                age(home.path());
                home.run(verb.args);
                match self::state(home) {
                    Ok(state) => state,
                    Err(what) => return vec![what],
                }
            }
            Err(what) => return vec![what],
        };
        let is_made = self.has_all_of_change(&state);
        if !is_made && !self.is_before(verb, &state) {
            found.push(format!("half of a change: {}", difference(&self.before, &state)));
        }
        found.extend(self.half_files(&state));
        // An import whose file can be read in part says which parts are missing.
        let is_told = run.run.said("could not be imported") && run.run.code != Some(0);
        let is_acknowledged = run.run.said(verb.done) || run.run.code == Some(0);
        if !is_made && is_acknowledged && !is_told {
            found.push("it was acknowledged and is not there".to_owned());
        }
        if verb.repeats && run.run.code == Some(0) && state.files != self.after.files {
            found.push("it succeeded, and the files are not all there".to_owned());
        }
        let is_all_erased = run.run.code == Some(0) && !run.run.said("a backup could not be read");
        if is_made && verb.erases && is_all_erased {
            found.extend(traces(home, verb.args.contains(&"--backups")));
        }
        if !is_made && let Some(word) = verb.word {
            let is_kept = home.has_draft_with(word);
            if had_words(verb, home, run) && !is_kept && !run.run.said(word) {
                found.push("the words are nowhere".to_owned());
            }
        }
        if let Some(code) = run.run.code {
            found.extend(contradictions_of_an_end(verb, run, code, is_made));
        }
        found.extend(self.afterwards(verb, home));
        found
    }

    /// Whether the undisturbed run changes the journal or the settings.
    pub fn is_change(&self) -> bool {
        !self.has_all_of_change(&self.before)
    }

    /// The files that are left by the fault. Some go with the first change of the next day.
    fn leftovers(&self, home: &Home) -> Vec<String> {
        let left = || {
            let names = home.names().into_iter();
            let left = names.filter(|name| !self.names.contains(name) && !is_known(name));
            left.filter(|name| *name != "editor.ran").collect::<Vec<_>>()
        };
        let found = left();
        if found.is_empty() {
            return found;
        }
        let run = tomorrow(home).run(WRITE);
        if run.code == Some(0) { left() } else { vec![format!("{:?} {}", run.code, run.err)] }
    }

    fn has_all_of_change(&self, state: &State) -> bool {
        let State { facts, titles, settings, .. } = state;
        (facts, titles, settings) == (&self.after.facts, &self.after.titles, &self.after.settings)
    }

    fn is_before(&self, verb: &Verb, state: &State) -> bool {
        let State { facts, titles, settings, .. } = state;
        let before = &self.before;
        // A first run takes in the shipped lessons before it changes anything.
        let is_begun = verb.starts_empty() && self.after.facts.starts_with(facts);
        is_begun || (facts, titles, settings) == (&before.facts, &before.titles, &before.settings)
    }

    /// The files of exports and the mirror that are neither as before nor as after the run.
    fn half_files(&self, state: &State) -> Vec<String> {
        let mut found = Vec::new();
        for (path, bytes) in &state.files {
            let known = [&self.before, &self.after].map(|state| state.files.get(path));
            let is_unfinished = without_ids(&path.display().to_string()).contains('*');
            if !known.contains(&Some(bytes)) && !is_unfinished {
                found.push(format!("half a file: {}", path.display()));
            }
        }
        found
    }

    /// What is wrong with what follows when the fault is gone.
    fn afterwards(&self, verb: &Verb, home: &Home) -> Vec<String> {
        age(home.path());
        if verb.ends_itself {
            home.run(verb.args);
        }
        let mut found = next_runs(verb, home);
        if !found.is_empty() {
            return found;
        }
        found.extend(self.leftovers(home).into_iter().map(|name| format!("left: {name}")));
        if verb.repeats {
            match state(home) {
                Ok(end) if end.files != self.end.files => {
                    found.push("the files are not those of an undisturbed run".to_owned());
                }
                Ok(_) => {}
                Err(what) => found.push(what),
            }
        } else {
            found.extend(check(&home.journal()).err());
        }
        found.extend(unsound_backups(home));
        if verb.erases {
            found.extend(traces(home, verb.ends_itself && verb.args.contains(&"--backups")));
        }
        found
    }
}

/// Whether a file of this name may be left by any run.
fn is_known(name: &str) -> bool {
    // Backups have names of their own, and are checked. Drafts and traces of journals stay, and so
    // does a journal that a restore replaced and could not copy.
    let known = [
        ".local/state/dwell/drafts/",
        ".local/state/dwell/journals/",
        ".local/share/dwell/journal.db.repl",
    ];
    // The lock of a sealed file is empty, and stays for the next one.
    name.ends_with(".age-lock")
        || known.iter().any(|start| name.starts_with(start))
        || (name.starts_with(BACKUPS) && name.ends_with(".db"))
}

/// Whether a plain journal and a locked one are side by side.
fn is_between(home: &Home) -> bool {
    home.journal().exists() && home.journal().with_extension("db.age").exists()
}

/// Whether the program had the words in its hands, so that they must be kept.
fn had_words(verb: &Verb, home: &Home, run: &FaultyRun) -> bool {
    if verb.in_editor {
        return home.at("editor.ran").exists();
    }
    // A process that is killed cannot say anything, and where the first read of the input fails
    // there is nothing yet that could be kept.
    let call = &run.call;
    let is_of_input = call.kind.name == "read" && call.place == "standard input";
    run.run.code.is_some() && !(is_of_input && call.number == 1)
}

/// What may not be so if the program ended by itself.
fn contradictions_of_an_end(verb: &Verb, run: &FaultyRun, code: i32, is_made: bool) -> Vec<String> {
    let mut found = Vec::new();
    // The standard library panics where a folder that was read cannot be closed.
    let panicked = run.run.said("panicked") && !run.run.said("during closedir");
    if !(0..=3).contains(&code) || panicked {
        found.push(format!("it ended with {code}"));
    }
    if code == 0 || is_stream(&run.call.place) {
        return found;
    }
    if !run.run.said("dwell: ") {
        found.push("it failed and does not say why".to_owned());
    }
    // Whether a commit that reported an error is durable can be asked only if later calls succeed.
    let says_so = run.run.said(verb.done)
        || run.run.said("gone from the journal")
        || run.run.said("during closedir")
        || verb.may_fail_late;
    if is_made && !verb.only_shows && !run.stays && !says_so && run.is_change {
        found.push("it says that it failed, and the change is there".to_owned());
    }
    found
}

/// The state of a home. Errors with what is not sound in it.
pub fn state(home: &Home) -> Result<State, String> {
    let settings = home.at(".config/dwell/config.toml");
    let mut state =
        State { settings: fs::read_to_string(settings).unwrap_or_default(), ..State::default() };
    for folder in ["out", "vault"] {
        for path in files_below(&home.at(folder)) {
            let bytes = fs::read(&path).expect("read");
            state.files.insert(path.strip_prefix(home.path()).expect("below").to_owned(), bytes);
        }
    }
    // Opening the journal closes it to others.
    require_private(home)?;
    let Some(read) = journal_state(&home.journal())? else { return Ok(state) };
    (state.facts, state.titles) = read;
    check(&home.journal())?;
    Ok(state)
}

/// The facts of a journal and the titles of its lessons.
pub type Read = (Vec<String>, Vec<String>);

/// The facts and the titles of a journal; `None` if it is not there. Errors with what is not sound.
pub fn journal_state(journal: &Path) -> Result<Option<Read>, String> {
    // The first reader rolls back what a killed process left half done.
    let store = if is_sealed(journal) {
        let key = key_of(journal)?;
        Store::open_sealed(journal, &key, SHIPPED, None, WAIT, &mut |_| {}).map(Some)
    } else {
        Store::open_existing(journal, SHIPPED)
    };
    let store = store.map_err(|error| format!("the journal cannot be opened: {error}"))?;
    let Some(store) = store else { return Ok(None) };
    let mut facts = Vec::new();
    let read = store.each_fact(|stored| {
        facts.push(format!("{} {} {}", stored.kind, stored.subject, stored.body));
        Ok::<(), StoreError>(())
    });
    read.map_err(|error| format!("the facts cannot be read: {error}"))?;
    let titles = store.lesson_titles().map_err(|error| format!("no lessons: {error}"))?;
    let differences = store.compare().map_err(|error| error.to_string())?;
    if !differences.is_empty() {
        return Err(format!("the tables differ from the facts: {differences:?}"));
    }
    Ok(Some((facts, titles)))
}

/// Whether the journal is there only as a sealed file. While it is locked or unlocked, both may be.
fn is_sealed(journal: &Path) -> bool {
    SealedPaths::of(journal).is_locked() && !journal.exists()
}

/// The key of a locked journal. To open it with the passphrase takes long, so it is kept.
fn key_of(journal: &Path) -> Result<Key, String> {
    static KNOWN: Mutex<BTreeMap<Vec<u8>, Key>> = Mutex::new(BTreeMap::new());
    let keys = SealedPaths::of(journal).keys;
    let bytes = fs::read(&keys.key).map_err(|error| format!("no key file: {error}"))?;
    if let Some(key) = KNOWN.lock().expect("never panics").get(&bytes) {
        return Ok(key.clone());
    }
    let passphrase = Passphrase::new(PASSPHRASE.to_owned()).expect("a text");
    let unlocked = keys.unlock(&passphrase).map_err(|error| format!("no key: {error:?}"))?;
    KNOWN.lock().expect("never panics").insert(bytes, unlocked.key.clone());
    Ok(unlocked.key)
}

/// Errors with what SQLite finds wrong in the file. A sealed one is whole if it can be opened.
pub fn check(journal: &Path) -> Result<(), String> {
    if is_sealed(journal) {
        return Ok(());
    }
    let ask = || {
        let connection = Connection::open(journal)?;
        connection.query_row("PRAGMA integrity_check", [], |row| row.get::<_, String>(0))
    };
    match ask().map_err(|error: rusqlite::Error| error.to_string())? {
        said if said == "ok" => Ok(()),
        said => Err(format!("the integrity check says: {said}")),
    }
}

/// Errors with a file of words that others can read.
fn require_private(home: &Home) -> Result<(), String> {
    for path in files_below(&home.at(".local")) {
        let mode = fs::symlink_metadata(&path).map_or(0o600, |found| found.permissions().mode());
        if mode & 0o077 != 0 {
            return Err(format!("others can read {}", path.display()));
        }
    }
    Ok(())
}

/// What is wrong with the backups: each that has its name is whole.
fn unsound_backups(home: &Home) -> Vec<String> {
    let backups = files_below(&home.at(BACKUPS)).into_iter();
    let named = backups.filter(|path| path.extension() == Some("db".as_ref()));
    let wrong = named.filter_map(|path| {
        check(&path).err().map(|what| format!("the backup {}: {what}", path.display()))
    });
    wrong.collect()
}

/// The files in which what was erased still stands.
fn traces(home: &Home, with_backups: bool) -> Vec<String> {
    let mut found = Vec::new();
    for path in files_below(&home.at(".local")) {
        let is_left_out = !with_backups && path.starts_with(home.at(BACKUPS));
        let bytes = fs::read(&path).expect("read");
        if !is_left_out && bytes.windows(OLD_WORD.len()).any(|part| part == OLD_WORD.as_bytes()) {
            found.push(format!("what was erased is still in {}", path.display()));
        }
    }
    found
}

/// Makes all files as old as what no run can be writing any more.
fn age(folder: &Path) {
    let old = SystemTime::UNIX_EPOCH + Duration::from_secs(1_500_000_000);
    for path in files_below(folder) {
        if let Ok(file) = fs::File::open(&path) {
            file.set_modified(old).expect("set");
        }
    }
}

const WRITE: &[&str] = &["write", "the words after the fault"];

/// The same home on another day.
fn tomorrow(home: &Home) -> Home {
    let mut tomorrow = home.clone();
    tomorrow.set_now("2026-11-28T09:00:00+00:00");
    tomorrow
}

/// What is wrong with the same change, and with a write, after the fault is gone.
fn next_runs(verb: &Verb, home: &Home) -> Vec<String> {
    let mut found = Vec::new();
    for args in [verb.repeats.then_some(verb.args), Some(WRITE)].into_iter().flatten() {
        let run = home.run(args);
        if run.code != Some(0) {
            found.push(format!("{args:?} afterwards: {:?} {}{}", run.code, run.out, run.err));
        }
    }
    found
}

/// The first fact by which two states differ.
fn difference(before: &State, after: &State) -> String {
    let fact = after.facts.iter().find(|fact| !before.facts.contains(fact));
    let gone = before.facts.iter().find(|fact| !after.facts.contains(fact));
    let counts = (before.facts.len(), after.facts.len());
    let titles = (before.titles.len(), after.titles.len());
    format!("facts {counts:?}, lessons {titles:?}, new {fact:?}, gone {gone:?}")
}
