//! What is asked of a journal, and what is imported into one.

use std::io::Write;
use std::path::Path;

use chrono::DateTime;
use dwell::format::jsonl::{self, Reader};
use dwell::journal::lesson::{LessonText, ShippedSeries};
use dwell::journal::search::fold::folded;
use dwell::journal::search::query::Query;
use dwell::journal::search::{Form, Matcher, Part, Search, Snippet, Within, in_brackets, snippets};
use dwell::journal::{Day, Entry, Now, lesson::plan::Order};
use dwell::journal::{LessonId, Moment};
use dwell::messages;
use dwell::store::{JournalItem, Store, StoreError, Writing};
use dwell::text::{Page, is_unsafe};
use dwell::view::View;
use serde_json::Value;
use sha2::{Digest, Sha256};
use tempfile::TempDir;
use uuid::Uuid;

use super::{check_message, folder, utf8};

/// Every text can be a search of a journal. The first line is the search; what is below it is a
/// text in which it is looked for.
pub(super) fn searches(input: &[u8]) {
    thread_local! {
        static JOURNAL: (TempDir, Store) = searched_journal();
    }
    let Some(text) = utf8(input) else { return };
    let (typed, body) = text.split_once('\n').unwrap_or((text, text));
    let Some(search) = Search::parse(typed) else {
        let is_gap = |c: char| c.is_whitespace() || c.is_control();
        assert!(typed.chars().all(is_gap), "{typed:?} is no search");
        return;
    };
    assert!(!search.terms.is_empty() && search.terms.iter().all(|term| !term.text.is_empty()));
    let matcher = Matcher::of(&search);
    for text in [body, typed] {
        for found in matcher.find(text) {
            assert!(text.get(found.start..found.end).is_some_and(|found| !found.is_empty()));
            assert!(!search.terms[found.term].is_excluded);
        }
    }
    let texts = [(Part::Reflection, body), (Part::Step, typed)];
    for snippet in snippets(&matcher, &texts) {
        check_snippet(&snippet, if snippet.part == Part::Step { typed } else { body });
        assert!(search.only_excludes() || snippet.spans.iter().any(|span| span.is_found));
    }
    JOURNAL.with(|(_, journal)| {
        for within in [Within::All, Within::Lessons, Within::Reflections] {
            let mut shown = 0;
            let report = journal.each_hit(&search, &Query::default(), within, |hit| {
                shown += 1;
                assert!(!hit.snippets.is_empty());
                check_view(View::Hit(hit));
                Ok::<(), StoreError>(())
            });
            assert_eq!(report.expect("a search").shown, shown);
        }
    });
}

/// A snippet is one line, and a piece of its text as it was written.
fn check_snippet(snippet: &Snippet, text: &str) {
    let line: String = snippet.spans.iter().map(|span| span.text.as_str()).collect();
    assert!(snippet.spans.iter().all(|span| !span.text.is_empty()));
    assert!(!line.contains('\n') && !in_brackets(&snippet.spans).contains('\n'));
    let line = line.strip_prefix("...").unwrap_or(&line);
    let line = line.strip_suffix("...").unwrap_or(line);
    let letters = |text: &str| text.split_whitespace().collect::<String>();
    assert!(letters(text).contains(&letters(line)), "{line:?} is no piece of {text:?}");
}

/// A text that was folded stays as it is, and each word of a text finds the text.
pub(super) fn folded_texts(input: &[u8]) {
    let Some(text) = utf8(input) else { return };
    let once = folded(text);
    assert_eq!(folded(&once), once);
    for word in text.split_whitespace() {
        let word = word.replace(['"', '“', '”', '„', '‟', '«', '»'], " ");
        let Some(search) = Search::parse(&format!("\"{word}\"")) else { continue };
        if search.terms.iter().all(|term| term.form == Form::Words) {
            assert!(!Matcher::of(&search).find(text).is_empty(), "{word:?} in {text:?}");
        }
    }
}

