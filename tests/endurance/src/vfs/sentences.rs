//! What is done while the disk under SQLite fails: a table, one row a sentence of the library.

use std::path::Path;

use dwell::journal::entry::fact::Origin;
use dwell::journal::entry::record::Record;
use dwell::journal::lesson::LessonText;
use dwell::journal::lesson::plan::Order;
use dwell::journal::{Day, NewStep, Now, Series, Source, StepAnswer, StepState};
use dwell::store::{BatchLesson, BatchSeries, JournalItem, Result, Store, StoreError, Writing};

use crate::home::NOW;
use crate::verbs::{Start, now};

/// The name of a copy beside the journal.
pub const COPY: &str = "copy.db";

/// One sentence, and the journal on which it is said.
#[derive(Debug, Clone, Copy)]
pub struct Sentence {
    pub name: &'static str,
    pub start: Start,
    pub say: fn(&mut Store, &Path) -> Result<()>,
    /// Whether it can fail after its change is made, and says so.
    pub fails_late: bool,
    /// Whether it changes only what is derived.
    pub only_derived: bool,
}

const fn on(
    start: Start,
    name: &'static str,
    say: fn(&mut Store, &Path) -> Result<()>,
) -> Sentence {
    Sentence { name, start, say, fails_late: false, only_derived: false }
}

const fn on_journal(name: &'static str, say: fn(&mut Store, &Path) -> Result<()>) -> Sentence {
    on(Start::Journal, name, say)
}

pub const SENTENCES: &[Sentence] = &[
    on_journal("write", write),
    on(Start::Morning, "write on a new day", write_tomorrow),
    on(Start::Empty, "write on an empty home", write),
    on(Start::Morning, "serve", |store, _| store.serve(tomorrow(), Order::Series).map(|_| ())),
    on_journal("revise", revise),
    on_journal("delete", delete),
    on_journal("add an afterthought", |store, _| {
        store.add_afterthought(today(), day("2026-11-17"), "a later thought").map(|_| ())
    }),
    on_journal("add a step", |store, _| {
        let step = NewStep { text: "another step".to_owned(), when: None };
        store.add_step(today(), Order::Series, today().day, &step).map(|_| ())
    }),
    on_journal("answer a step", answer),
    on_journal("undo", undo),
    on(Start::Undone, "redo", redo),
    Sentence { fails_late: true, ..on_journal("forget", forget) },
    on_journal("import", import),
    on_journal("merge", merge),
    on_journal("add a series", |store, _| store.add_series(today(), &walks()).map(|_| ())),
    on_journal("add lessons", |store, _| store.add_lessons(today(), &walks()).map(|_| ())),
    on_journal("add a batch", batch),
    on_journal("love a lesson", love),
    on_journal("pause a series", |store, _| {
        let slug = "the-pillow-book".parse().expect("a slug");
        store.pause_series(today(), &slug).map(|_| ())
    }),
    on_journal("keep an entry quiet", |store, _| {
        store.set_quiet(today(), day("2026-11-17"), true).map(|_| ())
    }),
    on_journal("let go of steps", |store, _| {
        let steps = store.open_steps()?;
        store.drop_steps(today(), &steps).map(|_| ())
    }),
    Sentence {
        only_derived: true,
        ..on_journal("back up", |store, folder| store.copy_to(&folder.join(COPY)).map(|_| ()))
    },
    Sentence { only_derived: true, ..on_journal("rebuild", |store, _| store.rebuild(&mut |_| {})) },
    Sentence { only_derived: true, ..on(Start::Form(1), "upgrade form 1", |_, _| Ok(())) },
    Sentence { only_derived: true, ..on(Start::Form(2), "upgrade form 2", |_, _| Ok(())) },
    Sentence { only_derived: true, ..on(Start::Form(3), "upgrade form 3", |_, _| Ok(())) },
    on(Start::Form(1), "write on form 1", write),
    on(Start::Form(2), "write on form 2", write),
    on(Start::Form(3), "write on form 3", write),
];

fn today() -> Now {
    now(NOW)
}

fn tomorrow() -> Now {
    now("2026-11-27T09:00:00+00:00")
}

fn day(text: &str) -> Day {
    text.parse().expect("a day")
}

