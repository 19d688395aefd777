//! Verbs that read, beside `sqlite3` reading the same rows of the same file; and how the
//! instructions of `today` grow with the journal.

use std::process::Command;

use crate::bench::{Bench, timed};
use crate::cell::{Cell, Figures};
use crate::counters::{instructions, instructions_at_terminal};
use crate::journals::{Journal, LAST_DAY};
use crate::programs::{Home, installed, need};

const TODAY: &str = "SELECT entry.day, entry.text, lesson.title, lesson.story, lesson.takeaway, \
    lesson.question, lesson.source FROM entry LEFT JOIN lesson ON lesson.id = entry.lesson \
    WHERE entry.day = ";

/// What a line of the log shows of an entry.
const LOG: &str = "SELECT entry.day, lesson.title, lesson.question, entry.text, entry.step, \
    entry.step_state FROM entry LEFT JOIN lesson ON lesson.id = entry.lesson \
    ORDER BY entry.day DESC";

/// What an entry has in JSON.
const LOG_JSON: &str = "SELECT entry.day, hex(lesson.id) AS id, lesson.series, lesson.number, \
    lesson.series_length, lesson.title, lesson.story, lesson.takeaway, lesson.question, \
    lesson.tags, lesson.source, entry.text, entry.words, entry.written_at, entry.written_offset, \
    entry.revised_at, entry.revisions, entry.late, entry.step, entry.step_when, entry.step_state, \
    entry.step_closed_on, entry.step_outcome, entry.afterthoughts \
    FROM entry LEFT JOIN lesson ON lesson.id = entry.lesson ORDER BY entry.day DESC";

/// What a fact has in an export.
const FACTS: &str = "SELECT hex(id) AS id, clock, hex(change) AS change, hex(device) AS device, \
    at, offset, kind, version, subject, hex(parents) AS parents, origin, body, hex(hash) AS hash \
    FROM fact ORDER BY clock, id";

pub fn measure(bench: &mut Bench) {
    today(bench);
    growth(bench);
    status(bench);
    hook(bench);
    log(bench);
}

/// dwell on the kept journal of a hundred years.
fn on_century(home: &Home, args: &[&str]) -> Command {
    home.dwell(&home.copy(Journal::Century, "read"), 0, args)
}

fn sqlite3(home: &Home, args: &[&str]) -> Command {
    home.sqlite3(&home.copy(Journal::Century, "read"), args)
}

fn today(bench: &mut Bench) {
    let query = format!("{TODAY}'{LAST_DAY}'");
    let bound = bench.bound(0.85, 0.55);
    let cell =
        Cell::new("today", "`dwell today` on 36,500 entries", "`sqlite3`, selecting it", bound);
    let of_dwell = |home: &Home| on_century(home, &["today"]);
    bench.reading(cell.shown(), of_dwell, |home| Ok(sqlite3(home, &[&query])));
    let cell =
        Cell::new("today", "`dwell today` on 36,500 entries", "`/bin/true`", 0.0).unbounded();
    bench.cell(cell.shown(), |bench| {
        let program = installed("true").ok_or("true is not installed")?;
        let (mut dwell, mut other) = (of_dwell(&bench.home), bench.home.program(program));
        Ok(bench.in_turn(|_| crate::bench::timed(&mut dwell), |_| crate::bench::timed(&mut other)))
    });
    let cell = Cell::new("today", "`dwell today`, instructions", "into a pipe", 1.6);
    bench.cell(cell, |bench| {
        let dwell = instructions(&of_dwell(&bench.home))?;
        Ok(Figures::Amount { dwell, unit: "M" })
    });
    let cell = Cell::new("today", "`dwell today`, instructions", "at 80 columns", 2.2);
    bench.cell(cell, |bench| {
        let dwell = instructions_at_terminal(&of_dwell(&bench.home))?;
        Ok(Figures::Amount { dwell, unit: "M" })
    });
}

fn growth(bench: &mut Bench) {
    for (large, work, bound) in [
        (Journal::Century, "`dwell today`, instructions, 36,500 entries", 1.005),
        (Journal::Library, "`dwell today`, instructions, and a million lessons", 1.01),
    ] {
        let cell = Cell::new("growth", work, "the same on one entry", bound);
        bench.cell(cell.shown(), |bench| {
            need("valgrind")?;
            let today = |journal: Journal| {
                let journal = bench.home.copy(journal, "read");
                instructions(&bench.home.dwell(&journal, 0, &["today"]))
            };
            let (dwell, other) = (today(large)?, today(Journal::Day)?);
            Ok(Figures::Amounts { dwell, other, unit: "M" })
        });
    }
}

/// What a shell runs at its start, and what a prompt runs each time.
fn status(bench: &mut Bench) {
    let query = format!("SELECT text IS NOT NULL FROM entry WHERE day = '{LAST_DAY}'");
    let bound = bench.bound(0.8, 0.4);
    let cell = Cell::new(
        "status",
        "`dwell status` on 36,500 entries",
        "`sqlite3`, selecting one row",
        bound,
    );
    bench.reading(
        cell.shown(),
        |home| on_century(home, &["status"]),
        |home| home.knows("status").map(|()| sqlite3(home, &[&query])),
    );
}

fn hook(bench: &mut Bench) {
    let work = "the hook of a shell whose day is done";
    bench.cell(Cell::new("status", work, "`dwell status`", 1.1).shown(), |bench| {
        bench.home.knows("hook")?;
        let journal = bench.home.copy(Journal::Century, "read");
        // The hook takes no options of the person's.
        let command = |args: &[&str]| {
            let mut command = bench.home.dwell_without_options(0, args);
            command.env("DWELL_JOURNAL", &journal);
            command
        };
        let (mut dwell, mut other) = (command(&["hook", "--greet"]), command(&["status"]));
        Ok(bench.in_turn(|_| timed(&mut dwell), |_| timed(&mut other)))
    });
}

fn log(bench: &mut Bench) {
    let newest = format!("{LOG} LIMIT 10");
    for (args, options, bound, beside) in [
        (&["log", "--limit", "10"][..], &[newest.as_str()][..], 1.1, "`sqlite3`, the same rows"),
        (&["log"], &[LOG], 2.0, "`sqlite3`, the same rows"),
        (&["log", "--json"], &["-json", LOG_JSON], 0.9, "`sqlite3 -json`, the same rows"),
        (&["export", "jsonl"], &["-json", FACTS], 0.8, "`sqlite3 -json`, the same columns"),
    ] {
        let work = format!("`dwell {}` of 36,500 entries", args.join(" "));
        let cell = Cell::new("log", &work, beside, bound).shown();
        bench.reading(cell, |home| on_century(home, args), |home| Ok(sqlite3(home, options)));
    }
}
