//! A journal can be exported and imported without loss: random histories on two devices, with
//! revisions, undone and forgotten facts, and facts of unknown kinds.

use std::path::PathBuf;

use proptest::prelude::*;
use tempfile::TempDir;
use uuid::Uuid;

use super::jsonl::{self, Reader};
use super::*;
use crate::journal::entry::fact::{DeviceId, Subject};
use crate::journal::lesson::plan::Order;
use crate::journal::lesson::{LessonText, ShippedSeries};
use crate::journal::testing::{self, at, day};
use crate::journal::{Day, Event, Fact, Now, Series, Source, StepAnswer, StepState};
use crate::store::{JournalItem, MergeReport, Repeat, Store, StoreError, StoredFact, Writing};

const SHIPPED: ShippedSeries =
    ShippedSeries { edition: || [1; 32], series: || vec![series("walks", 3)] };

fn series(name: &str, lessons: usize) -> Series {
    let lesson = |number| LessonText {
        title: format!("{name} {number}"),
        story: "s\u{9b}31m".to_owned(),
        takeaway: "t".to_owned(),
        question: "q?".to_owned(),
        tags: vec!["tag".to_owned()],
    };
    let source = Source { title: name.to_owned(), kind: "own".to_owned(), ..Source::default() };
    let lessons = (1..=lessons).map(lesson).collect();
    Series::new(name.parse().expect("a slug"), name.to_owned(), source, lessons)
}

/// A journal in a temporary folder.
struct Journal {
    folder: TempDir,
    store: Store,
}

impl Journal {
    fn new(shipped: ShippedSeries) -> Self {
        let folder = TempDir::new_in("/dev/shm").or_else(|_| TempDir::new()).expect("a folder");
        let store = Store::open(&folder.path().join("journal.db"), shipped).expect("created");
        Self { folder, store }
    }

    fn path(&self) -> PathBuf {
        self.folder.path().join("journal.db")
    }

    fn text(&self) -> String {
        let mut text = jsonl::header();
        let lesson = |lesson: &_| {
            text.push_str(&jsonl::lesson(lesson));
            Ok::<(), StoreError>(())
        };
        self.store.each_stored_lesson(lesson).expect("read");
        let fact = |fact: &_| {
            text.push_str(&jsonl::fact(fact));
            Ok::<(), StoreError>(())
        };
        self.store.each_fact(fact).expect("read");
        text
    }

    fn import(&mut self, text: &str) -> MergeReport {
        let reader = Reader::new(text.as_bytes()).expect("of this format");
        let items: Vec<JournalItem> = reader.map(|item| item.expect("whole")).collect();
        self.store.merge(now(0), items.into_iter().map(Ok)).expect("merged")
    }
}

fn now(days: u8) -> Now {
    let at = at("2026-11-01T07:00:00+01:00") + chrono::TimeDelta::days(days.into());
    Now { at, day: Day::new(at.date_naive()).expect("in range") }
}

/// A fact of a kind that a later release may add.
fn unknown(number: u8, about: Day) -> StoredFact {
    let id = FactId(Uuid::from_u128(u128::from(number) + 1));
    let subject = Subject::Day(about);
    let fact = Fact {
        id,
        clock: u64::from(number) + 1,
        change: id,
        device: DeviceId(Uuid::from_u128(7)),
        parents: vec![id],
        at: now(number % 8).at,
        origin: None,
        event: Event::Unknown { kind: "mooded".to_owned(), subject: subject.clone() },
    };
    let mut stored = StoredFact {
        fact,
        kind: "mooded".to_owned(),
        version: 3,
        subject: subject.to_string(),
        body: format!("{{\"mood\": \"so-so \u{9b}\",\n \"n\": {number}}}"),
        hash: Vec::new(),
    };
    stored.seal();
    stored
}

