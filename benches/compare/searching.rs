//! `search` beside `sqlite3` with `snippet` and `bm25`, which has the same texts in a search index
//! of its own, with the texts in it; and beside ripgrep, which reads them as one file.

use std::fmt::Write as _;
use std::fs;
use std::path::PathBuf;

use dwell::journal::lesson::LessonText;
use dwell::library;
use rusqlite::Connection;

use crate::bench::Bench;
use crate::cell::Cell;
use crate::journals::life::{date, reflection};
use crate::journals::prose::{COMMON, PHRASE, RARE};
use crate::journals::{Journal, kept};
use crate::programs::{Home, installed};

pub fn measure(bench: &mut Bench) {
    let phrase = format!("\"{PHRASE}\"");
    for (what, words, args, limit, bound) in [
        ("a rare word", RARE, &[][..], "", 1.05),
        ("a phrase", &phrase, &[], "", 1.2),
        ("the 20 best of a common word", COMMON, &["--limit", "20"], "LIMIT 20", 1.0),
    ] {
        let work = format!("`dwell search`, {what} in 36,500 entries");
        let of_dwell = |home: &Home| {
            let journal = home.copy(Journal::Century, "read");
            home.dwell(&journal, 0, &[&["search", words], args].concat())
        };
        let query = format!(
            "SELECT day, snippet(search, 2, '[', ']', '…', 24), bm25(search, 0.0, 4.0, 1.0) AS score
             FROM search WHERE search MATCH '{}' ORDER BY score {limit}",
            if words == PHRASE { &phrase } else { words },
        );
        let cell = Cell::new("search", &work, "`sqlite3`, FTS5 with `snippet` and `bm25`", bound);
        bench.reading(cell.shown(), of_dwell, |home| {
            Ok(home.sqlite3(&texts().join("search.db"), &[&query]))
        });
        let cell = Cell::new("search", &work, "ripgrep, over one file of the texts", 0.0);
        bench.reading(Cell { in_readme: words == RARE, ..cell.unbounded() }, of_dwell, |home| {
            let program = installed("rg").ok_or("ripgrep is not installed")?;
            let mut ripgrep = home.program(program);
            ripgrep.arg("--fixed-strings").arg("--ignore-case").arg("--word-regexp");
            ripgrep.arg(words.trim_matches('"')).arg(texts().join("texts.txt"));
            Ok(ripgrep)
        });
    }
}

/// A folder with the texts of a hundred years and of the lessons: in a file that `sqlite3` searches,
/// and in one for ripgrep.
fn texts() -> PathBuf {
    kept("texts", |folder| {
        let mut connection = Connection::open(folder.join("search.db")).expect("opened");
        let transaction = connection.transaction().expect("begun");
        transaction
            .execute_batch("CREATE VIRTUAL TABLE search USING fts5 (day UNINDEXED, title, body)")
            .expect("made");
        let mut all = String::new();
        // Entries and lessons are searched alike.
        let mut add = |day: &str, title: &str, body: &str| {
            let mut insert =
                transaction.prepare_cached("INSERT INTO search VALUES (?1, ?2, ?3)").expect("read");
            insert.execute([day, title, body]).expect("inserted");
            writeln!(all, "{day} {title}\n{body}\n").expect("a text takes all");
        };
        for days_before in (0..Journal::Century.days()).rev() {
            add(&date(days_before).to_string(), "", &reflection(days_before));
        }
        for series in library::shipped().expect("they ship") {
            for LessonText { title, story, takeaway, question, .. } in &series.lessons {
                add("", title, &format!("{story}\n{takeaway}\n{question}"));
            }
        }
        transaction.commit().expect("committed");
        fs::write(folder.join("texts.txt"), all).expect("written");
    })
}
