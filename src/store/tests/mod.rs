//! The store's methods: the tables always agree with the facts, undo brings back the state before,
//! and a file that is not a journal is not changed.

mod backups;
mod batch;
#[cfg(unix)]
mod beside;
mod browse;
mod damage;
mod damaged_files;
mod doctor;
mod facts;
mod forget;
mod histories;
mod import;
mod looking;
mod opening;
mod review;
mod sealed;
mod search;
mod series;
mod serving;
mod sqlite;
mod undo;
mod union;
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
use crate::journal::testing::{self, slug};
use crate::journal::{
    Day, Event, LessonId, Now, Rests, Series, Slug, Source, StepAnswer, StepState,
};

/// One shipped series. Five lessons are served in a few days and compared quickly.
const SHIPPED: ShippedSeries = ShippedSeries {
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
    /// A journal with the five lessons of the shipped series.
    fn new() -> Self {
        let mut journal = Self::empty(SHIPPED);
        journal.store.install_shipped(journal.now).expect("installed");
        journal
    }

    /// A journal without the shipped series.
    fn empty(shipped: ShippedSeries) -> Self {
        let folder = TempDir::new_in("/dev/shm").or_else(|_| TempDir::new()).expect("a folder");
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

    fn serve(&mut self) -> ServeResult {
        self.store.serve(self.now, Order::Series).expect("served")
    }

    fn write(&mut self, day: Day, text: &str) -> WriteResult {
        let writing = Writing { day, text, step: None, again: None };
        self.store.write(self.now, Order::Series, writing).expect("written")
    }

    fn text(&self, day: Day) -> Option<String> {
        let entry = self.store.entry(day).expect("read")?;
        entry.reflection.map(|reflection| reflection.text)
    }

    fn undo(&mut self) -> Option<Vec<Event>> {
        let change = self.store.last_change(self.now).expect("read")?;
        self.store.undo(self.now, &change).expect("undone");
        Some(change.facts.into_iter().map(|fact| fact.event).collect())
    }

    fn redo(&mut self) -> Option<Vec<Event>> {
        let change = self.store.last_undone().expect("read")?;
        self.store.redo(self.now, &change).expect("redone");
        Some(change.facts.into_iter().map(|fact| fact.event).collect())
    }
}

fn now(text: &str) -> Now {
    let at = testing::at(text);
    Now { at, day: Day::new(at.date_naive()).expect("in range") }
}

fn series(name: &str, lessons: usize) -> Series {
    let lesson = |number| LessonText {
        title: format!("{name} {number}"),
        story: "s".to_owned(),
        takeaway: "t".to_owned(),
        question: "q?".to_owned(),
        tags: vec!["tag".to_owned()],
    };
    let source = Source { title: name.to_owned(), kind: "own".to_owned(), ..Source::default() };
    Series::new(slug(name), format!("Series {name}"), source, (1..=lessons).map(lesson).collect())
}

fn assert_tables_agree_with_facts(store: &Store) {
    assert_eq!(store.compare().expect("compared"), []);
}