/// A journal in two scripts.
fn searched_journal() -> (TempDir, Store) {
    let (folder, mut store) = empty_journal();
    let now = now("2026-11-22T07:00:00+01:00");
    for (day, text) in [
        ("2026-11-20", "Some plain words, \"quoted\" ones, and a #tag."),
        ("2026-11-21", "世界は広い。 한국어 ภาษาไทย ñandú Größe 😀❤️ -> a*b ^c"),
        ("2026-11-22", "NEAR(words) AND OR NOT reflection:words {a} + b"),
    ] {
        let day = day.parse().expect("a day");
        let writing = Writing { day, text, step: None, again: None };
        store.write(now, Order::default(), writing).expect("written");
    }
    (folder, store)
}

/// The lines of an import are read or refused one by one. Those that are whole can be written as
/// they were read. A journal takes in whatever is whole, its tables fit its facts, another journal
/// can be made of it, and what is written there can be undone and redone.
pub(super) fn journal_lines(input: &[u8]) {
    let file = match Reader::new(input) {
        Ok(reader) => reader,
        Err(error) => return check_message(&messages::import::bad_record(Path::new("f"), &error)),
    };
    for item in file {
        match item {
            Ok(item) => check_round_trip(&item),
            Err(error) => check_message(&messages::import::bad_record(Path::new("f"), &error)),
        }
    }
    let sealed: Vec<u8> = input.split(|byte| *byte == b'\n').flat_map(sealed).collect();
    let items = || Reader::new(sealed.as_slice()).into_iter().flatten().filter_map(Result::ok);
    if items().next().is_none() {
        return;
    }
    let (_folder, mut store) = empty_journal();
    let day = now("2026-11-22T07:00:00+01:00");
    store.merge(day, items().map(Ok)).expect("merged");
    let (_other, mut other) = empty_journal();
    other.merge(day, exported(&store).into_iter().map(Ok)).expect("merged");
    for store in [&store, &other] {
        assert_eq!(store.compare().expect("read"), []);
        let show = |entry: &Entry| {
            check_view(View::Entry(entry));
            Ok::<(), StoreError>(())
        };
        store.each_entry(&Query::default(), show).expect("read");
    }
    assert_eq!(exported(&store), exported(&other));
    undo_and_redo(&mut store);
}

/// After an undo the day is as it was before the change, and after a redo as it was before the
/// undo.
fn undo_and_redo(store: &mut Store) {
    let minute = |minute| now(&format!("2026-11-22T08:{minute:02}:00+01:00"));
    let write = |store: &mut Store, now: Now, text| {
        let writing = Writing { day: now.day, text, step: None, again: None };
        store.write(now, Order::default(), writing).expect("written");
    };
    let text = |store: &Store| {
        assert_eq!(store.compare().expect("read"), []);
        let entry = store.entry(minute(0).day).expect("read").expect("an entry");
        entry.reflection.expect("a reflection").text
    };
    write(store, minute(1), "one");
    let before = text(store);
    write(store, minute(2), "two");
    let after = text(store);
    assert_eq!(after, format!("{before}\n\ntwo"));
    let change = store.last_change(minute(3)).expect("read").expect("a change");
    store.undo(minute(3), &change).expect("undone");
    assert_eq!(text(store), before);
    let change = store.last_undone().expect("read").expect("a change");
    store.redo(minute(4), &change).expect("redone");
    assert_eq!(text(store), after);
}

fn check_round_trip(item: &JournalItem) {
    let line = match item {
        JournalItem::Lesson(lesson) => jsonl::lesson(lesson),
        JournalItem::Fact(fact) => jsonl::fact(fact),
    };
    assert!(!line.chars().any(is_unsafe), "{line:?}");
    let file = jsonl::header() + &line;
    let mut again = Reader::new(file.as_bytes()).expect("of this format");
    assert_eq!(again.next().expect("a line").as_ref().ok(), Some(item), "{line}");
}

