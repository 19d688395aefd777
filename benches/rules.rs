//! How long the rules take that are asked most: the plan, a search, wrapping, an import.
//!
//! `cargo bench --bench rules` says how each differs from the run before; `-- wrap` measures only
//! what has that in its name. `benches/compare` measures whole runs of the program.

#[expect(dead_code, reason = "the other benches use more of the journals")]
mod journals;

use std::hint::black_box;
use std::time::Duration;

use criterion::{BatchSize, Criterion, Throughput, criterion_group, criterion_main};
use dwell::format::highlights::Reader;
use dwell::format::highlights::kindle::Kindle;
use dwell::format::limits::Limits;
use dwell::journal::entry::fact::Origin;
use dwell::journal::entry::record::Record;
use dwell::journal::lesson::plan::{self, Candidates, LastServed, Order, SeriesProgress};
use dwell::journal::search::query::Query;
use dwell::journal::search::{Matcher, Part, Search, Within, index_form, snippets};
use dwell::journal::{Day, LessonId};
use dwell::library::SHIPPED;
use dwell::store::{Store, StoreError};
use dwell::text::wrap;
use journals::Journal;
use journals::life::{date, now, reflection};
use journals::prose::{COMMON, PHRASE, Prose, RARE};
use tempfile::TempDir;
use uuid::Uuid;

/// The choice among a thousand series: of what waits, and of what was all served.
fn plan(criterion: &mut Criterion) {
    let today = now(date(0)).day;
    let mut group = criterion.benchmark_group("plan");
    for (name, waits) in [("waiting", true), ("round", false)] {
        let candidates = candidates(1_000, waits);
        for (order, of) in [(Order::Series, "series"), (Order::Mixed, "mixed")] {
            group.bench_function(format!("{name}, {of}"), |bencher| {
                bencher.iter(|| plan::next(black_box(&candidates), today, order));
            });
        }
    }
    group.finish();
}

fn candidates(count: u32, waits: bool) -> Candidates {
    let series = (0..count).map(|one| {
        let lesson = LessonId(Uuid::from_u128(u128::from(one)));
        let last: Day = now(date(one + 1)).day;
        SeriesProgress {
            slug: format!("series-{one}").parse().expect("a slug"),
            paused: one % 10 == 0,
            next_unserved: waits.then_some(lesson),
            last_first_served: (!waits).then_some(last),
            last_served: (!waits).then_some(last),
            longest_unserved: (!waits).then_some(LastServed { lesson, last }),
            longest_unserved_loved: None,
        }
    });
    Candidates { series: series.collect(), ..Candidates::default() }
}

/// What is done with the words of a text: for the index, and to show where they were found. And
/// whole searches of a year.
fn search(criterion: &mut Criterion) {
    let text = reflection(500);
    let mut group = criterion.benchmark_group("search");
    group.throughput(Throughput::Bytes(text.len() as u64));
    group.bench_function("index form of a reflection", |bencher| {
        bencher.iter(|| index_form(black_box(&[text.as_str()])));
    });
    let phrase = Search::parse(&format!("\"{PHRASE}\" {COMMON}")).expect("a search");
    let matcher = Matcher::of(&phrase);
    group.bench_function("snippets of a reflection", |bencher| {
        let texts = [(Part::Reflection, text.as_str())];
        bencher.iter(|| snippets(black_box(&matcher), &texts));
    });
    group.finish();
    let store = Store::open(&Journal::Year.file(), SHIPPED).expect("a journal");
    let mut group = criterion.benchmark_group("search of a year");
    for (name, words) in [("rare", RARE), ("common", COMMON)] {
        let search = Search::parse(words).expect("a search");
        group.bench_function(name, |bencher| {
            bencher.iter(|| {
                let found = store.each_hit(&search, &Query::default(), Within::All, |hit| {
                    black_box(hit);
                    Ok::<_, StoreError>(())
                });
                found.expect("searched")
            });
        });
    }
    group.finish();
}

fn wrapping(criterion: &mut Criterion) {
    let mut group = criterion.benchmark_group("wrap");
    for (name, text) in [
        ("ASCII", Prose(1).words(200)),
        ("letters with accents", Prose(1).words(200).replace('e', "é")),
        ("Chinese", "世界は広い。".repeat(60)),
        ("emoji", "👩\u{200d}🌾 ".repeat(60)),
    ] {
        group.throughput(Throughput::Bytes(text.len() as u64));
        group.bench_function(name, |bencher| bencher.iter(|| wrap(black_box(&text), 72)));
    }
    group.finish();
}

/// Reading highlights, and taking in days and lessons as one change each.
fn import(criterion: &mut Criterion) {
    let clippings = clippings(1_000);
    let mut group = criterion.benchmark_group("import");
    group.throughput(Throughput::Bytes(clippings.len() as u64));
    group.bench_function("reading a thousand clippings", |bencher| {
        bencher
            .iter(|| Kindle::new(black_box(clippings.as_bytes()), Limits::USUAL).records().count());
    });
    group.sample_size(10).measurement_time(Duration::from_secs(8));
    group.throughput(Throughput::Elements(365));
    group.bench_function("a year of another journal", |bencher| {
        let import = |(_home, mut store): (TempDir, Store)| {
            store.import(now(date(0)), (0..365).rev().map(record)).expect("imported")
        };
        bencher.iter_batched(new_journal, import, BatchSize::PerIteration);
    });
    group.throughput(Throughput::Elements(10_000));
    group.bench_function("ten thousand lessons in ten series", |bencher| {
        let import = |(_home, mut store): (TempDir, Store)| {
            journals::shelf::fill(&mut store, 10_000, 10);
        };
        bencher.iter_batched(new_journal, import, BatchSize::PerIteration);
    });
    group.finish();
}

/// A journal with what ships, in a folder that is gone with it.
fn new_journal() -> (TempDir, Store) {
    let home = TempDir::new().expect("a folder");
    let mut store = Store::open(&home.path().join("journal.db"), SHIPPED).expect("a journal");
    store.install_shipped(now(date(365))).expect("installed");
    (home, store)
}

fn record(days_before: u32) -> Record {
    let now = now(date(days_before));
    Record {
        day: now.day,
        at: now.at,
        text: reflection(days_before),
        tags: Vec::new(),
        step: None,
        afterthoughts: Vec::new(),
        origin: Origin { format: "bench".to_owned(), key: days_before.to_string() },
    }
}

/// A file as the reading device writes it.
fn clippings(count: u32) -> String {
    let mut prose = Prose(7);
    let clipping = |number: u32| {
        format!(
            "A book (Somebody)\r\n- Your Highlight on page {number} | Location {number}-{} | \
             Added on Sunday, November 22, 2026 7:00:00 AM\r\n\r\n{}\r\n==========\r\n",
            number + 1,
            prose.words(30)
        )
    };
    (1..=count).map(clipping).collect()
}

criterion_group!(rules, plan, search, wrapping, import);
criterion_main!(rules);
