//! How much memory the verbs take on a hundred years, and how much room the program and its journal.

use crate::bench::{Bench, size};
use crate::cell::{Cell, Figures};
use crate::counters::memory;
use crate::journals::Journal;
use crate::journals::life::reflection;
use crate::journals::prose::{COMMON, RARE};

/// A verb, and the most megabytes that it may take.
const VERBS: [(&[&str], f64); 9] = [
    (&["today"], 5.0),
    (&["export", "jsonl"], 12.0),
    (&["log"], 12.0),
    (&["log", "--json"], 12.0),
    (&["search", RARE], 12.0),
    (&["search", COMMON, "--limit", "20"], 12.0),
    (&["search", COMMON], 12.0),
    (&["search", "s*"], 12.0),
    (&["forget", "2100-01-01", "--yes"], 24.0),
];

pub fn measure(bench: &mut Bench) {
    for (args, bound) in VERBS {
        let work = format!("`dwell {}` on 36,500 entries", args.join(" "));
        bench.cell(Cell::new("memory", &work, "at its highest", bound), |bench| {
            let name = if args[0] == "forget" { "forgotten" } else { "read" };
            let journal = bench.home.copy(Journal::Century, name);
            let dwell = memory(&bench.home.dwell(&journal, 0, args))?;
            Ok(Figures::Amount { dwell, unit: "MB" })
        });
    }
    bench.cell(Cell::new("size", "the release build of dwell", "its size", 6.0), |bench| {
        Ok(Figures::Amount { dwell: size(&bench.options.bin) / 1e6, unit: "MB" })
    });
    let cell = Cell::new("size", "the journal of 36,500 entries", "the words in it", 3.2);
    bench.cell(cell.shown(), |_| {
        let days = Journal::Century.days();
        let words: usize = (0..days).map(|days_before| reflection(days_before).len()).sum();
        let words = f64::from(u32::try_from(words).expect("some megabytes")) / 1e6;
        Ok(Figures::Amounts {
            dwell: size(&Journal::Century.file()) / 1e6,
            other: words,
            unit: "MB",
        })
    });
}