fn check_view(view: View<'_>) {
    let page = Page { width: Some(72), ..Page::UNSET };
    assert!(!view.text(page).plain().chars().any(is_unsafe));
    for line in view.json().lines() {
        serde_json::from_str::<Value>(line).expect("JSON");
        assert!(!line.chars().any(is_unsafe));
    }
}

fn exported(store: &Store) -> Vec<JournalItem> {
    let mut items = Vec::new();
    let lessons = store.each_stored_lesson(|lesson| {
        items.push(JournalItem::Lesson(lesson.clone()));
        Ok::<(), StoreError>(())
    });
    lessons.expect("read");
    let facts = store.each_fact(|fact| {
        items.push(JournalItem::Fact(Box::new(fact.clone())));
        Ok::<(), StoreError>(())
    });
    facts.expect("read");
    items
}

fn empty_journal() -> (TempDir, Store) {
    let folder = folder();
    let store = Store::open(&folder.path().join("journal.db"), ShippedSeries::NONE);
    (folder, store.expect("a journal"))
}

fn now(text: &str) -> Now {
    let at: Moment = DateTime::parse_from_rfc3339(text).expect("a time");
    Now { at, day: Day::new(at.date_naive()).expect("in range") }
}

/// The line with the hash or the id that fits what is in it, as `docs/journal-format.md` defines
/// them, so that an input can be changed and still be taken in. The same line if it has another
/// form.
fn sealed(line: &[u8]) -> Vec<u8> {
    let read = || {
        let mut value: Value = serde_json::from_slice(line).ok()?;
        if let Some(hash) = value.get("fact").and_then(fact_hash) {
            value["fact"]["hash"] = hash.into();
        }
        if let Some(id) = value.get("lesson").and_then(lesson_id) {
            value["lesson"]["id"] = id.into();
        }
        Some(value.to_string().into_bytes())
    };
    let mut line = read().unwrap_or_else(|| line.to_vec());
    line.push(b'\n');
    line
}

fn fact_hash(fields: &Value) -> Option<String> {
    let text = |name: &str| fields[name].as_str();
    let uuid = |value: &Value| value.as_str().and_then(|text| Uuid::parse_str(text).ok());
    let mut hash = Sha256::new();
    for name in ["id", "change", "device"] {
        hash.update(uuid(&fields[name])?);
    }
    hash.update(fields["clock"].as_u64()?.to_be_bytes());
    hash.update(fields["at"].as_i64()?.to_be_bytes());
    hash.update(i32::try_from(fields["offset"].as_i64()?).ok()?.to_be_bytes());
    hash.update(u32::try_from(fields["version"].as_u64()?).ok()?.to_be_bytes());
    let parents: Option<Vec<Uuid>> = fields["parents"].as_array()?.iter().map(uuid).collect();
    let parents: Vec<u8> = parents?.into_iter().flat_map(Uuid::into_bytes).collect();
    let origin = text("origin").unwrap_or_default();
    let texts = [origin, text("kind")?, text("subject")?, text("body")?].map(str::as_bytes);
    for part in [parents.as_slice()].into_iter().chain(texts) {
        hash.update((part.len() as u64).to_be_bytes());
        hash.update(part);
    }
    let mut digits = Vec::new();
    for byte in hash.finalize() {
        write!(digits, "{byte:02x}").expect("memory");
    }
    String::from_utf8(digits).ok()
}

fn lesson_id(fields: &Value) -> Option<String> {
    let text = |name: &str| fields[name].as_str().map(str::to_owned);
    let lesson = LessonText {
        title: text("title")?,
        story: text("story")?,
        takeaway: text("takeaway")?,
        question: text("question")?,
        tags: Vec::new(),
    };
    Some(LessonId::of(&text("series")?.parse().ok()?, &lesson).to_string())
}
