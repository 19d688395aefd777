//! The runs into which faults are injected: a table, one row a run, each with the home in which it
//! begins.

use std::collections::BTreeMap;
use std::fs;
use std::ops::RangeInclusive;
use std::os::unix::fs::PermissionsExt;
use std::path::{Path, PathBuf};

use dwell::journal::lesson::ShippedSeries;
use dwell::journal::{Day, Moment, Now};
use dwell::library::{self, SHIPPED};
use dwell::store::Store;
use rusqlite::Connection;

use crate::home::{Home, NOW, files_below, make_folder};
use crate::pool::Pool;

/// A word of a day before today. Only `forget` may erase it.
pub const OLD_WORD: &str = "oldword17";

/// One run of the program.
#[derive(Debug, Clone, Copy)]
pub struct Verb {
    pub name: &'static str,
    pub args: &'static [&'static str],
    pub input: &'static str,
    pub start: Start,
    /// What it says only after the change is durable.
    pub done: &'static str,
    /// A word of the text that must not be lost.
    pub word: Option<&'static str>,
    /// Whether the word comes from an editor, which leaves it in the draft.
    pub in_editor: bool,
    /// Whether the words of a day are erased.
    pub erases: bool,
    /// Whether it shows and does not change: after a fault it is asked for again.
    pub only_shows: bool,
    /// Whether the same run succeeds also after the change was made.
    pub repeats: bool,
    /// Whether the same run ends what a killed one began, though it may have nothing else to do.
    pub ends_itself: bool,
    /// Whether it may have to say that a change which is made may not survive a power cut.
    pub may_fail_late: bool,
}

/// The home in which a run begins.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Start {
    Empty,
    /// Days with words, steps and an afterthought, of which today is one.
    Journal,
    /// The same with all shipped lessons and more days.
    Large,
    /// `Journal` on the next morning.
    Morning,
    /// The same after an undo.
    Undone,
    /// The same with a draft that another program's lock kept from the journal.
    Draft,
    /// The same with a mirror.
    Mirror,
    /// The same without the journal, which a backup has.
    Missing,
    /// `Journal`, locked.
    Locked,
    /// A journal of an older form.
    Form(u8),
}

pub const STARTS: [Start; 12] = [
    Start::Empty,
    Start::Journal,
    Start::Large,
    Start::Morning,
    Start::Undone,
    Start::Draft,
    Start::Mirror,
    Start::Missing,
    Start::Locked,
    Start::Form(1),
    Start::Form(2),
    Start::Form(3),
];

const PLAIN: Verb = Verb {
    name: "",
    args: &[],
    input: "",
    start: Start::Journal,
    done: "",
    word: None,
    in_editor: false,
    erases: false,
    only_shows: false,
    repeats: false,
    ends_itself: false,
    may_fail_late: false,
};

const WRITE: Verb = Verb {
    name: "write",
    args: &["write", "a text with newword", "--next", "a step", "--again", "week"],
    done: "saved 2026-11-26",
    word: Some("newword"),
    ..PLAIN
};