/// Saves words, as the next change after a fault does too.
pub fn write(store: &mut Store, _: &Path) -> Result<()> {
    let step = NewStep { text: "a step".to_owned(), when: None };
    let day = today().day;
    let writing = Writing { day, text: "a text with newword", step: Some(&step), again: None };
    store.write(today(), Order::Series, writing).map(|_| ())
}

fn write_tomorrow(store: &mut Store, _: &Path) -> Result<()> {
    let writing = Writing { day: tomorrow().day, text: "newword", step: None, again: None };
    store.write(tomorrow(), Order::Series, writing).map(|_| ())
}

fn revise(store: &mut Store, _: &Path) -> Result<()> {
    let (_, parents) = store.revisable(today().day)?.expect("words");
    store.revise(today(), today().day, parents, "other words").map(|_| ())
}

fn delete(store: &mut Store, _: &Path) -> Result<()> {
    let shown = store.entry(day("2026-11-17"))?.expect("an entry");
    store.delete(today(), &shown)
}

fn answer(store: &mut Store, _: &Path) -> Result<()> {
    let entry = store.open_steps()?.into_iter().next().expect("a step");
    let answer = StepAnswer { state: StepState::Done, outcome: Some("it went well".to_owned()) };
    let step = entry.step.expect("a step");
    store.answer_step(today(), entry.day, &step, answer).map(|_| ())
}

fn undo(store: &mut Store, _: &Path) -> Result<()> {
    let change = store.last_change(today())?.expect("a change");
    store.undo(today(), &change)
}

fn redo(store: &mut Store, _: &Path) -> Result<()> {
    let change = store.last_undone()?.expect("a change");
    store.redo(today(), &change)
}

fn forget(store: &mut Store, _: &Path) -> Result<()> {
    let day = day("2026-11-17");
    let facts = store.written_facts(day)?;
    store.forget(today(), day, &facts)
}

fn import(store: &mut Store, _: &Path) -> Result<()> {
    let record = |number: u32| Record {
        day: day(&format!("2019-03-{number:02}")),
        at: today().at,
        text: format!("imported words {number}"),
        tags: vec!["old".to_owned()],
        step: None,
        afterthoughts: Vec::new(),
        origin: Origin { format: "test".to_owned(), key: number.to_string() },
    };
    store.import(today(), (1..=20).map(record)).map(|_| ())
}

/// Takes in the facts and lessons of another journal, which a file of lines has.
fn merge(store: &mut Store, _: &Path) -> Result<()> {
    store.merge(today(), super::other_journal().iter().cloned().map(Ok)).map(|_| ())
}

/// The facts and lessons of this journal.
pub fn items(store: &Store) -> Vec<JournalItem> {
    let mut items = Vec::new();
    let mut add = |item| {
        items.push(item);
        Ok::<(), StoreError>(())
    };
    store.each_stored_lesson(|lesson| add(JournalItem::Lesson(lesson.clone()))).expect("read");
    store.each_fact(|fact| add(JournalItem::Fact(Box::new(fact.clone())))).expect("read");
    items
}

fn lesson(title: &str) -> LessonText {
    let [title, story, takeaway, question] = [title, "a story", "t", "q?"].map(str::to_owned);
    LessonText { title, story, takeaway, question, tags: vec!["outside".to_owned()] }
}

fn walks() -> Series {
    let source = Source { title: "Walks".to_owned(), kind: "own".to_owned(), ..Source::default() };
    let lessons = ["Go out", "Come home"].map(lesson).to_vec();
    Series::new("walks".parse().expect("a slug"), "Two walks".to_owned(), source, lessons)
}

fn batch(store: &mut Store, _: &Path) -> Result<()> {
    let Series { slug, title, source, .. } = walks();
    let mut batch = store.begin_batch(today(), &mut |_| {})?;
    let mut lessons = Vec::new();
    for number in 1..=30 {
        let text = lesson(&format!("Lesson {number}"));
        let (series, source) = (&slug, &source);
        lessons.push(batch.add_lesson(BatchLesson {
            series,
            number,
            series_length: 30,
            text: &text,
            source,
        })?);
    }
    batch.finish(vec![BatchSeries { slug, title, source, introduction: None, lessons }])
}

fn love(store: &mut Store, _: &Path) -> Result<()> {
    let entry = store.entry(today().day)?.expect("an entry");
    store.love(today(), entry.lesson.expect("a lesson").id, true)
}
