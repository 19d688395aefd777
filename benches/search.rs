//! How long `dwell search` takes to find a rare word in a journal of a hundred years, and in one of
//! a million lessons, beside the `sqlite3` program asking the same index of the same file.
//!
//! `cargo bench --bench search` prints medians of runs taken in turn and their ratio. It needs the
//! `sqlite3` program. `-- ENTRIES LESSONS RUNS` sets the sizes and the number of runs.

mod side_by_side;

use chrono::{NaiveDate, TimeDelta};
use dwell::journal::lesson::LessonText;
use dwell::journal::lesson::plan::Order;
use dwell::journal::{Series, Source};
use dwell::store::{Store, Writing};
use side_by_side::prose::Prose;
use side_by_side::{LAST_DAY, compare, now, numbers};

const RARE: &str = "quetzalcoatl";

fn main() {
    let mut numbers = numbers();
    let entries = numbers.next().unwrap_or(36_500);
    let lessons = numbers.next().unwrap_or(1_000_000);
    let runs = numbers.next().unwrap_or(100) as usize;
    // The index has no texts, so sqlite3 reads them from the table that has them.
    let query = |text: &str, table: &str| {
        format!(
            "SELECT bm25(search, 4.0, 1.0) AS score, {text}
             FROM search CROSS JOIN {table} WHERE search MATCH '\"{RARE}\"' ORDER BY score"
        )
    };
    let dwell = [&["search", RARE][..], &["search", RARE, "--json"]];
    let of_entries = query("entry.text", "entry ON entry.id = search.rowid");
    let fill = |store: &mut Store| fill_entries(store, entries);
    compare(&format!("{entries} entries (wanted: under 3)"), runs, &dwell, &of_entries, fill);
    let dwell = [&["search", "--lessons", RARE][..], &["search", "--lessons", RARE, "--json"]];
    let of_lessons = query("lesson.story", "lesson ON lesson.rowid = -search.rowid");
    let fill = |store: &mut Store| fill_lessons(store, lessons);
    compare(&format!("{lessons} lessons (wanted: under 5)"), runs, &dwell, &of_lessons, fill);
}

/// A reflection of some seventy words a day up to the last day; a few hold the rare word.
fn fill_entries(store: &mut Store, entries: u32) {
    let last: NaiveDate = LAST_DAY.parse().expect("a date");
    let mut prose = Prose(7);
    for number in 0..entries {
        let date = last - TimeDelta::days(i64::from(entries - 1 - number));
        let mut text = prose.sentence(70);
        if number % (entries / 5).max(1) == 1 {
            text = format!("{text} {RARE} {}", prose.sentence(10));
        }
        let writing = Writing { day: now(date).day, text: &text, step: None, again: None };
        store.write(now(date), Order::Series, writing).expect("written");
    }
}

/// Series of a thousand short lessons; a few lessons hold the rare word.
fn fill_lessons(store: &mut Store, lessons: u32) {
    let now = now(LAST_DAY.parse().expect("a date"));
    let mut prose = Prose(7);
    for first in (0..lessons).step_by(1000) {
        let lesson = |number: u32| LessonText {
            title: format!("Lesson {number}: {}", prose.sentence(3)),
            story: match number % (lessons / 5).max(1) {
                1 => format!("{} {RARE}", prose.sentence(10)),
                _ => prose.sentence(12),
            },
            takeaway: prose.sentence(5),
            question: prose.sentence(5),
            tags: Vec::new(),
        };
        let series = Series::new(
            format!("series-{first}").parse().expect("a slug"),
            format!("Series {first}"),
            Source { title: "A bench".to_owned(), kind: "own".to_owned(), ..Source::default() },
            (first..lessons.min(first + 1000)).map(lesson).collect(),
        );
        store.add_series(now, &series).expect("added");
    }
}
