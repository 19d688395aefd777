//! How long `dwell today` takes on a journal of a hundred years, beside the `sqlite3` program
//! selecting the same day's entry from the same file.
//!
//! `cargo bench --bench today` prints medians of runs taken in turn and their ratio. It needs the
//! `sqlite3` program. `-- ENTRIES RUNS` sets the size of the journal and the number of runs.

mod side_by_side;

use chrono::{NaiveDate, TimeDelta};
use dwell::journal::lesson::plan::Order;
use dwell::store::{Store, Writing};
use side_by_side::prose::Prose;
use side_by_side::{LAST_DAY, compare, now, numbers};

fn main() {
    let mut numbers = numbers();
    let entries = numbers.next().unwrap_or(36_500);
    let runs = numbers.next().unwrap_or(300) as usize;
    let dwell = [&["today"][..], &["today", "--json"]];
    let query = format!("SELECT * FROM entry WHERE day = '{LAST_DAY}'");
    let fill = |store: &mut Store| fill(store, entries);
    compare(&format!("{entries} entries"), runs, &dwell, &query, fill);
}

/// A lesson a day up to the last day, each with a reflection of some seventy words.
fn fill(store: &mut Store, entries: u32) {
    let last: NaiveDate = LAST_DAY.parse().expect("a date");
    let mut prose = Prose(7);
    for number in 0..entries {
        let now = now(last - TimeDelta::days(i64::from(entries - 1 - number)));
        let text = prose.sentence(70);
        let writing = Writing { day: now.day, text: &text, step: None, again: None };
        store.write(now, Order::Series, writing).expect("written");
    }
}
