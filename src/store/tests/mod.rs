//! The store's sentences: that the tables say what the facts do, that undo leads back, and that
//! what is no journal is left alone.

mod facts;
mod forget;
mod histories;
mod import;
mod opening;
mod review;
mod search;
mod series;
mod serving;
mod undo;
mod upgrade;
mod writing;

use std::collections::{BTreeMap, BTreeSet};
use std::path::PathBuf;

use proptest::prelude::*;
use rusqlite::Connection;
use tempfile::TempDir;

use super::*;
use crate::journal::entry::reflection::below;
use crate::journal::lesson::plan::Order;
use crate::journal::lesson::{LessonName, LessonText};
use crate::journal::look_back::rest::{Holiday, RestWeekdays};
use crate::journal::search::query::Query;
use crate::journal::{Day, Event, LessonId, Moment, Now, Rests, Series, Slug, Source, StepState};

/// One series ships: five lessons are soon served, and quickly compared.
const SHIPPED: Shipped = Shipped {
    edition: || [1; 32],
    series: || {
        let mut first = series("the-defiant-ones", 5);
        first.lessons[0].story = "about eggs, and about headphones".to_owned();
        vec![first]
    },
};

/// A journal in a folder of its own, with a clock that the test moves.
struct Journal {
    folder: TempDir,
    store: Store,
    now: Now,
}

impl Journal {
    /// A journal with the five lessons of the series that ships.
    fn new() -> Self {
        let mut journal = Self::empty(SHIPPED);
        journal.store.install_shipped(journal.now).expect("installed");
        journal
    }

    /// A journal that has not met the shipped series yet.
    fn empty(shipped: Shipped) -> Self {
        let shared = Path::new("/dev/shm");
        let folder = if shared.is_dir() { TempDir::new_in(shared) } else { TempDir::new() };
        let folder = folder.expect("a folder");
        let store = Store::open(&folder.path().join("journal.db"), shipped).expect("created");
        Self { folder, store, now: now("2026-11-22T07:00:00+01:00") }
    }

    fn path(&self) -> PathBuf {
        self.folder.path().join("journal.db")
    }

    fn later(&mut self, days: i64) {
        let at = self.now.at + chrono::TimeDelta::days(days);
        self.now = Now { at, day: Day::new(at.date_naive()).expect("in range") };
    }

    fn serve(&mut self) -> Served {
        self.store.serve(self.now, Order::Series).expect("served")
    }

    fn write(&mut self, day: Day, text: &str) -> Written {
        let writing = Writing { day, text, step: None, again: None };
        self.store.write(self.now, Order::Series, writing).expect("written")
    }

    fn text(&self, day: Day) -> Option<String> {
        let entry = self.store.entry(day).expect("read")?;
        entry.reflection.map(|reflection| reflection.text)
    }

    fn undo(&mut self) -> Option<Undone> {
        self.store.undo(self.now).expect("undone")
    }
}

fn now(text: &str) -> Now {
    let at = Moment::parse_from_rfc3339(text).expect("a time");
    Now { at, day: Day::new(at.date_naive()).expect("in range") }
}

fn slug(text: &str) -> Slug {
    text.parse().expect("a slug")
}

fn series(name: &str, lessons: usize) -> Series {
    let lesson = |number| LessonText {
        title: format!("{name} {number}"),
        story: "s".to_owned(),
        takeaway: "t".to_owned(),
        question: "q?".to_owned(),
        tags: vec!["tag".to_owned()],
    };
    Series {
        slug: slug(name),
        title: format!("Series {name}"),
        source: Source { title: name.to_owned(), kind: "own".to_owned(), ..Source::default() },
        lessons: (1..=lessons).map(lesson).collect(),
    }
}

/// The derived tables say what the facts add up to.
fn assert_tables_say_what_the_facts_do(store: &Store) {
    assert_eq!(store.compare().expect("compared"), []);
}
