//! The runs into which faults are injected, each with the home in which it begins.

use std::fs;
use std::path::Path;
use std::sync::OnceLock;

use dwell::journal::lesson::ShippedSeries;
use dwell::journal::{Day, Moment, Now};
use dwell::library;
use dwell::store::Store;

use crate::sandbox::Sandbox;

const NOW: &str = "2026-11-26T09:00:00+00:00";

/// A word of a day before today. Only `forget` may erase it.
pub(super) const OLD_WORD: &str = "oldword17";

/// One run of the program.
#[derive(Default)]
pub(super) struct Verb {
    pub(super) args: Vec<String>,
    pub(super) input: &'static str,
    start: Start,
    /// What it says only after the change is durable.
    pub(super) done: &'static str,
    /// A word of the text that must not be lost.
    pub(super) word: Option<&'static str>,
    /// Whether the word comes from an editor, which leaves it in the draft.
    pub(super) in_editor: bool,
    /// Whether the words of a day are erased.
    pub(super) erases: bool,
}

/// The home in which a run begins.
#[derive(Default, Clone, Copy, PartialEq, Eq)]
enum Start {
    Empty,
    /// Days with words, steps and an afterthought, of which today is one.
    #[default]
    Journal,
}

impl Verb {
    /// A home of its own for one run.
    pub(super) fn home(&self) -> Sandbox {
        let mut home = Sandbox::at(NOW);
        if self.start == Start::Journal {
            copy(journal().home(), home.home());
        }
        let editor = home.home().join("editor");
        home.set("EDITOR", &editor.display().to_string());
        // The second file shows that it was started.
        let script =
            "#!/bin/sh\necho 'what the editor left: editorword' > \"$1\"\n: > \"$0.ran\"\n";
        fs::write(&editor, script).expect("written");
        let runnable = std::os::unix::fs::PermissionsExt::from_mode(0o755);
        fs::set_permissions(&editor, runnable).expect("allowed");
        home
    }

    pub(super) fn starts_empty(&self) -> bool {
        self.start == Start::Empty
    }
}

fn verb(args: &[&str], done: &'static str) -> Verb {
    Verb { args: args.iter().map(|arg| (*arg).to_owned()).collect(), done, ..Verb::default() }
}

pub(super) fn write_on_an_empty_home() -> Verb {
    Verb { start: Start::Empty, ..write() }
}

pub(super) fn today_on_an_empty_home() -> Verb {
    Verb { start: Start::Empty, ..verb(&["today"], "eggs in one basket") }
}

pub(super) fn write() -> Verb {
    let args = ["write", "a text with newword", "--next", "a step", "--again", "week"];
    Verb { word: Some("newword"), ..verb(&args, "saved 2026-11-26") }
}

pub(super) fn write_from_a_pipe() -> Verb {
    let input = "a piped text with pipeword\n";
    Verb { input, word: Some("pipeword"), ..verb(&["write"], "saved 2026-11-26") }
}

pub(super) fn edit() -> Verb {
    let edit = verb(&["edit"], "saved 2026-11-26");
    Verb { word: Some("editorword"), in_editor: true, ..edit }
}

pub(super) fn delete() -> Verb {
    verb(&["delete", "2026-11-17", "--yes"], "deleted what was written")
}

pub(super) fn undo() -> Verb {
    verb(&["undo"], "dwell redo puts it back")
}

pub(super) fn afterthought() -> Verb {
    let args = ["afterthought", "2026-11-17", "a thought with lateword"];
    Verb { word: Some("lateword"), ..verb(&args, "saved an afterthought") }
}

pub(super) fn step_done() -> Verb {
    verb(&["step", "done"], "saved as done")
}

pub(super) fn forget() -> Verb {
    let forget = verb(&["forget", "2026-11-17", "--yes"], "forgot what was written");
    Verb { erases: true, ..forget }
}

pub(super) fn series_add() -> Verb {
    // Relative to the home, in which the run is started.
    verb(&["series", "add", "walks.toml"], "walks: added")
}

pub(super) fn config() -> Verb {
    verb(&["config", "order", "mixed"], "saved in")
}

/// A few of the shipped series, which the program takes for all of them: its journal is small.
const FEW: ShippedSeries = ShippedSeries {
    edition: library::fingerprint,
    series: || library::shipped().expect("readable").into_iter().take(3).collect(),
};

/// A home with a small journal, made once.
fn journal() -> &'static Sandbox {
    static HOME: OnceLock<Sandbox> = OnceLock::new();
    HOME.get_or_init(|| {
        let mut home = Sandbox::at(NOW);
        let mut store = Store::open(&home.journal(), FEW).expect("a journal");
        let at = Moment::parse_from_rfc3339(NOW).expect("a time");
        let now = Now { at, day: Day::new(at.date_naive()).expect("in range") };
        store.install_shipped(now).expect("installed");
        drop(store);
        for day in 14..=26 {
            home.set_now(&format!("2026-11-{day}T09:00:00+00:00"));
            let (text, step) = (format!("oldword{day} #tag{}", day % 3), format!("step {day}"));
            home.ok(&["write", &text, "--next", &step]);
            if day % 4 == 0 {
                home.ok(&["step", "done"]);
            }
        }
        home.ok(&["afterthought", "2026-11-15", "a later thought"]);
        home.ok(&["config", "color", "never"]);
        home.series_file("walks", 2);
        home
    })
}

fn copy(from: &Path, to: &Path) {
    for file in fs::read_dir(from).expect("listed") {
        let file = file.expect("listed");
        let to = to.join(file.file_name());
        if file.file_type().expect("known").is_dir() {
            fs::create_dir(&to).expect("made");
            copy(&file.path(), &to);
        } else {
            fs::copy(file.path(), to).expect("copied");
        }
    }
}
