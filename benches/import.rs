//! How long it takes to import very many lessons, beside the `sqlite3` program's `.import` of the
//! same rows into a bare table; how much memory it takes; and how long `dwell today` takes
//! meanwhile. And the same for the days of another journal.
//!
//! `cargo bench --bench import` prints a line for each. `-- LESSONS DAYS` sets other sizes. It needs
//! the `sqlite3` program for the comparison, and Linux for the memory.

#![expect(clippy::print_stdout, reason = "a bench prints what it measured")]

#[expect(
    dead_code,
    reason = "the other benches use the comparison with sqlite3, this one does not"
)]
mod side_by_side;

use std::fmt::Write as _;
use std::fs;
use std::path::Path;
use std::process::{Command, Stdio};
use std::sync::atomic::{AtomicBool, Ordering};
use std::thread;
use std::time::{Duration, Instant};

use chrono::{NaiveDate, TimeDelta};
use dwell::journal::entry::fact::Origin;
use dwell::journal::entry::record::Record;
use dwell::journal::lesson::LessonText;
use dwell::journal::lesson::plan::Order;
use dwell::journal::{Now, Slug, Source};
use dwell::library::SHIPPED;
use dwell::store::{BatchLesson, BatchSeries, Store, Writing};
use side_by_side::prose::Prose;
use side_by_side::{LAST_DAY, now, numbers};
use tempfile::TempDir;

fn main() {
    let mut numbers = numbers();
    let lessons = numbers.next().unwrap_or(1_000_000);
    let days = numbers.next().unwrap_or(36_500);
    let bare = sqlite_import(lessons);
    if let Some(bare) = bare {
        println!("sqlite3 .import of {lessons} rows: {:.2} s", bare.as_secs_f64());
    }
    for series in [1, 1000] {
        let took = with_today_beside(&format!("{lessons} lessons in {series} series"), |store| {
            import_lessons(store, lessons, series);
        });
        if let Some(bare) = bare {
            println!("  {:.1} times sqlite3's .import", took.as_secs_f64() / bare.as_secs_f64());
        }
    }
    with_today_beside(&format!("{days} days of another journal"), |store| {
        store.import(last_day(), records(days)).expect("imported");
    });
}

/// Runs `import` in a new journal of some days and prints how long it took and how much memory, and
/// the times of `dwell today` before it and meanwhile.
fn with_today_beside(what: &str, import: impl FnOnce(&mut Store)) -> Duration {
    let home = TempDir::new().expect("a folder");
    let path = home.path().join("journal.db");
    let mut store = Store::open(&path, SHIPPED).expect("a journal");
    let writing = Writing { day: last_day().day, text: "words", step: None, again: None };
    store.write(last_day(), Order::Series, writing).expect("written");
    let idle = median(&(0..40).map(|_| today(home.path())).collect::<Vec<_>>());
    reset_peak();
    let done = AtomicBool::new(false);
    let (took, beside) = thread::scope(|scope| {
        let beside = scope.spawn(|| {
            let mut times = Vec::new();
            while !done.load(Ordering::Relaxed) {
                times.push(today(home.path()));
                thread::sleep(Duration::from_millis(50));
            }
            times
        });
        let started = Instant::now();
        import(&mut store);
        let took = started.elapsed();
        done.store(true, Ordering::Relaxed);
        (took, beside.join().expect("no panic"))
    });
    let megabytes = fs::metadata(&path).expect("there").len() / 1_000_000;
    println!("{what}: {:.2} s, journal {megabytes} MB, peak {}", took.as_secs_f64(), peak());
    let ms = |time: Duration| time.as_secs_f64() * 1e3;
    println!(
        "  dwell today: idle {:.2} ms; meanwhile {:.2} ms ({:.2} times), at most {:.0} ms of {}",
        ms(idle),
        ms(median(&beside)),
        ms(median(&beside)) / ms(idle),
        ms(beside.iter().max().copied().unwrap_or_default()),
        beside.len(),
    );
    let ((), undone) = timed(|| {
        let change = store.last_change(last_day()).expect("read").expect("a change");
        store.undo(last_day(), &change).expect("undone");
    });
    let ((), redone) = timed(|| {
        let change = store.last_undone().expect("read").expect("a change");
        store.redo(last_day(), &change).expect("redone");
    });
    println!("  undo {:.2} s, redo {:.2} s", undone.as_secs_f64(), redone.as_secs_f64());
    took
}