/// Does one thing that a person, or a later release, may do.
fn act(store: &mut Store, (what, n, text): &(u8, u8, String)) {
    let now = now(n % 8);
    let day = now.day.minus_days(u64::from(n % 3)).expect("in range");
    match what % 10 {
        0 => _ = store.serve(now, Order::Series),
        1 | 2 => {
            let step = testing::step("call\u{1b}[2J Anna");
            let step = (n % 2 == 0).then_some(&step);
            let again = (n % 5 == 0).then_some(Repeat::Never);
            _ = store.write(now, Order::Series, Writing { day, text, step, again });
        }
        3 => {
            if let Some((_, parents)) = store.revisable(day).expect("read") {
                _ = store.revise(now, day, parents, text);
            }
        }
        4 => _ = store.add_afterthought(now, day, text),
        5 if n % 3 == 0 => {
            if let Some(change) = store.last_undone().expect("read") {
                store.redo(now, &change).expect("redone");
            }
        }
        5 => {
            if let Some(change) = store.last_change(now).expect("read") {
                store.undo(now, &change).expect("undone");
            }
        }
        6 => {
            if let Some(entry) = store.entry(day).expect("read") {
                _ = match &entry.step {
                    Some(step) => {
                        let answer = StepAnswer::new(StepState::Partly, Some(text));
                        store.answer_step(now, day, step, answer).map(drop)
                    }
                    None => store.delete(now, &entry),
                };
            }
        }
        7 => {
            let facts = store.written_facts(day).expect("read");
            if n % 4 == 0 && !facts.is_empty() {
                store.forget(now, day, &facts).expect("forgotten");
            }
        }
        8 => _ = store.add_series(now, &series("other", 1 + usize::from(n % 3))),
        _ => {
            let fact = JournalItem::Fact(Box::new(unknown(*n, day)));
            _ = store.merge(now, std::iter::once(Ok(fact)));
        }
    }
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(32))]
    #[test]
    fn an_exported_and_imported_journal_is_exported_again_byte_for_byte(
        actions in prop::collection::vec((any::<u8>(), any::<u8>(), "[a-zäß世\u{202e} #\n\"\\\\]{1,12}"), 1..30),
        meetings in prop::collection::vec(0usize..30, 0..4),
    ) {
        let mut devices = [Journal::new(SHIPPED), Journal::new(SHIPPED)];
        for (number, action) in actions.iter().enumerate() {
            act(&mut devices[number % 2].store, action);
            if meetings.contains(&number) {
                let text = devices[1].text();
                devices[0].import(&text);
            }
        }
        let text = devices[0].text();
        prop_assert!(!text.contains('\u{9b}') && !text.contains('\u{1b}'), "safe on a terminal");
        let mut empty = Journal::new(ShippedSeries::NONE);
        let report = empty.import(&text);
        prop_assert_eq!(report.known, 0);
        prop_assert_eq!(empty.text(), text.clone());
        prop_assert_eq!(empty.store.compare().expect("compared"), []);
        prop_assert_eq!(devices[0].store.compare().expect("compared"), []);
        // Both journals show the same, and a second import adds nothing.
        let facts = report.facts;
        let again = MergeReport { facts: 0, lessons: 0, known: facts, forgotten: 0 };
        prop_assert_eq!(empty.import(&text), again);
        prop_assert_eq!(devices[0].import(&text), again);
        prop_assert_eq!(empty.text(), text);
        for number in 0..12 {
            let day = now(number).day.minus_days(3).expect("in range");
            let entry = |store: &Store| {
                let entry = store.entry(day).expect("read");
                // The memory of a screen is not exported.
                entry.map(|entry| crate::journal::Entry { asked_on: None, ..entry })
            };
            prop_assert_eq!(entry(&empty.store), entry(&devices[0].store));
        }
    }
}

