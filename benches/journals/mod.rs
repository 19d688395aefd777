//! Journals to measure with. They are made by dwell's own library from a seed, so the days, texts
//! and facts of one are the same on every machine. They are kept in `target/journals`, in a folder
//! for the present form of the file, and are made anew when that form or their maker changes.
//!
//! Nobody writes to a kept journal: what changes one works on a copy.

#![expect(clippy::print_stdout, reason = "a bench says what it waits for")]

pub mod life;
pub mod prose;
pub mod shelf;

use std::fmt::Write;
use std::fs;
use std::path::{Path, PathBuf};
use std::sync::OnceLock;

use dwell::library::SHIPPED;
use dwell::store::Store;
use rusqlite::Connection;
use sha2::{Digest, Sha256};
use tempfile::TempDir;

/// The last day of every journal.
pub const LAST_DAY: &str = "2126-11-22";

/// A journal that is kept.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Journal {
    /// One day.
    Day,
    /// 365 days.
    Year,
    /// 2,750 days, some seven years and a half.
    Years,
    /// 36,500 days, a hundred years.
    Century,
    /// A hundred years, and beside the lessons that ship a million more in a thousand series.
    Library,
    /// The same with the million in one series.
    LongSeries,
}

impl Journal {
    /// The number of days, each with an entry.
    pub const fn days(self) -> u32 {
        match self {
            Self::Day => 1,
            Self::Year => 365,
            Self::Years => 2_750,
            Self::Century | Self::Library | Self::LongSeries => 36_500,
        }
    }

    pub const fn name(self) -> &'static str {
        match self {
            Self::Day => "day",
            Self::Year => "year",
            Self::Years => "years",
            Self::Century => "century",
            Self::Library => "library",
            Self::LongSeries => "long-series",
        }
    }

    /// The file, which is made if it is not there.
    pub fn file(self) -> PathBuf {
        let fill = |folder: &Path| {
            let file = folder.join("journal.db");
            match self {
                Self::Library | Self::LongSeries => {
                    fs::copy(Self::Century.file(), &file).expect("copied");
                    let series = if self == Self::Library { 1_000 } else { 1 };
                    shelf::fill(&mut open(&file), 1_000_000, series);
                }
                _ => life::live(&mut open(&file), self.days()),
            }
        };
        kept(self.name(), fill).join("journal.db")
    }
}

fn open(file: &Path) -> Store {
    Store::open(file, SHIPPED).expect("a journal")
}

/// The folder of something that is kept, which `fill` fills if it is not there.
pub fn kept(name: &str, fill: impl FnOnce(&Path)) -> PathBuf {
    let all = Path::new(env!("CARGO_MANIFEST_DIR")).join("target/journals");
    let of_form = all.join(form());
    let folder = of_form.join(name);
    if folder.is_dir() {
        return folder;
    }
    remove_others(&all, &of_form);
    println!("making the journal {name:?}, which is kept in target/journals");
    let unfinished = of_form.join(format!("{name}.unfinished"));
    // What a killed run left.
    let _ = fs::remove_dir_all(&unfinished);
    #[expect(
        clippy::disallowed_methods,
        reason = "a folder of the project, and not a private one"
    )]
    fs::create_dir_all(&unfinished).expect("a folder");
    fill(&unfinished);
    fs::rename(&unfinished, &folder).expect("renamed");
    folder
}

/// Removes the journals of other forms: they are large, and nothing reads them any more.
fn remove_others(all: &Path, of_form: &Path) {
    let Ok(folders) = fs::read_dir(all) else { return };
    for folder in folders.flatten().map(|folder| folder.path()).filter(|path| path != of_form) {
        let _ = fs::remove_dir_all(folder);
    }
}

/// A name for the present form of the file and the present maker.
fn form() -> &'static str {
    static FORM: OnceLock<String> = OnceLock::new();
    FORM.get_or_init(|| {
        let home = TempDir::new().expect("a folder");
        let file = home.path().join("journal.db");
        drop(open(&file));
        let connection = Connection::open(&file).expect("opened");
        let mut hash = Sha256::new();
        let version: i64 =
            connection.query_row("PRAGMA user_version", [], |row| row.get(0)).expect("a number");
        hash.update(version.to_be_bytes());
        let mut tables =
            connection.prepare("SELECT coalesce(sql, name) FROM sqlite_schema").expect("read");
        let tables = tables.query_map([], |row| row.get::<_, String>(0)).expect("read");
        tables.for_each(|table| hash.update(table.expect("a text")));
        for maker in [include_str!("life.rs"), include_str!("prose.rs"), include_str!("shelf.rs")] {
            hash.update(maker);
        }
        hex(&hash.finalize()[..6])
    })
}

fn hex(bytes: &[u8]) -> String {
    let mut text = String::new();
    for byte in bytes {
        let _ = write!(text, "{byte:02x}");
    }
    text
}