/// The runs of the parts `kill` and `errors`.
pub const VERBS: &[Verb] = &[
    WRITE,
    Verb {
        name: "write, piped",
        args: &["write"],
        input: "a piped text with pipeword\n",
        word: Some("pipeword"),
        ..WRITE
    },
    Verb {
        name: "write, first of a day",
        start: Start::Morning,
        done: "saved 2026-11-27",
        ..WRITE
    },
    Verb { name: "write, first on an empty home", start: Start::Empty, ..WRITE },
    Verb {
        name: "write --editor",
        args: &["write", "--editor"],
        word: Some("editorword"),
        in_editor: true,
        ..WRITE
    },
    Verb {
        name: "write --resume",
        args: &["write", "--resume"],
        start: Start::Draft,
        word: Some("draftword"),
        in_editor: true,
        ..WRITE
    },
    Verb {
        name: "today, first of a day",
        args: &["today"],
        start: Start::Morning,
        done: "The ",
        only_shows: true,
        ..PLAIN
    },
    Verb {
        name: "today, first on an empty home",
        args: &["today"],
        start: Start::Empty,
        done: "eggs in one basket",
        only_shows: true,
        ..PLAIN
    },
    Verb {
        name: "edit",
        args: &["edit"],
        done: "saved 2026-11-26",
        word: Some("editorword"),
        in_editor: true,
        ..PLAIN
    },
    Verb {
        name: "edit, piped",
        args: &["edit"],
        input: "another text with pipeword\n",
        done: "saved 2026-11-26",
        word: Some("pipeword"),
        ..PLAIN
    },
    Verb {
        name: "delete",
        args: &["delete", "2026-11-17", "--yes"],
        done: "deleted what was written",
        ..PLAIN
    },
    Verb {
        name: "afterthought",
        args: &["afterthought", "2026-11-17", "a thought with lateword"],
        done: "saved an afterthought",
        word: Some("lateword"),
        ..PLAIN
    },
    Verb { name: "step done", args: &["step", "done"], done: "saved as done", ..PLAIN },
    Verb { name: "undo", args: &["undo"], done: "dwell redo puts it back", ..PLAIN },
    Verb {
        name: "redo",
        args: &["redo"],
        start: Start::Undone,
        done: "dwell undo takes it back again",
        ..PLAIN
    },
    Verb {
        name: "forget",
        args: &["forget", "2026-11-17", "--yes"],
        done: "forgot what was written",
        erases: true,
        ends_itself: true,
        ..PLAIN
    },
    Verb {
        name: "forget, of backups too",
        args: &["forget", "2026-11-17", "--backups", "--yes"],
        done: "forgot what was written",
        erases: true,
        ends_itself: true,
        ..PLAIN
    },
    Verb {
        name: "backup",
        args: &["backup"],
        done: "copied the journal",
        only_shows: true,
        repeats: true,
        ..PLAIN
    },
    Verb {
        name: "backup to a folder",
        args: &["backup", "notes"],
        done: "copied the journal",
        only_shows: true,
        ends_itself: true,
        ..PLAIN
    },
    Verb {
        name: "restore",
        args: &["restore", "older.db", "--yes"],
        may_fail_late: true,
        done: "the journal is as it was in",
        repeats: true,
        ..PLAIN
    },
    Verb {
        name: "restore of what is gone",
        args: &["restore", "older.db", "--yes"],
        may_fail_late: true,
        start: Start::Missing,
        done: "the journal is as it was in",
        repeats: true,
        ..PLAIN
    },
    Verb {
        name: "import dwell, of a file",
        args: &["import", "dwell", "other.db"],
        done: "imported ",
        repeats: true,
        ..PLAIN
    },
    Verb {
        name: "import dwell",
        args: &["import", "dwell", "other.jsonl"],
        done: "imported ",
        repeats: true,
        ..PLAIN
    },
    Verb {
        name: "import csv",
        args: &["import", "csv", "lessons.csv"],
        done: "imported ",
        repeats: true,
        ..PLAIN
    },
    Verb {
        name: "import markdown",
        args: &["import", "markdown", "notes"],
        done: "imported ",
        repeats: true,
        ..PLAIN
    },
    Verb {
        name: "series add",
        args: &["series", "add", "walks.toml"],
        done: "walks: added",
        repeats: true,
        ..PLAIN
    },
    Verb {
        name: "lesson add",
        args: &[
            "lesson",
            "add",
            "--title",
            "Salt the water",
            "--story",
            "a story with newword",
            "--learnt",
            "My grandmother",
            "--kind",
            "life",
        ],
        done: "added: ",
        ..PLAIN
    },
    Verb {
        name: "config",
        args: &["config", "order", "mixed"],
        done: "saved in",
        repeats: true,
        ..PLAIN
    },
    Verb {
        name: "export to a folder",
        args: &["export", "markdown", "--output", "out"],
        done: "wrote ",
        repeats: true,
        ..PLAIN
    },
    Verb { name: "write, mirrored", start: Start::Mirror, ..WRITE },
    Verb {
        name: "delete, mirrored",
        args: &["delete", "2026-11-24", "--yes"],
        start: Start::Mirror,
        done: "deleted what was written",
        ..PLAIN
    },
];

