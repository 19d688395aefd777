//! An import of very many highlights, beside the `sqlite3` program's `.import` of the same rows into
//! a bare table; and what `dwell today` takes while it runs.

use std::fmt::Write as _;
use std::fs;
use std::path::{Path, PathBuf};
use std::process::Command;
use std::thread;
use std::time::Duration;

use crate::bench::{Bench, timed, times};
use crate::cell::Cell;
use crate::journals::prose::Prose;
use crate::journals::{Journal, kept};
use crate::programs::Home;

const ROWS: u32 = 100_000;

/// It takes seconds, so it runs less often than others.
const RUNS: usize = 5;

pub fn measure(bench: &mut Bench) {
    let runs = bench.options.runs;
    bench.options.runs = runs.min(RUNS);
    let work = "`dwell import csv` of 100,000 highlights";
    let cell = Cell::new("import", work, "`sqlite3`, `.import` into a bare table", 0.0);
    bench.cell(cell.unbounded(), |bench| {
        let home = &bench.home;
        Ok(bench.in_turn(
            |number| timed(&mut import(home, &format!("imported-{number}"))),
            |number| timed(&mut bare(home, number)),
        ))
    });
    let cell = Cell::new("import", "`dwell today` while that runs", "the same before it", 0.0);
    bench.cell(cell.unbounded(), |bench| Ok(times(&meanwhile(&bench.home))));
    bench.options.runs = runs;
}

/// An import into a small journal that no other run uses.
fn import(home: &Home, name: &str) -> Command {
    let journal = home.copy(Journal::Day, name);
    let rows = rows().display().to_string();
    home.dwell(&journal, 0, &["import", "csv", "--columns", "text=text,book=book", &rows])
}

/// A table of highlights of a hundred books.
fn rows() -> PathBuf {
    let fill = |folder: &Path| {
        let mut prose = Prose(7);
        let mut rows = "text,book\n".to_owned();
        for number in 0..ROWS {
            let text = prose.words(20);
            writeln!(rows, "{text},Book {}", number / 1_000).expect("a text takes all");
        }
        fs::write(folder.join("rows.csv"), rows).expect("written");
    };
    kept("highlights", fill).join("rows.csv")
}

fn bare(home: &Home, number: usize) -> Command {
    let file = home.path().join(format!("bare-{number}.db"));
    let import = format!(".import --csv {} bare", rows().display());
    home.sqlite3(&file, &["-cmd", "CREATE TABLE bare (text, book)", &import])
}

/// Times of `today`, each while an import runs and, before that, on the same journal alone.
fn meanwhile(home: &Home) -> Vec<(Duration, Duration)> {
    let name = "imported-meanwhile";
    let journal = home.copy(Journal::Day, name);
    let mut today = home.dwell(&journal, 0, &["today"]);
    let before: Vec<_> = (0..40).map(|_| timed(&mut today)).collect();
    let mut child = import(home, name).spawn().expect("started");
    let mut beside = Vec::new();
    while child.try_wait().expect("a child").is_none() {
        beside.push(timed(&mut today));
        thread::sleep(Duration::from_millis(20));
    }
    assert!(child.wait().expect("ended").success(), "the import failed");
    beside.into_iter().zip(before.into_iter().cycle()).collect()
}