fn import_lessons(store: &mut Store, lessons: u32, series: u32) {
    let mut prose = Prose(7);
    let length = lessons / series;
    let mut batch = store.begin_batch(last_day(), &mut |_| {}).expect("begun");
    let of_series = (0..series).map(|one| {
        let slug: Slug = format!("book-{one}").parse().expect("a slug");
        let source = Source {
            title: format!("Book {one}"),
            kind: "book".to_owned(),
            by: Some("Somebody".to_owned()),
            ..Source::default()
        };
        let ids = (1..=length).map(|number| {
            let text = highlight(&mut prose);
            let lesson = BatchLesson {
                series: &slug,
                number,
                series_length: length,
                text: &text,
                source: &source,
            };
            batch.add_lesson(lesson).expect("added")
        });
        let lessons = ids.collect();
        BatchSeries { slug, title: source.title.clone(), source, introduction: None, lessons }
    });
    let of_series = of_series.collect();
    batch.finish(of_series).expect("finished");
}

fn highlight(prose: &mut Prose) -> LessonText {
    LessonText {
        title: prose.sentence(4),
        story: prose.sentence(15),
        takeaway: String::new(),
        question: "What does this say to you today?".to_owned(),
        tags: Vec::new(),
    }
}

fn records(days: u32) -> impl Iterator<Item = Record> {
    let mut prose = Prose(7);
    (1..=days).map(move |number| {
        let now = now(date() - TimeDelta::days(i64::from(days + 1 - number)));
        Record {
            day: now.day,
            at: now.at,
            text: prose.sentence(70),
            tags: Vec::new(),
            step: None,
            afterthoughts: Vec::new(),
            origin: Origin { format: "bench".to_owned(), key: number.to_string() },
        }
    })
}

/// How long `sqlite3` takes for the same rows; `None` if the program is not there.
fn sqlite_import(lessons: u32) -> Option<Duration> {
    let home = TempDir::new().expect("a folder");
    let mut rows = String::new();
    let mut prose = Prose(7);
    for number in 1..=lessons {
        let LessonText { title, story, question, .. } = highlight(&mut prose);
        writeln!(rows, "book-0,{number},{title},{story},,{question},Book 0,Somebody")
            .expect("a text takes all");
    }
    fs::write(home.path().join("rows.csv"), rows).expect("written");
    let (status, took) = timed(|| {
        Command::new("sqlite3")
            .current_dir(home.path())
            .arg("bare.db")
            .arg("CREATE TABLE bare (series, number, title, story, takeaway, question, source, by)")
            .arg(".import --csv rows.csv bare")
            .status()
    });
    status.is_ok_and(|status| status.success()).then_some(took)
}

/// How long `dwell today` takes. It must succeed.
fn today(home: &Path) -> Duration {
    let mut command = Command::new(env!("CARGO_BIN_EXE_dwell"));
    command.arg("--journal").arg(home.join("journal.db")).arg("today");
    command.env_clear().env("HOME", home).env("DWELL_NOW", format!("{LAST_DAY}T09:00:00+00:00"));
    command.stdin(Stdio::null()).stdout(Stdio::null());
    let (status, took) = timed(|| command.status());
    assert!(status.is_ok_and(|status| status.success()), "dwell today failed");
    took
}

fn date() -> NaiveDate {
    LAST_DAY.parse().expect("a date")
}

fn last_day() -> Now {
    now(date())
}

/// The most memory that this process had since [`reset_peak`].
fn peak() -> String {
    let status = fs::read_to_string("/proc/self/status").unwrap_or_default();
    let line = status.lines().find_map(|line| line.strip_prefix("VmHWM:"));
    let kib = line.and_then(|line| line.trim().split(' ').next()?.parse::<u32>().ok());
    kib.map_or_else(|| "not known".to_owned(), |kib| format!("{} MiB", kib / 1024))
}

fn reset_peak() {
    let _ = fs::write("/proc/self/clear_refs", "5");
}

fn timed<T>(work: impl FnOnce() -> T) -> (T, Duration) {
    let started = Instant::now();
    let value = work();
    (value, started.elapsed())
}

fn median(times: &[Duration]) -> Duration {
    let mut times = times.to_vec();
    times.sort_unstable();
    times.get(times.len() / 2).copied().unwrap_or_default()
}