#[test]
fn an_unknown_fact_disturbs_nothing_and_is_exported_unchanged() {
    let mut journal = Journal::new(SHIPPED);
    let today = now(0).day;
    let mooded = unknown(3, today);
    journal
        .store
        .merge(now(0), std::iter::once(Ok(JournalItem::Fact(Box::new(mooded.clone())))))
        .expect("taken");
    let writing = Writing { day: today, text: "words", step: None, again: None };
    journal.store.write(now(0), Order::Series, writing).expect("written");
    assert_eq!(journal.store.revisions(today).expect("read").len(), 1);
    let words = journal.store.last_change(now(0)).expect("read").expect("the words");
    journal.store.undo(now(0), &words).expect("undone");
    assert!(
        journal.store.last_change(now(0)).expect("read").is_none(),
        "the effect of an unknown fact is not known"
    );
    let line = jsonl::fact(&mooded);
    assert!(journal.text().contains(&line));
    drop(journal.store);
    let path = journal.folder.path().join("journal.db");
    let mut store = Store::open(&path, SHIPPED).expect("opened");
    assert_eq!(store.compare().expect("compared"), []);
    let facts = store.written_facts(today).expect("read");
    store
        .forget(now(0), today, &facts)
        .expect("forgotten, the unknown fact too: it may hold words");
    let taken = store.merge(now(0), std::iter::once(Ok(JournalItem::Fact(Box::new(mooded)))));
    assert_eq!(taken.expect("merged").forgotten, 1, "what was forgotten stays so");
}

type IsWhy = fn(&Fault) -> bool;

#[test]
fn a_bad_line_is_an_error_and_the_next_lines_are_read() {
    let mut journal = Journal::new(SHIPPED);
    let writing = Writing { day: now(0).day, text: "words", step: None, again: None };
    journal.store.write(now(0), Order::Series, writing).expect("written");
    let text = journal.text();
    let lines: Vec<&str> = text.lines().collect();
    let wrote = lines.iter().find(|line| line.contains("\"wrote\"")).expect("a line");
    let lesson = lines.iter().find(|line| line.contains("\"lesson\"")).expect("a line");
    let cases: [(String, IsWhy); 7] = [
        (wrote.replace("words", "wards"), |why| matches!(why, Fault::DamagedFact(_))),
        (lesson.replace("\"t\"", "\"u\""), |why| matches!(why, Fault::DamagedLesson)),
        (wrote.replace("\"clock\":", "\"cluck\":"), |why| matches!(why, Fault::Field("clock"))),
        (wrote.replace("\"offset\":3600", "\"offset\":99999999"), |why| {
            matches!(why, Fault::Field("at"))
        }),
        ("{".to_owned(), |why| matches!(why, Fault::NotJson)),
        ("{\"what\":1}".to_owned(), |why| matches!(why, Fault::Field(_))),
        (wrote[..wrote.len() / 2].to_owned(), |why| matches!(why, Fault::NotJson)),
    ];
    for (bad, is_why) in cases {
        let file = format!("{}{bad}\n\n{wrote}\n", jsonl::header());
        let items: Vec<_> = Reader::new(file.as_bytes()).expect("read").collect();
        assert_eq!(items.len(), 2, "{bad}");
        let error = items[0].as_ref().expect_err("bad");
        assert!(error.line == Some(2) && is_why(&error.why), "{bad}: {error:?}");
        assert!(items[1].is_ok());
    }
    for (head, is_why) in [
        ("", (|why| matches!(why, Fault::NotThisFormat)) as IsWhy),
        ("Dear diary\n", |why| matches!(why, Fault::NotThisFormat)),
        ("{\"dwell\":\"journal\",\"version\":2}\n", |why| {
            matches!(why, Fault::Newer { version: 2 })
        }),
    ] {
        let error = Reader::new(head.as_bytes()).expect_err("refused");
        assert!(is_why(&error.why), "{head}: {error:?}");
    }
}

#[test]
fn an_incomplete_batch_adds_nothing() {
    let mut journal = Journal::new(SHIPPED);
    let before = journal.text();
    let items =
        [Ok(JournalItem::Fact(Box::new(unknown(1, day("2026-11-01"))))), Err(StoreError::NotWhole)];
    let merged = journal.store.merge(now(0), items.into_iter());
    assert!(matches!(merged, Err(StoreError::NotWhole)), "{merged:?}");
    assert_eq!(journal.text(), before);
    assert!(journal.path().exists());
}