/// The runs on a locked journal, and those that lock and unlock one. Each takes long: a passphrase is
/// made so that it cannot be guessed quickly.
pub const LOCKED: &[Verb] = &[
    Verb {
        name: "lock",
        args: &["lock", "--yes", "--backups"],
        done: "the journal is locked",
        only_shows: true,
        erases: true,
        ends_itself: true,
        ..PLAIN
    },
    Verb {
        name: "unlock",
        args: &["unlock"],
        start: Start::Locked,
        done: "not locked any more",
        only_shows: true,
        ends_itself: true,
        ..PLAIN
    },
    Verb {
        name: "passphrase",
        args: &["passphrase", "--new-command", "echo passphrase"],
        start: Start::Locked,
        done: "the passphrase is changed",
        only_shows: true,
        repeats: true,
        ..PLAIN
    },
    Verb { name: "write, locked", start: Start::Locked, ..WRITE },
    Verb {
        name: "edit, piped, locked",
        args: &["edit"],
        input: "another text with pipeword\n",
        start: Start::Locked,
        done: "saved 2026-11-26",
        word: Some("pipeword"),
        ..PLAIN
    },
    Verb {
        name: "delete, locked",
        args: &["delete", "2026-11-17", "--yes"],
        start: Start::Locked,
        done: "deleted what was written",
        ..PLAIN
    },
];

/// The passphrase of every locked journal, and the variable that names the command that prints it.
pub const PASSPHRASE: &str = "passphrase";
const PASSPHRASE_COMMAND: &str = "DWELL_PASSPHRASE_COMMAND";

/// The runs that bring a journal of an older form to the present one.
pub const FORMS: &[Verb] = &[
    Verb { name: "write on form 1", start: Start::Form(1), ..WRITE },
    Verb { name: "write on form 2", start: Start::Form(2), ..WRITE },
    Verb { name: "write on form 3", start: Start::Form(3), ..WRITE },
    Verb { name: "log on form 1", start: Start::Form(1), ..LOG },
    Verb { name: "log on form 2", start: Start::Form(2), ..LOG },
];

const LOG: Verb = Verb { name: "", args: &["log"], done: "twenty", only_shows: true, ..PLAIN };

impl Verb {
    pub fn starts_empty(&self) -> bool {
        self.start == Start::Empty
    }

    /// The same run on a large journal, if it is one on the usual journal.
    pub fn on_large(&self) -> Option<Self> {
        let name = format!("{}, with all lessons", self.name).leak();
        (self.start == Start::Journal).then_some(Self { name, start: Start::Large, ..*self })
    }
}

/// A home of each kind, made once; each run gets a copy.
#[derive(Debug)]
pub struct Homes(BTreeMap<Start, Home>);

impl Homes {
    pub fn new(pool: &Pool) -> Self {
        let folder = pool.folder("homes");
        let at = |start: Start| folder.join(format!("{start:?}").replace(['(', ')'], "-"));
        let mut homes: BTreeMap<Start, Home> = BTreeMap::new();
        for start in STARTS {
            let home = match start {
                Start::Journal => journal(Home::empty(at(start)), 14..=26, FEW),
                Start::Large => journal(Home::empty(at(start)), 1..=26, SHIPPED),
                Start::Empty => Home::empty(at(start)),
                Start::Form(form) => of_form(Home::empty(at(start)), form),
                Start::Morning
                | Start::Undone
                | Start::Draft
                | Start::Mirror
                | Start::Missing
                | Start::Locked => altered(start, homes[&Start::Journal].copy_to(&at(start))),
            };
            homes.insert(start, home);
        }
        for home in homes.values_mut() {
            add_editor(home);
            home.set(PASSPHRASE_COMMAND, "echo passphrase");
        }
        Self(homes)
    }

    /// The journal of such a home, which is only copied.
    pub fn journal(&self, start: Start) -> PathBuf {
        self.0[&start].journal()
    }

    /// A home of its own for one run, at this path.
    pub fn copy(&self, start: Start, to: &Path) -> Home {
        self.0[&start].copy_to(to)
    }
}

/// A few of the shipped series, which the program takes for all of them: its journal is small.
pub const FEW: ShippedSeries = ShippedSeries {
    edition: library::fingerprint,
    series: || library::shipped().expect("readable").into_iter().take(3).collect(),
};

/// A moment, and the day of it.
pub fn now(text: &str) -> Now {
    let at = Moment::parse_from_rfc3339(text).expect("a time");
    Now { at, day: Day::new(at.date_naive()).expect("in range") }
}

/// A home with a journal of these days of November and these lessons, and with the files that runs
/// take in.
fn journal(mut home: Home, days: RangeInclusive<u32>, shipped: ShippedSeries) -> Home {
    make_folder(home.journal().parent().expect("a folder"));
    let mut store = Store::open(&home.journal(), shipped).expect("a journal");
    store.install_shipped(now(NOW)).expect("installed");
    drop(store);
    for day in days {
        home.set_now(&format!("2026-11-{day:02}T09:00:00+00:00"));
        let (text, step) = (format!("oldword{day} #tag{}", day % 3), format!("step {day}"));
        home.ok(&["write", &text, "--next", &step]);
        if day % 4 == 0 {
            home.ok(&["step", "done"]);
        }
    }
    home.ok(&["afterthought", "2026-11-15", "a later thought"]);
    home.ok(&["config", "color", "never"]);
    fs::write(home.at("walks.toml"), WALKS).expect("written");
    fs::write(home.at("lessons.csv"), "title,text\nGo out,a story\nCome home,another\n")
        .expect("written");
    home.ok(&["export", "markdown", "--output", "notes"]);
    // Another journal, with days of its own.
    let mut other = home.copy_to(&home.path().with_extension("other"));
    for day in 1..=9 {
        other.set_now(&format!("2026-10-0{day}T09:00:00+00:00"));
        other.ok(&["write", &format!("otherword{day}"), "--day", "today"]);
    }
    other.ok(&["export", "jsonl", "--output", "other.jsonl"]);
    fs::copy(other.at("other.jsonl"), home.at("other.jsonl")).expect("copied");
    fs::copy(other.journal(), home.at("other.db")).expect("copied");
    keep_few_backups(&home);
    home
}

/// Leaves the last two backups, so that a home is copied quickly, and an older one elsewhere.
fn keep_few_backups(home: &Home) {
    let mut backups = files_below(&home.at(BACKUPS));
    let last = backups.split_off(backups.len() - 2);
    fs::copy(&last[0], home.at("older.db")).expect("copied");
    for path in backups {
        fs::remove_file(path).expect("removed");
    }
}

/// The folder of the backups, below a home.
pub const BACKUPS: &str = ".local/share/dwell/backups";

const WALKS: &str = r#"slug = "walks"
title = "Two walks"
[source]
title = "Walks"
kind = "own"
[[lesson]]
title = "Go out"
story = "storyword"
takeaway = "t"
question = "q?"
[[lesson]]
title = "Come home"
story = "s"
takeaway = "t"
question = "q?"
"#;

/// The home of a journal after one more thing.
fn altered(start: Start, mut home: Home) -> Home {
    match start {
        Start::Morning => home.set_now("2026-11-27T09:00:00+00:00"),
        Start::Undone => {
            home.ok(&["undo"]);
        }
        Start::Draft => {
            let other = Connection::open(home.journal()).expect("opened");
            other.execute_batch("BEGIN IMMEDIATE").expect("locked");
            let run = home.run_with(&["write"], "a text with draftword\n");
            assert_eq!(run.code, Some(3), "{}", run.err);
        }
        Start::Mirror => {
            home.set("DWELL_MIRROR", "HOME/vault");
            home.ok(&["write", "--day", "2026-11-24", "mirrored words"]);
        }
        Start::Locked => {
            home.set(PASSPHRASE_COMMAND, "echo passphrase");
            home.ok(&["lock", "--yes", "--backups"]);
        }
        Start::Missing => fs::remove_file(home.journal()).expect("removed"),
        _ => {}
    }
    home
}

/// The home of a journal that a release of an older form left.
fn of_form(home: Home, form: u8) -> Home {
    let sql = match form {
        1 => include_str!("../../fixtures/form-1.sql"),
        2 => include_str!("../../fixtures/form-2.sql"),
        _ => include_str!("../../fixtures/form-3.sql"),
    };
    make_folder(home.journal().parent().expect("a folder"));
    let connection = Connection::open(home.journal()).expect("created");
    connection.execute_batch(sql).expect("made");
    let private = fs::Permissions::from_mode(0o600);
    fs::set_permissions(home.journal(), private).expect("allowed");
    home
}

/// Gives the home an editor, which leaves a file beside itself that shows that it has run.
fn add_editor(home: &mut Home) {
    let script =
        "#!/bin/sh\nset -e\necho 'what the editor left: editorword' > \"$1\"\n: > \"$0.ran\"\n";
    let editor = home.at("editor");
    fs::write(&editor, script).expect("written");
    fs::set_permissions(&editor, fs::Permissions::from_mode(0o755)).expect("allowed");
    home.set("EDITOR", "HOME/editor");
}
